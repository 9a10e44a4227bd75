import type { CallFault, Phrase, StationSettings } from '../../contract/index.ts';
import { moneyText } from '../../i18n/index.ts';
import { representableUnits } from '../../sts/index.ts';
import {
  entitlementsDue,
  purchaseLimits,
  quote,
  type AccountState,
  type LimitReason,
  type Quote,
  type QuoteError,
  type QuoteRequest,
  type Tariff,
} from '../../tariff/index.ts';
import {
  amountMinor,
  civilInZone,
  civilToText,
  err,
  ok,
  unixMs,
  type AmountMinor,
  type Result,
  type UnitsTenths,
} from '../../units/index.ts';
import { tariffInForce, type MeterRecord } from '../directory/index.ts';
import type { DirectoryReader, LedgerReader } from '../store/index.ts';
import { accountBefore } from './account.ts';
import { refuse } from './faults.ts';
import { checkClock } from './clock.ts';
import { parsedTariff } from './parsed-tariff.ts';

export type PricingDeps = {
  readonly ledger: LedgerReader;
  readonly directory: DirectoryReader;
  readonly settings: StationSettings;
};

/** Everything that went into a figure, stored with the sale so that it can be computed again. */
export type PricedSale = {
  readonly tariff: Tariff;
  readonly state: AccountState;
  readonly statementAsOfUnixMs: number | null;
  readonly quote: Quote;
  /** What the credit token is to carry, after both roundings. */
  readonly unitsTenths: UnitsTenths;
};

export type MeterPricing = {
  readonly tariff: Tariff;
  readonly state: AccountState;
  readonly at: string;
  readonly statementAsOfUnixMs: number | null;
};

export type PurchaseLimit = { readonly amountMinor: AmountMinor; readonly reason: Phrase };

/** The tariff in force for a meter and the account as its last purchase here left it. */
export function meterPricing(
  deps: PricingDeps,
  meter: MeterRecord,
  nowUnixMs: number,
): Result<MeterPricing, CallFault> {
  const clock = checkClock(deps.ledger, deps.settings, nowUnixMs);
  if (!clock.ok) return clock;
  const at = civilToText(civilInZone(unixMs(nowUnixMs), deps.settings.zone)).replace(' ', 'T');
  const version = tariffInForce(deps.directory, meter.tariffId, nowUnixMs);
  if (!version) return refuse('tariff-missing', { tariff: meter.tariffId });
  const tariff = parsedTariff(version.document);
  if (!tariff.ok) {
    const [first] = tariff.error;
    return refuse('tariff-refused', { reason: first ? `${first.code} ${first.path}` : 'invalid' });
  }
  const misfit = misfitOf(tariff.value, deps.settings, meter);
  if (misfit !== undefined) return refuse('tariff-refused', { reason: misfit });
  return ok({ tariff: tariff.value, at, ...accountBefore(deps, meter.pan, at, deps.settings.zone) });
}

/** Why a tariff can't price this meter here, or undefined when it can. */
function misfitOf(tariff: Tariff, settings: StationSettings, meter: MeterRecord): string | undefined {
  const { code, minorDigits } = settings.currency;
  if (tariff.currency.code !== code || tariff.currency.minorDigits !== minorDigits) return 'currency';
  if (tariff.resource !== meter.resource) return 'resource';
  if (tariff.meter !== 'units') return 'currency-meter';
  // What is left of the money has no way back to the customer: not on the slip, and not out of the drawer's figures.
  return tariff.units.remainder === 'change' ? 'change' : undefined;
}

/** How this station takes its money, in the words of price lists. */
export const channelOf = (settings: StationSettings): string => settings.channel ?? 'counter';

/** The JSON that a sale's `quote` column holds. */
export type StoredPricing = {
  readonly tariff: { readonly id: string; readonly version: number };
  readonly state: AccountState;
  readonly quote: Quote;
  /** The newest statement of head office that the account has taken in; none in sales from before there were any. */
  readonly statementAsOfUnixMs?: number | null;
};

