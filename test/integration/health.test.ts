import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runStationCommand } from '../../src/cli/station.ts';
import { CHILD_TABLES } from '../../src/batch/index.ts';
import {
  PROJECTIONS,
  startCheck,
  verifyBooks,
  writeAnchor,
  type JobProgress,
} from '../../src/main/ledger/index.ts';
import { openStationKey, openWriter } from '../../src/main/store/index.ts';
import { appendTestPayment } from './health-payment.ts';
import {
  changeEntry,
  firstRow,
  forge,
  NOON,
  overwrite,
  readLedger,
  recordCount,
  sellOnce,
  startWriting,
} from './health-fixtures.ts';

const HOUR = 3_600_000;

let folder: string;
let ledgerFile: string;

let root: string;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'kioskwatt-health-'));
  await sellOnce(path.join(root, 'sold'), NOON, 'Thandi Nkosi');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(path.join(root, 'data-'));
  ledgerFile = path.join(folder, 'ledger.db');
  cpSync(path.join(root, 'sold'), folder, { recursive: true });
});

const whole = { whole: true };

/** What `station ledger verify` says of books that are not whole. */
async function verifyByCommand(): Promise<unknown> {
  const said: string[] = [];
  const io = { out: (line: string) => said.push(line), err: (line: string) => said.push(line) };
  expect(await runStationCommand(['ledger', 'verify', '--data', folder, '--json'], io)).toBe(1);
  return JSON.parse(said.join(''));
}

function anchorHere(): void {
  const verified = readLedger(folder, (reader) => verifyBooks(reader));
  if (!verified.ok) throw new Error(verified.error.reason);
  const writer = openWriter('ledger', ledgerFile);
  if (!writer.ok) throw new Error(writer.error.code);
  const key = openStationKey(folder);
  if (!key.ok) throw new Error(key.error.code);
  writer.value.transaction((tx) => writeAnchor(tx, verified.value, NOON, true, key.value));
  writer.value.close();
}

