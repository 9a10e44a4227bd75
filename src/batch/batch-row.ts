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
export type BatchRow = { readonly table: RowTable; readonly values: readonly ChainValue[] };

type LineColumn = {
  readonly name: string;
  readonly kind: ColumnKind;
  /** What stands before the column's value. */
  readonly member: string;
};

type LineForm = { readonly table: RowTable; readonly head: string; readonly columns: readonly LineColumn[] };

/** How a line of each table is made up: known beforehand, since a batch has a hundred thousand of them. */
const FORMS: ReadonlyMap<unknown, LineForm> = new Map(
  (Object.keys(BATCH_COLUMNS) as RowTable[]).map((table) => {
    const columns = BATCH_COLUMNS[table].map((name) => ({
      name,
      kind: columnKind(name),
      member: `,"${name}":`,
    }));
    return [table, { table, head: `{"table":"${table}"`, columns }];
  }),
);

/** One line of a batch, without its end: the table's name and its columns in their order. */
export function rowLine({ table, values }: BatchRow): string {
  const form = FORMS.get(table);
  let line = form?.head ?? '';
  let index = 0;
  for (const { member } of form?.columns ?? []) {
    const value = values[index] ?? null;
    index += 1;
    if (typeof value === 'number') line += member + value;
    else if (value === null) line += `${member}null`;
    else
      line +=
        member + JSON.stringify(value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value);
  }
  return `${line}}`;
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
      return value === lastDay || isDay(value);
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
function isDay(text: unknown): boolean {
  const good = typeof text === 'string' && DAY.test(text) && parseCivilMinute(`${text}T00:00`) !== undefined;
  if (good) lastDay = text;
  return good;
}
