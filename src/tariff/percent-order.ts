import { rational, type Rational } from '../units/index.ts';
import { decimal, HUNDRED, isNegative } from './exact.ts';
import type { PercentStage, Stage } from './schema.ts';

const { add, divide, multiply, subtract } = rational;

/** One line that a percentage is taken of, and how much of it. */
export type Term = {
  readonly line: string;
  readonly aboveUnits: Rational | undefined;
  readonly weight: Rational;
};

/** `amount = factor x sum(weight x line)`; in a cycle the factor is already inside the weights. */
export type PercentPlan = { readonly terms: readonly Term[]; readonly inCycle: boolean };

type PercentOrder = {
  readonly moneyStages: readonly Stage[];
  readonly unitStages: readonly Stage[];
  readonly plans: ReadonlyMap<string, PercentPlan>;
  /** The stages of a cycle of percentages that has no finite, non-negative answer. */
  readonly divergent: readonly string[];
};

export type BaseLine = Extract<PercentStage['of'], readonly unknown[]>[number];

export const lineOf = (base: BaseLine): string => (typeof base === 'string' ? base : base.line);

/** The lines that a percent stage is taken of; none for the amount and what remains of it. */
const basesOf = (stage: PercentStage): readonly BaseLine[] => (Array.isArray(stage.of) ? stage.of : []);

/**
 * What a percentage takes of one unit of its base: `added` r, `contained` r/(1+r), `of-gross` r of the total
 * that it is itself part of, so r/(1-r) of other lines and plainly r of an amount of money.
 */
export function percentFactor(stage: PercentStage): Rational {
  const rate = divide(
    multiply(decimal(stage.rate), decimal(stage.part ?? '100')),
    multiply(HUNDRED, HUNDRED),
  );
  if (stage.method === 'contained') return divide(rate, rational.add(rational.ONE, rate));
  const ofLines = Array.isArray(stage.of);
  if (stage.method === 'of-gross' && ofLines) return divide(rate, rational.subtract(rational.ONE, rate));
  return rate;
}

/** Charges known before the units are: in declared order, each seeing only what stands before it. */
function moneyStagesOf(stages: readonly Stage[]): Stage[] {
  const known = new Set<string>();
  return stages.filter((stage) => {
    const isMoney =
      stage.kind === 'debt' ||
      (stage.kind === 'fixed' && !stage.steps) ||
      (stage.kind === 'percent' && basesOf(stage).every((base) => known.has(lineOf(base))));
    if (isMoney) known.add(stage.id);
    return isMoney;
  });
}

function termsOf(stage: PercentStage): Term[] {
  return basesOf(stage).map((base) => ({
    line: lineOf(base),
    aboveUnits: typeof base === 'string' ? undefined : decimal(base.aboveUnits),
    weight: rational.ONE,
  }));
}

/** Takes out, round by round, the percentages whose bases are all settled; what is left over is a cycle. */
function sortPercents(
  settled: Set<string>,
  percents: readonly PercentStage[],
): [PercentStage[], PercentStage[]] {
  const sorted: PercentStage[] = [];
  let waiting = [...percents];
  for (;;) {
    const ready = waiting.filter((stage) => basesOf(stage).every((base) => settled.has(lineOf(base))));
    if (ready.length === 0) return [sorted, waiting];
    for (const stage of ready) settled.add(stage.id);
    sorted.push(...ready);
    waiting = waiting.filter((stage) => !settled.has(stage.id));
  }
}

type Equation = { readonly id: string; readonly own: Map<string, Rational>; readonly outside: Term[] };

/** `x = sum(own x other members) + sum(outside)` for one member of a cycle. */
function equationOf(stage: PercentStage, members: ReadonlySet<string>): Equation {
  const factor = percentFactor(stage);
  const own = new Map<string, Rational>();
  const outside: Term[] = [];
  for (const term of termsOf(stage)) {
    if (members.has(term.line)) own.set(term.line, add(own.get(term.line) ?? rational.ZERO, factor));
    else outside.push({ ...term, weight: factor });
  }
  return { id: stage.id, own, outside };
}

const scaled = (terms: readonly Term[], by: Rational): Term[] =>
  terms.map((term) => ({ ...term, weight: multiply(term.weight, by) }));

/** Replaces `id` in an equation by what that member is equal to. */
function substitute(into: Equation, member: Equation): Equation {
  const weight = into.own.get(member.id);
  if (!weight) return into;
  const own = new Map(into.own);
  own.delete(member.id);
  for (const [id, value] of member.own)
    own.set(id, add(own.get(id) ?? rational.ZERO, multiply(value, weight)));
  return { id: into.id, own, outside: [...into.outside, ...scaled(member.outside, weight)] };
}

/** Solves `x = a x + rest` for x; undefined when the series a + a² + … has no end. */
function withoutSelf(equation: Equation): Equation | undefined {
  const self = equation.own.get(equation.id);
  if (!self) return equation;
  const rest = subtract(rational.ONE, self);
  if (isNegative(rest) || rest.num === 0n) return undefined;
  const by = divide(rational.ONE, rest);
  const own = new Map(
    [...equation.own].filter(([id]) => id !== equation.id).map(([id, value]) => [id, multiply(value, by)]),
  );
  return { id: equation.id, own, outside: scaled(equation.outside, by) };
}

/**
 * Solves a cycle of percentages exactly, by elimination. With non-negative rates each pivot stays positive
 * exactly when adding tax on tax on tax comes to an end.
 */
function solveCycle(stages: readonly PercentStage[]): Map<string, Term[]> | undefined {
  const members = new Set(stages.map((stage) => stage.id));
  let equations = stages.map((stage) => equationOf(stage, members));
  for (let index = 0; index < equations.length; index += 1) {
    const pivot = withoutSelf(equations[index]!);
    if (!pivot) return undefined;
    equations = equations.map((each, at) => (at === index ? pivot : substitute(each, pivot)));
  }
  return new Map(equations.map((equation) => [equation.id, equation.outside]));
}

/** Settles which charges come first and how percentages that lean on each other are calculated. */
export function percentOrder(stages: readonly Stage[]): PercentOrder {
  const moneyStages = moneyStagesOf(stages);
  const onUnits = stages.filter((stage) => !moneyStages.includes(stage));
  const percents = onUnits.filter((stage) => stage.kind === 'percent');
  const primary = onUnits.filter((stage) => stage.kind !== 'percent');
  const settled = new Set([...moneyStages, ...primary].map((stage) => stage.id));
  const [sorted, cycle] = sortPercents(settled, percents);
  const plans = new Map<string, PercentPlan>();
  for (const stage of [...moneyStages, ...sorted]) {
    if (stage.kind === 'percent') plans.set(stage.id, { terms: termsOf(stage), inCycle: false });
  }
  const solved = solveCycle(cycle);
  for (const [id, terms] of solved ?? []) plans.set(id, { terms, inCycle: true });
  return {
    moneyStages,
    unitStages: [...primary, ...sorted, ...cycle],
    plans,
    divergent: solved ? [] : cycle.map((stage) => stage.id),
  };
}
