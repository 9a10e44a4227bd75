import { ok, type Result } from '../units/index.ts';
import { CHILD_COLUMNS, RECORD_COLUMNS, type ChainValue, type ChildTable } from './chained-tables.ts';
import { fault, type FileFault } from './faults.ts';

/** A row of the journal by its columns. */
export type JournalRow = Readonly<Record<string, ChainValue>>;
export type RowTable = 'record' | ChildTable;

/**
 * The columns of each table that travel. A record's `previous_hash` does not: head office computes the chain
 * again, and hashes are what packs worst.
 */
export const BATCH_COLUMNS: Readonly<Record<RowTable, readonly string[]>> = {
  record: RECORD_COLUMNS.filter((column) => column !== 'previous_hash'),
  ...CHILD_COLUMNS,
};

/** Columns that hold bytes: lower-case hexadecimal in a line. */
const BYTES = new Set(['customer_digest']);
const HEX = /^(?:[0-9a-f]{2})*$/u;

/** What stands before each value of a line: made once, since a batch has a hundred thousand of them. */
const MEMBERS = new Map(
  Object.entries(BATCH_COLUMNS).map(([table, columns]) => [
    table,
    columns.map((column) => [column, `,"${column}":`] as const),
  ]),
);

/** One line of a batch, without its end: the table's name and its columns in their order. */
export function rowLine(table: RowTable, row: JournalRow): string {
  let line = `{"table":"${table}"`;
  for (const [column, member] of MEMBERS.get(table) ?? []) {
    const value = row[column] ?? null;
    if (typeof value === 'number') line += member + value;
    else if (value === null) line += `${member}null`;
    else
      line +=
        member + JSON.stringify(value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value);
  }
  return `${line}}`;
}

export type BatchRow = { readonly table: RowTable; readonly values: readonly ChainValue[] };

function isRowTable(name: unknown): name is RowTable {
  return typeof name === 'string' && Object.hasOwn(BATCH_COLUMNS, name);
}

/** Reads a line back: exactly the columns of its table, in their order, of plain values. */
export function parseRow(line: string, number: number): Result<BatchRow, FileFault> {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    return fault('file-row', number, 'not JSON');
  }
  if (typeof data !== 'object' || data === null) return fault('file-row', number, 'not an object');
  const { table } = data as { readonly table?: unknown };
  if (!isRowTable(table)) return fault('file-row', number, 'unknown table');
  const columns = BATCH_COLUMNS[table];
  const entries = Object.entries(data);
  if (entries.length !== columns.length + 1) return fault('file-row', number, `${table}: other columns`);
  const values: ChainValue[] = [];
  for (const [index, column] of columns.entries()) {
    const [name, value] = entries[index + 1] ?? [];
    if (name !== column) return fault('file-row', number, `${table}.${column}: missing`);
    const parsed = plainValue(column, value);
    if (parsed === undefined) return fault('file-row', number, `${table}.${column}: wrong type`);
    values.push(parsed);
  }
  return ok({ table, values });
}

function plainValue(column: string, value: unknown): ChainValue | undefined {
  if (BYTES.has(column))
    return typeof value === 'string' && HEX.test(value) ? Buffer.from(value, 'hex') : undefined;
  if (value === null || typeof value === 'string') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}
