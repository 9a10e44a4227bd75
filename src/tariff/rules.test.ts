import { describe, expect, test } from 'vitest';
import { MAX_AMOUNT_MINOR, MAX_UNITS_TENTHS } from '../units/index.ts';
import {
  emptyState,
  entitlementsDue,
  nextBlock,
  purchaseLimits,
  type AccountState,
  type Tariff,
} from './index.ts';
import {
  AT,
  energy,
  flatTariff,
  linesByKey,
  money,
  nearlyAllTaken,
  quoted,
  refused,
  tariffData,
  tariffOf,
  units,
} from './testing.ts';

const state = (parts: Partial<AccountState> = {}): AccountState => ({ ...emptyState(AT), ...parts });

describe('limits', () => {
  const limited = (limits: Readonly<Record<string, unknown>>): Tariff =>
    tariffOf({ ...flatTariff(), limits });
  const limitsOf = (
    tariff: Tariff,
    parts: Partial<AccountState> = {},
    cash = false,
    entitlements: readonly string[] = [],
  ) => {
    const found = purchaseLimits(tariff, state(parts), AT, { cash, entitlements: [...entitlements] });
    if (!found.ok) throw new Error(found.error.code);
    return found.value;
  };

  test('the declared minimum and maximum, with the reason', () => {
    const tariff = limited({ minimum: '5.00', maximum: '1000.00' });
    expect(refused(tariff, money(499))).toEqual({
      code: 'below-minimum',
      minimumMinor: 500,
      reasons: [
        { code: 'tariff-minimum', amountMinor: 500 },
        { code: 'units', amountMinor: 420, rule: 'energy' },
        { code: 'share', amountMinor: 63, rule: 'vat' },
      ],
    });
    expect(refused(tariff, money(100_001))).toEqual({
      code: 'above-maximum',
      maximumMinor: 100_000,
      reasons: [{ code: 'tariff-maximum', amountMinor: 100_000 }],
    });
    expect(quoted(tariff, money(500)).tenderMinor).toBe(500);
    expect(quoted(tariff, money(100_000)).tenderMinor).toBe(100_000);
  });

  test('without limits: the smallest tenth, and what a token can carry', () => {
    // 0.1 unit: 0.20 and 0.03 tax.
    expect(limitsOf(limited({}))).toEqual({
      minimumMinor: 23,
      minimumReasons: [
        { code: 'units', amountMinor: 20, rule: 'energy' },
        { code: 'share', amountMinor: 3, rule: 'vat' },
      ],
      // 1,820,162.5 units would cost 3,640,325.00 and 546,048.75.
      maximumMinor: 418_637_374,
      maximumReasons: [{ code: 'token-capacity' }],
    });
    expect(limitsOf(limited({}), {}, true).minimumMinor).toBe(30);
    expect(quoted(limited({}), money(418_637_374)).boughtQuantity).toBe(MAX_UNITS_TENTHS);
    expect(refused(limited({}), money(418_637_375))).toEqual({
      code: 'above-maximum',
      maximumMinor: 418_637_374,
      reasons: [{ code: 'token-capacity' }],
    });
  });

  test('a declared minimum above the smallest tenth, and one below it', () => {
    expect(limitsOf(limited({ minimum: '2' })).minimumMinor).toBe(200);
    expect(limitsOf(limited({ minimum: '0.01' }))).toMatchObject({
      minimumMinor: 23,
      minimumReasons: [{ code: 'units' }, { code: 'share' }],
    });
    expect(limitsOf(limited({ maximum: '99' }))).toMatchObject({
      maximumMinor: 9900,
      maximumReasons: [{ code: 'tariff-maximum', amountMinor: 9900 }],
    });
  });

  test('units at once, and in a window', () => {
    const tariff = limited({ maximumUnits: '50', windowMaximum: { window: 'month', units: '80' } });
    expect(refused(tariff, units(501))).toEqual({
      code: 'above-maximum',
      maximumMinor: 11_522,
      reasons: [{ code: 'purchase-units' }],
    });
    expect(quoted(tariff, units(500)).boughtQuantity).toBe(500);
    const used = { windows: { month: { startedOn: '2026-11-01', quantity: 600 } } };
    // 20.0 units: 40.00 and 6.00; 20.1: 40.20 and 6.03.
    expect(limitsOf(tariff, used)).toMatchObject({
      maximumMinor: 4622,
      maximumReasons: [{ code: 'window-units' }],
    });
    expect(refused(tariff, units(201), used)).toMatchObject({
      code: 'above-maximum',
      reasons: [{ code: 'window-units' }],
    });
    const full = { windows: { month: { startedOn: '2026-11-01', quantity: 900 } } };
    expect(limitsOf(tariff, full).maximumMinor).toBe(22);
  });

  test('free units that come with the purchase use up the window before it', () => {
    const tied = { id: 'fbe', label: 'Free', units: '30', every: { months: 1 }, homeStationOnly: false };
    const tariff = tariffOf(
      tariffData({
        stages: [energy({ window: 'month', blocks: [{ upTo: '30', rate: '1' }, { rate: '3' }] })],
        limits: { windowMaximum: { window: 'month', units: '80' } },
        entitlements: [{ ...tied, withPurchaseOnly: true, countsIn: 'month' }],
      }),
    );
    // 80.0 units: 30.0 at 1.00 and 50.0 at 3.00, where the next tenth would begin.
    expect(limitsOf(tariff)).toMatchObject({ minimumMinor: 10, maximumMinor: 18_029 });
    // The free 30.0 have the cheap block: 50.0 at 3.00.
    expect(limitsOf(tariff, {}, false, ['fbe'])).toEqual({
      minimumMinor: 30,
      minimumReasons: [{ code: 'units', amountMinor: 30, rule: 'energy' }],
      maximumMinor: 15_029,
      maximumReasons: [{ code: 'window-units' }],
    });
    expect(quoted(tariff, { ...money(15_029), entitlements: ['fbe'] }).boughtQuantity).toBe(500);
    expect(refused(tariff, { ...money(15_030), entitlements: ['fbe'] })).toMatchObject({
      code: 'above-maximum',
      maximumMinor: 15_029,
    });
    const taken = { entitlements: { fbe: { takenFor: '2026-11-01' } } };
    expect(purchaseLimits(tariff, state(taken), AT, { cash: false, entitlements: ['fbe'] })).toMatchObject({
      error: { code: 'entitlement-not-due', reason: 'taken' },
    });
  });

  test('charges, debts and sums owed are reasons for a high minimum', () => {
    const tariff = tariffOf(
      tariffData({
        stages: [
          { id: 'fee', kind: 'fixed', label: 'Fee', role: 'fee', amount: '5', every: { months: 1 } },
          {
            id: 'top',
            kind: 'fixed',
            label: 'Top',
            role: 'fee',
            amount: '1',
            every: 'purchase',
            onTop: true,
          },
          { id: 'debt', kind: 'debt', label: 'Debt', role: 'debt', debt: 'old', take: { fixed: '2' } },
          energy({ rate: '1' }),
        ],
      }),
    );
    const owing = {
      debts: { old: { openingMinor: 900, balanceMinor: 900, instalmentMinor: 0 } },
      adjustments: [
        { id: 'x', reason: 'late', amountMinor: 40 },
        { id: 'y', reason: 'gift', amountMinor: -30 },
      ],
    };
    expect(limitsOf(tariff, owing)).toMatchObject({
      minimumMinor: 720,
      minimumReasons: [
        { code: 'balance', amountMinor: 30, rule: 'adjustment/y' },
        { code: 'settlement', amountMinor: 40, rule: 'adjustment/x' },
        { code: 'charge', amountMinor: 500, rule: 'fee' },
        { code: 'debt', amountMinor: 200, rule: 'debt' },
        { code: 'units', amountMinor: 10, rule: 'energy' },
      ],
    });
  });

  test('a balance lowers the minimum, and is named beside what the smallest token costs', () => {
    // 0.1 unit: 0.20 and 0.03 tax, of which 0.05 are there already.
    const { minimumMinor, minimumReasons } = limitsOf(limited({}), { balanceMinor: 5 });
    expect(minimumMinor).toBe(18);
    expect(minimumReasons).toEqual([
      { code: 'balance', amountMinor: 5, rule: 'balance' },
      { code: 'units', amountMinor: 20, rule: 'energy' },
      { code: 'share', amountMinor: 3, rule: 'vat' },
    ]);
  });

  test('a currency meter is limited by the amount alone; limits of a wrong moment are an error', () => {
    const currency = tariffOf(
      tariffData({
        meter: 'currency',
        units: {
          rounding: [{ mode: 'down', to: '0.01' }],
          linesFrom: 'rounded',
          remainder: 'carry',
          preset: 'part',
        },
        stages: [energy({ rate: '1' })],
      }),
    );
    expect(limitsOf(currency)).toEqual({
      minimumMinor: 1,
      minimumReasons: [{ code: 'units', amountMinor: 1, rule: 'energy' }],
      maximumMinor: MAX_AMOUNT_MINOR,
      maximumReasons: [{ code: 'amount-capacity', amountMinor: MAX_AMOUNT_MINOR }],
    });
    expect(quoted(currency, money(12_345)).tokens[0]?.quantity).toBe(12_345);
    expect(
      purchaseLimits(currency, state(), '2020-01-01T00:00', { cash: false, entitlements: [] }),
    ).toMatchObject({
      ok: false,
    });
  });

  test('for a channel', () => {
    const tariff = tariffOf(
      tariffData({
        stages: [
          {
            id: 'fee',
            kind: 'fixed',
            label: 'Fee',
            role: 'fee',
            amount: '5',
            every: 'purchase',
            when: { channel: ['bank'] },
          },
          energy({ rate: '1' }),
        ],
      }),
    );
    const minimum = (channel?: string) =>
      purchaseLimits(tariff, state(), AT, {
        cash: false,
        entitlements: [],
        ...(channel === undefined ? {} : { channel }),
      });
    expect(minimum('bank')).toMatchObject({ value: { minimumMinor: 510 } });
    expect(minimum()).toMatchObject({ value: { minimumMinor: 10 } });
  });

  test('no amount yields a token where everything is taken', () => {
    const all = tariffOf(nearlyAllTaken('99.999999'));
    expect(limitsOf(all)).toMatchObject({
      minimumMinor: undefined,
      minimumReasons: [],
      maximumMinor: MAX_AMOUNT_MINOR,
    });
  });
});

