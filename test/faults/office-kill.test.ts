import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHILD_TABLES } from '../../src/batch/index.ts';
import { makeTill, openTill, type Till } from '../../src/fleet/till.ts';
import {
  addStation,
  importFolder,
  makeOfficeKey,
  makeSchema,
  openDatabase,
  openOfficeKey,
  type Database,
} from '../../src/headoffice/index.ts';
import { askToEnrol } from '../../src/main/exchange/index.ts';
import { seededRandom } from '../../src/simulators/printer/index.ts';
import { parseMeterNumber } from '../../src/sts/index.ts';
import { startPostgres, type Postgres } from '../integration/headoffice/servers.ts';
import { newFolder, OFFICE_KILLS, SEED } from './sizes.ts';

const STATION = 'K1';
const START = Date.UTC(2026, 10, 24, 5);
const HOUR_MS = 3_600_000;
const METERS = ['00123456782', '00180340630', '00763972502', '00084700541', '00342347853'];

function panOf(number: string): string {
  const parsed = parseMeterNumber(number);
  if (!parsed.ok) throw new Error(parsed.error.code);
  return parsed.value.pan;
}

const folder = newFolder('office-kill');
const exchange = path.join(folder, 'exchange');
const tillFolder = path.join(folder, STATION);
const archive = path.join(folder, 'archive');
const random = seededRandom(SEED);

let postgres: Postgres;
let reader: Database;
let till: Till;
let clock = START;
const told = {
  tokens: new Set<string>(),
  killed: { till: 0, importer: 0 },
  steps: new Map<string, number>(),
};

type Victim = {
  readonly name: 'till' | 'importer';
  readonly child: ChildProcess;
  readonly over: Promise<unknown>;
};

/** Starts one of the two, and resolves with it once it is at work. */
async function start(name: Victim['name'], options: object, onLine: (line: string) => void): Promise<Victim> {
  const file = path.join(import.meta.dirname, 'office', `${name}-process.ts`);
  const child = spawn(process.execPath, [file, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: path.join(folder, 'compiled') },
  });
  let trouble = '';
  child.stderr.on('data', (chunk: Buffer) => (trouble += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const over = new Promise((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => (line === 'ready' ? resolve() : onLine(line)));
    child.once('exit', (code) => {
      if (code !== null) reject(new Error(`${name} ended with ${code}: ${trouble}`));
    });
  });
  return { name, child, over };
}

async function kill({ name, child, over }: Victim): Promise<void> {
  if (child.exitCode !== null) throw new Error(`${name} ended by itself with ${child.exitCode}`);
  child.kill('SIGKILL');
  await over;
  told.killed[name] += 1;
}

/** Till and importer at work side by side; each is killed after so many of its steps, at no moment in particular. */
async function oneRound(round: number): Promise<void> {
  const startUnixMs = START + round * HOUR_MS;
  const until = { till: 1 + Math.floor(random() * 14), importer: 1 + Math.floor(random() * 10) };
  const enough = { till: () => undefined as void, importer: () => undefined as void };
  const reached = {
    till: new Promise<void>((resolve) => (enough.till = resolve)),
    importer: new Promise<void>((resolve) => (enough.importer = resolve)),
  };
  let last = 'ready';
  const onTill = (line: string): void => {
    last = line.split(' ')[0] ?? '';
    if (line.startsWith('sold ')) for (const digits of line.split(' ').slice(1)) told.tokens.add(digits);
    until.till -= 1;
    if (until.till <= 0 || line === 'through') enough.till();
  };
  const onImporter = (): void => {
    until.importer -= 1;
    if (until.importer <= 0) enough.importer();
  };
  const [seller, importer] = await Promise.all([
    start(
      'till',
      { folder: tillFolder, stationId: STATION, exchange, startUnixMs, pans: METERS.map(panOf), sales: 12 },
      onTill,
    ),
    start('importer', { url: postgres.url, folder, exchange, archive }, onImporter),
  ]);
  const end = async (victim: Victim): Promise<void> => {
    await reached[victim.name];
    await wait(random() * 25);
    await kill(victim);
  };
  await Promise.all([end(seller), end(importer)]);
  told.steps.set(last, (told.steps.get(last) ?? 0) + 1);
}

