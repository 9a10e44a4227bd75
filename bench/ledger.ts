// What a durable sale costs beside the bare disk, and whether it costs more on a full ledger than on an empty one.
// Each sale is made by the station itself; the disk's own time is taken between the sales, so that both see the same
// machine. With --full the ledger grows to ten million sales, for which 60 GB have to be free.

import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CHILD_COLUMNS, RECORD_COLUMNS } from '../src/batch/index.ts';
import { verifyChain } from '../src/main/ledger/index.ts';
import { openStation, type Station } from '../src/main/station/index.ts';
import type { LedgerReader } from '../src/main/store/index.ts';
import { PrinterSimulator } from '../src/simulators/printer/index.ts';
import type { Emit } from './run.ts';
import { growLedger, openGrower } from './support/grow-ledger.ts';
import { goesOnAt, grownFolder } from './support/grown-folder.ts';

const BLOCK = Buffer.alloc(4096, 0x5a);
const TIMED_SALES = 300;
const SMALL = 1_000;
/** `KIOSKWATT_BENCH_SALES` makes a smaller one, for a try; the goals are for a million. */
const LARGE = Number(process.env['KIOSKWATT_BENCH_SALES'] ?? 1_000_000);
const HUGE = 10_000_000;
const HUGE_FREE_BYTES = 60e9;
const MINUTE_MS = 60_000;

/** `args.full` adds the ledger of ten million sales. */
export async function run(emit: Emit, args: { readonly full: boolean }): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-bench-'));
  const grown = grownFolder('ledger');
  const simulator = new PrinterSimulator({
    columns: 48,
    level: 'process-id',
    lineMs: 0,
    onEvent: () => undefined,
  });
  const tills: Till[] = [];
  try {
    if (args.full) requireRoom(grown.folder);
    const port = await simulator.listen(0);
    const [small, large] = [await openTill(folder, port), await openTill(grown.folder, port)];
    tills.push(small, large);
    for (const till of tills) {
      await till.sell(20);
      grow(till, SMALL);
    }
    emitSales(emit, await timeSales(small));
    grow(large, LARGE);
    emitFlat(emit, 'ledger.flat', await timeByTurns(small, large), LARGE);
    emitVerify(emit, large.station.ledger);
    if (!args.full) return;
    grow(large, HUGE);
    emitFlat(emit, 'ledger.flat-ten-million', await timeByTurns(small, large), HUGE);
  } finally {
    for (const till of tills) await till.station.close();
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
    grown.remove();
  }
}

function grow({ folder, later }: Till, sales: number): void {
  const ledger = openGrower(path.join(folder, 'ledger.db'));
  try {
    growLedger({ ledger, later }, sales);
  } finally {
    ledger.close();
  }
}

function requireRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free < HUGE_FREE_BYTES) {
    throw new Error(
      `Ten million sales need 60 GB free in ${folder}; there are ${Math.floor(free / 1e9)} GB (TMPDIR moves it).`,
    );
  }
}

type Till = {
  readonly folder: string;
  readonly station: Station;
  /** Sells so often; gives the milliseconds of the intent's and the outcome's transaction of each sale. */
  readonly sell: (sales: number, between?: () => void) => Promise<readonly (readonly [number, number])[]>;
  /** Moves the till's clock on, and says what it then shows. */
  readonly later: (ms: number) => number;
};

