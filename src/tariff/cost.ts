import { MAX_AMOUNT_MINOR, rational, type Rational } from '../units/index.ts';
import type { Context } from './context.ts';
import { sum, whole } from './exact.ts';
import { moneyCharges, type Caps } from './money-charges.ts';
import { unitsFor } from './purchase.ts';
import { settlementOf } from './settlement.ts';

const { compare, subtract } = rational;

const NO_CAPS: Caps = new Map();

/** A search that finds nothing within this many amounts below the threshold has found the smallest. */
const SCAN_LIMIT = 50_000;

/** The most that the rounded shares of an amount may differ from exact ones, all together, in minor units. */
function roundedShares(context: Context): Rational {
  return sum(context.moneyRules.filter(({ kind }) => kind !== 'fixed').map(({ rounding }) => rounding.step));
}

/** Money left for units out of an amount. */
function availableOf(context: Context, amountMinor: number): Rational {
  const purse = {
    amount: whole(amountMinor),
    settled: whole(settlementOf(context.state, amountMinor).netMinor),
  };
  return moneyCharges(context, purse, NO_CAPS).available;
}

/**
 * Shares of an amount that are each rounded may tick up together, so that one minor unit more leaves less for
 * units: below a threshold found by halving a smaller amount may do. Exact shares never fall, so the search
 * may stop where what is left is lower than the roundings together can explain.
 */
function belowThreshold(
  context: Context,
  stepMinor: number,
  threshold: number,
  enough: (amountMinor: number) => boolean,
): number {
  const reach = roundedShares(context);
  if (compare(reach, rational.ONE) <= 0 || threshold === 1) return threshold;
  const needed = availableOf(context, (threshold - 1) * stepMinor);
  const hopeless = subtract(needed, rational.multiply(whole(2), reach));
  let found = threshold;
  for (let steps = threshold - 1; steps >= 1 && threshold - steps <= SCAN_LIMIT; steps -= 1) {
    const available = availableOf(context, steps * stepMinor);
    if (compare(available, hopeless) < 0) break;
    if (compare(available, needed) >= 0 && enough(steps * stepMinor)) found = steps;
  }
  return found;
}

/**
 * The smallest payable amount, a multiple of `stepMinor`, for which `enough` holds, given that more money
 * never does worse but for the rounding of shares. Undefined when no amount is enough.
 */
export function smallestAmount(
  context: Context,
  stepMinor: number,
  enough: (amountMinor: number) => boolean,
): number | undefined {
  const top = Math.floor(MAX_AMOUNT_MINOR / stepMinor);
  let high = 1;
  while (high < top && !enough(high * stepMinor)) high = Math.min(top, high * 2);
  if (!enough(high * stepMinor)) return undefined;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle * stepMinor)) high = middle;
    else low = middle;
  }
  return belowThreshold(context, stepMinor, high, enough) * stepMinor;
}

/** The smallest amount that buys at least `quantity`, for tariffs in which more money never buys less. */
export function amountFor(context: Context, stepMinor: number, quantity: number): number | undefined {
  return smallestAmount(context, stepMinor, (amountMinor) => unitsFor(context, amountMinor) >= quantity);
}
