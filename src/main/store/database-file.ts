import { statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { err, type Result } from '../../units/index.ts';
import { freeBytesOf } from './free-space.ts';
import type { DatabaseName } from './handles.ts';
import type { Migration } from './migrations/index.ts';
import { toStorageError } from './storage-error.ts';

/** Marks a file as ours: "KWL1" and "KWD1" in ASCII. */
export const APPLICATION_ID: Readonly<Record<DatabaseName, number>> = {
  ledger: 0x4b574c31,
  directory: 0x4b574431,
};

export type OpenFault =
  | { readonly code: 'database-missing'; readonly params: { file: string } }
  | { readonly code: 'database-newer'; readonly params: { file: string; found: number; known: number } }
  | { readonly code: 'database-foreign'; readonly params: { file: string } }
  | { readonly code: 'database-no-room'; readonly params: { file: string; megabytes: number } }
  /** Another program holds the file for longer than one waits. */
  | { readonly code: 'database-busy'; readonly params: { file: string } }
  /** The disk or this account's rights stand in the way; what the file holds is not known to be wrong. */
  | { readonly code: 'database-unreadable'; readonly params: { file: string; reason: string } }
  | { readonly code: 'database-damaged'; readonly params: { file: string; reason: string } };

export type BindingOption = {
  /** A native SQLite binding to use instead of the packaged one; a setting for development runtimes. */
  readonly sqliteBinding?: string | undefined;
};

/** `:memory:` makes a database that no file stands for. */
export function connect(file: string, readonly: boolean, options: BindingOption): Database.Database {
  const binding = options.sqliteBinding === undefined ? {} : { nativeBinding: options.sqliteBinding };
  return new Database(file, { readonly, fileMustExist: readonly, ...binding });
}

/** Why a file is not opened: somebody else's, or written by a newer program. */
export function refuse(
  db: Database.Database,
  name: DatabaseName,
  file: string,
  migrations: readonly Migration[],
): OpenFault | undefined {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID[name]) return foreign(file);
  const found = Number(db.pragma('user_version', { simple: true }));
  const known = migrations.length;
  return found > known ? { code: 'database-newer', params: { file, found, known } } : undefined;
}

/** A database without a mark, a version or a table: begun by somebody and never used. */
export function isEmptyDatabase(db: Database.Database): boolean {
  const marks = ['application_id', 'user_version'].map((name) => db.pragma(name, { simple: true }));
  const tables = db.prepare('SELECT count(*) AS n FROM sqlite_schema').get() as { n: number };
  return marks.every((mark) => mark === 0) && tables.n === 0;
}

export function foreign(file: string): OpenFault {
  return { code: 'database-foreign', params: { file } };
}

/**
 * Whether SQLite takes the file behind this connection for one of its own. Asked of SQLite and never read from the file:
 * a process that closes a file of its own loses every lock that any thread of it has on that file, and the next
 * program that looks into the books would then take the write-ahead log away from under the till.
 */
export function isDatabase(db: Database.Database): boolean {
  try {
    db.pragma('schema_version');
    return true;
  } catch (error) {
    if (toStorageError(error).sqliteCode === 'SQLITE_NOTADB') return false;
    throw error;
  }
}

/**
 * Whatever SQLite throws while a file is opened means that the file can't be used now. Only where the file itself is
 * wrong may a person be sent to the last backup: that loses what was sold after it.
 */
export function openFault(file: string, error: unknown): OpenFault {
  const { sqliteCode, message } = toStorageError(error);
  const bytes = NO_ROOM.includes(sqliteCode) ? roomToOpen(file) : 0;
  // SQLite says that a disk is full of damaged books as well, when a page that they name lies beyond all pages.
  return bytes > 0 && freeBytesOf(path.dirname(file)) < bytes
    ? { code: 'database-no-room', params: { file, megabytes: Math.ceil(bytes / MEGABYTE) } }
    : sqliteCode === 'SQLITE_FULL'
      ? { code: 'database-damaged', params: { file, reason: message } }
      : faultOf(file, error);
}

/** What SQLite, or the file system beneath it, threw about a file, as the fault that a person is told. */
export function faultOf(file: string, error: unknown): OpenFault {
  const { sqliteCode, message } = toStorageError(error);
  if (BUSY.test(sqliteCode)) return { code: 'database-busy', params: { file } };
  const code = UNREADABLE.test(sqliteCode) ? 'database-unreadable' : 'database-damaged';
  return { code, params: { file, reason: message } };
}

const BUSY = /^SQLITE_(?:BUSY|LOCKED)/u;
/**
 * What the disk, the rights of an account and a computer without memory or room for a sort answer; a read that ends too
 * early is the file's own fault.
 */
const UNREADABLE =
  /^(?:SQLITE_(?:IOERR(?!_SHORT_READ)|CANTOPEN|READONLY|PERM|FULL|NOMEM)|E(?:IO|ACCES|PERM|ROFS|MFILE|NFILE|NOSPC|NOMEM)$)/u;
/** What SQLite and the file system say of a disk that is full. */
const NO_ROOM = ['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC'];
const MEGABYTE = 1_000_000;

/**
 * What `use` makes of a new connection to a file. It stays open only where that succeeds: a refusal, or whatever SQLite
 * throws, closes it.
 */
export function connected<Value>(
  file: string,
  readonly: boolean,
  options: BindingOption,
  use: (db: Database.Database) => Result<Value, OpenFault>,
): Result<Value, OpenFault> {
  try {
    const db = connect(file, readonly, options);
    let isKept = false;
    try {
      const used = use(db);
      isKept = used.ok;
      return used;
    } finally {
      if (!isKept) db.close();
    }
  } catch (error) {
    return err(openFault(file, error));
  }
}

/** Bytes that opening a file takes at most: a copy of it, and as much while its tables are made anew. */
function roomToOpen(file: string): number {
  const sizeOf = (each: string): number => statSync(each, { throwIfNoEntry: false })?.size ?? 0;
  return Math.max(MEGABYTE, 2 * (sizeOf(file) + sizeOf(`${file}-wal`)));
}
