import { connect, type BindingOption } from './database-file.ts';
import { WRITER_PRAGMAS } from './pragmas.ts';

/** What a thread needs to know of a database to move its write-ahead log into it. */
export type CheckpointJob = BindingOption & { readonly file: string };

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
    if (moveAll(db) && isAllMoved(pass(db, 'RESTART'))) {
      db.pragma(`user_version = ${Number(db.pragma('user_version', { simple: true }))}`);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')))
      throw error;
  } finally {
    db.close();
  }
}

/** What comes into the log during one pass is little, and less during the next; a till that never stops is left alone. */
const MOST_PASSES = 8;

/**
 * Moves until nothing came in meanwhile. Only then is the log begun anew: that keeps writers out, and whatever it still
 * had to move they would have to wait for.
 */
function moveAll(db: Connection): boolean {
  for (let made = 0; made < MOST_PASSES; made += 1) if (isAllMoved(pass(db, 'PASSIVE'))) return true;
  return false;
}

function pass(db: Connection, kind: 'PASSIVE' | 'RESTART'): Moved | undefined {
  return (db.pragma(`wal_checkpoint(${kind})`) as Moved[])[0];
}

const isAllMoved = (moved: Moved | undefined): boolean =>
  moved?.busy === 0 && moved.log > 0 && moved.log === moved.checkpointed;

type Connection = ReturnType<typeof connect>;

/** What SQLite answers to a checkpoint: whether it was kept from it, frames in the log, and how many were moved. */
type Moved = { readonly busy: number; readonly log: number; readonly checkpointed: number };
