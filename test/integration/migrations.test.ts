import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CHILD_COLUMNS,
  CHILD_TABLES,
  CHILDREN_LIMIT,
  childDigest,
  RECORD_COLUMNS,
  recordHash,
  type ChildTable,
} from '../../src/batch/index.ts';
import { runTill } from '../../src/cli/crash-test/till-process.ts';
import { loadSampleData } from '../../src/main/directory/index.ts';
import { verifyBooks } from '../../src/main/ledger/index.ts';
import { MIGRATIONS, openWriter, type SqlValue } from '../../src/main/store/index.ts';
import { fillEveryTable } from '../faults/every-table.ts';

/**
 * Every migration on a ledger with rows in it. A till's newest ledger is written down into the tables of each older
 * version, its chain made anew over the rows that version has a place for; then that file is brought up.
 */

type Row = Record<string, SqlValue>;

const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-migrations-'));
const newest = path.join(folder, 'data', 'ledger.db');

beforeAll(async () => {
  await runTill({ folder: path.join(folder, 'data'), seed: 20_261_123, sales: 12 });
  const writer = openWriter('ledger', newest);
  if (!writer.ok) throw new Error(writer.error.code);
  writer.value.transaction(fillEveryTable);
  // However far the printer came: the last slip still needs somebody.
  writer.value.transaction((tx) => {
    tx.prepare('DELETE FROM open_print_job WHERE job_row = (SELECT max(job_row) FROM print_job)').run();
    tx.prepare('INSERT INTO open_print_job SELECT 0, max(job_row) FROM print_job').run();
  });
  writer.value.close();
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tablesOf = (db: Database.Database): readonly string[] =>
  db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .pluck()
    .all() as string[];
const columnsOf = (db: Database.Database, table: string): readonly string[] =>
  db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[];
const rowsOf = (db: Database.Database, table: string, columns: readonly string[]): readonly Row[] =>
  db.prepare(`SELECT ${columns.join(', ')} FROM ${table}`).all() as Row[];

/** The newest rows that have a place in the tables of an older file, chained as that version would have chained them. */
function rowsFor(from: Database.Database, old: Database.Database): ReadonlyMap<string, readonly Row[]> {
  const tables = tablesOf(old).filter((table) => table !== 'account');
  const accounts = new Set(old.prepare('SELECT account FROM account').pluck().all());
  const rows = new Map<string, Row[]>();
  for (const table of tables) {
    const kept = columnsOf(from, table).filter((column) => columnsOf(old, table).includes(column));
    if (kept.length > 0) rows.set(table, [...rowsOf(from, table, kept)]);
  }
  const children = CHILD_TABLES.flatMap((table) =>
    (rows.get(table) ?? []).map((row) => ({ table, row })),
  ).toSorted((a, b) => Number(a.row['row_id']) - Number(b.row['row_id']));
  for (const table of CHILD_TABLES) if (rows.has(table)) rows.set(table, []);
  let previous: Uint8Array = new Uint8Array(32);
  for (const record of rows.get('record')!) {
    const own = children.filter(
      ({ table, row }) =>
        Math.floor(Number(row['row_id']) / CHILDREN_LIMIT) === record['record_id'] &&
        (table !== 'transfer' || (accounts.has(row['debit_account']) && accounts.has(row['credit_account']))),
    );
    const digests = own.map(({ table, row }, index) => {
      row['row_id'] = Number(record['record_id']) * CHILDREN_LIMIT + index + 1;
      row['digest'] = digestOf(table, row);
      rows.get(table)!.push(row);
      return row['digest'];
    });
    // A program that kept no keys of meters changed none either.
    if (!rows.has('meter_key'))
      record['detail'] = JSON.stringify({ ...JSON.parse(String(record['detail'])), keyChange: undefined });
    record['child_count'] = own.length;
    record['previous_hash'] = previous;
    previous = recordHash(
      RECORD_COLUMNS.map((column) => record[column] ?? null),
      digests,
    );
    record['hash'] = previous;
  }
  const hashes = new Map(rows.get('record')!.map((record) => [record['record_id'], record['hash']!]));
  for (const anchor of rows.get('verified_to') ?? []) anchor['hash'] = hashes.get(anchor['record_id'])!;
  return rows;
}

const digestOf = (table: ChildTable, row: Row): Uint8Array =>
  childDigest(
    table,
    CHILD_COLUMNS[table].map((column) => row[column] ?? null),
  );

/** Until then a slip had an event from its first moment on; since, one that waits for its first attempt has none. */
const LEAN_SLIPS = 16;
const QUEUED = `INSERT INTO print_event (job_row, at_unix_ms, state, cause, copy_number)
  SELECT job_row, created_unix_ms, 'queued', 'vend', 0 FROM open_print_job JOIN print_job USING (job_row)
  WHERE NOT EXISTS (SELECT 1 FROM print_event WHERE print_event.job_row = open_print_job.job_row)`;

/** A file of an older version with those rows in it. */
function writeOld(version: number): string {
  const file = path.join(folder, `ledger-${version}.db`);
  if (existsSync(file)) rmSync(file);
  const made = openWriter('ledger', file, { migrations: MIGRATIONS.ledger.slice(0, version) });
  if (!made.ok) throw new Error(made.error.code);
  made.value.close();
  const from = new Database(newest, { readonly: true });
  const old = new Database(file);
  // Rows come in any order, and what a trigger would add is among them.
  old.pragma('foreign_keys = OFF');
  const triggers = old.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of triggers) old.exec(`DROP TRIGGER ${name}`);
  old.transaction(() => {
    for (const [table, rows] of rowsFor(from, old))
      for (const row of rows) {
        const names = Object.keys(row);
        old
          .prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
          .run(Object.values(row));
      }
    if (version >= 2 && version < LEAN_SLIPS) old.exec(QUEUED);
  })();
  for (const { sql } of triggers) old.exec(sql);
  old.close();
  from.close();
  return file;
}

/** What stands in these columns of a file's tables, each row as text, in the order of the texts. */
function contentOf(
  file: string,
  tables: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const db = new Database(file, { readonly: true });
  const content = [...tables].map(
    ([table, columns]) =>
      [
        table,
        rowsOf(db, table, columns)
          .map((row) => JSON.stringify(row))
          .toSorted(),
      ] as const,
  );
  db.close();
  return new Map(content);
}

function columnsIn(file: string): ReadonlyMap<string, readonly string[]> {
  const db = new Database(file, { readonly: true });
  const columns = new Map(tablesOf(db).map((table) => [table, columnsOf(db, table)]));
  db.close();
  return columns;
}

function bringUp(file: string, version: number): void {
  const opened = openWriter('ledger', file, { migrations: MIGRATIONS.ledger.slice(0, version) });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  opened.value.close();
}

/** The tables that a migration makes anew: it takes their rows over, or loses them. */
const rebuiltBy = (sql: string): readonly string[] =>
  [...sql.matchAll(/DROP TABLE (\w+)/gu)].map(([, table]) => table ?? '');

const STEPS = MIGRATIONS.ledger.slice(1).map(({ version, name, sql }) => ({ version, name, sql }));

describe('a ledger with rows in every table', () => {
  it.each(STEPS)('keeps all of them through migration $version, $name', ({ version, sql }) => {
    const file = writeOld(version - 1);
    const copy = `${file}.copy`;
    cpSync(file, copy);
    bringUp(file, version);
    // A column that the migration took away is its own test's to answer for.
    const now = columnsIn(file);
    const both = new Map(
      [...columnsIn(copy)].map(
        ([table, columns]) => [table, columns.filter((column) => now.get(table)?.includes(column))] as const,
      ),
    );
    // The accounts are the migrations' own, and there come to be more of them.
    both.delete('account');
    const [before, after] = [contentOf(copy, both), contentOf(file, both)];
    for (const table of rebuiltBy(sql)) expect(before.get(table)?.length, table).toBeGreaterThan(0);
    expect(after).toEqual(before);
  });

  it.each(STEPS)('of version before $version is whole once it is brought up to the newest', ({ version }) => {
    const file = writeOld(version - 1);
    bringUp(file, MIGRATIONS.ledger.length);
    const opened = openWriter('ledger', file);
    if (!opened.ok) throw new Error(opened.error.code);
    try {
      expect(opened.value.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
      expect(verifyBooks(opened.value)).toMatchObject({ ok: true });
    } finally {
      opened.value.close();
    }
  });
});

describe('a directory of the first version', () => {
  it('keeps its people and meters, and its words get their parts', () => {
    const [first, full] = ['first.db', 'full.db'].map((name) => path.join(folder, name)) as [string, string];
    const made = openWriter('directory', full);
    if (!made.ok) throw new Error(made.error.code);
    made.value.transaction((tx) => loadSampleData(tx));
    made.value.close();
    const old = openWriter('directory', first, { migrations: MIGRATIONS.directory.slice(0, 1) });
    if (!old.ok) throw new Error(old.error.code);
    old.value.close();
    const kept = ['customer', 'meter', 'tariff_version'];
    const columns = new Map([...columnsIn(first)].filter(([table]) => kept.includes(table)));
    const db = new Database(first);
    db.exec(`ATTACH '${full}' AS full`);
    for (const [table, names] of columns)
      db.exec(`INSERT INTO ${table} (${names.join()}) SELECT ${names.join()} FROM full.${table}`);
    db.exec(
      "INSERT INTO customer_text (rowid, words) SELECT customer_row, 'thandi acacia 12' FROM customer LIMIT 1",
    );
    db.close();
    const up = openWriter('directory', first);
    if (!up.ok) throw new Error(up.error.code);
    const parts = up.value.prepare("SELECT part FROM word_part WHERE word = 'thandi' ORDER BY part").all();
    up.value.close();
    expect(contentOf(first, columns)).toEqual(contentOf(full, columns));
    expect(parts.map((row) => Object.values(row as Row)[0])).toEqual([
      'handi',
      'tandi',
      'thadi',
      'thand',
      'thandi',
      'thani',
      'thndi',
    ]);
  });
});
