import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FileFault } from '../batch/index.ts';
import type { Result } from '../units/index.ts';
import type { CheckedBatch, CheckJob } from './check-batch.ts';

type Outcome = Result<CheckedBatch, FileFault>;

export type Checkers = {
  readonly check: (job: CheckJob) => Promise<Outcome>;
  readonly close: () => Promise<void>;
};

/** How much memory a thread has for what does not live long: rows are read, hashed, written and gone. */
const YOUNG_MEGABYTES = 64;

/**
 * Threads that check batches beside the one that talks to the database. A job goes to the thread with the fewest.
 * When a thread fails, its jobs reject.
 */
export function openCheckers(threads: number): Checkers {
  const pool = Array.from({ length: threads }, openThread);
  return {
    check: (job) => {
      const thread = pool.reduce((best, each) => (each.waiting() < best.waiting() ? each : best));
      return thread.check(job);
    },
    close: async () => {
      await Promise.all(pool.map((thread) => thread.close()));
    },
  };
}

type Thread = Checkers & { readonly waiting: () => number };

type Waiting = { readonly resolve: (outcome: Outcome) => void; readonly reject: (error: unknown) => void };

function openThread(): Thread {
  const worker = new Worker(path.join(import.meta.dirname, 'check-worker.ts'), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let failure: unknown;
  worker.on('message', ({ id, checked }: { readonly id: number; readonly checked: Outcome }) => {
    waiting.get(id)?.resolve(checked);
    waiting.delete(id);
  });
  const fail = (error: unknown): void => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`a thread that checks batches ended with ${code}`)));
  return {
    waiting: () => waiting.size,
    check: (job) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        if (failure === undefined) worker.postMessage({ id: last, job }, []);
        else fail(failure);
      }),
    close: async () => void (await worker.terminate()),
  };
}
