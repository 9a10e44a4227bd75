import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BATCH_COLUMNS, parseRow, type RowTable } from './batch-row.ts';
import { childDigestText } from './chained-tables.ts';
import { columnKind, type ColumnKind } from './column-kinds.ts';
import { isPlainJson } from './plain-json.ts';
import { scanRow } from './scan-row.ts';

/** Values as a till writes them, and those that only just are or are not a column's. */
const WORDS = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '"', '\\', '\\"', '\u0000', '\ud800', '\\u0000', 'é', '\u007f', ' '),
);
const VALUES: Readonly<Record<ColumnKind, fc.Arbitrary<string | number | null>>> = {
  whole: fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(null, 0, -1, 999_999_999_999_999)),
  text: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(null, 'ZAR', 'a "b" \\ c') }, WORDS),
  json: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(null, '{}', '{"a":[1,-2,null,{"b":""}]}') },
    fc.json(),
    WORDS,
    fc.constantFrom('{"a":1.5}', '[1]', '[01]', '{"a":"\\u0000"}', '1e5', '-', '{"a":1,}'),
  ),
  day: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('2026-11-24', '2024-02-29') },
    fc.constantFrom('2026-02-30', '1999-01-01', 'today', null),
  ),
  bytes: fc.oneof(
    fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('hex')),
    fc.constantFrom('abc', 'AB', 'zz', null, '', 'ab', '00'),
  ),
};

const lines = fc.constantFrom(...(Object.keys(BATCH_COLUMNS) as RowTable[])).chain((table) =>
  fc.tuple(...BATCH_COLUMNS[table].map((column) => VALUES[columnKind(column)])).map((values) =>
    JSON.stringify({
      table,
      ...Object.fromEntries(BATCH_COLUMNS[table].map((column, index) => [column, values[index]])),
    }),
  ),
);

/** Reads a line between two others, and holds what comes out against the reader of any line. */
function compare(line: Buffer): boolean {
  const text = line.toString('utf8');
  const plain = Buffer.concat([Buffer.from('{"table":\n'), line, Buffer.from('\n{"table":"sale"}\n')]);
  const scanned = scanRow(plain, 10, 10 + line.length);
  if (!scanned) return false;
  const parsed = parseRow(text, 1);
  expect(parsed.ok && parsed.value).toEqual({ table: scanned.table, values: scanned.values });
  if (scanned.table !== 'record') expect(scanned.digest).toBe(childDigestText(scanned.table, scanned.values));
  return true;
}

describe('a line that is scanned', () => {
  it('says what it says when it is parsed', () => {
    const property = fc.property(lines, (line) => void compare(Buffer.from(line)));
    fc.assert(property, { numRuns: 3_000 });
  });

  it('is never taken for good when parsing refuses it, whichever byte changed', () => {
    const byte = fc.oneof(fc.constantFrom(...Buffer.from('"\\{}[],:-0n')), fc.integer({ min: 0, max: 127 }));
    const property = fc.property(lines, fc.nat(), byte, (line, place, value) => {
      const changed = Buffer.from(line);
      changed[place % changed.length] = value;
      compare(changed);
    });
    fc.assert(property, { numRuns: 3_000 });
  });

  it('is what a till writes, in every table, so that little has to be parsed', () => {
    const values = { whole: 12, text: 'a "b" \\ c', json: '{"a":[1,-2,null,true,{"b":""}]}' };
    const more = { day: '2026-11-24', bytes: 'ab01' };
    for (const table of Object.keys(BATCH_COLUMNS) as RowTable[]) {
      const row = BATCH_COLUMNS[table].map((column) => [column, { ...values, ...more }[columnKind(column)]]);
      expect(compare(Buffer.from(JSON.stringify({ table, ...Object.fromEntries(row) }))), table).toBe(true);
    }
  });
});

describe('plain JSON', () => {
  it('is JSON', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'{}[]",:-01tn'), maxLength: 12 });
    const written = fc.jsonValue().map((value) => JSON.stringify(value));
    const property = fc.property(fc.oneof(signs, written, fc.json()), (text) => {
      const bytes = Buffer.from(text);
      if (isPlainJson(bytes, 0, bytes.length)) expect(() => JSON.parse(text) as unknown).not.toThrow();
    });
    fc.assert(property, { numRuns: 20_000 });
  });

  it('ends where it is said to end, and is not read deeper than a stack goes', () => {
    const deep = Buffer.from('['.repeat(100_000) + ']'.repeat(100_000));
    expect(isPlainJson(deep, 0, deep.length)).toBe(false);
    const bytes = Buffer.from('[12]3');
    expect([isPlainJson(bytes, 0, 4), isPlainJson(bytes, 0, 5), isPlainJson(bytes, 0, 3)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
