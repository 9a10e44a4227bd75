import type {
  CallReply,
  QuoteView,
  ReferredAccount,
  SaleView,
  TenderRequest,
} from '../../../contract/index.ts';
import { NEEDS_REFERENCE, parseReference } from '../../../contract/index.ts';
import { amountMinor, type AmountMinor, type Currency } from '../../../units/index.ts';
import { popItem } from './basket.ts';
import {
  cashReceived,
  currentQuote,
  leftMinor,
  partAmount,
  quotesToPay,
  type Flow,
  type PaidPart,
  type Problem,
  type VendRequest,
} from './state.ts';

/** What a payment is judged by. */
export type Money = {
  readonly currency: Currency;
  readonly text: (amount: AmountMinor) => string;
  /** Change above this is asked about; null where no notes are known. */
  readonly largestNoteMinor: number | null;
};

const BIG_CHANGE = 'warning-big-change';

/** Enter on the cash: the sale, unless something speaks against it. */
export function enterCash(flow: Flow, money: Money, newId: string): Flow {
  if (quotesToPay(flow, money.currency).length === 0) return { ...flow, step: 'amount' };
  // Enter on a warning is the answer to it.
  const warned = flow.problem?.code.startsWith('warning-') === true ? [answerTo(flow.problem)] : [];
  const asked: Flow = { ...flow, acknowledged: [...flow.acknowledged, ...warned] };
  const left = leftMinor(flow, money.currency);
  if (left === 0) return sell(asked, money.currency, null, newId);
  const received = cashReceived(flow, left, money.currency);
  if (!received.ok) {
    const { code, ...params } = received.error;
    return { ...flow, problem: { code, params } };
  }
  if (received.value < left) {
    const params = { received: money.text(received.value), due: money.text(left) };
    return { ...flow, problem: { code: 'cash-too-little', params } };
  }
  const change = received.value - left;
  const isBig = money.largestNoteMinor !== null && change > money.largestNoteMinor;
  if (isBig && !asked.acknowledged.includes(BIG_CHANGE))
    return { ...flow, problem: { code: BIG_CHANGE, params: { change: money.text(amountMinor(change)) } } };
  return sell(asked, money.currency, received.value, newId);
}

/** What Enter went past, and at which meter where the station said so: another meter's is another question. */
function answerTo({ code, params }: Problem): string {
  return typeof params['pan'] === 'string' ? `${code} ${params['pan']}` : code;
}

/** New cash is a new question. */
export function receivedChanged(flow: Flow, text: string): Flow {
  const acknowledged = flow.acknowledged.filter((code) => code !== BIG_CHANGE);
  return { ...flow, receivedText: text, acknowledged, problem: null };
}

function sell(flow: Flow, currency: Currency, receivedMinor: AmountMinor | null, newId: string): Flow {
  const vend = flow.vend ?? vendRequest(flow, currency, receivedMinor, newId);
  return vend
    ? { ...flow, step: 'selling', vend, checking: null, problem: null }
    : { ...flow, step: 'amount' };
}

function tenderOf(flow: Flow, receivedMinor: AmountMinor | null): TenderRequest {
  if (flow.parts.length === 0 && receivedMinor !== null) return { kind: 'cash', receivedMinor };
  const parts = flow.parts.map(({ account, amountMinor: minor, reference }) => ({
    account,
    amountMinor: minor,
    reference,
  }));
  return {
    kind: 'parts',
    parts: receivedMinor === null ? parts : [...parts, { account: 'cash-drawer', receivedMinor }],
  };
}

function vendRequest(
  flow: Flow,
  currency: Currency,
  receivedMinor: AmountMinor | null,
  newId: string,
): VendRequest | null {
  const tender = tenderOf(flow, receivedMinor);
  const item = ({ pan, amountMinor: minor, unitsTenths, dueMinor }: QuoteView) => ({
    pan,
    amountMinor: minor,
    quotedUnitsTenths: unitsTenths,
    quotedDueMinor: dueMinor,
    acknowledged: flow.acknowledged.flatMap((answer) => {
      const [code = '', at] = answer.split(' ');
      return at === pan ? [code] : [];
    }),
  });
  const [only, ...others] = flow.basket;
  const quote = only ? only.quote : currentQuote(flow, currency);
  if (!quote) return null;
  if (others.length === 0) return { call: 'sale.vend', input: { requestId: newId, ...item(quote), tender } };
  const items = flow.basket.map(({ requestId, quote: each }) => ({ requestId, ...item(each) }));
  return { call: 'basket.vend', input: { requestId: newId, items, tender } };
}

/** Another way to pay: what is left, by card and the like. */
export function chooseAccount(flow: Flow, account: ReferredAccount): Flow {
  if (flow.step === 'part-amount' || flow.step === 'reference')
    return { ...flow, account, checking: null, problem: null };
  return { ...flow, step: 'reference', account, isSplit: false, problem: null };
}

