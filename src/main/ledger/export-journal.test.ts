import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amountMinor } from '../../units/index.ts';
import { openReader, openWriter, type LedgerReader } from '../store/index.ts';
import { csvField } from '../../batch/index.ts';
import { MIGRATIONS } from '../store/migrations/index.ts';
import { appendRecord, exportJournal, journalLines, readLostRecords, verifyBooks } from './index.ts';

/** Whatever a person may have typed. */
const TEXTS = [
  'plain',
  'with, comma',
  'with "quotes"',
  'two\nlines',
  '',
  '=HYPERLINK("http://x.example","pay here")',
  '+27 82 555 0101',
  '-1+cmd',
  '@SUM(A1)',
  '\t=1',
  '＝1+1',
  "'quoted'",
  "'=1",
  '-12.50',
];

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'kioskwatt-export-'));
  const writer = openWriter('ledger', path.join(root, 'ledger.db'));
  if (!writer.ok) throw new Error(writer.error.code);
  for (const text of TEXTS)
    writer.value.transaction((tx) =>
      appendRecord(tx, {
        kind: 'test-payment',
        atUnixMs: 1_700_000_000_000,
        businessDate: '2023-11-14',
        operatorId: text,
        subjectId: null,
        detail: { text },
        transfers: [{ debit: 'cash-drawer', credit: 'fees', currency: 'ZAR', amountMinor: amountMinor(100) }],
      }),
    );
  writer.value.close();
});
afterEach(() => rmSync(root, { recursive: true }));

function read<Value>(work: (reader: LedgerReader) => Value): Value {
  const reader = openReader('ledger', path.join(root, 'ledger.db'));
  if (!reader.ok) throw new Error(reader.error.code);
  try {
    return reader.value.snapshot(() => work(reader.value));
  } finally {
    reader.value.close();
  }
}

