import type { RunningJob } from '../reports/index.ts';
import { StorageError, type LedgerWriter } from '../store/index.ts';

/** A job that reads the books on a thread: when the disk or the file fails there, it has failed for the writer too. */
export function heeding<Outcome>(ledger: LedgerWriter, job: RunningJob<Outcome>): RunningJob<Outcome> {
  job.outcome.catch((error: unknown) => {
    if (error instanceof StorageError) ledger.heed(error);
  });
  return job;
}
