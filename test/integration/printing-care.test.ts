import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  look,
  openDrawer,
  PrintQueue,
  probe,
  probedLevel,
  statusLog,
  type Care,
  type LookCode,
  type PrinterLevel,
} from '../../src/main/printing/index.ts';
import { PrinterSimulator, type Fault, type PrinterEvent } from '../../src/simulators/printer/index.ts';
import { unixMs } from '../../src/units/index.ts';
import { QUICK, setup, testLedger, type TestLedger } from './printing-fixtures.ts';

const NOW = 1_790_000_000_000;
let store: TestLedger;
let printer: PrinterSimulator;
let queue: PrintQueue;
let events: PrinterEvent[];
let faults: Fault[];

beforeEach(() => {
  store = testLedger();
  events = [];
  faults = [];
});

afterEach(async () => {
  await queue.close();
  await printer.close();
  store.remove();
});

async function care(level: PrinterLevel): Promise<Care> {
  printer = new PrinterSimulator({
    columns: 42,
    level,
    lineMs: 0,
    nextFault: () => faults.shift() ?? { kind: 'none' },
    onEvent: (event) => events.push(event),
  });
  const to = setup(await printer.listen(0), { columns: 42, level: 'write-only' });
  const now = (): number => NOW;
  queue = new PrintQueue({
    ledger: store.ledger,
    printer: to,
    now: () => unixMs(NOW),
    random: () => 0,
    onChange: () => undefined,
    onFault: (error) => {
      throw error;
    },
    deadlines: QUICK,
  });
  return { queue, ledger: store.ledger, printer: to, now, deadlines: QUICK };
}

const logged = (): unknown[] =>
  store.ledger.prepare('SELECT kind, operator_id, detail FROM printer_event ORDER BY event_row').all();

describe('a probe', () => {
  it.each(['process-id', 'in-order', 'status', 'write-only'] as const)(
    'finds a printer that is %s, and stores it',
    async (level) => {
      const given = await care(level);
      expect(probedLevel(store.ledger, given.printer.address)).toBeUndefined();
      const found = await probe(given, 'en', 'Kiosk 014', 'sofia');
      expect(found).toMatchObject({ ok: true, value: { level } });
      expect(probedLevel(store.ledger, given.printer.address)).toBe(level);
      expect(logged()).toEqual([{ kind: 'probed', operator_id: 'sofia', detail: JSON.stringify({ level }) }]);
      await expect.poll(() => events.filter((event) => event.event === 'slip')).toHaveLength(1);
    },
  );

  it('prints a ruler that fits, and all letters', async () => {
    await probe(await care('process-id'), 'en', 'Kiosk 014', 'sofia');
    const slip = events.flatMap((event) => (event.event === 'slip' ? [event.slip] : []))[0];
    expect(slip?.errors).toEqual([]);
    const texts = slip?.lines.map((line) => line.text) ?? [];
    expect(texts).toContain('123456789012345678901234567890123456789012');
    expect(texts).toContain('123456789012345678901');
    expect(texts.join(' ')).toContain('ÀÉÎÕÜ àéîõü ñ ç ß ø £ ³ ×');
  });

  it('gives trouble as the answer and stores nothing', async () => {
    const given = await care('process-id');
    printer.setCover(true);
    expect(await probe(given, 'en', 'Kiosk 014', 'sofia')).toMatchObject({
      ok: false,
      error: { code: 'printer-cover-open' },
    });
    faults = [{ kind: 'reset', afterBytes: 100 }];
    printer.mend();
    expect(await probe(given, 'en', 'Kiosk 014', 'sofia')).toMatchObject({ ok: false });
    expect(logged()).toEqual([]);
  });
});

describe('a look', () => {
  it('finds what the printer needs', async () => {
    const given = await care('process-id');
    expect(await look(given)).toEqual({ ok: true, value: null });
    printer.setPaper('near-end');
    expect(await look(given)).toEqual({ ok: true, value: 'printer-paper-near-end' });
    printer.setPaper('out');
    expect(await look(given)).toEqual({ ok: true, value: 'printer-paper-out' });
    printer.setCover(true);
    expect(await look(given)).toEqual({ ok: true, value: 'printer-cover-open' });
  });

  it('finds nothing at a printer that answers nothing', async () => {
    expect(await look(await care('write-only'))).toEqual({ ok: true, value: null });
  });
});

describe('the drawer', () => {
  it.each([2, 5] as const)('opens at pin %i, with who and why on disk', async (pin) => {
    const given = await care('write-only');
    expect(await openDrawer(given, pin, 'amina', 'change for the float')).toEqual({ ok: true, value: null });
    await expect.poll(() => events).toContainEqual({ event: 'drawer', pin });
    expect(logged()).toEqual([
      { kind: 'drawer-opened', operator_id: 'amina', detail: '{"reason":"change for the float"}' },
    ]);
  });
});

describe('the log of a printer', () => {
  it('has the beginning and the end of a trouble, once each', async () => {
    await care('process-id');
    const told: (LookCode | null)[] = [];
    const note = statusLog(
      store.ledger,
      () => 'p:9100',
      () => NOW,
      (code) => told.push(code),
    );
    const clear = {
      online: true,
      paper: 'enough',
      coverOpen: false,
      cutterJam: false,
      fault: false,
    } as const;
    for (const status of [
      clear,
      { ...clear, paper: 'near-end' } as const,
      { ...clear, paper: 'near-end' } as const,
      clear,
    ]) {
      note(status);
    }
    expect(told).toEqual(['printer-paper-near-end', null]);
    expect(logged()).toEqual([
      { kind: 'problem', operator_id: null, detail: '{"code":"printer-paper-near-end"}' },
      { kind: 'problem-over', operator_id: null, detail: '{"code":"printer-paper-near-end"}' },
    ]);
  });
});
