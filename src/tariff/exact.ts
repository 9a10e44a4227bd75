import { rational, type Rational, type RoundingMode } from '../units/index.ts';
import type { RoundingRule } from './schema.ts';

const { add, divide, multiply, parseDecimal, roundToInteger } = rational;

export const HUNDRED = rational.rational(100);

/** The value of a decimal that the schema has already accepted. */
export function decimal(text: string): Rational {
  const value = parseDecimal(text);
  if (!value) throw new Error(`not a decimal: ${text}`);
  return value;
}

export const whole = (value: number | bigint): Rational => rational.rational(value);

export function sum(values: readonly Rational[]): Rational {
  return values.reduce(add, rational.ZERO);
}

export const isPositive = (value: Rational): boolean => value.num > 0n;
export const isNegative = (value: Rational): boolean => value.num < 0n;

/** A rounding rule ready for use: `step` in the unit of the figures that it will round. */
export type Rounding = { readonly mode: RoundingMode; readonly step: Rational };

/** A rule about figures of which `perUnit` make one of the rule's own unit, such as 100 cents to the rand. */
export function roundingOf(rule: RoundingRule, perUnit: Rational): Rounding {
  return { mode: rule.mode, step: multiply(decimal(rule.to), perUnit) };
}

export function roundTo(value: Rational, rounding: Rounding): Rational {
  return multiply(whole(roundToInteger(divide(value, rounding.step), rounding.mode)), rounding.step);
}

/** A whole number that fits: `value` is known to be one. */
export function toNumber(value: Rational): number {
  const number = Number(value.num);
  if (value.den !== 1n || !Number.isSafeInteger(number)) throw new Error('not a safe whole number');
  return number;
}

/** `12345` or `98765/43`. */
export function fractionText(value: Rational): string {
  return value.den === 1n ? value.num.toString() : `${value.num}/${value.den}`;
}

/** The shortest exact writing: a decimal of at most eight places, else a fraction. */
export function exactText(value: Rational): string {
  const scaled = multiply(value, whole(100_000_000));
  if (scaled.den !== 1n) return fractionText(value);
  const text = rational.formatDecimal(value, 8);
  return text.replace(/\.?0+$/u, '');
}