/** A part of an amount of its own. */
export function chooseSplit(flow: Flow): Flow {
  return { ...flow, step: 'part-amount', isSplit: true, checking: null, problem: null };
}

export function enterPartAmount(flow: Flow, money: Money): Flow {
  const amount = partAmount(flow, money.currency);
  if (!amount.ok) {
    const { code, ...params } = amount.error;
    return { ...flow, problem: { code, params } };
  }
  const left = leftMinor(flow, money.currency);
  if (amount.value <= left) return { ...flow, step: 'reference', problem: null };
  const params = { over: money.text(amountMinor(amount.value - left)), due: money.text(left) };
  return { ...flow, problem: { code: 'tender-too-much', params } };
}

/** Enter on the reference: what can be told here is told at once, the station knows the rest. */
export function enterReference(flow: Flow, money: Money, newId: string): Flow {
  const amount = partAmount(flow, money.currency);
  if (!amount.ok) return { ...flow, step: 'part-amount' };
  const { account, isSplit, partAmountText, referenceText } = flow;
  const parsed = parseReference(referenceText);
  const none = !parsed.ok && parsed.error.code === 'reference-missing' && !NEEDS_REFERENCE.includes(account);
  if (!parsed.ok && !none) {
    const { code, ...params } = parsed.error;
    // Nothing of a payment card stays on the screen.
    const kept = code === 'reference-card-number' ? '' : referenceText;
    return { ...flow, referenceText: kept, problem: { code, params } };
  }
  const reference = parsed.ok ? parsed.value : null;
  const twice = flow.parts.some((part) => part.account === account && part.reference === reference);
  if (reference !== null && twice) return { ...flow, problem: { code: 'reference-twice', params: {} } };
  const part: PaidPart = {
    account,
    amountMinor: amount.value,
    reference,
    isSplit,
    amountText: partAmountText,
    referenceText,
  };
  return { ...flow, checking: { ...part, newId }, problem: null };
}

/** The station's word on a reference: the part stands, and with nothing left to pay the sale begins. */
export function referenceCame(
  flow: Flow,
  asked: NonNullable<Flow['checking']>,
  reply: CallReply<{ readonly reference: string | null }>,
  money: Money,
): Flow {
  if (flow.checking !== asked) return flow;
  if (!reply.ok) return { ...flow, checking: null, problem: reply.error };
  const { newId, ...part } = asked;
  const parts = [...flow.parts, { ...part, reference: reply.value.reference }];
  const next: Flow = {
    ...flow,
    step: 'cash',
    parts,
    checking: null,
    partAmountText: '',
    referenceText: '',
    receivedText: '',
  };
  return leftMinor(next, money.currency) === 0 ? sell(next, money.currency, null, newId) : next;
}

/** Back from the payment: the last part is typed again, then the last meter, then the amount. */
export function backFromPaying(flow: Flow): Flow {
  if (flow.checking) return { ...flow, checking: null };
  if (flow.step === 'reference' && flow.isSplit) return { ...flow, step: 'part-amount' };
  if (flow.step !== 'cash') return { ...flow, step: 'cash', isSplit: false };
  const last = flow.parts.at(-1);
  if (!last) return flow.basket.length > 0 ? popItem(flow) : { ...flow, step: 'amount' };
  return {
    ...flow,
    step: 'reference',
    parts: flow.parts.slice(0, -1),
    account: last.account,
    isSplit: last.isSplit,
    partAmountText: last.amountText,
    referenceText: last.referenceText,
  };
}

export function sold(flow: Flow, requestId: string, reply: CallReply<readonly SaleView[]>): Flow {
  if (flow.step !== 'selling' || flow.vend?.input.requestId !== requestId) return flow;
  if (reply.ok) return showSales(flow, reply.value);
  const problem = reply.error;
  if (problem.code === 'quote-changed') {
    const at = flow.basket.length > 0 ? 'find' : 'amount';
    return { ...flow, step: at, quote: null, vend: null, requoting: flow.basket.length > 0, problem };
  }
  // Whether anything was kept is not known: the same request must be sent again, not a new one.
  const unknown = problem.code === 'internal';
  return { ...flow, step: 'cash', vend: unknown ? flow.vend : null, problem };
}

/** One sale with its token or its doubt; of a basket all of them, the first that needs somebody in front. */
export function showSales(flow: Flow, sales: readonly SaleView[]): Flow {
  const open = sales.find(({ state }) => state === 'in-doubt' || state === 'intended');
  const sale = sales.length > 1 ? (open ?? sales[0]) : sales[0];
  const step = sales.length === 1 && open ? 'doubt' : 'done';
  return { ...flow, step, sale: sale ?? null, sales: sales.length > 1 ? sales : [], problem: null };
}
