import { expect, test } from 'vitest';
import { rational } from '../units/index.ts';
import { decimal, exactText, fractionText, roundingOf, roundTo, sum, toNumber, whole } from './exact.ts';

test('decimals and sums are exact', () => {
  expect(decimal('12.50')).toEqual(rational.rational(25, 2));
  expect(() => decimal('twelve')).toThrow('not a decimal: twelve');
  expect(sum([decimal('0.1'), decimal('0.2')])).toEqual(decimal('0.3'));
  expect(sum([])).toEqual(rational.ZERO);
});

test('a rule about money rounds minor units', () => {
  const rounding = roundingOf({ mode: 'half-up', to: '0.05' }, whole(100));
  expect(roundTo(decimal('12.5'), rounding)).toEqual(whole(15));
  expect(roundTo(decimal('12.4'), rounding)).toEqual(whole(10));
});

test('texts are exact and short', () => {
  expect(exactText(decimal('86.80'))).toBe('86.8');
  expect(exactText(whole(100))).toBe('100');
  expect(exactText(whole(0))).toBe('0');
  expect(exactText(rational.rational(-1, 3))).toBe('-1/3');
  expect(exactText(rational.rational(1, 100_000_000))).toBe('0.00000001');
  expect(fractionText(whole(7))).toBe('7');
  expect(fractionText(rational.rational(7, 3))).toBe('7/3');
});

test('only whole numbers that fit become numbers', () => {
  expect(toNumber(whole(-3))).toBe(-3);
  expect(() => toNumber(rational.rational(1, 2))).toThrow('not a safe whole number');
  expect(() => toNumber(whole(2n ** 53n))).toThrow('not a safe whole number');
});
