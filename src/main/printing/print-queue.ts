import { unixMs, type UnixMs } from '../../units/index.ts';
import { paperLength, paperOf, type PaperColumns } from '../../receipt/index.ts';
import { receiptFault } from '../ledger/index.ts';
import type { LedgerTx, LedgerWriter } from '../store/index.ts';
import { startAttempt, type Attempt, type PrinterLevel, type Slip } from './conversation.ts';
import { arabicAs, encodeSlip, type CodePage } from './encode.ts';
import type { OpenLink } from './link.ts';
import {
  appendPrintEvent,
  AUTO_PRINT_MS,
  firstByteWent,
  jobsBeforeSale,
  nextCopyNumber,
  openPrintJobs,
  overdueJobs,
  readJobDocument,
  readPrintJob,
  type NewPrintEvent,
  type PrintJob,
} from './print-jobs.ts';
import type { PrinterProblem, PrintOutcome } from './printer-problem.ts';
import type { PrinterStatus } from './status.ts';
import { DEADLINES, type Deadlines } from './talk.ts';

/** The station's printer: the way to it and what was found out about it. */
export type PrinterSetup = {
  readonly address: string;
  readonly open: OpenLink;
  readonly level: PrinterLevel;
  readonly columns: PaperColumns;
  readonly codePage: CodePage;
  /** The number of PC864 on this printer, for Arabic words as its own letters; null paints them. */
  readonly arabicPage: number | null;
  readonly cut: 'partial' | 'full' | 'none';
  readonly cutFeedLines: number;
  /** Above every slip, as `encodeLogo` made it; null for none. */
  readonly logo: Uint8Array | null;
};

export type PrintQueueOptions = {
  readonly ledger: LedgerWriter;
  /** Null while no printer is set up: jobs are kept and wait. */
  readonly printer: PrinterSetup | null;
  readonly now: () => UnixMs;
  /** From 0 to 1: spreads retries, so that two tills do not knock at one printer in step. */
  readonly random: () => number;
  /** A job has a new state. */
  readonly onChange: (jobId: string) => void;
  readonly onStatus?: (status: PrinterStatus) => void;
  /** A state could not be written down: the disk failed. */
  readonly onFault: (error: unknown) => void;
  readonly deadlines?: Deadlines;
};

type QueueEvent = Omit<NewPrintEvent, 'atUnixMs' | 'copyNumber'> & { copyNumber?: number };

/** By itself, or by the key of an operator. */
export type Sender = 'auto' | { readonly operatorId: string };

type Running = {
  readonly jobId: string;
  readonly attempt: Attempt;
  readonly by: Sender;
  /** Its first byte has gone. */
  begun: boolean;
  /** The printer reports trouble and keeps the rest of it. */
  held: boolean;
  /** Its time is over: it is not to begin, nor to be held, any more. */
  ends: boolean;
  /** Who said that it did not come out, before the printer had come to its end. */
  missedBy: string | null;
};

/**
 * The one owner of the printer: one slip at a time, each step committed before it is taken. A slip whose
 * first byte has gone never goes out again without its copy number.
 */
export class PrintQueue {
  readonly #options: PrintQueueOptions;
  readonly #waiting: { readonly jobId: string; readonly by: Sender }[] = [];
  readonly #settled = new Map<string, ((job: PrintJob | undefined) => void)[]>();
  readonly #tasks: (() => Promise<void>)[] = [];
  #running: Running | undefined;
  #busy = false;
  #retry: NodeJS.Timeout | undefined;
  #expiry: NodeJS.Timeout | undefined;
  #latestStart: NodeJS.Timeout | undefined;
  #retries = 0;
  #afterBreak = false;
  #closed = false;

  readonly #deadlines: Deadlines;
  #printer: PrinterSetup | null;

  constructor(options: PrintQueueOptions) {
    this.#options = options;
    this.#printer = options.printer;
    this.#deadlines = options.deadlines ?? DEADLINES;
  }

