/** A fault as it stands in the address of the page: there is no station to ask. */
export type ShownFault = {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly ref: string;
};

/** Reads `?code=…&params=…&ref=…`; anything else is the fault `internal`. */
export function readFault(search: string): ShownFault {
  const query = new URLSearchParams(search);
  return {
    code: query.get('code') ?? 'internal',
    params: readParams(query.get('params') ?? '{}'),
    ref: query.get('ref') ?? '',
  };
}

function readParams(json: string): ShownFault['params'] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null) return {};
  const isParam = (entry: readonly [string, unknown]): entry is [string, string | number] =>
    typeof entry[1] === 'string' || typeof entry[1] === 'number';
  return Object.fromEntries(Object.entries(value).filter(isParam));
}
