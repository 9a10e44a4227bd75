import { describe, expect, test } from 'vitest';
import { MAX_AMOUNT_MINOR, unitsTenths } from '../units/index.ts';
import {
  emptyState,
  nextBlock,
  parseTariff,
  purchaseLimits,
  settle,
  tariffInForce,
  upcomingVersions,
  type AccountState,
  type Tariff,
} from './index.ts';
import {
  AT,
  energy,
  flatTariff,
  linesByKey,
  money,
  quoted,
  refused,
  tariffData,
  tariffOf,
  vat,
} from './testing.ts';

type Parts = Readonly<Record<string, unknown>>;

const fixed = (parts: Parts): Parts => ({ id: 'fee', kind: 'fixed', label: 'Fee', role: 'fee', ...parts });
const BLOCKS = [{ upTo: '10', rate: '1' }, { rate: '2' }];

describe('faults say what they are about', () => {
  const unitsOf = (parts: Parts): Parts => ({
    rounding: [{ mode: 'down', to: '0.1' }],
    linesFrom: 'rounded',
    remainder: 'carry',
    preset: 'part',
    ...parts,
  });
  const list = (...stages: readonly unknown[]): unknown => tariffData({ stages });
  const free = { id: 'f', label: 'F', units: '1', every: { months: 1 }, countsIn: 'week' };
  const debt = { id: 'debt', kind: 'debt', label: 'Debt', role: 'debt', debt: 'old', take: 'all' };

  test.each<readonly [string, string, unknown, Parts]>([
    ['id-reserved', 'stages/0/id', list({ ...energy({ rate: '1' }), id: 'balance' }), { id: 'balance' }],
    ['id-duplicate', 'stages/1/id', list(energy({ rate: '1' }), energy({ rate: '2' })), { id: 'energy' }],
    [
      'rounding-too-fine',
      'lineRounding/to',
      tariffData({ lineRounding: { mode: 'down', to: '0.001' } }),
      { to: '0.001' },
    ],
    [
      'line-unknown',
      'units/remainder/line',
      tariffData({ units: unitsOf({ remainder: { line: 'gone' } }) }),
      { line: 'gone' },
    ],
    [
      'window-unknown',
      'entitlements/0/countsIn',
      tariffData({ entitlements: [{ ...free, homeStationOnly: true, withPurchaseOnly: true }] }),
      { window: 'week' },
    ],
    [
      'window-unknown',
      'limits/windowMaximum/window',
      tariffData({ limits: { windowMaximum: { window: 'week', units: '5' } } }),
      { window: 'week' },
    ],
    ['window-unknown', 'stages/0/window', list(energy({ rate: '1', window: 'week' })), { window: 'week' }],
    [
      'cycle-member-unfit',
      'stages/1',
      list(
        energy({ rate: '1' }),
        vat({ id: 'a', of: ['energy', 'b'], rebate: true, rate: '1' }),
        vat({ id: 'b', of: ['a'], rate: '1' }),
      ),
      { line: 'a' },
    ],
    [
      'blocks-gap',
      'stages/0/blocks/1/from',
      list(energy({ window: 'month', blocks: [BLOCKS[0], { from: '20', rate: '2' }] })),
      { expected: '10' },
    ],
    [
      'blocks-overlap',
      'stages/0/blocks/1/from',
      list(energy({ window: 'month', blocks: [BLOCKS[0], { from: '5', rate: '2' }] })),
      { expected: '10' },
    ],
    [
      'blocks-gap',
      'stages/0/blocks/1/upTo',
      list(energy({ window: 'month', blocks: [BLOCKS[0], { upTo: '20', rate: '2' }] })),
      { above: '20' },
    ],
    [
      'one-of',
      'stages/0',
      list(energy({ rate: '1', blocks: BLOCKS, window: 'month' })),
      { fields: 'rate, blocks, schedules' },
    ],
    ['one-of', 'stages/0', list(fixed({}), energy({ rate: '1' })), { fields: 'amount, steps' }],
    ['line-unknown', 'stages/1/of/0', list(energy({ rate: '1' }), vat({ of: ['gone'] })), { line: 'gone' }],
    [
      'on-top-mixed',
      'stages/2/of/0',
      list(
        energy({ rate: '1' }),
        fixed({ amount: '1', every: 'purchase', onTop: true }),
        vat({ of: ['fee'] }),
      ),
      { line: 'fee' },
    ],
    ['remaining-after-units', 'stages/1', list(energy({ rate: '1' }), debt), { line: 'debt' }],
    [
      'rounding-above-price',
      'lineRounding/to',
      tariffData({ lineRounding: { mode: 'down', to: '5' }, stages: [energy({ rate: '4' })] }),
      { to: '5' },
    ],
    [
      'rebate-too-high',
      'stages/1',
      list(energy({ rate: '4' }), vat({ id: 'off', rate: '100', rebate: true })),
      { line: 'off' },
    ],
  ])('%s at %s', (code, path, data, params) => {
    const parsed = parseTariff(data);
    expect(parsed.ok ? [] : parsed.error).toContainEqual({ code, path, params });
  });

  test('the first stage may be the one whose base cannot be rounded', () => {
    const data = tariffData({
      units: unitsOf({ linesFrom: 'exact' }),
      stages: [
        vat({ of: 'amount', method: 'contained', baseRounding: { mode: 'down', to: '1' } }),
        energy({ rate: '1' }),
      ],
    });
    expect(parseTariff(data)).toEqual({
      ok: false,
      error: [{ code: 'field-not-here', path: 'stages/0/baseRounding', params: {} }],
    });
  });

  test('windows that are missing are a missing field, not a missing period', () => {
    const { windows: _, ...rest } = tariffData({});
    expect(parseTariff(rest)).toEqual({
      ok: false,
      error: [{ code: 'field-missing', path: 'windows', params: {} }],
    });
  });
});

