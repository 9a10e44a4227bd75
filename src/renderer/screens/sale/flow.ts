import type {
  CallError,
  CallReply,
  MeterPanel,
  QuoteView,
  SaleView,
  SearchHit,
} from '../../../contract/index.ts';
import { amountMinor, parseAmount, type AmountMinor, type Currency } from '../../../units/index.ts';

/** Where the cashier is. `done` shows a sale's token, `doubt` a sale whose outcome is not known. */
export type Step = 'find' | 'amount' | 'cash' | 'selling' | 'done' | 'doubt';

/** An error that a person sees; one that arose in this window has no reference in the log. */
export type Problem = Pick<CallError, 'code' | 'params'> & { readonly ref?: string };

type Hits = { readonly text: string; readonly reply: CallReply<readonly SearchHit[]> };
type Quote = {
  readonly pan: string;
  readonly amountMinor: number;
  readonly reply: CallReply<QuoteView>;
};

/** What is asked of the module: the same object as long as it is the same request. */
export type VendRequest = {
  readonly requestId: string;
  readonly pan: string;
  readonly amountMinor: number;
  readonly quotedUnitsTenths: number;
  readonly quotedDueMinor: number;
  readonly tender: { readonly kind: 'cash'; readonly receivedMinor: number };
  readonly acknowledged: string[];
};

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
  readonly amountText: string;
  readonly quote: Quote | null;
  readonly receivedText: string;
  /** Enter was pressed before the answer it needs was there: go on when it comes. */
  readonly awaiting: 'hits' | 'quote' | null;
  /** Figures typed while an answer is on the way: they belong to the next field. */
  readonly ahead: string;
  /** Kept over a retry whose first outcome is unknown, so that the station answers the same again. */
  readonly vend: VendRequest | null;
  /** Warnings about this amount that Enter went past. */
  readonly acknowledged: readonly string[];
  readonly sale: SaleView | null;
  readonly recovering: boolean;
  readonly problem: Problem | null;
};

export type FlowEvent =
  | { readonly type: 'box-changed'; readonly text: string }
  | { readonly type: 'amount-changed'; readonly text: string }
  | { readonly type: 'received-changed'; readonly text: string }
  /** A sign typed while no field had the focus, or one that belongs to another field. */
  | { readonly type: 'typed'; readonly sign: string }
  /** A scanner's text; what it left in the fields on its way is put back. */
  | {
      readonly type: 'scanned';
      readonly text: string;
      readonly before: Pick<Flow, 'amountText' | 'receivedText'>;
    }
  | { readonly type: 'marked'; readonly index: number }
  | { readonly type: 'chosen'; readonly pan: string }
  | { readonly type: 'hits-came'; readonly hits: Hits }
  | { readonly type: 'panel-came'; readonly pan: string; readonly reply: CallReply<MeterPanel> }
  | { readonly type: 'quote-came'; readonly quote: Quote }
  /** The next step; `newId` is used when that step needs a request id. */
  | { readonly type: 'enter'; readonly newId: string }
  | { readonly type: 'escape' }
  /** The box was touched while an amount was being typed: back to finding, with everything kept. */
  | { readonly type: 'back-to-box' }
  | { readonly type: 'sold'; readonly requestId: string; readonly reply: CallReply<SaleView> }
  | { readonly type: 'settle'; readonly sale: SaleView }
  | { readonly type: 'recovered'; readonly saleId: string; readonly reply: CallReply<SaleView> }
  | { readonly type: 'new-sale' };

export const EMPTY_FLOW: Flow = {
  step: 'find',
  box: '',
  hits: null,
  marked: 0,
  choosing: null,
  panel: null,
  amountText: '',
  quote: null,
  receivedText: '',
  awaiting: null,
  ahead: '',
  vend: null,
  acknowledged: [],
  sale: null,
  recovering: false,
  problem: null,
};

/** The customers found for exactly what stands in the box; none while the answer is on the way. */
export function visibleHits(flow: Flow): readonly SearchHit[] {
  return flow.hits?.text === flow.box.trim() && flow.hits.reply.ok ? flow.hits.reply.value : [];
}

