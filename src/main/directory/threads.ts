import { Worker } from 'node:worker_threads';
import type { CallFault, SearchHit } from '../../contract/index.ts';
import type { Result } from '../../units/index.ts';
import { workerFile } from '../store/index.ts';
import type { ImportProgress } from './import/import-csv.ts';
import type { DirectoryJob, ImportJob, ImportMessage, ImportResult, SearchAnswer } from './jobs.ts';

function startThread(job: DirectoryJob): Worker {
  return new Worker(workerFile(import.meta, 'worker.ts', 'directory-worker.js'), { workerData: job });
}

export type DirectorySearch = {
  /** As `searchDirectory`, on a thread of its own. Rejects when that thread has died; the next one starts anew. */
  readonly search: (text: string) => Promise<Result<SearchHit[], CallFault>>;
  readonly close: () => Promise<void>;
};

/**
 * Searches on a thread, so that looking among a million keeps nobody waiting who sells. The thread starts with
 * the first search.
 */
export function startSearch(place: Omit<DirectoryJob & { kind: 'search' }, 'kind'>): DirectorySearch {
  type Waiting = { resolve: (found: SearchAnswer['found']) => void; reject: (error: Error) => void };
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let worker: Worker | undefined;
  const start = (): Worker => {
    const started = startThread({ kind: 'search', ...place });
    const ended = (error: Error): void => {
      if (worker === started) worker = undefined;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    started.on('message', ({ id, found }: SearchAnswer) => {
      waiting.get(id)?.resolve(found);
      waiting.delete(id);
    });
    started.on('error', (error) => ended(error instanceof Error ? error : new Error(String(error))));
    started.on('exit', () => ended(new Error('the thread that searches has ended')));
    return started;
  };
  return {
    search: (text) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        asked += 1;
        waiting.set(asked, { resolve, reject });
        worker.postMessage({ id: asked, text }, []);
      }),
    close: async () => {
      await worker?.terminate();
    },
  };
}

export type RunningImport = {
  /** Rejects when the thread died; what is wrong with the file is a value. */
  readonly outcome: Promise<ImportResult>;
  /** Ends the import behind the lines that it is at. */
  readonly stop: () => void;
};

/** Takes a file of customers on a thread of its own, with a writer of its own. */
export function startImport(job: ImportJob, onProgress: (progress: ImportProgress) => void): RunningImport {
  const worker = startThread({ kind: 'import', ...job });
  const outcome = new Promise<ImportResult>((resolve, reject) => {
    worker.on('message', ({ progress, outcome: ended }: ImportMessage) => {
      if (progress) onProgress(progress);
      if (ended) resolve(ended);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the thread of an import ended with ${code}`)));
  });
  return { outcome, stop: () => worker.postMessage('stop', []) };
}
