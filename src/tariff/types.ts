import { z } from 'zod';
import type { UnitsTenths } from '../units/index.ts';
import { civilText, decimalText, type Role } from './schema.ts';

const whole = z.int();
const notNegative = z.int().min(0);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u);

/** What one purchase has to know about the meter's account. Plain data: it is stored with the sale. */
export const accountStateSchema = z.strictObject({
  /** The moment that the figures below were true. */
  asOf: civilText,
  /** Other stations sell to this meter too, so the figures may be behind. */
  soldElsewhere: z.boolean(),
  /** This station is the meter's own: entitlements may be given here. */
  homeStation: z.boolean(),
  category: z.string().optional(),
  /** Ampere, kVA, persons and the like, as exact decimals. */
  quantities: z.record(z.string(), decimalText),
  /** Remainders carried from earlier purchases: spent first. */
  balanceMinor: notNegative,
  /** Per window: when the running period began, what was bought in it, periods without a purchase before it. */
  windows: z.record(
    z.string(),
    z.strictObject({ startedOn: date, quantity: notNegative, missed: notNegative.optional() }),
  ),
  /** Per fixed charge: the first day of the last period paid, what is still owed, what was paid in that period. */
  charges: z.record(
    z.string(),
    z.strictObject({ paidFor: date, owedMinor: notNegative, paidInPeriodMinor: whole }),
  ),
  /** Per entitlement: the first day of the last period taken. */
  entitlements: z.record(z.string(), z.strictObject({ takenFor: date })),
  debts: z.record(
    z.string(),
    z.strictObject({ openingMinor: notNegative, balanceMinor: notNegative, instalmentMinor: notNegative }),
  ),
  /** Money to settle with the next purchase: positive is owed by the customer, negative to the customer. */
  adjustments: z.array(z.strictObject({ id: z.string(), reason: z.string(), amountMinor: whole })),
  /** Units to settle with the next purchase: positive is given, negative is taken back (preset units). */
  unitAdjustments: z.array(z.strictObject({ id: z.string(), reason: z.string(), quantity: whole })),
});

export type AccountState = z.infer<typeof accountStateSchema>;
export type Adjustment = AccountState['adjustments'][number];

const requestCommon = {
  /** Paid in cash: the tender is a multiple of the cash step. */
  cash: z.boolean(),
  channel: z.string().optional(),
  /** Free units to give with this purchase, by entitlement id. */
  entitlements: z.array(z.string()),
};

export const quoteRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...requestCommon, kind: z.literal('money'), amountMinor: z.int().min(1) }),
  /** Tenths of a unit, or minor units of money for a currency meter. */
  z.strictObject({ ...requestCommon, kind: z.literal('units'), quantity: z.int().min(1) }),
  z.strictObject({ ...requestCommon, kind: z.literal('entitlement') }),
]);

export type QuoteRequest = z.infer<typeof quoteRequestSchema>;

/** Makes an amount that a token can carry from one that the tariff allows: never less. Identity for tests. */
export type Quantise = (quantity: UnitsTenths) => UnitsTenths;

export type LineKind =
  'per-unit' | 'percent' | 'fixed' | 'debt' | 'balance' | 'adjustment' | 'rounding' | 'cash-rounding';

export type QuoteLine = {
  /** Unique in the quote: the stage's id, with `/1` for its first block, `/repriced` for a difference. */
  readonly key: string;
  /** The stage's id, or `balance`, `adjustment`, `rounding`, `cash-rounding`. */
  readonly rule: string;
  readonly kind: LineKind;
  readonly role: Role | 'settlement' | 'rounding';
  /** The utility's name for the line; empty for lines that the catalogues name. */
  readonly label: string;
  /** `inside` the amount, `on-top` of it, or only `included` in other lines and not to be added up. */
  readonly place: 'inside' | 'on-top' | 'included';
  /** What the rate was applied to, as an exact decimal or fraction: units, or money in major units. */
  readonly base: { readonly of: 'units' | 'money' | 'periods' | 'none'; readonly value: string };
  /** As the tariff says it: money per unit, percent, or money per period; empty where there is none. */
  readonly rate: string;
  readonly block?: number;
  /** For charges per ampere and the like. */
  readonly times?: string;
  /** The result before rounding, in minor units: `12345` or `98765/43`. */
  readonly exact: string;
  /** The result. Credits are negative. */
  readonly amountMinor: number;
  /** For debts: what is still owed after this line. */
  readonly remainingMinor?: number;
};

/** Units in the order they came about; their sum is the token's quantity. */
export type UnitLine = {
  readonly key: string;
  readonly kind: 'bought' | 'adjustment' | 'free' | 'token-rounding';
  readonly quantity: number;
};

export type TokenQuote = {
  readonly kind: 'credit' | 'free';
  /** The entitlement, for free units. */
  readonly entitlement?: string;
  /** What the token is to carry, quantised: tenths of a unit, or minor units for a currency meter. */
  readonly quantity: number;
  readonly lines: readonly UnitLine[];
};

/** A code of the catalogues with its parameters; amounts are minor units, quantities tenths. */
export type Notice = { readonly code: string; readonly params: Readonly<Record<string, string | number>> };

/** The whole calculation as plain data. `sum(lines not included) + change + carried = tender`, always. */
export type Quote = {
  readonly tariff: { readonly id: string; readonly version: number };
  readonly at: string;
  readonly request: QuoteRequest;
  /** What the customer asked to spend. */
  readonly amountMinor: number;
  /** What the customer pays: the amount, charges on top and cash rounding. */
  readonly tenderMinor: number;
  readonly lines: readonly QuoteLine[];
  readonly changeMinor: number;
  /** Stays on the account for the next purchase. */
  readonly carriedMinor: number;
  /** The part of the tender that lines account for, without roundings and settlements. */
  readonly accountedMinor: number;
  /** Units that the money buys, before the tariff's rounding, as a fraction of tenths. */
  readonly exactQuantity: string;
  /** Units that the money buys, rounded by the tariff; no adjustments, no free units. */
  readonly boughtQuantity: number;
  readonly tokens: readonly TokenQuote[];
  /** What the credit token's upward rounding is worth at the next unit's price. */
  readonly tokenRoundingMinor: number;
  /** Why this quote may be settled later; empty when it is final. */
  readonly provisional: readonly Notice[];
  /** Cliffs reached or near, no units, partial charges: said before payment. */
  readonly notices: readonly Notice[];
  /** The account after the sale. */
  readonly after: AccountState;
};

export type LimitReason = { readonly code: string; readonly amountMinor?: number; readonly rule?: string };

export type QuoteError =
  | { readonly code: 'input-invalid'; readonly path: string }
  | { readonly code: 'tariff-not-in-force'; readonly effectiveFrom: string }
  | { readonly code: 'state-from-the-future'; readonly asOf: string }
  | { readonly code: 'state-incomplete'; readonly path: string }
  | {
      readonly code: 'below-minimum';
      readonly minimumMinor: number;
      readonly reasons: readonly LimitReason[];
    }
  | {
      readonly code: 'above-maximum';
      readonly maximumMinor: number;
      readonly reasons: readonly LimitReason[];
    }
  | { readonly code: 'units-not-payable' }
  | {
      readonly code: 'entitlement-not-due';
      readonly entitlement: string;
      readonly reason: 'unknown' | 'taken' | 'not-home-station' | 'needs-purchase' | 'not-for-category';
    };