/** What a sale's money became, as every sale keeps it: lines, change and remainder add up to the tender. */
export type Booking = Pick<Quote, 'amountMinor' | 'tenderMinor' | 'lines' | 'changeMinor' | 'carriedMinor'>;

/** Of a sale that moves no money. */
export const NO_MONEY: Booking = {
  amountMinor: 0,
  tenderMinor: 0,
  lines: [],
  changeMinor: 0,
  carriedMinor: 0,
};

export function bookingOf(sale: { readonly quote: string }): Booking {
  return (JSON.parse(sale.quote) as { readonly quote: Booking }).quote;
}

/** The free units that are due and come with a purchase only: each purchase brings them, as a token of their own. */
function withPurchase({ tariff, state, at }: MeterPricing): string[] {
  if (!tariff.entitlements.some(({ withPurchaseOnly }) => withPurchaseOnly)) return [];
  const due = entitlementsDue(tariff, state, at).filter(({ withPurchaseOnly }) => withPurchaseOnly);
  return due.map(({ id }) => id);
}

/** What an amount buys at this meter now, by the tariff in force. */
export function priceSale(
  deps: PricingDeps,
  meter: MeterRecord,
  amount: AmountMinor,
  nowUnixMs: number,
): Result<PricedSale, CallFault> {
  const pricing = meterPricing(deps, meter, nowUnixMs);
  if (!pricing.ok) return pricing;
  const { tariff, state, at, statementAsOfUnixMs } = pricing.value;
  const channel = channelOf(deps.settings);
  const entitlements = withPurchase(pricing.value);
  const request: QuoteRequest = { kind: 'money', amountMinor: amount, cash: true, channel, entitlements };
  const quoted = quote(tariff, state, request, at, quantiseUnits);
  if (!quoted.ok) return refusedQuote(deps, pricing.value, quoted.error);
  const credit = quoted.value.tokens.find((token) => token.kind === 'credit');
  // Money that pays for nothing at all, not even a debt, is not a sale.
  if (!credit && quoted.value.accountedMinor === 0) {
    const limits = limitsOf(deps, pricing.value);
    if (!limits.ok) return limits;
    const { amountMinor: minimum, reason } = limits.value.minimum;
    const params = { ...reason.params, reason: reason.id };
    return refuse('amount-below-minimum', { ...params, minimum: moneyText(minimum, deps.settings.currency) });
  }
  // A tariff whose lines round away to nothing would give units for no money.
  if (credit && quoted.value.accountedMinor <= 0) {
    return refuse('tariff-refused', { reason: 'units-for-nothing' });
  }
  const units = (credit?.quantity ?? 0) as UnitsTenths;
  return ok({ tariff, state, statementAsOfUnixMs, quote: quoted.value, unitsTenths: units });
}

/** The smallest amount that buys at least so many units at this meter now. */
export function amountForUnits(
  deps: PricingDeps,
  meter: MeterRecord,
  units: UnitsTenths,
  nowUnixMs: number,
): Result<AmountMinor, CallFault> {
  const pricing = meterPricing(deps, meter, nowUnixMs);
  if (!pricing.ok) return pricing;
  const { tariff, state, at } = pricing.value;
  const channel = channelOf(deps.settings);
  const entitlements = withPurchase(pricing.value);
  const request: QuoteRequest = { kind: 'units', quantity: units, cash: true, channel, entitlements };
  const quoted = quote(tariff, state, request, at, quantiseUnits);
  return quoted.ok
    ? ok(amountMinor(quoted.value.amountMinor))
    : refusedQuote(deps, pricing.value, quoted.error);
}

/** To what a token can carry, always up; beyond the largest token the tariff's maximum refuses first. */
export function quantiseUnits(units: UnitsTenths): UnitsTenths {
  const representable = representableUnits(units);
  return representable.ok ? representable.value : units;
}

