import type { CallReply, MeterPanel, QuoteView, ReferredAccount, SaleView } from '../../../contract/index.ts';
import type { AmountMinor, Currency } from '../../../units/index.ts';
import { addToBasket, popItem, removeItem, requoted, toPayment } from './basket.ts';
import {
  backFromPaying,
  chooseAccount,
  chooseSplit,
  enterCash,
  enterPartAmount,
  enterReference,
  receivedChanged,
  referenceCame,
  showSales,
  sold,
  type Money,
} from './pay.ts';
import {
  askedFor,
  EMPTY_FLOW,
  isQuoteFor,
  isUncertain,
  PAYING,
  visibleHits,
  type Flow,
  type Goal,
  type Hits,
  type Problem,
  type Quote,
} from './state.ts';

export * from './state.ts';

export type FlowEvent =
  | { readonly type: 'box-changed'; readonly text: string }
  | { readonly type: 'amount-changed'; readonly text: string }
  | { readonly type: 'received-changed'; readonly text: string }
  | { readonly type: 'part-amount-changed'; readonly text: string }
  | { readonly type: 'reference-changed'; readonly text: string }
  /** Money to spend, or units to get; what was typed goes, since it meant the other. */
  | { readonly type: 'unit-switched' }
  /** A sign typed while no field had the focus, or one that belongs to another field. */
  | { readonly type: 'typed'; readonly sign: string }
  /** The last sign of the field is taken back, by a key on the screen. */
  | { readonly type: 'erased' }
  /** A scanner's text; what it left in the fields on its way is put back. */
  | { readonly type: 'scanned'; readonly text: string; readonly before: TypedTexts }
  | { readonly type: 'marked'; readonly index: number }
  | { readonly type: 'chosen'; readonly pan: string }
  | { readonly type: 'hits-came'; readonly hits: Hits }
  | { readonly type: 'panel-came'; readonly pan: string; readonly reply: CallReply<MeterPanel> }
  | { readonly type: 'quote-came'; readonly quote: Quote }
  /** The next step; `newId` is used when that step needs a request id. */
  | { readonly type: 'enter'; readonly newId: string }
  /** Another way to pay than cash. */
  | { readonly type: 'tender'; readonly account: ReferredAccount; readonly newId: string }
  | { readonly type: 'split'; readonly newId: string }
  /** This meter into the basket, and on to the next one. */
  | { readonly type: 'add'; readonly newId: string }
  | { readonly type: 'removed'; readonly pan: string }
  | { readonly type: 'requoted'; readonly replies: readonly CallReply<QuoteView>[] }
  | {
      readonly type: 'reference-came';
      readonly asked: NonNullable<Flow['checking']>;
      readonly reply: CallReply<{ readonly reference: string | null }>;
    }
  | { readonly type: 'escape' }
  /** The box was touched while an amount was being typed: back to finding, with everything kept. */
  | { readonly type: 'back-to-box' }
  | {
      readonly type: 'sold';
      readonly requestId: string;
      readonly reply: CallReply<readonly SaleView[]>;
    }
  | { readonly type: 'settle'; readonly sale: SaleView }
  /** The customer waits no longer for a sale in doubt. */
  | { readonly type: 'give-up' }
  | { readonly type: 'recovered'; readonly saleId: string; readonly reply: CallReply<SaleView> }
  | { readonly type: 'new-sale' };

/** What is typed into the fields of a sale. */
export type TypedTexts = Pick<Flow, 'amountText' | 'receivedText' | 'partAmountText' | 'referenceText'>;

/** The sale screen's one state machine. Money is shown as text by `text`, which the caller's language gives. */
export function makeFlowReducer(
  currency: Currency,
  text: (amount: AmountMinor) => string,
  largestNoteMinor: number | null = null,
): (flow: Flow, event: FlowEvent) => Flow {
  const money: Money = { currency, text, largestNoteMinor };
  return (flow, event) => {
    switch (event.type) {
      case 'enter':
        return enter(flow, money, event.newId);
      case 'quote-came':
        return quoteCame(flow, event.quote, currency);
      case 'panel-came':
        return isUncertain(flow) ? flow : panelCame(flow, event.pan, event.reply, currency);
      case 'reference-came':
        return referenceCame(flow, event.asked, event.reply, money);
      case 'tender':
      case 'split':
      case 'add':
        return isUncertain(flow) ? flow : otherWay(flow, event, currency);
      default:
        return isUncertain(flow) && !LEAVES.has(event.type) ? flow : step(flow, event);
    }
  };
}

