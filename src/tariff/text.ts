import { err, ok, type Result } from '../units/index.ts';
import type { TariffError } from './check.ts';
import { parseTariff } from './parse.ts';
import type { Tariff } from './schema.ts';

export type TariffTextError = TariffError & {
  /** Counted from 1. */
  readonly line: number;
};

const TOKEN = /[ \t\r\n]+|[{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+|"/gu;

type Place = { readonly path: readonly (string | number)[]; readonly line: number };

/** Where each value of a JSON text begins. The text need not be valid: what can be found is found. */
function placesOf(text: string): Place[] {
  const places: Place[] = [];
  const stack: { readonly isArray: boolean; key: string | number }[] = [];
  let line = 1;
  let isKey = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const inside = stack.at(-1);
    if (/^\s/u.test(token)) line += token.split('\n').length - 1;
    else if (token === '}' || token === ']') stack.pop();
    else if (token === ':') isKey = false;
    else if (token === ',') {
      if (inside?.isArray) inside.key = Number(inside.key) + 1;
      else isKey = true;
    } else if (isKey && inside && !inside.isArray) {
      inside.key = token.slice(1, -1);
      places.push({ path: stack.map(({ key }) => key), line });
    } else {
      if (inside?.isArray !== false) places.push({ path: stack.map(({ key }) => key), line });
      if (token === '[') stack.push({ isArray: true, key: 0 });
      if (token === '{') stack.push({ isArray: false, key: '' });
      isKey = token === '{';
    }
  }
  return places;
}

/** The line of a path, or of the nearest thing around it where the path itself is missing from the text. */
function lineOfPath(places: readonly Place[], path: string): number {
  const lines = new Map(places.map((place) => [place.path.join('/'), place.line]));
  for (let part = path; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('/')))) {
    const line = lines.get(part);
    if (line !== undefined) return line;
  }
  return 1;
}

/** The line at which a text stops being JSON: where the parser says, else the last line. */
function lineOfSyntaxError(text: string, cause: unknown): number {
  const position = /position (\d+)/u.exec(cause instanceof Error ? cause.message : '')?.[1];
  const upTo = position === undefined ? text : text.slice(0, Number(position));
  return upTo.split('\n').length;
}

/** Reads a tariff file's text; every fault has the path and the line that it is about. */
export function parseTariffText(text: string): Result<Tariff, readonly TariffTextError[]> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    return err([{ code: 'not-json', path: '', params: {}, line: lineOfSyntaxError(text, cause) }]);
  }
  const parsed = parseTariff(data);
  if (parsed.ok) return ok(parsed.value);
  const places = placesOf(text);
  return err(parsed.error.map((each) => ({ ...each, line: lineOfPath(places, each.path) })));
}
