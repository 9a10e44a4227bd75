import { writtenSchedules } from './compile.ts';
import type { DebtStage, FixedStage, Period, PercentStage, PerUnitStage, Stage, Tariff } from './schema.ts';
import type { Notice } from './types.ts';

type Params = Notice['params'];

/** Drops what is not there, so that a catalogue's text can say less. */
const params = (values: Readonly<Record<string, string | number | undefined>>): Params =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );

function periodText(period: Period | undefined): string {
  if (period === undefined || period === 'purchase') return 'purchase';
  return 'months' in period ? `${period.months} months` : `${period.days} days`;
}

function describePerUnit(stage: PerUnitStage, tariff: Tariff): Notice[] {
  const every = stage.window === undefined ? undefined : periodText(tariff.windows[stage.window]!.every);
  const { label, crossing, rateFactor, blocksTimes } = stage;
  const schedules = writtenSchedules(stage);
  return schedules.flatMap((schedule, index) => {
    let from = '0';
    const below = schedules[index - 1]?.upTo;
    return schedule.blocks.map(({ upTo, rate }) => {
      const code = stage.rebate
        ? 'per-unit-rebate'
        : schedule.blocks.length > 1
          ? 'per-unit-block'
          : 'per-unit';
      const reach =
        schedules.length > 1 ? { totalAbove: below ?? '0', totalUpTo: schedule.upTo, crossing } : {};
      const notice = {
        code,
        params: params({ label, from, upTo, rate, every, rateFactor, blocksTimes, ...reach }),
      };
      from = upTo ?? from;
      return notice;
    });
  });
}

function baseText(stage: PercentStage, tariff: Tariff): string {
  if (!Array.isArray(stage.of)) return stage.of;
  const labelOf = (id: string): string => tariff.stages.find((each) => each.id === id)!.label;
  return stage.of
    .map((base) => (typeof base === 'string' ? labelOf(base) : `${labelOf(base.line)} > ${base.aboveUnits}`))
    .join(' + ');
}

function describePercent(stage: PercentStage, tariff: Tariff): Notice[] {
  const { label, rate, part, atLeast, atMost, onTop, rebate } = stage;
  const code = `percent-${stage.method}${onTop ? '-on-top' : ''}${rebate ? '-rebate' : ''}`;
  return [{ code, params: params({ label, rate, of: baseText(stage, tariff), part, atLeast, atMost }) }];
}

function describeFixed(stage: FixedStage, tariff: Tariff): Notice[] {
  const { label, amount, steps, maxPeriods, times, short, onTop, rebate } = stage;
  if (!steps) {
    const code = `fixed${onTop ? '-on-top' : ''}${rebate ? '-rebate' : ''}`;
    return [
      { code, params: params({ label, amount, every: periodText(stage.every), maxPeriods, times, short }) },
    ];
  }
  const every = periodText(tariff.windows[stage.window!]!.every);
  return steps.map((step, index) => ({
    code: 'fixed-step',
    params: params({
      label,
      amount: step.amount,
      totalAbove: steps[index - 1]?.upTo ?? '0',
      totalUpTo: step.upTo,
      every,
    }),
  }));
}

function describeDebt(stage: DebtStage): Notice[] {
  const { label, debt, take, atLeast, atMost, atMostShare, blockUntilPaid } = stage;
  const measure =
    typeof take === 'string'
      ? { code: `debt-${take}` }
      : 'fixed' in take
        ? { code: 'debt-fixed', amount: take.fixed }
        : { code: 'debt-share', rate: take.share.rate, of: take.share.of };
  const { code, ...figures } = measure;
  const cap = atMostShare && `${atMostShare.rate} % ${atMostShare.of}`;
  return [{ code, params: params({ label, debt, ...figures, atLeast, atMost, cap, blockUntilPaid }) }];
}

function describeStage(stage: Stage, tariff: Tariff): Notice[] {
  const lines = {
    'per-unit': () => describePerUnit(stage as PerUnitStage, tariff),
    percent: () => describePercent(stage as PercentStage, tariff),
    fixed: () => describeFixed(stage as FixedStage, tariff),
    debt: () => describeDebt(stage as DebtStage),
  }[stage.kind]();
  const { category = [], channel = [], amount } = stage.when ?? {};
  const only = [...category, ...channel].join(', ');
  const limits = params({
    only: only === '' ? undefined : only,
    amountAbove: amount?.above,
    amountUpTo: amount?.upTo,
  });
  return lines.map((notice) => ({ ...notice, params: { ...notice.params, ...limits } }));
}

/** A tariff in codes and parameters from which the catalogues make plain sentences, in calculation order. */
export function describeTariff(tariff: Tariff): readonly Notice[] {
  const { id, version, name, source, effectiveFrom, resource, meter, currency, units, limits } = tariff;
  const header = params({
    id,
    version,
    name,
    effectiveFrom,
    resource,
    meter,
    currency: currency.code,
    source,
  });
  const roundings = units.rounding.map(({ mode, to }) => `${mode} ${to}`).join(', ');
  const remainder = typeof units.remainder === 'object' ? units.remainder.line : units.remainder;
  return [
    { code: 'tariff', params: header },
    ...tariff.stages.flatMap((stage) => describeStage(stage, tariff)),
    ...tariff.entitlements.map((each) => ({
      code: 'entitlement',
      params: params({
        label: each.label,
        units: each.units,
        every: periodText(each.every),
        maxPeriods: each.maxPeriods,
      }),
    })),
    { code: 'units-rounding', params: { roundings, linesFrom: units.linesFrom, remainder } },
    ...(Object.keys(limits).length === 0
      ? []
      : [{ code: 'limits', params: params({ ...limits, windowMaximum: limits.windowMaximum?.units }) }]),
  ];
}