describe('a check on a thread of its own', () => {
  it('finds nothing while another process writes, and leaves this thread alone', async () => {
    const before = recordCount(folder);
    const stop = await startWriting(folder);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const heads: number[] = [];
    const stages = new Set<string>();
    for (let round = 0; round < 4; round += 1) {
      delay.enable();
      const job = startCheck({ folder, ...whole }, ({ stage }: JobProgress) => stages.add(stage));
      const checked = await job.outcome;
      delay.disable();
      if (!checked.ok) throw new Error(JSON.stringify(checked.error));
      heads.push(checked.value.records);
    }
    const written = await stop();
    expect(heads.toSorted((a, b) => a - b)).toEqual(heads);
    expect(heads.at(-1)).toBeGreaterThan(heads[0] ?? 0);
    expect(before + written).toBeGreaterThanOrEqual(heads.at(-1) ?? 0);
    expect(stages).toContain('pages');
    // The median, since a busy machine may take this process off the processor at any moment.
    expect(delay.percentile(50) / 1e6).toBeLessThan(20);
  });

  it('tells how far it is', async () => {
    const writer = openWriter('ledger', ledgerFile);
    if (!writer.ok) throw new Error(writer.error.code);
    writer.value.transaction((tx) => {
      for (let n = 0; n < 9_000; n += 1) appendTestPayment(tx, n);
    });
    writer.value.close();
    const seen: JobProgress[] = [];
    await startCheck({ folder, ...whole }, (progress) => seen.push(progress)).outcome;
    expect(seen).toEqual([
      { stage: 'pages', records: 0, of: 0 },
      { stage: 'chain', records: 4_096, of: recordCount(folder) },
      { stage: 'chain', records: 8_192, of: recordCount(folder) },
    ]);
  });

  it('names a changed digit, and where', async () => {
    forge(ledgerFile, "UPDATE token SET digits = '00000000000000000000'");
    expect(await startCheck({ folder, ...whole }).outcome).toEqual({
      ok: false,
      error: { code: 'chain-broken', params: { row: firstRow(folder, 'token'), reason: 'row changed' } },
    });
  });

  it.each([
    ["UPDATE account SET kind = 'asset' WHERE account = 'tax'", 'account tax', 'schema changed'],
    ['UPDATE sale SET units_tenths = units_tenths + 1', 'sale', 'row changed'],
  ])('is named by the command: %s', async (sql, named, reason) => {
    const row = named === 'sale' ? firstRow(folder, 'sale') : named;
    forge(ledgerFile, sql);
    expect(await verifyByCommand()).toMatchObject({ ok: false, row, reason });
  });

  it.each(['ledger.db', 'directory.db'])('names a damaged page of %s', async (name) => {
    const file = path.join(folder, name);
    overwrite(file, -4096, new Uint8Array(4096));
    expect(await startCheck({ folder, ...whole }).outcome).toMatchObject({
      ok: false,
      error: { code: 'database-damaged', params: { file } },
    });
  });

  it.each(['sale_meter', 'sqlite_autoindex_sale_2'])(
    'names an index that no longer says what its table does: %s',
    async (index) => {
      expect(changeEntry(ledgerFile, index)).toBe(true);
      expect(await startCheck({ folder, ...whole }).outcome).toEqual({
        ok: false,
        error: {
          code: 'database-damaged',
          params: { file: ledgerFile, reason: `index differs: index ${index}` },
        },
      });
      expect(await verifyByCommand()).toEqual({
        ok: false,
        row: `index ${index}`,
        record: 'none',
        reason: 'index differs',
      });
    },
  );

  it('names a trigger that is gone', async () => {
    const writer = openWriter('ledger', ledgerFile);
    if (!writer.ok) throw new Error(writer.error.code);
    writer.value.transaction((tx) => tx.prepare('DROP TRIGGER token_no_update').run());
    writer.value.close();
    expect(await startCheck({ folder, ...whole }).outcome).toEqual({
      ok: false,
      error: {
        code: 'database-damaged',
        params: { file: ledgerFile, reason: 'schema: trigger token_no_update' },
      },
    });
  });

  it('since the anchor reads only what came after it, and sees what is missing before it', async () => {
    anchorHere();
    const since = { whole: false };
    expect(await startCheck({ folder, ...since }).outcome).toMatchObject({ ok: true, value: { rows: 0 } });
    const writer = openWriter('ledger', ledgerFile);
    if (!writer.ok) throw new Error(writer.error.code);
    writer.value.transaction((tx) => appendTestPayment(tx, 1));
    writer.value.close();
    const after = await startCheck({ folder, ...since }).outcome;
    expect(after).toMatchObject({ ok: true, value: { rows: 1 } });
    const tables = ['sale_private', ...PROJECTIONS.map(({ table }) => table), 'record', ...CHILD_TABLES];
    forge(ledgerFile, tables.map((table) => `DELETE FROM ${table};`).join('\n'));
    for (const options of [since, whole])
      expect(await startCheck({ folder, ...options }).outcome).toMatchObject({
        ok: false,
        error: { code: 'chain-broken', params: { reason: 'anchor not met' } },
      });
  });

  it('can be stopped', async () => {
    const job = startCheck({ folder, ...whole });
    await job.stop();
    await expect(job.outcome).rejects.toThrow(/ended/u);
  });
});

describe('a start', () => {
  it.each([
    ['ledger.db', 'DROP TRIGGER token_no_update', 'trigger token_no_update'],
    ['ledger.db', 'DROP INDEX print_job_other', 'index print_job_other'],
    ['directory.db', 'ALTER TABLE meter ADD COLUMN more TEXT', 'table meter'],
  ])('sells nothing on %s after %s', async (name, sql, named) => {
    const file = path.join(folder, name);
    const db = new Database(file);
    db.exec(sql);
    db.close();
    await expect(sellOnce(folder, NOON, 'Thandi Nkosi')).rejects.toThrow(
      JSON.stringify({ code: 'database-damaged', params: { file, reason: `schema: ${named}` } }),
    );
  });

  it('puts an anchor that was changed on record once, and reads everything', async () => {
    await sellOnce(folder, NOON + HOUR, 'Thandi Nkosi');
    forge(ledgerFile, 'UPDATE verified_to SET at_unix_ms = at_unix_ms + 1 WHERE anchor_row = 1');
    for (const hours of [2, 3]) {
      await sellOnce(folder, NOON + hours * HOUR, 'Thandi Nkosi');
      const refused = readLedger(folder, (reader) =>
        reader.prepare("SELECT detail FROM record WHERE kind = 'anchor-refused'").all(),
      );
      expect(refused).toEqual([{ detail: '{"number":1}' }]);
    }
    expect(readLedger(folder, (reader) => verifyBooks(reader))).toMatchObject({ ok: true });
  });
});
