import type { Result } from '../../../units/index.ts';
import type { ChainSummary } from '../verify.ts';
import { makeBackup, type BackupOptions, type MadeBackup } from './backup.ts';
import { checkBooks, type CheckOptions, type CheckProgress } from './check-books.ts';
import type { BackupFault, Finding } from './faults.ts';

/** What a worker thread does for the station; plain data, since it crosses to the thread. */
export type Job =
  | { readonly kind: 'check'; readonly options: Omit<CheckOptions, 'onProgress'> }
  | { readonly kind: 'backup'; readonly options: Omit<BackupOptions, 'onProgress'> };

export type JobOutcomes = {
  readonly check: Result<ChainSummary, Finding>;
  readonly backup: Result<MadeBackup, BackupFault>;
};
export type JobProgress = CheckProgress | { readonly stage: 'copy' };

export function runJob(job: Job, onProgress: (progress: JobProgress) => void): JobOutcomes[Job['kind']] {
  return job.kind === 'check'
    ? checkBooks({ ...job.options, onProgress })
    : makeBackup({ ...job.options, onProgress });
}
