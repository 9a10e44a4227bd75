import { assert } from '../units/index.ts';

/**
 * The Luhn check digit (mod 10) of a payload of decimal digits: from the right, every first, third, fifth…
 * digit counts double, and a doubled digit above nine counts nine less. Throws when the payload is not digits.
 */
export function luhnCheckDigit(payload: string): number {
  assert(/^[0-9]+$/u.test(payload), 'a check digit is computed over digits');
  let sum = 0;
  for (let fromRight = 0; fromRight < payload.length; fromRight += 1) {
    const digit = Number(payload[payload.length - 1 - fromRight]);
    const weighted = fromRight % 2 === 0 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return (10 - (sum % 10)) % 10;
}
