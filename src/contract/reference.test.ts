import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsCardNumber, parseReference } from './reference.ts';

/** Card numbers that the networks publish for tests. */
const TEST_CARDS = [
  '4111111111111111',
  '4222222222222',
  '5555555555554444',
  '2223003122003222',
  '378282246310005',
  '30569309025904',
  '6011111111111117',
  '3530111333300000',
  '6304000000000000',
];

describe('a payment’s reference', () => {
  it.each([
    [' qk7 abc ', 'QK7ABC'],
    ['\tQK7\u00a0ABC\n', 'QK7ABC'],
    ['mp220101.1234/a', 'MP220101.1234/A'],
    ['٠٠٩٨١', '00981'],
    ['۱۲۳', '123'],
    ['ＱＫ７', 'QK7'],
    ['a\u200e\u202eb', 'AB'],
    ['000123456789', '000123456789'],
  ])('%j is kept as %j', (text, kept) => {
    expect(parseReference(text)).toEqual({ ok: true, value: kept });
  });

  it.each([
    ['   ', 'reference-missing'],
    ['a;b', 'reference-signs'],
    ['мтс', 'reference-signs'],
    ['x'.repeat(41), 'reference-too-long'],
  ])('%j is refused as %s', (text, code) => {
    expect(parseReference(text)).toMatchObject({ ok: false, error: { code } });
  });

  it.each(TEST_CARDS)('is never a card’s number: %s', (card) => {
    const groups = card.replace(/(\d{4})(?=\d)/gu, '$1 ');
    const arabic = card.replace(/\d/gu, (digit) => String.fromCodePoint(0x0660 + Number(digit)));
    for (const text of [card, groups, groups.replaceAll(' ', '-'), arabic, `SLIP ${groups} ok`, `a${card}z`])
      expect(parseReference(text), text).toEqual({ ok: false, error: { code: 'reference-card-number' } });
    // Hidden in a longer row of digits.
    expect(holdsCardNumber(`00${card}7`)).toBe(true);
  });

  it('takes other numbers of a card’s length: one changed digit is no card', () => {
    expect(parseReference('4111111111111112').ok).toBe(true);
    expect(parseReference('123456789012').ok).toBe(true);
  });

  it('takes its own words again, and nothing that hides a valid number in separators', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 45 }), (text) => {
        const parsed = parseReference(text);
        if (parsed.ok) expect(parseReference(` ${parsed.value.toLowerCase()} `)).toEqual(parsed);
      }),
    );
    const withCheckDigit = (body: string): string =>
      `${body}${[...'0123456789'].find((digit) => luhnSum(body + digit) % 10 === 0) ?? ''}`;
    const body = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 });
    fc.assert(
      fc.property(body, fc.constantFrom('', ' ', '-', '.', ' / '), (digits, separator) => {
        const card = withCheckDigit(digits.join(''));
        expect(holdsCardNumber([...card].join(separator))).toBe(true);
      }),
    );
  });
});

/** The check of ISO/IEC 7812-1 once more, by its table of doubled digits. */
function luhnSum(digits: string): number {
  const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
  return [...digits]
    .toReversed()
    .reduce((sum, digit, place) => sum + (place % 2 === 1 ? doubled[Number(digit)]! : Number(digit)), 0);
}