describe('limits at their edges', () => {
  const limitsOf = (tariff: Tariff, state: Partial<AccountState> = {}) => {
    const found = purchaseLimits(tariff, { ...emptyState(AT), ...state }, AT, {
      cash: false,
      entitlements: [],
    });
    if (!found.ok) throw new Error(found.error.code);
    return found.value;
  };

  test('a charge above every amount: no amount is enough, and there is no reason to name', () => {
    const dear = fixed({ amount: '99999999', every: 'purchase' });
    const tariff = tariffOf(tariffData({ stages: [dear, energy({ rate: '1' })], limits: { minimum: '5' } }));
    expect(limitsOf(tariff)).toMatchObject({ minimumMinor: undefined, minimumReasons: [] });
    expect(refused(tariff, money(1000))).toEqual({
      code: 'below-minimum',
      minimumMinor: MAX_AMOUNT_MINOR,
      reasons: [],
    });
  });

  test('units given in advance are a reason, units still to give are not', () => {
    const owed = (quantity: number): Partial<AccountState> => ({
      unitAdjustments: [{ id: 'u', reason: 'test', quantity }],
    });
    const codes = (quantity: number): string[] =>
      limitsOf(tariffOf(flatTariff()), owed(quantity)).minimumReasons.map(({ code }) => code);
    expect(codes(-5)).toEqual(['units', 'share', 'preset-units']);
    expect(codes(0)).toEqual(['units', 'share']);
    expect(codes(5)).toEqual(['units', 'share']);
  });

  test('of two ceilings the lower one is the reason; of two alike the declared amount', () => {
    const limited = (maximum: string): Tariff =>
      tariffOf(tariffData({ stages: [energy({ rate: '2' })], limits: { maximumUnits: '20', maximum } }));
    // 20.1 units cost 40.20, so 40.19 is the most.
    const reason = (maximum: string) => {
      const { maximumMinor, maximumReasons } = limitsOf(limited(maximum));
      return [maximumMinor, maximumReasons[0]?.code];
    };
    expect(reason('40.18')).toEqual([4018, 'tariff-maximum']);
    expect(reason('40.19')).toEqual([4019, 'tariff-maximum']);
    expect(reason('40.20')).toEqual([4019, 'purchase-units']);
    expect(reason('40.21')).toEqual([4019, 'purchase-units']);
  });

  test('money that buys more units than can be counted is too much', () => {
    const cheap = tariffOf(
      tariffData({ lineRounding: { mode: 'up', to: '0.01' }, stages: [energy({ rate: '0.000001' })] }),
    );
    expect(refused(cheap, money(1_000_000))).toMatchObject({
      code: 'above-maximum',
      reasons: [{ code: 'token-capacity' }],
    });
  });
});

