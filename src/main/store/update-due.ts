import { existsSync, statSync } from 'node:fs';
import { connect, isDatabase, type BindingOption } from './database-file.ts';
import type { DatabaseName } from './handles.ts';
import { copyBefore } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** What opening an older file does first: it is copied aside, which takes as long as the file is large. */
export type UpdateDue = {
  readonly bytes: number;
  /** Bytes of the copy so far. */
  readonly copied: () => number;
};

/** Whether a file was written by an older program. What is wrong with it otherwise, opening it says. */
export function updateDue(name: DatabaseName, file: string, options: BindingOption): UpdateDue | undefined {
  if (!existsSync(file)) return undefined;
  const version = versionOf(file, options);
  if (version === 0 || version >= MIGRATIONS[name].length) return undefined;
  const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return { bytes: sizeOf(file), copied: () => sizeOf(copyBefore(file, version)) };
}

/** Zero for what is no database. */
function versionOf(file: string, options: BindingOption): number {
  const db = connect(file, true, options);
  try {
    return isDatabase(db) ? Number(db.pragma('user_version', { simple: true })) : 0;
  } finally {
    db.close();
  }
}
