import { parentPort } from 'node:worker_threads';
import { checkBatch, type CheckJob } from './check-batch.ts';

/** One job after the other, each answered under its number. */
parentPort?.on('message', ({ id, job }: { readonly id: number; readonly job: CheckJob }) => {
  const checked = checkBatch(job);
  const bytes = checked.ok ? checked.value.copies.map((copy) => copy.bytes.buffer as ArrayBuffer) : [];
  parentPort?.postMessage({ id, checked }, bytes);
});
