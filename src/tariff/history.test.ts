import { describe, expect, test } from 'vitest';
import {
  emptyState,
  explain,
  noQuantisation,
  replay,
  settle,
  tariffInForce,
  upcomingVersions,
  type AccountState,
  type Tariff,
} from './index.ts';
import { AT, energy, money, quoted, tariffData, tariffOf, vat } from './testing.ts';

const STAGES = [
  { id: 'fee', kind: 'fixed', label: 'Fee', role: 'fee', amount: '5', every: { months: 1 }, maxPeriods: 3 },
  { id: 'debt', kind: 'debt', label: 'Debt', role: 'debt', debt: 'old', take: { fixed: '1' } },
  energy({ window: 'month', blocks: [{ upTo: '10', rate: '1' }, { rate: '2' }] }),
  vat({ rate: '10' }),
];
const tariff = tariffOf(tariffData({ stages: STAGES }));
const state = (parts: Partial<AccountState> = {}): AccountState => ({ ...emptyState(AT), ...parts });

describe('explain', () => {
  const first = quoted(tariff, money(1600));
  const second = quoted(tariff, money(1600), first.after);

  test('a first purchase has nothing to compare with', () => {
    const { headline, rows, because } = explain(first, undefined);
    expect(headline).toEqual({ code: 'first-purchase', params: { quantity: 100, amountMinor: 1600 } });
    expect(because).toEqual([]);
    expect(rows).toEqual([
      {
        key: 'fee',
        rule: 'fee',
        label: 'Fee',
        kind: 'fixed',
        change: 'new',
        before: undefined,
        now: { base: { of: 'periods', value: '1' }, rate: '5', amountMinor: 500 },
        differenceMinor: 500,
      },
      {
        key: 'energy/1',
        rule: 'energy',
        label: 'Energy',
        kind: 'per-unit',
        change: 'new',
        before: undefined,
        now: { base: { of: 'units', value: '10' }, rate: '1', amountMinor: 1000 },
        differenceMinor: 1000,
      },
      {
        key: 'vat',
        rule: 'vat',
        label: 'VAT',
        kind: 'percent',
        change: 'new',
        before: undefined,
        now: { base: { of: 'money', value: '10' }, rate: '10', amountMinor: 100 },
        differenceMinor: 100,
      },
    ]);
  });

  test('same money, fewer units: line by line and why', () => {
    const { headline, rows, because } = explain(second, first);
    // 16.00 / 2.20 = 7.27: 7.2 units, 14.40 and 1.44, 0.16 carried.
    expect(headline).toEqual({
      code: 'units-fewer',
      params: {
        quantity: 72,
        amountMinor: 1600,
        previousQuantity: 100,
        previousAmountMinor: 1600,
        differenceQuantity: -28,
      },
    });
    expect(rows.map(({ key, change, differenceMinor }) => [key, change, differenceMinor])).toEqual([
      ['energy/2', 'new', 1440],
      ['vat', 'base-changed', 44],
      ['fee', 'gone', -500],
      ['energy/1', 'gone', -1000],
    ]);
    expect(because).toEqual([
      {
        code: 'block-reached',
        params: { rule: 'energy', label: 'Energy', differenceMinor: 1440, block: 2, rate: '2' },
      },
      { code: 'line-gone', params: { rule: 'energy', label: 'Energy', differenceMinor: -1000 } },
      { code: 'line-gone', params: { rule: 'fee', label: 'Fee', differenceMinor: -500 } },
    ]);
  });

  test('more units, the same, another amount, another version, another rate', () => {
    expect(explain(first, second).headline.code).toBe('units-more');
    expect(explain(first, first)).toMatchObject({
      headline: { code: 'units-same', params: { differenceQuantity: 0 } },
      because: [],
    });
    expect(explain(first, first).rows.map(({ change }) => change)).toEqual(['same', 'same', 'same']);
    const dearer = tariffOf(
      tariffData({
        version: 2,
        stages: STAGES.map((stage) => (stage['id'] === 'vat' ? { ...stage, rate: '20' } : stage)),
      }),
    );
    const changed = quoted(dearer, money(1700));
    expect(explain(changed, first).because).toEqual([
      { code: 'amount-differs', params: { differenceMinor: 100 } },
      { code: 'tariff-changed', params: { before: 1, now: 2 } },
      {
        code: 'rate-changed',
        params: { rule: 'vat', label: 'VAT', differenceMinor: 100, before: '10', now: '20' },
      },
    ]);
    const other = tariffOf(tariffData({ id: 'other', stages: STAGES }));
    expect(explain(quoted(other, money(1600)), first).because).toEqual([
      { code: 'tariff-changed', params: { before: 1, now: 1 } },
    ]);
  });

  test('more months, another debt and a balance are reasons; a rounding is not', () => {
    const months = { charges: { fee: { paidFor: '2026-08-01', owedMinor: 0, paidInPeriodMinor: 0 } } };
    expect(explain(quoted(tariff, money(1600), months), first).because).toEqual([
      { code: 'charge-changed', params: { rule: 'fee', label: 'Fee', differenceMinor: 1000 } },
    ]);
    expect(explain(quoted(tariff, money(1600), { balanceMinor: 10 }), first).because).toEqual([
      { code: 'line-new', params: { rule: 'balance', label: '', differenceMinor: -10 } },
    ]);
    const debt = (balanceMinor: number) =>
      quoted(tariff, money(1600), {
        debts: { old: { openingMinor: 900, balanceMinor, instalmentMinor: 0 } },
      });
    expect(explain(debt(50), debt(900)).because).toMatchObject([
      { code: 'charge-changed', params: { rule: 'debt', differenceMinor: -50 } },
    ]);
    const settled = (amountMinor: number) =>
      quoted(tariff, money(1600), { adjustments: [{ id: 'a', reason: 'r', amountMinor }] });
    expect(explain(settled(20), settled(10)).because).toMatchObject([
      { code: 'charge-changed', params: { rule: 'adjustment', differenceMinor: 10 } },
    ]);
    const balance = (balanceMinor: number) => quoted(tariff, money(1600), { balanceMinor });
    expect(explain(balance(20), balance(10)).because).toMatchObject([
      { code: 'charge-changed', params: { differenceMinor: -10 } },
    ]);
    const rounding = tariffOf(
      tariffData({
        cashRounding: 'down',
        stages: STAGES,
        units: {
          rounding: [{ mode: 'down', to: '0.1' }],
          linesFrom: 'rounded',
          remainder: 'rounding',
          preset: 'part',
        },
      }),
    );
    const cash = quoted(rounding, money(1607, { cash: true }));
    const explained = explain(cash, quoted(rounding, money(1607)));
    expect(explained.because).toEqual([]);
    expect(explained.rows.map(({ key, change }) => [key, change])).toContainEqual(['cash-rounding', 'new']);
    expect(explained.rows.map(({ change }) => change)).toContain('same');
  });

  test('an amount that changed on the same base', () => {
    const altered = {
      ...first,
      lines: first.lines.map((line) => (line.key === 'vat' ? { ...line, amountMinor: 101 } : line)),
    };
    expect(explain(altered, first).rows.find(({ key }) => key === 'vat')).toMatchObject({
      change: 'amount-changed',
      differenceMinor: 1,
    });
  });
});

