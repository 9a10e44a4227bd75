import { parentPort, workerData } from 'node:worker_threads';
import { runCheckpoint, type CheckpointJob } from './checkpoint-job.ts';
import { toStorageError } from './storage-error.ts';

/** Does the one thing each time it is asked; says `null`, or what SQLite said. */
parentPort?.on('message', () => {
  try {
    runCheckpoint(workerData as CheckpointJob);
    parentPort?.postMessage(null, []);
  } catch (error) {
    const { sqliteCode } = toStorageError(error);
    const message = error instanceof Error ? error.message : String(error);
    parentPort?.postMessage({ sqliteCode, message }, []);
  }
});
