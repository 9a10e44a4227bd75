import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  addStation,
  importFolder,
  makeOfficeKey,
  makeSchema,
  openDatabase,
  openOfficeKey,
  type Database,
  type ImportOptions,
  type Outcome,
} from '../../../src/headoffice/index.ts';
import { askToEnrol } from '../../../src/main/exchange/index.ts';
import { makeTill, openTill, type Till } from '../../../src/fleet/till.ts';

/** 2026-11-24 08:00 UTC. */
export const MORNING = Date.UTC(2026, 10, 24, 8);

/** A head office in a folder with the engine within this process (or a server), and the folder that stations share. */
export type Office = {
  readonly folder: string;
  readonly exchange: string;
  readonly database: Database;
  readonly options: ImportOptions;
  readonly import: () => Promise<readonly Outcome[]>;
  readonly close: () => Promise<void>;
};

export async function openOffice(url?: string): Promise<Office> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-office-'));
  const exchange = path.join(folder, 'exchange');
  mkdirSync(exchange);
  makeOfficeKey(folder);
  const place = { url, folder: path.join(folder, 'pg') };
  const owner = await openDatabase({ ...place, role: null });
  await makeSchema(owner);
  await owner.close();
  const database = await openDatabase({ ...place, role: 'headoffice_import' });
  const options: ImportOptions = {
    database,
    office: openOfficeKey(folder),
    exchange,
    now: () => MORNING,
    archive: path.join(folder, 'archive'),
  };
  return {
    folder,
    exchange,
    database,
    options,
    import: () => importFolder(options),
    close: async () => {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The clock of a till in a test: it stands until it is moved. */
export type Clock = { now: number };

/** A station with a shift open, known to the office by its key. */
export async function enrolledTill(office: Office, stationId: string, clock: Clock): Promise<Till> {
  const options = {
    folder: path.join(office.folder, stationId),
    stationId,
    exchange: { transport: { kind: 'folder', folder: office.exchange } } as const,
    now: () => clock.now,
    random: (bytes: number) => randomBytes(bytes),
  };
  await makeTill(options);
  const till = await openTill(options);
  await enrol(office, till, options.folder, stationId, clock);
  return till;
}

export async function enrol(
  office: Office,
  till: Till,
  folder: string,
  stationId: string,
  clock: Clock,
): Promise<void> {
  const code = await withRole(office, (database) =>
    addStation(database, stationId, (bytes) => randomBytes(bytes)),
  );
  if (!code.ok) throw new Error(code.error.code);
  const { ledger } = till.station;
  const zone = 'Africa/Johannesburg';
  const deps = { folder, stationId, zone, ledger, nowUnixMs: clock.now, operatorId: null };
  const asked = askToEnrol(deps, code.value);
  if (!asked.ok) throw new Error(asked.error.code);
  await till.station.exchange.visitNow();
  await office.import();
}

/** What only another role of the database may do, in the one session that the engine has. */
export async function withRole<Value>(
  { database }: Office,
  work: (database: Database) => Promise<Value>,
  role = 'headoffice_publish',
): Promise<Value> {
  await database.use((session) => session.query(`SET ROLE ${role}`));
  try {
    return await work(database);
  } finally {
    await database.use((session) => session.query('SET ROLE headoffice_import'));
  }
}

export async function countRows(office: Office, table: string): Promise<number> {
  const [row] = await office.database.use((session) =>
    session.query<{ count: number }>(`SELECT count(*)::integer AS count FROM ${table}`),
  );
  return row?.count ?? -1;
}
