import { existsSync, statSync } from 'node:fs';
import { ok } from '../../units/index.ts';
import { connected, isDatabase, type BindingOption } from './database-file.ts';
import type { DatabaseName } from './handles.ts';
import { copyBefore } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** What opening an older file does first: it is copied aside, which takes as long as the file is large. */
export type UpdateDue = {
  readonly bytes: number;
  /** Bytes of the copy so far. */
  readonly copied: () => number;
};

/**
 * Whether a file was written by an older program. One that can't be read like this is not due: opening it as a writer rolls
 * back what a start that died has begun, or says what is wrong.
 */
export function updateDue(name: DatabaseName, file: string, options: BindingOption): UpdateDue | undefined {
  if (!existsSync(file)) return undefined;
  const read = connected(file, true, options, (db) => {
    const version = isDatabase(db) ? Number(db.pragma('user_version', { simple: true })) : 0;
    db.close();
    return ok(version);
  });
  const version = read.ok ? read.value : 0;
  if (version === 0 || version >= MIGRATIONS[name].length) return undefined;
  const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return { bytes: sizeOf(file), copied: () => sizeOf(copyBefore(file, version)) };
}