beforeAll(async () => {
  postgres = await startPostgres();
  for (const way of ['up', 'down']) mkdirSync(path.join(exchange, STATION, way), { recursive: true });
  makeOfficeKey(folder);
  const place = { url: postgres.url, folder };
  const owner = await openDatabase({ ...place, role: null });
  await makeSchema(owner);
  const tillOptions = {
    folder: tillFolder,
    stationId: STATION,
    exchange: { transport: { kind: 'folder', folder: exchange } } as const,
    now: () => clock,
    random: (bytes: number) => randomBytes(bytes),
  };
  await makeTill(tillOptions);
  till = await openTill(tillOptions);
  const code = await addStation(owner, STATION, (bytes) => randomBytes(bytes));
  if (!code.ok) throw new Error(code.error.code);
  const { ledger } = till.station;
  const enrolment = {
    folder: tillFolder,
    stationId: STATION,
    zone: 'Africa/Johannesburg',
    ledger,
    nowUnixMs: clock,
    operatorId: null,
  };
  const asked = askToEnrol(enrolment, code.value);
  if (!asked.ok) throw new Error(asked.error.code);
  const office = { database: owner, office: openOfficeKey(folder), exchange, archive, now: Date.now };
  await till.station.exchange.visitNow();
  await importFolder(office);
  await till.station.exchange.visitNow();
  await till.station.close();
  let rounds = 0;
  while (told.killed.till + told.killed.importer < OFFICE_KILLS) await oneRound((rounds += 1));
  clock = START + (rounds + 1) * HOUR_MS;
  till = await openTill(tillOptions);
  for (let turn = 0; turn < 5; turn += 1) {
    await till.station.exchange.visitNow(true);
    await importFolder(office);
  }
  await till.station.exchange.visitNow();
  reader = owner;
}, 14_400_000);

afterAll(async () => {
  await till?.station.close();
  await reader?.close();
  await postgres?.close();
  rmSync(folder, { recursive: true, force: true });
});

const counted = async (table: string): Promise<number> => {
  const [row] = await reader.use((session) =>
    session.query<{ count: number }>(`SELECT count(*)::integer AS count FROM ${table}`),
  );
  return row?.count ?? -1;
};

describe(`importer and station killed ${OFFICE_KILLS} times, seed ${SEED}`, () => {
  it('sold between, and were killed at more than one kind of step', () => {
    expect(told.killed.till).toBeGreaterThan(0);
    expect(told.killed.importer).toBeGreaterThan(0);
    expect(told.tokens.size).toBeGreaterThan(0);
    expect(told.steps.size).toBeGreaterThan(1);
  });

  it('leave every row of the station once, and no other', async () => {
    const { ledger } = till.station;
    for (const table of ['record', ...CHILD_TABLES]) {
      const own = ledger.prepare(`SELECT count(*) AS count FROM ${table}`).get<{ count: number }>();
      expect({ table, rows: await counted(table) }).toEqual({ table, rows: own?.count });
    }
    const hashes = ledger.prepare('SELECT hash FROM record ORDER BY record_id').all<{ hash: Uint8Array }>();
    const held = await reader.use((session) =>
      session.query<{ hash: Uint8Array }>('SELECT hash FROM record ORDER BY record_id'),
    );
    const hex = ({ hash }: { hash: Uint8Array }): string => Buffer.from(hash).toString('hex');
    expect(held.map(hex)).toEqual(hashes.map(hex));
  });

  it('leave every token that a cashier was shown', async () => {
    const held = await reader.use((session) => session.query<{ digits: string }>('SELECT digits FROM token'));
    const digits = new Set(held.map((row) => row.digits));
    expect([...told.tokens].filter((token) => !digits.has(token))).toEqual([]);
    expect(held).toHaveLength(digits.size);
  });

  it('leave no half of a batch: what was answered is what is held', async () => {
    const batches = await reader.use((session) =>
      session.query<{ number: number; manifest_sha256: string; rows_added: number; rows_known: number }>(
        'SELECT number, manifest_sha256, rows_added, rows_known FROM batch ORDER BY number',
      ),
    );
    const own = till.station.ledger
      .prepare('SELECT number, manifest_sha256 FROM upload_batch ORDER BY number')
      .all<{ number: number; manifest_sha256: string }>();
    expect(batches.map(({ number, manifest_sha256 }) => ({ number, manifest_sha256 }))).toEqual(own);
    let rows = 0;
    for (const table of ['record', ...CHILD_TABLES]) rows += await counted(table);
    expect(batches.reduce((sum, batch) => sum + batch.rows_added, 0)).toBe(rows);
    expect(batches.every(({ rows_known: known }) => known === 0)).toBe(true);
  });

  it('leave every batch answered, and none answered that is not held', () => {
    expect(till.station.exchange.status()).toMatchObject({
      state: 'enrolled',
      waitingBatches: 0,
      unsentRecords: 0,
      problem: null,
    });
    const refused = till.station.ledger
      .prepare("SELECT DISTINCT verdict FROM upload_event WHERE verdict NOT IN ('accepted', 'duplicate')")
      .all();
    expect(refused).toEqual([]);
  });
});
