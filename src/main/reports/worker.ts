import { parentPort, workerData } from 'node:worker_threads';
import { runJob, type Job } from './jobs.ts';

/** The thread's one job: progress and the outcome go to the thread that started it. */
const outcome = await runJob(workerData as Job, (progress) => parentPort?.postMessage({ progress }, []));
parentPort?.postMessage({ done: true, outcome }, []);
