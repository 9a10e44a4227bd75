import { describe, expect, test } from 'vitest';
import { parseTariff } from './index.ts';
import { energy, flatTariff, money, quoted, refused, tariffData, tariffOf, vat } from './testing.ts';

type Parts = Readonly<Record<string, unknown>>;

function faultsOf(data: unknown): string[] {
  const parsed = parseTariff(data);
  return parsed.ok ? [] : parsed.error.map(({ code, path }) => `${code} ${path}`);
}

const stages = (...list: readonly unknown[]): string[] => faultsOf(tariffData({ stages: list }));
const off = (parts: Parts): Parts => vat({ id: 'off', role: 'subsidy', rebate: true, ...parts });
const perUnitOff = (rate: string, parts: Parts = {}): Parts =>
  energy({ id: 'off', role: 'subsidy', rebate: true, rate, ...parts });
const share = (id: string, parts: Parts): Parts => ({
  id,
  kind: 'percent',
  label: id,
  role: 'fee',
  method: 'of-gross',
  of: 'amount',
  ...parts,
});

describe('rebates that leave no price', () => {
  test('a rebate of 100 % or more of the only price', () => {
    expect(stages(energy({ rate: '2' }), off({ rate: '99' }))).toEqual([]);
    expect(stages(energy({ rate: '2' }), off({ rate: '100' }))).toEqual(['rebate-too-high stages/1']);
    expect(stages(off({ rate: '150' }), energy({ rate: '2' }))).toEqual(['rebate-too-high stages/0']);
    // Half of 200 % of the price is all of it.
    expect(stages(energy({ rate: '2' }), off({ rate: '200', part: '50' }))).toEqual([
      'rebate-too-high stages/1',
    ]);
  });

  test('two rebates that take it together: the last is named', () => {
    expect(stages(energy({ rate: '2' }), off({ rate: '60' }), off({ id: 'more', rate: '40' }))).toEqual([
      'rebate-too-high stages/2',
    ]);
    expect(stages(energy({ rate: '2' }), off({ rate: '60' }), off({ id: 'more', rate: '39' }))).toEqual([]);
  });

  test('a tax on the price leaves room for the rebate', () => {
    expect(stages(energy({ rate: '2' }), vat({ rate: '15' }), off({ rate: '110' }))).toEqual([]);
    expect(stages(energy({ rate: '2' }), vat({ rate: '15' }), off({ rate: '115' }))).toEqual([
      'rebate-too-high stages/2',
    ]);
  });

  test('money off each unit, above the price of a block or of the last one', () => {
    const blocks = [{ upTo: '50', rate: '1' }, { rate: '3' }];
    const withBlocks = (rate: string): string[] =>
      stages(energy({ blocks, window: 'month' }), perUnitOff(rate));
    expect(withBlocks('0.5')).toEqual([]);
    // The first fifty are free then, which a tariff may mean.
    expect(withBlocks('1')).toEqual([]);
    expect(withBlocks('1.000001')).toEqual(['rebate-too-high stages/1']);
    expect(stages(energy({ rate: '3' }), perUnitOff('3'))).toEqual(['rebate-too-high stages/1']);
    expect(stages(energy({ rate: '3' }), perUnitOff('2.99'))).toEqual([]);
  });

  test('only for those who have it: another category does not make it good', () => {
    const poor = { when: { category: ['poor'] } };
    expect(stages(energy({ rate: '2' }), off({ rate: '100', ...poor }))).toEqual([
      'rebate-too-high stages/1',
    ]);
    expect(stages(energy({ rate: '2' }), off({ rate: '99', ...poor }))).toEqual([]);
    const channel = { when: { category: ['poor'], channel: ['phone'] } };
    expect(
      stages(energy({ rate: '2' }), off({ rate: '60', ...poor }), off({ id: 'p', rate: '40', ...channel })),
    ).toEqual(['rebate-too-high stages/2']);
  });

  test('each category is judged, whichever else there are, and each fault named', () => {
    const poor = { when: { category: ['poor'] } };
    const rich = { when: { category: ['rich'] } };
    const tax = energy({ id: 'tax', role: 'levy', rate: '1', ...rich });
    expect(stages(energy({ rate: '2' }), off({ rate: '100', ...poor }), tax)).toEqual([
      'rebate-too-high stages/1',
    ]);
    expect(stages(energy({ rate: '2' }), tax, off({ rate: '100', ...poor }))).toEqual([
      'rebate-too-high stages/2',
    ]);
    expect(
      stages(energy({ rate: '2' }), off({ rate: '100', ...poor }), off({ id: 'more', rate: '100', ...rich })),
    ).toEqual(['rebate-too-high stages/1', 'rebate-too-high stages/2']);
  });

  test('a category that pays nothing at all is not a rebate', () => {
    expect(
      stages(
        energy({ rate: '2', when: { category: ['home'] } }),
        energy({ id: 'given', rate: '0', when: { category: ['clinic'] } }),
      ),
    ).toEqual([]);
  });

  test('blocks that grow with an account’s quantity are judged too', () => {
    const blocks = [{ upTo: '50', rate: '1' }, { rate: '3' }];
    const perPerson = energy({ blocks, window: 'month', blocksTimes: 'persons' });
    expect(stages(perPerson, perUnitOff('2'))).toEqual(['rebate-too-high stages/1']);
    expect(stages(perPerson, perUnitOff('0.9'))).toEqual([]);
    const perKva = { id: 'kva', kind: 'fixed', label: 'kVA', role: 'fee', amount: '1', every: { months: 1 } };
    expect(stages({ ...perKva, times: 'kva' }, energy({ rate: '2' }), off({ rate: '100' }))).toEqual([
      'rebate-too-high stages/2',
    ]);
  });
});

