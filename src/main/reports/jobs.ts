import { Worker } from 'node:worker_threads';
import type { Paper } from '../../receipt/index.ts';
import { err, type Result } from '../../units/index.ts';
import { findingOf, type Finding } from '../ledger/index.ts';
import {
  closingFigures,
  salesFigures,
  shiftFigures,
  type SalesFigures,
  type ShiftFigures,
} from '../shifts/index.ts';
import {
  faultOf,
  fromThread,
  openReader,
  StorageError,
  workerFile,
  writeDurably,
  type BindingOption,
  type ClosableReader,
} from '../store/index.ts';
import { csvLines, ndjsonLines, type Place } from './file.ts';
import { runReport, type ReportRequest, type ReportResult } from './run.ts';

/** What a thread reads or writes for the station; plain data, since it crosses to the thread. */
export type Job =
  | (BindingOption & { readonly file: string } & (
        | { readonly kind: 'report'; readonly request: ReportRequest }
        | { readonly kind: 'shift'; readonly shiftId: string }
        | { readonly kind: 'closing'; readonly shiftId: string }
        | { readonly kind: 'sales' }
      ))
  | {
      readonly kind: 'save';
      readonly report: FinishedReport['whole'];
      readonly format: 'csv' | 'ndjson';
      readonly place: Place;
      /** Where it is written, over a file of the same name. */
      readonly to: string;
    }
  | {
      readonly kind: 'pdf';
      readonly paper: Paper;
      readonly title: string;
      readonly atUnixMs: number;
      readonly to: string;
    };
type Reading = Exclude<Extract<Job, { readonly file: string }>, Closing>;
type Closing = Extract<Job, { readonly kind: 'closing' }>;

/** A report as its thread hands it over: long lists stay in memory that threads share, and are not read again here. */
export type FinishedReport = {
  /** With `SHOWN_ROWS` rows at most; the totals are those of all. */
  readonly shown: ReportResult;
  readonly rowCount: number;
  /** The whole `ReportResult` as JSON in UTF-8. */
  readonly whole: SharedArrayBuffer;
};

/** As many rows as a person looks at; a file has them all. */
export const SHOWN_ROWS = 5_000;

export type JobOutcomes = {
  readonly report: FinishedReport;
  readonly shift: ShiftFigures | undefined;
  readonly closing: Result<ShiftFigures | undefined, Finding>;
  readonly sales: SalesFigures;
  readonly save: null;
  readonly pdf: null;
};
export type JobProgress = { readonly done: number; readonly of: number };

/** Does a job; reports are answered from one state of the books, beside a station that sells. Throws StorageError. */
export async function runJob(
  job: Job,
  onProgress: (progress: JobProgress) => void,
): Promise<JobOutcomes[Job['kind']]> {
  if (job.kind === 'save') return saveReport(job);
  if (job.kind === 'pdf') return savePage(job);
  if (job.kind === 'closing') return checkClosing(job);
  return readBooks(job, onProgress);
}

/** The figures to close with; what keeps them from being read is a finding about the books, and no accident. */
function checkClosing({ file, sqliteBinding, shiftId }: Closing): JobOutcomes['closing'] {
  const reader = openReader('ledger', file, { sqliteBinding });
  if (!reader.ok) return reader;
  try {
    const figures = reader.value.snapshot(() => closingFigures(reader.value, shiftId));
    if (figures.ok) return figures;
    return err(findingOf(figures.error, file));
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return err(faultOf(file, error));
  } finally {
    reader.value.close();
  }
}

function readBooks(job: Reading, onProgress: (progress: JobProgress) => void): JobOutcomes[Reading['kind']] {
  const { file, sqliteBinding } = job;
  const opened = openReader('ledger', file, { sqliteBinding });
  if (!opened.ok) throw new StorageError(opened.error.code, `the ledger ${file} can't be read`);
  const reader: ClosableReader<'ledger'> = opened.value;
  try {
    return reader.snapshot(() => {
      if (job.kind === 'shift') return shiftFigures(reader, job.shiftId);
      if (job.kind === 'sales') return salesFigures(reader);
      return finished(runReport(reader, job.request, (done, of) => onProgress({ done, of })));
    });
  } finally {
    reader.close();
  }
}

function finished(report: ReportResult): FinishedReport {
  const bytes = Buffer.from(JSON.stringify(report));
  const whole = new SharedArrayBuffer(bytes.length);
  new Uint8Array(whole).set(bytes);
  const rows = report.rows.slice(0, SHOWN_ROWS);
  return { shown: { ...report, rows }, rowCount: report.rows.length, whole };
}

function saveReport({ report, format, place, to }: Extract<Job, { readonly kind: 'save' }>): null {
  const whole = JSON.parse(Buffer.from(new Uint8Array(report)).toString('utf8')) as ReportResult;
  const lines = format === 'csv' ? csvLines(whole, place) : ndjsonLines(whole);
  const end = format === 'csv' ? '\r\n' : '\n';
  writeDurably(to, lines.map((line) => line + end).join(''));
  return null;
}

async function savePage({
  paper,
  title,
  atUnixMs,
  to,
}: Extract<Job, { readonly kind: 'pdf' }>): Promise<null> {
  // Letters and codes take a while to load: only a thread that draws them waits for that.
  const { receiptPdf } = await import('../printing/index.ts');
  writeDurably(to, await receiptPdf(paper, title, new Date(atUnixMs)));
  return null;
}

export type RunningJob<Outcome> = {
  /** Rejects when the thread died or was stopped. */
  readonly outcome: Promise<Outcome>;
  readonly stop: () => Promise<void>;
};

type Told<Kind extends Job['kind']> = {
  readonly progress?: JobProgress;
  readonly outcome?: JobOutcomes[Kind];
  readonly done?: true;
};

/** A thread that has done its job and waits for another: starting one keeps main from a customer for longer than a sale. */
let resting: Worker | undefined;

/** Starts a job beside main's thread: however long the books, customers go on being served. */
export function startJob<Kind extends Job['kind']>(
  job: Job & { readonly kind: Kind },
  onProgress: (progress: JobProgress) => void = () => undefined,
): RunningJob<JobOutcomes[Kind]> {
  const worker = resting ?? new Worker(workerFile(import.meta, 'worker.ts', 'report-worker.js'));
  resting = undefined;
  worker.removeAllListeners();
  worker.ref();
  let isDone = false;
  const outcome = new Promise<JobOutcomes[Kind]>((resolve, reject) => {
    worker.on('message', (message: Told<Kind>) => {
      if (message.progress) onProgress(message.progress);
      if (!message.done) return;
      isDone = true;
      rest(worker);
      resolve(message.outcome as JobOutcomes[Kind]);
    });
    worker.on('error', (error) => reject(fromThread(error)));
    worker.on('exit', (code) => reject(new Error(`the thread of a ${job.kind} ended with ${code}`)));
  });
  worker.postMessage(job, []);
  return { outcome, stop: async () => void (isDone || (await worker.terminate())) };
}

function rest(worker: Worker): void {
  worker.removeAllListeners();
  if (resting) {
    void worker.terminate();
    return;
  }
  resting = worker;
  worker.unref();
  const gone = (): void => {
    if (resting === worker) resting = undefined;
  };
  worker.on('error', gone);
  worker.on('exit', gone);
}

/** Ends the thread that waits for a job, when the station closes. */
export async function endResting(): Promise<void> {
  const worker = resting;
  resting = undefined;
  await worker?.terminate();
}