/** What the customer pays: what was typed, or the last purchase's amount while nothing is. */
export function amountToPay(flow: Flow, currency: Currency): ReturnType<typeof parseAmount> {
  const last = flow.panel?.lastPurchases[0]?.amountMinor;
  if (flow.amountText.trim() === '' && last !== undefined && last > 0) {
    return { ok: true, value: amountMinor(last) };
  }
  return parseAmount(flow.amountText, currency);
}

/** The quote for exactly the amount that stands in the field; null while it is on the way or refused. */
export function currentQuote(flow: Flow, currency: Currency): QuoteView | null {
  const amount = amountToPay(flow, currency);
  if (!amount.ok || !flow.panel || !flow.quote) return null;
  const same = flow.quote.pan === flow.panel.pan && flow.quote.amountMinor === amount.value;
  return same && flow.quote.reply.ok ? flow.quote.reply.value : null;
}

/** Cash handed over; an empty field means the exact amount. */
export function cashReceived(
  flow: Flow,
  dueMinor: AmountMinor,
  currency: Currency,
): ReturnType<typeof parseAmount> {
  return flow.receivedText.trim() === ''
    ? { ok: true, value: dueMinor }
    : parseAmount(flow.receivedText, currency);
}

/** The sale screen's one state machine. Money is shown as text by `money`, which the caller's language gives. */
export function makeFlowReducer(
  currency: Currency,
  money: (amount: AmountMinor) => string,
): (flow: Flow, event: FlowEvent) => Flow {
  const onEnter = (flow: Flow, newId: string): Flow => {
    switch (flow.step) {
      case 'find':
        return enterFind(flow);
      case 'amount':
        return enterAmount(flow, currency);
      case 'cash':
        return enterCash(flow, currency, money, newId);
      case 'doubt':
        return { ...flow, recovering: true, problem: null };
      case 'done':
        return EMPTY_FLOW;
    }
    flow.step satisfies 'selling';
    return flow;
  };
  return (flow, event) => {
    switch (event.type) {
      case 'enter':
        return onEnter(flow, event.newId);
      case 'quote-came':
        return quoteCame(flow, event.quote, currency);
      default:
        return isUncertain(flow) && !LEAVES.has(event.type) ? flow : step(flow, event);
    }
  };
}

/**
 * A request went out and no answer came back: nothing may be changed until the same request was answered, or a
 * new sale is begun on purpose (what became of this one is then seen under the last token or the open sales).
 */
export function isUncertain(flow: Flow): boolean {
  return flow.step === 'cash' && flow.vend !== null;
}

const LEAVES: ReadonlySet<FlowEvent['type']> = new Set(['new-sale', 'scanned']);

type OtherEvent = Exclude<FlowEvent, { readonly type: 'enter' | 'quote-came' }>;

function step(flow: Flow, event: OtherEvent): Flow {
  switch (event.type) {
    case 'box-changed':
      return boxChanged(flow, event.text);
    case 'amount-changed':
      return { ...flow, amountText: event.text, awaiting: null, ahead: '', acknowledged: [], problem: null };
    case 'received-changed':
      return { ...flow, receivedText: event.text, problem: null };
    case 'typed':
      return typed(flow, event.sign);
    case 'scanned':
      return scanned(flow, event.text, event.before);
    case 'marked':
      return { ...flow, marked: clamp(event.index, visibleHits(flow).length) };
    case 'chosen':
      return { ...flow, choosing: event.pan, awaiting: null, problem: null };
    case 'hits-came':
      return hitsCame(flow, event.hits);
    case 'panel-came':
      return panelCame(flow, event.pan, event.reply);
    case 'escape':
      return escape(flow);
    case 'back-to-box':
      return flow.step === 'amount' || flow.step === 'cash' ? { ...flow, step: 'find', problem: null } : flow;
    case 'sold':
      return sold(flow, event.requestId, event.reply);
    case 'settle':
      return { ...EMPTY_FLOW, step: 'doubt', sale: event.sale };
    case 'recovered':
      return recovered(flow, event.saleId, event.reply);
  }
  event satisfies { readonly type: 'new-sale' };
  return flow.step === 'selling' ? flow : EMPTY_FLOW;
}

function boxChanged(flow: Flow, text: string): Flow {
  if (flow.step === 'selling' || flow.recovering) return flow;
  const kept = flow.step === 'done' || flow.step === 'doubt' ? EMPTY_FLOW : flow;
  return {
    ...kept,
    step: 'find',
    box: text,
    marked: 0,
    awaiting: null,
    choosing: null,
    ahead: '',
    problem: null,
  };
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(index, length - 1));
}

