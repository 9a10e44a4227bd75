import { Worker } from 'node:worker_threads';
import type { CheckpointJob } from './checkpoint-job.ts';
import { StorageError } from './storage-error.ts';
import { workerFile } from './worker-file.ts';

export type Checkpoints = {
  /** Something was committed: the log is moved once it is quiet, or after enough of them. */
  readonly committed: () => void;
  /** Ends the thread. What the log still holds, closing the database moves. */
  readonly close: () => Promise<void>;
};

/** A counter that is quiet for this long has time for the disk. */
const QUIET_MS = 2_000;
/**
 * A counter that is never quiet: so many sales fill some megabytes. A log that stays short is written over places of
 * the disk that it has already, which takes a commit a third less than new ones.
 */
const MOST_COMMITS = 20;

/**
 * Moves a database's write-ahead log into its file from time to time, on a thread of its own. A commit that
 * comes while the log is begun anew waits for that, which has nothing left to move then. `onFault` is told what the disk said.
 */
export function openCheckpoints(job: CheckpointJob, onFault: (error: StorageError) => void): Checkpoints {
  let timer: NodeJS.Timeout | undefined;
  let worker: Worker | undefined;
  let [commits, busy] = [0, false];
  const done = (fault: { readonly sqliteCode: string; readonly message: string } | null): void => {
    busy = false;
    if (fault) onFault(new StorageError(fault.sqliteCode, fault.message));
  };
  const start = (): Worker => {
    const started = new Worker(workerFile(import.meta, 'checkpoint-worker.ts', 'checkpoint-worker.js'), {
      workerData: job,
    });
    started.unref();
    started.on('message', done);
    // A thread that died has moved nothing; the next commit starts another, and a commit's own bound holds.
    started.on('error', () => undefined);
    started.on('exit', () => {
      worker = undefined;
      busy = false;
    });
    return started;
  };
  const run = (): void => {
    clearTimeout(timer);
    if (busy) {
      timer = setTimeout(run, QUIET_MS).unref();
      return;
    }
    [commits, busy] = [0, true];
    worker ??= start();
    worker.postMessage(null, []);
  };
  return {
    committed: () => {
      clearTimeout(timer);
      commits += 1;
      if (commits >= MOST_COMMITS) run();
      else timer = setTimeout(run, QUIET_MS).unref();
    },
    close: async () => {
      clearTimeout(timer);
      await worker?.terminate();
    },
  };
}
