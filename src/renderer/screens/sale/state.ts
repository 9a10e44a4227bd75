import type {
  CallError,
  CallInput,
  CallReply,
  MeterPanel,
  QuoteView,
  ReferredAccount,
  SaleView,
  SearchHit,
} from '../../../contract/index.ts';
import { amountMinor, err, ok, parseAmount, type AmountMinor, type Currency } from '../../../units/index.ts';

/**
 * Where the cashier is. `part-amount` and `reference` are about one part of a payment that is not cash; `done` shows
 * tokens, `doubt` a sale whose outcome is not known.
 */
export type Step = 'find' | 'amount' | 'cash' | 'part-amount' | 'reference' | 'selling' | 'done' | 'doubt';

/** Steps at which a payment is being taken. */
export const PAYING: readonly Step[] = ['cash', 'part-amount', 'reference'];

/** An error that a person sees; one that arose in this window has no reference in the log. */
export type Problem = Pick<CallError, 'code' | 'params'> & { readonly ref?: string };

export type Hits = { readonly text: string; readonly reply: CallReply<readonly SearchHit[]> };

/** What is typed in the field: money to spend, or units to get. */
export type Unit = 'money' | 'units';
/** In minor units of money, or in tenths of a unit. */
export type Asked = { readonly unit: Unit; readonly value: number };
export type Quote = Asked & { readonly pan: string; readonly reply: CallReply<QuoteView> };

/** Where Enter, or another key, leads from the amount once its quote is there. */
export type Goal = 'cash' | 'part-amount' | 'reference' | 'basket';

/** One meter of a basket: what was agreed, and what was typed for it. */
export type BasketItem = {
  readonly requestId: string;
  readonly panel: MeterPanel;
  readonly quote: QuoteView;
  readonly box: string;
  readonly unit: Unit;
  readonly amountText: string;
};

/** A part of the payment that is settled but for the cash; with what was typed for it. */
export type PaidPart = {
  readonly account: ReferredAccount;
  readonly amountMinor: number;
  readonly reference: string | null;
  readonly isSplit: boolean;
  readonly amountText: string;
  readonly referenceText: string;
};

/** What is asked of the module: the same object as long as it is the same request. */
export type VendRequest =
  | { readonly call: 'sale.vend'; readonly input: CallInput<'sale.vend'> }
  | { readonly call: 'basket.vend'; readonly input: CallInput<'basket.vend'> };

/** Everything that the sale screen knows. Whatever was typed stays until a new sale begins. */
export type Flow = {
  readonly step: Step;
  readonly box: string;
  /** What the search brought for the text in it, which may be older than the box. */
  readonly hits: Hits | null;
  readonly marked: number;
  /** The meter that was chosen while its panel is on the way. */
  readonly choosing: string | null;
  readonly panel: MeterPanel | null;
  readonly unit: Unit;
  readonly amountText: string;
  readonly quote: Quote | null;
  /** Meters that are paid for together; empty for a sale by itself. */
  readonly basket: readonly BasketItem[];
  /** Prices changed: the basket's quotes are asked for again. */
  readonly requoting: boolean;
  readonly receivedText: string;
  /** By what the part that is being typed is paid. */
  readonly account: ReferredAccount;
  /** Whether that part pays an amount of its own, not all that is left. */
  readonly isSplit: boolean;
  readonly partAmountText: string;
  readonly referenceText: string;
  readonly parts: readonly PaidPart[];
  /** The part whose reference is being looked up, and the request's id if it is the last one. */
  readonly checking: (PaidPart & { readonly newId: string }) | null;
  /** Enter was pressed before the answer it needs was there: go on when it comes. */
  readonly awaiting: 'hits' | 'quote' | null;
  readonly goal: Goal;
  /** Units or money, switched while the meter is being looked up. */
  readonly unitAhead: Unit | null;
  /** For whatever begins when the quote comes. */
  readonly nextId: string;
  /**
   * Figures typed while an answer is on the way: they belong to the next field. A line's end is the Enter that
   * came behind them, and what follows it belongs to the field after.
   */
  readonly ahead: string;
  /** Kept over a retry whose first outcome is unknown, so that the station answers the same again. */
  readonly vend: VendRequest | null;
  /** Warnings about this payment that Enter went past: a code, with the meter's 18 digits where it is about one. */
  readonly acknowledged: readonly string[];
  readonly sale: SaleView | null;
  /** All sales of a basket that was paid; the one that is shown is `sale`. */
  readonly sales: readonly SaleView[];
  readonly recovering: boolean;
  /** What is asked of the module is whether the sale may end without a token: the customer waits no longer. */
  readonly givingUp: boolean;
  readonly problem: Problem | null;
};

