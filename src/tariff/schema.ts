import { z } from 'zod';
import { RESOURCES } from '../units/index.ts';

/** The only layout of a tariff file that this program reads; a higher number is refused. */
export const TARIFF_FORMAT_VERSION = 1;

const slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/u);

/** An exact decimal as text: up to twelve digits, up to six decimals. Signs are judged by the checks. */
export const decimalText = z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/u);

/** A civil minute on the utility's clock. */
export const civilText = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/u);

const roundingSchema = z.strictObject({
  mode: z.enum(['down', 'half-up', 'up']),
  /** The multiple that the figure becomes: `1`, `0.1`, `0.01`, `5` … */
  to: decimalText,
});

const periodSchema = z.union([
  z.literal('purchase'),
  z.strictObject({ months: z.int().min(1).max(120) }),
  z.strictObject({ days: z.int().min(1).max(3660) }),
]);

const windowSchema = z.strictObject({
  every: periodSchema,
  /** The first block grows by its own width for each period without a purchase, at most this many periods. */
  accumulatePeriods: z.int().min(1).max(120).optional(),
});

const blockSchema = z.strictObject({
  from: decimalText.optional(),
  upTo: decimalText.optional(),
  rate: decimalText,
});

const scheduleSchema = z.strictObject({
  upTo: decimalText.optional(),
  blocks: z.array(blockSchema).min(1).max(20),
});

const whenSchema = z.strictObject({
  category: z.array(z.string().min(1)).min(1).optional(),
  channel: z.array(z.string().min(1)).min(1).optional(),
  /** Only for sales of more than `above` and at most `upTo`, in money asked. */
  amount: z.strictObject({ above: decimalText.optional(), upTo: decimalText.optional() }).optional(),
});

const ROLES = ['energy', 'levy', 'tax', 'fee', 'debt', 'subsidy'] as const;

const common = {
  id: slug,
  label: z.string().min(1).max(80),
  role: z.enum(ROLES),
  when: whenSchema.optional(),
  rounding: roundingSchema.optional(),
};

const perUnitSchema = z.strictObject({
  ...common,
  kind: z.literal('per-unit'),
  rate: decimalText.optional(),
  blocks: z.array(blockSchema).min(1).max(20).optional(),
  schedules: z.array(scheduleSchema).min(2).max(20).optional(),
  window: slug.optional(),
  crossing: z.enum(['purchase', 'difference']).optional(),
  blocksTimes: slug.optional(),
  rateFactor: decimalText.optional(),
  rateRounding: roundingSchema.optional(),
  rebate: z.literal(true).optional(),
});

const baseLineSchema = z.union([slug, z.strictObject({ line: slug, aboveUnits: decimalText })]);

const percentSchema = z.strictObject({
  ...common,
  kind: z.literal('percent'),
  rate: decimalText,
  method: z.enum(['added', 'contained', 'of-gross']),
  of: z.union([z.literal('amount'), z.literal('remaining'), z.array(baseLineSchema).min(1).max(20)]),
  part: decimalText.optional(),
  baseRounding: roundingSchema.optional(),
  atLeast: decimalText.optional(),
  atMost: decimalText.optional(),
  onTop: z.literal(true).optional(),
  rebate: z.literal(true).optional(),
});

const stepSchema = z.strictObject({ upTo: decimalText.optional(), amount: decimalText });

const fixedSchema = z.strictObject({
  ...common,
  kind: z.literal('fixed'),
  amount: decimalText.optional(),
  steps: z.array(stepSchema).min(2).max(20).optional(),
  window: slug.optional(),
  every: periodSchema.optional(),
  maxPeriods: z.int().min(1).max(3660).optional(),
  times: slug.optional(),
  short: z.enum(['refuse', 'part']).optional(),
  onTop: z.literal(true).optional(),
  rebate: z.literal(true).optional(),
});