describe('replay', () => {
  const sale = { state: state(), request: money(1600), at: AT, quote: quoted(tariff, money(1600)) };

  test('a stored sale is repeated exactly, from JSON too', () => {
    expect(replay(tariff, sale, noQuantisation)).toEqual([]);
    expect(replay(tariff, structuredClone(sale), noQuantisation)).toEqual([]);
  });

  test('every difference is named', () => {
    const altered = {
      ...sale,
      quote: { ...sale.quote, boughtQuantity: 101, tokens: [], lines: sale.quote.lines.slice(0, 2) },
    };
    expect(replay(tariff, altered, noQuantisation).map(({ path }) => path)).toEqual([
      'lines/2',
      'boughtQuantity',
      'tokens/0',
    ]);
    expect(replay(tariff, altered, noQuantisation)[1]).toEqual({
      path: 'boughtQuantity',
      recorded: 101,
      recomputed: 100,
    });
    expect(replay(tariff, altered, noQuantisation)[2]).toMatchObject({
      recorded: null,
      recomputed: { kind: 'credit' },
    });
    const extra = { ...sale, quote: { ...sale.quote, notices: [{ code: 'x', params: {} }] } };
    expect(replay(tariff, extra, noQuantisation)).toEqual([
      { path: 'notices/0', recorded: { code: 'x', params: {} }, recomputed: null },
    ]);
    const shape = { ...sale, quote: { ...sale.quote, lines: {} as never } };
    expect(replay(tariff, shape, noQuantisation)).toMatchObject([{ path: 'lines' }]);
  });

  test('a sale that is no longer possible', () => {
    expect(
      replay(
        tariff,
        { ...sale, at: '2020-01-01T00:00', state: state({ asOf: '2020-01-01T00:00' }) },
        noQuantisation,
      ),
    ).toEqual([
      {
        path: '',
        recorded: { id: 'test', version: 1 },
        recomputed: { code: 'tariff-not-in-force', effectiveFrom: '2026-01-01T00:00' },
      },
    ]);
  });
});