async function openTill(folder: string, printerPort: number): Promise<Till> {
  let nowUnixMs = goesOnAt(folder, Date.UTC(2026, 0, 5, 8, 0));
  const opened = await openStation({
    dataFolder: folder,
    profile: 'training',
    printerAddress: `127.0.0.1:${printerPort}`,
    now: () => nowUnixMs,
    random: (bytes) => randomBytes(bytes),
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const station = opened.value;
  const timesMs = watchTransactions(station);
  const pans = station.directory
    .prepare('SELECT pan FROM meter WHERE blocked_reason IS NULL ORDER BY meter_row')
    .all<{ pan: string }>();
  let turn = 0;
  const later = (ms: number): number => (nowUnixMs += ms);
  const sell: Till['sell'] = async (sales, between) => {
    const timed: (readonly [number, number])[] = [];
    for (let n = 0; n < sales; n += 1) {
      later(2 * MINUTE_MS);
      turn += 1;
      const commits = await sellOnce(
        station,
        timesMs,
        pans[turn % pans.length]?.pan ?? '',
        2_000 + 10 * (turn % 300),
      );
      timed.push(commits);
      between?.();
    }
    return timed;
  };
  return { folder, station, sell, later };
}

/** Times every transaction of the ledger; the caller empties the list before it looks. */
function watchTransactions(station: Station): number[] {
  const timesMs: number[] = [];
  const bare = station.ledger.transaction.bind(station.ledger);
  const watched: typeof bare = (work) => {
    const started = performance.now();
    try {
      return bare(work);
    } finally {
      timesMs.push(performance.now() - started);
    }
  };
  Object.defineProperty(station.ledger, 'transaction', { value: watched });
  return timesMs;
}

async function sellOnce(
  station: Station,
  timesMs: number[],
  pan: string,
  amountMinor: number,
): Promise<readonly [number, number]> {
  const session = station.newSession();
  session.operator = { operatorId: 'bench', name: 'Bench', role: 'cashier' };
  const quote = await station.handlers['sale.quote']({ pan, amountMinor }, session);
  if (!quote.ok) throw new Error(JSON.stringify(quote.error));
  timesMs.length = 0;
  const sale = await station.handlers['sale.vend'](
    {
      requestId: station.newId(),
      pan,
      amountMinor,
      quotedUnitsTenths: quote.value.unitsTenths,
      acknowledged: ['warning-duplicate', 'warning-unusual-amount'],
      tender: { kind: 'cash', receivedMinor: amountMinor },
    },
    session,
  );
  if (!sale.ok || !sale.value.printJob) throw new Error(JSON.stringify(sale));
  const [intent, outcome, ...more] = timesMs;
  if (intent === undefined || outcome === undefined || more.length > 0)
    throw new Error(`a sale has two transactions until it is answered, not ${timesMs.length}`);
  await station.printing.settled(sale.value.printJob.jobId);
  return [intent, outcome];
}

type SaleTimes = { readonly commitMs: number; readonly saleMs: number; readonly appendMs: number };

/** Sales and bare appends by turns, in one folder. */
async function timeSales(till: Till): Promise<SaleTimes> {
  const appends: number[] = [];
  const descriptor = openSync(path.join(till.folder, 'yardstick'), 'a');
  try {
    const sales = await till.sell(TIMED_SALES, () => {
      const started = performance.now();
      writeSync(descriptor, BLOCK);
      fdatasyncSync(descriptor);
      appends.push(performance.now() - started);
    });
    return {
      commitMs: median(sales.map(([, outcome]) => outcome)),
      saleMs: median(sales.map(([intent, outcome]) => intent + outcome)),
      appendMs: median(appends),
    };
  } finally {
    closeSync(descriptor);
  }
}

/** The same till with few and with many sales, one sale here and one there: the disk's moods reach both. */
async function timeByTurns(small: Till, large: Till): Promise<{ smallMs: number; largeMs: number }> {
  const smalls: number[] = [];
  const larges: number[] = [];
  for (let n = 0; n < TIMED_SALES; n += 1) {
    for (const [till, times] of [[small, smalls] as const, [large, larges] as const]) {
      for (const [intent, outcome] of await till.sell(1)) times.push(intent + outcome);
    }
  }
  return { smallMs: median(smalls), largeMs: median(larges) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const YARDSTICK = 'p50 of appending 4 KiB + fdatasync in the same folder, between the sales';

function emitSales(emit: Emit, { commitMs, saleMs, appendMs }: SaleTimes): void {
  const line = { unit: 'ms', yardstick: `${YARDSTICK}: ${appendMs.toFixed(3)} ms` };
  emit({ metric: 'ledger.commit', value: commitMs, ...line, ratio: commitMs / appendMs, goal: '<=2.0' });
  emit({ metric: 'ledger.sale', value: saleMs, ...line, ratio: saleMs / appendMs, goal: '<=4.0' });
}

function emitFlat(
  emit: Emit,
  metric: string,
  { smallMs, largeMs }: { readonly smallMs: number; readonly largeMs: number },
  sales: number,
): void {
  emit({
    metric,
    value: largeMs,
    unit: 'ms',
    sales,
    yardstick: `a sale's commits at ${SMALL} recorded sales, by turns with these: ${smallMs.toFixed(3)} ms`,
    ratio: largeMs / smallMs,
    goal: '<=1.2',
  });
}

function emitVerify(emit: Emit, ledger: LedgerReader): void {
  const started = performance.now();
  const verified = verifyChain(ledger);
  const verifyMs = performance.now() - started;
  if (!verified.ok) throw new Error(JSON.stringify(verified.error));
  const bytes = chainedBytes(ledger);
  const hashMs = sha256Ms(bytes);
  const rows = verified.value.rows + verified.value.records;
  emit({
    metric: 'ledger.verify',
    value: Math.round((rows * 1000) / verifyMs),
    unit: 'rows/s',
    yardstick: `SHA-256 of the same ${bytes} bytes: ${hashMs.toFixed(0)} ms`,
    ratio: hashMs / verifyMs,
  });
}

function chainedBytes(ledger: LedgerReader): number {
  const tables = { ...CHILD_COLUMNS, record: RECORD_COLUMNS };
  const sums = Object.entries(tables).map(([table, columns]) => {
    const lengths = columns.map((column) => `coalesce(length(CAST(${column} AS BLOB)), 0)`);
    return (
      ledger.prepare(`SELECT sum(${lengths.join(' + ')}) AS n FROM ${table}`).get<{ n: number }>()?.n ?? 0
    );
  });
  return sums.reduce((total, sum) => total + sum, 0);
}

function sha256Ms(bytes: number): number {
  const block = Buffer.alloc(1 << 20, 0x5a);
  const started = performance.now();
  const hash = createHash('sha256');
  for (let left = bytes; left > 0; left -= block.length)
    hash.update(left < block.length ? block.subarray(0, left) : block);
  hash.digest();
  return performance.now() - started;
}