const shareSchema = z.strictObject({ rate: decimalText, of: z.enum(['amount', 'remaining', 'balance']) });

const debtSchema = z.strictObject({
  ...common,
  kind: z.literal('debt'),
  debt: slug,
  take: z.union([
    z.literal('all'),
    z.literal('instalment'),
    z.strictObject({ fixed: decimalText }),
    z.strictObject({ share: shareSchema }),
  ]),
  atLeast: decimalText.optional(),
  atMost: decimalText.optional(),
  atMostShare: shareSchema.optional(),
  blockUntilPaid: decimalText.optional(),
});

/** Recognised so that it can be refused by its own name. */
const timeOfUseSchema = z.looseObject({ kind: z.literal('time-of-use') });

const stageSchema = z.discriminatedUnion('kind', [
  perUnitSchema,
  percentSchema,
  fixedSchema,
  debtSchema,
  timeOfUseSchema,
]);

const entitlementSchema = z.strictObject({
  id: slug,
  label: z.string().min(1).max(80),
  units: decimalText,
  every: periodSchema,
  maxPeriods: z.int().min(1).max(120).optional(),
  when: whenSchema.optional(),
  homeStationOnly: z.boolean(),
  withPurchaseOnly: z.boolean(),
  countsIn: slug.optional(),
});

const limitsSchema = z.strictObject({
  minimum: decimalText.optional(),
  maximum: decimalText.optional(),
  maximumUnits: decimalText.optional(),
  windowMaximum: z.strictObject({ window: slug, units: decimalText }).optional(),
});

export const tariffSchema = z.strictObject({
  format: z.literal('kioskwatt-tariff'),
  formatVersion: z.literal(TARIFF_FORMAT_VERSION),
  id: slug,
  version: z.int().min(1),
  name: z.string().min(1).max(120),
  /** Where the figures come from, and whether they are real or illustrative. */
  source: z.string().max(400).optional(),
  effectiveFrom: civilText,
  resource: z.enum(RESOURCES),
  /** What the token carries: units of the resource, or money. */
  meter: z.enum(['units', 'currency']),
  currency: z.strictObject({
    code: z.string().regex(/^[A-Z]{3}$/u),
    minorDigits: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
    cashStepMinor: z.int().min(1).max(1_000_000),
  }),
  cashRounding: z.enum(['down', 'half-up', 'up']),
  lineRounding: roundingSchema,
  units: z.strictObject({
    rounding: z.array(roundingSchema).min(1).max(3),
    linesFrom: z.enum(['rounded', 'exact']),
    remainder: z.union([z.enum(['carry', 'change', 'rounding']), z.strictObject({ line: slug })]),
    preset: z.enum(['part', 'whole']),
  }),
  stateMaxAgeHours: z.int().min(0).max(8784),
  windows: z.record(slug, windowSchema),
  stages: z.array(stageSchema).min(1).max(60),
  entitlements: z.array(entitlementSchema).max(10),
  limits: limitsSchema,
});

type TariffFile = z.infer<typeof tariffSchema>;
export type Stage = Exclude<TariffFile['stages'][number], { kind: 'time-of-use' }>;
/** A tariff as data, exactly as its file says it, once the checks have passed. `parseTariff` makes one. */
export type Tariff = Omit<TariffFile, 'stages'> & { readonly stages: readonly Stage[] };
export type RoundingRule = z.infer<typeof roundingSchema>;
export type Period = z.infer<typeof periodSchema>;
export type PerUnitStage = z.infer<typeof perUnitSchema>;
export type PercentStage = z.infer<typeof percentSchema>;
export type FixedStage = z.infer<typeof fixedSchema>;
export type DebtStage = z.infer<typeof debtSchema>;
export type Share = z.infer<typeof shareSchema>;
export type Entitlement = z.infer<typeof entitlementSchema>;
export type When = z.infer<typeof whenSchema>;
export type Role = (typeof ROLES)[number];