/** True for a sign that is typed ahead: the step that it is meant for begins when the answer comes. */
export function isAhead(flow: Flow, sign: string): boolean {
  const underWay = flow.awaiting !== null || flow.choosing !== null;
  return underWay && (flow.step === 'find' || flow.step === 'amount') && FIGURE.test(sign);
}

const FIGURE = /^[\d.,-]$/u;

function typed(flow: Flow, sign: string): Flow {
  if (isAhead(flow, sign)) return { ...flow, ahead: flow.ahead + sign };
  const isFigure = FIGURE.test(sign);
  switch (flow.step) {
    case 'find':
      return boxChanged(flow, flow.box + sign);
    case 'amount':
      // Nothing typed yet: a letter begins the search for another customer. Else it is a slip of the finger.
      return flow.panel?.refusal === null && (isFigure || flow.amountText !== '')
        ? step(flow, { type: 'amount-changed', text: flow.amountText + sign })
        : boxChanged(flow, sign);
    case 'cash':
      return step(flow, { type: 'received-changed', text: flow.receivedText + sign });
    case 'done':
    case 'doubt':
      return boxChanged(flow, sign);
  }
  flow.step satisfies 'selling';
  return flow;
}

function scanned(flow: Flow, text: string, before: Pick<Flow, 'amountText' | 'receivedText'>): Flow {
  if (flow.step === 'selling' || flow.recovering) return { ...flow, ...before };
  return { ...EMPTY_FLOW, box: text, awaiting: 'hits' };
}

/** Chooses only what the cashier has seen, or what is the one answer to what was typed. */
function enterFind(flow: Flow): Flow {
  const text = flow.box.trim();
  if (text === '' || flow.choosing !== null) return flow;
  if (flow.hits?.text !== text) return { ...flow, awaiting: 'hits', problem: null };
  if (!flow.hits.reply.ok) {
    // Asked again, because the station may know more by now: the old answer is dropped.
    return flow.problem === null
      ? { ...flow, problem: flow.hits.reply.error }
      : { ...flow, hits: null, awaiting: 'hits' };
  }
  const hit = flow.hits.reply.value[flow.marked];
  return hit ? { ...flow, choosing: hit.pan, problem: null } : nothingFound(flow, text);
}

/** No one customer came of it: what was typed ahead was meant for the box after all. */
function notChosen(flow: Flow, problem: Problem | null): Flow {
  return { ...flow, box: flow.box + flow.ahead, ahead: '', awaiting: null, choosing: null, problem };
}

function nothingFound(flow: Flow, text: string): Flow {
  return notChosen(flow, { code: 'nothing-found', params: { text } });
}

function hitsCame(flow: Flow, hits: Hits): Flow {
  if (flow.step !== 'find' || hits.text !== flow.box.trim()) return flow;
  const next: Flow = { ...flow, hits, marked: 0, awaiting: null };
  // Nothing of a payment card stays on the screen.
  if (!hits.reply.ok && hits.reply.error.code === 'card-not-meter')
    return { ...notChosen(next, hits.reply.error), box: '' };
  if (flow.awaiting !== 'hits') return next;
  if (!hits.reply.ok) return notChosen(next, hits.reply.error);
  const [first, second] = hits.reply.value;
  if (!first) return nothingFound(next, hits.text);
  return second ? notChosen(next, null) : { ...next, choosing: first.pan };
}

function panelCame(flow: Flow, pan: string, reply: CallReply<MeterPanel>): Flow {
  if (flow.step !== 'find' || flow.choosing !== pan) return flow;
  if (!reply.ok) return notChosen(flow, reply.error);
  const kept = flow.panel?.pan === pan ? flow : EMPTY_FLOW;
  return {
    ...flow,
    step: 'amount',
    choosing: null,
    panel: reply.value,
    amountText: flow.ahead === '' ? kept.amountText : flow.ahead,
    receivedText: kept.receivedText,
    quote: kept.quote,
    acknowledged: [],
    ahead: '',
    problem: null,
  };
}

