import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Emit } from './run.ts';
import { encodeSlip, insertPrintJob, PrintQueue, tcpLink } from '../src/main/printing/index.ts';
import { openWriter, type LedgerWriter } from '../src/main/store/index.ts';
import { paperOf, receiptDocument, type ReceiptDocument } from '../src/receipt/index.ts';
import { PrinterSimulator } from '../src/simulators/printer/index.ts';
import { makeId, unixMs } from '../src/units/index.ts';

/** A line of a 250 mm/s printer with 4.23 mm a line, rounded down: fast paper is the harder yardstick. */
const LINE_MS = 16;
const SLIPS = 9;
const ENCODES = 400;
const COLUMNS = 48;

function sale(n: number): ReceiptDocument {
  return receiptDocument({
    locale: 'en',
    kind: 'sale',
    mark: null,
    header: ['Acacia Court Vending', 'VAT 4123456789'],
    stationName: 'Kiosk 014',
    operatorName: 'Amina',
    items: [
      {
        customer: { name: 'Thandi Nkosi', account: 'AC-7781', address: '12 Acacia St, Unit 4' },
        meterNumber: '01123456789',
        resource: 'electricity',
        tokens: [{ kind: 'credit', digits: String(n).padStart(20, '7'), unitsTenths: 426 }],
        lines: [
          { label: 'Energy', detail: '42.6 kWh x 1.834', amountMinor: 7_813 },
          { label: 'VAT 15 %', detail: null, amountMinor: 2_187 },
        ],
        sts: { sgc: '123456', krn: 1, ti: '01', ea: '07' },
        help: 'Key in 07 and Enter: the meter shows its balance.',
      },
    ],
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    totalMinor: 10_000,
    tender: { parts: [{ kind: 'cash', amountMinor: 20_000 }], changeMinor: 10_000 },
    receiptNumber: String(n),
    saleId: '01932f0e-7c1a-7abc-8def-0123456789ab',
    at: { year: 2026, month: 11, day: 23, hour: 14, minute: 7 },
    qr: `KW1.01932F0E7C1A7ABC8DEF0123456789AB.01123456789.ZAR10000.E426.202611231207.${'A'.repeat(26)}.${'B'.repeat(103)}`,
  });
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

/** Commits a queued slip, then waits for the printer's own word; the milliseconds from the one to the other. */
async function enterToPrinted(ledger: LedgerWriter, queue: PrintQueue, n: number): Promise<number> {
  const jobId = makeId(1_790_000_000_000 + n, new Uint8Array(10).fill(n));
  const saleId = makeId(1_790_000_100_000 + n, new Uint8Array(10).fill(n));
  const createdUnixMs = Date.now();
  const from = performance.now();
  ledger.transaction((tx) =>
    insertPrintJob(tx, {
      jobId,
      saleId,
      document: sale(n),
      createdUnixMs,
      autoUntilUnixMs: createdUnixMs + 180_000,
    }),
  );
  queue.wake();
  const job = await queue.settled(jobId);
  if (job?.state !== 'printed') throw new Error(`the slip is ${job?.state ?? 'gone'}, not printed`);
  return performance.now() - from;
}

async function endToEnd(
  ledger: LedgerWriter,
): Promise<{ readonly tookMs: number; readonly paperMs: number }> {
  let lineHeights = 0;
  const printer = new PrinterSimulator({
    columns: COLUMNS,
    level: 'process-id',
    lineMs: LINE_MS,
    onEvent: () => undefined,
    onLine: (line) => (lineHeights += line.height),
  });
  const to = { host: '127.0.0.1', port: await printer.listen(0) };
  const queue = new PrintQueue({
    ledger,
    printer: {
      address: `127.0.0.1:${to.port}`,
      open: tcpLink(to),
      level: 'process-id',
      columns: COLUMNS,
      codePage: 'WPC1252',
      arabicPage: null,
      cut: 'partial',
      cutFeedLines: 3,
      logo: null,
    },
    now: () => unixMs(Date.now()),
    random: Math.random,
    onChange: () => undefined,
    onFault: (error) => {
      throw error;
    },
  });
  const took: number[] = [];
  for (let n = 0; n < SLIPS; n += 1) took.push(await enterToPrinted(ledger, queue, n));
  await queue.close();
  await printer.close();
  // The feed before the cut, and the code, are paper time as well.
  const paperMs = (lineHeights / SLIPS + 3 + 1) * LINE_MS;
  return { tookMs: percentile(took, 0.5), paperMs };
}

function encoding(): { readonly encodeMs: number; readonly gzipMs: number; readonly bytes: number } {
  const options = {
    codePage: 'WPC1252',
    arabicPage: null,
    cut: 'partial',
    cutFeedLines: 3,
    processId: '0001',
    afterBreak: false,
  } as const;
  const encodes: number[] = [];
  const gzips: number[] = [];
  let bytes = new Uint8Array();
  for (let n = 0; n < ENCODES; n += 1) {
    const document = sale(n);
    const from = performance.now();
    bytes = new Uint8Array(encodeSlip(paperOf(document, COLUMNS), options));
    const between = performance.now();
    gzipSync(bytes);
    encodes.push(between - from);
    gzips.push(performance.now() - between);
  }
  return { encodeMs: percentile(encodes, 0.95), gzipMs: percentile(gzips, 0.95), bytes: bytes.length };
}

/** `print.e2e`: from the commit of a sale's slip to the printer's word, against the paper's own time. */
export async function run(emit: Emit): Promise<void> {
  const base = existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
  const folder = mkdtempSync(path.join(base, 'kioskwatt-bench-'));
  const opened = openWriter('ledger', path.join(folder, 'ledger.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  try {
    const { tookMs, paperMs } = await endToEnd(opened.value);
    emit({
      name: 'print.e2e',
      value: tookMs,
      unit: 'ms',
      yardstick: paperMs,
      ratio: tookMs / paperMs,
      goal: '<=1.2',
    });
    const { encodeMs, gzipMs, bytes } = encoding();
    emit({
      name: 'print.encode',
      value: encodeMs,
      unit: 'ms p95',
      bytes,
      yardstick: gzipMs,
      ratio: encodeMs / gzipMs,
    });
  } finally {
    opened.value.close();
    rmSync(folder, { recursive: true });
  }
}
