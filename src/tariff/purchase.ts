import { err, ok, rational, type Rational, type Result } from '../units/index.ts';
import type { Context } from './context.ts';
import { isNegative, toNumber, whole } from './exact.ts';
import { moneyCharges, type Caps, type MoneyCharges, type Purse } from './money-charges.ts';
import { settlementOf, type Settlement } from './settlement.ts';
import { boughtUnits, exactUnits, lastThatFits, SEARCH_LIMIT, unitCost } from './solve.ts';
import { roundedOnce, unitCharges, type Ledger } from './unit-charges.ts';

const { compare } = rational;

/** One amount of money worked through a tariff, before it is written down as a quote. */
export type Purchase = {
  readonly amountMinor: number;
  readonly settlement: Settlement;
  readonly money: MoneyCharges;
  readonly exact: Rational;
  readonly bought: Rational;
  /** All charges as rounded lines, by stage. */
  readonly ledger: Ledger;
};

const NO_CAPS: Caps = new Map();

/** Whether the charges that fall due before the first unit can be paid. */
function isPayable(context: Context, money: MoneyCharges): boolean {
  if (isNegative(money.available)) return false;
  return compare(unitCost(context, money.ledger, rational.ZERO, true), money.available) <= 0;
}

/** Lowers the charges that may be paid in part, the last declared first, until the rest fits. */
function withParts(context: Context, purse: Purse): MoneyCharges | undefined {
  const caps = new Map<string, Rational>();
  const parts = context.moneyRules
    .filter(({ stage }) => stage.kind === 'fixed' && stage.short === 'part')
    .reverse();
  for (const { stage } of parts) {
    const withCap = (cap: bigint): MoneyCharges =>
      moneyCharges(context, purse, new Map(caps).set(stage.id, whole(cap)));
    if (isPayable(context, withCap(0n))) {
      return withCap(lastThatFits(0n, (cap) => isPayable(context, withCap(cap)) && cap < SEARCH_LIMIT));
    }
    caps.set(stage.id, rational.ZERO);
  }
  return undefined;
}

export type PurchaseFault = 'not-payable' | 'unlimited';

/** From money to units. `not-payable`: the amount does not cover the charges; `unlimited`: units have no price. */
export function purchase(context: Context, amountMinor: number): Result<Purchase, PurchaseFault> {
  const settlement = settlementOf(context.state, amountMinor);
  const purse = { amount: whole(amountMinor), settled: whole(settlement.netMinor) };
  const full = moneyCharges(context, purse, NO_CAPS);
  const money = isPayable(context, full) ? full : withParts(context, purse);
  if (!money) return err('not-payable');
  const exact = exactUnits(context, money.ledger, money.available);
  if (compare(exact, whole(SEARCH_LIMIT)) >= 0) return err('unlimited');
  const bought = boughtUnits(context, money.ledger, money.available, exact);
  const fromExact = context.compiled.tariff.units.linesFrom === 'exact' && bought.num > 0n;
  const ledger = fromExact
    ? roundedOnce(context, unitCharges(context, money.ledger, exact, false))
    : unitCharges(context, money.ledger, bought, true);
  return ok({ amountMinor, settlement, money, exact, bought, ledger });
}

/** The units that an amount buys, as quantities; -1 where it cannot be paid at all. */
export function unitsFor(context: Context, amountMinor: number): number {
  const made = purchase(context, amountMinor);
  if (made.ok) return toNumber(made.value.bought);
  return made.error === 'unlimited' ? SEARCH_LIMIT : -1;
}
