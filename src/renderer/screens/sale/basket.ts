import { MOST_IN_BASKET, type CallReply, type QuoteView } from '../../../contract/index.ts';
import { EMPTY_FLOW, type BasketItem, type Flow } from './state.ts';

/** The meter that is being served joins the basket; refused when it is there already, or the basket is full. */
function joined(flow: Flow, quote: QuoteView, requestId: string): Flow {
  const { panel, basket, box, unit, amountText } = flow;
  if (!panel) return flow;
  if (basket.some((item) => item.panel.pan === panel.pan))
    return { ...flow, awaiting: null, problem: { code: 'basket-meter-twice', params: {} } };
  if (basket.length >= MOST_IN_BASKET)
    return { ...flow, awaiting: null, problem: { code: 'basket-full', params: { most: MOST_IN_BASKET } } };
  const item: BasketItem = { requestId, panel, quote, box, unit, amountText };
  return { ...flow, basket: [...basket, item], awaiting: null, problem: null };
}

/** Into the basket, and on to the next meter. */
export function addToBasket(flow: Flow, quote: QuoteView, requestId: string): Flow {
  const next = joined(flow, quote, requestId);
  return next.problem
    ? next
    : { ...EMPTY_FLOW, basket: next.basket, parts: flow.parts, receivedText: flow.receivedText };
}

/** To the payment; with a basket begun, the last meter joins it. */
export function toPayment(
  flow: Flow,
  step: 'cash' | 'part-amount' | 'reference',
  quote: QuoteView,
  requestId: string,
): Flow {
  const next =
    flow.basket.length === 0 ? { ...flow, awaiting: null, problem: null } : joined(flow, quote, requestId);
  if (next.problem) return next;
  return { ...next, ...(flow.basket.length === 0 ? {} : { panel: null, quote: null }), step };
}

/** The last meter of the basket is served again, with all that was typed for it. */
export function popItem(flow: Flow): Flow {
  const last = flow.basket.at(-1);
  if (!last) return flow;
  const { panel, box, unit, amountText, quote } = last;
  const asked = unit === 'money' ? quote.amountMinor : null;
  return {
    ...flow,
    step: 'amount',
    basket: flow.basket.slice(0, -1),
    panel,
    box,
    unit,
    amountText,
    quote:
      asked === null
        ? null
        : { pan: panel.pan, unit: 'money', value: asked, reply: { ok: true, value: quote } },
    problem: null,
  };
}

export function removeItem(flow: Flow, pan: string): Flow {
  return { ...flow, basket: flow.basket.filter((item) => item.panel.pan !== pan), problem: null };
}

/** Prices changed while the basket stood: what each meter gets now. A meter that has no price any more leaves it. */
export function requoted(flow: Flow, replies: readonly CallReply<QuoteView>[]): Flow {
  const basket = flow.basket.flatMap((item, index) => {
    const reply = replies[index];
    return reply?.ok ? [{ ...item, quote: reply.value }] : [];
  });
  return { ...flow, basket, requoting: false };
}
