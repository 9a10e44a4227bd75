import { err, latinDigits, ok, type Result } from '../units/index.ts';

export const LONGEST_REFERENCE = 40;

export type ReferenceFault =
  | { readonly code: 'reference-missing' }
  | { readonly code: 'reference-too-long'; readonly longest: number }
  | { readonly code: 'reference-signs' }
  /** Says nothing of what was typed: no card's number may stand anywhere. */
  | { readonly code: 'reference-card-number' };

/**
 * A payment's reference as it is compared and kept: without spaces, in capitals, its digits 0 to 9. Letters,
 * digits and `- / . _ # : +` may stand in it. Refuses what passes as the number of a payment card.
 */
export function parseReference(text: string): Result<string, ReferenceFault> {
  const plain = latinDigits(text.normalize('NFKC'))
    .replace(/[\s\p{Cc}\p{Cf}]/gu, '')
    .toUpperCase();
  if (plain === '') return err({ code: 'reference-missing' });
  if (holdsCardNumber(plain)) return err({ code: 'reference-card-number' });
  if (!/^[0-9A-Z\-/._#:+]+$/u.test(plain)) return err({ code: 'reference-signs' });
  if (plain.length > LONGEST_REFERENCE)
    return err({ code: 'reference-too-long', longest: LONGEST_REFERENCE });
  return ok(plain);
}

/** Lengths of a payment card's number, ISO/IEC 7812-1. */
const SHORTEST_CARD = 13;
const LONGEST_CARD = 19;

/**
 * Whether a run of digits, its separators taken out, is a card's number: 13 to 19 digits with the right last one
 * (ISO/IEC 7812-1, annex B), or such a number of a known issuer inside a longer run. A run of other digits that
 * long is refused one time in ten: a cashier then takes the payment's other number.
 */
export function holdsCardNumber(text: string): boolean {
  const runs = text.match(/\d(?:[^\p{L}\d]*\d)*/gu) ?? [];
  return runs.some((run) => {
    const digits = run.replace(/\D/gu, '');
    if (digits.length >= SHORTEST_CARD && digits.length <= LONGEST_CARD && hasCheckDigit(digits)) return true;
    return ISSUERS.some(({ begins, lengths }) => lengths.some((length) => anyInside(digits, length, begins)));
  });
}

/** How the large networks' numbers begin, and how long they are. */
const ISSUERS: readonly { readonly begins: RegExp; readonly lengths: readonly number[] }[] = [
  { begins: /^4/u, lengths: [13, 16, 19] },
  { begins: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/u, lengths: [16] },
  { begins: /^3[47]/u, lengths: [15] },
  { begins: /^(?:30[0-5]|3[689])/u, lengths: [14] },
  { begins: /^(?:6011|64[4-9]|65|62|35|506[01]|6304|6759|676[1-3])/u, lengths: [16, 18, 19] },
];

function anyInside(digits: string, length: number, begins: RegExp): boolean {
  for (let start = 0; start + length <= digits.length; start += 1) {
    const part = digits.slice(start, start + length);
    if (begins.test(part) && hasCheckDigit(part)) return true;
  }
  return false;
}

/** The Luhn check: every second digit from the right doubled, the digits of all added, a multiple of ten. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
