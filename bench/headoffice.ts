// What head office's checks cost beside the bare engine, and a batch beside its packing: rows a second from files to
// committed answers against COPY of the same rows into the same tables, in the same server, in the same run.

import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  BATCH_FILES,
  batchName,
  buildPayload,
  keyIdOf,
  sealBatch,
  type BatchManifest,
  type BuiltPayload,
  type JournalLine,
  type Signer,
} from '../src/batch/index.ts';
import { checkBatch } from '../src/headoffice/check-batch.ts';
import { putFile } from '../src/headoffice/files.ts';
import {
  importFolder,
  makeSchema,
  openDatabase,
  type Database,
  type ImportOptions,
} from '../src/headoffice/index.ts';
import { rowColumns } from '../src/headoffice/schema.ts';
import { makeTill, openTill } from '../src/fleet/till.ts';
import { runBuild } from '../src/main/exchange/index.ts';
import { journalRows } from '../src/main/exchange/journal-rows.ts';
import { startPostgres } from '../test/integration/headoffice/servers.ts';
import type { Emit } from './run.ts';

const SALES = 300;
const STATIONS = 120;
const FULL_STATIONS = 5_000;
const MORNING = Date.UTC(2026, 10, 24, 5);
const THANDI = '600727001234567821';

type Made = { readonly lines: readonly JournalLine[]; readonly built: BuiltPayload };

/** `args.full` takes the day of five thousand stations, for which 15 GB have to be free. */
export async function run(emit: Emit, args: { readonly full: boolean }): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-bench-office-'));
  const postgres = await startPostgres();
  try {
    const day = await sellADay(emit, path.join(folder, 'till'));
    await emitBuild(emit, path.join(folder, 'till', 'ledger.db'), day);
    // First, so that its memory is its own.
    if (args.full) await wholeCountry(emit, postgres.url, folder, day);
    await compareImport(emit, postgres.url, folder, day);
  } finally {
    await postgres.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A real day of a real station, and what its sales cost while batches are built and sent beside it. */
async function sellADay(emit: Emit, folder: string): Promise<Made> {
  const clock = { now: MORNING };
  const exchange = `${folder}-exchange`;
  mkdirSync(exchange);
  const options = {
    folder,
    stationId: 'B1',
    exchange: { transport: { kind: 'folder', folder: exchange } } as const,
    now: () => clock.now,
    random: (bytes: number) => randomBytes(bytes),
  };
  await makeTill(options);
  const till = await openTill(options);
  const taken: Record<'alone' | 'beside', number[]> = { alone: [], beside: [] };
  try {
    for (let sale = 0; sale < SALES; sale += 1) {
      clock.now += 60_000;
      // By turns, so that both see the same machine: a visit builds and sends on a thread of its own.
      const turn = Math.floor(sale / 10) % 2 === 0 ? 'alone' : 'beside';
      const visit = turn === 'beside' && sale % 10 === 0 ? till.station.exchange.visitNow(true) : undefined;
      const start = performance.now();
      const sold = await till.sell(THANDI, 1_000 + sale * 10);
      if (!sold.ok) throw new Error(sold.error.code);
      taken[turn].push(performance.now() - start);
      if (sale % 10 === 9) await visit;
    }
    emitSelling(emit, taken);
    const lines = [...journalRows(till.station.ledger, 0)];
    const built = await buildPayload(lines);
    if (!built) throw new Error('a day has rows');
    return { lines, built };
  } finally {
    await till.station.close();
  }
}

function emitSelling(emit: Emit, taken: Record<'alone' | 'beside', number[]>): void {
  for (const [name, part, goal] of [
    ['p50', 0.5, '<=1.2'],
    ['p95', 0.95, '<=1.5'],
  ] as const) {
    const at = (list: number[]): number =>
      list.toSorted((a, b) => a - b)[Math.floor(list.length * part)] ?? 0;
    const [alone, beside] = [at(taken.alone), at(taken.beside)];
    emit({
      metric: `headoffice.sellingBeside.${name}`,
      value: beside,
      unit: 'ms',
      yardstick: alone,
      ratio: beside / alone,
      goal,
    });
  }
}

const BUILD_TURNS = 31;

/** A batch from rows that were read, and from the ledger's file, beside the packing of the same bytes. */
async function emitBuild(emit: Emit, ledgerFile: string, { lines, built }: Made): Promise<void> {
  const plain = gunzipSync(built.bytes);
  const ways = {
    'headoffice.batchBuild': () => buildPayload(lines),
    'headoffice.batchBuild.reading': () => runBuild({ ledgerFile, after: 0 }),
    gzip: () => Promise.resolve(gzipSync(plain, { level: 6 })),
  };
  const times = new Map<string, number[]>();
  for (let turn = 0; turn < BUILD_TURNS; turn += 1)
    for (const [name, work] of Object.entries(ways)) {
      const start = performance.now();
      await work();
      times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
    }
  const middle = (name: string): number =>
    times.get(name)?.toSorted((a, b) => a - b)[Math.floor(BUILD_TURNS / 2)] ?? 0;
  const yardstick = middle('gzip');
  for (const metric of ['headoffice.batchBuild', 'headoffice.batchBuild.reading'])
    emit({
      metric,
      value: middle(metric),
      unit: 'ms',
      yardstick,
      ratio: middle(metric) / yardstick,
      ...(metric === 'headoffice.batchBuild' ? { goal: '<=2.0' } : {}),
      rows: lines.length,
      plainBytes: plain.length,
      packedBytes: built.bytes.length,
    });
}

function newSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const bytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { publicKey: bytes.toString('hex'), sign: (message) => sign(null, message, privateKey) };
}

