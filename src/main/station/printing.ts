import type { StationSettings, StationStatus } from '../../contract/index.ts';
import { PrinterSimulator } from '../../simulators/printer/index.ts';
import { ok, unixMs, type Result, type SaleId } from '../../units/index.ts';
import { findSale } from '../ledger/index.ts';
import {
  dropLingeringLines,
  PrintQueue,
  type AddressError,
  type LookCode,
  type PrintJob,
} from '../printing/index.ts';
import { PrinterInUse, USUAL_DRAWER_PIN } from './printer-in-use.ts';
import type { LedgerReader, LedgerTx, LedgerWriter } from '../store/index.ts';

/** The station's paper: the queue and, in training without a printer, one that is not there. */
export type Printing = {
  readonly printer: PrinterInUse;
  /** Slips that still need somebody, oldest first. */
  readonly open: () => readonly PrintJob[];
  readonly answer: PrintQueue['answer'];
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

/** What a paper line takes on the simulated printer: a slip is out in well under a second. */
const SIMULATED_LINE_MS = 8;

export async function openPrinting(options: PrintingOptions): Promise<Result<Printing, AddressError>> {
  const simulator =
    options.training && options.settings.printer === null ? await startSimulator(options) : undefined;
  const { ledger, settings, training, now, onChange, onFault } = options;
  const inUse = new PrinterInUse(
    { ledger, settings, training, now, onChange, onFault, queue: () => queue },
    simulator?.address ?? settings.printer,
  );
  const setup = inUse.setup();
  if (!setup.ok) return setup;
  const queue: PrintQueue = new PrintQueue({
    ledger,
    printer: setup.value,
    now: () => unixMs(now()),
    random: Math.random,
    onChange,
    onStatus: (status) => inUse.note(status),
    onFault,
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
    printer: inUse,
    open: () => queue.open(),
    answer: (jobId, said, operatorId) => queue.answer(jobId, said, operatorId),
    status: () => printerStatus(queue, inUse),
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
      await inUse.kick(operatorId, reason, USUAL_DRAWER_PIN);
    },
    close: async () => {
      clearImmediate(soon);
      inUse.close();
      await queue.close();
      dropLingeringLines();
      await simulator?.close();
    },
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

function printerStatus(queue: PrintQueue, inUse: PrinterInUse): StationStatus['printer'] {
  const open = queue.open();
  const waiting = open.filter((job) => job.state !== 'sent').length;
  const needs = inUse.needs;
  if (inUse.address === null) return { status: 'not-set-up', waiting };
  if (needs !== null) return { status: STATUS_OF_NEED[needs], waiting };
  if (queue.printing) return { status: 'printing', waiting };
  const unreachable = open.some((job) => job.problem?.code === 'printer-unreachable');
  return { status: unreachable ? 'unreachable' : 'ready', waiting };
}

const STATUS_OF_NEED: Readonly<Record<LookCode, StationStatus['printer']['status']>> = {
  'printer-paper-near-end': 'paper-near-end',
  'printer-paper-out': 'paper-out',
  'printer-cover-open': 'cover-open',
  'printer-cutter': 'cutter',
  'printer-fault': 'fault',
  'printer-offline': 'offline',
};

function latestJobId(ledger: LedgerReader): string | undefined {
  return ledger
    .prepare('SELECT job_id AS jobId FROM print_job ORDER BY job_row DESC LIMIT 1')
    .get<{ jobId: string }>()?.jobId;
}
