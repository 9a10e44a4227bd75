import { BATCH_COLUMNS, type RowTable } from './batch-row.ts';
import type { ChainValue } from './chained-tables.ts';
import type { VerifiedBatch } from './verify-batch.ts';

/** How a text begins that a spreadsheet takes for a formula, wide signs too; a negative number is none. */
const FORMULA = /^[=+@\t\r\n＝＋－＠]|^-(?!\d+(?:\.\d+)?$)/u;

/**
 * A field of a CSV line (RFC 4180): null is nothing at all, an empty text is a pair of quotes. A text that a spreadsheet
 * would run as a formula gets an apostrophe in front, and so does one that has an apostrophe there: whoever takes one
 * leading apostrophe away has the text as it was.
 */
export function csvField(value: ChainValue): string {
  if (value === null) return '';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value !== 'string') return String(value);
  const text = FORMULA.test(value) || value.startsWith("'") ? `'${value}` : value;
  return text === '' || /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line of CSV with its end. */
export function csvLine(values: readonly ChainValue[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

/** The same rows as the lines of a batch, as one CSV file for each table that has any, by file name. */
export function rowsAsCsv(batch: VerifiedBatch): ReadonlyMap<string, string> {
  const files = new Map<string, string[]>();
  const put = (table: RowTable, values: readonly ChainValue[]): void => {
    const name = `${table}.csv`;
    const lines = files.get(name) ?? [csvLine(BATCH_COLUMNS[table])];
    lines.push(csvLine(values));
    files.set(name, lines);
  };
  for (const record of batch.records) {
    put('record', record.values);
    for (const child of record.children) put(child.table, child.values);
  }
  return new Map([...files].map(([name, lines]) => [name, lines.join('')]));
}
