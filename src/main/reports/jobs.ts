import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { salesFigures, shiftFigures, type SalesFigures, type ShiftFigures } from '../shifts/index.ts';
import { openReader, type BindingOption, type ClosableReader } from '../store/index.ts';
import { runReport, type ReportRequest, type ReportResult } from './run.ts';

/** What a thread reads for the station; plain data, since it crosses to the thread. */
export type Job = BindingOption & { readonly file: string } & (
    | { readonly kind: 'report'; readonly request: ReportRequest }
    | { readonly kind: 'shift'; readonly shiftId: string }
    | { readonly kind: 'sales' }
  );

export type JobOutcomes = {
  readonly report: ReportResult;
  readonly shift: ShiftFigures | undefined;
  readonly sales: SalesFigures;
};
export type JobProgress = { readonly done: number; readonly of: number };

/** Opens the ledger to read, beside a station that sells, and answers from one state of it. Throws StorageError. */
export function runJob(job: Job, onProgress: (progress: JobProgress) => void): JobOutcomes[Job['kind']] {
  const { file, sqliteBinding } = job;
  const opened = openReader('ledger', file, { sqliteBinding });
  if (!opened.ok) throw new Error(`the ledger can't be read: ${opened.error.code}`);
  const reader: ClosableReader<'ledger'> = opened.value;
  try {
    return reader.snapshot(() => {
      if (job.kind === 'shift') return shiftFigures(reader, job.shiftId);
      if (job.kind === 'sales') return salesFigures(reader);
      return runReport(reader, job.request, (done, of) => onProgress({ done, of }));
    });
  } finally {
    reader.close();
  }
}

export type RunningJob<Outcome> = {
  /** Rejects when the thread died or was stopped. */
  readonly outcome: Promise<Outcome>;
  readonly stop: () => Promise<void>;
};

/** Run from its source, or from the bundle: there it is an entry of its own beside `chunks/`. */
function workerFile(): string {
  const here = import.meta.dirname;
  if (import.meta.filename.endsWith('.ts')) return path.join(here, 'worker.ts');
  return path.join(path.basename(here) === 'chunks' ? path.dirname(here) : here, 'report-worker.js');
}

/** Starts a job on a thread of its own: however long the books, customers go on being served. */
export function startJob<Kind extends Job['kind']>(
  job: Job & { readonly kind: Kind },
  onProgress: (progress: JobProgress) => void = () => undefined,
): RunningJob<JobOutcomes[Kind]> {
  const worker = new Worker(workerFile(), { workerData: job });
  const outcome = new Promise<JobOutcomes[Kind]>((resolve, reject) => {
    worker.on('message', (message: { progress?: JobProgress; outcome?: JobOutcomes[Kind]; done?: true }) => {
      if (message.progress) onProgress(message.progress);
      if (message.done) resolve(message.outcome as JobOutcomes[Kind]);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the thread of a ${job.kind} ended with ${code}`)));
  });
  return { outcome, stop: async () => void (await worker.terminate()) };
}
