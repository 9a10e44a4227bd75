import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainHead, verifyBooks } from '../../src/main/ledger/index.ts';
import { openReader, openWriter, type ClosableReader } from '../../src/main/store/index.ts';
import type { ReceiptDocument } from '../../src/receipt/index.ts';
import { seededRandom } from '../../src/simulators/printer/index.ts';
import { runStationCommand } from '../../src/cli/station.ts';
import { runTill } from '../../src/cli/crash-test/till-process.ts';
import { changeEntry, lastLeaf, overwrite } from '../integration/health-fixtures.ts';
import { allTables, chainedTables, fillEveryTable, guardedTables, OUTSIDE_THE_CHAIN } from './every-table.ts';
import { FLIPS, newFolder, SEED } from './sizes.ts';

const SECTOR_BYTES = 512;

/** Every row of the journal's tables as it can be read, or nothing when it cannot. */
function rowsOf(file: string, tables: readonly string[]): string | undefined {
  const db = new Database(file, { readonly: true });
  try {
    const rows = tables.map((table) =>
      db.prepare(`SELECT * FROM ${table} NOT INDEXED ORDER BY 1`).raw().all(),
    );
    return JSON.stringify(rows, (_key, value: unknown) => value);
  } catch {
    return undefined;
  } finally {
    db.close();
  }
}

/** What verifying says about a file: a name for what is wrong, or nothing. Whatever is thrown is no name. */
function faultOf(file: string): string | undefined {
  const ledger = openReader('ledger', file);
  if (!ledger.ok) throw new Error(ledger.error.code);
  try {
    const verified = verifyBooks(ledger.value);
    return verified.ok ? undefined : `${verified.error.reason} ${verified.error.row}`;
  } finally {
    ledger.value.close();
  }
}

/** What `station ledger verify` says about the ledger of a folder. */
async function verifyByCommand(
  data: string,
  ...words: readonly string[]
): Promise<{ readonly code: number; readonly said: string }> {
  const lines: string[] = [];
  const io = { out: (line: string) => lines.push(line), err: (line: string) => lines.push(line) };
  const code = await runStationCommand(['ledger', 'verify', '--data', data, ...words], io);
  return { code, said: lines.join('\n') };
}

async function verifyAsJson(data: string): Promise<unknown> {
  const { code, said } = await verifyByCommand(data, '--json');
  return { code, ...(JSON.parse(said) as object) };
}

/** The last key of a table that SQLite gives before it stops; that of the row before the table's first where it gives none. */
function lastReadable(file: string, table: string): number {
  const [key, before] = table === 'record' ? ['record_id', 0] : ['row_id', 999];
  const db = new Database(file, { readonly: true });
  let last = before;
  try {
    const keys = db.prepare(`SELECT * FROM ${table} ORDER BY ${key}`).iterate() as Iterable<
      Record<string, number>
    >;
    for (const row of keys) last = row[key]!;
    return -1;
  } catch {
    return last;
  } finally {
    db.close();
  }
}

const TABLE_AND_KEY = /^\w+ (?:after )?[\w -]+$/u;

/** A row by table and key, or the file where not even its schema can be read. */
function isNamed(said: unknown): boolean {
  const { code, row, error } = said as { code: number; row?: string; error?: { code: string } };
  return code === 1 && (error ? error.code.startsWith('database-') : TABLE_AND_KEY.test(row ?? ''));
}

type Column = {
  readonly name: string;
  readonly type: 'INTEGER' | 'BLOB' | 'TEXT';
  readonly required: number;
};

/** `table.column: reason row`, where the row is of that table, or is the place or record that it was moved from. */
const NAMED =
  /^(?<table>\w+)\.\w+: (?:row|record|numbers|account) [a-z ]+ (?:\k<table> [\w-]+|(?:row|record) \d+)$/u;

/** A copy that lets everything be written: no triggers, no keys, no checks. */
function unlocked(file: string): Database.Database {
  const db = new Database(file);
  for (const name of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all())
    db.exec(`DROP TRIGGER ${String(name)}`);
  db.pragma('foreign_keys = OFF');
  db.pragma('ignore_check_constraints = ON');
  return db;
}

type Damage = { readonly name: string; readonly harm: (content: Buffer, random: () => number) => void };