describe('settle', () => {
  const sale = { state: state(), request: money(1600), at: AT, quote: quoted(tariff, money(1600)) };
  const settled = (trueState: AccountState, by: Tariff = tariff) => {
    const found = settle(by, sale, trueState, 'S1');
    if (!found.ok) throw new Error(found.error.code);
    return found.value;
  };

  test('nothing to settle when the account was as it seemed', () => {
    expect(settled(state())).toEqual([]);
  });

  test('free units that came with it stay given, and went before its own in the blocks', () => {
    const gift = {
      id: 'gift',
      label: 'Gift',
      units: '10',
      every: { months: 1 },
      homeStationOnly: false,
      withPurchaseOnly: true,
      countsIn: 'month',
    };
    const giving = tariffOf(
      tariffData({
        stages: [energy({ window: 'month', blocks: [{ upTo: '10', rate: '1' }, { rate: '2' }] })],
        entitlements: [gift],
      }),
    );
    const request = money(1000, { entitlements: ['gift'] });
    const given = { state: state(), request, at: AT, quote: quoted(giving, request) };
    // The ten cheap units are the gift: ten of money buy five at the second rate.
    expect(given.quote.boughtQuantity).toBe(50);
    expect(settle(giving, given, state(), 'S1')).toEqual({ ok: true, value: [] });
  });

  test('each charge that differs, for the units that were given', () => {
    // The fee had been paid elsewhere, and 5 of the 10 units belonged to the dearer block.
    const elsewhere = state({
      asOf: '2026-12-01T00:00',
      windows: { month: { startedOn: '2026-11-01', quantity: 50 } },
      charges: { fee: { paidFor: '2026-11-01', owedMinor: 0, paidInPeriodMinor: 500 } },
      debts: { old: { openingMinor: 500, balanceMinor: 500, instalmentMinor: 0 } },
    });
    expect(settled(elsewhere)).toEqual([
      { id: 'S1/fee', reason: 'fee', amountMinor: -500 },
      { id: 'S1/energy', reason: 'energy', amountMinor: 500 },
      { id: 'S1/vat', reason: 'vat', amountMinor: 50 },
    ]);
  });

  test('a charge paid in part, with its tax, is not raised; a debt does not change shares of the rest', () => {
    const part = { id: 'fee', kind: 'fixed', label: 'Fee', role: 'fee', every: { months: 1 }, short: 'part' };
    const shares = tariffOf(
      tariffData({
        stages: [
          { ...part, amount: '2' },
          { ...part, id: 'late', amount: '5' },
          { id: 'debt', kind: 'debt', label: 'Debt', role: 'debt', debt: 'old', take: 'all', atMost: '1' },
          vat({ id: 'rest', of: 'remaining', method: 'contained' }),
          energy({ rate: '1' }),
          vat({ rate: '20', of: ['fee', 'late', 'energy'] }),
        ],
      }),
    );
    const settledAs = (amount: number, trueState: Partial<AccountState>) => {
      const recorded = {
        state: state(),
        request: money(amount),
        at: AT,
        quote: quoted(shares, money(amount)),
      };
      const found = settle(shares, recorded, state(trueState), 'S2');
      return found.ok ? found.value : found.error;
    };
    expect(settledAs(100, {})).toEqual([]);
    expect(settledAs(500, {})).toEqual([]);
    const debts = { old: { openingMinor: 900, balanceMinor: 900, instalmentMinor: 0 } };
    expect(settledAs(5000, { debts })).toEqual([]);
    // 1.00 paid 0.82 of the fee, 0.02 of the rest (15/115 of 0.18) and 0.16 tax. Had the fee been paid, the
    // rest would have been the whole 1.00, of which 0.13; fee and tax go back.
    const paid = { charges: { fee: { paidFor: '2026-11-01', owedMinor: 0, paidInPeriodMinor: 200 } } };
    expect(settledAs(100, paid)).toEqual([
      { id: 'S2/fee', reason: 'fee', amountMinor: -82 },
      { id: 'S2/rest', reason: 'rest', amountMinor: 11 },
      { id: 'S2/vat', reason: 'vat', amountMinor: -16 },
    ]);
  });

  test('a tariff that should have been in force, also without a line', () => {
    const lower = tariffOf(
      tariffData({
        version: 2,
        stages: [energy({ rate: '0.50' }), vat({ rate: '10', method: 'contained' })],
      }),
    );
    expect(settled(state(), lower)).toEqual([
      { id: 'S1/fee', reason: 'fee', amountMinor: -500 },
      { id: 'S1/energy', reason: 'energy', amountMinor: -500 },
      { id: 'S1/vat', reason: 'vat', amountMinor: -100 },
    ]);
    const later = tariffOf(tariffData({ effectiveFrom: '2026-12-01T00:00' }));
    expect(settle(later, sale, state(), 'S1')).toMatchObject({
      ok: false,
      error: { code: 'tariff-not-in-force' },
    });
  });
});

