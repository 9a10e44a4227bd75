import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  audit,
  makeOfficeKey,
  makeSchema,
  openDatabase,
  openOfficeKey,
  readAuditKeys,
  type AuditTable,
  type Database,
} from '../../../src/headoffice/index.ts';
import { runFleet, type Fault, type FleetRun } from '../../../src/fleet/fleet.ts';
import { parseMeterNumber } from '../../../src/sts/index.ts';
import {
  startCuttingLine,
  startPostgres,
  startSshd,
  type CuttingLine,
  type Postgres,
  type Sshd,
} from './servers.ts';

/** The long run has twenty stations for a week; the short one as many faults on fewer stations. */
const LONG = process.env['KIOSKWATT_SIZE'] === 'deep';
const STATIONS = LONG ? 20 : 7;
const DAYS = LONG ? 7 : 2;
const SALES = LONG ? 12 : 3;
const START = Date.UTC(2026, 10, 23, 5);

const FAULTS: readonly Fault[] = ['lost', 'repeated', 'reordered', 'truncated', 'tampered', 'restored'];
const METERS = ['00123456782', '00180340630', '00763972502', '00084700541', '00342347853', '00158267807'];

function panOf(number: string): string {
  const parsed = parseMeterNumber(number);
  if (!parsed.ok) throw new Error(parsed.error.code);
  return parsed.value.pan;
}

let folder: string;
let postgres: Postgres;
let sshd: Sshd;
let line: CuttingLine;
let importer: Database;
let publisher: Database;
let fleet: FleetRun;
let tables: readonly AuditTable[];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-fleet-'));
  postgres = await startPostgres();
  sshd = await startSshd();
  line = await startCuttingLine(sshd.port);
  const exchange = path.join(folder, 'exchange');
  mkdirSync(exchange);
  makeOfficeKey(folder);
  const place = { url: postgres.url, folder };
  const owner = await openDatabase({ ...place, role: null });
  await makeSchema(owner);
  await owner.close();
  importer = await openDatabase({ ...place, role: 'headoffice_import' });
  publisher = await openDatabase({ ...place, role: 'headoffice_publish' });
  fleet = await runFleet({
    folder,
    stations: STATIONS,
    days: DAYS,
    salesADay: SALES,
    startUnixMs: START,
    pans: METERS.map(panOf),
    faults: new Map(FAULTS.map((fault, index) => [index, fault])),
    random: (bytes) => randomBytes(bytes),
    transport: () => sshd.transport(exchange, line.port),
    office: {
      database: importer,
      office: openOfficeKey(folder),
      exchange,
      now: Date.now,
      archive: path.join(folder, 'archive'),
    },
    publisher,
    // Every third station's line breaks while its batch goes up.
    onEvening: (station) => line.cutAfter(station % 3 === 0 ? 12_000 : null),
  });
  const reader = await openDatabase({ ...place, role: 'headoffice_read' });
  const keys = path.join(import.meta.dirname, '../../fixtures/headoffice/audit-keys.json');
  tables = await audit(reader, { bankingDays: 1, salesADay: 3, quietDays: 60, keys: readAuditKeys(keys) });
  await reader.close();
}, 14_400_000);

afterAll(async () => {
  await fleet?.close();
  await importer?.close();
  await publisher?.close();
  await line?.close();
  await sshd?.close();
  await postgres?.close();
  rmSync(folder, { recursive: true, force: true });
});

const rowsOf = (file: string): AuditTable['rows'] => tables.find((table) => table.file === file)?.rows ?? [];

