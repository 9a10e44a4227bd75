import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BuiltPayload } from '../../batch/index.ts';
import type { BuildJob } from './build-job.ts';
import type { PackageJob, PackageOutcome } from './package-job.ts';

/** Run from its source, or from the bundle: there it is an entry of its own beside `chunks/`. */
function workerFile(): string {
  const here = import.meta.dirname;
  if (import.meta.filename.endsWith('.ts')) return path.join(here, 'worker.ts');
  return path.join(path.basename(here) === 'chunks' ? path.dirname(here) : here, 'exchange-worker.js');
}

function run<Outcome>(kind: string, job: object): Promise<Outcome> {
  const worker = new Worker(workerFile(), { workerData: { kind, job } });
  return new Promise((resolve, reject) => {
    worker.on('message', ({ outcome }: { outcome: Outcome }) => resolve(outcome));
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the thread of a ${kind} ended with ${code}`)));
  });
}

/** Packs a range on a thread of its own, so that no sale waits for it. Rejects when the thread fails. */
export async function buildInWorker(job: BuildJob): Promise<BuiltPayload | undefined> {
  return (await run<BuiltPayload | null>('build', job)) ?? undefined;
}

/** Checks and applies a package on a thread of its own. */
export function packageInWorker(job: PackageJob): Promise<PackageOutcome> {
  return run('package', job);
}
