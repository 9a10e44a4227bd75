import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { openReader, type LedgerReader } from '../../src/main/store/index.ts';
import { openStation, type Station, type StationOptions } from '../../src/main/station/index.ts';
import { sell } from '../../src/cli/sell.ts';

export const NOON = Date.UTC(2026, 10, 23, 12, 0);

/** A training station on a clock of the test's own. */
export async function openTraining(folder: string, nowUnixMs: number): Promise<Station> {
  const opened = await openStation({
    dataFolder: folder,
    profile: 'training',
    now: () => nowUnixMs,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
}

/** Why a start is refused. */
export async function startFault(options: StationOptions): Promise<object> {
  const opened = await openStation(options);
  if (!opened.ok) return opened.error;
  await opened.value.close();
  throw new Error('the station opened');
}

/** Opens, sells once, closes. */
export async function sellOnce(folder: string, nowUnixMs: number, meter: string): Promise<string> {
  const station = await openTraining(folder, nowUnixMs);
  try {
    const sale = await sell(station, { meter, amount: '100', operator: 'Amina', pin: '1234' });
    if (!sale.ok) throw new Error(JSON.stringify(sale.error));
    return sale.value.tokens[0]?.digits ?? '';
  } finally {
    await station.close();
  }
}

export function readLedger<Value>(folder: string, work: (reader: LedgerReader) => Value): Value {
  const reader = openReader('ledger', path.join(folder, 'ledger.db'));
  if (!reader.ok) throw new Error(JSON.stringify(reader.error));
  try {
    return reader.value.snapshot(() => work(reader.value));
  } finally {
    reader.value.close();
  }
}

/** How a check names the first row of a table. */
export function firstRow(folder: string, table: 'sale' | 'token'): string {
  const row = readLedger(folder, (reader) =>
    reader.prepare(`SELECT min(row_id) AS first FROM ${table}`).get<{ first: number }>(),
  );
  return `${table} ${row?.first}`;
}

export function recordCount(folder: string): number {
  const count = (reader: LedgerReader): number =>
    reader.prepare('SELECT count(*) AS n FROM record').get<{ n: number }>()?.n ?? 0;
  return readLedger(folder, count);
}

/** Runs SQL behind the ledger's back, triggers and checks put aside. */
export function forge(file: string, sql: string): void {
  const db = new Database(file);
  db.pragma('foreign_keys = OFF');
  db.pragma('ignore_check_constraints = ON');
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  db.exec(sql);
  for (const trigger of triggers) db.exec(trigger.sql);
  db.close();
}

/** Overwrites bytes in place; negative positions count from the end. */
export function overwrite(file: string, position: number, bytes: Uint8Array): void {
  const at = position < 0 ? statSync(file).size + position : position;
  const descriptor = openSync(file, 'r+');
  try {
    writeSync(descriptor, bytes, 0, bytes.length, at);
  } finally {
    closeSync(descriptor);
  }
}

type Leaf = { readonly number: number; readonly content: Buffer; readonly at: number };

/** A page of a table or index on which rows or entries lie, the last one of them in the file. */
export function lastLeaf(file: string, tree: string): Leaf | undefined {
  const db = new Database(file);
  // Into the file itself, so that it can be changed there.
  db.pragma('wal_checkpoint(TRUNCATE)');
  const number = db
    .prepare(`SELECT max(pageno) FROM dbstat WHERE name = ? AND pagetype = 'leaf' AND ncell > 0`)
    .pluck()
    .get(tree) as number | null;
  const bytes = Number(db.pragma('page_size', { simple: true }));
  db.close();
  if (number === null) return undefined;
  const at = (number - 1) * bytes;
  return { number, at, content: readFileSync(file).subarray(at, at + bytes) };
}

/**
 * Changes a bit of the first entry on an index's last leaf, where its row's number or key ends; false where the index
 * has no entry. The page stays one that SQLite can read (fileformat2.html, section 1.6).
 */
export function changeEntry(file: string, index: string): boolean {
  const leaf = lastLeaf(file, index);
  if (!leaf) return false;
  const { content, at } = leaf;
  // Page 1 is the schema's: this header begins with the page. An entry is a length of one or two bytes, then so many.
  let entry = content.readUInt16BE(8);
  let length = 0;
  do length = (length << 7) | (content[entry]! & 0x7f);
  while (content[entry++]! & 0x80);
  const last = entry + length - 1;
  overwrite(file, at + last, Uint8Array.of(content[last]! ^ 1));
  return true;
}

/** Zeroes the head of the last leaf of a table or of the schema, behind everybody's back. */
export function damageLeaf(file: string, tree: string): void {
  const leaf = lastLeaf(file, tree);
  if (!leaf) throw new Error(`${tree} has no row`);
  overwrite(file, leaf.at, new Uint8Array(64));
}

/** Another process that appends to a ledger as fast as it can until it is stopped. */
export async function startWriting(folder: string): Promise<() => Promise<number>> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'health-writer.ts'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return async () => {
    child.stdin.end();
    const last = await lines.next();
    return Number(last.value);
  };
}