function enter(flow: Flow, money: Money, newId: string): Flow {
  switch (flow.step) {
    case 'find':
      return enterFind(flow, newId);
    case 'amount':
      return enterAmount(flow, money.currency, 'cash', newId);
    case 'cash':
      return enterCash(flow, money, newId);
    case 'part-amount':
      return enterPartAmount(flow, money);
    case 'reference':
      return enterReference(flow, money, newId);
    case 'doubt':
      return { ...flow, recovering: true, givingUp: false, problem: null };
    case 'done':
      return EMPTY_FLOW;
  }
  flow.step satisfies 'selling';
  return flow;
}

type OtherWay = Extract<FlowEvent, { readonly type: 'tender' | 'split' | 'add' }>;

/** From the amount, or from another way to pay. */
function otherWay(flow: Flow, event: OtherWay, currency: Currency): Flow {
  if (flow.step === 'amount') {
    if (event.type === 'add') return enterAmount(flow, currency, 'basket', event.newId);
    const account = event.type === 'tender' ? event.account : flow.account;
    const isSplit = event.type === 'split';
    const goal = isSplit ? 'part-amount' : 'reference';
    return enterAmount({ ...flow, account, isSplit }, currency, goal, event.newId);
  }
  if (isLookingUp(flow)) return aheadOfAmount(flow, event);
  const payable = PAYING.includes(flow.step) || isBasketReady(flow);
  if (event.type === 'add' || !payable) return flow;
  return event.type === 'tender' ? chooseAccount(flow, event.account) : chooseSplit(flow);
}

/** Pressed before the meter is there: it is what Enter would have been, once the amount has its price. */
function aheadOfAmount(flow: Flow, event: OtherWay): Flow {
  const next = enterAhead(flow, event.newId);
  if (event.type === 'add') return { ...next, goal: 'basket' };
  return event.type === 'tender'
    ? { ...next, goal: 'reference', account: event.account, isSplit: false }
    : { ...next, goal: 'part-amount', isSplit: true };
}

/** The meter that was chosen, or who is meant, is on the way. */
export function isLookingUp({ step: at, awaiting, choosing }: Flow): boolean {
  return at === 'find' && (awaiting !== null || choosing !== null);
}

/** `+` was pressed, and the meter or its price is not there yet. */
function isGoingIntoBasket(flow: Flow): boolean {
  if (flow.goal !== 'basket') return false;
  return isLookingUp(flow) ? flow.ahead.includes(ENTER) : flow.step === 'amount' && flow.awaiting === 'quote';
}

/** Between two meters: the basket may be paid by any way. */
export function isBasketReady({ step: at, box, basket }: Flow): boolean {
  return at === 'find' && box.trim() === '' && basket.length > 0;
}

const LEAVES: ReadonlySet<FlowEvent['type']> = new Set(['new-sale', 'scanned']);

type OtherEvent = Exclude<
  FlowEvent,
  { readonly type: 'enter' | 'quote-came' | 'panel-came' | 'reference-came' | OtherWay['type'] }
>;

function step(flow: Flow, event: OtherEvent): Flow {
  switch (event.type) {
    case 'box-changed':
      return boxChanged(flow, event.text);
    case 'amount-changed':
      return { ...flow, amountText: event.text, awaiting: null, ahead: '', acknowledged: [], problem: null };
    case 'received-changed':
      return receivedChanged(flow, event.text);
    case 'part-amount-changed':
      return { ...flow, partAmountText: event.text, problem: null };
    case 'reference-changed':
      return { ...flow, referenceText: event.text, checking: null, problem: null };
    case 'unit-switched':
      return switchUnit(flow);
    case 'erased':
      return erased(flow);
    case 'removed':
      return removeItem(flow, event.pan);
    case 'requoted':
      return requoted(flow, event.replies);
    case 'typed':
      return typed(flow, event.sign);
    case 'scanned':
      return scanned(flow, event.text, event.before);
    case 'marked':
      return markAt(flow, event.index);
    case 'chosen':
      return { ...flow, choosing: event.pan, awaiting: null, problem: null };
    case 'hits-came':
      return hitsCame(flow, event.hits);
    case 'escape':
      return escape(flow);
    case 'back-to-box':
      return isBeside(flow) ? { ...flow, step: 'find', checking: null, problem: null } : flow;
    case 'sold':
      return sold(flow, event.requestId, event.reply);
    case 'settle':
      return { ...EMPTY_FLOW, step: 'doubt', sale: event.sale };
    case 'give-up':
      return flow.step === 'doubt' && !flow.recovering
        ? { ...flow, recovering: true, givingUp: true, problem: null }
        : flow;
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
    unitAhead: null,
    problem: null,
  };
}