/** The smallest and the largest amount that this meter takes now, each with its reason. */
export function limitsOf(
  deps: PricingDeps,
  pricing: MeterPricing,
): Result<{ readonly minimum: PurchaseLimit; readonly maximum: PurchaseLimit }, CallFault> {
  const found = purchaseLimits(pricing.tariff, pricing.state, pricing.at, {
    cash: true,
    channel: channelOf(deps.settings),
    entitlements: withPurchase(pricing),
  });
  if (!found.ok) return quoteFault(deps.settings, found.error);
  const limits = found.value;
  return ok({
    minimum: {
      amountMinor: amountMinor(limits.minimumMinor ?? deps.settings.currency.cashStepMinor),
      reason: reasonPhrase(deps.settings, limits.minimumReasons, limits.minimumMinor),
    },
    maximum: {
      amountMinor: amountMinor(limits.maximumMinor),
      reason: reasonPhrase(deps.settings, limits.maximumReasons),
    },
  });
}

/**
 * Why nothing may be sold to a meter whose window has no tenth left, or null. Free units that come with the purchase use
 * up the window before it: the smallest amount for a token is then above the largest that the window lets through.
 */
export function nothingToBuy(limits: {
  readonly minimum: PurchaseLimit;
  readonly maximum: PurchaseLimit;
}): CallFault | undefined {
  const { minimum, maximum } = limits;
  const isFull = maximum.reason.id === 'limit.window-units' && minimum.amountMinor > maximum.amountMinor;
  if (!isFull) return undefined;
  return {
    code: 'nothing-to-buy',
    params: { ...maximum.reason.params, reason: maximum.reason.id },
    retry: 'no',
  };
}

/** A tariff's refusal of an amount. Where no amount would do, that is said, and not a limit that no amount meets. */
function refusedQuote(deps: PricingDeps, pricing: MeterPricing, error: QuoteError): Result<never, CallFault> {
  const isLimit = error.code === 'above-maximum' || error.code === 'below-minimum';
  const limits = isLimit ? limitsOf(deps, pricing) : undefined;
  const nothing = limits?.ok ? nothingToBuy(limits.value) : undefined;
  return nothing ? err(nothing) : quoteFault(deps.settings, error);
}

/**
 * The first reason of a limit. Where that is what the units cost, `minimumMinor` is told: what has to be paid for the
 * smallest token, with the charges and the tax that follow, less the balance that is there.
 */
function reasonPhrase(
  settings: StationSettings,
  reasons: readonly LimitReason[],
  minimumMinor?: number,
): Phrase {
  const money = (minor: number): string => moneyText(amountMinor(minor), settings.currency);
  const kept = reasons.filter(({ code }) => code === 'balance');
  const first = reasons.find(({ code }) => code !== 'balance');
  const balance = kept.reduce((sum, reason) => sum + (reason.amountMinor ?? 0), 0);
  const amount = first?.code === 'units' ? (minimumMinor ?? first.amountMinor) : first?.amountMinor;
  return {
    id: `limit.${first?.code ?? 'none'}`,
    params: {
      amount: amount === undefined ? '' : money(amount),
      balance: balance === 0 ? 'none' : money(balance),
    },
  };
}

/** A tariff's refusal as a fault of the call, with its limit and reason in words. */
export function quoteFault(settings: StationSettings, error: QuoteError): Result<never, CallFault> {
  const money = (minor: number): string => moneyText(amountMinor(minor), settings.currency);
  const limited = (
    code: string,
    limit: Record<string, string>,
    reasons: readonly LimitReason[],
    minimumMinor?: number,
  ): Result<never, CallFault> => {
    const { id, params } = reasonPhrase(settings, reasons, minimumMinor);
    return refuse(code, { ...params, ...limit, reason: id });
  };
  switch (error.code) {
    case 'below-minimum':
      return limited(
        'amount-below-minimum',
        { minimum: money(error.minimumMinor) },
        error.reasons,
        error.minimumMinor,
      );
    case 'above-maximum':
      return limited('amount-above-maximum', { maximum: money(error.maximumMinor) }, error.reasons);
    case 'units-not-payable':
      return refuse('units-not-payable');
    case 'state-incomplete':
      return refuse('account-incomplete', { missing: error.path.replace('quantities/', '') });
    default:
      return refuse('tariff-refused', { reason: error.code });
  }
}
