import { describe, expect, it } from 'vitest';
import type { CallReply, MeterPanel, QuoteView, SaleView } from '../../../contract/index.ts';
import { moneyText } from '../../../i18n/index.ts';
import type { Currency } from '../../../units/index.ts';
import { EMPTY_FLOW, makeFlowReducer, type Flow, type FlowEvent } from './flow.ts';

const currency: Currency = { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 };
const reduce = makeFlowReducer(currency, (amount) => moneyText(amount, currency), 20_000);
const [ID, SECOND, THIRD, FOURTH] = [0, 1, 2, 3].map((n) => `01a209cb-1008-7cd3-a9ec-8182b0e209e${n}`) as [
  string,
  string,
  string,
  string,
];

const play = (flow: Flow, ...events: readonly FlowEvent[]): Flow => events.reduce(reduce, flow);
const enter = (newId = ID): FlowEvent => ({ type: 'enter', newId });
const escape: FlowEvent = { type: 'escape' };
const good = <Value>(value: Value): CallReply<Value> => ({ ok: true, value });
const bad = (code: string, pan?: string): CallReply<never> => ({
  ok: false,
  error: { code, params: pan === undefined ? {} : { pan }, retry: 'no', ref: 'K7M2QX' },
});
const text =
  (type: 'amount-changed' | 'received-changed' | 'part-amount-changed' | 'reference-changed') =>
  (value: string): FlowEvent => ({ type, text: value });
const amount = text('amount-changed');
const received = text('received-changed');
const partAmount = text('part-amount-changed');
const reference = text('reference-changed');

const panelOf = (pan: string): MeterPanel => ({
  customer: { customerId: pan, name: `Customer ${pan}`, account: '', phone: '', address: '' },
  pan,
  meterNumber: pan.slice(0, 11),
  resource: 'electricity',
  tariffName: 'Home',
  lastPurchases: [],
  debtMinor: 0,
  freeUnits: [],
  refusal: null,
  minimum: { amountMinor: 100, reason: { id: 'limit.none', params: {} } },
  maximum: { amountMinor: 1_000_000, reason: { id: 'limit.none', params: {} } },
});
const quoteOf = (pan: string, amountMinor: number): QuoteView => ({
  pan,
  amountMinor,
  dueMinor: amountMinor,
  unitsTenths: 426,
  resource: 'electricity',
  lines: [],
  notices: [],
});
const [FIRST_PAN, OTHER_PAN] = ['600727001234567821', '600727004260468431'] as const;

/** A meter is found, its amount typed and its quote there. */
function served(flow: Flow, pan: string, amountMinor: number): Flow {
  return play(
    flow,
    { type: 'box-changed', text: pan },
    { type: 'chosen', pan },
    { type: 'panel-came', pan, reply: good(panelOf(pan)) },
    amount(String(amountMinor / 100)),
    {
      type: 'quote-came',
      quote: { pan, unit: 'money', value: amountMinor, reply: good(quoteOf(pan, amountMinor)) },
    },
  );
}
const at100 = (): Flow => served(EMPTY_FLOW, FIRST_PAN, 10_000);
const pay = (account: 'card' | 'mobile-money' | 'cheque', newId = ID): FlowEvent => ({
  type: 'tender',
  account,
  newId,
});
const split: FlowEvent = { type: 'split', newId: ID };
const add = (newId: string): FlowEvent => ({ type: 'add', newId });

/** The station's answer to the reference that is being looked up. */
function looked(flow: Flow, reply?: CallReply<{ readonly reference: string | null }>): Flow {
  if (!flow.checking) throw new Error('nothing is being looked up');
  const found = reply ?? good({ reference: flow.checking.reference });
  return play(flow, { type: 'reference-came', asked: flow.checking, reply: found });
}

