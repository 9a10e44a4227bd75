import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs';
import path from 'node:path';
import { err, ok, type Result } from '../../units/index.ts';
import { syncFolder, writeDurably, type LedgerReader, type SqlValue } from '../store/index.ts';
import { CHILD_COLUMNS, csvField, RECORD_COLUMNS } from '../../batch/index.ts';
import { chainHead } from './append.ts';
import { presentTables } from './verify.ts';

export type ExportFormat = 'ndjson' | 'csv';

type ExportTable = { readonly table: string; readonly columns: readonly string[] };

/** Every table of the chain that this journal has, with all its columns, in the order in which they are exported. */
function exportTables(reader: LedgerReader): readonly ExportTable[] {
  return [
    { table: 'record', columns: [...RECORD_COLUMNS, 'hash'] },
    ...presentTables(reader).map((table) => ({ table, columns: [...CHILD_COLUMNS[table], 'digest'] })),
  ];
}

type ReadableValue = string | number | bigint | null;

/** Bytes as lower-case hex; everything else as it is stored. */
function readable(value: SqlValue | undefined): ReadableValue {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : (value ?? null);
}

function* rowsOf(
  reader: LedgerReader,
  table: string,
  columns: readonly string[],
): Generator<ReadableValue[]> {
  const rows = reader.prepare(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY 1`);
  for (const row of rows.iterate<Record<string, SqlValue>>())
    yield columns.map((name) => readable(row[name]));
}

/** Every row as one JSON line, table by table; one at a time, however long the journal is. */
export function* journalLines(reader: LedgerReader): Generator<string> {
  for (const { table, columns } of exportTables(reader)) {
    for (const values of rowsOf(reader, table, columns)) {
      const row = Object.fromEntries(columns.map((name, index) => [name, values[index]]));
      yield JSON.stringify({ table, ...row });
    }
  }
}

export type ExportSummary = {
  readonly format: ExportFormat;
  readonly files: readonly { readonly name: string; readonly rows: number }[];
  /** The newest record exported. */
  readonly head: { readonly epoch: number; readonly sequence: number; readonly hash: string };
};

export type ExportFault = {
  readonly code: 'export-target';
  readonly params: { readonly folder: string; readonly reason: string };
};

const EXPORT_MANIFEST = 'export.json';
const BUFFER_CHARACTERS = 1 << 18;

/**
 * Writes the journal into an empty folder (made if need be): one NDJSON file, or a CSV file with a header for
 * each table, and last a manifest with the head. `reader` has to stand on one snapshot for all of it.
 */
export function exportJournal(
  reader: LedgerReader,
  format: ExportFormat,
  folder: string,
): Result<ExportSummary, ExportFault> {
  const refused = (reason: string): Result<never, ExportFault> =>
    err({ code: 'export-target', params: { folder, reason } });
  try {
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    if (readdirSync(folder).length > 0) return refused('notEmpty');
    const files = format === 'csv' ? writeTables(reader, folder) : [writeLines(reader, folder)];
    const newest = chainHead(reader);
    const summary: ExportSummary = {
      format,
      files,
      head: {
        epoch: newest?.epoch ?? 1,
        sequence: newest?.sequence ?? 0,
        hash: Buffer.from(newest?.hash ?? new Uint8Array(32)).toString('hex'),
      },
    };
    syncFolder(folder);
    writeDurably(path.join(folder, EXPORT_MANIFEST), `${JSON.stringify(summary, null, 2)}\n`);
    return ok(summary);
  } catch (error) {
    // Of the file system's errors only: a fault of the ledger itself is the caller's to name.
    if (error instanceof Error && 'syscall' in error && 'code' in error) return refused(String(error.code));
    throw error;
  }
}

function writeLines(reader: LedgerReader, folder: string): { name: string; rows: number } {
  const name = 'ledger.ndjson';
  return { name, rows: writeText(path.join(folder, name), journalLines(reader), '\n') };
}

function writeTables(reader: LedgerReader, folder: string): readonly { name: string; rows: number }[] {
  return exportTables(reader).map(({ table, columns }) => {
    const lines = function* (): Generator<string> {
      yield columns.join(',');
      for (const values of rowsOf(reader, table, columns)) yield values.map(csvField).join(',');
    };
    const name = `${table}.csv`;
    return { name, rows: writeText(path.join(folder, name), lines(), '\r\n') - 1 };
  });
}

/** Returns the number of lines written. */
function writeText(file: string, lines: Iterable<string>, end: string): number {
  const descriptor = openSync(file, 'wx', 0o600);
  let count = 0;
  let buffer = '';
  const flush = (): void => {
    const bytes = Buffer.from(buffer);
    for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
    buffer = '';
  };
  try {
    for (const line of lines) {
      buffer += line + end;
      count += 1;
      if (buffer.length > BUFFER_CHARACTERS) flush();
    }
    flush();
    fsyncSync(descriptor);
    return count;
  } finally {
    closeSync(descriptor);
  }
}
