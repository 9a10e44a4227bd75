import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { workerFile } from '../../store/index.ts';
import type { BackupOptions, NewestOptions } from './backup.ts';
import type { CheckOptions } from './check-books.ts';
import type { Job, JobOutcomes, JobProgress, UpdateOptions } from './jobs.ts';

export type RunningJob<Outcome> = {
  /** Rejects when the thread died or was stopped; what a job finds is a value. */
  readonly outcome: Promise<Outcome>;
  /**
   * Ends the thread at its next step; a backup under way then never counts. One that hangs in a disk which no longer
   * answers has no next step: nobody waits for it for longer than `STOP_MS`, and it ends with the process.
   */
  readonly stop: () => Promise<void>;
};

const STOP_MS = 3_000;

/** Checks the books on a thread of its own, beside a station that sells from them. */
export function startCheck(
  options: Omit<CheckOptions, 'onProgress'>,
  onProgress?: (progress: JobProgress) => void,
): RunningJob<JobOutcomes['check']> {
  return start<JobOutcomes['check']>({ kind: 'check', options }, onProgress);
}

/** Makes a verified backup on a thread of its own. */
export function startBackup(
  options: Omit<BackupOptions, 'onProgress'>,
  onProgress?: (progress: JobProgress) => void,
): RunningJob<JobOutcomes['backup']> {
  return start<JobOutcomes['backup']>({ kind: 'backup', options }, onProgress);
}

/** Looks for the newest backup on a thread of its own: whoever waits for a disk is not the counter. */
export function startNewest(options: NewestOptions): RunningJob<JobOutcomes['newest']> {
  return start<JobOutcomes['newest']>({ kind: 'newest', options });
}

/** Brings a database of an older program up on a thread of its own, before anybody has it open. */
export function startUpdate(
  options: UpdateOptions,
  onProgress?: (progress: JobProgress) => void,
): RunningJob<JobOutcomes['update']> {
  return start<JobOutcomes['update']>({ kind: 'update', options }, onProgress);
}

function start<Outcome>(
  job: Job,
  onProgress: (progress: JobProgress) => void = () => undefined,
): RunningJob<Outcome> {
  const worker = new Worker(workerFile(import.meta, 'worker.ts', 'health-worker.js'), { workerData: job });
  const outcome = new Promise<Outcome>((resolve, reject) => {
    worker.on('message', (message: { progress?: JobProgress; outcome?: Outcome }) => {
      if (message.progress) onProgress(message.progress);
      if (message.outcome) resolve(message.outcome);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the thread of a ${job.kind} ended with ${code}`)));
  });
  const stop = async (): Promise<void> => {
    await Promise.race([worker.terminate(), wait(STOP_MS, undefined, { ref: false })]);
  };
  return { outcome, stop };
}
