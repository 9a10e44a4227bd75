import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountMinor, amountToText, MAX_AMOUNT_MINOR, parseAmount, type Currency } from './money.ts';

const currencies: readonly Currency[] = [
  { code: 'JPY', minorDigits: 0, cashStepMinor: 1 },
  { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
  { code: 'KWD', minorDigits: 3, cashStepMinor: 5 },
];

describe('an amount that a person typed', () => {
  it.each(currencies)('comes back from its text in $code', (currency) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_AMOUNT_MINOR }), (minor) => {
        const text = amountToText(amountMinor(minor), currency);
        expect(parseAmount(text, currency)).toEqual({ ok: true, value: minor });
        expect(parseAmount(text.replace('.', ','), currency)).toEqual({ ok: true, value: minor });
      }),
    );
  });

  const zar = currencies[1]!;
  it.each([
    ['100', 10_000],
    ['100.5', 10_050],
    ['100.', 10_000],
    ['1 000', 100_000],
    ['1\u00a0000,05', 100_005],
    ['0.01', 1],
    ['00012', 1_200],
  ])('%s is %i cents', (text, minor) => {
    expect(parseAmount(text, zar)).toEqual({ ok: true, value: minor });
  });

  it.each([
    ['', 'amount-empty'],
    ['  ', 'amount-empty'],
    ['0', 'amount-zero'],
    ['0.00', 'amount-zero'],
    ['-5', 'amount-negative'],
    ['−5', 'amount-negative'],
    ['ten', 'amount-not-a-number'],
    ['1e3', 'amount-not-a-number'],
    ['1.2.3', 'amount-not-a-number'],
    ['.5', 'amount-not-a-number'],
    ['٥٠', 'amount-not-a-number'],
    ['NaN', 'amount-not-a-number'],
    ['Infinity', 'amount-not-a-number'],
    ['0x10', 'amount-not-a-number'],
    ['1.001', 'amount-too-precise'],
    ['90000000.01', 'amount-too-large'],
    ['9'.repeat(500), 'amount-too-large'],
  ])('%s is refused as %s', (text, code) => {
    expect(parseAmount(text, zar)).toMatchObject({ ok: false, error: { code } });
  });

  it('has its fraction refused where the currency has none', () => {
    expect(parseAmount('1.0', currencies[0]!)).toEqual({
      ok: false,
      error: { code: 'amount-too-precise', minorDigits: 0 },
    });
  });
});

describe('an amount as text', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [123_456, '1234.56'],
  ])('%i cents are %s', (minor, text) => {
    expect(amountToText(amountMinor(minor), currencies[1]!)).toBe(text);
  });

  it('is never made of something that is no whole number', () => {
    for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
      expect(() => amountMinor(wrong)).toThrow(/safe integer/u);
  });
});