export const EMPTY_FLOW: Flow = {
  step: 'find',
  box: '',
  hits: null,
  marked: 0,
  choosing: null,
  panel: null,
  unit: 'money',
  amountText: '',
  quote: null,
  basket: [],
  requoting: false,
  receivedText: '',
  account: 'card',
  isSplit: false,
  partAmountText: '',
  referenceText: '',
  parts: [],
  checking: null,
  awaiting: null,
  goal: 'cash',
  unitAhead: null,
  nextId: '',
  ahead: '',
  vend: null,
  acknowledged: [],
  sale: null,
  sales: [],
  recovering: false,
  givingUp: false,
  problem: null,
};

/** The customers found for exactly what stands in the box; none while the answer is on the way. */
export function visibleHits(flow: Flow): readonly SearchHit[] {
  return flow.hits?.text === flow.box.trim() && flow.hits.reply.ok ? flow.hits.reply.value : [];
}

/** Units are typed with one digit behind the point. */
const UNITS: Currency = { code: 'XXX', minorDigits: 1, cashStepMinor: 1 };

/** What the customer buys: what was typed, or the last purchase's amount while nothing is. */
export function askedFor(flow: Flow, currency: Currency): ReturnType<typeof parseAsked> {
  const last = flow.panel?.lastPurchases[0]?.amountMinor;
  if (flow.amountText.trim() === '' && flow.unit === 'money' && last !== undefined && last > 0) {
    return ok({ unit: 'money', value: last });
  }
  return parseAsked(flow, currency);
}

function parseAsked({ unit, amountText }: Flow, currency: Currency) {
  const parsed = parseAmount(amountText, unit === 'units' ? UNITS : currency);
  return parsed.ok ? ok<Asked>({ unit, value: parsed.value }) : err(parsed.error);
}

/** Whether a quote is for exactly what stands in the field. */
export function isQuoteFor(quote: Quote | null, flow: Flow, asked: Asked): quote is Quote {
  return (
    quote !== null &&
    quote.pan === flow.panel?.pan &&
    quote.unit === asked.unit &&
    quote.value === asked.value
  );
}

/** The quote for exactly what stands in the field; null while it is on the way or refused. */
export function currentQuote(flow: Flow, currency: Currency): QuoteView | null {
  const asked = askedFor(flow, currency);
  if (!asked.ok || !isQuoteFor(flow.quote, flow, asked.value)) return null;
  return flow.quote.reply.ok ? flow.quote.reply.value : null;
}

/** What is paid for: the basket, or the one sale; empty while there is no quote. */
export function quotesToPay(flow: Flow, currency: Currency): readonly QuoteView[] {
  if (flow.basket.length > 0) return flow.basket.map(({ quote }) => quote);
  const quote = currentQuote(flow, currency);
  return quote ? [quote] : [];
}

/** What all of it comes to. */
export function dueMinor(flow: Flow, currency: Currency): AmountMinor {
  return amountMinor(quotesToPay(flow, currency).reduce((sum, quote) => sum + quote.dueMinor, 0));
}

/** What the parts so far leave to pay. */
export function leftMinor(flow: Flow, currency: Currency): AmountMinor {
  const paid = flow.parts.reduce((sum, part) => sum + part.amountMinor, 0);
  return amountMinor(dueMinor(flow, currency) - paid);
}

/** Cash handed over; an empty field means the exact amount. */
export function cashReceived(
  flow: Flow,
  due: AmountMinor,
  currency: Currency,
): ReturnType<typeof parseAmount> {
  return flow.receivedText.trim() === ''
    ? { ok: true, value: due }
    : parseAmount(flow.receivedText, currency);
}

/** What the part that is being typed pays: all that is left, or what was typed for it. */
export function partAmount(flow: Flow, currency: Currency): ReturnType<typeof parseAmount> {
  const typed = flow.isSplit && flow.partAmountText.trim() !== '';
  return typed ? parseAmount(flow.partAmountText, currency) : { ok: true, value: leftMinor(flow, currency) };
}

/**
 * A request went out and no answer came back: nothing may be changed until the same request was answered, or a
 * new sale is begun on purpose (what became of this one is then seen under the last token or the open sales).
 */
export function isUncertain(flow: Flow): boolean {
  return flow.step === 'cash' && flow.vend !== null;
}
