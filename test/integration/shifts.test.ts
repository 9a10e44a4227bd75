import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runStationCommand } from '../../src/cli/station.ts';
import { balanceOf, balances, verifyChain } from '../../src/main/ledger/index.ts';
import {
  blankPersonal,
  deposits,
  findCycle,
  findZ,
  lastCycle,
  lastShifts,
  lastZs,
  openShifts,
  personalBefore,
  shiftFigures,
  type BankingFigures,
} from '../../src/main/shifts/index.ts';
import { openWriter, type LedgerWriter } from '../../src/main/store/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-shifts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(): LedgerWriter {
  const opened = openWriter('ledger', path.join(folder, 'ledger.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

/**
 * Where the day stands before each step, by the step that comes next, and what is then in the drawer, in the safe and
 * on its way to the bank since the last banking: the till of `shift-to-death.ts`. Sales are not needed for that.
 */
const STATES: Readonly<Record<string, readonly [drawer: number, safe: number, underway: number]>> = {
  open: [0, 0, 0],
  drop: [500, -500, 0],
  'hand-over': [600, -400, 0],
  end: [600, -400, 0],
  count: [600, -400, 0],
  close: [600, -400, 0],
  deposit: [0, 200, 0],
  'end-banking': [0, 0, 200],
};

/** Runs the till until it has said so often that it is about to take a step, then kills it. */
async function killAt(step: string, times: number): Promise<void> {
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'shift-to-death.ts'), path.join(folder, 'ledger.db')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = new Promise((resolve) => child.once('exit', resolve));
  let said = 0;
  createInterface(child.stdout).on('line', (line) => {
    if (line === step) said += 1;
    if (said === times) child.kill('SIGKILL');
  });
  await gone;
}

describe('a till that is killed at its drawer', () => {
  const ROUNDS = process.env['KIOSKWATT_SIZE'] === 'deep' ? 13 : 1;

  it('stands in one clear state afterwards, at every step', { timeout: 900_000 }, async () => {
    open().close();
    const found = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const step of Object.keys(STATES)) {
        await killAt(step, 1 + (round % 3));
        const ledger = open();
        try {
          const state = checkState(ledger);
          found.set(state, (found.get(state) ?? 0) + 1);
        } finally {
          ledger.close();
        }
      }
    }
    expect([...found.values()].reduce((sum, count) => sum + count, 0)).toBe(ROUNDS * 8);
    expect(found.size).toBeGreaterThan(2);
    console.log(`${ROUNDS * 8} kills found ${JSON.stringify(Object.fromEntries(found))}`);
  });
});

/** Whatever it was killed at, chain, projection, numbers and money say the same; returns where the newest shift is. */
function checkState(ledger: LedgerWriter): string {
  expect(verifyChain(ledger).ok).toBe(true);
  const all = lastShifts(ledger, 1_000);
  const unclosed = all.filter(({ step }) => step !== 'closed');
  expect(openShifts(ledger).map(({ shiftId }) => shiftId)).toEqual(unclosed.map(({ shiftId }) => shiftId));
  expect(unclosed.length).toBeLessThanOrEqual(1);
  const closed = all.filter(({ step }) => step === 'closed');
  expect(lastZs(ledger, 1_000).map(({ number }) => number)).toEqual(
    closed.map((_shift, at) => closed.length - at),
  );
  const state = stateOf(ledger);
  const banked = lastCycle<BankingFigures>(ledger, 'banking')?.toRecord ?? 0;
  const underway = deposits(ledger, -1).filter(({ recordId }) => recordId > banked);
  const inDrawer = unclosed[0] && shiftFigures(ledger, unclosed[0].shiftId)?.expected[0]?.amountMinor;
  const money = [
    balances(ledger).find(({ account }) => account === 'cash-drawer')?.balanceMinor ?? 0,
    balanceOf(ledger, 'safe', 'ZAR'),
    underway.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  ];
  expect([state, ...money]).toEqual([state, ...STATES[state]!]);
  if (unclosed[0]) expect(inDrawer).toBe(STATES[state]![0]);
  // Each deposit is in one banking, and each handover closed one shift as it opened the next.
  const slips = [...Array(lastCycle(ledger, 'banking')?.number ?? 0).keys()].flatMap(
    (at) => findCycle<BankingFigures>(ledger, 'banking', at + 1)?.figures.deposits ?? [],
  );
  expect(slips.map(({ number }) => number)).toEqual(slips.map((_slip, at) => at + 1));
  expect(deposits(ledger, -1)).toHaveLength(slips.length + underway.length);
  return state;
}