describe('figures beside the lines', () => {
  test('what the token’s rounding is worth, at exact prices', () => {
    const tariff = tariffOf(
      tariffData({ lineRounding: { mode: 'half-up', to: '0.1' }, stages: [energy({ rate: '0.333' })] }),
    );
    // 10.6 units are 3.5298, which is 3.50; the token carries 12.0: 1.4 x 0.333 = 0.4662.
    const made = quoted(tariff, money(350), {}, AT, (quantity) => unitsTenths(Math.ceil(quantity / 20) * 20));
    expect([made.boughtQuantity, made.tokens[0]?.quantity, made.tokenRoundingMinor]).toEqual([106, 120, 47]);
  });

  test('the price of crossing a cliff, at exact prices', () => {
    const tariff = tariffOf(
      tariffData({
        lineRounding: { mode: 'half-up', to: '0.1' },
        stages: [
          energy({
            window: 'month',
            crossing: 'difference',
            schedules: [{ upTo: '10', blocks: [{ rate: '0.333' }] }, { blocks: [{ rate: '0.667' }] }],
          }),
        ],
      }),
    );
    // At 10 units 3.33, at 10.1 units 10.1 x 0.667 = 6.7367: 3.4067 for the tenth.
    expect(quoted(tariff, money(100)).notices).toContainEqual({
      code: 'cliff-ahead',
      params: { rule: 'energy', thresholdQuantity: 100, leftQuantity: 69, crossingMinor: 341 },
    });
  });

  test('a line of rounding has a kind and no rate', () => {
    const tariff = tariffOf(
      tariffData({
        units: {
          rounding: [{ mode: 'down', to: '1' }],
          linesFrom: 'rounded',
          remainder: 'rounding',
          preset: 'part',
        },
      }),
    );
    expect(quoted(tariff, money(550)).lines.at(-1)).toEqual({
      key: 'rounding',
      rule: 'rounding',
      kind: 'rounding',
      role: 'rounding',
      label: '',
      place: 'inside',
      base: { of: 'none', value: '' },
      rate: '',
      exact: '150',
      amountMinor: 150,
    });
  });

  test('a flat price with a tax is the same wherever else the meter buys', () => {
    const made = quoted(tariffOf(flatTariff()), money(1000), { soldElsewhere: true });
    expect(made.provisional).toEqual([]);
  });
});

describe('charges that stay on the account', () => {
  test('a charge of each purchase that was paid in part is still owed', () => {
    const fee = fixed({ amount: '5', every: 'purchase', short: 'part' });
    const tariff = tariffOf(tariffData({ stages: [fee, energy({ rate: '1' })] }));
    expect(quoted(tariff, money(200)).after.charges).toEqual({
      fee: { paidFor: '2026-11-23', owedMinor: 300, paidInPeriodMinor: 200 },
    });
    expect(quoted(tariff, money(900)).after.charges).toEqual({});
  });

  const stepped = tariffOf(
    tariffData({
      stages: [
        fixed({ id: 'band', window: 'month', steps: [{ upTo: '10', amount: '2' }, { amount: '5' }] }),
        energy({ rate: '1' }),
      ],
    }),
  );

  test('a stepped charge of an earlier period does not count in this one', () => {
    const earlier = { charges: { band: { paidFor: '2026-10-01', owedMinor: 0, paidInPeriodMinor: 500 } } };
    const made = quoted(stepped, money(300), earlier);
    expect(linesByKey(made)).toEqual({ band: 200, energy: 100 });
    expect(made.after.charges['band']).toEqual({
      paidFor: '2026-11-01',
      owedMinor: 0,
      paidInPeriodMinor: 200,
    });
  });

  test('units without a charge, bought before the tariff had one, are charged now', () => {
    const used = { windows: { month: { startedOn: '2026-11-01', quantity: 50 } } };
    const made = quoted(stepped, money(300), used);
    expect(linesByKey(made)).toEqual({ band: 200, energy: 100 });
    expect(made.after.charges['band']?.paidInPeriodMinor).toBe(200);
  });
});

