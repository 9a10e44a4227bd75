import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Session } from '../../src/contract/index.ts';
import { createDispatch } from '../../src/main/ipc/dispatch.ts';
import { openStation, type Station } from '../../src/main/station/index.ts';
import { overwrite } from './health-fixtures.ts';

/** The books are read again from a shift's opening on when it is closed, while the station runs. */

let folder: string;
let station: Station;
let cashier: Session;
let nowUnixMs = Date.UTC(2026, 10, 23, 6);
const cash = (quantity: number): { denominationMinor: number; quantity: number }[] => [
  { denominationMinor: 1_000, quantity },
];
const id = (): { requestId: string } => ({ requestId: station.newId() });

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-close-'));
  const opened = await openStation({
    dataFolder: folder,
    profile: 'training',
    now: () => (nowUnixMs += 1_000),
    random: (bytes) => randomBytes(bytes),
  });
  if (!opened.ok) throw new Error(opened.error.code);
  station = opened.value;
  cashier = station.newSession();
  await station.handlers['operators.signIn']({ name: 'Amina', pin: '1234' }, cashier);
}, 120_000);
afterEach(async () => {
  await station.close();
  rmSync(folder, { recursive: true, force: true });
});

async function sell(session = cashier): Promise<string> {
  const found = await station.handlers['directory.search']({ text: 'Thandi' }, session);
  const pan = found.ok ? (found.value.hits[0]?.pan ?? '') : '';
  const quote = await station.handlers['sale.quote']({ pan, amountMinor: 10_000 }, session);
  if (!quote.ok) return quote.error.code;
  const sale = await station.handlers['sale.vend'](
    {
      ...id(),
      pan,
      amountMinor: 10_000,
      quotedUnitsTenths: quote.value.unitsTenths,
      acknowledged: ['warning-duplicate'],
      tender: { kind: 'cash', receivedMinor: 10_000 },
    },
    session,
  );
  return sale.ok ? 'ok' : sale.error.code;
}

/** Edits a row of the file by another program; the trigger against it is put back. */
function edit(sql: string): void {
  const db = new Database(path.join(folder, 'ledger.db'));
  const trigger = db
    .prepare("SELECT sql FROM sqlite_schema WHERE name = 'transfer_no_update'")
    .pluck()
    .get() as string;
  db.exec(`DROP TRIGGER transfer_no_update; ${sql}; ${trigger}`);
  db.close();
}

/** Empties the page that a table begins with, as a bad disk does. */
function losePage(file: string, table: string): void {
  const db = new Database(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = db.pragma('page_size', { simple: true }) as number;
  const root = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table) as number;
  db.close();
  overwrite(file, (root - 1) * bytes, new Uint8Array(bytes));
}

it('is refused over books that were changed since its opening, and nothing more is sold', async () => {
  const { handlers } = station;
  const shift = await handlers['shift.open']({ ...id(), drawer: '1', float: cash(5) }, cashier);
  if (!shift.ok) throw new Error(shift.error.code);
  const { shiftId } = shift.value;
  expect(await sell()).toBe('ok');
  const { row } = station.ledger
    .prepare("SELECT max(row_id) AS row FROM transfer WHERE debit_account = 'cash-drawer'")
    .get<{ row: number }>()!;
  await handlers['shift.end']({ ...id(), shiftId, reason: null }, cashier);
  await handlers['shift.count']({ ...id(), shiftId, count: { cash: cash(14), slips: [] } }, cashier);
  // Ten less expected, ten less counted: the drawer would come out even.
  edit(`UPDATE transfer SET amount_minor = 9000 WHERE row_id = ${row}`);
  const damaged = {
    ok: false,
    error: { code: 'books-damaged', params: { row: `transfer ${row}`, reason: 'row changed' } },
  };
  expect(await handlers['shift.close']({ ...id(), shiftId }, cashier)).toMatchObject(damaged);
  const handing = { shiftId, count: { cash: cash(14), slips: [] }, to: { name: 'Joseph', pin: '4321' } };
  expect(await handlers['shift.handOver']({ ...id(), ...handing }, cashier)).toMatchObject(damaged);
  expect(station.ledger.prepare('SELECT count(*) AS n FROM cycle_end').get()).toEqual({ n: 0 });
  expect(station.keeper.state().state).toBe('damaged');
  const chief = station.newSession();
  await handlers['operators.signIn']({ name: 'Joseph', pin: '4321' }, chief);
  expect(await sell(chief)).toBe('books-damaged');
});

