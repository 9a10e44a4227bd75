import { existsSync, statSync } from 'node:fs';
import { ok, type Result } from '../../units/index.ts';
import { connected, isDatabase, type BindingOption, type OpenFault } from './database-file.ts';
import type { DatabaseName } from './handles.ts';
import { copyBefore } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** What opening an older file does first: it is copied aside, which takes as long as the file is large. */
export type UpdateDue = {
  readonly bytes: number;
  /** Bytes of the copy so far. */
  readonly copied: () => number;
};

/** Whether a file was written by an older program; a file that can't be read is refused by its name. */
export function updateDue(
  name: DatabaseName,
  file: string,
  options: BindingOption,
): Result<UpdateDue | null, OpenFault> {
  if (!existsSync(file)) return ok(null);
  const read = connected(file, true, options, (db) => {
    const version = isDatabase(db) ? Number(db.pragma('user_version', { simple: true })) : 0;
    db.close();
    return ok(version);
  });
  if (!read.ok) return read;
  const version = read.value;
  if (version === 0 || version >= MIGRATIONS[name].length) return ok(null);
  const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return ok({ bytes: sizeOf(file), copied: () => sizeOf(copyBefore(file, version)) });
}
