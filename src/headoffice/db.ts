import { mkdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Head office's database: a PostgreSQL server, or the same engine within this process. */
export type Row = Readonly<Record<string, unknown>>;

export type Session = {
  query<Result extends Row = Row>(sql: string, values?: readonly unknown[]): Promise<readonly Result[]>;
  /** Loads lines in the text format of COPY. */
  copyIn(table: string, columns: readonly string[], lines: Uint8Array): Promise<void>;
};

export type Database = {
  /** How many sessions may work at once. */
  readonly width: number;
  /** The engine within this process: COPY reads a file there, which takes a right of its own. */
  readonly embedded: boolean;
  /** One session at a time on a connection of its own. */
  use<Value>(work: (session: Session) => Promise<Value>): Promise<Value>;
  /** Everything or nothing; a thrown error undoes it. */
  transaction<Value>(work: (session: Session) => Promise<Value>): Promise<Value>;
  close(): Promise<void>;
};

/** The rights that a command works with; `init` alone keeps those of who connected. */
export type DatabaseRole = 'headoffice_import' | 'headoffice_publish' | 'headoffice_read' | null;

const SEARCH_PATH = 'SET search_path TO headoffice, pg_catalog';

/** With a `DATABASE_URL`, PostgreSQL 15 or newer; without one, PGlite in a folder. */
export async function openDatabase(options: {
  readonly url: string | undefined;
  readonly folder: string;
  readonly role: DatabaseRole;
  readonly width?: number;
}): Promise<Database> {
  const { url, folder, role, width = 4 } = options;
  return url === undefined ? openPglite(folder, role) : openPostgres(url, role, width);
}

async function begin(session: Session, role: DatabaseRole): Promise<void> {
  await session.query(SEARCH_PATH);
  if (role !== null) await session.query(`SET ROLE ${role}`);
}

async function inTransaction<Value>(
  session: Session,
  work: (session: Session) => Promise<Value>,
): Promise<Value> {
  await session.query('BEGIN');
  try {
    const value = await work(session);
    await session.query('COMMIT');
    return value;
  } catch (error) {
    await session.query('ROLLBACK');
    throw error;
  }
}

async function openPostgres(url: string, role: DatabaseRole, width: number): Promise<Database> {
  // Loaded only where there is a server.
  const { Pool, types } = await import('pg');
  // Counts and minor units stay far below 2^53.
  types.setTypeParser(types.builtins.INT8, Number);
  const { from: copyFrom } = await import('pg-copy-streams');
  const pool = new Pool({ connectionString: url, max: width });
  // A connection that breaks while idle is replaced; one that breaks at work fails its own query.
  pool.on('error', () => undefined);
  const ready = new WeakSet<object>();
  const use = async <Value>(work: (session: Session) => Promise<Value>): Promise<Value> => {
    const client = await pool.connect();
    let broken = true;
    try {
      const session: Session = {
        query: async <Result extends Row>(sql: string, values: readonly unknown[] = []) =>
          (await client.query(sql, [...values])).rows as readonly Result[],
        copyIn: async (table, columns, lines) => {
          const stream = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
          await pipeline(Readable.from([lines]), stream);
        },
      };
      if (!ready.has(client)) await begin(session, role);
      ready.add(client);
      const value = await work(session);
      broken = false;
      return value;
    } finally {
      client.release(broken);
    }
  };
  return {
    width,
    embedded: false,
    use,
    transaction: (work) => use((session) => inTransaction(session, work)),
    close: () => pool.end(),
  };
}

async function openPglite(folder: string, role: DatabaseRole): Promise<Database> {
  const { PGlite } = await import('@electric-sql/pglite');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const db = await PGlite.create(folder);
  const session: Session = {
    query: async <Result extends Row>(sql: string, values: readonly unknown[] = []) =>
      (await db.query(sql, [...values])).rows as readonly Result[],
    copyIn: async (table, columns, lines) => {
      const blob = new Blob([new Uint8Array(lines)]);
      await db.query(`COPY ${table} (${columns.join(', ')}) FROM '/dev/blob'`, [], { blob });
    },
  };
  await begin(session, role);
  let last: Promise<unknown> = Promise.resolve();
  /** The engine has one connection: work queues up behind it. */
  const use = <Value>(work: (session: Session) => Promise<Value>): Promise<Value> => {
    const turn = last.then(() => work(session));
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    width: 1,
    embedded: true,
    use,
    transaction: (work) => use((own) => inTransaction(own, work)),
    close: () => db.close(),
  };
}
