import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFleet, type FleetRun } from '../../../src/fleet/fleet.ts';
import {
  makeOfficeKey,
  makeSchema,
  openDatabase,
  openOfficeKey,
  type Database,
} from '../../../src/headoffice/index.ts';
import { parseMeterNumber } from '../../../src/sts/index.ts';

/** A station whose disk died with a sale that head office has; its backup is older than its last batch. */

function panOf(meterNumber: string): string {
  const parsed = parseMeterNumber(meterNumber);
  if (!parsed.ok) throw new Error(parsed.error.code);
  return parsed.value.pan;
}

let folder: string;
let database: Database;
let fleet: FleetRun;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-restore-'));
  const exchange = path.join(folder, 'exchange');
  mkdirSync(exchange);
  makeOfficeKey(folder);
  database = await openDatabase({ url: undefined, folder: path.join(folder, 'pg'), role: null });
  await makeSchema(database);
  const archive = path.join(folder, 'archive');
  fleet = await runFleet({
    folder,
    stations: 1,
    days: 2,
    salesADay: 2,
    startUnixMs: Date.UTC(2026, 10, 23, 5),
    pans: ['00123456782', '00763972502'].map(panOf),
    faults: new Map([[0, 'restored']]),
    random: (bytes) => randomBytes(bytes),
    transport: () => ({ kind: 'folder', folder: exchange }),
    office: { database, office: openOfficeKey(folder), exchange, now: Date.now, archive },
    publisher: database,
  });
}, 240_000);

afterAll(async () => {
  await fleet?.close();
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a station that was restored', () => {
  it('goes on in a new epoch, and what it lost stays held', async () => {
    expect(fleet.outcomes.map(({ verdict }) => verdict)).not.toContain('fork');
    expect(fleet.stations[0]?.till.station.exchange.status()).toMatchObject({
      waitingBatches: 0,
      unsentRecords: 0,
    });
    const epochs = await database.use((session) =>
      session.query(
        `SELECT epoch, old_epoch, held_sequence > old_sequence AS lost,
           (SELECT count(*)::integer FROM sale WHERE amount_minor = 4200) AS lost_sales FROM epoch`,
      ),
    );
    expect(epochs).toEqual([{ epoch: 2, old_epoch: 1, lost: true, lost_sales: 1 }]);
  });
});