describe('one payment that is not cash', () => {
  it.each(['mobile-money', 'cheque'] as const)(
    '%s takes all with a reference and sells at once',
    (account) => {
      const typed = play(at100(), pay(account), reference(' qk7 xyz '), enter(SECOND));
      expect(typed).toMatchObject({
        step: 'reference',
        checking: { amountMinor: 10_000, reference: 'QK7XYZ' },
      });
      expect(looked(typed)).toMatchObject({
        step: 'selling',
        vend: {
          call: 'sale.vend',
          input: {
            requestId: SECOND,
            tender: { kind: 'parts', parts: [{ account, amountMinor: 10_000, reference: 'QK7XYZ' }] },
          },
        },
      });
    },
  );

  it('needs a reference, but for a card', () => {
    expect(play(at100(), pay('mobile-money'), enter()).problem?.code).toBe('reference-missing');
    const card = play(at100(), pay('card'), enter());
    expect(card.checking).toMatchObject({ reference: null });
    expect(looked(card).step).toBe('selling');
  });

  it('keeps nothing of a card number on the screen', () => {
    const flow = play(at100(), pay('card'), reference('slip 4111 1111 1111 1111'), enter());
    expect(flow).toMatchObject({
      referenceText: '',
      checking: null,
      problem: { code: 'reference-card-number' },
    });
    expect(JSON.stringify(flow)).not.toContain('1111');
  });

  it('tells of a used reference before anything is sold, and keeps what was typed', () => {
    const flow = looked(play(at100(), pay('cheque'), reference('77'), enter()), bad('reference-used'));
    expect(flow).toMatchObject({
      step: 'reference',
      referenceText: '77',
      problem: { code: 'reference-used' },
    });
  });

  it('changes to another way with its key, from anywhere in the payment', () => {
    const flow = play(at100(), pay('card'), pay('mobile-money'));
    expect(flow).toMatchObject({ step: 'reference', account: 'mobile-money' });
    expect(play(at100(), enter(), pay('cheque'))).toMatchObject({ step: 'reference', account: 'cheque' });
  });

  it('goes back one step at a time and loses nothing', () => {
    const typed = play(at100(), pay('mobile-money'), reference('QK7'));
    const cash = play(typed, escape);
    expect(cash).toMatchObject({ step: 'cash', referenceText: 'QK7' });
    expect(play(cash, pay('mobile-money'))).toMatchObject({ step: 'reference', referenceText: 'QK7' });
    expect(play(cash, escape)).toMatchObject({ step: 'amount', amountText: '100' });
  });
});

describe('a split payment', () => {
  const half = (): Flow =>
    looked(play(at100(), split, partAmount('60'), enter(), reference('slip 9'), enter(SECOND)));

  it('leaves the rest to cash, of which alone change is given', () => {
    const flow = half();
    expect(flow).toMatchObject({ step: 'cash', parts: [{ account: 'card', amountMinor: 6_000 }] });
    expect(play(flow, received('39'), enter()).problem?.code).toBe('cash-too-little');
    expect(play(flow, received('50'), enter(THIRD)).vend?.input).toMatchObject({
      requestId: THIRD,
      tender: {
        kind: 'parts',
        parts: [
          { account: 'card', amountMinor: 6_000, reference: 'SLIP9' },
          { account: 'cash-drawer', receivedMinor: 5_000 },
        ],
      },
    });
  });

  it('takes no more than is left, and no reference twice', () => {
    expect(play(half(), split, partAmount('40.01'), enter()).problem?.code).toBe('tender-too-much');
    expect(play(half(), pay('card'), reference('SLIP 9'), enter()).problem?.code).toBe('reference-twice');
  });

  it('sells once nothing is left, whatever the mix', () => {
    const flow = looked(play(half(), pay('mobile-money'), reference('M1'), enter(FOURTH)));
    expect(flow).toMatchObject({ step: 'selling', vend: { input: { requestId: FOURTH } } });
  });

  it('types the last part again on the way back', () => {
    expect(play(half(), escape)).toMatchObject({
      step: 'reference',
      parts: [],
      partAmountText: '60',
      referenceText: 'slip 9',
      isSplit: true,
    });
    expect(play(half(), escape, escape)).toMatchObject({ step: 'part-amount', partAmountText: '60' });
    expect(play(half(), escape, escape, escape)).toMatchObject({ step: 'cash', parts: [] });
  });

  it('can be tried again after a refusal, with all its parts', () => {
    const selling = play(half(), received('40'), enter(THIRD));
    const refused = play(selling, {
      type: 'sold',
      requestId: THIRD,
      reply: bad('warning-duplicate', FIRST_PAN),
    });
    expect(refused).toMatchObject({ step: 'cash', parts: [{ amountMinor: 6_000 }] });
    expect(play(refused, enter(FOURTH)).vend?.input).toMatchObject({ acknowledged: ['warning-duplicate'] });
  });
});

