import { z } from 'zod';
import { err, ok, unitsTenths, type Result } from '../units/index.ts';
import { parseTariff } from './parse.ts';
import { emptyState, quote } from './quote.ts';
import { differencesOf, type Difference } from './replay.ts';
import type { Tariff } from './schema.ts';
import {
  accountStateSchema,
  quoteRequestSchema,
  type AccountState,
  type Quantise,
  type Quote,
} from './types.ts';

const partial = z.record(z.string(), z.unknown());

const originSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('published'), source: z.string().min(1), figure: z.string().min(1) }),
  z.strictObject({ kind: z.literal('worked'), arithmetic: z.array(z.string().min(1)).min(1) }),
]);

const expectSchema = z.strictObject({
  /** What the credit token carries; 0 when there is none. */
  quantity: z.int().optional(),
  freeQuantity: z.int().optional(),
  boughtQuantity: z.int().optional(),
  exactQuantity: z.string().optional(),
  amountMinor: z.int().optional(),
  tenderMinor: z.int().optional(),
  changeMinor: z.int().optional(),
  carriedMinor: z.int().optional(),
  accountedMinor: z.int().optional(),
  tokenRoundingMinor: z.int().optional(),
  /** All lines by key, in minor units; where it is given no line may be missing or extra. */
  lines: z.record(z.string(), z.int()).optional(),
  /** Codes that must be among the notices or the provisional reasons. */
  notices: z.array(z.string()).optional(),
  provisional: z.array(z.string()).optional(),
  /** Fields of the account after the sale. */
  after: partial.optional(),
  /** Fields of the refusal. */
  error: partial.optional(),
});

const vectorSchema = z.strictObject({
  id: z.string().min(1),
  note: z.string().optional(),
  origin: originSchema,
  tariff: z.string(),
  at: z.string(),
  /** The account is the one that this earlier vector of the file left behind. */
  follows: z.string().optional(),
  /** Fields that differ from an account without history. */
  state: partial.optional(),
  request: partial,
  /** Token amounts are multiples of this number of tenths, rounded up. */
  tokenStep: z.int().min(1).optional(),
  expect: expectSchema,
});

const refusalSchema = z.strictObject({
  id: z.string().min(1),
  note: z.string().optional(),
  origin: originSchema,
  tariff: z.unknown(),
  expect: z.array(z.strictObject({ code: z.string(), path: z.string() })).min(1),
});

const fileSchema = z.strictObject({
  format: z.literal('kioskwatt-tariff-vectors'),
  formatVersion: z.literal(1),
  name: z.string().min(1),
  country: z.string().min(1),
  /** Whether the rates are real, and from when, or illustrative. */
  rates: z.string().min(1),
  tariffs: z.record(z.string(), z.unknown()),
  vectors: z.array(vectorSchema),
  refusals: z.array(refusalSchema).optional(),
});

export type VectorFailure = { readonly id: string; readonly differences: readonly Difference[] };
export type VectorReport = { readonly passed: number; readonly failed: readonly VectorFailure[] };
export type VectorFileError = { readonly code: 'vectors-invalid'; readonly path: string };

type VectorFile = z.infer<typeof fileSchema>;
type Vector = z.infer<typeof vectorSchema>;

const REQUEST = { cash: false, entitlements: [] };

/** Everything in `wanted` that `actual` does not have just so; fields that are not wanted do not matter. */
function unmet(wanted: unknown, actual: unknown, path: string): Difference[] {
  if (
    wanted !== null &&
    typeof wanted === 'object' &&
    !Array.isArray(wanted) &&
    actual !== null &&
    typeof actual === 'object'
  ) {
    return Object.entries(wanted).flatMap(([key, value]) =>
      unmet(value, (actual as Readonly<Record<string, unknown>>)[key], `${path}/${key}`),
    );
  }
  return differencesOf(wanted, actual, [path]);
}

const quantityOf = (made: Quote, kind: 'credit' | 'free'): number =>
  made.tokens.filter((token) => token.kind === kind).reduce((sum, token) => sum + token.quantity, 0);

