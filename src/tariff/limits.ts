import { MAX_AMOUNT_MINOR, MAX_UNITS_TENTHS, rational, type Result } from '../units/index.ts';
import { contextOf, type Context } from './context.ts';
import { amountFor, smallestAmount } from './cost.ts';
import { entitledFor, withFreeUnits } from './entitlements.ts';
import { decimal, toNumber } from './exact.ts';
import { purchase, type Purchase, type PurchaseFault } from './purchase.ts';
import type { Tariff } from './schema.ts';
import type { AccountState, LimitReason, QuoteError, QuoteRequest } from './types.ts';
import { totalOf } from './unit-charges.ts';

const { multiply } = rational;

type Ceiling = { readonly code: string; readonly quantity: number };

/** Every limit on the number of units in one sale. */
function ceilings(context: Context): Ceiling[] {
  const { tariff, scale } = context.compiled;
  const { maximumUnits, windowMaximum } = tariff.limits;
  const quantity = (text: string): number => toNumber(multiply(decimal(text), scale));
  const found: Ceiling[] = [];
  if (tariff.meter === 'units') found.push({ code: 'token-capacity', quantity: MAX_UNITS_TENTHS });
  if (maximumUnits !== undefined) found.push({ code: 'purchase-units', quantity: quantity(maximumUnits) });
  if (windowMaximum) {
    const used = context.windows.get(windowMaximum.window)!.used;
    found.push({ code: 'window-units', quantity: Math.max(0, quantity(windowMaximum.units) - used) });
  }
  return found;
}

const lowestCeiling = (context: Context): Ceiling | undefined =>
  ceilings(context).sort((a, b) => a.quantity - b.quantity)[0];

const minorOf = (context: Context, text: string): number =>
  toNumber(multiply(decimal(text), context.compiled.minorPerMajor));

const stepOf = (context: Context, cash: boolean): number =>
  cash ? context.compiled.tariff.currency.cashStepMinor : 1;

/** The smallest amount that puts something on a token; undefined when none does. */
export function smallestToken(context: Context, cash: boolean): number | undefined {
  const owed = context.state.unitAdjustments.reduce((sum, { quantity }) => sum - quantity, 0);
  const amount = amountFor(context, stepOf(context, cash), Math.max(1, 1 + owed));
  const { minimum } = context.compiled.tariff.limits;
  if (amount === undefined || minimum === undefined) return amount;
  return Math.max(amount, minorOf(context, minimum));
}

const REASONS = { fixed: 'charge', debt: 'debt', percent: 'share', 'per-unit': 'units' } as const;

/** What an amount goes to, by stage: the answer to "why is the minimum so high?". */
export function minimumReasons(context: Context, amountMinor: number): LimitReason[] {
  const { minimum } = context.compiled.tariff.limits;
  const reasons: LimitReason[] = [];
  if (minimum !== undefined && minorOf(context, minimum) >= amountMinor) {
    reasons.push({ code: 'tariff-minimum', amountMinor: minorOf(context, minimum) });
  }
  const made = purchase(context, amountMinor);
  if (!made.ok) return reasons;
  for (const line of made.value.settlement.lines) {
    const code = line.amountMinor > 0 ? 'settlement' : 'balance';
    reasons.push({ code, amountMinor: Math.abs(line.amountMinor), rule: line.key });
  }
  for (const stage of context.compiled.tariff.stages) {
    const drafts = made.value.ledger.get(stage.id) ?? [];
    const amount = toNumber(totalOf(drafts));
    if (amount !== 0 && drafts[0]!.line.place === 'inside') {
      reasons.push({ code: REASONS[stage.kind], amountMinor: amount, rule: stage.id });
    }
  }
  if (context.state.unitAdjustments.some(({ quantity }) => quantity < 0))
    reasons.push({ code: 'preset-units' });
  return reasons;
}

/** The largest amount that stays within the ceilings, and which one stops it. */
function largestAmount(
  context: Context,
  cash: boolean,
): { maximumMinor: number; maximumReasons: LimitReason[] } {
  const step = stepOf(context, cash);
  const { maximum } = context.compiled.tariff.limits;
  const declared = maximum === undefined ? MAX_AMOUNT_MINOR : minorOf(context, maximum);
  const ceiling = lowestCeiling(context);
  const beyond = ceiling && amountFor(context, step, ceiling.quantity + 1);
  if (ceiling && beyond !== undefined && beyond - step < declared) {
    return { maximumMinor: beyond - step, maximumReasons: [{ code: ceiling.code }] };
  }
  const code = maximum === undefined ? 'amount-capacity' : 'tariff-maximum';
  return { maximumMinor: declared, maximumReasons: [{ code, amountMinor: declared }] };
}

function belowMinimum(context: Context, cash: boolean): QuoteError {
  const step = stepOf(context, cash);
  const floor = context.compiled.tariff.limits.minimum;
  const least = floor === undefined ? 1 : minorOf(context, floor);
  const minimumMinor =
    smallestAmount(context, step, (amount) => amount >= least && purchase(context, amount).ok) ??
    MAX_AMOUNT_MINOR;
  return { code: 'below-minimum', minimumMinor, reasons: minimumReasons(context, minimumMinor) };
}

function aboveMaximum(context: Context, cash: boolean): QuoteError {
  const { maximumMinor, maximumReasons } = largestAmount(context, cash);
  return { code: 'above-maximum', maximumMinor, reasons: maximumReasons };
}

/** The limit that a purchase breaks, with the amount that would not and the reason. */
export function limitFault(
  context: Context,
  request: QuoteRequest,
  amountMinor: number,
  made: Result<Purchase, PurchaseFault>,
): QuoteError | undefined {
  const { minimum, maximum } = context.compiled.tariff.limits;
  if (minimum !== undefined && amountMinor < minorOf(context, minimum))
    return belowMinimum(context, request.cash);
  if (!made.ok)
    return made.error === 'unlimited'
      ? aboveMaximum(context, request.cash)
      : belowMinimum(context, request.cash);
  if (maximum !== undefined && amountMinor > minorOf(context, maximum))
    return aboveMaximum(context, request.cash);
  const ceiling = lowestCeiling(context);
  if (ceiling && toNumber(made.value.bought) > ceiling.quantity) return aboveMaximum(context, request.cash);
  return undefined;
}

export type PurchaseLimits = {
  /** The smallest amount that yields a token; undefined when no amount does. */
  readonly minimumMinor: number | undefined;
  readonly minimumReasons: readonly LimitReason[];
  readonly maximumMinor: number;
  readonly maximumReasons: readonly LimitReason[];
};

/** How a purchase is going to be made; `entitlements` are the free units that come with it. */
type PurchaseOptions = Pick<QuoteRequest, 'cash' | 'channel' | 'entitlements'>;

/** Between which amounts this account can buy a token now, and why. */
export function purchaseLimits(
  tariff: Tariff,
  state: AccountState,
  at: string,
  options: PurchaseOptions,
): Result<PurchaseLimits, QuoteError> {
  const bare = contextOf(tariff, state, options.channel, at);
  if (!bare.ok) return bare;
  const entitled = entitledFor(bare.value, { ...options, kind: 'money' });
  if (!entitled.ok) return entitled;
  const context = withFreeUnits(bare.value, entitled.value);
  const minimumMinor = smallestToken(context, options.cash);
  return {
    ok: true,
    value: {
      minimumMinor,
      minimumReasons: minimumMinor === undefined ? [] : minimumReasons(context, minimumMinor),
      ...largestAmount(context, options.cash),
    },
  };
}