describe('versions', () => {
  const version = (
    number: number,
    effectiveFrom: string,
    more: Readonly<Record<string, unknown>> = {},
  ): Tariff => tariffOf(tariffData({ version: number, effectiveFrom, ...more }));
  const first = version(1, '2026-01-01T00:00');
  const second = version(2, '2026-07-01T00:00');
  const corrected = version(3, '2026-07-01T00:00');
  const other = version(9, '2026-01-01T00:00', { id: 'other' });
  const all = [corrected, second, first, other];

  test('the latest that has begun; of two for one moment the higher number', () => {
    const at = (moment: string) => tariffInForce(all, 'test', moment);
    expect(at('2026-06-30T23:59')).toEqual({ ok: true, value: first });
    expect(at('2026-07-01T00:00')).toEqual({ ok: true, value: corrected });
    expect(at('2025-12-31T23:59')).toEqual({
      ok: false,
      error: { code: 'no-tariff-in-force', id: 'test', nextFrom: '2026-01-01T00:00' },
    });
    expect(tariffInForce(all, 'none', AT)).toEqual({
      ok: false,
      error: { code: 'no-tariff-in-force', id: 'none', nextFrom: undefined },
    });
  });

  test('what is loaded ahead', () => {
    expect(upcomingVersions(all, 'test', '2026-06-30T23:59')).toEqual([second, corrected]);
    expect(upcomingVersions(all, 'test', '2026-07-01T00:00')).toEqual([]);
  });

  test('one number for two contents is refused, the same file twice is not', () => {
    const clash = version(2, '2026-08-01T00:00');
    expect(tariffInForce([...all, clash], 'test', AT)).toEqual({
      ok: false,
      error: { code: 'versions-clash', id: 'test', version: 2 },
    });
    expect(tariffInForce([...all, version(2, '2026-07-01T00:00')], 'test', AT)).toEqual({
      ok: true,
      value: corrected,
    });
  });
});