const DAMAGES: readonly Damage[] = [
  {
    name: 'a flipped bit',
    harm: (content, random) => {
      const at = Math.floor(random() * content.length);
      content[at] = (content[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    },
  },
  {
    name: 'a zeroed piece of 512 bytes',
    harm: (content, random) => {
      const at = SECTOR_BYTES * Math.floor((random() * content.length) / SECTOR_BYTES);
      content.fill(0, at, at + SECTOR_BYTES);
    },
  },
];

describe(`a damaged ledger, ${FLIPS} times each, seed ${SEED}`, () => {
  const folder = newFolder('damage');
  const whole = `${folder}/whole.db`;
  const work = mkdtempSync(`${folder}/work-`);
  let tablesOfChain: readonly string[];

  const openWhole = (): ClosableReader<'ledger'> => {
    const ledger = openReader('ledger', whole);
    if (!ledger.ok) throw new Error(ledger.error.code);
    return ledger.value;
  };

  const columnsOf = (table: string): readonly Column[] => {
    const db = new Database(whole, { readonly: true });
    const columns = db
      .prepare('SELECT name, type, "notnull" AS required FROM pragma_table_info(?)')
      .all(table) as Column[];
    db.close();
    return columns;
  };

  /** What verification says after a row of a table, drawn from the seed, has another value in this column. */
  const faultAfterEdit = (table: string, { name, type, required }: Column, random: () => number): string => {
    const file = `${work}/edited.db`;
    cpSync(whole, file);
    const db = unlocked(file);
    // Above all others, so that no key is there twice.
    const highest = `(SELECT max(${name}) + 1 FROM ${table})`;
    const other = { INTEGER: highest, BLOB: `zeroblob(length(${name}))`, TEXT: `${name} || '1'` }[type];
    // A table that has no row numbers of its own goes by its key.
    const byKey = db.prepare('SELECT wr FROM pragma_table_list(?)').pluck().get(table) === 1;
    const key = byKey
      ? db.prepare('SELECT name FROM pragma_table_info(?) WHERE pk = 1').pluck().get(table)
      : 'rowid';
    const rows = Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
    const drawn = Math.floor(random() * rows);
    const row = `(SELECT ${String(key)} FROM ${table} ORDER BY ${String(key)} LIMIT 1 OFFSET ${drawn})`;
    const value = required ? other : `CASE WHEN ${name} IS NULL THEN '1' ELSE ${other} END`;
    const { changes } = db
      .prepare(`UPDATE ${table} SET ${name} = ${value} WHERE ${String(key)} = ${row}`)
      .run();
    db.close();
    return changes === 1 ? (faultOf(file) ?? 'not found') : 'the table is empty';
  };

  beforeAll(async () => {
    await runTill({ folder: `${folder}/data`, seed: SEED, sales: 15, mixed: true });
    const writer = openWriter('ledger', `${folder}/data/ledger.db`);
    if (!writer.ok) throw new Error(writer.error.code);
    writer.value.transaction(fillEveryTable);
    writer.value.close();
    cpSync(`${folder}/data/ledger.db`, whole);
    const ledger = openWhole();
    tablesOfChain = chainedTables(ledger);
    ledger.close();
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is found whole before it is damaged', () => {
    expect(rowsOf(whole, tablesOfChain)).toBeDefined();
    expect(faultOf(whole)).toBeUndefined();
  });

  it.each(DAMAGES)('$name in the journal never passes, and is named', async ({ harm }) => {
    const random = seededRandom(SEED);
    const content = readFileSync(whole);
    const before = rowsOf(whole, tablesOfChain);
    const file = `${work}/ledger.db`;
    const unnamed: unknown[] = [];
    let changed = 0;
    for (let n = 0; n < FLIPS; n += 1) {
      const harmed = Buffer.from(content);
      harm(harmed, random);
      writeFileSync(file, harmed);
      if (rowsOf(file, tablesOfChain) === before) continue;
      changed += 1;
      const json = await verifyAsJson(work);
      if (!isNamed(json)) unnamed.push({ n, json });
    }
    expect(changed).toBeGreaterThan(FLIPS / 10);
    expect(unnamed).toEqual([]);
  });

  it('names table and last good key where a page of the chain can’t be read', async () => {
    const file = `${work}/ledger.db`;
    for (const table of tablesOfChain) {
      cpSync(whole, file);
      const { at } = lastLeaf(file, table)!;
      overwrite(file, at, new Uint8Array(SECTOR_BYTES));
      const last = lastReadable(file, table);
      expect(await verifyAsJson(work)).toMatchObject({
        code: 1,
        ok: false,
        row: `${table} after ${last}`,
        reason: 'page damaged',
      });
      expect(await verifyByCommand(work)).toMatchObject({
        code: 1,
        said: expect.stringMatching(
          /^The ledger’s file is damaged: a page can’t be read, .*Keep the file as it is/u,
        ) as string,
      });
    }
  });

  it('names a page beside the chain by its table', async () => {
    const file = `${work}/ledger.db`;
    cpSync(whole, file);
    overwrite(file, lastLeaf(file, 'print_event')!.at, new Uint8Array(SECTOR_BYTES));
    expect(await verifyAsJson(work)).toMatchObject({ row: 'print_event', reason: 'page damaged' });
  });

  it('says of a damaged schema that the file is damaged', async () => {
    const file = `${work}/ledger.db`;
    cpSync(whole, file);
    overwrite(file, lastLeaf(file, 'sqlite_schema')!.at, new Uint8Array(SECTOR_BYTES));
    expect(await verifyAsJson(work)).toMatchObject({
      code: 1,
      error: { code: 'database-damaged', params: { file } },
    });
    expect(await verifyByCommand(work)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/ledger\.db is damaged \(.*malformed.*Keep the file as it is/u) as string,
    });
  });

  it('is found wherever an index says something else than its table', () => {
    const db = new Database(whole, { readonly: true });
    const indexes = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND rootpage > 0 ORDER BY name")
      .pluck()
      .all() as readonly string[];
    db.close();
    const file = `${work}/index.db`;
    const faults = indexes.flatMap((index) => {
      cpSync(whole, file);
      return changeEntry(file, index) ? [[index, faultOf(file)]] : [];
    });
    expect(faults).toEqual(faults.map(([index]) => [index, `index differs index ${index}`]));
    expect(faults.map(([index]) => index)).toEqual(
      expect.arrayContaining(['sale_meter', 'sqlite_autoindex_sale_1', 'sqlite_autoindex_sale_2']),
    );
    expect(faults.length).toBeGreaterThan(20);
  });

  it('is judged table by table: each is in the chain, repeats it, or is said to stand outside', () => {
    const ledger = openWhole();
    const known = new Set([...guardedTables(ledger), ...Object.keys(OUTSIDE_THE_CHAIN)]);
    expect(allTables(ledger).filter((table) => !known.has(table))).toEqual([]);
    expect([...known].filter((table) => !allTables(ledger).includes(table))).toEqual([]);
    ledger.close();
  });

  it('names every edited cell, whichever table and column it is in', () => {
    const ledger = openWhole();
    const tables = guardedTables(ledger);
    ledger.close();
    expect(tables).toEqual(expect.arrayContaining(['record', 'shift', 'operator_state', 'meter_key']));
    const random = seededRandom(SEED);
    const tried = tables.flatMap((table) =>
      columnsOf(table).map((column) => `${table}.${column.name}: ${faultAfterEdit(table, column, random)}`),
    );
    const unnamed = tried.filter((line) => !NAMED.test(line));
    expect(unnamed).toEqual([]);
    expect(tried.length).toBeGreaterThan(100);
  });

  it('names a receipt whose token, units, money, number or meter is not what its sale has', () => {
    const said: Readonly<Record<string, (slip: ReceiptDocument) => unknown>> = {
      digits: ({ items }) => items[0]?.tokens[0]?.digits,
      units: ({ items }) => items[0]?.tokens[0]?.value?.text,
      money: ({ total }) => total,
      number: ({ number }) => number,
      meter: ({ items }) => items[0]?.meter?.text,
    };
    const other = (text: string): string => text.replace(/\d(?=\D*$)/u, (digit) => String(9 - Number(digit)));
    const random = seededRandom(SEED);
    const found = Object.entries(said).map(([name, read]) => {
      const file = `${work}/edited.db`;
      cpSync(whole, file);
      const db = unlocked(file);
      const slips = db.prepare('SELECT receipt_row AS row, document FROM receipt JOIN sale USING (sale_id)');
      // Not every slip has all of it: what manages a meter has no units and costs nothing.
      const having = (slips.all() as { row: number; document: string }[]).flatMap((slip) => {
        const text = read(JSON.parse(slip.document) as ReceiptDocument) ?? null;
        return text === null ? [] : [{ ...slip, text: String(text) }];
      });
      const { row, document, text } = having[Math.floor(random() * having.length)]!;
      const changed = document.replaceAll(text, other(text));
      expect(changed, name).not.toBe(document);
      db.prepare('UPDATE receipt SET document = ? WHERE receipt_row = ?').run(changed, row);
      db.close();
      return { name, same: faultOf(file) === `row changed receipt ${row}` };
    });
    expect(found).toEqual(Object.keys(said).map((name) => ({ name, same: true })));
  });

  it('is not met by a head from outside once its tail is cut off, nor once it is another ledger', () => {
    const ledger = openWhole();
    const { epoch, sequence, hash } = chainHead(ledger)!;
    const outside = { hash: Buffer.from(hash).toString('hex'), at: { epoch, sequence } };
    const short = { hash: outside.hash.slice(0, 16) };
    for (const known of [outside, short]) expect(verifyBooks(ledger, undefined, known).ok).toBe(true);
    ledger.close();
    const cut = `${work}/cut.db`;
    cpSync(whole, cut);
    const db = unlocked(cut);
    for (const table of tablesOfChain)
      db.exec(
        table === 'record'
          ? `DELETE FROM record WHERE sequence = ${sequence}`
          : `DELETE FROM ${table} WHERE row_id >= ${sequence} * 1000`,
      );
    db.exec('DELETE FROM meter_key');
    db.exec('DELETE FROM verified_to');
    db.close();
    const without = openReader('ledger', cut);
    if (!without.ok) throw new Error(without.error.code);
    expect(verifyBooks(without.value).ok).toBe(true);
    const place = `${epoch}/${sequence}`;
    expect(verifyBooks(without.value, undefined, outside)).toEqual({
      ok: false,
      error: { row: `record ${sequence}`, record: place, reason: 'outside head not met' },
    });
    expect(verifyBooks(without.value, undefined, short)).toMatchObject({
      error: { record: `after ${epoch}/${sequence - 1}`, reason: 'outside head not met' },
    });
    without.value.close();
  });
});
