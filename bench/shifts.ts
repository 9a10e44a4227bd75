// Whether an X report keeps customers waiting: sales of a station whose ledger holds a million of them, made while X
// reports are computed one after the other on their threads, beside the same sales with nothing beside them. Five
// runs of each by turns; the medians of the runs' p50 and p95 stand beside each other.

import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { SignedInOperator } from '../src/contract/index.ts';
import { lastShifts } from '../src/main/shifts/index.ts';
import { openStation, type Station } from '../src/main/station/index.ts';
import { PrinterSimulator } from '../src/simulators/printer/index.ts';
import type { Emit } from './run.ts';
import { openGrower } from './support/grow-ledger.ts';
import { growShifts } from './support/grow-shifts.ts';
import { goesOnAt, grownFolder } from './support/grown-folder.ts';

const SALES = 1_000_000;
/** `KIOSKWATT_BENCH_SALES` makes a smaller ledger, for a try; the goals are for a million. */
const WANTED = Number(process.env['KIOSKWATT_BENCH_SALES'] ?? SALES);
const A_SHIFT = 1_000;
const RUNS = 5;
const SALES_A_RUN = 60;
const MINUTE_MS = 60_000;
const WARNINGS = ['warning-duplicate', 'warning-unusual-amount'];
const PEOPLE = ['abena', 'bilal', 'chipo', 'dalia'].map(
  (operatorId) => ({ operatorId, name: operatorId, role: 'supervisor' }) satisfies SignedInOperator,
);

type Till = { readonly station: Station; readonly later: (ms: number) => number };
type Spread = { readonly p50: number; readonly p95: number };

export async function run(emit: Emit): Promise<void> {
  const { folder, remove } = grownFolder('shifts');
  const simulator = new PrinterSimulator({
    columns: 48,
    level: 'process-id',
    lineMs: 0,
    onEvent: () => undefined,
  });
  let station: Station | undefined;
  try {
    const till = await openTill(folder, await simulator.listen(0));
    station = till.station;
    const ledger = openGrower(path.join(folder, 'ledger.db'));
    await growShifts({ ...till, ledger }, WANTED, PEOPLE, A_SHIFT);
    ledger.close();
    await compare(emit, till);
  } finally {
    await station?.close();
    await simulator.close();
    remove();
  }
}

async function openTill(folder: string, printerPort: number): Promise<Till> {
  let nowUnixMs = goesOnAt(folder, Date.UTC(2026, 0, 5, 6, 0));
  const opened = await openStation({
    dataFolder: folder,
    profile: 'training',
    printerAddress: `127.0.0.1:${printerPort}`,
    now: () => nowUnixMs,
    random: (bytes) => randomBytes(bytes),
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return { station: opened.value, later: (ms) => (nowUnixMs += ms) };
}

async function compare(emit: Emit, till: Till): Promise<void> {
  const [quiet, beside]: [Spread[], Spread[]] = [[], []];
  let reports = 0;
  await sellRun(till);
  for (let turn = 0; turn < RUNS; turn += 1) {
    quiet.push(await sellRun(till));
    const xs = readXs(till.station);
    beside.push(await sellRun(till));
    reports += await xs.stop();
  }
  if (reports < RUNS) throw new Error(`only ${reports} X reports were computed meanwhile`);
  for (const [metric, of, goal] of [
    ['shifts.xSaleP50', 'p50', '<=1.2'],
    ['shifts.xSaleP95', 'p95', '<=1.5'],
  ] as const) {
    const [bare, busy] = [quiet, beside].map((runs) => median(runs.map((each) => each[of])));
    emit({
      metric,
      value: busy,
      unit: 'ms',
      yardstick: `the same sales without an X, by turns with these: ${bare?.toFixed(2)} ms; ${reports} X reports, ${WANTED} sales`,
      ratio: (busy ?? Number.NaN) / (bare ?? Number.NaN),
      goal,
    });
  }
}

/** Computes the X of the newest whole shift over and over, as often as a thread can. */
function readXs(station: Station): { readonly stop: () => Promise<number> } {
  const stopping = new AbortController();
  let done = 0;
  const session = station.newSession();
  session.operator = { operatorId: 'bench', name: 'Bench', role: 'supervisor' };
  // The newest is the one that sells now; the one before it has its thousand sales.
  const shiftId = lastShifts(station.ledger, 2).at(-1)?.shiftId ?? '';
  const work = async (): Promise<number> => {
    while (!stopping.signal.aborted) {
      const figures = await station.handlers['shift.x']({ shiftId }, session);
      if (!figures.ok) throw new Error(JSON.stringify(figures.error));
      done += 1;
    }
    return done;
  };
  const ended = work();
  return {
    stop: () => {
      stopping.abort();
      return ended;
    },
  };
}

/** Sells so often and gives what a cashier waits for each, from the key to the answer. */
async function sellRun({ station, later }: Till): Promise<Spread> {
  const session = station.newSession();
  session.operator = { operatorId: 'bench-seller', name: 'Seller', role: 'cashier' };
  const pans = station.directory
    .prepare('SELECT pan FROM meter WHERE blocked_reason IS NULL ORDER BY meter_row')
    .all<{ pan: string }>();
  const timesMs: number[] = [];
  for (let n = 0; n < SALES_A_RUN; n += 1) {
    later(2 * MINUTE_MS);
    const [pan, amountMinor] = [pans[n % pans.length]?.pan ?? '', 2_000 + 10 * n];
    const quote = await station.handlers['sale.quote']({ pan, amountMinor }, session);
    if (!quote.ok) throw new Error(JSON.stringify(quote.error));
    const started = performance.now();
    const sale = await station.handlers['sale.vend'](
      {
        requestId: station.newId(),
        pan,
        amountMinor,
        quotedUnitsTenths: quote.value.unitsTenths,
        quotedDueMinor: quote.value.dueMinor,
        acknowledged: WARNINGS,
        tender: { kind: 'cash', receivedMinor: quote.value.dueMinor },
      },
      session,
    );
    timesMs.push(performance.now() - started);
    if (!sale.ok || !sale.value.printJob) throw new Error(JSON.stringify(sale));
    await station.printing.settled(sale.value.printJob.jobId);
  }
  return { p50: quantile(timesMs, 0.5), p95: quantile(timesMs, 0.95) };
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

const median = (values: readonly number[]): number => quantile(values, 0.5);