describe('the smallest amount in spite of rounded shares', () => {
  test('two shares that tick up together hide a smaller amount', () => {
    const share = (id: string) => ({
      id,
      kind: 'percent',
      label: id,
      role: 'fee',
      rate: '45',
      method: 'of-gross',
      of: 'amount',
      rounding: { mode: 'up', to: '0.10' },
    });
    const tariff = tariffOf(tariffData({ stages: [share('a'), share('b'), energy({ rate: '0.10' })] }));
    for (const quantity of [5, 12, 20, 33]) {
      const found = quoted(tariff, units(quantity)).amountMinor;
      const least = Array.from({ length: 1000 }, (_, index) => index + 1).find((amount) => {
        const a = Math.ceil((amount * 0.45) / 10 - 1e-9) * 10;
        return amount - 2 * a >= quantity;
      });
      expect(found, `${quantity}`).toBe(least);
    }
  });
});

describe('stages for a range of amounts', () => {
  const fee = (id: string, amount: string, range: Readonly<Record<string, string>>) => ({
    id,
    kind: 'fixed',
    label: id,
    role: 'fee',
    amount,
    every: 'purchase',
    when: { amount: range },
  });
  const tariff = tariffOf(
    tariffData({
      stages: [
        fee('small', '1', { upTo: '10' }),
        fee('medium', '4', { above: '10', upTo: '20' }),
        fee('large', '9', { above: '20' }),
        energy({ rate: '1' }),
      ],
    }),
  );

  test('the upper end belongs to the range, the lower one does not', () => {
    expect(linesByKey(quoted(tariff, money(1000)))).toEqual({ small: 100, energy: 900 });
    expect(linesByKey(quoted(tariff, money(1010)))).toEqual({ medium: 400, energy: 610 });
    expect(linesByKey(quoted(tariff, money(2000)))).toEqual({ medium: 400, energy: 1600 });
    expect(linesByKey(quoted(tariff, money(2010)))).toEqual({ large: 900, energy: 1110 });
  });

  test.each([
    [90, 1000],
    [91, 1310],
    [160, 2000],
    [161, 2510],
    [1, 110],
  ])('%i tenths cost %i, the smallest amount in any range', (quantity, amount) => {
    expect(quoted(tariff, units(quantity)).amountMinor).toBe(amount);
  });

  test('the quote says when a smaller amount would buy as much or more', () => {
    const said = (amount: number) => quoted(tariff, money(amount)).notices;
    expect(said(1000)).toEqual([]);
    expect(said(1010)).toEqual([
      { code: 'less-buys-more', params: { rule: 'medium', amountMinor: 1000, quantity: 90 } },
    ]);
    expect(said(1300)).toHaveLength(1);
    expect(said(1310)).toEqual([]);
    expect(said(2100)).toEqual([
      { code: 'less-buys-more', params: { rule: 'large', amountMinor: 2000, quantity: 160 } },
    ]);
  });

  test('in coins that do not meet the ends', () => {
    const odd = tariffOf(
      tariffData({
        currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 300 },
        stages: [
          fee('small', '1', { upTo: '10' }),
          fee('large', '9', { above: '10' }),
          energy({ rate: '1' }),
        ],
      }),
    );
    expect(quoted(odd, units(80, { cash: true })).tenderMinor).toBe(900);
    expect(quoted(odd, units(81, { cash: true })).tenderMinor).toBe(1800);
  });
});