  /** At start: what was being sent when the program stopped is unknown, and never sent again by itself. */
  recover(): readonly PrintJob[] {
    const cut = openPrintJobs(this.#options.ledger).filter((job) => job.state === 'sending');
    for (const job of cut) {
      const problem = { code: 'print-interrupted', params: {} } as const;
      this.#record(job, { state: 'unknown', cause: 'restart', problem });
    }
    if (cut.length > 0) this.#afterBreak = true;
    return cut.flatMap(({ jobId }) => this.job(jobId) ?? []);
  }

  job(jobId: string): PrintJob | undefined {
    return readPrintJob(this.#options.ledger, jobId);
  }

  /** Another printer, or the same one set up anew, from the next slip on; null for none. */
  usePrinter(printer: PrinterSetup | null): void {
    this.#printer = printer;
    this.#afterBreak = true;
    this.wake();
  }

  /** Jobs that still need somebody, oldest first. */
  open(): readonly PrintJob[] {
    return openPrintJobs(this.#options.ledger);
  }

  /** True while a slip is on its way. */
  get printing(): boolean {
    return this.#running !== undefined;
  }

  /**
   * Sends what may print by itself: call it after a vend and at start. Never throws: a sale that is recorded
   * must not look as if it had failed.
   */
  wake(): void {
    if (!this.#printer) return;
    this.#unasked(() => {
      for (const job of this.#beforeSale()) {
        if (this.#mayPrintByItself(job)) this.#enqueue(job.jobId, 'auto');
      }
      this.#turn();
    });
  }

  /**
   * Sends a job by a person's key: the original while none of it has left the station, a marked copy after
   * that. Returns at once; undefined when there is no such job.
   */
  send(jobId: string, by: { readonly operatorId: string }): PrintJob | undefined {
    const job = this.job(jobId);
    if (!job) return undefined;
    if (!this.#printer) {
      const problem = { code: 'printer-not-set-up', params: {} } as const;
      const state = firstByteWent(this.#options.ledger, jobId) ? 'unknown' : 'failed-before-first-byte';
      const { operatorId } = by;
      this.#record(job, { state, cause: 'transport', problem, operatorId });
      return this.job(jobId);
    }
    this.#enqueue(jobId, by);
    this.#turn();
    return this.job(jobId);
  }

  /** The job once its present attempt, if there is one, has ended. */
  async settled(jobId: string): Promise<PrintJob | undefined> {
    const busy = this.#running?.jobId === jobId || this.#waiting.some((each) => each.jobId === jobId);
    if (!busy) return this.job(jobId);
    return new Promise((resolve) => {
      this.#settled.set(jobId, [...(this.#settled.get(jobId) ?? []), resolve]);
    });
  }

  /**
   * Somebody else is being served: an earlier slip does not begin by itself any more. `isTheirs` tells a slip of
   * the one who is served, which goes on. Never throws: it comes before a sale, and belongs to none.
   */
  nextCustomer(isTheirs: (saleId: string) => boolean): void {
    const theirs = (job: PrintJob | undefined): boolean => job?.saleId != null && isTheirs(job.saleId);
    const running = this.#running;
    const stale = this.#beforeSale().filter(
      (job) => job.jobId !== running?.jobId && this.#mayPrintByItself(job) && !theirs(job),
    );
    this.#drop((by, jobId) => by === 'auto' && stale.some((job) => job.jobId === jobId));
    this.#unasked(() => {
      for (const job of stale) this.#record(job, { state: job.state, cause: 'next-sale' });
    });
    if (running && !theirs(this.job(running.jobId))) this.#endUnbegun(running);
  }

  /**
   * The next sale begins: slips handed over and not missed are recorded as not questioned, and no earlier
   * slip prints by itself any more. One that the printer holds back is cleared from it. The rows go into the
   * transaction of the next sale's intent, so that they cost no commit of their own.
   */
  nextSale(tx: LedgerTx): void {
    for (const job of this.#beforeSale()) {
      if (job.jobId === this.#running?.jobId) continue;
      if (job.state === 'sent') this.#recordIn(tx, job, { state: 'sent', cause: 'not-questioned' });
      else if (this.#mayPrintByItself(job)) this.#recordIn(tx, job, { state: job.state, cause: 'next-sale' });
    }
    this.#dropAutomatic();
    if (this.#running) this.#endHolding(this.#running);
    if (this.#running) this.#endUnbegun(this.#running);
  }

  /**
   * What a person says about a slip: it came out, it did not, or it is not wanted any more. One that is still at the
   * printer and did not come out is given up and cleared from it first, so that it does not come out after all.
   */
  answer(
    jobId: string,
    said: 'printed' | 'not-printed' | 'set-aside',
    operatorId: string,
  ): PrintJob | undefined {
    const job = this.job(jobId);
    const running = this.#running;
    if (job && running?.jobId === jobId && said === 'not-printed') {
      running.missedBy = operatorId;
      running.attempt.abandon();
    }
    if (!job || running?.jobId === jobId) return job;
    if (said === 'printed') this.#record(job, { state: 'printed', cause: 'person-printed', operatorId });
    else if (said === 'set-aside') this.#record(job, { state: job.state, cause: 'set-aside', operatorId });
    else this.#missed(job, operatorId);
    return this.job(jobId);
  }

  #missed(job: PrintJob, operatorId: string): void {
    const state = firstByteWent(this.#options.ledger, job.jobId) ? 'unknown' : job.state;
    const problem = { code: 'print-not-printed', params: {} } as const;
    this.#record(job, { state, cause: 'person-not-printed', operatorId, problem });
  }

  /** Does something else with the printer while no slip is on its way to it: a look at it, a test, a drawer. */
  async alone<Value>(task: () => Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#tasks.push(() => task().then(resolve, reject));
      this.#turn();
    });
  }

  /** Ends without waiting for paper: a slip under way becomes unknown. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#drop(() => true);
    const running = this.#running;
    running?.attempt.abandon();
    // What went wrong with it was heard where it was started; closing goes on.
    await running?.attempt.outcome.catch(() => undefined);
  }

  #enqueue(jobId: string, by: Sender): void {
    if (this.#running?.jobId === jobId || this.#waiting.some((each) => each.jobId === jobId)) return;
    this.#waiting.push({ jobId, by });
  }

  #dropAutomatic(): void {
    clearTimeout(this.#retry);
    this.#drop((by) => by === 'auto');
  }

  #drop(which: (by: Sender, jobId: string) => boolean): void {
    const waiting = this.#waiting.splice(0);
    this.#waiting.push(...waiting.filter((each) => !which(each.by, each.jobId)));
    for (const each of waiting) if (which(each.by, each.jobId)) this.#settle(each.jobId);
  }

  #settle(jobId: string): void {
    const job = this.job(jobId);
    for (const resolve of this.#settled.get(jobId) ?? []) resolve(job);
    this.#settled.delete(jobId);
  }

  /** Never touched by a person, never begun, and not older than its limit. */
  #mayPrintByItself(job: PrintJob): boolean {
    const begun = job.state !== 'queued' && job.state !== 'failed-before-first-byte';
    if (begun || !job.byItselfOnly || job.autoUntilUnixMs === null) return false;
    return this.#latestBeginning() < job.autoUntilUnixMs;
  }

  /** A slip whose time ends by then can't begin any more. */
  #latestBeginning(): number {
    return this.#options.now() + this.#deadlines.startMs;
  }

  #beforeSale(): readonly PrintJob[] {
    return jobsBeforeSale(this.#options.ledger, this.#latestBeginning());
  }

  /** Takes the next slip to the printer when it is free. */
  #turn(): void {
    const printer = this.#printer;
    if (this.#running || this.#busy || this.#closed) return;
    const task = this.#tasks.shift();
    if (task) return this.#attend(task);
    if (!printer) return;
    const next = this.#waiting.shift();
    const job = next && this.job(next.jobId);
    if (!next || !job) return;
    if (next.by === 'auto' && !this.#mayPrintByItself(job)) {
      this.#expire();
      this.#settle(job.jobId);
      return this.#turn();
    }
    try {
      this.#start(printer, job, next.by);
    } catch (error) {
      this.#settle(job.jobId);
      throw error;
    }
  }

  #attend(task: () => Promise<void>): void {
    this.#busy = true;
    void task().then(() => {
      this.#busy = false;
      this.#unasked(() => this.#turn());
    });
  }

