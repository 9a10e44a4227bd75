import { rational } from '../units/index.ts';
import { checkRounding, fault, type Path, type Scales, type TariffError } from './check.ts';
import { decimal, isPositive, whole } from './exact.ts';
import { lineOf, type BaseLine } from './percent-order.ts';
import type { FixedStage, PercentStage, PerUnitStage, Stage } from './schema.ts';

const { compare, multiply } = rational;

type Surroundings = {
  readonly stages: readonly Stage[];
  readonly windows: readonly string[];
  readonly scales: Scales;
};

type Row = { readonly from?: string | undefined; readonly upTo?: string | undefined };

/** Rows must follow each other without gap or overlap, and only the last is open. */
function checkRows(rows: readonly Row[], { scale }: Scales, path: Path): TariffError[] {
  let reached = '0';
  return rows.flatMap((row, index) => {
    const here = [...path, index];
    const faults: TariffError[] = [];
    const order = row.from === undefined ? 0 : compare(decimal(row.from), decimal(reached));
    if (order > 0) faults.push(fault('blocks-gap', [...here, 'from'], { expected: reached }));
    if (order < 0) faults.push(fault('blocks-overlap', [...here, 'from'], { expected: reached }));
    const isLast = index === rows.length - 1;
    if (row.upTo === undefined)
      return isLast ? faults : [...faults, fault('blocks-overlap', [...here, 'upTo'])];
    if (isLast) faults.push(fault('blocks-gap', [...here, 'upTo'], { above: row.upTo }));
    if (compare(decimal(row.upTo), decimal(reached)) <= 0)
      faults.push(fault('blocks-overlap', [...here, 'upTo']));
    if (multiply(decimal(row.upTo), scale).den !== 1n)
      faults.push(fault('not-whole-tenths', [...here, 'upTo']));
    reached = row.upTo;
    return faults;
  });
}

function checkWindow(
  name: string | undefined,
  needed: boolean,
  around: Surroundings,
  path: Path,
): TariffError[] {
  if (name === undefined) return needed ? [fault('period-missing', [...path, 'window'])] : [];
  return around.windows.includes(name)
    ? []
    : [fault('window-unknown', [...path, 'window'], { window: name })];
}

const given = (...values: readonly unknown[]): number => values.filter((value) => value !== undefined).length;

function checkPerUnit(stage: PerUnitStage, around: Surroundings, path: Path): TariffError[] {
  const { rate, blocks, schedules, window, crossing, rateRounding, blocksTimes } = stage;
  if (given(rate, blocks, schedules) !== 1)
    return [fault('one-of', path, { fields: 'rate, blocks, schedules' })];
  const faults = checkWindow(window, (blocks?.length ?? 0) > 1 || schedules !== undefined, around, path);
  if (blocks) faults.push(...checkRows(blocks, around.scales, [...path, 'blocks']));
  for (const [index, schedule] of (schedules ?? []).entries()) {
    faults.push(...checkRows(schedule.blocks, around.scales, [...path, 'schedules', index, 'blocks']));
  }
  if (schedules) faults.push(...checkRows(schedules, around.scales, [...path, 'schedules']));
  if (given(schedules) !== given(crossing))
    faults.push(fault('crossing-with-schedules', [...path, 'crossing']));
  if (blocksTimes !== undefined && window === undefined)
    faults.push(fault('period-missing', [...path, 'window']));
  if (rateRounding && !isPositive(decimal(rateRounding.to)))
    faults.push(fault('rounding-step', [...path, 'rateRounding', 'to']));
  return faults;
}

function checkFixed(stage: FixedStage, around: Surroundings, path: Path): TariffError[] {
  const { amount, steps, every, window, onTop, short } = stage;
  if (given(amount, steps) !== 1) return [fault('one-of', path, { fields: 'amount, steps' })];
  if (!steps) {
    const faults = every === undefined ? [fault('period-missing', [...path, 'every'])] : [];
    if (window !== undefined) faults.push(fault('field-not-here', [...path, 'window']));
    if (onTop && short === 'part') faults.push(fault('field-not-here', [...path, 'short']));
    return faults;
  }
  const misplaced = (['every', 'maxPeriods', 'times', 'short', 'onTop'] as const).filter(
    (name) => stage[name] !== undefined,
  );
  return [
    ...misplaced.map((name) => fault('field-not-here', [...path, name])),
    ...checkWindow(window, true, around, path),
    ...checkRows(steps, around.scales, [...path, 'steps']),
  ];
}

