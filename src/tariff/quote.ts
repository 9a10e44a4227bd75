import { err, ok, rational, type Result } from '../units/index.ts';
import { accountAfter } from './after.ts';
import { contextOf, type Context } from './context.ts';
import { amountFor } from './cost.ts';
import { entitledFor, freeTokens, withFreeUnits, type Entitled } from './entitlements.ts';
import { fractionText, toNumber } from './exact.ts';
import { limitFault, minimumReasons, smallestToken } from './limits.ts';
import { noticesOf, provisionalReasons } from './notices.ts';
import { linesOf } from './lines.ts';
import { purchase, type Purchase } from './purchase.ts';
import type { Tariff } from './schema.ts';
import { unitCost } from './solve.ts';
import { creditOf, type Credit } from './token.ts';
import {
  accountStateSchema,
  quoteRequestSchema,
  type AccountState,
  type Quantise,
  type Quote,
  type QuoteError,
  type QuoteRequest,
} from './types.ts';

/** For tests and vectors: every number of tenths is representable. */
export const noQuantisation: Quantise = (quantity) => quantity;

/** An account without history, true at `asOf`. */
export function emptyState(asOf: string): AccountState {
  return {
    asOf,
    soldElsewhere: false,
    homeStation: true,
    quantities: {},
    balanceMinor: 0,
    windows: {},
    charges: {},
    entitlements: {},
    debts: {},
    adjustments: [],
    unitAdjustments: [],
  };
}

function faultOfInput(state: AccountState, request: QuoteRequest): QuoteError | undefined {
  const checks = [
    ['state', accountStateSchema.safeParse(state)],
    ['request', quoteRequestSchema.safeParse(request)],
  ] as const;
  for (const [name, result] of checks) {
    if (!result.success)
      return { code: 'input-invalid', path: [name, ...result.error.issues[0]!.path].join('/') };
  }
  return undefined;
}

/**
 * Works out one sale: from money to units, or from units to the smallest payable amount and from there to
 * units. `state` is the account before the sale, `at` the civil time on the utility's clock, `quantise` makes
 * an amount that a token can carry (never less). Nothing is rounded but by the tariff's own rules, and
 * `lines (not included ones) + change + carried = tender` holds for every quote.
 */
export function quote(
  tariff: Tariff,
  state: AccountState,
  request: QuoteRequest,
  at: string,
  quantise: Quantise,
): Result<Quote, QuoteError> {
  const fault = faultOfInput(state, request);
  if (fault) return err(fault);
  const bare = contextOf(tariff, state, request.channel, at);
  if (!bare.ok) return bare;
  const entitled = entitledFor(bare.value, request);
  if (!entitled.ok) return entitled;
  const context = withFreeUnits(bare.value, entitled.value);
  const work: Work = { context, request, quantise, entitled: entitled.value };
  if (request.kind === 'entitlement') return ok(freeQuote(work));
  const amount = amountOf(context, request);
  return amount.ok ? paidQuote(work, amount.value) : amount;
}

type Work = {
  readonly context: Context;
  readonly request: QuoteRequest;
  readonly quantise: Quantise;
  readonly entitled: readonly Entitled[];
};

function amountOf(
  context: Context,
  request: Exclude<QuoteRequest, { kind: 'entitlement' }>,
): Result<number, QuoteError> {
  if (request.kind === 'money') return ok(request.amountMinor);
  const step = request.cash ? context.compiled.tariff.currency.cashStepMinor : 1;
  const amount = amountFor(context, step, request.quantity);
  return amount === undefined ? err({ code: 'units-not-payable' }) : ok(amount);
}

function paidQuote(work: Work, amountMinor: number): Result<Quote, QuoteError> {
  const { context, request, quantise } = work;
  const made = purchase(context, amountMinor);
  const fault = limitFault(context, request, amountMinor, made);
  if (fault) return err(fault);
  if (!made.ok) return err({ code: 'units-not-payable' });
  const bought = toNumber(made.value.bought);
  const credit = creditOf(bought, context.state, quantise);
  if (credit.uncovered > 0 && context.compiled.tariff.units.preset === 'whole') {
    const minimumMinor = smallestToken(context, request.cash) ?? amountMinor;
    return err({ code: 'below-minimum', minimumMinor, reasons: minimumReasons(context, minimumMinor) });
  }
  return ok(written(work, made.value, credit));
}

function written(work: Work, made: Purchase, credit: Credit): Quote {
  const { context, request, quantise, entitled } = work;
  const { tariff } = context.compiled;
  const figures = linesOf(context, made, request.cash);
  const bought = toNumber(made.bought);
  const tokens = [...(credit.token ? [credit.token] : []), ...freeTokens(entitled, quantise)];
  return {
    tariff: { id: tariff.id, version: tariff.version },
    at: context.at,
    request,
    amountMinor: made.amountMinor,
    ...figures,
    exactQuantity: fractionText(made.exact),
    boughtQuantity: bought,
    tokens,
    tokenRoundingMinor: addedValue(context, made, credit.added),
    provisional: provisionalReasons(context),
    notices: noticesOf(context, made, tokens, entitled),
    after: accountAfter(context, made, credit, entitled, figures),
  };
}

/** The price of the tenths that quantising added, at the account's next units. */
function addedValue(context: Context, made: Purchase, added: number): number {
  if (added === 0) return 0;
  const more = rational.add(made.bought, rational.rational(added));
  const value = rational.subtract(
    unitCost(context, made.money.ledger, more, false),
    unitCost(context, made.money.ledger, made.bought, false),
  );
  return Number(rational.roundToInteger(value, 'half-up'));
}

function freeQuote(work: Work): Quote {
  const { context, request, quantise, entitled } = work;
  const { tariff } = context.compiled;
  return {
    tariff: { id: tariff.id, version: tariff.version },
    at: context.at,
    request,
    amountMinor: 0,
    tenderMinor: 0,
    lines: [],
    changeMinor: 0,
    carriedMinor: 0,
    accountedMinor: 0,
    exactQuantity: '0',
    boughtQuantity: 0,
    tokens: freeTokens(entitled, quantise),
    tokenRoundingMinor: 0,
    provisional: provisionalReasons(context),
    notices: [],
    after: accountAfter(context, undefined, undefined, entitled, undefined),
  };
}
