import { rational, type Rational } from '../units/index.ts';
import { decimal, roundingOf, roundTo, whole, type Rounding } from './exact.ts';
import { percentFactor, percentOrder, type PercentPlan } from './percent-order.ts';
import type { DebtStage, FixedStage, PercentStage, PerUnitStage, Stage, Tariff } from './schema.ts';

const { divide, multiply } = rational;

export type Block = {
  readonly from: Rational;
  readonly upTo: Rational | undefined;
  /** Minor units of money per single quantity (a tenth of a unit). */
  readonly rate: Rational;
  readonly rateText: string;
};

export type Schedule = { readonly upTo: Rational | undefined; readonly blocks: readonly Block[] };

/** Amounts of money, in minor units, for which a stage is meant: above the first, up to the second. */
export type AmountRange = { readonly above: Rational | undefined; readonly upTo: Rational | undefined };

type Common<S extends Stage> = {
  readonly stage: S;
  readonly rounding: Rounding;
  readonly sign: 1 | -1;
  readonly range: AmountRange;
};

export type PerUnitRule = Common<PerUnitStage> & {
  readonly kind: 'per-unit';
  readonly schedules: readonly Schedule[];
};
export type PercentRule = Common<PercentStage> & {
  readonly kind: 'percent';
  /** What one unit of the base gives, from rate, part and method. */
  readonly factor: Rational;
  readonly baseRounding: Rounding | undefined;
  readonly plan: PercentPlan | undefined;
};
export type FixedRule = Common<FixedStage> & {
  readonly kind: 'fixed';
  readonly steps: readonly {
    readonly upTo: Rational | undefined;
    readonly amount: Rational;
    readonly text: string;
  }[];
};
export type DebtRule = Common<DebtStage> & { readonly kind: 'debt' };
export type Rule = PerUnitRule | PercentRule | FixedRule | DebtRule;

/** A tariff with its decimals read and its order of calculation settled. */
export type CompiledTariff = {
  readonly tariff: Tariff;
  /** Quantities (tenths, or minor units of money) that make one unit. */
  readonly scale: Rational;
  readonly minorPerMajor: Rational;
  /** Charges that do not depend on the units, as declared. */
  readonly moneyRules: readonly Rule[];
  /** Charges that do, in the order in which they can be calculated. */
  readonly unitRules: readonly Rule[];
  readonly unitRoundings: readonly Rounding[];
  /** More units never cost less: the search may stop at the first amount that is too high. */
  readonly rising: boolean;
};

type Scales = { readonly tariff: Tariff; readonly scale: Rational; readonly minorPerMajor: Rational };

function blocksOf(
  stage: PerUnitStage,
  blocks: readonly { upTo?: string | undefined; rate: string }[],
  scales: Scales,
): Block[] {
  let from = rational.ZERO;
  return blocks.map(({ upTo, rate }) => {
    const factored = multiply(decimal(rate), decimal(stage.rateFactor ?? '1'));
    const rounding = stage.rateRounding && roundingOf(stage.rateRounding, rational.ONE);
    const perUnit = rounding ? roundTo(factored, rounding) : factored;
    const block = {
      from,
      upTo: upTo === undefined ? undefined : multiply(decimal(upTo), scales.scale),
      rate: divide(multiply(perUnit, scales.minorPerMajor), scales.scale),
      rateText: rateTextOf(perUnit, rate, stage),
    };
    if (block.upTo) from = block.upTo;
    return block;
  });
}

function rateTextOf(perUnit: Rational, rate: string, stage: PerUnitStage): string {
  if (stage.rateFactor === undefined && stage.rateRounding === undefined) return rate;
  return rational.formatDecimal(perUnit, 12).replace(/\.?0+$/u, '');
}

