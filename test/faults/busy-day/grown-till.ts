import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { growLedger, openGrower, signAnchor } from '../../../bench/support/grow-ledger.ts';
import { makeTill, openTill, type TillOptions } from '../../../src/fleet/till.ts';
import { insertBatch } from '../../../src/main/exchange/index.ts';
import { chainHead, grantAllowance } from '../../../src/main/ledger/index.ts';
import {
  closeShift,
  countShift,
  endSales,
  endShift,
  openShift,
  salesFigures,
  shiftFigures,
  shiftHeldBy,
  shiftSettings,
} from '../../../src/main/shifts/index.ts';
import type { StationSettings } from '../../../src/contract/index.ts';
import { openStationKey, openWriter, type LedgerTx } from '../../../src/main/store/index.ts';
import { assert } from '../../../src/units/index.ts';

const SALES_A_DAY = 1_000;
const DAYS_A_RUN = 5;
const NIGHT_MS = 14 * 3_600_000;
const ZONE = 'Africa/Johannesburg';

export type GrownTill = {
  readonly folder: string;
  readonly options: TillOptions;
  readonly clock: { now: number };
};

/** The till's folder with its clock and settings: a backup folder, a head office that takes files from a folder. */
export function grownTill(folder: string, firstUnixMs: number): GrownTill {
  const clock = { now: firstUnixMs };
  const options: TillOptions = {
    folder: path.join(folder, 'data'),
    stationId: 'T1',
    exchange: { transport: { kind: 'folder', folder: path.join(folder, 'exchange') } },
    now: () => clock.now,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  };
  return { folder, options, clock };
}

/**
 * A station that has sold for years: so many sales, a thousand a day, each day a shift with its Z, every fifth day
 * the end of a run of sales. All of it was sent to head office and verified.
 */
export async function makeGrown(till: GrownTill, sales: number): Promise<void> {
  const { options, clock } = till;
  await makeTill(options);
  const settings = keepSettings(till);
  enrol(options.folder);
  const opened = await openTill(options);
  const { station } = opened;
  try {
    clock.now += 60_000;
    const pan = station.directory.prepare('SELECT pan FROM meter LIMIT 1').get<{ pan: string }>()?.pan ?? '';
    const first = await opened.sell(pan, 10_000);
    assert(first.ok, 'the sale that the others are taken after');
    const operatorId = opened.session.operator?.operatorId ?? '';
    const ledger = openGrower(path.join(options.folder, 'ledger.db'));
    ledger.transaction((tx) => grant(tx, clock.now));
    for (let sold = 0, day = 1; sold < sales; day += 1) {
      sold = Math.min(sold + SALES_A_DAY, sales);
      const shiftId = shiftHeldBy(ledger, operatorId)?.shiftId;
      growLedger({ ledger, later: (ms) => (clock.now += ms) }, sold, shiftId);
      ledger.transaction((tx) => endDay(tx, clock, settings, operatorId, day));
      clock.now += NIGHT_MS;
      ledger.transaction((tx) => openDay(tx, clock, settings, operatorId));
    }
    ledger.transaction((tx) => settleAll(tx, clock.now, options.folder));
    ledger.close();
  } finally {
    await station.close();
  }
}

/** An allowance that all sales to come are counted against: asked for at each of them, and never used up. */
function grant(tx: LedgerTx, nowUnixMs: number): void {
  const keep =
    'INSERT INTO head_office_package (number, applied_unix_ms, manifest, signature) VALUES (1, ?, ?, ?)';
  tx.prepare(keep).run(nowUnixMs, Buffer.from('{}'), Buffer.alloc(64));
  const most = {
    valueMinor: Number.MAX_SAFE_INTEGER,
    tokens: 1_000_000_000,
    minutes: null,
    perSaleMinor: null,
  };
  grantAllowance(tx, 1, most, nowUnixMs);
}

function keepSettings({ folder, options }: GrownTill): StationSettings {
  const file = path.join(options.folder, 'station.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as StationSettings;
  const kept = { ...settings, backupFolder: path.join(folder, 'backups'), retentionMonths: 240 };
  writeFileSync(file, JSON.stringify(kept));
  return kept;
}

/** Head office's own key is any: nothing is answered here. */
function enrol(folder: string): void {
  const key = openStationKey(folder);
  if (!key.ok) throw new Error(key.error.code);
  const { publicKey } = key.value;
  const enrolment = { state: 'enrolled', publicKey, epoch: 1, headOfficeKey: publicKey };
  writeFileSync(path.join(folder, 'enrolment.json'), JSON.stringify(enrolment));
}

const momentOf = (clock: { now: number }, operatorId: string) => ({
  nowUnixMs: clock.now,
  zone: ZONE,
  operatorId,
});

function endDay(
  tx: LedgerTx,
  clock: { now: number },
  settings: StationSettings,
  operatorId: string,
  day: number,
): void {
  const moment = momentOf(clock, operatorId);
  const by = { operatorId, name: 'Cashier', role: 'supervisor' } as const;
  const shift = shiftHeldBy(tx, operatorId);
  assert(shift, 'the day has its shift');
  const { shiftId } = shift;
  const cash = shiftFigures(tx, shiftId)?.expected.find(({ account }) => account === 'cash-drawer');
  const count = [{ denominationMinor: 10, quantity: (cash?.amountMinor ?? 0) / 10 }];
  const shifts = shiftSettings(settings);
  const done = [
    endShift(tx, moment, by, shiftId, null),
    countShift(tx, moment, shifts, by, shiftId, { cash: count, slips: [] }),
    closeShift(tx, moment, shifts, by, shiftId),
    ...(day % DAYS_A_RUN === 0 ? [endSales(tx, moment, `sales-${day}`, salesFigures(tx))] : []),
  ];
  for (const step of done) if (!step.ok) throw new Error(JSON.stringify(step.error));
}

function openDay(tx: LedgerTx, clock: { now: number }, settings: StationSettings, operatorId: string): void {
  const opening = { shiftId: `shift-${clock.now}`, drawer: '1', operatorId, currency: 'ZAR', float: [] };
  const opened = openShift(tx, momentOf(clock, operatorId), shiftSettings(settings), opening);
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
}

/** What the end of growing does, for one that was cut short. */
export function settleGrown({ options }: GrownTill): void {
  const ledger = openWriter('ledger', path.join(options.folder, 'ledger.db'));
  if (!ledger.ok) throw new Error(ledger.error.code);
  ledger.value.transaction((tx) => settleAll(tx, chainHead(tx)?.atUnixMs ?? 0, options.folder));
  ledger.value.close();
}

/** Everything is in one batch that head office has taken, and the chain was found whole. */
function settleAll(tx: LedgerTx, nowUnixMs: number, folder: string): void {
  const head = chainHead(tx);
  assert(head, 'there are sales');
  const { recordId, epoch } = head;
  insertBatch(tx, {
    epoch,
    number: 1,
    firstRecordId: 1,
    lastRecordId: recordId,
    closedUnixMs: nowUnixMs,
    manifest: Buffer.from('{}'),
    signature: Buffer.alloc(64),
  });
  tx.prepare(
    "INSERT INTO upload_event (batch_id, at_unix_ms, event, verdict, answer, answer_signature) VALUES (1, ?, 'answered', 'accepted', ?, ?)",
  ).run(nowUnixMs, Buffer.from('{}'), Buffer.alloc(64));
  signAnchor(tx, folder, nowUnixMs);
}
