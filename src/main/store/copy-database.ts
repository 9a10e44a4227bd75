import { chmodSync } from 'node:fs';
import { err, ok, type Result } from '../../units/index.ts';
import {
  connected,
  faultOf,
  foreign,
  isDatabase,
  refuse,
  type BindingOption,
  type OpenFault,
} from './database-file.ts';
import { syncFile } from './durable-files.ts';
import type { DatabaseName } from './handles.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { toStorageError } from './storage-error.ts';

/** What SQLite says of the file that is read; everything else is about the one that is written. */
const OF_THE_SOURCE = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR_READ', 'SQLITE_IOERR_SHORT_READ'];

/**
 * Writes one consistent state of a database into a new file (its owner's alone), through to the disk, while others go on reading
 * and writing. Blocks its thread for as long as that takes: call it from a worker. A source that can't be read to its end
 * is refused by its name; throws StorageError's SqliteError when the target can't be written.
 */
export function copyDatabase(
  name: DatabaseName,
  from: string,
  to: string,
  options: BindingOption,
): Result<null, OpenFault> {
  const opened = connected(from, true, options, (db) => {
    const refused = !isDatabase(db) ? foreign(from) : refuse(db, name, from, MIGRATIONS[name]);
    return refused ? err(refused) : ok(db);
  });
  if (!opened.ok) return opened;
  try {
    opened.value.prepare('VACUUM INTO ?').run(to);
  } catch (error) {
    const { sqliteCode } = toStorageError(error);
    if (!OF_THE_SOURCE.some((prefix) => sqliteCode.startsWith(prefix))) throw error;
    return err(faultOf(from, error));
  } finally {
    opened.value.close();
  }
  chmodSync(to, 0o600);
  syncFile(to);
  return ok(null);
}
