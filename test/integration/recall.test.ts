import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runStationCommand } from '../../src/cli/station.ts';
import {
  balances,
  findSale,
  journalLines,
  makeBackup,
  openSales,
  readLostRecords,
  recallSale,
  restoreBackup,
  verifyBooks,
  type LostRecord,
  type Recalled,
} from '../../src/main/ledger/index.ts';
import { openWriter } from '../../src/main/store/index.ts';
import type { SaleId } from '../../src/units/index.ts';
import { NOON, readLedger, sellOnce } from './health-fixtures.ts';

const MINUTE = 60_000;
const MOMENT = { nowUnixMs: NOON + 90 * MINUTE, businessDate: '2026-11-23', operatorId: null };

let root: string;
let lostFolder: string;
let data: string;
let lines: readonly string[];
let lostToken: string;
/** The last record that the backup knows. */
let head: { recordId: number; hash: string };

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'kioskwatt-recall-'));
  data = path.join(root, 'data');
  await sellOnce(data, NOON, 'Thandi Nkosi');
  const made = makeBackup({
    data,
    to: path.join(root, 'backups'),
    nowUnixMs: NOON + MINUTE,
    program: 'test',
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const { chain } = made.value.manifest;
  head = { recordId: chain.records, hash: chain.head };
  lostToken = await sellOnce(data, NOON + 10 * MINUTE, '00041057183');
  const restored = restoreBackup({ backup: made.value.backup, data, nowUnixMs: NOON + 60 * MINUTE });
  if (!restored.ok) throw new Error(JSON.stringify(restored.error));
  lostFolder = restored.value.movedAside ?? '';
  lines = readLedger(lostFolder, (reader) => [...journalLines(reader)]);
});
afterEach(() => vi.useRealTimers());
afterAll(() => rmSync(root, { recursive: true, force: true }));

function lost(): readonly LostRecord[] {
  const read = readLostRecords(lines, head);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

function recallAll(records: readonly LostRecord[]): readonly Recalled[] {
  const writer = openWriter('ledger', path.join(data, 'ledger.db'));
  if (!writer.ok) throw new Error(writer.error.code);
  try {
    return writer.value.transaction((tx) => records.map((record) => recallSale(tx, MOMENT, record).outcome));
  } finally {
    writer.value.close();
  }
}

describe('what a backup lacks', () => {
  it('is read from an export of the old ledger, as far as it follows from the copy', () => {
    expect(lost().map(({ kind }) => kind)).toEqual(['operator-signed-in', 'sale-intended', 'sale-recorded']);
  });

  it('is refused when a row of it was changed, left out or slipped in', () => {
    const token = lines.findIndex((line) => line.includes(lostToken));
    const other = lostToken.replace(/\d$/u, (digit) => String((Number(digit) + 1) % 10));
    const wrong = [
      lines.map((line) => line.replace(lostToken, other)),
      lines.filter((_, index) => index !== token),
      [...lines, lines[token] ?? ''],
      lines.filter((line) => !line.includes('"kind":"operator-signed-in"')),
    ];
    for (const changed of wrong)
      expect(readLostRecords(changed, head)).toMatchObject({
        ok: false,
        error: { code: 'recall-not-following' },
      });
    expect(readLostRecords(lines, { ...head, hash: '0'.repeat(64) })).toMatchObject({
      ok: false,
      error: { code: 'recall-not-following', params: { record: '1/7' } },
    });
    expect(readLostRecords(['no JSON'], head)).toEqual({
      ok: false,
      error: { code: 'recall-unreadable', params: { line: 1 } },
    });
  });

  it('comes back as recalled, with its token and its money, once', () => {
    expect(recallAll(lost())).toEqual(['no-sale', 'recalled', 'recalled']);
    expect(recallAll(lost())).toEqual(['no-sale', 'known', 'known']);
    const books = readLedger(data, (reader) => verifyBooks(reader));
    expect(books).toMatchObject({ ok: true, value: { epoch: 2, sequence: 3 } });
    const old = readLedger(lostFolder, (reader) => balances(reader));
    expect(readLedger(data, (reader) => balances(reader))).toEqual(old);
    const saleId = lost()[1]?.subjectId as SaleId;
    const [here, there] = [data, lostFolder].map((folder) =>
      readLedger(folder, (reader) => findSale(reader, saleId)),
    );
    expect(here).toEqual(there);
    expect(here?.tokens[0]?.digits).toBe(lostToken);
    // The intent that came back closes the sale before it, which the copy has.
    const steps = readLedger(data, (reader) =>
      reader.prepare("SELECT step FROM sale_step WHERE step = 'closed'").all(),
    );
    expect(steps).toEqual([{ step: 'closed' }]);
    expect(readLedger(data, (reader) => openSales(reader))).toEqual([]);
    const kinds = readLedger(data, (reader) =>
      reader.prepare('SELECT kind, detail FROM record WHERE epoch = 2 ORDER BY record_id').all<{
        kind: string;
        detail: string;
      }>(),
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['epoch-opened', 'sale-recalled', 'sale-recalled']);
    expect(JSON.parse(kinds[2]?.detail ?? '')).toMatchObject({
      was: { epoch: 1, sequence: 9, kind: 'sale-recorded' },
      atUnixMs: NOON + 10 * MINUTE,
    });
  });

  it('is brought back by a command, which says what it left alone', async () => {
    const file = path.join(root, 'lost.ndjson');
    writeFileSync(file, `${lines.join('\n')}\n`);
    const said: string[] = [];
    const io = { out: (line: string) => said.push(line), err: (line: string) => said.push(line) };
    const run = (...words: string[]): Promise<number> => runStationCommand(['recall', ...words], io);
    // The clock of whoever runs this is another than the test's.
    expect(await run('--from', file, '--data', data)).toBe(1);
    expect(said.splice(0)).toEqual([expect.stringMatching(/--clock-is-right|is behind/u)]);
    vi.useFakeTimers({ toFake: ['Date'], now: NOON + 2 * 60 * MINUTE });
    expect(await run('--from', file, '--data', data)).toBe(0);
    expect(said).toEqual(['0 records of sales brought back, 2 were there already.']);
    expect(await run('--from', file, '--data', lostFolder, '--json')).toBe(1);
    expect(said.at(-1)).toContain('recall-not-restored');
    expect(await run('--from', path.join(root, 'nowhere'), '--data', data)).toBe(2);
  });

  it('is not taken over a token that the copy has for the same sale', () => {
    const [, , recorded] = lost();
    if (!recorded) throw new Error('no record');
    const children = recorded.children.map((child) =>
      child.table === 'token'
        ? { ...child, values: { ...child.values, digits: '00000000000000000000' } }
        : child,
    );
    expect(recallAll([{ ...recorded, children }])).toEqual(['differs']);
    expect(recallAll([{ ...recorded, kind: 'module-stopped' }])).toEqual(['no-sale']);
  });
});
