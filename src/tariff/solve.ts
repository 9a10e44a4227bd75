import { rational, type Rational } from '../units/index.ts';
import { blocksFor, insideTotal, unitCharges, type Ledger } from './unit-charges.ts';
import { usedIn, type Context } from './context.ts';
import { isPositive, roundTo, sum, whole } from './exact.ts';

const { add, compare, divide, floor, multiply, subtract } = rational;

/** The most that a search looks at: beyond what any token carries. */
export const SEARCH_LIMIT = 10_000_000_000;

const HALF = rational.rational(1, 2);

/** What the charges on `units` come to, exact or as rounded lines. */
export function unitCost(context: Context, settled: Ledger, units: Rational, round: boolean): Rational {
  const all = insideTotal(unitCharges(context, settled, units, round));
  return subtract(all, insideTotal(settled));
}

/** Numbers of units, from here, at which some charge changes its slope or jumps; the last is the search limit. */
export function breakpoints(context: Context): Rational[] {
  const points: Rational[] = [];
  for (const rule of context.unitRules) {
    if (rule.kind !== 'per-unit' && rule.kind !== 'fixed') continue;
    const used = usedIn(context, rule.stage.window);
    const edges =
      rule.kind === 'fixed'
        ? rule.steps.map(({ upTo }) => upTo)
        : rule.schedules.flatMap((each) => [
            each.upTo,
            ...blocksFor(context, rule, each).map(({ upTo }) => upTo),
          ]);
    for (const edge of edges) if (edge) points.push(subtract(edge, used));
  }
  const limit = whole(SEARCH_LIMIT);
  const ahead = points.filter((point) => isPositive(point) && compare(point, limit) < 0);
  const sorted = [...ahead, limit].sort(compare);
  return sorted.filter((point, index) => index === 0 || compare(point, sorted[index - 1]!) !== 0);
}

/**
 * The most units, as an exact fraction of a tenth, whose exact charges stay within `available`. Between two
 * breakpoints the cost is a straight line that need not join the one before: two points of it give the answer.
 */
export function exactUnits(context: Context, settled: Ledger, available: Rational): Rational {
  let best = rational.ZERO;
  let low = rational.ZERO;
  for (const high of breakpoints(context)) {
    const atHigh = unitCost(context, settled, high, false);
    if (compare(atHigh, available) <= 0) {
      best = high;
    } else {
      const inside = unitsInside(context, settled, available, { low, high, atHigh });
      if (inside) best = inside;
      if (context.compiled.rising) return best;
    }
    low = high;
  }
  return best;
}

type Segment = { readonly low: Rational; readonly high: Rational; readonly atHigh: Rational };

function unitsInside(
  context: Context,
  settled: Ledger,
  available: Rational,
  segment: Segment,
): Rational | undefined {
  const { low, high, atHigh } = segment;
  const middle = multiply(add(low, high), HALF);
  const atMiddle = unitCost(context, settled, middle, false);
  const slope = divide(subtract(atHigh, atMiddle), subtract(high, middle));
  if (!isPositive(slope)) return undefined;
  const units = subtract(high, divide(subtract(atHigh, available), slope));
  return compare(units, low) > 0 ? units : undefined;
}

function roundUnits(context: Context, units: Rational): Rational {
  return context.compiled.unitRoundings.reduce(roundTo, units);
}

/** The most that rounded lines may differ from exact ones, all together. */
function roundedLines(context: Context): Rational {
  const perRule = context.unitRules.map((rule) => {
    const blocks = rule.kind === 'per-unit' ? rule.schedules.map((each) => each.blocks.length) : [1];
    return multiply(whole(Math.max(...blocks) + 1), rule.rounding.step);
  });
  return sum(perRule);
}

/** How many steps above a known number are looked at where rebates and cheaper bands make prices fall. */
const FALL_LIMIT = 2_000n;

/**
 * Units by the tariff's declared rounding. Where every rounding is down and lines are made from the rounded
 * units, it is the most units whose rounded lines fit; elsewhere the exact units, rounded.
 */
export function boughtUnits(
  context: Context,
  settled: Ledger,
  available: Rational,
  exact: Rational,
): Rational {
  const { unitRoundings, tariff, rising } = context.compiled;
  const rounded = roundUnits(context, exact);
  const mustFit = tariff.units.linesFrom === 'rounded' && unitRoundings.every(({ mode }) => mode === 'down');
  if (!mustFit) return rounded;
  const step = unitRoundings.map((each) => each.step).reduce(rational.maximum);
  const fits = (steps: bigint): boolean =>
    compare(unitCost(context, settled, multiply(whole(steps), step), true), available) <= 0;
  const known = lastThatFits(floor(divide(rounded, step)), fits);
  if (rising) return multiply(whole(known), step);
  const beyond = exactUnits(context, settled, add(available, roundedLines(context)));
  return multiply(whole(highestThatFits(known, floor(divide(beyond, step)), fits)), step);
}

/** The highest number up to `top` that fits, or `known`: for prices that a rounded rebate may lower again. */
function highestThatFits(known: bigint, top: bigint, fits: (value: bigint) => boolean): bigint {
  const start = top - known > FALL_LIMIT ? known + FALL_LIMIT : top;
  for (let value = start; value > known; value -= 1n) if (fits(value)) return value;
  return known;
}

/** The largest whole number that fits, starting from a good guess; 0 always does. */
export function lastThatFits(guess: bigint, fits: (value: bigint) => boolean): bigint {
  let low = 0n;
  let high: bigint;
  let reach = 1n;
  if (guess === 0n || fits(guess)) {
    low = guess;
    while (fits(guess + reach)) {
      low = guess + reach;
      reach *= 2n;
    }
    high = guess + reach;
  } else {
    high = guess;
    while (guess - reach > 0n && !fits(guess - reach)) {
      high = guess - reach;
      reach *= 2n;
    }
    low = guess - reach > 0n ? guess - reach : 0n;
  }
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}
