import { closeSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { assert } from '../../units/index.ts';
import { syncFile, syncFolder } from './durable-files.ts';
import type { Migration } from './migrations/index.ts';

/** Where the copy of a database goes before it is brought up from an older version. */
export function copyBefore(file: string, fromVersion: number): string {
  return `${file}.v${fromVersion}.backup`;
}

/**
 * Brings a database to the newest version: all missing migrations in one transaction, so that a power cut
 * leaves either the old version or the new one. The version is SQLite's user_version. An older file is first
 * copied aside, whole and synced: going back to an older program is by that copy only. `onCopied` is told of it.
 */
export function migrate(
  db: Database.Database,
  migrations: readonly Migration[],
  file: string,
  onCopied: () => void = () => undefined,
): void {
  const from = Number(db.pragma('user_version', { simple: true }));
  const missing = migrations.filter((migration) => migration.version > from);
  const last = missing.at(-1);
  if (!last) return;
  if (from > 0) {
    copyAside(db, copyBefore(file, from));
    onCopied();
  }
  withoutForeignKeys(db, () =>
    db
      .transaction(() => {
        for (const migration of missing) db.exec(migration.sql);
        const strays = db.pragma('foreign_key_check') as readonly { readonly table: string }[];
        assert(
          strays.length === 0,
          `every row of ${strays[0]?.table ?? 'a table'} has the row that it names`,
        );
        db.pragma(`user_version = ${last.version}`);
      })
      .immediate(),
  );
}

/**
 * A table that others name can only be made anew while nothing minds them; SQLite takes this switch outside a
 * transaction only. What they name is checked at the end of it instead.
 */
function withoutForeignKeys(db: Database.Database, work: () => void): void {
  const before = Number(db.pragma('foreign_keys', { simple: true }));
  db.pragma('foreign_keys = OFF');
  try {
    work();
  } finally {
    db.pragma(`foreign_keys = ${before}`);
  }
}

/** A copy that is there is whole: half of one only takes the room that the next try needs. */
function copyAside(db: Database.Database, copy: string): void {
  // A copy from a try that a power cut ended may be half a file.
  rmSync(copy, { force: true });
  try {
    // Made for its owner alone before anything is in it: names, phones and unused tokens.
    closeSync(openSync(copy, 'wx', 0o600));
    db.prepare('VACUUM INTO ?').run(copy);
    syncFile(copy);
    syncFolder(path.dirname(copy));
  } catch (error) {
    rmSync(copy, { force: true });
    throw error;
  }
}
