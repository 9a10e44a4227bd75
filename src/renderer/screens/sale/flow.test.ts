import { describe, expect, it } from 'vitest';
import type {
  CallInput,
  CallReply,
  MeterPanel,
  QuoteView,
  SaleView,
  SearchHit,
} from '../../../contract/index.ts';
import { moneyText } from '../../../i18n/index.ts';
import type { Currency } from '../../../units/index.ts';
import { askedFor, EMPTY_FLOW, isUncertain, makeFlowReducer, type Flow, type FlowEvent } from './flow.ts';

const currency: Currency = { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 };
const reduce = makeFlowReducer(currency, (amount) => moneyText(amount, currency));
const ID = '01a209cb-1008-7cd3-a9ec-8182b0e209e0';
const OTHER_ID = '01a209cb-1008-7cd3-a9ec-8182b0e209e1';

const play = (flow: Flow, ...events: readonly FlowEvent[]): Flow => events.reduce(reduce, flow);
const enter = (newId = ID): FlowEvent => ({ type: 'enter', newId });
const escape: FlowEvent = { type: 'escape' };
const good = <Value>(value: Value): CallReply<Value> => ({ ok: true, value });
const bad = (code: string, params: Readonly<Record<string, string>> = {}): CallReply<never> => ({
  ok: false,
  error: { code, params, retry: 'no', ref: 'K7M2QX' },
});

const customer = { customerId: '1', name: 'Thandi Nkosi', account: '100201', phone: '', address: '' };
const thandi: SearchHit = {
  ...customer,
  pan: '600727001234567821',
  meterNumber: '00123456782',
  resource: 'electricity',
};
const joseph: SearchHit = { ...thandi, name: 'Joseph', pan: '600727004260468431' };
const panel: MeterPanel = {
  customer,
  pan: thandi.pan,
  meterNumber: thandi.meterNumber,
  resource: 'electricity',
  tariffName: 'Prepaid Home',
  lastPurchases: [],
  debtMinor: 0,
  freeUnits: [],
  refusal: null,
  minimum: { amountMinor: 100, reason: { id: 'limit.none', params: {} } },
  maximum: { amountMinor: 1_000_000, reason: { id: 'limit.none', params: {} } },
};
const repeat: MeterPanel = {
  ...panel,
  lastPurchases: [{ saleId: OTHER_ID, soldAtUnixMs: 0, amountMinor: 10_000, unitsTenths: 426 }],
};
const quoteOf = (amountMinor: number): QuoteView => ({
  pan: panel.pan,
  amountMinor,
  dueMinor: amountMinor,
  unitsTenths: 426,
  resource: 'electricity',
  lines: [],
  notices: [],
});
const quoteCame = (amountMinor: number, reply = good(quoteOf(amountMinor))): FlowEvent => ({
  type: 'quote-came',
  quote: { pan: panel.pan, unit: 'money', value: amountMinor, reply },
});
const hitsCame = (text: string, ...list: readonly SearchHit[]): FlowEvent => ({
  type: 'hits-came',
  hits: { text, reply: good(list) },
});
const sale: SaleView = {
  saleId: OTHER_ID,
  receiptNumber: 'T014-000001',
  kind: 'credit',
  replaces: null,
  state: 'recorded',
  doubt: null,
  customer,
  pan: panel.pan,
  meterNumber: panel.meterNumber,
  resource: 'electricity',
  soldAtUnixMs: 0,
  amountMinor: 10_000,
  receivedMinor: 10_000,
  changeMinor: 0,
  tender: [{ account: 'cash-drawer', amountMinor: 10_000, receivedMinor: 10_000, reference: null }],
  basket: null,
  unitsTenths: 426,
  lines: [],
  tokens: [],
  help: [],
  printJob: null,
  refusal: null,
  training: true,
};

/** What one sale was asked for with. */
function inputOf({ vend }: Flow): CallInput<'sale.vend'> {
  if (vend?.call !== 'sale.vend') throw new Error('no sale is asked for');
  return vend.input;
}

