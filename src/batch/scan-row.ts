import { hash } from 'node:crypto';
import { BATCH_COLUMNS, isDay, type BatchRow, type RowTable } from './batch-row.ts';
import type { ChainValue } from './chained-tables.ts';
import { columnKind, type ColumnKind } from './column-kinds.ts';
import { PAYLOAD_LIMITS } from './payload.ts';
import { isPlainJson } from './plain-json.ts';

const BYTE = {
  blank: 0x20,
  quote: 0x22,
  minus: 0x2d,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  backslash: 0x5c,
  lastPrintable: 0x7e,
  bar: 0x7c,
  closeObject: 0x7d,
} as const;
const letter = (sign: string): number => sign.charCodeAt(0);
/** What stands before a value in the bytes that are hashed, by its type. */
const TYPE = { text: letter('s'), whole: letter('i'), bytes: letter('b'), none: letter('n') } as const;

/** The line's bytes before a value: the row's beginning, or the end of the value before, and the column's name. */
type ScanColumn = { readonly before: Uint8Array; readonly kind: ColumnKind };
type ScanForm = {
  readonly table: RowTable;
  readonly name: Uint8Array;
  readonly columns: readonly ScanColumn[];
};

const HEAD = Buffer.from('{"table":"');
const FORMS: ReadonlyMap<string, ScanForm> = new Map(
  (Object.keys(BATCH_COLUMNS) as RowTable[]).map((table) => {
    const columns = BATCH_COLUMNS[table].map((column, index) => ({
      before: Buffer.from(`${index === 0 ? `${HEAD.toString()}${table}"` : ''},"${column}":`),
      kind: columnKind(column),
    }));
    return [table, { table, name: Buffer.from(table), columns }];
  }),
);

/** More digits may go beyond the whole numbers that can be told apart. */
const MOST_DIGITS = 15;
const HEX = /^(?:[0-9a-f]{2})*$/u;

/**
 * A row's bytes as they are hashed: never longer than its line, since a column's name and quotes take more than a
 * value's type and length.
 */
const hashed = Buffer.allocUnsafeSlow(PAYLOAD_LIMITS.lineBytes + 64);

/** Reads the values of one line after the other, and makes the bytes that are hashed on the way. */
class RowScan {
  #bytes: Buffer = hashed;
  #at = 0;
  #length = 0;

  /** See scanRow. */
  row(bytes: Buffer, start: number, end: number): BatchRow | undefined {
    this.#bytes = bytes;
    this.#at = start;
    const nameStart = start + HEAD.length;
    const form = FORMS.get(bytes.toString('latin1', nameStart, bytes.indexOf(BYTE.quote, nameStart)));
    if (!form) return undefined;
    hashed.set(form.name);
    this.#length = form.name.length;
    const values: ChainValue[] = [];
    for (const { before, kind } of form.columns) {
      const value = this.#passes(before) ? this.#value(kind) : undefined;
      if (value === undefined) return undefined;
      values.push(value);
    }
    if (bytes[this.#at] !== BYTE.closeObject || this.#at + 1 !== end) return undefined;
    const { table } = form;
    if (table === 'record') return { table, values };
    return { table, values, digest: hash('sha256', hashed.subarray(0, this.#length), 'binary') };
  }

  #passes(expected: Uint8Array): boolean {
    for (let index = 0; index < expected.length; index += 1)
      if (this.#bytes[this.#at + index] !== expected[index]) return false;
    this.#at += expected.length;
    return true;
  }

  #value(kind: ColumnKind): ChainValue | undefined {
    if (this.#bytes[this.#at] === BYTE.quote) return kind === 'whole' ? undefined : this.#text(kind);
    if (this.#bytes[this.#at] !== TYPE.none) return kind === 'whole' ? this.#whole() : undefined;
    if (kind === 'day' || kind === 'bytes' || !this.#passes(NULL)) return undefined;
    this.#put(BYTE.bar);
    this.#put(TYPE.none);
    return null;
  }

  #whole(): number | undefined {
    const bytes = this.#bytes;
    const start = this.#at;
    const first = bytes[start] === BYTE.minus ? start + 1 : start;
    let end = first;
    let value = 0;
    for (let digit = digitAt(bytes, end); digit !== undefined; digit = digitAt(bytes, end)) {
      value = value * 10 + digit;
      end += 1;
    }
    const digits = end - first;
    const padded = bytes[first] === BYTE.zero && (digits > 1 || first > start);
    if (digits === 0 || digits > MOST_DIGITS || padded) return undefined;
    this.#putHead(TYPE.whole, end - start);
    for (let at = start; at < end; at += 1) this.#put(bytes[at] as number);
    this.#at = end;
    return first > start ? -value : value;
  }

  #text(kind: ColumnKind): ChainValue | undefined {
    const bytes = this.#bytes;
    const from = this.#at + 1;
    let escapes = 0;
    let backslashes = 0;
    let to = from;
    for (; bytes[to] !== BYTE.quote; to += 1) {
      const byte = bytes[to] ?? 0;
      if (byte < BYTE.blank || byte > BYTE.lastPrintable) return undefined;
      if (byte !== BYTE.backslash) continue;
      to += 1;
      escapes += 1;
      if (bytes[to] === BYTE.backslash) backslashes += 1;
      else if (bytes[to] !== BYTE.quote) return undefined;
    }
    this.#at = to + 1;
    const length = to - from - escapes;
    this.#putHead(kind === 'bytes' ? TYPE.bytes : TYPE.text, kind === 'bytes' ? length / 2 : length);
    const start = this.#length;
    for (let at = from; at < to; at += 1) {
      if (bytes[at] === BYTE.backslash) at += 1;
      this.#put(bytes[at] as number);
    }
    if (kind === 'json' && (backslashes > 0 || !isPlainJson(hashed, start, this.#length))) return undefined;
    const text = hashed.toString('latin1', start, this.#length);
    if (kind === 'bytes') return HEX.test(text) ? Buffer.from(text, 'hex') : undefined;
    return kind === 'day' && !isDay(text) ? undefined : text;
  }

  #put(byte: number): void {
    hashed[this.#length] = byte;
    this.#length += 1;
  }

  #putHead(type: number, length: number): void {
    this.#put(BYTE.bar);
    this.#put(type);
    this.#putDigits(length);
    this.#put(BYTE.colon);
  }

  #putDigits(count: number): void {
    if (count >= 10) this.#putDigits(Math.floor(count / 10));
    this.#put(BYTE.zero + (count % 10));
  }
}

const NULL = Buffer.from('null');

function digitAt(bytes: Uint8Array, at: number): number | undefined {
  const byte = bytes[at] as number;
  return byte >= BYTE.zero && byte <= BYTE.nine ? byte - BYTE.zero : undefined;
}

const scan = new RowScan();

/**
 * Reads a line of a batch in one pass over its bytes where it is written as a till writes it: its columns in their
 * order without blanks, whole numbers, printable ASCII in which only quotes and backslashes are escaped. Undefined says
 * nothing of the line but that `parseRow` has to read it. `end`: the place of its line feed.
 */
export function scanRow(bytes: Buffer, start: number, end: number): BatchRow | undefined {
  return scan.row(bytes, start, end);
}