/** Steps from which the box leads back to finding. */
export function isBeside({ step: at }: Flow): boolean {
  return at === 'amount' || PAYING.includes(at);
}

/** Among the customers found, or among the sales of a basket. */
function markAt(flow: Flow, index: number): Flow {
  if (flow.step === 'find') return { ...flow, marked: clamp(index, visibleHits(flow).length) };
  const marked = clamp(index, flow.sales.length);
  return { ...flow, marked, sale: flow.sales[marked] ?? flow.sale };
}

function switchUnit(flow: Flow): Flow {
  if (isLookingUp(flow)) return { ...flow, unitAhead: flow.unitAhead === 'units' ? 'money' : 'units' };
  if (flow.step !== 'amount' || flow.panel?.refusal !== null) return flow;
  const unit = flow.unit === 'money' ? 'units' : 'money';
  return { ...flow, unit, amountText: '', awaiting: null, ahead: '', acknowledged: [], problem: null };
}

/** The text of the field that the step is about. */
function fieldText(flow: Flow): { readonly text: string; readonly put: (text: string) => FlowEvent } | null {
  switch (flow.step) {
    case 'find':
      return { text: flow.box, put: (text) => ({ type: 'box-changed', text }) };
    case 'amount':
      return { text: flow.amountText, put: (text) => ({ type: 'amount-changed', text }) };
    case 'cash':
      return { text: flow.receivedText, put: (text) => ({ type: 'received-changed', text }) };
    case 'part-amount':
      return { text: flow.partAmountText, put: (text) => ({ type: 'part-amount-changed', text }) };
    case 'reference':
      return { text: flow.referenceText, put: (text) => ({ type: 'reference-changed', text }) };
    case 'selling':
    case 'done':
    case 'doubt':
      return null;
  }
}

function erased(flow: Flow): Flow {
  if (flow.ahead !== '') return { ...flow, ahead: flow.ahead.slice(0, -1) };
  const field = fieldText(flow);
  return field ? step(flow, field.put(field.text.slice(0, -1)) as OtherEvent) : flow;
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(index, length - 1));
}

/** True for a sign that is typed ahead: the step that it is meant for begins when the answer comes. */
export function isAhead(flow: Flow, sign: string): boolean {
  const underWay = isLookingUp(flow) || (flow.step === 'amount' && flow.awaiting !== null);
  return underWay && FIGURE.test(sign);
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
    case 'part-amount':
    case 'reference':
      return step(flow, putInto(flow, sign));
    case 'done':
    case 'doubt':
      return boxChanged(flow, sign);
  }
  flow.step satisfies 'selling';
  return flow;
}

function putInto(flow: Flow, sign: string): OtherEvent {
  const field = fieldText(flow);
  return (field ? field.put(field.text + sign) : { type: 'back-to-box' }) as OtherEvent;
}

/** The next meter: of the basket while one is begun, else the next customer's. */
function scanned(flow: Flow, text: string, before: TypedTexts): Flow {
  if (flow.step === 'selling' || flow.recovering) return { ...flow, ...before };
  // On its way into the basket: the meter before would be lost.
  if (isGoingIntoBasket(flow)) return { ...flow, ...before };
  const goesOn = flow.vend === null && flow.step !== 'done' && flow.step !== 'doubt';
  const kept = goesOn ? { basket: flow.basket, parts: flow.basket.length > 0 ? flow.parts : [] } : {};
  return { ...EMPTY_FLOW, ...kept, box: text, awaiting: 'hits' };
}