describe(`${STATIONS} stations for ${DAYS} days over SFTP into PostgreSQL`, () => {
  it('cut lines, and every station ends acknowledged all the same', () => {
    expect(line.cuts()).toBeGreaterThan(0);
    for (const { till } of fleet.stations)
      expect(till.station.exchange.status()).toMatchObject({
        state: 'enrolled',
        waitingBatches: 0,
        unsentRecords: 0,
      });
  });

  it('leaves head office with the sum of all ledgers, to the cent and the token', async () => {
    for (const { id, till } of fleet.stations) {
      const own = till.station.ledger
        .prepare(
          `SELECT (SELECT count(*) FROM record) AS records, (SELECT count(*) FROM token) AS tokens,
             (SELECT group_concat(digits, ' ') FROM (SELECT digits FROM token ORDER BY digits)) AS digits,
             (SELECT sum(amount_minor) FROM transfer) AS moved, (SELECT count(*) FROM transfer) AS transfers,
             (SELECT sum(CASE WHEN debit_account = 'cash-drawer' THEN amount_minor ELSE 0 END)
                - sum(CASE WHEN credit_account = 'cash-drawer' THEN amount_minor ELSE 0 END) FROM transfer) AS cash`,
        )
        .get<Record<string, number | string>>();
      const lost = `SELECT old_epoch, old_sequence FROM epoch WHERE station = '${id}'`;
      // What a restored station lost is held here too: its own ledger no longer knows it.
      const kept = (table: string): string =>
        `(SELECT * FROM ${table} AS held WHERE station = '${id}' AND NOT EXISTS (SELECT 1 FROM (${lost}) AS gone
           JOIN record ON record.station = '${id}' AND record.epoch = gone.old_epoch
             AND record.sequence > gone.old_sequence
           WHERE held.epoch = record.epoch AND held.${table === 'record' ? 'record_id' : 'row_id / 1000'} = record.record_id)) AS rows`;
      const [held] = await importer.use((session) =>
        session.query(
          `SELECT (SELECT count(*)::integer FROM ${kept('record')}) AS records,
             (SELECT count(*)::integer FROM ${kept('token')}) AS tokens,
             (SELECT string_agg(digits, ' ' ORDER BY digits) FROM ${kept('token')}) AS digits,
             (SELECT sum(amount_minor)::bigint FROM ${kept('transfer')}) AS moved,
             (SELECT count(*)::integer FROM ${kept('transfer')}) AS transfers,
             (SELECT (sum(CASE WHEN debit_account = 'cash-drawer' THEN amount_minor ELSE 0 END)
               - sum(CASE WHEN credit_account = 'cash-drawer' THEN amount_minor ELSE 0 END))::bigint
              FROM ${kept('transfer')}) AS cash`,
        ),
      );
      expect({ id, ...held }).toEqual({ id, ...own });
    }
  });

  it('names the batches that were harmed on the way', () => {
    const verdicts = fleet.outcomes.map(({ batch, verdict }) => `${batch.station} ${verdict}`);
    expect(verdicts).toContain('F002 duplicate');
    expect(verdicts).toContain('F004 damaged');
    expect(verdicts).toContain('F005 bad-signature');
    // What overtook another batch waits for it. One that was lost is sent again before anything follows it.
    expect(verdicts).toContain('F003 gap');
    expect(verdicts).not.toContain('F001 gap');
  });

  it('finds every planted irregularity in the audit', () => {
    const shared = rowsOf('equal-token-times').filter(({ meter_pan: pan }) => pan === panOf(METERS[0] ?? ''));
    // All stations sold to one meter at the same minute of each day: of each day's tokens the meter takes one.
    const pairs = (STATIONS * (STATIONS - 1)) / 2;
    expect(shared).toHaveLength(pairs * DAYS);
    for (const row of shared)
      expect(Number(row['replace_at_minute'])).toBeGreaterThan(Number(row['token_minute']));
    expect(rowsOf('restores')).toMatchObject([{ station: 'F006', epoch: 2, old_epoch: 1 }]);
    expect(Number(rowsOf('restores')[0]?.['lost_records'])).toBeGreaterThan(0);
    const alarms = rowsOf('alarms').map(({ station, verdict }) => `${String(station)} ${String(verdict)}`);
    expect(alarms).toContain('F004 damaged');
    expect(alarms).toContain('F005 bad-signature');
    expect(rowsOf('purchase-patterns').length).toBeGreaterThan(0);
    expect(rowsOf('late-banking').length).toBe(DAYS > 2 ? STATIONS : 0);
    expect(rowsOf('missing-sequences')).toEqual([]);
    expect(rowsOf('money-without-tokens')).toEqual([]);
    expect(rowsOf('tokens-without-money')).toEqual([]);
  });

  it('reads every token again with the keys at hand', () => {
    expect(rowsOf('token-differs')).toEqual([]);
    expect(readFileSync(path.join(folder, 'head-office-key.pem'), 'utf8')).toContain('PRIVATE KEY');
  });
});
