import { MAX_AMOUNT_MINOR, rational, type Rational } from '../units/index.ts';
import type { Context } from './context.ts';
import { sum, whole } from './exact.ts';
import { moneyCharges, type Caps } from './money-charges.ts';
import { unitsFor } from './purchase.ts';
import { settlementOf } from './settlement.ts';

const { compare, subtract } = rational;

const NO_CAPS: Caps = new Map();

/** Amounts below a threshold that are looked at: shares rounded to cents need some tens, this leaves room. */
const SCAN_LIMIT = 2_000;

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
  first: number,
  enough: (amountMinor: number) => boolean,
): number {
  const reach = roundedShares(context);
  if (compare(reach, rational.ONE) <= 0 || first === 1) return first;
  const needed = availableOf(context, (first - 1) * stepMinor);
  const hopeless = subtract(needed, rational.multiply(whole(2), reach));
  let found = first;
  for (let steps = first - 1; steps >= 1 && first - steps <= SCAN_LIMIT; steps -= 1) {
    const available = availableOf(context, steps * stepMinor);
    if (compare(available, hopeless) < 0) break;
    if (compare(available, needed) >= 0 && enough(steps * stepMinor)) found = steps;
  }
  return found;
}

/** The last multiples of the step before the ranges of some stage begin or end, and the largest of all. */
function searchEnds(context: Context, stepMinor: number): number[] {
  const edges = context.moneyRules.flatMap(({ range }) => [range.above, range.upTo]);
  const steps = edges.flatMap((edge) =>
    edge ? [Number(rational.floor(rational.divide(edge, whole(stepMinor))))] : [],
  );
  const top = Math.floor(MAX_AMOUNT_MINOR / stepMinor);
  return [...new Set([...steps.filter((each) => each > 0 && each < top), top])].sort((a, b) => a - b);
}

/** The smallest number of steps above `low` and up to `top` that is enough, by doubling and halving. */
function threshold(low: number, top: number, enough: (steps: number) => boolean): number | undefined {
  let [below, high] = [low, Math.min(top, low + 1)];
  while (high < top && !enough(high)) {
    [below, high] = [high, Math.min(top, low + (high - low) * 2)];
  }
  if (!enough(high)) return undefined;
  while (high - below > 1) {
    const middle = Math.floor((below + high) / 2);
    if (enough(middle)) high = middle;
    else below = middle;
  }
  return high;
}

/**
 * The smallest payable amount, a multiple of `stepMinor`, for which `enough` holds, given that within the
 * ranges of its stages more money never does worse but for the rounding of shares. Undefined when none is.
 */
export function smallestAmount(
  context: Context,
  stepMinor: number,
  enough: (amountMinor: number) => boolean,
): number | undefined {
  let low = 0;
  for (const top of searchEnds(context, stepMinor)) {
    const found = threshold(low, top, (steps) => enough(steps * stepMinor));
    if (found !== undefined) return belowThreshold(context, stepMinor, found, enough) * stepMinor;
    low = top;
  }
  return undefined;
}

/** The smallest amount that buys at least `quantity`, for tariffs in which more money never buys less. */
export function amountFor(context: Context, stepMinor: number, quantity: number): number | undefined {
  return smallestAmount(context, stepMinor, (amountMinor) => unitsFor(context, amountMinor) >= quantity);
}
