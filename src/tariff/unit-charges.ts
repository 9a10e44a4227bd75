import { rational, type Rational } from '../units/index.ts';
import type { Block, FixedRule, PercentRule, PerUnitRule, Schedule } from './compile.ts';
import { quantityOf, usedIn, type Context } from './context.ts';
import { exactText, isPositive, roundTo, sum, whole } from './exact.ts';
import type { Term } from './percent-order.ts';
import type { QuoteLine } from './types.ts';

const { add, compare, divide, maximum, minimum, multiply, subtract } = rational;

/** A line whose amount is not yet text: `amount` is rounded, or exact while the engine is still searching. */
export type Draft = {
  readonly line: Omit<QuoteLine, 'amountMinor' | 'exact'>;
  readonly exact: Rational;
  readonly amount: Rational;
  /** Where the tariff says that the line's block begins, for taxes on what lies above a block. */
  readonly from?: Rational;
};

export type Ledger = Map<string, readonly Draft[]>;

export const totalOf = (drafts: readonly Draft[]): Rational => sum(drafts.map(({ amount }) => amount));

const reaches = (upTo: Rational | undefined, position: Rational): boolean =>
  upTo === undefined || compare(position, upTo) <= 0;

/** The schedule or step that a total of units falls into: thresholds belong to the lower one. */
export function pick<T extends { readonly upTo: Rational | undefined }>(
  rows: readonly T[],
  position: Rational,
): T {
  return rows.find((row) => reaches(row.upTo, position))!;
}

/** Blocks as wide as the account's quantity and missed periods make them. */
export function blocksFor(context: Context, rule: PerUnitRule, schedule: Schedule): readonly Block[] {
  const { blocksTimes, window } = rule.stage;
  const missed = window === undefined ? 0 : context.windows.get(window)!.missed;
  if (blocksTimes === undefined && missed === 0) return schedule.blocks;
  const times = quantityOf(context, blocksTimes);
  const edge = (at: Rational): Rational => whole(rational.floor(multiply(at, times)));
  const extra = multiply(whole(missed), edge(schedule.blocks[0]!.upTo ?? rational.ZERO));
  return schedule.blocks.map((block, index) => ({
    ...block,
    from: index === 0 ? block.from : add(edge(block.from), extra),
    upTo: block.upTo && add(edge(block.upTo), extra),
  }));
}

const within = (block: Block, from: Rational, to: Rational): Rational =>
  subtract(block.upTo ? minimum(block.upTo, to) : to, maximum(block.from, from));

const priceUpTo = (blocks: readonly Block[], position: Rational): Rational =>
  sum(
    blocks
      .map((block) => ({ block, inside: within(block, rational.ZERO, position) }))
      .filter(({ inside }) => isPositive(inside))
      .map(({ block, inside }) => multiply(inside, block.rate)),
  );

function draft(
  rule: PerUnitRule | PercentRule | FixedRule,
  parts: Pick<QuoteLine, 'key' | 'base' | 'rate'> & Partial<QuoteLine>,
  value: Rational,
  round: boolean,
): Draft {
  const exact = rule.sign < 0 ? { num: -value.num, den: value.den } : value;
  const { kind } = rule;
  const { id, role, label } = rule.stage;
  return {
    line: { rule: id, kind, role, label, place: 'inside', ...parts },
    exact,
    amount: round ? roundTo(exact, rule.rounding) : exact,
  };
}

/** Charges per unit for the units after those already used: a line per block, and one for re-priced units. */
function perUnitDrafts(context: Context, rule: PerUnitRule, units: Rational, round: boolean): Draft[] {
  const used = usedIn(context, rule.stage.window);
  const reached = add(used, units);
  const schedule = pick(rule.schedules, reached);
  const blocks = blocksFor(context, rule, schedule);
  const numbered = blocks.length > 1;
  const drafts: Draft[] = [];
  for (const [index, block] of blocks.entries()) {
    const inside = within(block, used, reached);
    if (!isPositive(inside)) continue;
    const parts = {
      key: numbered ? `${rule.stage.id}/${index + 1}` : rule.stage.id,
      base: { of: 'units', value: exactText(divide(inside, context.compiled.scale)) },
      rate: block.rateText,
      ...(numbered ? { block: index + 1 } : {}),
    } as const;
    drafts.push({
      ...draft(rule, parts, multiply(inside, block.rate), round),
      from: schedule.blocks[index]!.from,
    });
  }
  return [...drafts, ...repriced(context, rule, schedule, used, round)];
}

