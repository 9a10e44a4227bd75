/** The health of the books: checks beside a station that sells, verified backups, and the way back from one. */
export {
  listBackups,
  makeBackup,
  newestBackup,
  verifyBackup,
  type Backup,
  type BackupOptions,
  type ListedBackup,
  type MadeBackup,
  type NewestBackup,
} from './backup.ts';
export { checkBooks, findingOf, type CheckOptions, type CheckProgress } from './check-books.ts';
export type { BackupFault, Finding, RestoreFault } from './faults.ts';
export type { JobProgress } from './jobs.ts';
export { MANIFEST_FILE, type Manifest } from './manifest.ts';
export {
  readLost,
  recallFromExport,
  recallRecords,
  withRestored,
  type LeftRecord,
  type RecallFault,
  type RecallOutcome,
} from './recall.ts';
export { restoreBackup, type Restored, type RestoreOptions } from './restore.ts';
export { startBackup, startCheck, startNewest, startUpdate, type RunningJob } from './run-in-worker.ts';