function compareQuote(wanted: Vector['expect'], made: Quote): Difference[] {
  const { lines, notices = [], provisional = [], after, quantity, freeQuantity, error, ...plain } = wanted;
  const codes = (list: Quote['notices']): string[] => list.map(({ code }) => code);
  const missing = (name: string, codesWanted: readonly string[], list: Quote['notices']): Difference[] =>
    codesWanted
      .filter((code) => !codes(list).includes(code))
      .map((code) => ({ path: name, recorded: code, recomputed: codes(list) }));
  const actualLines = Object.fromEntries(made.lines.map(({ key, amountMinor }) => [key, amountMinor]));
  return [
    ...(error ? [{ path: 'error', recorded: error, recomputed: null }] : []),
    ...unmet(plain, made, 'quote'),
    ...(quantity === undefined ? [] : differencesOf(quantity, quantityOf(made, 'credit'), ['quantity'])),
    ...(freeQuantity === undefined
      ? []
      : differencesOf(freeQuantity, quantityOf(made, 'free'), ['freeQuantity'])),
    ...(lines ? differencesOf(lines, actualLines, ['lines']) : []),
    ...missing('notices', notices, made.notices),
    ...missing('provisional', provisional, made.provisional),
    ...(after ? unmet(after, made.after, 'after') : []),
    ...identity(made),
  ];
}

/** What must hold for every quote: the tender is accounted for to the last minor unit. */
function identity(made: Quote): Difference[] {
  const counted = made.lines
    .filter(({ place }) => place !== 'included')
    .reduce((sum, line) => sum + line.amountMinor, 0);
  return differencesOf(made.tenderMinor, counted + made.changeMinor + made.carriedMinor, ['identity']);
}

type Run = { readonly tariffs: ReadonlyMap<string, Tariff>; readonly after: Map<string, AccountState> };

function stateOf(vector: Vector, run: Run): AccountState | undefined {
  const before = vector.follows === undefined ? emptyState(vector.at) : run.after.get(vector.follows);
  if (!before) return undefined;
  const parsed = accountStateSchema.safeParse({ ...before, ...vector.state });
  return parsed.success ? parsed.data : undefined;
}

function runVector(vector: Vector, run: Run): Difference[] {
  const tariff = run.tariffs.get(vector.tariff);
  if (!tariff) return [{ path: 'tariff', recorded: vector.tariff, recomputed: null }];
  const state = stateOf(vector, run);
  const request = quoteRequestSchema.safeParse({ ...REQUEST, ...vector.request });
  if (!state || !request.success)
    return [{ path: state ? 'request' : 'state', recorded: vector.id, recomputed: null }];
  const step = vector.tokenStep ?? 1;
  const quantise: Quantise = (quantity) => unitsTenths(Math.ceil(quantity / step) * step);
  const made = quote(tariff, state, request.data, vector.at, quantise);
  if (!made.ok) return unmet(vector.expect.error ?? { code: 'none' }, made.error, 'error');
  run.after.set(vector.id, made.value.after);
  return compareQuote(vector.expect, made.value);
}

function runRefusal(data: unknown, wanted: readonly { code: string; path: string }[]): Difference[] {
  const parsed = parseTariff(data);
  const faults = parsed.ok ? [] : parsed.error;
  return wanted
    .filter(({ code, path }) => !faults.some((each) => each.code === code && each.path === path))
    .map((each) => ({
      path: each.path,
      recorded: each.code,
      recomputed: faults.map(({ code, path }) => `${code} ${path}`),
    }));
}

function parsedTariffs(file: VectorFile): [Map<string, Tariff>, VectorFailure[]] {
  const tariffs = new Map<string, Tariff>();
  const failed: VectorFailure[] = [];
  for (const [name, data] of Object.entries(file.tariffs)) {
    const parsed = parseTariff(data);
    if (parsed.ok) tariffs.set(name, parsed.value);
    else {
      const differences = parsed.error.map(({ code, path }) => ({ path, recorded: null, recomputed: code }));
      failed.push({ id: `tariff ${name}`, differences });
    }
  }
  return [tariffs, failed];
}

/** Runs a vector file (docs/formats/tariff-vectors.md): how many hold, and each that does not, with its figures. */
export function runTariffVectors(data: unknown): Result<VectorReport, VectorFileError> {
  const parsed = fileSchema.safeParse(data);
  if (!parsed.success) return err({ code: 'vectors-invalid', path: parsed.error.issues[0]!.path.join('/') });
  const [tariffs, failed] = parsedTariffs(parsed.data);
  const run = { tariffs, after: new Map<string, AccountState>() };
  const results = [
    ...parsed.data.vectors.map((vector) => ({ id: vector.id, differences: runVector(vector, run) })),
    ...(parsed.data.refusals ?? []).map(({ id, tariff, expect }) => ({
      id,
      differences: runRefusal(tariff, expect),
    })),
  ];
  const broken = results.filter(({ differences }) => differences.length > 0);
  return ok({ passed: results.length - broken.length, failed: [...failed, ...broken] });
}