const atAmount = (shown = panel): Flow =>
  play(EMPTY_FLOW, { type: 'box-changed', text: 'thandi' }, hitsCame('thandi', thandi), enter(), {
    type: 'panel-came',
    pan: shown.pan,
    reply: good(shown),
  });
const atCash = (): Flow =>
  play(atAmount(), { type: 'amount-changed', text: '100' }, quoteCame(10_000), enter());

describe('finding a customer', () => {
  it('waits for the answer when Enter comes first, and takes the one customer it brings', () => {
    const waiting = play(EMPTY_FLOW, { type: 'box-changed', text: 'thandi' }, enter());
    expect(waiting).toMatchObject({ awaiting: 'hits', choosing: null });
    expect(play(waiting, hitsCame('thandi', thandi))).toMatchObject({ choosing: thandi.pan });
  });

  it('never chooses among several that the cashier has not seen', () => {
    const waiting = play(EMPTY_FLOW, { type: 'box-changed', text: 't' }, enter());
    const shown = play(waiting, hitsCame('t', thandi, joseph));
    expect(shown).toMatchObject({ choosing: null, awaiting: null, marked: 0 });
    expect(play(shown, { type: 'marked', index: 1 }, enter())).toMatchObject({ choosing: joseph.pan });
  });

  it('ignores an answer for a text that no longer stands in the box', () => {
    const flow = play(EMPTY_FLOW, { type: 'box-changed', text: 'thand' }, enter(), {
      type: 'box-changed',
      text: 'jos',
    });
    expect(play(flow, hitsCame('thand', thandi))).toBe(flow);
  });

  it('keeps the mark on the list', () => {
    const shown = play(EMPTY_FLOW, { type: 'box-changed', text: 't' }, hitsCame('t', thandi, joseph));
    expect(play(shown, { type: 'marked', index: 7 }).marked).toBe(1);
    expect(play(shown, { type: 'marked', index: -1 }).marked).toBe(0);
  });

  it('shows what went wrong only once Enter asked for it', () => {
    const typing = play(EMPTY_FLOW, { type: 'box-changed', text: '0012345678' });
    const hits: FlowEvent = { type: 'hits-came', hits: { text: '0012345678', reply: bad('meter-length') } };
    expect(play(typing, hits).problem).toBeNull();
    expect(play(typing, hits, enter()).problem).toMatchObject({ code: 'meter-length' });
    expect(play(typing, enter(), hits).problem).toMatchObject({ code: 'meter-length' });
  });

  it('says so when nothing is found', () => {
    const flow = play(EMPTY_FLOW, { type: 'box-changed', text: 'zzz' }, enter(), hitsCame('zzz'));
    expect(flow.problem).toEqual({ code: 'nothing-found', params: { text: 'zzz' } });
  });
});

