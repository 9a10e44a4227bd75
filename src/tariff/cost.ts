import { MAX_AMOUNT_MINOR } from '../units/index.ts';
import type { Context } from './context.ts';
import { toNumber } from './exact.ts';
import { rational } from '../units/index.ts';
import { unitsFor } from './purchase.ts';

/**
 * How far below a threshold found by halving a smaller amount could hide: shares of the amount that are each
 * rounded may tick up together and take a few minor units from the money for units.
 */
function wobble(context: Context): number {
  const steps = context.moneyRules
    .filter(({ kind }) => kind === 'percent' || kind === 'debt')
    .map(({ rounding }) => toNumber({ num: rational.ceil(rounding.step), den: 1n }));
  const total = steps.reduce((sum, step) => sum + step, 0);
  return total <= 1 ? 0 : 8 * total;
}

/**
 * The smallest payable amount, a multiple of `stepMinor`, for which `enough` holds, given that a larger
 * amount is never worse but for the rounding of shares. Undefined when no amount is enough.
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
  const lowest = Math.max(1, high - Math.ceil(wobble(context) / stepMinor));
  for (let steps = lowest; steps < high; steps += 1) if (enough(steps * stepMinor)) return steps * stepMinor;
  return high * stepMinor;
}

/** The smallest amount that buys at least `quantity`, for tariffs in which more money never buys less. */
export function amountFor(context: Context, stepMinor: number, quantity: number): number | undefined {
  return smallestAmount(context, stepMinor, (amountMinor) => unitsFor(context, amountMinor) >= quantity);
}
