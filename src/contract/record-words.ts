import { isMessageId, type Translator } from '../i18n/index.ts';

/** How figures of a record's detail are written for people. */
export type DetailFigures = {
  /** Minor units as money. */
  readonly money: (minor: number) => string;
  readonly moment: (atUnixMs: number) => string;
};

/** For programs only: what paper it was, how a later record joins on, and whether head office is to look at it. */
const LEFT_OUT = new Set(['jobId', 'forHeadOffice', 'tokenFloorMinute', 'operatorId', 'oldHead', 'replaces']);
type Naming = (word: string) => readonly string[];
const accountOrRole: Naming = (word) => [`account.${word}`, `role.${word}`];
/** Words that have a catalogue of their own, by the field that they stand in. */
const NAMED: Readonly<Record<string, Naming>> = {
  from: accountOrRole,
  to: accountOrRole,
  account: accountOrRole,
  call: (word) => [`call.${word}`],
  /** Who stood for a clock that had jumped. */
  by: (word) => [`voucher.${word}`],
};

/**
 * What a record's detail says, as labelled values in a line: `Reason: petty cash · From: Cash`. A field without a
 * label keeps its own name, so that nothing is lost; a text that is no JSON object comes back as it is.
 */
export function detailText(translate: Translator, detail: string, figures: DetailFigures): string {
  const object = objectOf(detail);
  return object === undefined ? detail : pairsOf(translate, object, figures).join(' · ');
}

function objectOf(detail: string): object | undefined {
  try {
    const value: unknown = JSON.parse(detail);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function pairsOf(translate: Translator, object: object, figures: DetailFigures): readonly string[] {
  return Object.entries(object).flatMap(([name, value]: [string, unknown]) => {
    if (LEFT_OUT.has(name) || value === null || value === '') return [];
    // A change of a customer or a meter holds digests of its values: what can be said is which fields they are.
    if (name === 'change' && typeof value === 'object') return pairsOf(translate, changeOf(value), figures);
    const label = `detail.${name}`;
    const text = valueText(translate, name, value, figures);
    return text === '' ? [] : [`${isMessageId(label) ? translate(label) : name}: ${text}`];
  });
}

function changeOf(change: object): object {
  const { subject, key, before, after } = change as Readonly<Record<string, unknown>>;
  const fields = { ...(before as object | null), ...(after as object | null) };
  return { subject, ...(subject === 'meter' ? { key } : {}), changed: Object.keys(fields) };
}

function valueText(translate: Translator, name: string, value: unknown, figures: DetailFigures): string {
  if (Array.isArray(value))
    return value.map((each: unknown) => valueText(translate, name, each, figures)).join(', ');
  if (typeof value === 'object' && value !== null)
    return `(${pairsOf(translate, value, figures).join(', ')})`;
  if (typeof value === 'boolean') return translate(value ? 'detail.yes' : 'detail.no');
  if (typeof value === 'number' && name.endsWith('Minor')) return figures.money(value);
  if (typeof value === 'number' && name.endsWith('UnixMs')) return figures.moment(value);
  const text = String(value);
  const id = NAMED[name]?.(text).find(isMessageId);
  return id === undefined ? text : translate(id);
}
