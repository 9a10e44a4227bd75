import type Database from 'better-sqlite3';
import type { Migration } from './migrations/index.ts';

/** Copies the file (with its write-ahead log) aside before it is changed; throws when it cannot. */
export type BackupBefore = (db: Database.Database, fromVersion: number) => void;

/**
 * Brings a database to the newest version: all missing migrations in one transaction, so that a power cut
 * leaves either the old version or the new one. The version is SQLite's user_version.
 */
export function migrate(
  db: Database.Database,
  migrations: readonly Migration[],
  backupBefore: BackupBefore | undefined,
): void {
  const from = Number(db.pragma('user_version', { simple: true }));
  const missing = migrations.filter((migration) => migration.version > from);
  const last = missing.at(-1);
  if (!last) return;
  if (from > 0 && backupBefore) backupBefore(db, from);
  db.transaction(() => {
    for (const migration of missing) db.exec(migration.sql);
    db.pragma(`user_version = ${last.version}`);
  }).immediate();
}
