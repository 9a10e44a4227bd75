import { describe, expect, test } from 'vitest';
import { lastThatFits } from './solve.ts';
import { energy, linesByKey, money, quoted, tariffData, tariffOf, units } from './testing.ts';

describe('the last number that fits', () => {
  const guesses = [0n, 1n, 2n, 41n, 42n, 43n, 44n, 50n, 1000n, 1_000_000n];

  test.each(guesses)('from a guess of %i', (guess) => {
    for (const last of [0n, 1n, 2n, 42n, 43n, 999n]) {
      const asked: bigint[] = [];
      const fits = (value: bigint): boolean => {
        asked.push(value);
        return value <= last;
      };
      expect(lastThatFits(guess, fits)).toBe(last);
      expect(asked.length).toBeLessThan(50);
      expect(asked.every((value) => value > 0n)).toBe(true);
    }
  });

  test('a good guess asks little', () => {
    let asked = 0;
    lastThatFits(1_000_000n, (value) => {
      asked += 1;
      return value <= 1_000_003n;
    });
    expect(asked).toBeLessThanOrEqual(5);
  });
});

describe('charges with edges of their own', () => {
  const levy = (id: string, window: string, upTo: string): Record<string, unknown> => ({
    ...energy({ window, blocks: [{ upTo, rate: '1' }, { rate: '3' }] }),
    id,
  });
  const tariff = tariffOf(
    tariffData({
      windows: { month: { every: { months: 1 } }, year: { every: { months: 12 } } },
      stages: [levy('late', 'month', '30'), levy('early', 'year', '20'), energy({ rate: '1' })],
    }),
  );

  test.each([
    // Up to 10 units 3.00 a unit, up to 30 units 5.00 (the year has used 10 of 20), beyond 7.00.
    [3000, 100, { 'late/1': 1000, 'early/1': 1000, energy: 1000 }],
    [8000, 200, { 'late/1': 2000, 'early/1': 1000, 'early/2': 3000, energy: 2000 }],
    [14_400, 320, { 'late/1': 3000, 'late/2': 600, 'early/1': 1000, 'early/2': 6600, energy: 3200 }],
  ])('%i buys %i tenths', (amount, quantity, lines) => {
    const year = { startedOn: '2026-01-01', quantity: 100 };
    const made = quoted(tariff, money(amount), { windows: { year } });
    expect([made.boughtQuantity, linesByKey(made), made.carriedMinor]).toEqual([quantity, lines, 0]);
  });

  test('units that are used up already leave no edge behind', () => {
    const used = {
      windows: {
        month: { startedOn: '2026-11-01', quantity: 300 },
        year: { startedOn: '2026-01-01', quantity: 200 },
      },
    };
    const made = quoted(tariff, money(7000), used);
    expect(made.exactQuantity).toBe('100');
    expect(linesByKey(made)).toEqual({ 'late/2': 3000, 'early/2': 3000, energy: 1000 });
    expect(quoted(tariff, units(100), used).amountMinor).toBe(7000);
  });
});

test('half a cent in every line: the most units whose rounded lines fit, whichever way the exact ones err', () => {
  const rounded = (mode: string): ReturnType<typeof tariffOf> =>
    tariffOf(
      tariffData({
        lineRounding: { mode, to: '1' },
        stages: [energy({ rate: '1.25' }), { ...energy({ rate: '0.75' }), id: 'levy' }],
      }),
    );
  // Up: 8.0 units cost 10 + 6 and 8.1 cost 11 + 7. Down: 7.9 cost 9 + 5, 8.7 cost 10 + 6 and 8.8 cost 11 + 6.
  expect(quoted(rounded('up'), money(1700)).boughtQuantity).toBe(80);
  expect(quoted(rounded('down'), money(1600)).boughtQuantity).toBe(87);
  expect(quoted(rounded('up'), money(1599)).boughtQuantity).toBe(72);
});