describe('change above the largest note', () => {
  it('is asked about once, and again for other cash', () => {
    const asked = play(at100(), enter(), received('300.10'), enter());
    expect(asked).toMatchObject({ step: 'cash', problem: { code: 'warning-big-change' } });
    expect(play(asked, enter()).step).toBe('selling');
    expect(play(asked, enter()).vend?.input).toMatchObject({ acknowledged: [] });
    expect(play(asked, received('400'), enter()).problem?.code).toBe('warning-big-change');
    expect(play(at100(), enter(), received('300'), enter()).step).toBe('selling');
  });
});

describe('units', () => {
  it('are asked for instead of money by one key, and back', () => {
    const flow = play(at100(), { type: 'unit-switched' }, amount('42.6'));
    expect(flow).toMatchObject({ unit: 'units', quote: { unit: 'money' } });
    expect(play(flow, enter())).toMatchObject({ awaiting: 'quote', step: 'amount' });
    const quoted = play(flow, enter(), {
      type: 'quote-came',
      quote: { pan: FIRST_PAN, unit: 'units', value: 426, reply: good(quoteOf(FIRST_PAN, 9_980)) },
    });
    expect(quoted.step).toBe('cash');
    expect(play(quoted, enter()).vend?.input).toMatchObject({ amountMinor: 9_980 });
    expect(play(flow, amount('42.65'), enter()).problem?.code).toBe('amount-too-precise');
    expect(play(flow, { type: 'unit-switched' })).toMatchObject({ unit: 'money', amountText: '' });
  });
});

