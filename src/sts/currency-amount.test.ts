import { describe, expect, it } from 'vitest';
import { decodeCurrencyAmount, encodeCurrencyAmount, parseCurrencyAmount } from './currency-amount.ts';

describe('encodeCurrencyAmount', () => {
  it.each([
    [0n, 0, 0],
    [1n, 0, 1],
    [-1n, 8, 1],
    [16_383n, 0, 0x3fff],
    [-16_383n, 8, 0x3fff],
    [16_384n, 0, 0x4000],
    [-16_384n, 8, 0x4000],
    [16_385n, 0, 0x4001],
    [-16_385n, 8, 0x4000],
    [-16_393n, 8, 0x4000],
    [-16_394n, 8, 0x4001],
    [180_215n, 0, 0x8000],
    [-180_223n, 8, 0x7fff],
    [-180_224n, 8, 0x8000],
    [100_000n, 0, 0x60aa],
    [-100_000n, 8, 0x60a9],
    [18_022_400_000n, 1, 0xbf4a],
    [-18_022_400_000n, 9, 0xbf49],
  ])('%s is %i and %i', (amount, signExponent, field) => {
    expect(encodeCurrencyAmount(amount)).toEqual({ ok: true, value: { signExponent, amount: field } });
  });

  const largest = 16_383n * 10n ** 31n + (16_384n * (10n ** 31n - 1n)) / 9n;

  it('reaches the largest magnitude, either way, and not further', () => {
    expect(encodeCurrencyAmount(largest)).toEqual({ ok: true, value: { signExponent: 7, amount: 0xffff } });
    expect(encodeCurrencyAmount(-largest)).toEqual({ ok: true, value: { signExponent: 15, amount: 0xffff } });
    for (const beyond of [largest + 1n, -largest - 1n]) {
      expect(encodeCurrencyAmount(beyond)).toEqual({
        ok: false,
        error: { code: 'currency-amount-too-large', maximum: largest },
      });
    }
  });

  it('rounds towards plus infinity by less than one step, and exact values stay', () => {
    for (let exponent = 0; exponent < 32; exponent += 1) {
      for (const mantissa of [0, 1, 8000, 16_383]) {
        const code = { signExponent: exponent >> 2, amount: ((exponent & 3) << 14) | mantissa };
        const value = decodeCurrencyAmount(code);
        expect(encodeCurrencyAmount(value)).toEqual({ ok: true, value: code });
        if (value > 0n) {
          const below = encodeCurrencyAmount(value - 1n);
          expect(below.ok && decodeCurrencyAmount(below.value) >= value - 1n).toBe(true);
          const negative = encodeCurrencyAmount(-value);
          expect(negative).toEqual({ ok: true, value: { ...code, signExponent: code.signExponent + 8 } });
        }
      }
    }
  });
});

describe('decodeCurrencyAmount', () => {
  it.each([
    [{ signExponent: 0, amount: 0x60aa }, 100_004n],
    [{ signExponent: 8, amount: 0x60a9 }, -99_994n],
    [{ signExponent: 7, amount: 0xc000 }, 18_204_444_444_444_444_444_444_444_444_442_624n],
    [{ signExponent: 15, amount: 0xc000 }, -18_204_444_444_444_444_444_444_444_444_442_624n],
  ])('%j', (code, amount) => {
    expect(decodeCurrencyAmount(code)).toBe(amount);
  });

  it.each([
    [{ signExponent: 16, amount: 0 }, 'sign and exponent have four bits'],
    [{ signExponent: -1, amount: 0 }, 'sign and exponent have four bits'],
    [{ signExponent: 0, amount: 65_536 }, 'an amount field has 16 bits'],
    [{ signExponent: 0, amount: -1 }, 'an amount field has 16 bits'],
  ])('throws for %j', (code, message) => {
    expect(() => decodeCurrencyAmount(code)).toThrow(message);
  });
});

describe('parseCurrencyAmount', () => {
  it.each([
    ['0', 0n],
    ['1', 100_000n],
    ['-1', -100_000n],
    ['12.5', 1_250_000n],
    ['-0.00001', -1n],
    ['0.12345', 12_345n],
    ['1820444444444444444444444444444.42624', 182_044_444_444_444_444_444_444_444_444_442_624n],
  ])('%s', (text, amount) => {
    expect(parseCurrencyAmount(text)).toBe(amount);
  });

  it.each(['', '-', '1.', '.5', '1.000001', '1,5', '+1', ' 1', '1 ', '1e3', '--1', '1'.repeat(41)])(
    '%j is none',
    (text) => {
      expect(parseCurrencyAmount(text)).toBeUndefined();
    },
  );
});