describe('free units', () => {
  const tariff = tariffOf(
    tariffData({
      stages: [energy({ window: 'month', blocks: [{ upTo: '10', rate: '1' }, { rate: '2' }] })],
      entitlements: [
        {
          id: 'fbe',
          label: 'Free',
          units: '5',
          every: { months: 1 },
          maxPeriods: 3,
          homeStationOnly: true,
          withPurchaseOnly: false,
          countsIn: 'month',
          when: { category: ['poor'] },
        },
        {
          id: 'gift',
          label: 'Gift',
          units: '2.5',
          every: { months: 1 },
          homeStationOnly: false,
          withPurchaseOnly: true,
        },
      ],
    }),
  );
  const poor = { category: 'poor' };

  test('their own token; those that count in a window use it up first', () => {
    const made = quoted(tariff, money(600, { entitlements: ['fbe', 'gift', 'fbe'] }), poor);
    expect(made.tokens).toEqual([
      { kind: 'credit', quantity: 55, lines: [{ key: 'bought', kind: 'bought', quantity: 55 }] },
      {
        kind: 'free',
        entitlement: 'fbe',
        quantity: 50,
        lines: [{ key: 'free/fbe', kind: 'free', quantity: 50 }],
      },
      {
        kind: 'free',
        entitlement: 'gift',
        quantity: 25,
        lines: [{ key: 'free/gift', kind: 'free', quantity: 25 }],
      },
    ]);
    expect(linesByKey(made)).toEqual({ 'energy/1': 500, 'energy/2': 100 });
    expect(made.after).toMatchObject({
      windows: { month: { startedOn: '2026-11-01', quantity: 105 } },
      entitlements: { fbe: { takenFor: '2026-11-01' }, gift: { takenFor: '2026-11-01' } },
    });
    expect(made.notices).toEqual([]);
  });

  test('alone, for nothing', () => {
    const made = quoted(
      tariff,
      { kind: 'entitlement', cash: false, entitlements: ['fbe'] },
      { ...poor, balanceMinor: 7, adjustments: [{ id: 'a', reason: 'r', amountMinor: 5 }] },
    );
    expect(made).toMatchObject({
      amountMinor: 0,
      tenderMinor: 0,
      lines: [],
      changeMinor: 0,
      carriedMinor: 0,
      accountedMinor: 0,
      exactQuantity: '0',
      boughtQuantity: 0,
      tokenRoundingMinor: 0,
      notices: [],
      provisional: [],
      tokens: [{ kind: 'free', quantity: 50 }],
      after: { balanceMinor: 7, adjustments: [{ id: 'a' }], windows: { month: { quantity: 50 } } },
      tariff: { id: 'test', version: 1 },
      at: AT,
    });
  });

  test('missed periods, as far as allowed', () => {
    const taken = (takenFor: string) =>
      quoted(tariff, money(100, { entitlements: ['fbe'] }), {
        ...poor,
        entitlements: { fbe: { takenFor } },
      }).tokens.at(-1)?.quantity;
    expect(taken('2026-10-01')).toBe(50);
    expect(taken('2026-09-01')).toBe(100);
    expect(taken('2026-01-01')).toBe(150);
  });

  test.each([
    ['unknown', 'none', poor],
    ['taken', 'fbe', { ...poor, entitlements: { fbe: { takenFor: '2026-11-01' } } }],
    ['not-home-station', 'fbe', { ...poor, homeStation: false }],
    ['needs-purchase', 'gift', poor],
    ['not-for-category', 'fbe', { category: 'rich' }],
    ['not-for-category', 'fbe', {}],
  ])('refused: %s', (reason, id, parts) => {
    expect(refused(tariff, { kind: 'entitlement', cash: false, entitlements: [id] }, parts)).toEqual({
      code: 'entitlement-not-due',
      entitlement: id,
      reason,
    });
  });

  test('what is due is said, and asked for', () => {
    expect(quoted(tariff, money(100), poor).notices).toEqual([
      { code: 'entitlement-due', params: { id: 'fbe', quantity: 50 } },
      { code: 'entitlement-with-purchase', params: { id: 'gift', quantity: 25 } },
    ]);
    expect(entitlementsDue(tariff, state(poor), AT)).toEqual([
      { id: 'fbe', quantity: 50, withPurchaseOnly: false },
      { id: 'gift', quantity: 25, withPurchaseOnly: true },
    ]);
    expect(
      entitlementsDue(tariff, state({ entitlements: { gift: { takenFor: '2026-11-01' } } }), AT),
    ).toEqual([]);
    expect(entitlementsDue(tariff, state(poor), '2020-01-01T00:00')).toEqual([]);
  });
});