/** A base line must exist; a part above some units must begin where a block of that line begins. */
function checkBase(base: BaseLine, stage: PercentStage, around: Surroundings, path: Path): TariffError[] {
  const target = around.stages.find(({ id }) => id === lineOf(base));
  if (!target) return [fault('line-unknown', path, { line: lineOf(base) })];
  const targetOnTop = target.kind !== 'per-unit' && target.kind !== 'debt' && target.onTop === true;
  const faults =
    targetOnTop === (stage.onTop === true) ? [] : [fault('on-top-mixed', path, { line: target.id })];
  if (typeof base === 'string') return faults;
  const edges = target.kind === 'per-unit' ? (target.schedules ?? [{ blocks: target.blocks ?? [] }]) : [];
  const atEdge = edges.every(({ blocks }) =>
    blocks.some(({ upTo }) => upTo !== undefined && compare(decimal(upTo), decimal(base.aboveUnits)) === 0),
  );
  const isRepriced = target.kind === 'per-unit' && target.crossing === 'difference';
  return edges.length > 0 && atEdge && !isRepriced
    ? faults
    : [...faults, fault('not-a-block-edge', [...path, 'aboveUnits'])];
}

function checkPercent(stage: PercentStage, around: Surroundings, path: Path): TariffError[] {
  const { of, method, rate, part = '100', atLeast, atMost, baseRounding, onTop } = stage;
  const faults = checkRounding(baseRounding, around.scales.minorPerMajor, [...path, 'baseRounding']);
  const share = multiply(decimal(rate), decimal(part));
  if (method === 'of-gross' && compare(share, whole(10_000)) >= 0)
    faults.push(fault('rate-too-high', [...path, 'rate']));
  if (Array.isArray(of)) {
    if (given(atLeast, atMost) > 0)
      faults.push(fault('field-not-here', [...path, atLeast === undefined ? 'atMost' : 'atLeast']));
    return [
      ...faults,
      ...of.flatMap((base, index) => checkBase(base, stage, around, [...path, 'of', index])),
    ];
  }
  if ((method === 'added') !== (onTop === true)) faults.push(fault('added-is-on-top', [...path, 'method']));
  if (of === 'remaining' && onTop) faults.push(fault('field-not-here', [...path, 'onTop']));
  return faults;
}

/** What remains of the money is only known before the first charge on units. */
function checkOrder(stage: Stage, before: readonly Stage[], path: Path): TariffError[] {
  const takesRemaining = stage.kind === 'debt' || (stage.kind === 'percent' && stage.of === 'remaining');
  const afterUnits = before.some(
    (earlier) => earlier.kind === 'per-unit' || (earlier.kind === 'fixed' && earlier.steps),
  );
  return takesRemaining && afterUnits ? [fault('remaining-after-units', path, { line: stage.id })] : [];
}

/** Only what is taken from the money can depend on how much money it is, and then on a range that exists. */
function checkRange(stage: Stage, { scales }: Surroundings, path: Path): TariffError[] {
  const range = stage.when?.amount;
  if (!range) return [];
  const here = [...path, 'when', 'amount'];
  const isMoney =
    stage.kind === 'debt' ||
    (stage.kind === 'fixed' && !stage.steps) ||
    (stage.kind === 'percent' && !Array.isArray(stage.of));
  if (!isMoney) return [fault('field-not-here', here)];
  const [above, upTo] = [
    decimal(range.above ?? '0'),
    range.upTo === undefined ? undefined : decimal(range.upTo),
  ];
  const faults = [above, upTo ?? above].some((edge) => multiply(edge, scales.minorPerMajor).den !== 1n)
    ? [fault('too-precise', here)]
    : [];
  return upTo && compare(above, upTo) >= 0 ? [...faults, fault('minimum-above-maximum', here)] : faults;
}

function checkStage(stage: Stage, index: number, around: Surroundings): TariffError[] {
  const path = ['stages', index];
  const shared = [
    ...checkRounding(stage.rounding, around.scales.minorPerMajor, [...path, 'rounding']),
    ...checkOrder(stage, around.stages.slice(0, index), path),
    ...checkRange(stage, around, path),
  ];
  switch (stage.kind) {
    case 'per-unit':
      return [...shared, ...checkPerUnit(stage, around, path)];
    case 'fixed':
      return [...shared, ...checkFixed(stage, around, path)];
    case 'percent':
      return [...shared, ...checkPercent(stage, around, path)];
    case 'debt':
      return shared;
  }
}

/** The faults of each stage by itself and of what it says about others. */
export function checkStages(
  stages: readonly Stage[],
  windows: readonly string[],
  scales: Scales,
): TariffError[] {
  const around = { stages, windows, scales };
  return stages.flatMap((stage, index) => checkStage(stage, index, around));
}
