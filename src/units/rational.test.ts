import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  ceil,
  compare,
  divide,
  floor,
  formatDecimal,
  multiply,
  parseDecimal,
  rational,
  roundToInteger,
  subtract,
  type Rational,
} from './rational.ts';

const fraction = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 12n }))
  .map(([num, den]) => rational(num, den));
const same = (a: Rational, b: Rational): void => expect(a).toEqual(b);

describe('exact fractions', () => {
  it('obey the laws of arithmetic', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        same(add(a, b), add(b, a));
        same(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)));
        same(subtract(add(a, b), b), a);
        if (b.num !== 0n) same(multiply(divide(a, b), b), a);
        expect(compare(a, b)).toBe(-compare(b, a) || 0);
      }),
    );
  });

  it('round to the whole number on the right side', () => {
    fc.assert(
      fc.property(fraction, (a) => {
        const down = rational(floor(a));
        const up = rational(ceil(a));
        expect(compare(down, a)).not.toBe(1);
        expect(compare(a, up)).not.toBe(1);
        expect(ceil(a) - floor(a)).toBe(a.den === 1n ? 0n : 1n);
        const nearest = roundToInteger(a, 'half-up');
        const distance = subtract(rational(nearest), a);
        expect(compare(distance, rational(1n, 2n))).not.toBe(1);
        expect(compare(distance, rational(-1n, 2n))).toBe(1);
      }),
    );
  });

  it.each([
    ['2.5', 3n],
    ['-2.5', -2n],
    ['2.499999', 2n],
    ['-0.5', 0n],
  ])('half of %s goes up to %s', (text, whole) => {
    expect(roundToInteger(parseDecimal(text)!, 'half-up')).toBe(whole);
  });
});

describe('decimal text', () => {
  it('is read exactly and written back', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
        fc.integer({ min: 0, max: 6 }),
        (scaled, digits) => {
          const value = rational(scaled, 10n ** BigInt(digits));
          same(parseDecimal(formatDecimal(value, digits))!, value);
        },
      ),
    );
  });

  it.each(['', '.', '1.', '.5', '1e3', ' 1', '1 000', '0x1', '--1', '1,5', '١', 'NaN'])(
    '%j is no plain decimal',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined();
    },
  );
});
