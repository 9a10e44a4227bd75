import { describe, expect, test } from 'vitest';
import { energy, linesByKey, money, quoted, tariffData, tariffOf } from './testing.ts';
import { parseTariff } from './index.ts';

const percent = (
  id: string,
  rate: string,
  of: unknown,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> => ({
  id,
  kind: 'percent',
  label: id,
  role: 'tax',
  rate,
  method: 'added',
  of,
  ...more,
});

const made = (stages: readonly unknown[], amount: number): Record<string, number> =>
  linesByKey(quoted(tariffOf(tariffData({ stages })), money(amount)));

describe('percentages that lean on each other', () => {
  test('a tax on a levy that is declared after it', () => {
    // 100 units at 1.00: levy 10.00, tax 20 % of 110.00.
    const stages = [
      percent('tax', '20', ['energy', 'levy']),
      percent('levy', '10', ['energy']),
      energy({ rate: '1' }),
    ];
    expect(made(stages, 13_200)).toEqual({ tax: 2200, levy: 1000, energy: 10_000 });
  });

  test('a tax on itself is the tax of gross', () => {
    const self = [energy({ rate: '1' }), percent('tax', '20', ['energy', 'tax'])];
    const gross = [energy({ rate: '1' }), percent('tax', '20', ['energy'], { method: 'of-gross' })];
    // 100 / (1 - 0.2) = 125.
    expect(made(self, 12_500)).toEqual({ energy: 10_000, tax: 2500 });
    expect(made(gross, 12_500)).toEqual({ energy: 10_000, tax: 2500 });
  });

  test('three in a ring, one of them used outside it', () => {
    // a = 0.5 (e + c), b = 0.5 a, c = 0.5 b: a = 0.5 e / (1 - 0.125) = 4/7 e, b = 2/7 e, c = 1/7 e.
    const stages = [
      energy({ rate: '1' }),
      percent('a', '50', ['energy', 'c']),
      percent('b', '50', ['a']),
      percent('c', '50', ['b']),
      percent('d', '10', ['c', 'energy']),
    ];
    // 70 units: a 40, b 20, c 10, d 8.
    expect(made(stages, 14_800)).toEqual({ energy: 7000, a: 4000, b: 2000, c: 1000, d: 800 });
  });

  test('a ring of two, one of which leans on itself as well', () => {
    // a = 0.25 (e + a + b) and b = 0.5 a: 0.75 a = 0.25 e + 0.125 a, so a = 0.4 e and b = 0.2 e.
    const stages = [
      energy({ rate: '1' }),
      percent('a', '25', ['energy', 'a', 'b']),
      percent('b', '50', ['a']),
    ];
    expect(made(stages, 16_000)).toEqual({ energy: 10_000, a: 4000, b: 2000 });
    expect(made([stages[2], stages[1], stages[0]], 16_000)).toEqual({ energy: 10_000, a: 4000, b: 2000 });
  });

  test('a tax on a charge that is known before the units is taken before what remains is shared', () => {
    const stages = [
      { id: 'fee', kind: 'fixed', label: 'Fee', role: 'fee', amount: '10', every: 'purchase' },
      percent('tax', '20', ['fee']),
      percent('tax-on-tax', '50', ['tax']),
      percent('rest', '10', 'remaining', { method: 'of-gross' }),
      energy({ rate: '1' }),
    ];
    // 100 - 10 - 2 - 1 = 87, of which 8.70.
    expect(made(stages, 10_000)).toEqual({ fee: 1000, tax: 200, 'tax-on-tax': 100, rest: 870, energy: 7830 });
  });

  test('the base that is shown is what the rate was applied to', () => {
    const stages = [
      energy({ rate: '1' }),
      percent('a', '10', ['energy', 'b']),
      percent('b', '5', ['energy', 'a']),
    ];
    const quote = quoted(tariffOf(tariffData({ stages })), money(11_608));
    const [, a, b] = quote.lines;
    // 100 units: a = 0.105/0.995, b = 0.055/0.995 of 100.
    expect([a?.amountMinor, b?.amountMinor]).toEqual([1055, 553]);
    expect(a?.base).toEqual({ of: 'money', value: '21000/199' });
    expect(b?.base).toEqual({ of: 'money', value: '22000/199' });
  });

  test('a ring that does not end is refused at each of its members', () => {
    const parsed = parseTariff(
      tariffData({
        stages: [energy({ rate: '1' }), percent('a', '100', ['b', 'energy']), percent('b', '100', ['a'])],
      }),
    );
    expect(parsed).toMatchObject({
      ok: false,
      error: [
        { code: 'cycle-does-not-converge', path: 'stages/1/of', params: { line: 'a' } },
        { code: 'cycle-does-not-converge', path: 'stages/2/of', params: { line: 'b' } },
      ],
    });
  });

  test.each([
    ['when', { when: { category: ['x'] } }],
    ['rebate', { rebate: true }],
    ['baseRounding', { baseRounding: { mode: 'down', to: '1' } }],
    ['contained', { method: 'contained' }],
  ])('a member of a ring may not be special: %s', (_, more) => {
    const parsed = parseTariff(
      tariffData({
        stages: [energy({ rate: '1' }), percent('a', '10', ['energy', 'b']), percent('b', '5', ['a'], more)],
      }),
    );
    expect(parsed).toMatchObject({ ok: false, error: [{ code: 'cycle-member-unfit', path: 'stages/2' }] });
  });
});

describe('factors', () => {
  test('contained in lines, and a part of the base', () => {
    const stages = [
      energy({ rate: '1' }),
      percent('tax', '20', ['energy'], { method: 'contained', part: '50' }),
    ];
    // r = 0.2 x 0.5 = 0.1, contained 0.1/1.1 of 110.
    expect(made(stages, 11_000)).toEqual({ energy: 11_000, tax: 1000 });
  });

  test('of gross with a part', () => {
    const stages = [
      energy({ rate: '1' }),
      percent('tax', '40', ['energy'], { method: 'of-gross', part: '50' }),
    ];
    expect(made(stages, 12_500)).toEqual({ energy: 10_000, tax: 2500 });
  });

  test('a base rounded before the rate is applied', () => {
    const stages = [
      energy({ rate: '1.55' }),
      percent('tax', '10', ['energy'], { baseRounding: { mode: 'down', to: '1' } }),
    ];
    // 10 units: 15.50, tax 10 % of 15.
    expect(made(stages, 1700)).toEqual({ energy: 1550, tax: 150 });
  });

  test('a rebate lowers the price', () => {
    const stages = [energy({ rate: '1' }), percent('off', '20', ['energy'], { rebate: true })];
    expect(made(stages, 8000)).toEqual({ energy: 10_000, off: -2000 });
  });

  test('a rebate in whole rands: the most units that the money pays for, though fewer may cost more', () => {
    const whole = { rebate: true, rounding: { mode: 'half-up', to: '1' } };
    const stages = [energy({ rate: '1' }), percent('off', '20', ['energy'], whole)];
    // 11.6 units cost 9.60, 12.4 cost 10.40, 12.5 cost 9.50, 12.6 cost 9.60, 12.7 cost 9.70.
    expect(made(stages, 960)).toEqual({ energy: 1260, off: -300 });
    expect(made(stages, 949)).toEqual({ energy: 1140, off: -200 });
  });

  test('per-unit and fixed rebates', () => {
    const stages = [
      {
        id: 'gift',
        kind: 'fixed',
        label: 'Gift',
        role: 'subsidy',
        amount: '5',
        every: { months: 1 },
        rebate: true,
      },
      energy({ rate: '1' }),
      { ...energy({ rate: '0.2' }), id: 'subsidy', rebate: true },
    ];
    // 100 + 5 at 0.80: 131.25 units, 131.2 rounded down cost 104.96.
    expect(made(stages, 10_000)).toEqual({ gift: -500, energy: 13_120, subsidy: -2624 });
  });
});
