import type { StationSettings, StationStatus } from '../../contract/index.ts';
import { PrinterSimulator } from '../../simulators/printer/index.ts';
import { ok, unixMs, type Result, type SaleId } from '../../units/index.ts';
import { findSale } from '../ledger/index.ts';
import {
  dropLingeringLines,
  openDrawer,
  parsePrinterAddress,
  printerLink,
  probedLevel,
  PrintQueue,
  type AddressError,
  type PrinterLevel,
  type PrinterSetup,
  type PrintJob,
} from '../printing/index.ts';
import type { LedgerReader, LedgerTx, LedgerWriter } from '../store/index.ts';

/** The station's paper: the queue and, in training without a printer, one that is not there. */
export type Printing = {
  readonly status: () => StationStatus['printer'];
  readonly job: (jobId: string) => PrintJob | undefined;
  readonly send: (jobId: string, operatorId: string) => PrintJob | undefined;
  readonly settled: (jobId: string) => Promise<PrintJob | undefined>;
  /** Sends what may print by itself. */
  readonly wake: () => void;
  /** The next customer is here: no earlier slip prints by itself any more. */
  readonly nextSale: (tx: LedgerTx) => void;
  /** Somebody at this meter is being served: no slip of anybody else begins by itself any more. */
  readonly nextCustomer: (pan: string) => void;
  readonly latestJobId: () => string | undefined;
  /** Tells the printer to open the cash drawer; what became of it is in the printer's log. */
  readonly openDrawer: (operatorId: string, reason: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type PrintingOptions = {
  readonly ledger: LedgerWriter;
  readonly settings: StationSettings;
  /** In training a printer is simulated over a real socket when none is set up. */
  readonly training: boolean;
  readonly now: () => number;
  readonly onChange: () => void;
  readonly onFault: (error: unknown) => void;
};

/** The pin of the drawer's plug that nearly every drawer listens on. */
const DRAWER_PIN = 2;

/** What a paper line takes on the simulated printer: a slip is out in well under a second. */
const SIMULATED_LINE_MS = 8;

export async function openPrinting(options: PrintingOptions): Promise<Result<Printing, AddressError>> {
  const simulator =
    options.training && options.settings.printer === null ? await startSimulator(options) : undefined;
  const address = simulator?.address ?? options.settings.printer;
  // What a printer can prove is what a probe found. One that was never probed proves nothing; training's does.
  const probed = address === null ? undefined : probedLevel(options.ledger, address);
  const level = probed ?? (options.training ? 'process-id' : 'write-only');
  const setup = address === null ? ok(null) : printerSetup(address, options.settings, level);
  if (!setup.ok) return setup;
  const queue = new PrintQueue({
    ledger: options.ledger,
    printer: setup.value,
    now: () => unixMs(options.now()),
    random: Math.random,
    onChange: options.onChange,
    onFault: options.onFault,
  });
  queue.recover();
  // Whoever waits for the sale is told first: that a slip is being sent costs a wait for the disk.
  let soon: NodeJS.Immediate | undefined;
  const wakeNow = (): void => {
    clearImmediate(soon);
    soon = undefined;
    queue.wake();
  };
  return ok({
    status: () => printerStatus(queue, setup.value !== null),
    job: (jobId) => queue.job(jobId),
    send: (jobId, operatorId) => queue.send(jobId, { operatorId }),
    settled: (jobId) => {
      if (soon) wakeNow();
      return queue.settled(jobId);
    },
    wake: () => {
      soon ??= setImmediate(wakeNow);
    },
    nextSale: (tx) => queue.nextSale(tx),
    nextCustomer: (pan) => {
      queue.nextCustomer((saleId) => findSale(options.ledger, saleId as SaleId)?.meterPan === pan);
    },
    latestJobId: () => latestJobId(options.ledger),
    openDrawer: async (operatorId, reason) => {
      const printer = setup.value;
      const care = { queue, ledger: options.ledger, now: options.now };
      if (printer) await openDrawer({ ...care, printer }, DRAWER_PIN, operatorId, reason);
    },
    close: async () => {
      clearImmediate(soon);
      await queue.close();
      dropLingeringLines();
      await simulator?.close();
    },
  });
}

function printerSetup(
  address: string,
  settings: StationSettings,
  level: PrinterLevel,
): Result<PrinterSetup, AddressError> {
  const parsed = parsePrinterAddress(address);
  if (!parsed.ok) return parsed;
  return ok({
    address,
    open: printerLink(parsed.value),
    level,
    columns: settings.receiptColumns,
    codePage: 'WPC1252',
    cut: 'partial',
    cutFeedLines: 3,
  });
}

async function startSimulator(
  options: PrintingOptions,
): Promise<{ address: string; close: () => Promise<void> }> {
  const simulator = new PrinterSimulator({
    columns: options.settings.receiptColumns,
    level: 'process-id',
    lineMs: SIMULATED_LINE_MS,
    onEvent: () => undefined,
  });
  const port = await simulator.listen(0);
  return { address: `127.0.0.1:${port}`, close: () => simulator.close() };
}

function printerStatus(queue: PrintQueue, setUp: boolean): StationStatus['printer'] {
  const open = queue.open();
  const waiting = open.filter((job) => job.state !== 'sent').length;
  if (!setUp) return { status: 'not-set-up', waiting };
  if (queue.printing) return { status: 'printing', waiting };
  const unreachable = open.some((job) => job.problem?.code === 'printer-unreachable');
  return { status: unreachable ? 'unreachable' : 'ready', waiting };
}

function latestJobId(ledger: LedgerReader): string | undefined {
  return ledger
    .prepare('SELECT job_id AS jobId FROM print_job ORDER BY job_row DESC LIMIT 1')
    .get<{ jobId: string }>()?.jobId;
}
