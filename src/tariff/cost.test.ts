import { describe, expect, test } from 'vitest';
import { MAX_AMOUNT_MINOR } from '../units/index.ts';
import { contextOf, type Context } from './context.ts';
import { amountFor, smallestAmount } from './cost.ts';
import { emptyState, type AccountState } from './index.ts';
import { unitsFor } from './purchase.ts';
import { AT, energy, tariffData, tariffOf } from './testing.ts';

type Parts = Readonly<Record<string, unknown>>;

function contextFor(stages: readonly unknown[], state: Partial<AccountState> = {}): Context {
  const made = contextOf(tariffOf(tariffData({ stages })), { ...emptyState(AT), ...state }, undefined, AT);
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

const fixed = (id: string, parts: Parts = {}): Parts => ({
  id,
  kind: 'fixed',
  label: id,
  role: 'fee',
  amount: '0.05',
  every: 'purchase',
  ...parts,
});
const share = (id: string, rate: string, mode: string): Parts => ({
  id,
  kind: 'percent',
  label: id,
  role: 'fee',
  rate,
  method: 'of-gross',
  of: 'amount',
  rounding: { mode, to: '0.01' },
});

/** The amounts that a search asks about, in their order. */
function searched(context: Context, step: number, enough: (amount: number) => boolean) {
  const asked: number[] = [];
  const found = smallestAmount(context, step, (amount) => {
    asked.push(amount);
    return enough(amount);
  });
  return { found, asked };
}

describe('the search for the smallest amount', () => {
  const plain = contextFor([energy({ rate: '2' }), fixed('a'), fixed('b')]);

  test.each([1, 7, 10])(
    'in steps of %i, from below, asking one amount twice at most and none far above',
    (step) => {
      for (const least of [1, 2, 3, 9, 10, 11, 4095, 4096, 4097, 1_000_000]) {
        const { found, asked } = searched(plain, step, (amount) => amount >= least);
        expect(found).toBe(Math.ceil(least / step) * step);
        expect(asked.length - new Set(asked).size).toBeLessThanOrEqual(1);
        expect(asked.every((amount) => amount > 0 && amount % step === 0)).toBe(true);
        expect(Math.max(...asked)).toBeLessThanOrEqual(2 * (least + step));
        expect(asked.length).toBeLessThan(50);
      }
    },
  );

  test('one share of the amount cannot tick up alone: little is asked then too', () => {
    const context = contextFor([share('a', '30', 'up'), energy({ rate: '2' })]);
    const { found, asked } = searched(context, 1, (amount) => amount >= 777);
    expect(found).toBe(777);
    expect(asked.length - new Set(asked).size).toBeLessThanOrEqual(1);
  });

  test('the largest amount is the last that is asked about', () => {
    for (const step of [1, 7]) {
      const { found, asked } = searched(plain, step, () => false);
      expect(found).toBeUndefined();
      expect(Math.max(...asked)).toBe(Math.floor(MAX_AMOUNT_MINOR / step) * step);
    }
    expect(searched(plain, 1, (amount) => amount === MAX_AMOUNT_MINOR).found).toBe(MAX_AMOUNT_MINOR);
  });
});

describe('ranges of amounts', () => {
  const above = (id: string, edge: string): Parts => fixed(id, { when: { amount: { above: edge } } });

  test('the last amount before a duty is found, although more is too little again', () => {
    const context = contextFor([above('dear', '500'), above('first', '100'), energy({ rate: '2' })]);
    const window = (from: number, to: number, again: number) => (amount: number) =>
      (amount >= from && amount <= to) || amount >= again;
    expect(searched(context, 1, window(9950, 10_000, 10_600)).found).toBe(9950);
    expect(searched(context, 1, window(49_000, 50_000, 90_000)).found).toBe(49_000);
    expect(searched(context, 10, window(9991, 10_000, 10_600)).found).toBe(10_000);
    const just = searched(context, 1, (amount) => amount >= 10_003);
    expect(just.found).toBe(10_003);
    // Beyond an edge the search starts small again.
    expect(Math.max(...just.asked)).toBeLessThanOrEqual(10_008);
  });

  test('edges of nothing, and beyond every amount, are none', () => {
    const context = contextFor([above('all', '0'), above('none', '99999999'), energy({ rate: '2' })]);
    const { found, asked } = searched(context, 1, () => false);
    expect(found).toBeUndefined();
    expect(Math.min(...asked)).toBe(1);
    expect(Math.max(...asked)).toBe(MAX_AMOUNT_MINOR);
  });
});

describe('shares that tick up together', () => {
  const tariffs = [
    ['three thirds', [share('a', '20', 'up'), share('b', '20', 'up'), share('c', '20', 'up')]],
    ['halves', [share('a', '25', 'half-up'), share('b', '25', 'half-up'), share('c', '12.5', 'half-up')]],
  ] as const;

  test.each(tariffs)('%s: no smaller amount buys as much', (_name, shares) => {
    const context = contextFor([...shares, energy({ rate: '0.05' })]);
    for (const step of [1, 3]) {
      let first = step;
      for (let quantity = 1; quantity <= 40; quantity += 1) {
        while (unitsFor(context, first) < quantity) first += step;
        expect(amountFor(context, step, quantity), `${quantity} in steps of ${step}`).toBe(first);
      }
    }
  });

  test('amounts that leave too little are not asked about', () => {
    const context = contextFor([...tariffs[0][1], energy({ rate: '0.05' })]);
    const { asked } = searched(context, 1, (amount) => unitsFor(context, amount) >= 400);
    expect(asked.length).toBeLessThan(60);
  });
});