function manifestOf(signer: Signer, built: BuiltPayload, station: string): BatchManifest {
  return {
    format: 'kioskwatt-batch',
    version: 1,
    station,
    profile: 'private',
    keyId: keyIdOf(signer.publicKey),
    epoch: 1,
    number: 1,
    previousManifest: null,
    ...built.facts,
    versions: { program: 'bench', ledger: 1, package: 0 },
    clock: { createdUnixMs: MORNING, previousUnixMs: null, boot: 'bench', upMs: 0 },
  };
}

/** The same day under many stations' names and keys: what head office reads is whole and signed for each of them. */
async function putStations(
  database: Database,
  exchange: string,
  count: number,
  { built }: Made,
  prefix: string,
): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const station = `${prefix}${index}`;
    const signer = newSigner();
    const {
      first: _f,
      last: _l,
      firstRecordId: _i,
      chain: _c,
      totals: _t,
      payload: _p,
      ...head
    } = manifestOf(signer, built, station);
    const sealed = sealBatch(head, built.facts, signer);
    const base = path.join(exchange, station, 'up', batchName({ station, epoch: 1, number: 1 }));
    putFile(base + BATCH_FILES.payload, built.bytes);
    putFile(base + BATCH_FILES.signature, sealed.signature);
    putFile(base + BATCH_FILES.manifest, sealed.manifest);
    await database.use(async (session) => {
      await session.query(`INSERT INTO station (station, state) VALUES ($1, 'active')`, [station]);
      await session.query(
        'INSERT INTO station_key (station, public_key, from_epoch, from_number) VALUES ($1, $2, 1, 1)',
        [station, signer.publicKey],
      );
    });
  }
}

async function newOffice(url: string, name: string): Promise<{ owner: Database; importer: Database }> {
  const server = await openDatabase({ url, folder: '', role: null });
  await server.use((session) => session.query(`CREATE DATABASE ${name}`));
  await server.close();
  const own = url.replace(/postgres$/u, name);
  const owner = await openDatabase({ url: own, folder: '', role: null });
  await makeSchema(owner);
  return {
    owner,
    importer: await openDatabase({ url: own, folder: '', role: 'headoffice_import', width: 4 }),
  };
}

