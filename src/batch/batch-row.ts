import { ok, parseCivilMinute, type Result } from '../units/index.ts';
import { CHILD_COLUMNS, RECORD_COLUMNS, type ChainValue, type ChildTable } from './chained-tables.ts';
import { columnKind, type ColumnKind } from './column-kinds.ts';
import { fault, type FileFault } from './faults.ts';

export type RowTable = 'record' | ChildTable;

/**
 * The columns of each table that travel. A record's `previous_hash` does not: head office computes the chain
 * again, and hashes are what packs worst.
 */
export const BATCH_COLUMNS: Readonly<Record<RowTable, readonly string[]>> = {
  record: RECORD_COLUMNS.filter((column) => column !== 'previous_hash'),
  ...CHILD_COLUMNS,
};

/** A row by its values, in the order of BATCH_COLUMNS. */
export type BatchRow = {
  readonly table: RowTable;
  readonly values: readonly ChainValue[];
  /** What `childDigestText` gives for it, where it was computed on the way. */
  readonly digest?: string;
};

type LineColumn = { readonly name: string; readonly kind: ColumnKind };
type LineForm = { readonly table: RowTable; readonly columns: readonly LineColumn[] };

const FORMS: ReadonlyMap<unknown, LineForm> = new Map(
  (Object.keys(BATCH_COLUMNS) as RowTable[]).map((table) => {
    const columns = BATCH_COLUMNS[table].map((name) => ({ name, kind: columnKind(name) }));
    return [table, { table, columns }];
  }),
);

/**
 * A row of the journal by its columns, as it stands in a line: `table` first, then those of BATCH_COLUMNS in their
 * order, bytes as lower-case hexadecimal digits.
 */
export type JournalRow = Readonly<Record<string, string | number | null>>;

/** One line of a batch, without its end. */
export function rowLine(row: JournalRow): string {
  return JSON.stringify(row);
}

/** A line's row by its values. */
export function rowValues(table: RowTable, row: JournalRow): BatchRow {
  const values = Object.values(row);
  values.shift();
  return { table, values };
}

/** An escape for half a sign or for none: no database takes them. Raw ones are no UTF-8, or no JSON. */
const HALF_SIGN = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/iu;
const HEX = /^(?:[0-9a-f]{2})*$/u;
const DAY = /^(?:20|21)\d\d-\d\d-\d\d$/u;

/** Reads a line back: exactly the columns of its table, in their order, each of its kind. */
export function parseRow(line: string, number: number): Result<BatchRow, FileFault> {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    return fault('file-row', number, 'not JSON');
  }
  if (typeof data !== 'object' || data === null) return fault('file-row', number, 'not an object');
  const names = Object.keys(data);
  const values = Object.values(data) as unknown[];
  const form = names[0] === 'table' ? FORMS.get(values.shift()) : undefined;
  if (!form) return fault('file-row', number, 'unknown table');
  const { table, columns } = form;
  if (values.length !== columns.length) return fault('file-row', number, `${table}: other columns`);
  if (line.includes('\\u') && HALF_SIGN.test(line))
    return fault('file-row', number, `${table}: a sign that cannot be kept`);
  for (let index = 0; index < columns.length; index += 1) {
    const { name, kind } = columns[index] as LineColumn;
    if (names[index + 1] !== name) return fault('file-row', number, `${table}.${name}: missing`);
    if (!isOfKind(kind, values[index])) return fault('file-row', number, `${table}.${name}: wrong type`);
    if (kind === 'bytes') values[index] = Buffer.from(values[index] as string, 'hex');
  }
  return ok({ table, values: values as ChainValue[] });
}

/** What a column of each kind takes: nothing at all is fine but where a row would have no place, or no digest. */
function isOfKind(kind: ColumnKind, value: unknown): boolean {
  switch (kind) {
    case 'whole':
      return value === null || Number.isSafeInteger(value);
    case 'text':
      return value === null || typeof value === 'string';
    case 'json':
      return value === null || (typeof value === 'string' && isJson(value));
    case 'day':
      return isDay(value);
    case 'bytes':
      return typeof value === 'string' && HEX.test(value);
  }
}

function isJson(text: string): boolean {
  if (text === '{}') return true;
  try {
    JSON.parse(text);
  } catch {
    return false;
  }
  return !(text.includes('\\u') && HALF_SIGN.test(text));
}

/** Most records of a batch are of one day. */
let lastDay: string | undefined;

/** A day that exists, in the two centuries for which head office makes partitions. */
export function isDay(text: unknown): boolean {
  if (text === lastDay && lastDay !== undefined) return true;
  const good = typeof text === 'string' && DAY.test(text) && parseCivilMinute(`${text}T00:00`) !== undefined;
  if (good) lastDay = text;
  return good;
}
