import { setTimeout as wait } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';

/** For so long the end waits for threads; one that a disk no longer answers ends with the process only. */
const THREADS_MS = 2_000;

/**
 * Counts this process's threads from now on, and returns what ends it with a code. `exit` waits for every thread, for
 * ever where one hangs in the file system, and whoever opens the program meanwhile hears that it is open already: such
 * a process is killed. Close first what has to be kept.
 */
export function endWithThreads(exit: (code: number) => void): (code: number) => Promise<void> {
  const alive = new Set<Worker>();
  process.on('worker', (worker) => {
    alive.add(worker);
    worker.once('exit', () => alive.delete(worker));
  });
  return async (code) => {
    const ended = Promise.all([...alive].map((worker) => worker.terminate())).then(() => true);
    if (!(await Promise.race([ended, wait(THREADS_MS, false)]))) process.kill(process.pid, 'SIGKILL');
    exit(code);
  };
}
