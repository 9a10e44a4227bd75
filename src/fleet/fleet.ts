import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { HeadOfficeSettings } from '../contract/index.ts';
import { BATCH_FILES } from '../batch/index.ts';
import {
  addStation,
  importFolder,
  type Database,
  type ImportOptions,
  type Outcome,
} from '../headoffice/index.ts';
import { askToEnrol } from '../main/exchange/index.ts';
import { makeBackup, restoreBackup } from '../main/ledger/index.ts';
import { makeTill, openTill, type Till, type TillOptions } from './till.ts';

/** What is done to a station's files or to the station itself, once, on one of its days. */
export const FAULTS = [
  'lost',
  'repeated',
  'reordered',
  'truncated',
  'tampered',
  'forked',
  'restored',
] as const;
export type Fault = (typeof FAULTS)[number];

export type FleetOptions = {
  readonly folder: string;
  readonly stations: number;
  readonly days: number;
  readonly salesADay: number;
  /** At what instant the first day begins, in milliseconds. */
  readonly startUnixMs: number;
  /** Meters that the fleet sells to, 18 digits each; the first is sold to by every station. */
  readonly pans: readonly string[];
  /** Faults by station's number, from 0. */
  readonly faults: ReadonlyMap<number, Fault>;
  readonly random: (bytes: number) => Uint8Array;
  readonly transport: (station: string) => HeadOfficeSettings['transport'];
  /** Imports whatever lies in the exchange folder. */
  readonly office: ImportOptions;
  /** The same database with the rights to add stations. */
  readonly publisher: Database;
  /** Told before each station's evening: tests cut lines then. */
  readonly onEvening?: (station: number, day: number) => void;
  readonly onProgress?: (line: string) => void;
};

export type FleetStation = {
  readonly id: string;
  readonly folder: string;
  readonly clock: { now: number };
  till: Till;
};

export type FleetRun = {
  readonly stations: readonly FleetStation[];
  readonly outcomes: readonly Outcome[];
  readonly close: () => Promise<void>;
};

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** From one sale to the next of the same station. */
const SALE_EVERY_MS = 3 * MINUTE_MS;

/** What head office said of every batch, whichever evening it was asked. */
type Running = FleetOptions & { readonly outcomes: Outcome[] };

async function importNow({ office, outcomes }: Running): Promise<void> {
  outcomes.push(...(await importFolder(office)));
}

/**
 * Runs stations side by side through their days: each sells, visits head office in the evening, and head office
 * imports at night. Faults happen on the middle day. The last night goes on until everything is settled.
 */
export async function runFleet(given: FleetOptions): Promise<FleetRun> {
  const outcomes: Outcome[] = [];
  const options: Running = { ...given, outcomes };
  const stations: FleetStation[] = [];
  for (let index = 0; index < options.stations; index += 1) stations.push(await foundStation(options, index));
  await importNow(options);
  for (let day = 0; day < options.days; day += 1) {
    for (const [index, station] of stations.entries()) {
      await sellADay(options, station, index, day);
      options.onEvening?.(index, day);
      await evening(options, station, index, day);
    }
    await importNow(options);
    options.onProgress?.(`day ${day + 1} of ${options.days}`);
  }
  await settle(options, stations);
  return {
    stations,
    outcomes,
    close: async () => {
      for (const { till } of stations) await till.station.close();
    },
  };
}

function tillOptions(options: FleetOptions, id: string, clock: { now: number }): TillOptions {
  const { random } = options;
  const exchange = { transport: options.transport(id) };
  return { folder: path.join(options.folder, id), stationId: id, exchange, now: () => clock.now, random };
}

async function foundStation(options: FleetOptions, index: number): Promise<FleetStation> {
  const id = `F${String(index + 1).padStart(3, '0')}`;
  const clock = { now: options.startUnixMs };
  const own = tillOptions(options, id, clock);
  for (const way of ['up', 'down'])
    mkdirSync(path.join(options.office.exchange, id, way), { recursive: true });
  await makeTill(own);
  const station = { id, folder: own.folder, clock, till: await openTill(own) };
  await enrol(options, station);
  return station;
}

/** Asks for a code and shows it to head office, as two people on the telephone would. */
async function enrol(options: FleetOptions, station: FleetStation): Promise<void> {
  const code = await addStation(options.publisher, station.id, options.random);
  if (!code.ok) throw new Error(code.error.code);
  const { id: stationId, folder, till, clock } = station;
  const { ledger } = till.station;
  const asked = askToEnrol(
    { folder, stationId, zone: 'Africa/Johannesburg', ledger, nowUnixMs: clock.now, operatorId: null },
    code.value,
  );
  if (!asked.ok) throw new Error(asked.error.code);
  await station.till.station.exchange.visitNow();
}

async function sellADay(
  options: FleetOptions,
  station: FleetStation,
  index: number,
  day: number,
): Promise<void> {
  const { salesADay, pans } = options;
  station.clock.now = options.startUnixMs + day * DAY_MS + index;
  for (let sale = 0; sale < salesADay; sale += 1) {
    station.clock.now += SALE_EVERY_MS;
    // The first sale of a day goes to the meter that all stations share, at the same minute for all of them.
    const pan = sale === 0 ? pans[0] : pans[1 + ((index * 7 + sale) % (pans.length - 1))];
    const amountMinor = 1_000 + ((index * 31 + day * 17 + sale * 13) % 90) * 100;
    const sold = await station.till.sell(pan ?? '', amountMinor);
    if (!sold.ok) throw new Error(`${station.id}: ${sold.error.code} ${JSON.stringify(sold.error.params)}`);
  }
}