async function compareImport(emit: Emit, url: string, folder: string, day: Made): Promise<void> {
  const rows = day.lines.length * STATIONS;
  const bare = await bareCopy(url, day);
  const { owner, importer } = await newOffice(url, 'checked');
  const exchange = path.join(folder, 'exchange');
  mkdirSync(exchange);
  await putStations(owner, exchange, STATIONS, day, 'S');
  const options: ImportOptions = { database: importer, office: newSigner(), exchange, now: Date.now };
  const first = await timedImport(options);
  const value = (rows / first.ms) * 1_000;
  emit({
    metric: 'headoffice.import',
    value,
    unit: 'rows/s',
    yardstick: bare,
    ratio: value / bare,
    goal: '>=0.35',
    rows,
    answers: first.accepted,
    ...(await room(owner)),
  });
  const again = await timedImport(options);
  const [held] = await owner.use((session) =>
    session.query<{ count: number }>('SELECT count(*)::integer AS count FROM record'),
  );
  const records = day.built.facts.totals.records * STATIONS;
  emit({
    metric: 'headoffice.reimport.rows',
    value: (held?.count ?? -1) - records,
    unit: 'rows',
    goal: '<=0',
  });
  emit({
    metric: 'headoffice.reimport.time',
    value: again.ms,
    unit: 'ms',
    yardstick: first.ms,
    ratio: again.ms / first.ms,
    goal: '<=1.0',
  });
  await importer.close();
  await owner.close();
}

/** What the importing program has and had in memory, and the database on disk; in megabytes. */
async function room(owner: Database): Promise<object> {
  const [disk] = await owner.use((session) =>
    session.query<{ bytes: number }>('SELECT pg_database_size(current_database())::float8 AS bytes'),
  );
  return {
    memoryMegabytes: Math.round(process.memoryUsage().rss / 1e6),
    peakMegabytes: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6),
    diskMegabytes: Math.round((disk?.bytes ?? 0) / 1e6),
  };
}

async function timedImport(options: ImportOptions): Promise<{ ms: number; accepted: number }> {
  const start = performance.now();
  const outcomes = await importFolder(options);
  const ms = performance.now() - start;
  return { ms, accepted: outcomes.filter(({ verdict }) => verdict === 'accepted').length };
}

/** COPY of the same rows, made ready beforehand, into the same tables: rows a second until the commit. */
async function bareCopy(url: string, day: Made): Promise<number> {
  const { owner, importer } = await newOffice(url, 'bare');
  await importer.transaction((session) => session.query("SELECT ensure_month('2026-11-01')"));
  const all = Array.from({ length: STATIONS }, (_, index) => {
    const manifest = manifestOf(newSigner(), day.built, `C${index}`);
    const checked = checkBatch({ manifest, payload: day.built.bytes, known: 0 });
    if (!checked.ok) throw new Error(checked.error.code);
    return checked.value.copies;
  });
  const start = performance.now();
  await Promise.all(
    all.map((copies) =>
      importer.transaction(async (session) => {
        for (const { table, bytes } of copies) await session.copyIn(table, rowColumns(table), bytes);
      }),
    ),
  );
  const ms = performance.now() - start;
  await importer.close();
  await owner.close();
  return ((day.lines.length * STATIONS) / ms) * 1_000;
}

/** Files lie ready for so many stations at once; those that are taken make room for the next. */
const WAVES = 10;
const MARKS = [0.1, 0.5, 1];

/** Five thousand stations with three hundred sales each: time of the imports, memory and disk as the work goes on. */
async function wholeCountry(emit: Emit, url: string, folder: string, day: Made): Promise<void> {
  const { owner, importer } = await newOffice(url, 'country');
  const exchange = path.join(folder, 'country');
  const office = newSigner();
  let [seconds, answers] = [0, 0];
  for (let wave = 1; wave <= WAVES; wave += 1) {
    mkdirSync(exchange);
    await putStations(owner, exchange, FULL_STATIONS / WAVES, day, `K${wave}X`);
    const done = await timedImport({ database: importer, office, exchange, now: Date.now });
    rmSync(exchange, { recursive: true });
    seconds += done.ms / 1_000;
    answers += done.accepted;
    if (!MARKS.includes(wave / WAVES)) continue;
    const rows = answers * day.lines.length;
    emit({
      metric: 'headoffice.country',
      part: wave / WAVES,
      value: seconds,
      unit: 's',
      rows,
      answers,
      rowsPerSecond: rows / seconds,
      ...(await room(owner)),
    });
  }
  await importer.close();
  await owner.close();
}
