import { err, ok, rational, type Result } from '../units/index.ts';
import { contextOf, entitlementApplies, periodsDue, type Context, type WindowUse } from './context.ts';
import { decimal, toNumber, whole } from './exact.ts';
import { periodAfter } from './periods.ts';
import type { Entitlement, Tariff } from './schema.ts';
import { tokenOf } from './token.ts';
import type { AccountState, Quantise, QuoteError, QuoteRequest, TokenQuote } from './types.ts';

/** Free units that a sale gives. */
export type Entitled = { readonly rule: Entitlement; readonly quantity: number; readonly takenFor: string };

type Refusal = Extract<QuoteError, { code: 'entitlement-not-due' }>['reason'];

function entitle(context: Context, rule: Entitlement, withPurchase: boolean): Result<Entitled, Refusal> {
  const { state, today, compiled } = context;
  if (!entitlementApplies(rule, state)) return err('not-for-category');
  if (rule.homeStationOnly && !state.homeStation) return err('not-home-station');
  const due = periodsDue(rule.every, rule.maxPeriods ?? 1, today, state.entitlements[rule.id]?.takenFor);
  if (due.count === 0) return err('taken');
  if (rule.withPurchaseOnly && !withPurchase) return err('needs-purchase');
  const units = rational.multiply(decimal(rule.units), compiled.scale);
  return ok({ rule, quantity: toNumber(rational.multiply(units, whole(due.count))), takenFor: due.paidFor });
}

/** The free units that a request asks for, each only once; the first that is not due refuses the request. */
export function entitledFor(
  context: Context,
  request: Pick<QuoteRequest, 'kind' | 'entitlements'>,
): Result<readonly Entitled[], QuoteError> {
  const entitled: Entitled[] = [];
  for (const id of new Set(request.entitlements)) {
    const rule = context.compiled.tariff.entitlements.find((each) => each.id === id);
    const found = rule ? entitle(context, rule, request.kind !== 'entitlement') : err('unknown' as const);
    if (!found.ok) return err({ code: 'entitlement-not-due', entitlement: id, reason: found.error });
    entitled.push(found.value);
  }
  return ok(entitled);
}

/** The context in which free units that count in a window have used it already. */
export function withFreeUnits(context: Context, entitled: readonly Entitled[]): Context {
  const windows = new Map<string, WindowUse>(context.windows);
  for (const { rule, quantity } of entitled) {
    if (rule.countsIn === undefined) continue;
    const use = windows.get(rule.countsIn)!;
    windows.set(rule.countsIn, { ...use, used: use.used + quantity });
  }
  return { ...context, windows };
}

export function freeTokens(entitled: readonly Entitled[], quantise: Quantise): TokenQuote[] {
  return entitled.flatMap(({ rule, quantity }) => {
    const line = { key: `free/${rule.id}`, kind: 'free', quantity } as const;
    return tokenOf('free', [line], quantise, rule.id) ?? [];
  });
}

/** The free units that the account may have now, with or without a purchase. */
export function entitlementsDue(
  tariff: Tariff,
  state: AccountState,
  at: string,
): readonly { readonly id: string; readonly quantity: number; readonly withPurchaseOnly: boolean }[] {
  const context = contextOf(tariff, state, undefined, at);
  if (!context.ok) return [];
  return dueIn(context.value);
}

/** What a tariff gives for nothing, and how it stands with one account. */
export type EntitlementStanding = {
  readonly id: string;
  /** The utility's name for it. */
  readonly label: string;
  /** Tenths that are due now; 0 when none are. */
  readonly quantity: number;
  readonly withPurchaseOnly: boolean;
  /** Why none are due, or null. */
  readonly refusal: Refusal | null;
  /** The first day on which the next ones are due, where these were taken. */
  readonly nextOn: string | null;
};

/** Every entitlement of a tariff as it stands with an account; none where the account can't be priced at all. */
export function entitlementsOf(
  tariff: Tariff,
  state: AccountState,
  at: string,
): readonly EntitlementStanding[] {
  const context = contextOf(tariff, state, undefined, at);
  if (!context.ok) return [];
  return tariff.entitlements.map((rule) => {
    const { id, label, withPurchaseOnly, every } = rule;
    const due = entitle(context.value, rule, false);
    const takenFor = state.entitlements[id]?.takenFor;
    const taken = !due.ok && due.error === 'taken' && takenFor !== undefined && every !== 'purchase';
    return {
      id,
      label,
      quantity: due.ok ? due.value.quantity : 0,
      withPurchaseOnly,
      refusal: due.ok ? null : due.error,
      nextOn: taken ? periodAfter(every, takenFor) : null,
    };
  });
}

export function dueIn(context: Context): ReturnType<typeof entitlementsDue> {
  return context.compiled.tariff.entitlements.flatMap((rule) => {
    const due = entitle(context, rule, true);
    return due.ok
      ? { id: rule.id, quantity: due.value.quantity, withPurchaseOnly: rule.withPurchaseOnly }
      : [];
  });
}
