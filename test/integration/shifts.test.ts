import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runStationCommand } from '../../src/cli/station.ts';
import { verifyChain } from '../../src/main/ledger/index.ts';
import {
  blankPersonal,
  findZ,
  lastShifts,
  lastZs,
  openShifts,
  personalBefore,
  shiftFigures,
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

/** Runs the till until it has said so many things, then kills it in the middle of the next. */
async function killAfter(lines: number): Promise<void> {
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'shift-to-death.ts'), path.join(folder, 'ledger.db')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = new Promise((resolve) => child.once('exit', resolve));
  let said = 0;
  createInterface(child.stdout).on('line', () => {
    said += 1;
    if (said === lines) child.kill('SIGKILL');
  });
  await gone;
}

describe('a till that is killed at its drawer', () => {
  const KILLS = process.env['KIOSKWATT_SIZE'] === 'deep' ? 60 : 9;

  it('stands in one clear state afterwards, at every step', { timeout: 900_000 }, async () => {
    open().close();
    const steps = new Set<string>();
    for (let kill = 1; kill <= KILLS; kill += 1) {
      // Four steps make a shift: each kill falls one step further on.
      await killAfter(4 + (kill % 5));
      const ledger = open();
      try {
        expect(verifyChain(ledger).ok).toBe(true);
        const projected = openShifts(ledger);
        const [newest] = lastShifts(ledger, 1);
        const unclosed = lastShifts(ledger, 1_000).filter(({ step }) => step !== 'closed');
        expect(projected.map(({ shiftId }) => shiftId)).toEqual(unclosed.map(({ shiftId }) => shiftId));
        expect(projected.length).toBeLessThanOrEqual(1);
        const closed = lastShifts(ledger, 1_000).filter(({ step }) => step === 'closed');
        expect(lastZs(ledger, 1_000).map(({ number }) => number)).toEqual(
          closed.map((_shift, at) => closed.length - at),
        );
        // A drop and its end are one transaction: 500 in, or 400 once selling has ended.
        const cash = newest && shiftFigures(ledger, newest.shiftId)?.expected[0]?.amountMinor;
        if (newest) expect(cash).toBe(newest.step === 'opened' ? 500 : 400);
        steps.add(newest?.step ?? 'none');
      } finally {
        ledger.close();
      }
    }
    expect(steps.size).toBeGreaterThan(1);
  });
});

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
    expect(done).toEqual({ sales: 1, receipts: 1 });
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