describe('roundings that lose a unit’s price', () => {
  const rounded = (rate: string, to: string, mode = 'half-up', parts: Parts = {}): string[] =>
    faultsOf(tariffData({ lineRounding: { mode, to }, stages: [energy({ rate, ...parts })] }));

  test('one unit must cost something', () => {
    expect(rounded('0.49', '1')).toEqual(['rounding-above-price lineRounding/to']);
    expect(rounded('0.50', '1')).toEqual([]);
    expect(rounded('0.99', '1', 'down')).toEqual(['rounding-above-price lineRounding/to']);
    expect(rounded('1', '1', 'down')).toEqual([]);
    expect(rounded('0.01', '1', 'up')).toEqual([]);
    expect(rounded('0.004', '0.01')).toEqual(['rounding-above-price lineRounding/to']);
  });

  test('a stage’s own rounding is named, and another line may carry the price', () => {
    const own = { rounding: { mode: 'half-up', to: '5' } };
    expect(rounded('2', '0.01', 'half-up', own)).toEqual(['rounding-above-price stages/0/rounding/to']);
    expect(
      faultsOf(
        tariffData({
          lineRounding: { mode: 'half-up', to: '1' },
          stages: [energy({ rate: '3' }), energy({ id: 'levy', role: 'levy', rate: '0.2' })],
        }),
      ),
    ).toEqual([]);
  });

  test('the first unit that has a price counts, behind free ones', () => {
    const blocks = (rate: string): string[] =>
      faultsOf(
        tariffData({
          lineRounding: { mode: 'half-up', to: '1' },
          stages: [energy({ window: 'month', blocks: [{ upTo: '20', rate: '0' }, { rate }] })],
        }),
      );
    expect(blocks('0.4')).toEqual(['rounding-above-price lineRounding/to']);
    expect(blocks('0.6')).toEqual([]);
  });

  test('a fault of the price comes before one of its rounding', () => {
    expect(
      faultsOf(
        tariffData({
          lineRounding: { mode: 'half-up', to: '1' },
          stages: [energy({ rate: '0.2' }), perUnitOff('0.3')],
        }),
      ),
    ).toEqual(['rebate-too-high stages/1']);
  });

  test('a rebate on later units is the fault, not the rounding of the first', () => {
    const blocks = [{ upTo: '20', rate: '0.4' }, { rate: '0.3' }];
    expect(
      faultsOf(
        tariffData({
          lineRounding: { mode: 'half-up', to: '1' },
          stages: [energy({ window: 'month', blocks }), perUnitOff('0.35')],
        }),
      ),
    ).toEqual(['rebate-too-high stages/1']);
  });

  test('the rounding of the price is named, not that of a rebate or of a stepped charge', () => {
    const coarse = { rounding: { mode: 'half-up', to: '1' } };
    const stepped = {
      id: 'band',
      kind: 'fixed',
      label: 'Band',
      role: 'fee',
      window: 'month',
      steps: [{ upTo: '10', amount: '0' }, { amount: '1' }],
      ...coarse,
    };
    expect(
      faultsOf(
        tariffData({
          lineRounding: { mode: 'half-up', to: '5' },
          stages: [stepped, perUnitOff('0.2', coarse), energy({ rate: '2' })],
        }),
      ),
    ).toEqual(['rounding-above-price lineRounding/to']);
  });

  test('a meter that counts money is judged by one of the currency', () => {
    const credit = (to: string): string[] =>
      faultsOf(
        tariffData({
          meter: 'currency',
          lineRounding: { mode: 'half-up', to },
          units: {
            rounding: [{ mode: 'down', to: '0.01' }],
            linesFrom: 'rounded',
            remainder: 'carry',
            preset: 'part',
          },
          stages: [energy({ rate: '1' })],
        }),
      );
    expect(credit('2')).toEqual([]);
    expect(credit('3')).toEqual(['rounding-above-price lineRounding/to']);
  });
});

