import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { runJob, type Job } from './jobs.ts';

/** Customers come first: Linux lets a single thread stand back behind the one that sells. */
function standBack(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(Number(path.basename(readlinkSync('/proc/thread-self'))), 10);
  } catch {
    // Where there is no such folder the thread works all the same.
  }
}

standBack();

/** One job after the other: progress and each outcome go to the thread that asked. */
parentPort?.on('message', async (job: Job) => {
  const outcome = await runJob(job, (progress) => parentPort?.postMessage({ progress }, []));
  parentPort?.postMessage({ done: true, outcome }, []);
});
