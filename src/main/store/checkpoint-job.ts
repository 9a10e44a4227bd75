import { connect, type BindingOption } from './database-file.ts';
import { WRITER_PRAGMAS } from './pragmas.ts';

/** What a thread needs to know of a database to move its write-ahead log into it. */
export type CheckpointJob = BindingOption & { readonly file: string };

/**
 * What came into the log while the first pass moved the rest is little, what came in during the second is less: the
 * last one keeps writers out for as long as that takes, and makes the next write begin the log anew.
 */
const PASSES = ['PASSIVE', 'PASSIVE', 'RESTART'] as const;

/**
 * Moves what the write-ahead log holds into the file, as far as readers allow. When all of it could be moved, the log
 * is begun anew here: its first write waits for the disk once more than others, and shall not be a sale's. Takes as
 * long as the disk does: not for main's thread. Throws SQLite's errors.
 */
export function runCheckpoint({ file, ...options }: CheckpointJob): void {
  const db = connect(file, false, options);
  try {
    for (const pragma of WRITER_PRAGMAS) db.pragma(pragma);
    // A writer that is at work comes first: the next checkpoint is soon.
    db.pragma('busy_timeout = 0');
    const [moved] = PASSES.flatMap((pass) => db.pragma(`wal_checkpoint(${pass})`) as Moved[]).slice(-1);
    if (moved?.busy === 0 && moved.log > 0 && moved.log === moved.checkpointed) {
      db.pragma(`user_version = ${Number(db.pragma('user_version', { simple: true }))}`);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')))
      throw error;
  } finally {
    db.close();
  }
}

/** What SQLite answers to a checkpoint: whether it was kept from it, frames in the log, and how many were moved. */
type Moved = { readonly busy: number; readonly log: number; readonly checkpointed: number };