  /** What the queue does by itself has nobody to throw to. */
  #unasked(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.onFault(error);
    }
  }

  #start(printer: PrinterSetup, job: PrintJob, by: Sender): void {
    if (job.saleId !== null && receiptFault(this.#options.ledger, job.saleId)) return this.#keepBack(job, by);
    const { slip, copyNumber } = this.#commitSending(printer, job, by);
    const watch = {
      onFirstByte: () => {
        running.begun = true;
      },
      onSent: () => this.#record(job, { state: 'sent', cause: 'transport', copyNumber }),
      onProblem: (problem: PrinterProblem | null) => {
        running.held = problem !== null;
        this.#record(job, { state: 'sent', cause: 'transport', copyNumber, ...(problem && { problem }) });
        if (running.ends) this.#endHolding(running);
      },
      onStatus: (status: PrinterStatus) => this.#options.onStatus?.(status),
    };
    const deadlines = this.#deadlines;
    const attempt = startAttempt(printer.open, printer.address, slip, printer.level, deadlines, watch);
    const running: Running = {
      jobId: job.jobId,
      attempt,
      by,
      begun: false,
      held: false,
      ends: false,
      missedBy: null,
    };
    this.#running = running;
    const limit = by === 'auto' ? (job.autoUntilUnixMs ?? 0) - this.#options.now() : AUTO_PRINT_MS;
    this.#expiry = setTimeout(() => this.#endHolding(running), limit);
    this.#latestStart = setTimeout(() => this.#endUnbegun(running), limit - deadlines.startMs);
    attempt.outcome
      .then((outcome) => this.#end(job, by, copyNumber, slip, outcome))
      .catch((error: unknown) => this.#endUnwritten(job.jobId, error));
  }

  /** A state could not be written down: whoever waits for the slip is told what is known of it. */
  #endUnwritten(jobId: string, error: unknown): void {
    clearTimeout(this.#expiry);
    clearTimeout(this.#latestStart);
    if (this.#running?.jobId === jobId) this.#running = undefined;
    this.#settle(jobId);
    this.#options.onFault(error);
  }

  /** A receipt that does not say what the books say never goes to paper; the slip waits for a person. */
  #keepBack(job: PrintJob, by: Sender): void {
    const state = firstByteWent(this.#options.ledger, job.jobId) ? 'unknown' : 'failed-before-first-byte';
    const problem = { code: 'print-receipt-changed', params: {} } as const;
    const person = by !== 'auto' && { operatorId: by.operatorId };
    this.#record(job, { state, cause: 'expired', problem, ...person });
    this.#settle(job.jobId);
    this.#turn();
  }

  /** The row says that the slip is being sent before the line to the printer is opened. */
  #commitSending(
    printer: PrinterSetup,
    job: PrintJob,
    by: Sender,
  ): { readonly slip: Slip; readonly copyNumber: number } {
    const { ledger } = this.#options;
    const again = firstByteWent(ledger, job.jobId);
    const copyNumber = again ? nextCopyNumber(ledger, job.jobId) : job.copyNumber;
    const document = readJobDocument(ledger, job.jobId);
    if (!document) throw new Error('a print job has its receipt');
    const processId = printer.level === 'process-id' ? this.#processId() : null;
    this.#record(job, {
      state: 'sending',
      cause: by === 'auto' ? 'auto' : 'person',
      copyNumber,
      ...(processId !== null && { processId }),
      ...(by !== 'auto' && { operatorId: by.operatorId }),
    });
    const { codePage, arabicPage, cut, cutFeedLines, logo } = printer;
    const asksInOrder = printer.level === 'in-order';
    const afterBreak = this.#afterBreak;
    const options = { codePage, arabicPage, cut, cutFeedLines, logo, processId, asksInOrder, afterBreak };
    const paper = paperOf(document, printer.columns, copyNumber, arabicAs(arabicPage));
    const slip = { bytes: encodeSlip(paper, options), processId, lines: paperLength(paper) };
    return { slip, copyNumber };
  }

  /** Counts up with the events, so that an echo of an earlier slip is never taken for this one's. */
  #processId(): string {
    const row = this.#options.ledger
      .prepare('SELECT coalesce(max(event_row), 0) + 1 AS next FROM print_event')
      .get<{ next: number }>();
    return ((row?.next ?? 0) % 36 ** 4).toString(36).toUpperCase().padStart(4, '0');
  }

  #end(job: PrintJob, by: Sender, copyNumber: number, slip: Slip, outcome: PrintOutcome): void {
    clearTimeout(this.#expiry);
    clearTimeout(this.#latestStart);
    const missedBy = this.#running?.missedBy ?? null;
    this.#running = undefined;
    this.#recordOutcome(job, copyNumber, slip, outcome);
    const ended = this.job(job.jobId);
    if (missedBy !== null && ended && ended.state !== 'printed') this.#missed(ended, missedBy);
    if (outcome.state !== 'failed-before-first-byte') this.#afterBreak = outcome.state === 'unknown';
    if (outcome.state === 'failed-before-first-byte') {
      if (by === 'auto') this.#retryLater(job);
    } else this.#retries = 0;
    this.#settle(job.jobId);
    this.#turn();
  }

  #recordOutcome(job: PrintJob, copyNumber: number, slip: Slip, outcome: PrintOutcome): void {
    const { processId } = slip;
    if (outcome.state === 'printed') {
      this.#record(job, { state: 'printed', cause: 'echo', copyNumber, ...(processId && { processId }) });
    } else if ('problem' in outcome) {
      this.#record(job, { state: outcome.state, cause: 'transport', copyNumber, problem: outcome.problem });
    } else if (this.job(job.jobId)?.state !== 'sent' || this.job(job.jobId)?.problem) {
      this.#record(job, { state: 'sent', cause: 'transport', copyNumber });
    }
  }

  /** A slip that is held is given up at once; one that runs well is, should it be held later. */
  #endHolding(running: Running): void {
    running.ends = true;
    if (running.held) running.attempt.abandon();
  }

  /** Nothing begins by itself that nobody waits for any more. */
  #endUnbegun(running: Running): void {
    if (!running.begun && running.by === 'auto') running.attempt.abandon();
  }

  /** Tries again after a growing, jittered wait, as long as the slip may print by itself. */
  #retryLater(job: PrintJob): void {
    if (this.#closed) return;
    clearTimeout(this.#retry);
    const { retryFirstMs, retryLongestMs, startMs } = this.#deadlines;
    const base = Math.min(retryFirstMs * 2 ** this.#retries, retryLongestMs);
    this.#retries = Math.min(this.#retries + 1, 8);
    const wait = base * (0.5 + this.#options.random());
    const left = (job.autoUntilUnixMs ?? 0) - startMs - this.#options.now();
    const again = (): void => (wait < left ? this.wake() : this.#unasked(() => this.#expire()));
    this.#retry = setTimeout(again, Math.min(wait, left + 5));
  }

  /** Says on each slip whose time is over that it no longer prints by itself. */
  #expire(): void {
    for (const job of overdueJobs(this.#options.ledger, this.#latestBeginning())) {
      if (job.jobId === this.#running?.jobId) continue;
      this.#record(job, {
        state: job.state,
        cause: 'expired',
        problem: { code: 'print-expired', params: {} },
      });
    }
  }

  #record(job: PrintJob, event: QueueEvent): void {
    this.#options.ledger.transaction((tx) => this.#recordIn(tx, job, event));
  }

  #recordIn(tx: LedgerTx, job: PrintJob, event: QueueEvent): void {
    const atUnixMs = unixMs(this.#options.now());
    appendPrintEvent(tx, job.jobId, { copyNumber: job.copyNumber, ...event, atUnixMs });
    // Heard after the commit, whoever commits.
    queueMicrotask(() => this.#options.onChange(job.jobId));
  }
}
