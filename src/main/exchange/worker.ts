import { parentPort, workerData } from 'node:worker_threads';
import { standBack } from '../store/index.ts';
import { runBuild, type BuildJob } from './build-job.ts';
import { runPackage, type PackageJob } from './package-job.ts';

/** The thread's one job: its outcome goes to the thread that started it. */
const { kind, job } = workerData as { kind: 'build'; job: BuildJob } | { kind: 'package'; job: PackageJob };
// A package holds the directory for as long as it is applied, and is not to be kept from ending that.
if (kind === 'build') standBack();
const outcome = kind === 'build' ? ((await runBuild(job)) ?? null) : runPackage(job);
parentPort?.postMessage({ outcome }, []);
