import type Database from 'better-sqlite3';
import { StorageError, toStorageError } from './storage-error.ts';

/** Two files: money and tokens in one, customers, meters and tariffs in the other. */
export type DatabaseName = 'ledger' | 'directory';
export type SqlValue = string | number | bigint | Uint8Array | null;

export type ReadStatement = {
  get<Row>(...parameters: readonly SqlValue[]): Row | undefined;
  all<Row>(...parameters: readonly SqlValue[]): Row[];
  iterate<Row>(...parameters: readonly SqlValue[]): IterableIterator<Row>;
};
export type WriteStatement = ReadStatement & {
  run(...parameters: readonly SqlValue[]): { readonly changes: number };
};

declare const database: unique symbol;

/** Can only read. A function that takes a Reader cannot write, whatever its SQL says. */
export type Reader<Name extends DatabaseName> = {
  readonly [database]: Name;
  prepare(sql: string): ReadStatement;
};

/** One open transaction, handed from room to room as an argument. It ends with the function that got it. */
export type Tx<Name extends DatabaseName> = {
  readonly [database]: Name;
  prepare(sql: string): WriteStatement;
};

/** The one writer of a database. */
export type Writer<Name extends DatabaseName> = Reader<Name> & {
  /**
   * Runs `work` inside BEGIN IMMEDIATE … COMMIT and returns its result once it is durable. When `work` or the
   * commit throws, nothing of it is kept. Throws StorageError for whatever SQLite or the disk reports; after a
   * fault of the disk (`fatal`) every later transaction is refused until the file has been opened anew.
   */
  transaction<Value>(work: (tx: Tx<Name>) => Value): Value;
  /**
   * Another thread met this in the same file: a fault of the disk is this writer's too, and it refuses from now on
   * as if it had met it.
   */
  heed(error: StorageError): void;
  close(): void;
};

export type ClosableReader<Name extends DatabaseName> = Reader<Name> & {
  /** Runs `work` on one unchanging state of the database, whatever a writer commits meanwhile. */
  snapshot<Value>(work: () => Value): Value;
  /** The same for work that waits between its reads. */
  snapshotOver<Value>(work: () => Promise<Value>): Promise<Value>;
  close(): void;
};

export type LedgerReader = Reader<'ledger'>;
export type LedgerTx = Tx<'ledger'>;
export type LedgerWriter = Writer<'ledger'>;
export type DirectoryReader = Reader<'directory'>;
export type DirectoryTx = Tx<'directory'>;
export type DirectoryWriter = Writer<'directory'>;

/** Turns what SQLite throws into what the caller of a handle gets. */
type Translate = (error: unknown) => unknown;

/** Statements are prepared once per text: a till runs the same few all day. */
function statementCache(db: Database.Database, translate: Translate): (sql: string) => WriteStatement {
  const statements = new Map<string, WriteStatement>();
  return (sql) => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = watched(prepared(db, sql, translate), translate);
      statements.set(sql, statement);
    }
    return statement;
  };
}

/** The schema is read when a statement is made, and its pages may be damaged too. A mistake in the SQL is none of it. */
function prepared(db: Database.Database, sql: string, translate: Translate): WriteStatement {
  try {
    return db.prepare(sql) as unknown as WriteStatement;
  } catch (error) {
    throw isSqliteError(error) && toStorageError(error).sqliteCode === 'SQLITE_ERROR'
      ? error
      : translate(error);
  }
}

/** A damaged page or a failing disk shows at any statement, a plain query among them. */
function watched(statement: WriteStatement, translate: Translate): WriteStatement {
  const guard = <Value>(work: () => Value): Value => {
    try {
      return work();
    } catch (error) {
      throw translate(error);
    }
  };
  return {
    get: <Row>(...parameters: readonly SqlValue[]) => guard(() => statement.get<Row>(...parameters)),
    all: <Row>(...parameters: readonly SqlValue[]) => guard(() => statement.all<Row>(...parameters)),
    run: (...parameters) => guard(() => statement.run(...parameters)),
    *iterate<Row>(...parameters: readonly SqlValue[]) {
      try {
        yield* statement.iterate<Row>(...parameters);
      } catch (error) {
        throw translate(error);
      }
    },
  };
}

export function readerOf<Name extends DatabaseName>(db: Database.Database): ClosableReader<Name> {
  const prepare = statementCache(db, (error) => (isSqliteError(error) ? toStorageError(error) : error));
  const begin = (): void => {
    db.exec('BEGIN');
    // The state is chosen at the first read, not at BEGIN.
    prepare('SELECT count(*) FROM sqlite_schema').get();
  };
  const snapshot = <Value>(work: () => Value): Value => {
    try {
      begin();
      return work();
    } finally {
      if (db.inTransaction) db.exec('ROLLBACK');
    }
  };
  const snapshotOver = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      begin();
      return await work();
    } finally {
      if (db.inTransaction) db.exec('ROLLBACK');
    }
  };
  return { prepare, snapshot, snapshotOver, close: () => db.close() } as unknown as ClosableReader<Name>;
}

export type WriterHooks = {
  /** Told once, when the disk or the file itself has failed. */
  readonly onFatal: (error: StorageError) => void;
  /** Asked when the disk is full: true when room was made, and then the transaction is tried once more. */
  readonly onFull: () => boolean;
};

export function writerOf<Name extends DatabaseName>(db: Database.Database, hooks: WriterHooks): Writer<Name> {
  let fatal: StorageError | undefined;
  const heed = (known: StorageError): void => {
    if (!known.fatal || fatal) return;
    fatal = known;
    hooks.onFatal(known);
  };
  const translate = (error: unknown): unknown => {
    if (!isSqliteError(error)) return error;
    const known = toStorageError(error);
    heed(known);
    return known;
  };
  const prepare = statementCache(db, translate);
  const tx = { prepare } as unknown as Tx<Name>;
  const transaction = <Value>(work: (tx: Tx<Name>) => Value): Value => {
    if (fatal) throw fatal;
    const run = (): Value => {
      try {
        return db.transaction(() => work(tx)).immediate();
      } catch (error) {
        throw translate(error);
      }
    };
    try {
      return run();
    } catch (error) {
      const full = error instanceof StorageError && error.sqliteCode === 'SQLITE_FULL';
      if (full && hooks.onFull()) return run();
      throw error;
    }
  };
  return { prepare, transaction, heed, close: () => db.close() } as unknown as Writer<Name>;
}

function isSqliteError(error: unknown): boolean {
  return error instanceof Error && error.name === 'SqliteError';
}
