/**
 * SQLite's codes after which nothing that the file says can be relied on until it has been opened anew and
 * verified: a failed fsync is final, the kernel may have dropped the pages.
 */
const FATAL = ['SQLITE_IOERR', 'SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'];

/** A fault of the database or of the disk beneath it. `sqliteCode` is SQLite's extended code by name. */
export class StorageError extends Error {
  readonly sqliteCode: string;
  readonly fatal: boolean;

  constructor(sqliteCode: string, message: string) {
    super(`${sqliteCode}: ${message}`);
    this.name = 'StorageError';
    this.sqliteCode = sqliteCode;
    this.fatal = FATAL.some((prefix) => sqliteCode.startsWith(prefix));
  }
}

export function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  return new StorageError(code, error instanceof Error ? error.message : String(error));
}

/** What a thread threw: its kind of error is lost on the way between threads, SQLite's code is not. */
export function fromThread(error: unknown): unknown {
  const isStorage = error instanceof Error && 'sqliteCode' in error && typeof error.sqliteCode === 'string';
  if (!isStorage || error instanceof StorageError) return error;
  const sqliteCode = String(error.sqliteCode);
  return new StorageError(sqliteCode, error.message.replace(`${sqliteCode}: `, ''));
}