async function evening(options: Running, station: FleetStation, index: number, day: number): Promise<void> {
  const fault = day === Math.floor(options.days / 2) ? options.faults.get(index) : undefined;
  if (fault === 'restored') await restoreStation(options, station);
  if (fault === 'forked') await forkStation(options, station);
  const visited = await station.till.station.exchange.visitNow();
  // A line that was cut is tried again, as the timer would.
  if (!visited.ok) await station.till.station.exchange.visitNow();
  if (fault !== undefined) harm(options, station, fault);
  if (fault === 'reordered') await overtake(options, station);
}

/** A second batch of the evening reaches head office before the first one, which is still on its way. */
async function overtake(options: FleetOptions, { id, till, clock }: FleetStation): Promise<void> {
  clock.now += SALE_EVERY_MS;
  const sold = await till.sell(options.pans[3] ?? '', 3_300);
  if (!sold.ok) throw new Error(`${id}: ${sold.error.code}`);
  const visited = await till.station.exchange.visitNow();
  if (!visited.ok) await till.station.exchange.visitNow();
}

const FILE_FAULTS: Readonly<Partial<Record<Fault, (up: string, folder: string) => void>>> = {
  lost: (up) => {
    for (const name of readdirSync(up)) rmSync(path.join(up, name));
  },
  repeated: (up, folder) => cpSync(up, path.join(folder, 'aside'), { recursive: true }),
  reordered: (up, folder) => {
    mkdirSync(path.join(folder, 'aside'), { recursive: true });
    for (const name of readdirSync(up)) renameSync(path.join(up, name), path.join(folder, 'aside', name));
  },
  truncated: (up) =>
    change(up, BATCH_FILES.payload, (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2))),
  tampered: (up) =>
    change(up, BATCH_FILES.manifest, (bytes) =>
      Buffer.from(
        bytes
          .toString()
          .replace(/"netMinor": (\d)/u, (_all, digit) => `"netMinor": ${(Number(digit) % 9) + 1}`),
      ),
    ),
};

function change(up: string, ending: string, work: (bytes: Buffer) => Buffer): void {
  const name = readdirSync(up).find((file) => file.endsWith(ending));
  if (name === undefined) throw new Error(`nothing of ${ending} in ${up}`);
  writeFileSync(path.join(up, name), work(readFileSync(path.join(up, name))));
}

function harm(options: FleetOptions, station: FleetStation, fault: Fault): void {
  FILE_FAULTS[fault]?.(path.join(options.office.exchange, station.id, 'up'), station.folder);
}

/** The station's disk dies: a backup of the evening before is restored, and enrolled anew. */
async function restoreStation(options: Running, station: FleetStation): Promise<void> {
  const { folder, till, clock } = station;
  const backups = path.join(options.folder, `${station.id}-backups`);
  mkdirSync(backups);
  const backup = makeBackup({ data: folder, to: backups, nowUnixMs: clock.now, program: 'fleet' });
  if (!backup.ok) throw new Error(backup.error.code);
  clock.now += SALE_EVERY_MS;
  // Sold and sent, and then lost with the disk.
  const sold = await till.sell(options.pans[1] ?? '', 4_200);
  if (!sold.ok) throw new Error(sold.error.code);
  await till.station.exchange.visitNow();
  await importNow(options);
  await till.station.close();
  clock.now += SALE_EVERY_MS;
  const restored = restoreBackup({
    backup: path.join(backups, readdirSync(backups)[0] ?? ''),
    data: folder,
    nowUnixMs: clock.now,
  });
  if (!restored.ok) throw new Error(`${restored.error.code} ${JSON.stringify(restored.error.params)}`);
  if (!existsSync(path.join(folder, 'keys.json')))
    copyFileSync(path.join(restored.value.movedAside ?? '', 'keys.json'), path.join(folder, 'keys.json'));
  station.till = await openTill(tillOptions(options, station.id, clock));
  await enrol(options, station);
  await importNow(options);
}

/**
 * Somebody starts a copy of the station's whole disk beside it: both sell on under the same numbers and with the
 * same key. The copy reaches head office first and is then taken away; what the station itself sold cannot follow.
 */
async function forkStation(options: Running, station: FleetStation): Promise<void> {
  const { folder, till, clock } = station;
  const copy = `${folder}-copy`;
  await till.station.close();
  cpSync(folder, copy, { recursive: true });
  const twin = await openTill({ ...tillOptions(options, station.id, clock), folder: copy });
  clock.now += SALE_EVERY_MS;
  const sold = await twin.sell(options.pans[2] ?? '', 7_700);
  if (!sold.ok) throw new Error(sold.error.code);
  await twin.station.exchange.visitNow();
  await twin.station.close();
  await importNow(options);
  // The answers were for the copy; the station has not heard.
  rmSync(path.join(options.office.exchange, station.id, 'down'), { recursive: true });
  mkdirSync(path.join(options.office.exchange, station.id, 'down'));
  station.till = await openTill(tillOptions(options, station.id, clock));
}

const ROUNDS = 10;

/** Brings back what was set aside, and visits until every batch is settled. */
async function settle(options: Running, stations: readonly FleetStation[]): Promise<void> {
  for (const { id, folder } of stations) {
    const aside = path.join(folder, 'aside');
    if (existsSync(aside)) cpSync(aside, path.join(options.office.exchange, id, 'up'), { recursive: true });
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { till, clock } of stations) {
      clock.now += DAY_MS;
      await till.station.exchange.visitNow(true);
    }
    await importNow(options);
    for (const { till } of stations) await till.station.exchange.visitNow();
    if (stations.every(({ till }) => till.station.exchange.status().waitingBatches === 0)) return;
  }
}
