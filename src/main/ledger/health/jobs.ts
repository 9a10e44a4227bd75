import { ok, type Result } from '../../../units/index.ts';
import { openWriter, type BindingOption, type DatabaseName, type OpenFault } from '../../store/index.ts';
import type { ChainSummary } from '../verify.ts';
import {
  makeBackup,
  newestBackup,
  type BackupOptions,
  type MadeBackup,
  type NewestBackup,
  type NewestOptions,
} from './backup.ts';
import { checkBooks, type CheckOptions, type CheckProgress } from './check-books.ts';
import type { BackupFault, Finding } from './faults.ts';

/** What a worker thread does for the station; plain data, since it crosses to the thread. */
export type Job =
  | { readonly kind: 'check'; readonly options: Omit<CheckOptions, 'onProgress'> }
  | { readonly kind: 'backup'; readonly options: Omit<BackupOptions, 'onProgress'> }
  | { readonly kind: 'newest'; readonly options: NewestOptions }
  | { readonly kind: 'update'; readonly options: UpdateOptions };

/** A file that an older program wrote. */
export type UpdateOptions = BindingOption & { readonly name: DatabaseName; readonly file: string };

export type JobOutcomes = {
  readonly check: Result<ChainSummary, Finding>;
  readonly backup: Result<MadeBackup, BackupFault>;
  readonly newest: Result<NewestBackup | null, BackupFault>;
  readonly update: Result<null, OpenFault>;
};
/** `update`: the copy of an older program's file is whole, and its tables are brought up. */
export type JobProgress = CheckProgress | { readonly stage: 'copy' | 'update' };

export function runJob(job: Job, onProgress: (progress: JobProgress) => void): JobOutcomes[Job['kind']] {
  if (job.kind === 'check') return checkBooks({ ...job.options, onProgress });
  if (job.kind === 'backup') return makeBackup({ ...job.options, onProgress });
  if (job.kind === 'newest') return newestBackup(job.options);
  return bringUp(job.options, onProgress);
}

/** Copied aside and brought to the newest version, as every opening does. */
function bringUp(
  { name, file, sqliteBinding }: UpdateOptions,
  onProgress: (progress: JobProgress) => void,
): JobOutcomes['update'] {
  const onCopied = (): void => onProgress({ stage: 'update' });
  const opened = openWriter(name, file, { sqliteBinding, mustExist: true, onCopied });
  if (!opened.ok) return opened;
  opened.value.close();
  return ok(null);
}