function enterAmount(flow: Flow, currency: Currency): Flow {
  if (!flow.panel) return flow;
  if (flow.panel.refusal) return EMPTY_FLOW;
  const amount = amountToPay(flow, currency);
  if (!amount.ok) {
    const { code, ...params } = amount.error;
    return { ...flow, problem: { code, params } };
  }
  const { quote } = flow;
  if (quote?.pan !== flow.panel.pan || quote.amountMinor !== amount.value) {
    return { ...flow, awaiting: 'quote', problem: null };
  }
  if (quote.reply.ok) return { ...flow, step: 'cash', awaiting: null, problem: null };
  return flow.problem === null
    ? { ...flow, problem: quote.reply.error }
    : { ...flow, quote: null, awaiting: 'quote', problem: null };
}

function quoteCame(flow: Flow, quote: Quote, currency: Currency): Flow {
  const amount = amountToPay(flow, currency);
  if (flow.step !== 'amount' || flow.panel?.pan !== quote.pan) return flow;
  if (!amount.ok || amount.value !== quote.amountMinor) return flow;
  const next: Flow = { ...flow, quote, awaiting: null, ahead: '' };
  if (flow.awaiting !== 'quote') return next;
  if (!quote.reply.ok) return { ...next, problem: quote.reply.error };
  return { ...next, step: 'cash', receivedText: flow.ahead === '' ? flow.receivedText : flow.ahead };
}

function enterCash(
  flow: Flow,
  currency: Currency,
  money: (amount: AmountMinor) => string,
  newId: string,
): Flow {
  const quote = currentQuote(flow, currency);
  if (!quote) return { ...flow, step: 'amount' };
  const due = amountMinor(quote.dueMinor);
  const received = cashReceived(flow, due, currency);
  if (!received.ok) {
    const { code, ...params } = received.error;
    return { ...flow, problem: { code, params } };
  }
  if (received.value < due) {
    const params = { received: money(received.value), due: money(due) };
    return { ...flow, problem: { code: 'cash-too-little', params } };
  }
  // Enter on a warning is the answer to it.
  const warned = flow.problem?.code.startsWith('warning-') === true ? [flow.problem.code] : [];
  const acknowledged = [...flow.acknowledged, ...warned];
  const vend: VendRequest = flow.vend ?? {
    requestId: newId,
    pan: quote.pan,
    amountMinor: quote.amountMinor,
    quotedUnitsTenths: quote.unitsTenths,
    quotedDueMinor: quote.dueMinor,
    tender: { kind: 'cash', receivedMinor: received.value },
    acknowledged,
  };
  return { ...flow, step: 'selling', vend, acknowledged, problem: null };
}

function sold(flow: Flow, requestId: string, reply: CallReply<SaleView>): Flow {
  if (flow.step !== 'selling' || flow.vend?.requestId !== requestId) return flow;
  if (reply.ok) return showSale(flow, reply.value);
  const problem = reply.error;
  if (problem.code === 'quote-changed') {
    return { ...flow, step: 'amount', quote: null, vend: null, problem };
  }
  // Whether anything was kept is not known: the same request must be sent again, not a new one.
  const unknown = problem.code === 'internal';
  return { ...flow, step: 'cash', vend: unknown ? flow.vend : null, problem };
}

function recovered(flow: Flow, saleId: string, reply: CallReply<SaleView>): Flow {
  if (flow.step !== 'doubt' || flow.sale?.saleId !== saleId) return flow;
  const next = { ...flow, recovering: false };
  return reply.ok ? showSale(next, reply.value) : { ...next, problem: reply.error };
}

function showSale(flow: Flow, sale: SaleView): Flow {
  const settled = sale.state !== 'in-doubt' && sale.state !== 'intended';
  return { ...flow, step: settled ? 'done' : 'doubt', sale, problem: null };
}

/** One step back. A problem on the screen is a step of its own. */
function escape(flow: Flow): Flow {
  const { step: at } = flow;
  if (at === 'selling' || flow.recovering) return flow;
  if (flow.problem) return { ...flow, problem: null };
  if (at === 'cash') return { ...flow, step: 'amount' };
  if (at === 'amount') return { ...flow, step: 'find', awaiting: null, ahead: '' };
  if (at === 'find') return notChosen(flow, null);
  return EMPTY_FLOW;
}
