import { randomBytes } from 'node:crypto';
import type { SignedInOperator } from '../../src/contract/index.ts';
import {
  closeShift,
  correctTender,
  countShift,
  dropCash,
  endShift,
  makeDeposit,
  openShift,
  openShifts,
  payInOrOut,
  recordNoSale,
  type ShiftSettings,
} from '../../src/main/shifts/index.ts';
import type { Station } from '../../src/main/station/index.ts';
import { makeId, type Result, type SaleId } from '../../src/units/index.ts';
import { growLedger, salesOf, type Growing } from './grow-ledger.ts';

const ZONE = 'Africa/Johannesburg';
const CURRENCY = 'ZAR';
const SETTINGS: ShiftSettings = {
  drawers: ['1'],
  closedByAnother: false,
  denominationsMinor: [10, 1_000, 10_000],
  beneficiary: '',
};
const AMOUNTS = [2_000, 3_550, 5_000, 10_000, 47_090] as const;

export type GrowingStation = Growing & { readonly station: Station };

/** A moment whose every result has to be good. */
function must<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/**
 * Adds whole shifts until so many sales are recorded: a float, a sale that the station itself makes, sales like it,
 * a drop, money in and out, a corrected tender, a count, a Z, now and then a deposit. Four cashiers by turns.
 */
export async function growShifts(
  till: GrowingStation,
  sales: number,
  people: readonly SignedInOperator[],
  perShift: number,
): Promise<void> {
  closeLeftOpen(till, people);
  for (let turn = 0; salesOf(till.ledger) < sales; turn += 1) {
    const operator = people[turn % people.length];
    if (!operator) throw new Error('there is somebody to sell');
    await growShift(till, operator, turn, perShift);
  }
}

/** A run that was cut short left its shift open: whoever held it counts and closes it. */
function closeLeftOpen({ ledger, later }: GrowingStation, people: readonly SignedInOperator[]): void {
  for (const { shiftId, operatorId, step } of openShifts(ledger)) {
    const operator = people.find((each) => each.operatorId === operatorId);
    if (!operator) continue;
    const moment = () => ({ nowUnixMs: later(60_000), zone: ZONE, operatorId });
    if (step === 'opened') must(ledger.transaction((tx) => endShift(tx, moment(), operator, shiftId, null)));
    const count = { cash: notes(5), slips: [] };
    must(ledger.transaction((tx) => countShift(tx, moment(), SETTINGS, operator, shiftId, count)));
    must(ledger.transaction((tx) => closeShift(tx, moment(), SETTINGS, operator, shiftId)));
  }
}

async function growShift(
  till: GrowingStation,
  operator: SignedInOperator,
  turn: number,
  perShift: number,
): Promise<void> {
  const { ledger, later } = till;
  const { operatorId } = operator;
  const moment = () => ({ nowUnixMs: later(60_000), zone: ZONE, operatorId });
  const shiftId = makeId(later(0), randomBytes(10));
  const opening = { shiftId, drawer: '1', operatorId, currency: CURRENCY, float: notes(5) };
  must(ledger.transaction((tx) => openShift(tx, moment(), SETTINGS, opening)));
  const saleId = await sellOnce(till, operator, AMOUNTS[turn % AMOUNTS.length] ?? AMOUNTS[0]);
  growLedger(till, salesOf(till.ledger) + perShift - 1, shiftId);
  must(ledger.transaction((tx) => dropCash(tx, moment(), SETTINGS, operatorId, notes(3))));
  const pay = { direction: turn % 2 === 0 ? 'in' : 'out', amountMinor: 700, reason: 'stamps' } as const;
  must(ledger.transaction((tx) => payInOrOut(tx, moment(), operatorId, pay)));
  must(ledger.transaction((tx) => recordNoSale(tx, moment(), operatorId, 'change')));
  const correction = {
    saleId,
    from: 'cash-drawer',
    to: 'card',
    amountMinor: 1_000,
    reason: 'by card',
  } as const;
  must(ledger.transaction((tx) => correctTender(tx, moment(), correction)));
  must(ledger.transaction((tx) => endShift(tx, moment(), operator, shiftId, null)));
  const count = { cash: notes(5 + (turn % 7)), slips: [] };
  must(ledger.transaction((tx) => countShift(tx, moment(), SETTINGS, operator, shiftId, count)));
  must(ledger.transaction((tx) => closeShift(tx, moment(), SETTINGS, operator, shiftId)));
  if (turn % 5 !== 4) return;
  const depositId = makeId(later(0), randomBytes(10));
  const deposit = { depositId, account: 'safe', amountMinor: 1_000, currency: CURRENCY } as const;
  const made = { ...deposit, reference: `BAG-${salesOf(ledger)}`, beneficiary: '' };
  must(ledger.transaction((tx) => makeDeposit(tx, moment(), made)));
}

function notes(quantity: number): { denominationMinor: number; quantity: number }[] {
  return [{ denominationMinor: 1_000, quantity }];
}

async function sellOnce(
  { station, later }: GrowingStation,
  operator: SignedInOperator,
  amountMinor: number,
): Promise<SaleId> {
  later(60_000);
  const session = station.newSession();
  session.operator = operator;
  const meter = station.directory
    .prepare('SELECT pan FROM meter WHERE blocked_reason IS NULL ORDER BY meter_row LIMIT 1')
    .get<{ pan: string }>();
  const pan = meter?.pan ?? '';
  const quote = must(await station.handlers['sale.quote']({ pan, amountMinor }, session));
  const sale = must(
    await station.handlers['sale.vend'](
      {
        requestId: station.newId(),
        pan,
        amountMinor,
        quotedUnitsTenths: quote.unitsTenths,
        quotedDueMinor: quote.dueMinor,
        acknowledged: ['warning-duplicate', 'warning-unusual-amount'],
        tender: { kind: 'cash', receivedMinor: quote.dueMinor },
      },
      session,
    ),
  );
  if (sale.printJob) await station.printing.settled(sale.printJob.jobId);
  return sale.saleId as SaleId;
}
