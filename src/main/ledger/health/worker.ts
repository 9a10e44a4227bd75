import { parentPort, workerData } from 'node:worker_threads';
import { standBack } from '../../store/index.ts';
import { runJob, type Job } from './jobs.ts';

/** The thread's one job: progress and the outcome go to the thread that started it. */
const job = workerData as Job;
// Beside a till that sells. For an update, and for the chain at a start, somebody waits.
if (job.kind === 'backup' || (job.kind === 'check' && !job.options.chainOnly)) standBack();
const outcome = runJob(job, (progress) => parentPort?.postMessage({ progress }, []));
parentPort?.postMessage({ outcome }, []);
