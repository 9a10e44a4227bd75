import { BATCH_COLUMNS, type RowTable } from './batch-row.ts';
import type { ChainValue } from './chained-tables.ts';
import type { VerifiedBatch } from './verify-batch.ts';

/** A field of a CSV line (RFC 4180): null is nothing at all, an empty text is a pair of quotes. */
export function csvField(value: ChainValue): string {
  if (value === null) return '';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value !== 'string') return String(value);
  return value === '' || /[",\r\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
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
