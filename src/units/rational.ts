import { assert } from './result.ts';

/**
 * Exact fractions. `den` is always positive and the fraction is in lowest terms, so two equal values have
 * equal fields. Tariff arithmetic stays in this type until the tariff's own rule rounds it, once per line.
 */
export type Rational = { readonly num: bigint; readonly den: bigint };

export type RoundingMode = 'down' | 'half-up' | 'up';

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** `num / den` in lowest terms. Throws on a zero denominator (a programmer's error). */
export function rational(num: bigint | number, den: bigint | number = 1n): Rational {
  let n = BigInt(num);
  let d = BigInt(den);
  assert(d !== 0n, 'rational denominator is not zero');
  if (d < 0n) [n, d] = [-n, -d];
  const divisor = gcd(n, d);
  return divisor === 1n ? { num: n, den: d } : { num: n / divisor, den: d / divisor };
}

export const ZERO: Rational = { num: 0n, den: 1n };
export const ONE: Rational = { num: 1n, den: 1n };

export function add(a: Rational, b: Rational): Rational {
  return rational(a.num * b.den + b.num * a.den, a.den * b.den);
}

export function subtract(a: Rational, b: Rational): Rational {
  return rational(a.num * b.den - b.num * a.den, a.den * b.den);
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.num * b.num, a.den * b.den);
}

/** Throws when `b` is zero (a programmer's error). */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.num * b.den, a.den * b.num);
}

export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function minimum(a: Rational, b: Rational): Rational {
  return compare(a, b) <= 0 ? a : b;
}

export function maximum(a: Rational, b: Rational): Rational {
  return compare(a, b) >= 0 ? a : b;
}

export function floor(a: Rational): bigint {
  const quotient = a.num / a.den;
  return a.num < 0n && quotient * a.den !== a.num ? quotient - 1n : quotient;
}

export function ceil(a: Rational): bigint {
  return -floor({ num: -a.num, den: a.den });
}

/**
 * To a whole number: `down` is towards minus infinity, `up` towards plus infinity, `half-up` to the nearest
 * with halves towards plus infinity.
 */
export function roundToInteger(a: Rational, mode: RoundingMode): bigint {
  if (mode === 'down') return floor(a);
  if (mode === 'up') return ceil(a);
  return floor(add(a, { num: 1n, den: 2n }));
}

/**
 * Reads a plain decimal such as `12`, `-0.5` or `1.234567`; no exponent, no spaces, no thousands signs.
 * Returns undefined for anything else.
 */
export function parseDecimal(text: string): Rational | undefined {
  const match = /^(-?)(\d{1,30})(?:\.(\d{1,18}))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  const magnitude = rational(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
  return sign ? { num: -magnitude.num, den: magnitude.den } : magnitude;
}

/** Writes a rational with exactly `digits` decimals, rounded half-up; for showing, never for computing. */
export function formatDecimal(a: Rational, digits: number): string {
  const scaled = roundToInteger(multiply(a, rational(10n ** BigInt(digits))), 'half-up');
  const negative = scaled < 0n;
  const text = (negative ? -scaled : scaled).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const fraction = digits === 0 ? '' : `.${text.slice(text.length - digits)}`;
  return `${negative ? '-' : ''}${whole}${fraction}`;
}