describe('the amount', () => {
  it('is the last purchase while nothing is typed', () => {
    const flow = atAmount(repeat);
    expect(askedFor(flow, currency)).toEqual({ ok: true, value: { unit: 'money', value: 10_000 } });
    expect(play(flow, quoteCame(10_000), enter()).step).toBe('cash');
  });

  it('waits for its quote, and goes on only with the quote for what stands there', () => {
    const waiting = play(atAmount(), { type: 'amount-changed', text: '50' }, enter());
    expect(waiting).toMatchObject({ step: 'amount', awaiting: 'quote' });
    expect(play(waiting, quoteCame(10_000)).step).toBe('amount');
    expect(play(waiting, quoteCame(5_000)).step).toBe('cash');
  });

  it.each([
    ['', 'amount-empty'],
    ['0', 'amount-zero'],
    ['-5', 'amount-negative'],
    ['1o0', 'amount-not-a-number'],
    ['1.234', 'amount-too-precise'],
    ['99999999999', 'amount-too-large'],
  ])('%j is refused as %s, and stays in the field', (text, code) => {
    const flow = play(atAmount(), { type: 'amount-changed', text }, enter());
    expect(flow).toMatchObject({ step: 'amount', amountText: text, problem: { code } });
  });

  it('shows why the station gives no quote, once Enter asked', () => {
    const flow = play(
      atAmount(),
      { type: 'amount-changed', text: '100' },
      quoteCame(10_000, bad('amount-below-minimum')),
    );
    expect(flow.problem).toBeNull();
    expect(play(flow, enter()).problem).toMatchObject({ code: 'amount-below-minimum' });
  });

  it('gives a letter to the box while nothing is typed, and keeps it as a slip afterwards', () => {
    expect(play(atAmount(), { type: 'typed', sign: 'j' })).toMatchObject({ step: 'find', box: 'j' });
    const typed = play(atAmount(), { type: 'typed', sign: '1' }, { type: 'typed', sign: 'o' });
    expect(typed).toMatchObject({ step: 'amount', amountText: '1o' });
  });

  it('is not asked for where nothing may be sold', () => {
    const refusal = { id: 'error.meter-blocked.cashier', params: { reason: 'stolen' } };
    const refused = atAmount({ ...panel, refusal });
    expect(play(refused, { type: 'typed', sign: '5' })).toMatchObject({ step: 'find', box: '5' });
    expect(play(refused, enter())).toEqual(EMPTY_FLOW);
  });
});

describe('cash', () => {
  it('is the exact amount when nothing is typed', () => {
    expect(play(atCash(), enter())).toMatchObject({
      step: 'selling',
      vend: {
        call: 'sale.vend',
        input: {
          requestId: ID,
          pan: panel.pan,
          amountMinor: 10_000,
          quotedUnitsTenths: 426,
          acknowledged: [],
          tender: { kind: 'cash', receivedMinor: 10_000 },
        },
      },
    });
  });

  it('is refused when it is too little', () => {
    const flow = play(atCash(), { type: 'received-changed', text: '50' }, enter());
    expect(flow).toMatchObject({
      step: 'cash',
      vend: null,
      problem: { code: 'cash-too-little', params: { received: 'ZAR\u00a050.00', due: 'ZAR\u00a0100.00' } },
    });
  });

  it('shows the sale when the token is there', () => {
    const sold = play(atCash(), enter(), { type: 'sold', requestId: ID, reply: good([sale]) });
    expect(sold).toMatchObject({ step: 'done', sale: { saleId: sale.saleId } });
    expect(play(sold, enter())).toBe(EMPTY_FLOW);
    expect(play(sold, { type: 'typed', sign: '4' })).toEqual({ ...EMPTY_FLOW, box: '4' });
  });

  it('does nothing while the token is made', () => {
    const selling = play(atCash(), enter());
    const events: FlowEvent[] = [escape, enter(), { type: 'new-sale' }, { type: 'typed', sign: '1' }];
    for (const event of events) expect(play(selling, event)).toBe(selling);
  });

  it('asks with a new id after a refusal', () => {
    const refused = play(atCash(), enter(), { type: 'sold', requestId: ID, reply: bad('module-locked') });
    expect(refused).toMatchObject({ step: 'cash', vend: null, problem: { code: 'module-locked' } });
    expect(play(refused, enter(OTHER_ID)).vend?.input.requestId).toBe(OTHER_ID);
  });

  it('asks with the same id and the same figures after an unknown outcome', () => {
    const unknown = play(atCash(), enter(), { type: 'sold', requestId: ID, reply: bad('internal') });
    expect(isUncertain(unknown)).toBe(true);
    expect(play(unknown, { type: 'received-changed', text: '500' }, escape)).toBe(unknown);
    expect(play(unknown, enter(OTHER_ID)).vend?.input.requestId).toBe(ID);
    expect(play(unknown, { type: 'new-sale' })).toBe(EMPTY_FLOW);
  });

  it('goes back to the amount when the price has changed', () => {
    const changed = play(atCash(), enter(), { type: 'sold', requestId: ID, reply: bad('quote-changed') });
    expect(changed).toMatchObject({ step: 'amount', amountText: '100', quote: null });
  });
});

