import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, afterEach, expect, it } from 'vitest';
import { growLedger, openGrower } from '../../bench/support/grow-ledger.ts';
import { openStation, type StartProgress } from '../../src/main/station/index.ts';
import { MIGRATIONS, openWriter } from '../../src/main/store/index.ts';

/** A start that has many records to read, as after a restore: on a thread, and somebody is told how far it is. */

const SALES = 11_000;
const THANDI_PAN = '600727001234567821';

let template: string;
let folder: string;
let nowUnixMs = Date.UTC(2026, 10, 23, 6);

async function open(where: string, told: StartProgress[] = []) {
  return openStation({
    dataFolder: where,
    profile: 'training',
    now: () => (nowUnixMs += 1_000),
    random: (bytes) => randomBytes(bytes),
    onProgress: (progress) => told.push(progress),
  });
}

beforeAll(async () => {
  template = mkdtempSync(path.join(tmpdir(), 'kioskwatt-reading-'));
  const opened = await open(template);
  if (!opened.ok) throw new Error(opened.error.code);
  const { handlers, newSession, newId, printing } = opened.value;
  const session = newSession();
  await handlers['operators.signIn']({ name: 'Amina', pin: '1234' }, session);
  const wanted = { pan: THANDI_PAN, amountMinor: 10_000 };
  const quote = await handlers['sale.quote'](wanted, session);
  if (!quote.ok) throw new Error(quote.error.code);
  const { unitsTenths: quotedUnitsTenths } = quote.value;
  const tender = { kind: 'cash', receivedMinor: 10_000 } as const;
  const sale = await handlers['sale.vend'](
    { requestId: newId(), ...wanted, quotedUnitsTenths, tender },
    session,
  );
  if (!sale.ok) throw new Error(sale.error.code);
  if (sale.value.printJob) await printing.settled(sale.value.printJob.jobId);
  await opened.value.close();
  const ledger = openGrower(path.join(template, 'ledger.db'));
  growLedger({ ledger, later: (ms) => (nowUnixMs += ms) }, SALES);
  ledger.close();
}, 120_000);
afterAll(() => rmSync(template, { recursive: true }));

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-reading-'));
  cpSync(template, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

it('says how far it is, and reads nothing twice', async () => {
  const told: StartProgress[] = [];
  const opened = await open(folder, told);
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  await opened.value.close();
  expect(told.length).toBeGreaterThan(2);
  const read = told.flatMap((each) => (each.stage === 'read' ? [each] : []));
  expect(read).toEqual(told);
  const [first, last] = [read[0]!, read.at(-1)!];
  expect(first.of).toBeGreaterThan(2 * SALES - 100);
  expect(read.map(({ of }) => of)).toEqual(read.map(() => first.of));
  expect(read.map(({ done }) => done)).toEqual(
    read.map(({ done }) => done).toSorted((one, other) => one - other),
  );
  expect(first.done).toBeLessThan(first.of / 3);
  expect(last.done).toBeGreaterThan(first.of / 2);
  expect(last.done).toBeLessThanOrEqual(first.of);
  // What was read is signed for.
  const again: StartProgress[] = [];
  const reopened = await open(folder, again);
  if (!reopened.ok) throw new Error(reopened.error.code);
  await reopened.value.close();
  expect(again).toEqual([]);
});

it('ends at the first row that is not as it was written', async () => {
  const db = new Database(path.join(folder, 'ledger.db'));
  const read = (sql: string): string => String(db.prepare(sql).pluck().get());
  const row = read(
    'SELECT max(row_id) FROM transfer WHERE row_id < (SELECT max(row_id) * 2 / 3 FROM transfer)',
  );
  const trigger = read("SELECT sql FROM sqlite_schema WHERE name = 'transfer_no_update'");
  db.exec('DROP TRIGGER transfer_no_update');
  db.exec(`UPDATE transfer SET amount_minor = amount_minor + 1 WHERE row_id = ${row}`);
  db.exec(trigger);
  db.close();
  expect(await open(folder)).toEqual({
    ok: false,
    error: { code: 'chain-broken', params: { row: `transfer ${row}`, reason: 'row changed' } },
  });
});

it('copies large books of an older program on a thread, and says how far it is and what comes then', async () => {
  const older = path.join(folder, 'older');
  mkdirSync(older);
  const file = path.join(older, 'directory.db');
  const migrations = MIGRATIONS.directory.slice(0, -1);
  const writer = openWriter('directory', file, { migrations });
  if (!writer.ok) throw new Error(writer.error.code);
  writer.value.close();
  const db = new Database(file);
  db.exec('CREATE TABLE filler (content BLOB)');
  for (let megabytes = 0; megabytes < 120; megabytes += 1)
    db.exec('INSERT INTO filler VALUES (randomblob(1000000))');
  db.close();
  const told: StartProgress[] = [];
  // A table that no migration makes is refused, and that comes after the copy.
  expect(await open(older, told)).toMatchObject({ ok: false, error: { code: 'database-damaged' } });
  // No word of a copy comes behind that of the update.
  const stages = told.map(({ stage }) => stage);
  expect(stages).toEqual([...stages.slice(1).map(() => 'copy'), 'update']);
  expect(stages.length).toBeGreaterThan(1);
  expect(told[0]).toMatchObject({ stage: 'copy', done: 0 });
  expect(told[0]?.stage === 'copy' && told[0].of).toBeGreaterThan(120_000_000);
  const copy = `${file}.v${migrations.length}.backup`;
  const versions = [file, copy].map((each) => {
    const opened = new Database(each, { readonly: true });
    const rows = opened.prepare('SELECT count(*) FROM filler').pluck().get();
    const found = [opened.pragma('user_version', { simple: true }), rows];
    opened.close();
    return found;
  });
  expect(versions).toEqual([
    [MIGRATIONS.directory.length, 120],
    [migrations.length, 120],
  ]);
});
