import type Database from 'better-sqlite3';
import { toStorageError, type StorageError } from './storage-error.ts';

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
  close(): void;
};

export type ClosableReader<Name extends DatabaseName> = Reader<Name> & { close(): void };

export type LedgerReader = Reader<'ledger'>;
export type LedgerTx = Tx<'ledger'>;
export type LedgerWriter = Writer<'ledger'>;
export type DirectoryReader = Reader<'directory'>;
export type DirectoryTx = Tx<'directory'>;
export type DirectoryWriter = Writer<'directory'>;

/** Statements are prepared once per text: a till runs the same few all day. */
function statementCache(db: Database.Database): (sql: string) => WriteStatement {
  const statements = new Map<string, WriteStatement>();
  return (sql) => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = db.prepare(sql) as unknown as WriteStatement;
      statements.set(sql, statement);
    }
    return statement;
  };
}

export function readerOf<Name extends DatabaseName>(db: Database.Database): ClosableReader<Name> {
  const prepare = statementCache(db);
  return { prepare, close: () => db.close() } as unknown as ClosableReader<Name>;
}

/** `onFatal` is told once, when the disk or the file itself has failed. */
export function writerOf<Name extends DatabaseName>(
  db: Database.Database,
  onFatal: (error: StorageError) => void,
): Writer<Name> {
  const prepare = statementCache(db);
  const tx = { prepare } as unknown as Tx<Name>;
  let fatal: StorageError | undefined;
  const fail = (error: unknown): StorageError => {
    const known = toStorageError(error);
    if (known.fatal && !fatal) {
      fatal = known;
      onFatal(known);
    }
    return known;
  };
  const transaction = <Value>(work: (tx: Tx<Name>) => Value): Value => {
    if (fatal) throw fatal;
    try {
      return db.transaction(() => work(tx)).immediate();
    } catch (error) {
      if (isSqliteError(error)) throw fail(error);
      throw error;
    }
  };
  return { prepare, transaction, close: () => db.close() } as unknown as Writer<Name>;
}

function isSqliteError(error: unknown): boolean {
  return error instanceof Error && error.name === 'SqliteError';
}
