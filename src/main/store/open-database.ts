import { chmodSync, existsSync, statSync } from 'node:fs';
import { err, ok, type Result } from '../../units/index.ts';
import {
  APPLICATION_ID,
  connected,
  foreign,
  isDatabase,
  isEmptyDatabase,
  refuse,
  type BindingOption,
  type OpenFault,
} from './database-file.ts';
import { readerOf, writerOf, type ClosableReader, type DatabaseName, type Writer } from './handles.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS, type Migration } from './migrations/index.ts';
import { AUTO_CHECKPOINT_PAGES, WRITER_PRAGMAS } from './pragmas.ts';
import type { StorageError } from './storage-error.ts';

export type OpenOptions = BindingOption & {
  /** Told once when the disk or the file fails under the writer. */
  readonly onFatal?: (error: StorageError) => void;
  /** Asked when the disk is full; true makes the writer try the same transaction once more. */
  readonly onFull?: () => boolean;
  /** Told when a file of an older program is copied aside, and its tables are brought up. */
  readonly onCopied?: () => void;
  /** The file was there before: one that is gone, or has nothing in it, is not begun anew. */
  readonly mustExist?: boolean;
  /** For tests of the migrations themselves. */
  readonly migrations?: readonly Migration[];
};

const READER_PRAGMAS = [
  'query_only = ON',
  'trusted_schema = OFF',
  'cell_size_check = ON',
  'busy_timeout = 5000',
];

/**
 * Opens a database file as its one writer and brings it to the newest version; makes it where there is none, unless it
 * must exist. A file that is gone and has left its write-ahead log is missing, not new: SQLite would take the log away
 * with the last commits in it.
 */
export function openWriter<Name extends DatabaseName>(
  name: Name,
  file: string,
  options: OpenOptions = {},
): Result<Writer<Name>, OpenFault> {
  const migrations = options.migrations ?? MIGRATIONS[name];
  const lost: Result<never, OpenFault> = err({ code: 'database-missing', params: { file } });
  const missing = bytesOf(file) === 0;
  if (missing && (options.mustExist || bytesOf(`${file}-wal`) > 0)) return lost;
  return connected(file, false, options, (db) => {
    if (!missing && !isDatabase(db)) return err(foreign(file));
    // The power may go between the first page of a new file and the marks that say whose it is.
    const fresh = missing || isEmptyDatabase(db);
    if (fresh && options.mustExist) return lost;
    const refused = fresh ? undefined : refuse(db, name, file, migrations);
    if (refused) return err(refused);
    for (const pragma of WRITER_PRAGMAS) db.pragma(pragma);
    db.pragma(`wal_autocheckpoint = ${AUTO_CHECKPOINT_PAGES[name]}`);
    // Names, phones and unused tokens: for the owner's eyes. The write-ahead log takes the mode after it.
    chmodSync(file, 0o600);
    if (fresh) db.pragma(`application_id = ${APPLICATION_ID[name]}`);
    migrate(db, migrations, file, options.onCopied);
    // The first write of a new log costs a wait more, and can change the level back in WAL mode: it is made here, not
    // by the first sale. Then the level is asked for again, to make sure.
    db.pragma(`user_version = ${migrations.length}`);
    db.pragma('synchronous = FULL');
    if (db.pragma('synchronous', { simple: true }) !== 2) throw new Error('synchronous is not FULL');
    const { onFatal = () => undefined, onFull = () => false } = options;
    return ok(writerOf<Name>(db, { onFatal, onFull }));
  });
}

/** Zero for a file that isn't there, too. */
const bytesOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

/** Opens an existing database for reading only, beside a writer in this or another process. */
export function openReader<Name extends DatabaseName>(
  name: Name,
  file: string,
  options: OpenOptions = {},
): Result<ClosableReader<Name>, OpenFault> {
  if (!existsSync(file)) return err({ code: 'database-missing', params: { file } });
  return connected(file, true, options, (db) => {
    const refused = !isDatabase(db)
      ? foreign(file)
      : refuse(db, name, file, options.migrations ?? MIGRATIONS[name]);
    if (refused) return err(refused);
    for (const pragma of READER_PRAGMAS) db.pragma(pragma);
    return ok(readerOf<Name>(db));
  });
}