it('is refused for as long as the file is out of reach, which stops nothing', async () => {
  const { handlers } = station;
  const shift = await handlers['shift.open']({ ...id(), drawer: '1', float: cash(5) }, cashier);
  if (!shift.ok) throw new Error(shift.error.code);
  const { shiftId } = shift.value;
  expect(await sell()).toBe('ok');
  await handlers['shift.end']({ ...id(), shiftId, reason: null }, cashier);
  await handlers['shift.count']({ ...id(), shiftId, count: { cash: cash(15), slips: [] } }, cashier);
  const file = path.join(folder, 'ledger.db');
  const asked = { ...id(), shiftId };
  renameSync(file, `${file}.away`);
  mkdirSync(file);
  expect(await handlers['shift.close'](asked, cashier)).toMatchObject({
    ok: false,
    error: { code: 'books-unread', params: { file }, retry: 'safe' },
  });
  rmdirSync(file);
  renameSync(`${file}.away`, file);
  expect(station.keeper.fault()).toBeNull();
  expect(await handlers['shift.close'](asked, cashier)).toMatchObject({ ok: true, value: { zNumber: 1 } });
});

it('is refused over a file that can’t be read, and nothing more is sold', async () => {
  const { handlers } = station;
  const shift = await handlers['shift.open']({ ...id(), drawer: '1', float: cash(5) }, cashier);
  if (!shift.ok) throw new Error(shift.error.code);
  const { shiftId } = shift.value;
  expect(await sell()).toBe('ok');
  await handlers['shift.end']({ ...id(), shiftId, reason: null }, cashier);
  await handlers['shift.count']({ ...id(), shiftId, count: { cash: cash(15), slips: [] } }, cashier);
  const file = path.join(folder, 'ledger.db');
  losePage(file, 'transfer');
  expect(await handlers['shift.close']({ ...id(), shiftId }, cashier)).toMatchObject({
    ok: false,
    error: {
      code: 'books-damaged',
      params: { row: file, reason: expect.stringContaining('SQLITE_CORRUPT') as string },
    },
  });
  expect(station.keeper.state().state).toBe('damaged');
  const chief = station.newSession();
  await handlers['operators.signIn']({ name: 'Joseph', pin: '4321' }, chief);
  expect(await sell(chief)).toBe('books-damaged');
});

it('is not the only one that names a disk that fails: an X, its slip and its page do too', async () => {
  const { handlers } = station;
  const shift = await handlers['shift.open']({ ...id(), drawer: '1', float: cash(5) }, cashier);
  if (!shift.ok) throw new Error(shift.error.code);
  const { shiftId } = shift.value;
  expect(await sell()).toBe('ok');
  const chief = station.newSession();
  await handlers['operators.signIn']({ name: 'Joseph', pin: '4321' }, chief);
  const door = createDispatch({
    handlers,
    makeRef: () => 'K7M2QX',
    report: () => undefined,
    now: () => nowUnixMs,
    idleLockMs: 3_600_000,
    operatorNow: () => chief.operator,
  });
  const ask = (name: string, input: object): Promise<unknown> =>
    door({ window: 'counter', session: chief, name, payload: JSON.stringify(input) });
  const asked = async (): Promise<unknown[]> => [
    await ask('shift.x', { shiftId }),
    await ask('shift.pdf', { ...id(), shiftId }),
    await ask('shift.print', { ...id(), shiftId }),
  ];
  expect(await asked()).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
  losePage(path.join(folder, 'ledger.db'), 'transfer');
  const reason = expect.stringMatching(/^SQLITE_CORRUPT/u) as string;
  const failed = { ok: false, error: { code: 'storage-failed', params: { reason } } };
  expect(await asked()).toMatchObject([failed, failed, failed]);
});

it('is not held up by what was changed before its opening, which the daily check names', async () => {
  const { handlers } = station;
  const close = async (): Promise<unknown> => {
    const shift = await handlers['shift.open']({ ...id(), drawer: '1', float: cash(5) }, cashier);
    if (!shift.ok) return shift;
    const { shiftId } = shift.value;
    expect(await sell()).toBe('ok');
    await handlers['shift.end']({ ...id(), shiftId, reason: null }, cashier);
    await handlers['shift.count']({ ...id(), shiftId, count: { cash: cash(15), slips: [] } }, cashier);
    return handlers['shift.close']({ ...id(), shiftId }, cashier);
  };
  expect(await close()).toMatchObject({ ok: true, value: { zNumber: 1 } });
  edit('UPDATE transfer SET amount_minor = 9000 WHERE row_id = (SELECT min(row_id) FROM transfer)');
  nowUnixMs += 3_600_000;
  expect(await close()).toMatchObject({ ok: true, value: { zNumber: 2 } });
  expect(await station.keeper.checkNow()).toMatchObject({ code: 'chain-broken' });
});
