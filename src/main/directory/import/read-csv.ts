import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CsvError, parse, type Parser } from 'csv-parse';
import { COLUMN_NAMES, OPTIONAL_COLUMNS, type ColumnName } from './columns.ts';

/** Why a file is not read on; what was taken before stays taken. */
export type FileFault = {
  readonly code: 'directory-file';
  readonly params: { readonly reason: string; readonly place: string };
};

export class FileRefused extends Error {
  readonly fault: FileFault;
  constructor(reason: string, place: string) {
    super(reason);
    this.fault = { code: 'directory-file', params: { reason, place } };
  }
}

/** A line as it stands in the file, or what keeps it from being a line. */
export type CsvLine =
  | { readonly line: number; readonly cells: Readonly<Record<string, string>> }
  | { readonly line: number; readonly broken: 'quotes' | 'cells' };

const LONGEST_LINE = 10_000;
const CHUNK_BYTES = 1 << 16;

/** The header's cells as column names. Throws FileRefused for one that is unknown, missing or there twice. */
function headerColumns(header: readonly string[]): ColumnName[] {
  const names = header.map((cell) => cell.trim().toLowerCase());
  const unknown = names.find((name) => !COLUMN_NAMES.some((column) => column === name));
  if (unknown !== undefined) throw new FileRefused('unknownColumn', unknown.slice(0, 40));
  const missing = COLUMN_NAMES.find(
    (column) => !names.includes(column) && !OPTIONAL_COLUMNS.includes(column),
  );
  if (missing !== undefined) throw new FileRefused('missingColumn', missing);
  if (new Set(names).size < names.length) throw new FileRefused('columnTwice', names.join(','));
  return names as ColumnName[];
}

const WRONG_NUMBER_OF_CELLS = ['CSV_RECORD_INCONSISTENT_COLUMNS', 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH'];

/**
 * A line with a fault is passed over and told. One that does not end is none: a quote that is never closed
 * would swallow the file behind it.
 */
function parserOf(onBroken: (line: CsvLine) => void): Parser {
  const parser: Parser = parse({
    bom: true,
    columns: headerColumns,
    delimiter: [',', ';', '\t'],
    info: true,
    max_record_size: LONGEST_LINE,
    skip_empty_lines: true,
    skip_records_with_error: true,
    trim: true,
    on_skip: (error) => {
      const line = Number(error?.['lines'] ?? 0);
      if (error?.code === 'CSV_MAX_RECORD_SIZE') {
        parser.destroy(new FileRefused('endlessLine', line.toString()));
      }
      const cells = WRONG_NUMBER_OF_CELLS.some((code) => code === error?.code);
      onBroken({ line, broken: cells ? 'cells' : 'quotes' });
      return undefined;
    },
  });
  return parser;
}

/** Feeds the file to the parser as text; other encodings than UTF-8 are refused by name. */
async function feed(file: string, parser: Parser, onBytes: (bytes: number) => void): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    if (parser.destroyed) return;
    const decoded = decode(decoder, chunk, bytes);
    bytes += chunk.length;
    onBytes(bytes);
    if (!parser.write(decoded)) {
      await drained(parser);
    }
  }
  parser.end(decode(decoder, new Uint8Array(), bytes, true));
}

/** Waits until the parser takes more, or never will again. */
function drained(parser: Parser): Promise<void> {
  return new Promise((resolve) => {
    const goOn = (): void => {
      parser.off('drain', goOn);
      parser.off('close', goOn);
      resolve();
    };
    parser.on('drain', goOn);
    parser.on('close', goOn);
  });
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  chunk: Uint8Array,
  at: number,
  last = false,
): string {
  try {
    return decoder.decode(chunk, { stream: !last });
  } catch {
    throw new FileRefused('notUtf8', at.toString());
  }
}

/** The file's lines below its header, read as the caller takes them. Throws FileRefused. */
export async function* csvLines(file: string, onBytes: (bytes: number) => void): AsyncGenerator<CsvLine> {
  const broken: CsvLine[] = [];
  const parser = parserOf((line) => void broken.push(line));
  const fed = feed(file, parser, onBytes).catch((error: unknown) => {
    parser.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: Readonly<Record<string, string>>;
      info: { lines: number };
    }>) {
      while (broken.length > 0) yield broken.shift() as CsvLine;
      yield { line: info.lines, cells: record };
    }
    while (broken.length > 0) yield broken.shift() as CsvLine;
  } catch (error) {
    throw error instanceof CsvError ? new FileRefused('notCsv', error.code) : error;
  } finally {
    parser.destroy();
    await fed;
  }
}

/** The file's length in bytes. Throws FileRefused when there is none to read. */
export async function lengthOf(file: string): Promise<number> {
  try {
    const found = await stat(file);
    if (!found.isFile()) throw new FileRefused('notAFile', file);
    if (found.size === 0) throw new FileRefused('empty', '');
    return found.size;
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    throw new FileRefused('unreadable', error instanceof Error && 'code' in error ? String(error.code) : '');
  }
}