describe('shares that leave nothing', () => {
  test('shares of the amount that come to all of it', () => {
    expect(stages(share('a', { rate: '60' }), share('b', { rate: '40' }), energy({ rate: '1' }))).toEqual([
      'rate-too-high stages/1/rate',
    ]);
    expect(stages(share('a', { rate: '60' }), share('b', { rate: '39' }), energy({ rate: '1' }))).toEqual([]);
    // 900 % contained is nine tenths.
    expect(
      stages(
        share('a', { rate: '900', method: 'contained' }),
        share('b', { rate: '10' }),
        energy({ rate: '1' }),
      ),
    ).toEqual(['rate-too-high stages/1/rate']);
  });

  test('shares with a ceiling, of some sums only, or given back do not count', () => {
    expect(
      stages(share('a', { rate: '60', atMost: '5' }), share('b', { rate: '60' }), energy({ rate: '1' })),
    ).toEqual([]);
    expect(
      stages(
        share('a', { rate: '60', when: { amount: { upTo: '5' } } }),
        share('b', { rate: '60' }),
        energy({ rate: '1' }),
      ),
    ).toEqual([]);
    expect(
      stages(
        share('a', { rate: '60' }),
        share('b', { rate: '60' }),
        share('c', { rate: '21', rebate: true }),
        energy({ rate: '1' }),
      ),
    ).toEqual([]);
    expect(
      stages(share('a', { rate: '60', of: 'remaining' }), share('b', { rate: '60' }), energy({ rate: '1' })),
    ).toEqual([]);
  });

  test('a share on top leaves the amount alone', () => {
    const onTop = share('top', { rate: '60', method: 'added', onTop: true });
    expect(stages(onTop, share('a', { rate: '60' }), energy({ rate: '1' }))).toEqual([]);
  });

  test('a rebate on top that pays for everything', () => {
    const gift = (rate: string): string[] =>
      stages(share('gift', { rate, method: 'added', onTop: true, rebate: true }), energy({ rate: '1' }));
    expect(gift('99')).toEqual([]);
    expect(gift('100')).toEqual(['rebate-too-high stages/0/rate']);
  });

  test('each fault once, however many accounts it is about', () => {
    expect(
      stages(
        energy({ rate: '2' }),
        energy({ id: 'shop', rate: '1', when: { category: ['shop', 'stall'] } }),
        energy({ id: 'phone', role: 'fee', rate: '0.1', when: { channel: ['phone'] } }),
        perUnitOff('9'),
      ),
    ).toEqual(['rebate-too-high stages/3']);
  });
});

describe('signs that cannot be seen', () => {
  test.each([
    '\u0007',
    '\n',
    '\u007f',
    '\u0085',
    '\u00ad',
    '\u061c',
    '\u200b',
    '\u200e',
    '\u202e',
    '\u2066',
    '\u2028',
    '\ufeff',
    '\ud800',
  ])('%j in a label', (sign) => {
    expect(stages(energy({ rate: '2', label: `En${sign}ergy` }))).toEqual(['hidden-sign stages/0/label']);
  });

  test('in names, sources, categories, channels and free units', () => {
    const free = { id: 'f', label: 'Free\u202e', units: '5', every: { months: 1 } };
    expect(
      faultsOf({
        ...flatTariff(),
        name: 'A\u0000',
        source: 'B\tC',
        entitlements: [{ ...free, homeStationOnly: true, withPurchaseOnly: false }],
      }),
    ).toEqual(['hidden-sign name', 'hidden-sign source', 'hidden-sign entitlements/0/label']);
    const when = { category: ['ok', 'po\u200eor'], channel: ['ph\u2069one'] };
    expect(stages(energy({ rate: '2' }), vat({ when }))).toEqual([
      'hidden-sign stages/1/when/category/1',
      'hidden-sign stages/1/when/channel/0',
    ]);
  });

  test('letters of every script, and joiners that some need, are taken', () => {
    for (const label of ['Énergie', 'الطاقة', 'ऊर्जा', 'می\u200cخواهم', 'क्\u200dष', '😀'])
      expect(stages(energy({ rate: '2', label }))).toEqual([]);
  });
});

describe('prices that are for somebody else', () => {
  const tariff = tariffOf(
    tariffData({
      stages: [
        energy({ rate: '2', when: { category: ['home'] } }),
        energy({ id: 'shop', rate: '3', when: { category: ['shop'], channel: ['counter'] } }),
        perUnitOff('0.5'),
      ],
    }),
  );

  test('an account without a category, or with one that has no price, is named', () => {
    expect(refused(tariff, money(1000))).toEqual({ code: 'state-incomplete', path: 'category' });
    expect(refused(tariff, money(1000), { category: 'farm' })).toEqual({
      code: 'state-incomplete',
      path: 'category',
    });
    expect(quoted(tariff, money(1500), { category: 'home' }).boughtQuantity).toBe(100);
  });

  test('a way of paying that has no price is named where the category has one', () => {
    const onlyShop = tariffOf(
      tariffData({ stages: [energy({ rate: '3', when: { category: ['shop'], channel: ['counter'] } })] }),
    );
    expect(refused(onlyShop, money(1000), { category: 'shop' })).toEqual({
      code: 'state-incomplete',
      path: 'channel',
    });
    expect(refused(onlyShop, money(1000, { channel: 'counter' }))).toEqual({
      code: 'state-incomplete',
      path: 'category',
    });
    expect(quoted(onlyShop, money(3000, { channel: 'counter' }), { category: 'shop' }).boughtQuantity).toBe(
      100,
    );
  });
});