describe('a warning before a sale', () => {
  const warned = (): Flow =>
    play(atCash(), enter(), {
      type: 'sold',
      requestId: ID,
      reply: bad('warning-duplicate', { pan: panel.pan }),
    });

  it('is gone past by Enter, with the warning named in the new request', () => {
    const again = play(warned(), enter(OTHER_ID));
    expect(again).toMatchObject({
      step: 'selling',
      vend: { input: { requestId: OTHER_ID, acknowledged: ['warning-duplicate'] } },
    });
    const second = play(
      again,
      { type: 'sold', requestId: OTHER_ID, reply: bad('warning-unusual-amount', { pan: panel.pan }) },
      enter(),
    );
    expect(inputOf(second).acknowledged).toEqual(['warning-duplicate', 'warning-unusual-amount']);
  });

  it('is asked again after going back from it, and for another amount', () => {
    expect(inputOf(play(warned(), escape, enter(OTHER_ID))).acknowledged).toEqual([]);
    const back = play(
      warned(),
      enter(OTHER_ID),
      { type: 'sold', requestId: OTHER_ID, reply: bad('cash-step') },
      escape,
      escape,
    );
    expect(play(back, { type: 'amount-changed', text: '50' }).acknowledged).toEqual([]);
  });
});

describe('typing ahead of the answers', () => {
  const figures = (text: string): readonly FlowEvent[] => [...text].map((sign) => ({ type: 'typed', sign }));

  it('keeps figures for the amount while the customer is looked up', () => {
    const flow = play(
      EMPTY_FLOW,
      { type: 'box-changed', text: 'thandi' },
      enter(),
      ...figures('10'),
      hitsCame('thandi', thandi),
      ...figures('0'),
      { type: 'panel-came', pan: panel.pan, reply: good(panel) },
    );
    expect(flow).toMatchObject({ step: 'amount', box: 'thandi', amountText: '100', ahead: '' });
  });

  it('gives them to the box when no one customer comes of it', () => {
    const looking = play(EMPTY_FLOW, { type: 'box-changed', text: '0012' }, enter(), ...figures('34'));
    const failed = play(looking, {
      type: 'hits-came',
      hits: { text: '0012', reply: bad('nothing-found') },
    });
    expect(failed).toMatchObject({ step: 'find', box: '001234', problem: { code: 'nothing-found' } });
    expect(play(looking, hitsCame('0012', thandi, joseph))).toMatchObject({ box: '001234', choosing: null });
    expect(play(looking, escape)).toMatchObject({ box: '001234', awaiting: null });
  });

  it('keeps the Enter behind an amount typed while the customer is looked up, in each moment of it', () => {
    const panelCame: FlowEvent = { type: 'panel-came', pan: panel.pan, reply: good(panel) };
    const scan: FlowEvent = {
      type: 'scanned',
      text: thandi.meterNumber,
      before: { amountText: '', receivedText: '', partAmountText: '', referenceText: '' },
    };
    const answers = [hitsCame(thandi.meterNumber, thandi), panelCame];
    const keys = [...figures('100'), enter()];
    for (let before = 0; before <= answers.length; before += 1) {
      const flow = play(EMPTY_FLOW, scan, ...answers.slice(0, before), ...keys, ...answers.slice(before));
      expect(flow).toMatchObject({ step: 'amount', amountText: '100', awaiting: 'quote', ahead: '' });
      expect(play(flow, quoteCame(10_000))).toMatchObject({ step: 'cash', receivedText: '', vend: null });
    }
    const paidToo = [...keys, ...figures('200'), enter(OTHER_ID)];
    const paying = play(EMPTY_FLOW, scan, ...paidToo, ...answers, quoteCame(10_000));
    expect(paying).toMatchObject({ step: 'cash', amountText: '100', receivedText: '200', vend: null });
  });

  it('keeps another way to pay, the basket and the units, pressed in each moment of a look-up', () => {
    const panelCame: FlowEvent = { type: 'panel-came', pan: panel.pan, reply: good(panel) };
    const scan: FlowEvent = {
      type: 'scanned',
      text: thandi.meterNumber,
      before: { amountText: '', receivedText: '', partAmountText: '', referenceText: '' },
    };
    const answers = [hitsCame(thandi.meterNumber, thandi), panelCame];
    const pressed = (...keys: readonly FlowEvent[]): readonly Flow[] =>
      [0, 1, 2].map((before) =>
        play(
          EMPTY_FLOW,
          scan,
          ...answers.slice(0, before),
          ...keys,
          ...answers.slice(before),
          quoteCame(10_000),
        ),
      );
    const hundred = figures('100');
    for (const flow of pressed(...hundred, { type: 'tender', account: 'card', newId: ID }))
      expect(flow).toMatchObject({ step: 'reference', account: 'card', amountText: '100' });
    for (const flow of pressed(...hundred, { type: 'split', newId: ID }))
      expect(flow).toMatchObject({ step: 'part-amount', isSplit: true, amountText: '100' });
    // What is typed behind it is the next meter's number.
    for (const flow of pressed(...hundred, { type: 'add', newId: ID }, ...figures('42')))
      expect(flow).toMatchObject({ step: 'find', box: '42', basket: [{ amountText: '100' }], ahead: '' });
    for (const flow of pressed({ type: 'unit-switched' }, ...figures('40')))
      expect(flow).toMatchObject({ step: 'amount', unit: 'units', amountText: '40', unitAhead: null });
  });

  it('pays a basket by any way from between two meters', () => {
    const basket = play(atAmount(), { type: 'amount-changed', text: '100' }, quoteCame(10_000), {
      type: 'add',
      newId: ID,
    });
    expect(play(basket, { type: 'tender', account: 'card', newId: OTHER_ID })).toMatchObject({
      step: 'reference',
      account: 'card',
      basket: [{ requestId: ID }],
    });
    expect(play(EMPTY_FLOW, { type: 'tender', account: 'card', newId: ID })).toBe(EMPTY_FLOW);
  });

  it('leaves a refusal to be read, and a search that failed to be mended, whatever Enter came ahead', () => {
    const early = play(
      EMPTY_FLOW,
      { type: 'box-changed', text: '0012' },
      enter(),
      ...figures('34'),
      enter(OTHER_ID),
    );
    const none = play(early, hitsCame('0012', thandi, joseph));
    expect(none).toMatchObject({ step: 'find', box: '001234', ahead: '', choosing: null });
    const refusal = { id: 'refusal.blocked', params: {} };
    const refused = play(early, hitsCame('0012', thandi), {
      type: 'panel-came',
      pan: panel.pan,
      reply: good({ ...panel, refusal }),
    });
    expect(refused).toMatchObject({ step: 'amount', panel: { refusal }, awaiting: null });
    const wrong = play(
      EMPTY_FLOW,
      { type: 'box-changed', text: '0012' },
      enter(),
      ...figures('1-2'),
      enter(OTHER_ID),
      hitsCame('0012', thandi),
      { type: 'panel-came', pan: panel.pan, reply: good(panel) },
    );
    expect(wrong).toMatchObject({ step: 'amount', amountText: '1-2', awaiting: null });
    expect(wrong.problem).not.toBeNull();
  });

  it('keeps figures for the cash while the quote is on the way, and never joins them to the amount', () => {
    const flow = play(atAmount(), { type: 'amount-changed', text: '100' }, enter(), ...figures('200'));
    expect(flow).toMatchObject({ amountText: '100', ahead: '200' });
    expect(play(flow, quoteCame(10_000))).toMatchObject({ step: 'cash', receivedText: '200', ahead: '' });
    const refused = play(flow, quoteCame(10_000, bad('amount-below-minimum')));
    expect(refused).toMatchObject({ step: 'amount', amountText: '100', ahead: '' });
  });
});

