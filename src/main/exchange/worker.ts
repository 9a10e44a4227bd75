import { parentPort, workerData } from 'node:worker_threads';
import { standBack } from '../store/index.ts';
import { runBuild, type BuildJob } from './build-job.ts';
import { runPackage, type PackageJob } from './package-job.ts';

standBack();

/** The thread's one job: its outcome goes to the thread that started it. */
const { kind, job } = workerData as { kind: 'build'; job: BuildJob } | { kind: 'package'; job: PackageJob };
const outcome = kind === 'build' ? ((await runBuild(job)) ?? null) : runPackage(job);
parentPort?.postMessage({ outcome }, []);
