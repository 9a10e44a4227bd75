import {
  BATCH_COLUMNS,
  GrowingBytes,
  type ChainValue,
  type RowTable,
  type VerifiedRecord,
} from '../batch/index.ts';

const ESCAPED = /[\\\n\r\t\b\f\v]/u;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

/** A value in the text format of COPY. */
function copyValue(value: ChainValue): string {
  if (value === null) return '\\N';
  if (typeof value !== 'string')
    return value instanceof Uint8Array ? `\\\\x${Buffer.from(value).toString('hex')}` : String(value);
  return ESCAPED.test(value) ? value.replace(/[\\\n\r\t\b\f\v]/gu, (sign) => ESCAPES[sign] ?? sign) : value;
}

/** Values of a row, each behind a tab. */
function copyValues(values: readonly ChainValue[]): string {
  let line = '';
  for (const value of values) line += `\t${copyValue(value)}`;
  return line;
}

/** What a table takes up by COPY, in the order in which tables are filled. */
export type TableCopy = { readonly table: RowTable; readonly bytes: Uint8Array };

const BUSINESS_DATE = BATCH_COLUMNS.record.indexOf('business_date');

/** Gathers records of a station as lines for COPY, by table. */
export class CopyText {
  readonly #station: string;
  readonly #tables = new Map<RowTable, GrowingBytes>();

  constructor(station: string) {
    this.#station = station;
  }

  add({ epoch, values: own, hash, children }: VerifiedRecord): void {
    this.#at('record').add(`${this.#station}${copyValues(own)}\t\\\\x${hash}\n`);
    const place = `${this.#station}\t${epoch}\t${String(own[BUSINESS_DATE])}`;
    for (const { table, values } of children) this.#at(table).add(`${place}${copyValues(values)}\n`);
  }

  #at(table: RowTable): GrowingBytes {
    let bytes = this.#tables.get(table);
    if (!bytes) this.#tables.set(table, (bytes = new GrowingBytes()));
    return bytes;
  }

  copies(): readonly TableCopy[] {
    return [...this.#tables].map(([table, bytes]) => ({ table, bytes: bytes.bytes() }));
  }
}