describe('a sale in doubt', () => {
  const doubtful: SaleView = { ...sale, state: 'in-doubt' };
  const inDoubt = (): Flow =>
    play(atCash(), enter(), { type: 'sold', requestId: ID, reply: good([doubtful]) });

  it('stays until the module has said what happened', () => {
    const asking = play(inDoubt(), enter());
    expect(asking).toMatchObject({ step: 'doubt', recovering: true });
    expect(play(asking, escape)).toBe(asking);
    const still = play(asking, { type: 'recovered', saleId: sale.saleId, reply: good(doubtful) });
    expect(still).toMatchObject({ step: 'doubt', recovering: false });
    const settled = play(asking, { type: 'recovered', saleId: sale.saleId, reply: good(sale) });
    expect(settled.step).toBe('done');
  });

  it('may end without a token: the money to give back is shown, or that the module can’t say', () => {
    const asking = play(inDoubt(), { type: 'give-up' });
    expect(asking).toMatchObject({ recovering: true, givingUp: true });
    expect(play(asking, { type: 'give-up' })).toBe(asking);
    const { saleId } = sale;
    const gone: SaleView = { ...sale, state: 'void', tokens: [] };
    const ended = play(asking, { type: 'recovered', saleId, reply: good(gone) });
    expect(ended).toMatchObject({ step: 'done', sale: { state: 'void' }, recovering: false, problem: null });
    expect(play(ended, enter())).toBe(EMPTY_FLOW);
    const kept = play(asking, { type: 'recovered', saleId, reply: good(doubtful) });
    expect(kept).toMatchObject({ step: 'doubt', givingUp: false, problem: { code: 'sale-not-given-up' } });
    // Asked once more it is only asked.
    expect(play(kept, enter())).toMatchObject({ recovering: true, givingUp: false, problem: null });
    expect(play(EMPTY_FLOW, { type: 'give-up' })).toBe(EMPTY_FLOW);
  });

  it('can be left open, and taken up again', () => {
    expect(play(inDoubt(), escape)).toBe(EMPTY_FLOW);
    expect(play(EMPTY_FLOW, { type: 'settle', sale: doubtful })).toMatchObject({ step: 'doubt' });
  });
});

