import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { runStationCommand } from '../../src/cli/station.ts';
import type { CallInput, CallName, CallOutput, Session } from '../../src/contract/index.ts';
import { openStation, type Station } from '../../src/main/station/index.ts';
import { PrinterSimulator } from '../../src/simulators/printer/index.ts';

const PAN = '600727001234567821';
let folder: string;
let printer: PrinterSimulator;
let station: Station;
let session: Session;
let now = Date.UTC(2026, 10, 23, 8, 0);
/** The tokens that came out of the printer, slip by slip. */
const printed: string[] = [];

async function call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
  const answer = await station.handlers[name](input as never, session);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}

/** Another token in the stored slip, as of a disk that returns something else than was written. */
function change(saleId: string, from: string, to: string): void {
  const db = new Database(path.join(folder, 'ledger.db'));
  db.exec('DROP TRIGGER IF EXISTS receipt_only_blanked');
  const edited = db.prepare('UPDATE receipt SET document = replace(document, ?, ?) WHERE sale_id = ?');
  expect(edited.run(from, to, saleId).changes).toBe(1);
  db.close();
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-changed-'));
  printer = new PrinterSimulator({
    columns: 48,
    level: 'process-id',
    lineMs: 0,
    onEvent: (event) => {
      if (event.event !== 'slip') return;
      const text = event.slip.lines.map((line) => line.text).join('\n');
      printed.push(...(text.match(/(?:\d{4} ){4}\d{4}/u) ?? ['none']));
    },
  });
  const opened = await openStation({
    dataFolder: folder,
    profile: 'training',
    printerAddress: `127.0.0.1:${await printer.listen(0)}`,
    now: () => now,
    random: (bytes) => randomBytes(bytes),
  });
  if (!opened.ok) throw new Error(opened.error.code);
  station = opened.value;
  session = station.newSession();
  await call('operators.signIn', { name: 'Joseph', pin: '4321' });
});

afterAll(async () => {
  await station.close();
  await printer.close();
  rmSync(folder, { recursive: true });
});

async function sell(): Promise<CallOutput<'sale.vend'>> {
  now += 120_000;
  const { unitsTenths } = await call('sale.quote', { pan: PAN, amountMinor: 5_000 });
  return call('sale.vend', {
    requestId: station.newId(),
    pan: PAN,
    amountMinor: 5_000,
    quotedUnitsTenths: unitsTenths,
    acknowledged: ['warning-duplicate', 'warning-unusual-amount'],
    tender: { kind: 'cash', receivedMinor: 5_000 },
  });
}

describe('a stored slip that says something else than the books', () => {
  it('is not printed again, and says so; its sale shows the token as it is', async () => {
    const sale = await sell();
    const jobId = sale.printJob?.jobId ?? '';
    await station.printing.settled(jobId);
    const digits = sale.tokens[0]?.digits ?? '';
    const right = digits.replace(/(\d{4})(?=\d)/gu, '$1 ');
    expect(printed).toEqual([right]);

    const again = await call('print.copy', {
      requestId: station.newId(),
      saleId: sale.saleId,
      reason: 'lost',
    });
    await station.printing.settled(again.jobId);
    expect(printed).toEqual([right, right]);

    change(sale.saleId, digits, '0'.repeat(20));
    const copy = { requestId: station.newId(), saleId: sale.saleId, reason: 'lost' };
    const refused = await station.handlers['print.copy'](copy, session);
    expect(refused).toMatchObject({ ok: false, error: { code: 'print-receipt-changed' } });
    expect(station.printing.job(copy.requestId)).toBeUndefined();
    await call('print.send', { requestId: station.newId(), jobId });
    expect(await station.printing.settled(jobId)).toMatchObject({
      state: 'unknown',
      problem: { code: 'print-receipt-changed' },
    });
    expect(await call('paper.latest', {})).toEqual({ paper: null });
    const said: string[] = [];
    const io = { out: (line: string) => void said.push(line), err: (line: string) => void said.push(line) };
    const out = path.join(folder, 'copy.pdf');
    const words = ['receipt', 'pdf', sale.saleId, '--data', folder, '--out', out, '--json'];
    expect(await runStationCommand(words, io)).toBe(1);
    expect(said.join()).toContain('print-receipt-changed');
    expect(printed).toEqual([right, right]);
    expect((await call('sale.get', { saleId: sale.saleId })).tokens[0]?.digits).toBe(digits);
  });

  it('waits for a person where it has not been printed yet, and keeps no later slip from the printer', async () => {
    const [before, sale] = [printed.length, await sell()];
    const digits = sale.tokens[0]?.digits ?? '';
    const jobId = sale.printJob?.jobId ?? '';
    // Before the printer's turn, which comes with the next event.
    change(sale.saleId, digits, digits.slice(0, -1).concat(String(9 - Number(digits.at(-1)))));
    expect(await station.printing.settled(jobId)).toMatchObject({
      state: 'failed-before-first-byte',
      problem: { code: 'print-receipt-changed' },
    });
    expect((await call('print.open', {})).slips.map(({ job }) => job.jobId)).toContain(jobId);
    const next = await sell();
    expect(await station.printing.settled(next.printJob?.jobId ?? '')).toMatchObject({ state: 'printed' });
    expect(printed.length).toBe(before + 1);
  });
});