/** A reader of RFC 4180 that tells an empty text from nothing. */
function parseCsv(text: string): (string | null)[][] {
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  for (let at = 0; at < text.length;) {
    const quoted = /^"((?:[^"]|"")*)"/u.exec(text.slice(at));
    const plain = /^[^,\r\n]*/u.exec(text.slice(at))?.[0] ?? '';
    row.push(quoted ? (quoted[1] ?? '').replaceAll('""', '"') : plain === '' ? null : plain);
    at += quoted ? quoted[0].length : plain.length;
    if (text[at] === ',') at += 1;
    else {
      expect(text.slice(at, at + 2)).toBe('\r\n');
      at += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

/** What a spreadsheet would run: it begins with one of the signs, and is no number. */
const isLive = (field: string): boolean =>
  /^[=+\-@\t\r\n＝＋－＠]/u.test(field) && Number.isNaN(Number(field));

/** How a program has the text as it was, as docs/formats/ledger-export.md tells it. */
const withoutApostrophe = (field: string | null): string | null =>
  field?.startsWith("'") ? field.slice(1) : field;

describe('a field of CSV', () => {
  it.each([
    [null, ''],
    ['', '""'],
    ['plain', 'plain'],
    [12, '12'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['=1+1', "'=1+1"],
    ['-1+1', "'-1+1"],
    ['-12.50', '-12.50'],
    [-1250, '-1250'],
    ['=SUM("a",1)', `"'=SUM(""a"",1)"`],
    ["'said", "''said"],
  ])('%j is %s', (value, field) => expect(csvField(value)).toBe(field));
});

describe('an export', () => {
  it('has the same rows as CSV and as NDJSON, and names the head', () => {
    const [csv, ndjson] = [path.join(root, 'csv'), path.join(root, 'ndjson')];
    const made = read((reader) => exportJournal(reader, 'csv', csv));
    const lines = read((reader) => exportJournal(reader, 'ndjson', ndjson));
    const verified = read((reader) => verifyBooks(reader));
    if (!made.ok || !lines.ok || !verified.ok) throw new Error('not exported');
    expect(made.value.head).toEqual({ epoch: 1, sequence: TEXTS.length, hash: verified.value.head });
    expect(JSON.parse(readFileSync(path.join(csv, 'export.json'), 'utf8'))).toEqual(made.value);
    expect(readdirSync(csv).toSorted()).toEqual([
      'basket_sale.csv',
      'count_line.csv',
      'cycle_end.csv',
      'deposit.csv',
      'dispute.csv',
      'export.json',
      'operator_state.csv',
      'record.csv',
      'sale.csv',
      'sale_kind.csv',
      'sale_step.csv',
      'shift.csv',
      'shift_entry.csv',
      'shift_step.csv',
      'tender_part.csv',
      'token.csv',
      'transfer.csv',
    ]);
    const rows = readFileSync(path.join(ndjson, 'ledger.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string | number | null>);
    expect(rows).toHaveLength(2 * TEXTS.length);
    expect(lines.value.files).toEqual([{ name: 'ledger.ndjson', rows: 2 * TEXTS.length }]);
    // NDJSON has every text as it was typed.
    const typed = rows.filter((row) => row['table'] === 'record').map((row) => row['operator_id']);
    expect(typed).toEqual(TEXTS);
    for (const table of ['record', 'transfer', 'token']) {
      const [header = [], ...body] = parseCsv(readFileSync(path.join(csv, `${table}.csv`), 'utf8'));
      const expected = rows
        .filter((row) => row['table'] === table)
        .map((row) => header.map((name) => (row[String(name)] === null ? null : String(row[String(name)]))));
      expect(body.flat().filter((field) => field !== null && isLive(field))).toEqual([]);
      expect(body.map((row) => row.map(withoutApostrophe))).toEqual(expected);
      expect(made.value.files).toContainEqual({ name: `${table}.csv`, rows: expected.length });
    }
  });

  it('streams the same lines without a folder', () => {
    const folder = path.join(root, 'ndjson');
    read((reader) => exportJournal(reader, 'ndjson', folder));
    const lines = read((reader) => [...journalLines(reader)]);
    expect(readFileSync(path.join(folder, 'ledger.ndjson'), 'utf8')).toBe(`${lines.join('\n')}\n`);
  });

  it('refuses a folder with something in it, a file, and a folder under nothing, by name', () => {
    const refused = (folder: string, reason: string): void =>
      expect(read((reader) => exportJournal(reader, 'csv', folder))).toEqual({
        ok: false,
        error: { code: 'export-target', params: { folder, reason } },
      });
    refused(root, 'notEmpty');
    const file = path.join(root, 'file');
    writeFileSync(file, '');
    refused(file, 'ENOTDIR');
    refused(path.join(root, 'not', 'there'), 'ENOENT');
    const closed = path.join(root, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    if (process.getuid?.() !== 0) refused(closed, 'EACCES');
    chmodSync(closed, 0o700);
  });
});

describe('a journal of an older program', () => {
  it.each([1, 9, 17])('of layout %d is exported with the tables that it has', (version) => {
    const file = path.join(root, 'older.db');
    const older = openWriter('ledger', file, { migrations: MIGRATIONS.ledger.slice(0, version) });
    if (!older.ok) throw new Error(older.error.code);
    older.value.transaction((tx) =>
      appendRecord(tx, {
        kind: 'test-payment',
        atUnixMs: 1_700_000_000_000,
        businessDate: '2023-11-14',
        operatorId: null,
        subjectId: null,
        detail: {},
        transfers: [{ debit: 'cash-drawer', credit: 'fees', currency: 'ZAR', amountMinor: amountMinor(100) }],
      }),
    );
    const tables = [...journalLines(older.value)].map(
      (line) => (JSON.parse(line) as { table: string }).table,
    );
    const head = { recordId: 0, hash: '0'.repeat(64) };
    expect(tables).toEqual(['record', 'transfer']);
    expect(readLostRecords(journalLines(older.value), head)).toMatchObject({ ok: true, value: [{}] });
    for (const format of ['ndjson', 'csv'] as const)
      expect(exportJournal(older.value, format, path.join(root, format))).toMatchObject({ ok: true });
    older.value.close();
  });
});