/** Which step comes next, by the records alone. */
function stateOf(ledger: LedgerWriter): string {
  const last = ledger
    .prepare('SELECT kind FROM record ORDER BY record_id DESC LIMIT 1')
    .get<{ kind: string }>()?.kind;
  const next: Readonly<Record<string, string>> = {
    'shift-opened': openShifts(ledger)[0]?.operatorId === 'amina' ? 'drop' : 'end',
    'safe-drop': 'hand-over',
    'shift-ended': 'count',
    'shift-counted': 'close',
    'shift-closed': 'deposit',
    'deposit-made': 'end-banking',
  };
  return next[last ?? ''] ?? 'open';
}

/** All that the chain holds, as it is. */
const journalOf = (ledger: LedgerWriter): unknown[] =>
  ledger.prepare('SELECT * FROM record ORDER BY record_id').all();

describe('a Z', () => {
  it('can’t be changed in the file without the books naming it', { timeout: 300_000 }, async () => {
    const said: string[] = [];
    const io = { out: (line: string) => void said.push(line), err: (line: string) => void said.push(line) };
    const run = (...words: string[]): Promise<number> => runStationCommand(words, io);
    const amina = ['--data', folder, '--operator', 'Amina', '--pin', '1234'];
    const joseph = ['--data', folder, '--operator', 'Joseph', '--pin', '4321'];
    expect(await run('shift', 'open', ...amina, '--cash', '10x5')).toBe(0);
    expect(await run('vend', ...amina, '--meter', 'Thandi Nkosi', '--amount', '100', '--cash', '200')).toBe(
      0,
    );
    expect(await run('shift', 'drop', ...amina, '--cash', '50x1')).toBe(0);
    expect(await run('shift', 'x', ...amina)).toBe(1);
    expect(await run('shift', 'x', ...joseph, '--shift', '1')).toBe(0);
    // 50 in, 100 for the sale (200 handed over, 100 back), 50 into the safe.
    expect(said.at(-1)).toMatch(/Expected cash-drawer: ZAR\s100\.00/u);
    expect(await run('shift', 'end', ...amina)).toBe(0);
    expect(await run('vend', ...amina, '--meter', 'Thandi Nkosi', '--amount', '50')).toBe(1);
    expect(await run('shift', 'count', ...amina, '--cash', '10x9')).toBe(0);
    expect(await run('shift', 'close', ...amina)).toBe(0);
    expect(await run('shift', 'close', ...joseph, '--shift', '1')).toBe(1);
    expect(await run('shift', 'z', ...joseph)).toBe(0);
    expect(said.at(-1)).toMatch(/cash-drawer: ZAR\s-10\.00/u);
    expect(await run('ledger', 'verify', '--data', folder)).toBe(0);

    // A rule about personal data leaves the chain, the totals and the Z whole.
    const later = open();
    const before = journalOf(later);
    const done = later.transaction((tx) => blankPersonal(tx, Date.now() + 1));
    expect(done).toEqual({ sales: 1, receipts: 1, next: null });
    expect(personalBefore(later, Date.now() + 1)).toBe(0);
    expect(journalOf(later)).toEqual(before);
    expect(later.prepare("SELECT count(*) AS n FROM receipt WHERE personal LIKE '%Thandi%'").get()).toEqual({
      n: 0,
    });
    later.close();
    expect(await run('ledger', 'verify', '--data', folder)).toBe(0);
    said.length = 0;
    expect(
      await run('report', 'sales-by-tender', '--data', folder, '--from', '2020-01-01', '--to', '2029-12-31'),
    ).toBe(0);
    expect(said).toEqual(['account,amount', 'cash-drawer,100.00']);

    const ledger = open();
    const z = findZ(ledger, 1);
    const row = ledger.prepare('SELECT row_id AS id FROM cycle_end').get<{ id: number }>()?.id;
    expect(() => ledger.transaction((tx) => tx.prepare("UPDATE cycle_end SET figures = '{}'").run())).toThrow(
      /append-only/u,
    );
    expect(() => ledger.transaction((tx) => tx.prepare('DELETE FROM cycle_end').run())).toThrow(
      /append-only/u,
    );
    ledger.close();
    expect(z?.head).toMatch(/^[0-9a-f]{64}$/u);

    const db = new Database(path.join(folder, 'ledger.db'));
    const trigger = db
      .prepare("SELECT sql FROM sqlite_schema WHERE name = 'cycle_end_no_update'")
      .pluck()
      .get() as string;
    db.exec('DROP TRIGGER cycle_end_no_update');
    db.prepare("UPDATE cycle_end SET figures = replace(figures, '-1000', '0')").run();
    db.exec(trigger);
    db.close();
    expect(await run('ledger', 'verify', '--data', folder)).toBe(1);
    expect(said.at(-1)).toContain(`cycle_end ${row}`);
  });
});