describe('provisional', () => {
  const old = { asOf: '2026-11-22T09:00', soldElsewhere: true };
  const reasons = (data: unknown, parts: Partial<AccountState> = old) =>
    quoted(tariffOf(data), money(1000), parts).provisional;

  test('on old figures, and when others sell to the meter', () => {
    const blocks = tariffData({
      stages: [energy({ window: 'month', blocks: [{ upTo: '10', rate: '1' }, { rate: '2' }] })],
    });
    expect(reasons(blocks)).toEqual([
      { code: 'state-too-old', params: { ageHours: 25, allowedHours: 24 } },
      { code: 'sold-elsewhere', params: {} },
    ]);
    expect(reasons(blocks, { asOf: '2026-11-22T09:01' })).toEqual([]);
    expect(reasons(blocks, { asOf: '2026-11-22T09:00' })).toHaveLength(1);
  });

  test('never where the past does not matter', () => {
    const flat = { windows: { each: { every: 'purchase' } } };
    expect(reasons(tariffData({}))).toEqual([]);
    expect(reasons(tariffData({ ...flat }))).toEqual([]);
    expect(
      reasons(tariffData({ limits: { windowMaximum: { window: 'month', units: '900' } } })),
    ).toHaveLength(2);
    expect(
      reasons(tariffData({ ...flat, limits: { windowMaximum: { window: 'each', units: '900' } } })),
    ).toEqual([]);
    const fee = { id: 'fee', kind: 'fixed', label: 'Fee', role: 'fee', amount: '1' };
    expect(
      reasons(tariffData({ ...flat, stages: [{ ...fee, every: 'purchase' }, energy({ rate: '1' })] })),
    ).toEqual([]);
    expect(
      reasons(tariffData({ ...flat, stages: [{ ...fee, every: { months: 1 } }, energy({ rate: '1' })] })),
    ).toHaveLength(2);
    expect(
      reasons(
        tariffData({
          ...flat,
          stages: [
            { id: 'd', kind: 'debt', label: 'D', role: 'debt', debt: 'x', take: 'all' },
            energy({ rate: '1' }),
          ],
        }),
      ),
    ).toHaveLength(2);
    expect(
      reasons(
        tariffData({
          ...flat,
          entitlements: [
            {
              id: 'f',
              label: 'F',
              units: '1',
              every: { months: 1 },
              homeStationOnly: true,
              withPurchaseOnly: true,
            },
          ],
        }),
      ),
    ).toHaveLength(2);
  });
});

