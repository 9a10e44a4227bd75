import { rational, type Rational } from '../units/index.ts';
import { decimal, isPositive, whole } from './exact.ts';
import { checkPrices } from './check-prices.ts';
import { checkStages } from './check-stages.ts';
import { civilMinutes } from './periods.ts';
import { percentOrder } from './percent-order.ts';
import type { RoundingRule, Tariff } from './schema.ts';

const { compare, divide, multiply } = rational;

/** A fault of a tariff file: what is wrong and where, such as `stages/1/blocks/0/rate`. */
export type TariffError = {
  readonly code: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string | number>>;
};

export type Path = readonly (string | number)[];

export const fault = (code: string, path: Path, params: TariffError['params'] = {}): TariffError => ({
  code,
  path: path.join('/'),
  params,
});

const FREE_TEXT = new Set(['label', 'name', 'source']);

/** Controls, half characters, breaks of line, and marks that hide or turn text: none belongs on a slip. */
const HIDDEN =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u;

/** Every text is shown somewhere: on slips, in lists, beside a choice. */
function checkTexts(value: unknown, path: Path): TariffError[] {
  if (typeof value === 'string') return HIDDEN.test(value) ? [fault('hidden-sign', path)] : [];
  return partsOf(value).flatMap(([key, inner]) => checkTexts(inner, [...path, key]));
}

/** What a part of a file has in it; nothing where it is no list or object. */
const partsOf = (value: unknown): [string, unknown][] =>
  Object.entries(Object(value) as Readonly<Record<string, unknown>>);

/** No figure of a tariff is negative: what lowers a price says so by `rebate`. */
function checkSigns(value: unknown, path: Path): TariffError[] {
  if (typeof value === 'string') return /^-\d/u.test(value) ? [fault('negative', path)] : [];
  return partsOf(value).flatMap(([key, inner]) =>
    FREE_TEXT.has(key) ? [] : checkSigns(inner, [...path, key]),
  );
}

const RESERVED = new Set(['balance', 'adjustment', 'rounding', 'cash-rounding', 'amount', 'remaining']);

function checkIds(rows: readonly { readonly id: string }[], name: string): TariffError[] {
  return rows.flatMap(({ id }, index) => {
    const path = [name, index, 'id'];
    if (RESERVED.has(id)) return [fault('id-reserved', path, { id })];
    return rows.findIndex((row) => row.id === id) < index ? [fault('id-duplicate', path, { id })] : [];
  });
}

/** How the figures of a tariff count: quantities to the unit, minor units to the major one. */
export type Scales = { readonly scale: Rational; readonly minorPerMajor: Rational };

function scalesOf(tariff: Pick<Tariff, 'currency' | 'meter'>): Scales {
  const minorPerMajor = whole(10 ** tariff.currency.minorDigits);
  return { minorPerMajor, scale: tariff.meter === 'currency' ? minorPerMajor : whole(10) };
}

const isWhole = (value: Rational): boolean => value.den === 1n;

/** A rounding step is positive and gives whole numbers of what the figures are stored in. */
export function checkRounding(rule: RoundingRule | undefined, perUnit: Rational, path: Path): TariffError[] {
  if (!rule) return [];
  const step = decimal(rule.to);
  if (!isPositive(step)) return [fault('rounding-step', [...path, 'to'])];
  return isWhole(multiply(step, perUnit))
    ? []
    : [fault('rounding-too-fine', [...path, 'to'], { to: rule.to })];
}

function checkUnits(tariff: Tariff, { scale }: Scales): TariffError[] {
  const { rounding, remainder } = tariff.units;
  const path = ['units', 'rounding'];
  const last = rounding.length - 1;
  const faults = rounding.flatMap((rule, index) => {
    const here = [...path, index];
    const found = checkRounding(rule, index === last ? scale : whole(1_000_000), here);
    const before = rounding[index - 1];
    if (found.length > 0 || !before || !isPositive(decimal(before.to))) return found;
    return isWhole(divide(decimal(rule.to), decimal(before.to)))
      ? []
      : [fault('rounding-not-multiple', [...here, 'to'])];
  });
  if (typeof remainder === 'object' && !tariff.stages.some((stage) => stage.id === remainder.line)) {
    faults.push(fault('line-unknown', ['units', 'remainder', 'line'], { line: remainder.line }));
  }
  const roundedBase = tariff.stages.findIndex((stage) => stage.kind === 'percent' && stage.baseRounding);
  if (tariff.units.linesFrom === 'exact' && roundedBase >= 0) {
    faults.push(fault('field-not-here', ['stages', roundedBase, 'baseRounding']));
  }
  return faults;
}

