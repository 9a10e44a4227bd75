import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leftAndRight, wrapWords } from './wrap.ts';

describe('wrapping', () => {
  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['a bcdefghij', 4, ['a', 'bcde', 'fghi', 'j']],
    ['SGC\u00a0123456 KRN\u00a01', 12, ['SGC 123456', 'KRN 1']],
    ['  spaced   out  ', 20, ['spaced out']],
    ['', 5, []],
  ])('%j in %i', (text, width, lines) => {
    expect(wrapWords(text, width)).toEqual(lines);
  });

  it('keeps every character but the spaces, in no more than the width', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\u00a0', 'é'), maxLength: 80 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 48 }), (text, width) => {
        const lines = wrapWords(text, width);
        expect(lines.every((line) => line.length > 0 && line.length <= width)).toBe(true);
        expect(lines.join('').replace(/[ \u00a0]/gu, '')).toBe(text.replace(/[ \u00a0]/gu, ''));
      }),
    );
  });
});

describe('a label and a value', () => {
  it.each([
    ['VAT', '11.74', 12, ['VAT    11.74']],
    ['Debt, 10 % of purchase', '10.00', 16, ['Debt, 10 % of', 'purchase   10.00']],
    ['Twelve chars', '1234.50', 16, ['Twelve chars', '         1234.50']],
    ['', '5.00', 8, ['    5.00']],
    ['Sale', 'ABCD EFGH IJKL', 10, ['Sale', ' ABCD EFGH', '      IJKL']],
  ])('%j %j in %i', (left, right, width, lines) => {
    expect(leftAndRight(left, right, width)).toEqual(lines);
  });

  it('ends every value at the right edge', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 90 });
    const value = fc.integer({ min: 0, max: 999_999_999 }).map(String);
    fc.assert(
      fc.property(words, value, fc.constantFrom(32, 42, 48), (left, right, width) => {
        const lines = leftAndRight(left, right, width);
        expect(lines.at(-1)).toHaveLength(width);
        expect(lines.at(-1)?.endsWith(right)).toBe(true);
        expect(lines.every((line) => line.length <= width)).toBe(true);
      }),
    );
  });
});
