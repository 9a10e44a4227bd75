import { rational, type Rational } from '../units/index.ts';
import { fault, type TariffError } from './check.ts';
import { contextOf, type Context } from './context.ts';
import { isNegative, isPositive, sum } from './exact.ts';
import { needsOf } from './needs.ts';
import { percentFactor } from './percent-order.ts';
import { emptyState } from './quote.ts';
import type { Stage, Tariff, When } from './schema.ts';
import { breakpoints, unitCost } from './solve.ts';

const { add, compare, divide, multiply, subtract } = rational;

/** For whom a tariff may charge differently: a name that no rule knows stands for everybody else. */
type Audience = { readonly category: string | undefined; readonly channel: string | undefined };

/** One name for each set of stages that the names of a kind switch on, and none for all other accounts. */
function namesOf(tariff: Tariff, kind: 'category' | 'channel'): (string | undefined)[] {
  const names = new Set(tariff.stages.flatMap(({ when }) => when?.[kind] ?? []));
  const bySet = new Map<string, string>();
  const has = (when: When | undefined, name: string): boolean => when?.[kind]?.includes(name) === true;
  for (const name of names)
    bySet.set(tariff.stages.map(({ when }) => Number(has(when, name))).join(''), name);
  return [undefined, ...bySet.values()];
}

function audiences(tariff: Tariff): Audience[] {
  const channels = namesOf(tariff, 'channel');
  return namesOf(tariff, 'category').flatMap((category) =>
    channels.map((channel) => ({ category, channel })),
  );
}

/** The account of a first purchase; quantities of one, because their size does not matter to a price. */
function firstPurchase(tariff: Tariff, { category, channel }: Audience): Context | undefined {
  const state = {
    ...emptyState(tariff.effectiveFrom),
    quantities: Object.fromEntries(needsOf(tariff).quantities.map((name) => [name, '1'])),
    ...(category === undefined ? {} : { category }),
  };
  const context = contextOf(tariff, state, channel, tariff.effectiveFrom);
  return context.ok ? context.value : undefined;
}

const pathOf = (tariff: Tariff, stage: Stage): (string | number)[] => [
  'stages',
  tariff.stages.findIndex(({ id }) => id === stage.id),
];

const lastRebate = (context: Context): Stage | undefined =>
  context.unitRules.findLast(({ sign }) => sign < 0)?.stage;

/** A stretch of units with one price, in quantities and minor units. */
type Stretch = { readonly from: Rational; readonly price: Rational };

function stretchesOf(context: Context): Stretch[] {
  const cost = (units: Rational): Rational => unitCost(context, new Map(), units, false);
  let from = rational.ZERO;
  return breakpoints(context).map((to) => {
    const middle = divide(add(from, to), rational.rational(2));
    const stretch = { from, price: divide(subtract(cost(to), cost(middle)), subtract(to, middle)) };
    from = to;
    return stretch;
  });
}

/** A rebate may make units free for a while, never cheaper than that, and not for ever. */
function checkRebates(tariff: Tariff, context: Context, stretches: readonly Stretch[]): TariffError[] {
  const stage = lastRebate(context);
  const isPriced = isPositive(stretches.at(-1)!.price) && !stretches.some(({ price }) => isNegative(price));
  return stage === undefined || isPriced
    ? []
    : [fault('rebate-too-high', pathOf(tariff, stage), { line: stage.id })];
}

/** The first unit that has a price must not be rounded away: it would be sold for nothing. */
function checkRoundings(tariff: Tariff, context: Context, stretches: readonly Stretch[]): TariffError[] {
  const priced = stretches.find(({ price }) => isPositive(price));
  if (!priced) return [];
  const oneUnit = (round: boolean): Rational => {
    const cost = (units: Rational): Rational => unitCost(context, new Map(), units, round);
    return subtract(cost(add(priced.from, context.compiled.scale)), cost(priced.from));
  };
  if (isPositive(oneUnit(true)) || !isPositive(oneUnit(false))) return [];
  const rule = context.unitRules.find(({ kind, sign }) => kind === 'per-unit' && sign > 0)!;
  const { rounding } = rule.stage;
  const path = rounding ? [...pathOf(tariff, rule.stage), 'rounding', 'to'] : ['lineRounding', 'to'];
  return [fault('rounding-above-price', path, { to: (rounding ?? tariff.lineRounding).to })];
}

/** Shares of the amount that no sum limits: those inside must leave something, those on top must be paid. */
function checkShares(tariff: Tariff, context: Context): TariffError[] {
  const shares = context.moneyRules.flatMap(({ stage, sign }) =>
    stage.kind === 'percent' &&
    stage.of === 'amount' &&
    stage.atMost === undefined &&
    stage.when?.amount === undefined
      ? [{ stage, share: multiply(rational.rational(sign), percentFactor(stage)) }]
      : [],
  );
  const place = (onTop: boolean): typeof shares =>
    shares.filter(({ stage }) => (stage.onTop === true) === onTop);
  const [inside, onTop] = [place(false), place(true)];
  const total = (list: typeof shares): Rational => sum(list.map(({ share }) => share));
  const last = (list: typeof shares): (string | number)[] => [...pathOf(tariff, list.at(-1)!.stage), 'rate'];
  return [
    ...(compare(total(inside), rational.ONE) < 0 ? [] : [fault('rate-too-high', last(inside))]),
    ...(compare(total(onTop), rational.rational(-1)) > 0 ? [] : [fault('rebate-too-high', last(onTop))]),
  ];
}

/**
 * What would refuse every sale to somebody: rebates that eat the price, roundings that lose it, shares that
 * leave nothing. The tariff is right in every other way. Each fault is named once, whoever it is about.
 */
export function checkPrices(tariff: Tariff): TariffError[] {
  const found = audiences(tariff).flatMap((audience) => {
    const context = firstPurchase(tariff, audience);
    if (!context) return [];
    const stretches = stretchesOf(context);
    const rebates = checkRebates(tariff, context, stretches);
    const rest = rebates.length > 0 ? [] : checkRoundings(tariff, context, stretches);
    return [...rebates, ...rest, ...checkShares(tariff, context)];
  });
  return found.filter(
    ({ code, path }, index) =>
      found.findIndex((other) => other.code === code && other.path === path) === index,
  );
}