describe('a basket', () => {
  const withTwo = (): Flow => served(play(at100(), add(ID)), OTHER_PAN, 5_000);

  it('begins with one key and goes on to the next meter', () => {
    const flow = play(at100(), add(ID));
    expect(flow).toMatchObject({ step: 'find', box: '', panel: null, basket: [{ requestId: ID }] });
    expect(served(flow, FIRST_PAN, 5_000).basket).toHaveLength(1);
    expect(play(served(flow, FIRST_PAN, 5_000), add(SECOND)).problem?.code).toBe('basket-meter-twice');
  });

  it('is paid with one payment: Enter at the last amount, or on the empty box', () => {
    const request = {
      call: 'basket.vend',
      input: {
        requestId: THIRD,
        items: [
          { requestId: ID, pan: FIRST_PAN, amountMinor: 10_000 },
          { requestId: SECOND, pan: OTHER_PAN, amountMinor: 5_000 },
        ],
        tender: { kind: 'cash', receivedMinor: 15_000 },
      },
    };
    expect(play(withTwo(), enter(SECOND), enter(THIRD))).toMatchObject({ step: 'selling', vend: request });
    expect(play(withTwo(), add(SECOND), enter(), enter(THIRD))).toMatchObject({
      step: 'selling',
      vend: request,
    });
  });

  it('is gone past a warning for the meter that it was about, and asked about the next', () => {
    const selling = play(withTwo(), enter(SECOND), enter(THIRD));
    const warned = play(selling, {
      type: 'sold',
      requestId: THIRD,
      reply: bad('warning-duplicate', OTHER_PAN),
    });
    expect(play(warned, enter(FOURTH)).vend?.input).toMatchObject({
      items: [
        { pan: FIRST_PAN, acknowledged: [] },
        { pan: OTHER_PAN, acknowledged: ['warning-duplicate'] },
      ],
    });
  });

  it('of one meter is an ordinary sale', () => {
    expect(play(at100(), add(ID), enter(SECOND), enter(THIRD)).vend).toMatchObject({ call: 'sale.vend' });
  });

  it('goes on through a scan, and back to the last meter with Escape', () => {
    const before = { amountText: '', receivedText: '', partAmountText: '', referenceText: '' };
    const scanned = play(withTwo(), enter(SECOND), { type: 'scanned', text: '1', before });
    expect(scanned.basket).toHaveLength(2);
    const paying = play(withTwo(), enter(SECOND));
    expect(play(paying, escape)).toMatchObject({
      step: 'amount',
      amountText: '50',
      basket: [{ requestId: ID }],
    });
    const between = play(at100(), add(ID), escape);
    expect(between).toMatchObject({ step: 'amount', amountText: '100', basket: [] });
    expect(between.box).toBe(FIRST_PAN);
  });

  it.each(['before its panel', 'before its price'])('keeps a meter whose “+” was pressed %s', (when) => {
    const pan = FIRST_PAN;
    const panel: FlowEvent = { type: 'panel-came', pan, reply: good(panelOf(pan)) };
    const chosen = play(EMPTY_FLOW, { type: 'box-changed', text: pan }, { type: 'chosen', pan });
    const added =
      when === 'before its panel'
        ? play(chosen, enter(), ...[...'100'].map((sign): FlowEvent => ({ type: 'typed', sign })), add(ID))
        : play(chosen, panel, amount('100'), add(ID));
    const before = { amountText: added.amountText, receivedText: '', partAmountText: '', referenceText: '' };
    const scanned = play(added, { type: 'scanned', text: '1', before });
    const quote = { pan, unit: 'money' as const, value: 10_000, reply: good(quoteOf(pan, 10_000)) };
    const priced = play(scanned, ...(when === 'before its panel' ? [panel] : []), {
      type: 'quote-came',
      quote,
    });
    expect(priced.basket).toMatchObject([{ requestId: ID, panel: { pan } }]);
  });

  it('lets a meter be taken out', () => {
    const flow = play(withTwo(), add(SECOND), { type: 'removed', pan: FIRST_PAN });
    expect(flow.basket.map(({ panel }) => panel.pan)).toEqual([OTHER_PAN]);
  });

  it('shows every sale as it stands, and first the one that needs somebody', () => {
    const selling = play(withTwo(), enter(SECOND), enter(THIRD));
    const sale = (saleId: string, state: SaleView['state']) => ({ saleId, state }) as SaleView;
    const sales = [sale('a', 'recorded'), sale('b', 'in-doubt'), sale('c', 'void')];
    const done = play(selling, { type: 'sold', requestId: THIRD, reply: good(sales) });
    expect(done).toMatchObject({ step: 'done', sale: { saleId: 'b' } });
    expect(play(done, { type: 'marked', index: 2 }).sale?.saleId).toBe('c');
    expect(play(done, enter())).toBe(EMPTY_FLOW);
  });

  it('asks for its quotes again when prices have changed', () => {
    const selling = play(withTwo(), enter(SECOND), enter(THIRD));
    const stale = play(selling, { type: 'sold', requestId: THIRD, reply: bad('quote-changed') });
    expect(stale).toMatchObject({ step: 'find', requoting: true, problem: { code: 'quote-changed' } });
    const replies = [good({ ...quoteOf(FIRST_PAN, 10_000), unitsTenths: 400 }), bad('tariff-missing')];
    const fresh = play(stale, { type: 'requoted', replies });
    expect(fresh).toMatchObject({ requoting: false, basket: [{ quote: { unitsTenths: 400 } }] });
  });
});