/** Chooses only what the cashier has seen, or what is the one answer to what was typed. */
function enterFind(flow: Flow, newId: string): Flow {
  const text = flow.box.trim();
  if (flow.ahead !== '') return enterAhead(flow, newId);
  if (flow.choosing !== null) return flow;
  // Nobody else is looked for: the basket is paid.
  if (text === '') return flow.basket.length > 0 ? { ...flow, step: 'cash', problem: null } : flow;
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

const ENTER = '\n';

/** An amount with its Enter, before the customer is there. A further Enter would sell what nobody has seen priced. */
function enterAhead(flow: Flow, newId: string): Flow {
  if (flow.ahead.includes(ENTER)) return flow;
  return { ...flow, ahead: flow.ahead + ENTER, goal: 'cash', nextId: newId };
}

/** No one customer came of it: what was typed ahead was meant for the box after all. */
function notChosen(flow: Flow, problem: Problem | null): Flow {
  return {
    ...flow,
    box: flow.box + flow.ahead.replace(ENTER, ''),
    ahead: '',
    unitAhead: null,
    awaiting: null,
    choosing: null,
    problem,
  };
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

function panelCame(flow: Flow, pan: string, reply: CallReply<MeterPanel>, currency: Currency): Flow {
  if (flow.step !== 'find' || flow.choosing !== pan) return flow;
  if (!reply.ok) return notChosen(flow, reply.error);
  const kept = flow.panel?.pan === pan ? flow : EMPTY_FLOW;
  // What is paid already is paid for the whole basket.
  const paid = flow.basket.length > 0 ? flow : kept;
  const [amountAhead = '', restAhead] = flow.ahead.split(ENTER);
  const next: Flow = {
    ...flow,
    step: 'amount',
    choosing: null,
    panel: reply.value,
    unit: flow.unitAhead ?? kept.unit,
    unitAhead: null,
    amountText: amountAhead === '' ? kept.amountText : amountAhead,
    receivedText: paid.receivedText,
    parts: paid.parts,
    partAmountText: paid.partAmountText,
    referenceText: paid.referenceText,
    quote: kept.quote,
    acknowledged: [],
    ahead: '',
    problem: null,
  };
  // A refusal is read before any Enter leaves it.
  if (restAhead === undefined || reply.value.refusal) return next;
  const on = enterAmount(next, currency, flow.goal, flow.nextId);
  return on.awaiting === 'quote' ? { ...on, ahead: restAhead } : putAhead(on, restAhead);
}

/** What was typed ahead of a payment, or of the basket's next meter, into the field that it is about. */
function putAhead(flow: Flow, ahead: string): Flow {
  const field = flow.step === 'amount' ? null : fieldText(flow);
  return ahead === '' || !field ? flow : step(flow, field.put(ahead) as OtherEvent);
}

function enterAmount(flow: Flow, currency: Currency, goal: Goal, newId: string): Flow {
  if (!flow.panel) return flow;
  if (flow.panel.refusal) return { ...EMPTY_FLOW, basket: flow.basket };
  const asked = askedFor(flow, currency);
  if (!asked.ok) {
    const { code, ...params } = asked.error;
    return { ...flow, problem: { code, params } };
  }
  const { quote } = flow;
  if (!isQuoteFor(quote, flow, asked.value))
    return { ...flow, awaiting: 'quote', goal, nextId: newId, problem: null };
  if (quote.reply.ok) return goOn(flow, goal, quote.reply.value, newId);
  return flow.problem === null
    ? { ...flow, problem: quote.reply.error }
    : { ...flow, quote: null, awaiting: 'quote', goal, nextId: newId, problem: null };
}

function goOn(flow: Flow, goal: Goal, quote: QuoteView, newId: string): Flow {
  return goal === 'basket' ? addToBasket(flow, quote, newId) : toPayment(flow, goal, quote, newId);
}

function quoteCame(flow: Flow, quote: Quote, currency: Currency): Flow {
  const asked = askedFor(flow, currency);
  if (flow.step !== 'amount' || flow.panel?.pan !== quote.pan) return flow;
  if (!asked.ok || !isQuoteFor(quote, flow, asked.value)) return flow;
  const next: Flow = { ...flow, quote, awaiting: null, ahead: '' };
  if (flow.awaiting !== 'quote') return next;
  if (!quote.reply.ok) return { ...next, problem: quote.reply.error };
  return putAhead(goOn(next, flow.goal, quote.reply.value, flow.nextId), flow.ahead);
}

function recovered(flow: Flow, saleId: string, reply: CallReply<SaleView>): Flow {
  if (flow.step !== 'doubt' || flow.sale?.saleId !== saleId) return flow;
  const next = { ...flow, recovering: false, givingUp: false };
  if (!reply.ok) return { ...next, problem: reply.error };
  const shown = showSales(next, [reply.value]);
  const isKept = flow.givingUp && shown.step === 'doubt';
  return isKept ? { ...shown, problem: { code: 'sale-not-given-up', params: {} } } : shown;
}

/** One step back. A problem on the screen is a step of its own. */
function escape(flow: Flow): Flow {
  const { step: at } = flow;
  if (at === 'selling' || flow.recovering) return flow;
  if (flow.problem) return { ...flow, problem: null };
  if (PAYING.includes(at)) return backFromPaying(flow);
  if (at === 'amount') return { ...flow, step: 'find', awaiting: null, ahead: '' };
  if (at !== 'find') return EMPTY_FLOW;
  const idle = flow.box === '' && flow.choosing === null && flow.awaiting === null;
  return idle && flow.basket.length > 0 ? popItem(flow) : notChosen(flow, null);
}