describe('the next block', () => {
  const tariff = tariffOf(
    tariffData({
      stages: [
        energy({
          window: 'month',
          blocks: [{ upTo: '10', rate: '1' }, { upTo: '20', rate: '2' }, { rate: '4' }],
        }),
        { ...energy({ rate: '0.5' }), id: 'levy' },
      ],
    }),
  );
  const next = (amountMinor: number, parts: Partial<AccountState> = {}) =>
    nextBlock(tariff, state(parts), money(amountMinor), AT);

  test('how many units and how much money reach it', () => {
    expect(next(1260)).toEqual([
      {
        code: 'next-block',
        params: { rule: 'energy', leftQuantity: 16, moreMinor: 240, rate: '1', nextRate: '2' },
      },
    ]);
    expect(next(1500)).toMatchObject([
      { params: { leftQuantity: 0, moreMinor: 0, rate: '1', nextRate: '2' } },
    ]);
    expect(next(2000)).toMatchObject([
      { params: { leftQuantity: 80, moreMinor: 2000, rate: '2', nextRate: '4' } },
    ]);
    expect(next(250, { windows: { month: { startedOn: '2026-11-01', quantity: 150 } } })).toMatchObject([
      { params: { leftQuantity: 40, moreMinor: 1000 } },
    ]);
    expect(next(100_000)).toEqual([]);
  });

  test('for units asked for, and not for free units', () => {
    expect(nextBlock(tariff, state(), units(84), AT)).toMatchObject([
      { params: { leftQuantity: 16, moreMinor: 240 } },
    ]);
    expect(nextBlock(tariff, state(), { kind: 'entitlement', cash: false, entitlements: [] }, AT)).toEqual(
      [],
    );
    expect(nextBlock(tariff, state(), money(100), '2020-01-01T00:00')).toEqual([]);
  });
});
