import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFleet, type FleetRun } from '../../../src/fleet/fleet.ts';
import {
  audit,
  makeOfficeKey,
  makeSchema,
  openDatabase,
  openOfficeKey,
  type AuditTable,
  type Database,
} from '../../../src/headoffice/index.ts';
import { parseMeterNumber } from '../../../src/sts/index.ts';
import { startPostgres, type Postgres } from './servers.ts';

function panOf(number: string): string {
  const parsed = parseMeterNumber(number);
  if (!parsed.ok) throw new Error(parsed.error.code);
  return parsed.value.pan;
}

/** Meters of the training directory. */
const PANS = ['00123456782', '00180340630', '00763972502', '00084700541'].map(panOf);
const START = Date.UTC(2026, 10, 23, 5);

let folder: string;
let postgres: Postgres;
let database: Database;
let fleet: FleetRun;
let tables: readonly AuditTable[];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-fork-'));
  postgres = await startPostgres();
  const exchange = path.join(folder, 'exchange');
  mkdirSync(exchange);
  makeOfficeKey(folder);
  database = await openDatabase({ url: postgres.url, folder, role: null });
  await makeSchema(database);
  fleet = await runFleet({
    folder,
    stations: 2,
    days: 1,
    salesADay: 2,
    startUnixMs: START,
    pans: PANS,
    faults: new Map([[1, 'forked']]),
    random: (bytes) => randomBytes(bytes),
    transport: () => ({ kind: 'folder', folder: exchange }),
    office: { database, office: openOfficeKey(folder), exchange, now: Date.now },
    publisher: database,
  });
  tables = await audit(database, { bankingDays: 1, salesADay: 3, quietDays: 60, keys: [] });
}, 600_000);

afterAll(async () => {
  await fleet?.close();
  await database?.close();
  await postgres?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a station whose disk was copied, and whose copy sells on beside it', () => {
  it('learns that others have its numbers, while its neighbour is settled', () => {
    const statuses = fleet.stations.map(({ till }) => till.station.exchange.status());
    expect(statuses[0]).toMatchObject({ waitingBatches: 0, problem: null });
    expect(statuses[1]).toMatchObject({ problem: 'ack-fork' });
    expect(statuses[1]?.waitingBatches).toBeGreaterThan(0);
  });

  it('is named by the audit, and what the copy sold first is held', async () => {
    const alarms = tables.find(({ file }) => file === 'alarms')?.rows ?? [];
    expect(new Set(alarms.map(({ station, verdict }) => `${String(station)} ${String(verdict)}`))).toEqual(
      new Set(['F002 fork']),
    );
    const held = await database.use((session) =>
      session.query("SELECT amount_minor FROM sale WHERE station = 'F002' AND amount_minor = 7700"),
    );
    expect(held).toHaveLength(1);
  });
});