/** The blocks of a per-unit stage, whichever of the three ways its file writes them. */
export function writtenSchedules(stage: PerUnitStage): NonNullable<PerUnitStage['schedules']> {
  if (stage.schedules) return stage.schedules;
  return [{ blocks: stage.blocks ?? [{ rate: stage.rate ?? '0' }] }];
}

function perUnitRule(stage: PerUnitStage, common: Common<PerUnitStage>, scales: Scales): PerUnitRule {
  const schedules = writtenSchedules(stage).map(({ upTo, blocks }) => ({
    upTo: upTo === undefined ? undefined : multiply(decimal(upTo), scales.scale),
    blocks: blocksOf(stage, blocks, scales),
  }));
  return { ...common, kind: 'per-unit', schedules };
}

function fixedRule(stage: FixedStage, common: Common<FixedStage>, scales: Scales): FixedRule {
  const written: readonly { upTo?: string | undefined; amount: string }[] = stage.steps ?? [
    { amount: stage.amount ?? '0' },
  ];
  const steps = written.map(({ upTo, amount }) => ({
    upTo: upTo === undefined ? undefined : multiply(decimal(upTo), scales.scale),
    amount: multiply(decimal(amount), scales.minorPerMajor),
    text: amount,
  }));
  return { ...common, kind: 'fixed', steps };
}

function rangeOf(stage: Stage, { minorPerMajor }: Scales): AmountRange {
  const minor = (text: string | undefined): Rational | undefined =>
    text === undefined ? undefined : multiply(decimal(text), minorPerMajor);
  return { above: minor(stage.when?.amount?.above), upTo: minor(stage.when?.amount?.upTo) };
}

function ruleOf(stage: Stage, scales: Scales, plans: ReadonlyMap<string, PercentPlan>): Rule {
  const shared = {
    rounding: roundingOf(stage.rounding ?? scales.tariff.lineRounding, scales.minorPerMajor),
    sign: stage.kind !== 'debt' && stage.rebate ? -1 : 1,
    range: rangeOf(stage, scales),
  } as const;
  switch (stage.kind) {
    case 'per-unit':
      return perUnitRule(stage, { stage, ...shared }, scales);
    case 'fixed':
      return fixedRule(stage, { stage, ...shared }, scales);
    case 'debt':
      return { kind: 'debt', stage, ...shared };
    case 'percent': {
      const baseRounding = stage.baseRounding && roundingOf(stage.baseRounding, scales.minorPerMajor);
      const [factor, plan] = [percentFactor(stage), plans.get(stage.id)];
      return { kind: 'percent', stage, ...shared, factor, baseRounding, plan };
    }
  }
}

const isRising = (stages: readonly Stage[]): boolean =>
  stages.every(
    (stage) => !(stage.kind === 'per-unit' && stage.schedules) && !(stage.kind === 'fixed' && stage.steps),
  ) && stages.every((stage) => stage.kind === 'debt' || !stage.rebate);

function compile(tariff: Tariff): CompiledTariff {
  const minorPerMajor = whole(10n ** BigInt(tariff.currency.minorDigits));
  const scale = tariff.meter === 'currency' ? minorPerMajor : whole(10);
  const order = percentOrder(tariff.stages);
  const scales = { tariff, scale, minorPerMajor };
  const rule = (stage: Stage): Rule => ruleOf(stage, scales, order.plans);
  return {
    tariff,
    scale,
    minorPerMajor,
    moneyRules: order.moneyStages.map(rule),
    unitRules: order.unitStages.map(rule),
    unitRoundings: tariff.units.rounding.map((each) => roundingOf(each, scale)),
    rising: isRising(tariff.stages),
  };
}

const compiled = new WeakMap<Tariff, CompiledTariff>();

/** The compiled form of a parsed tariff, made once for each tariff object. */
export function compiledOf(tariff: Tariff): CompiledTariff {
  const known = compiled.get(tariff);
  if (known) return known;
  const fresh = compile(tariff);
  compiled.set(tariff, fresh);
  return fresh;
}
