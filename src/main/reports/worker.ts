import { parentPort } from 'node:worker_threads';
import { standBack } from '../store/index.ts';
import { runJob, type Job } from './jobs.ts';

standBack();

/** One job after the other: progress and each outcome go to the thread that asked. */
parentPort?.on('message', async (job: Job) => {
  const outcome = await runJob(job, (progress) => parentPort?.postMessage({ progress }, []));
  parentPort?.postMessage({ done: true, outcome }, []);
});