function checkEntitlements(tariff: Tariff, { scale }: Scales): TariffError[] {
  return tariff.entitlements.flatMap((entitlement, index) => {
    const path = ['entitlements', index];
    const faults: TariffError[] = [];
    const units = multiply(decimal(entitlement.units), scale);
    if (!isPositive(units) || !isWhole(units)) faults.push(fault('not-whole-tenths', [...path, 'units']));
    if (entitlement.every === 'purchase') faults.push(fault('period-missing', [...path, 'every']));
    const { countsIn } = entitlement;
    if (countsIn !== undefined && !Object.hasOwn(tariff.windows, countsIn)) {
      faults.push(fault('window-unknown', [...path, 'countsIn'], { window: countsIn }));
    }
    return faults;
  });
}

function checkLimits(tariff: Tariff, { scale, minorPerMajor }: Scales): TariffError[] {
  const { minimum, maximum, maximumUnits, windowMaximum } = tariff.limits;
  const figures = [
    ['minimum', minimum, minorPerMajor],
    ['maximum', maximum, minorPerMajor],
    ['maximumUnits', maximumUnits, scale],
    ['windowMaximum/units', windowMaximum?.units, scale],
  ] as const;
  const faults = figures.flatMap(([name, text, by]) =>
    text === undefined || isWhole(multiply(decimal(text), by))
      ? []
      : [fault('too-precise', ['limits', name])],
  );
  if (minimum !== undefined && maximum !== undefined && compare(decimal(minimum), decimal(maximum)) > 0) {
    faults.push(fault('minimum-above-maximum', ['limits', 'minimum']));
  }
  if (windowMaximum && !Object.hasOwn(tariff.windows, windowMaximum.window)) {
    faults.push(
      fault('window-unknown', ['limits', 'windowMaximum', 'window'], { window: windowMaximum.window }),
    );
  }
  return faults;
}

/** Without a price for the last units a purchase would have no end. */
function checkPrice(tariff: Tariff): TariffError[] {
  const priced = (rows: readonly { readonly rate: string }[]): boolean =>
    isPositive(decimal(rows.at(-1)!.rate));
  const hasPrice = tariff.stages.some((stage) => {
    if (stage.kind !== 'per-unit' || stage.rebate) return false;
    if (stage.schedules) return stage.schedules.every(({ blocks }) => priced(blocks));
    return priced(stage.blocks ?? [{ rate: stage.rate ?? '0' }]);
  });
  return hasPrice ? [] : [fault('no-price', ['stages'])];
}

/** Rings of percentages, in a tariff that is right in every other way. */
function checkCycles(tariff: Tariff): TariffError[] {
  const { divergent, plans } = percentOrder(tariff.stages);
  return tariff.stages.flatMap((stage, index) => {
    if (divergent.includes(stage.id))
      return [fault('cycle-does-not-converge', ['stages', index, 'of'], { line: stage.id })];
    if (stage.kind !== 'percent' || !plans.get(stage.id)?.inCycle) return [];
    const unfit = stage.when ?? stage.rebate ?? stage.baseRounding;
    return unfit || stage.method === 'contained'
      ? [fault('cycle-member-unfit', ['stages', index], { line: stage.id })]
      : [];
  });
}

/** Every fault of a tariff whose layout is right, in the order of the file's parts. */
export function checkTariff(tariff: Tariff): TariffError[] {
  const signs = [...checkSigns(tariff, []), ...checkTexts(tariff, [])];
  if (signs.length > 0) return signs;
  const scales = scalesOf(tariff);
  const windows = Object.keys(tariff.windows);
  const faults = [
    ...(civilMinutes(tariff.effectiveFrom) === undefined ? [fault('time-invalid', ['effectiveFrom'])] : []),
    ...checkIds(tariff.stages, 'stages'),
    ...checkIds(tariff.entitlements, 'entitlements'),
    ...checkRounding(tariff.lineRounding, scales.minorPerMajor, ['lineRounding']),
    ...checkUnits(tariff, scales),
    ...checkStages(tariff.stages, windows, scales),
    ...checkEntitlements(tariff, scales),
    ...checkLimits(tariff, scales),
    ...checkPrice(tariff),
  ];
  const cycles = faults.length > 0 ? faults : checkCycles(tariff);
  return cycles.length > 0 ? cycles : checkPrices(tariff);
}