describe('going back and scanning', () => {
  it('never loses what was typed', () => {
    const cash = play(atCash(), { type: 'received-changed', text: '200' });
    const back = play(cash, escape, escape);
    expect(back).toMatchObject({ step: 'find', box: 'thandi', amountText: '100', receivedText: '200' });
    const again = play(back, enter(), { type: 'panel-came', pan: panel.pan, reply: good(panel) });
    expect(play(again, enter())).toMatchObject({ step: 'cash', receivedText: '200' });
  });

  it('forgets the amount for another customer', () => {
    const other = { ...panel, pan: joseph.pan };
    const flow = play(
      atCash(),
      escape,
      escape,
      { type: 'chosen', pan: joseph.pan },
      {
        type: 'panel-came',
        pan: joseph.pan,
        reply: good(other),
      },
    );
    expect(flow).toMatchObject({ step: 'amount', amountText: '', receivedText: '', quote: null });
  });

  it('takes a problem away before it goes back', () => {
    const flow = play(atAmount(), enter());
    expect(play(flow, escape)).toMatchObject({ step: 'amount', problem: null });
  });

  it('puts a scan into the box, whatever is being typed', () => {
    const before = { amountText: '', receivedText: '', partAmountText: '', referenceText: '' };
    const scan: FlowEvent = { type: 'scanned', text: '00123456782', before };
    const flow = play(atAmount(), { type: 'amount-changed', text: '00123456782' }, scan);
    expect(flow).toEqual({ ...EMPTY_FLOW, box: '00123456782', awaiting: 'hits' });
  });

  it('leaves a sale that is being made alone when something is scanned', () => {
    const selling = play(atCash(), enter());
    const before = { amountText: '100', receivedText: '', partAmountText: '', referenceText: '' };
    expect(play(selling, { type: 'scanned', text: '00123456782', before })).toMatchObject({
      step: 'selling',
      vend: selling.vend,
    });
  });
});