/** What units bought earlier in the window cost more, or less, under the schedule now reached. */
function repriced(
  context: Context,
  rule: PerUnitRule,
  now: Schedule,
  used: Rational,
  round: boolean,
): Draft[] {
  if (rule.stage.crossing !== 'difference' || !isPositive(used)) return [];
  const before = pick(rule.schedules, used);
  if (before === now) return [];
  const value = subtract(
    priceUpTo(blocksFor(context, rule, now), used),
    priceUpTo(blocksFor(context, rule, before), used),
  );
  const base = { of: 'units', value: exactText(divide(used, context.compiled.scale)) } as const;
  return [
    {
      ...draft(rule, { key: `${rule.stage.id}/repriced`, base, rate: '' }, value, round),
      from: rational.ZERO,
    },
  ];
}

/** A charge that depends on how many units the window has reached; what it was charged already is taken off. */
function stepDrafts(context: Context, rule: FixedRule, units: Rational, round: boolean): Draft[] {
  if (!isPositive(units)) return [];
  const { id, window } = rule.stage;
  const used = usedIn(context, window);
  const step = pick(rule.steps, add(used, units));
  const paid = isPositive(used) ? whole(context.state.charges[id]?.paidInPeriodMinor ?? 0) : rational.ZERO;
  const value = subtract(step.amount, paid);
  if (value.num === 0n) return [];
  const base = { of: 'none', value: '' } as const;
  return [draft(rule, { key: id, base, rate: step.text, block: rule.steps.indexOf(step) + 1 }, value, round)];
}

function termValue(context: Context, ledger: Ledger, term: Term): Rational {
  const drafts = ledger.get(term.line) ?? [];
  const edge = term.aboveUnits && multiply(term.aboveUnits, context.compiled.scale);
  return totalOf(edge ? drafts.filter(({ from }) => from !== undefined && compare(from, edge) >= 0) : drafts);
}

/** A percentage of other lines, as those lines stand rounded (or exact, while searching). */
export function percentDrafts(context: Context, rule: PercentRule, ledger: Ledger, round: boolean): Draft[] {
  const { terms, inCycle } = rule.plan!;
  const weighted = sum(terms.map((term) => multiply(termValue(context, ledger, term), term.weight)));
  const rounding = round ? rule.baseRounding : undefined;
  const base = rounding ? roundTo(weighted, rounding) : weighted;
  if (base.num === 0n) return [];
  const value = inCycle ? base : multiply(base, rule.factor);
  const shown = inCycle ? divide(base, rule.factor) : base;
  return [draft(rule, percentParts(context, rule, shown), value, round)];
}

/** The parts of a percentage's line that do not depend on how it was worked out. */
export function percentParts(
  context: Context,
  rule: PercentRule,
  base: Rational,
): Pick<QuoteLine, 'key' | 'base' | 'rate' | 'place'> {
  const { id, rate, method, of, onTop } = rule.stage;
  const place = onTop ? 'on-top' : method === 'contained' && Array.isArray(of) ? 'included' : 'inside';
  return {
    key: id,
    base: { of: 'money', value: exactText(divide(base, context.compiled.minorPerMajor)) },
    rate,
    place,
  };
}

/** All charges that depend on the units, for a number of units; `settled` are those that do not. */
export function unitCharges(context: Context, settled: Ledger, units: Rational, round: boolean): Ledger {
  const ledger: Ledger = new Map(settled);
  for (const rule of context.unitRules)
    ledger.set(rule.stage.id, unitDrafts(context, rule, ledger, units, round));
  return ledger;
}

function unitDrafts(
  context: Context,
  rule: Context['unitRules'][number],
  ledger: Ledger,
  units: Rational,
  round: boolean,
): Draft[] {
  switch (rule.kind) {
    case 'per-unit':
      return perUnitDrafts(context, rule, units, round);
    case 'fixed':
      return stepDrafts(context, rule, units, round);
    case 'percent':
      return percentDrafts(context, rule, ledger, round);
    case 'debt':
      return [];
  }
}

/** The lines of exact charges, each rounded once and none made from another's rounded figure. */
export function roundedOnce(context: Context, exact: Ledger): Ledger {
  const ledger = new Map(exact);
  for (const { stage, rounding } of context.unitRules) {
    const drafts = exact.get(stage.id) ?? [];
    ledger.set(
      stage.id,
      drafts.map((each) => ({ ...each, amount: roundTo(each.exact, rounding) })),
    );
  }
  return ledger;
}

/** What the lines inside the amount come to. */
export function insideTotal(ledger: Ledger): Rational {
  return sum(
    [...ledger.values()]
      .flat()
      .filter(({ line }) => line.place === 'inside')
      .map(({ amount }) => amount),
  );
}
