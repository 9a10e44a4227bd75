import { parentPort, workerData } from 'node:worker_threads';
import { standBack } from '../../store/index.ts';
import { runJob, type Job } from './jobs.ts';

standBack();

/** The thread's one job: progress and the outcome go to the thread that started it. */
const job = workerData as Job;
const outcome = runJob(job, (progress) => parentPort?.postMessage({ progress }, []));
parentPort?.postMessage({ outcome }, []);