describe('order', () => {
  test('units still to give come before units to take back, and nothing makes no line', () => {
    const tariff = tariffOf(tariffData({}));
    const give = { id: 'give', reason: 'test', quantity: 30 };
    const take = { id: 'take', reason: 'test', quantity: -50 };
    const none = { id: 'none', reason: 'test', quantity: 0 };
    for (const unitAdjustments of [
      [give, take, none],
      [take, give, none],
      [none, take, give],
    ]) {
      // 3.0 bought and 3.0 given, 5.0 taken back: 1.0 is left.
      const [token] = quoted(tariff, money(600), { unitAdjustments }).tokens;
      expect(token?.lines).toEqual([
        { key: 'bought', kind: 'bought', quantity: 30 },
        { key: 'adjustment/give', kind: 'adjustment', quantity: 30 },
        { key: 'adjustment/take', kind: 'adjustment', quantity: -50 },
      ]);
    }
  });

  test('refunds come before sums owed, and nothing makes no line', () => {
    const tariff = tariffOf(tariffData({}));
    const refund = { id: 'refund', reason: 'gift', amountMinor: -300 };
    const owed = { id: 'owed', reason: 'late', amountMinor: 700 };
    const none = { id: 'none', reason: 'none', amountMinor: 0 };
    for (const adjustments of [
      [refund, owed, none],
      [owed, refund, none],
      [none, owed, refund],
    ]) {
      const made = quoted(tariff, money(600), { adjustments });
      expect(made.lines.map(({ key, amountMinor, label }) => [key, amountMinor, label])).toEqual([
        ['adjustment/refund', -300, 'gift'],
        ['adjustment/owed', 700, 'late'],
        ['energy', 200, 'Energy'],
      ]);
      expect(made.after.adjustments).toEqual([]);
    }
  });

  test('versions come in the order of their dates, then of their numbers, however they are given', () => {
    const version = (number: number, effectiveFrom: string): Tariff =>
      tariffOf(tariffData({ version: number, effectiveFrom }));
    const [a, b, c] = [
      version(9, '2027-01-01T00:00'),
      version(2, '2027-02-01T00:00'),
      version(3, '2027-02-01T00:00'),
    ];
    for (const list of [
      [a, b, c],
      [c, b, a],
      [b, c, a],
      [b, a, c],
      [c, a, b],
    ]) {
      expect(upcomingVersions(list, 'test', AT)).toEqual([a, b, c]);
      expect(tariffInForce(list, 'test', '2027-02-01T00:00')).toEqual({ ok: true, value: c });
      expect(tariffInForce(list, 'test', '2027-01-31T23:59')).toEqual({ ok: true, value: a });
      expect(tariffInForce(list, 'test', AT)).toEqual({
        ok: false,
        error: { code: 'no-tariff-in-force', id: 'test', nextFrom: '2027-01-01T00:00' },
      });
    }
  });
});

describe('the next block', () => {
  test('is said for purchases only, and only as far as an amount can go', () => {
    const far = { upTo: '60000000', rate: '2' };
    const blocks = tariffOf(
      tariffData({ stages: [energy({ window: 'month', blocks: [far, { rate: '3' }] })] }),
    );
    const state = emptyState(AT);
    expect(nextBlock(blocks, state, money(1000), AT)).toEqual([]);
    const near = tariffOf(tariffData({ stages: [energy({ window: 'month', blocks: BLOCKS })] }));
    expect(nextBlock(near, state, money(400), AT)).toMatchObject([{ code: 'next-block' }]);
    expect(nextBlock(near, state, { kind: 'entitlement', cash: false, entitlements: [] }, AT)).toEqual([]);
    expect(nextBlock(near, state, money(MAX_AMOUNT_MINOR + 1), AT)).toEqual([]);
  });
});

describe('settling', () => {
  const tariff = tariffOf(
    tariffData({
      stages: [
        fixed({ amount: '5', every: { months: 1 } }),
        energy({ window: 'month', blocks: BLOCKS }),
        vat({ method: 'contained' }),
      ],
    }),
  );
  const paid = { fee: { paidFor: '2026-11-01', owedMinor: 0, paidInPeriodMinor: 500 } };

  test('a charge that the sale did not take, and a price that was another; a tax inside is not added', () => {
    const state = { ...emptyState(AT), soldElsewhere: true, charges: paid };
    const sale = quoted(tariff, money(1000), state);
    expect(linesByKey(sale)).toEqual({ 'energy/1': 1000, vat: 130 });
    const { request } = sale;
    const settled = settle(tariff, { state, request, at: AT, quote: sale }, emptyState(AT), 'r1');
    expect(settled).toEqual({ ok: true, value: [{ id: 'r1/fee', reason: 'fee', amountMinor: 500 }] });
    const used = { ...state, windows: { month: { startedOn: '2026-11-01', quantity: 40 } } };
    // Six units were in the first block, four in the second: 6 + 8 instead of 10.
    const dearer = settle(tariff, { state, request, at: AT, quote: sale }, used, 'r1');
    expect(dearer).toEqual({ ok: true, value: [{ id: 'r1/energy', reason: 'energy', amountMinor: 400 }] });
  });
});
