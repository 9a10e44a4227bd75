import { assert, err, ok, type Result } from './result.ts';

declare const amountBrand: unique symbol;
/** A whole number of a currency's smallest unit (cents, or the unit itself where there are none). */
export type AmountMinor = number & { readonly [amountBrand]: true };

export type Currency = {
  /** ISO 4217 code. */
  readonly code: string;
  readonly minorDigits: 0 | 1 | 2 | 3;
  /** The smallest coin or note: cash totals are multiples of it. At least 1. */
  readonly cashStepMinor: number;
};

/** Largest amount that any single figure may have: sums of a million of them stay exact. */
export const MAX_AMOUNT_MINOR = 9_000_000_000;

/** Brands a whole number. Throws unless it is a safe integer (a programmer's error). */
export function amountMinor(value: number): AmountMinor {
  assert(Number.isSafeInteger(value), `amount is a safe integer, got ${value}`);
  return (value === 0 ? 0 : value) as AmountMinor;
}

export type AmountError =
  | { readonly code: 'amount-empty' }
  | { readonly code: 'amount-not-a-number'; readonly text: string }
  | { readonly code: 'amount-too-precise'; readonly minorDigits: number }
  | { readonly code: 'amount-negative' }
  | { readonly code: 'amount-zero' }
  | { readonly code: 'amount-too-large'; readonly maximumMinor: number };

/**
 * What a person typed as money: digits, optionally one dot or comma and up to the currency's minor digits;
 * spaces are ignored. Zero and negative amounts are refused by name.
 */
export function parseAmount(text: string, currency: Currency): Result<AmountMinor, AmountError> {
  const clean = text.replace(/[\s\u00a0\u202f]/gu, '');
  if (clean === '') return err({ code: 'amount-empty' });
  const match = /^([-−]?)(\d+)(?:[.,](\d*))?$/u.exec(clean);
  if (!match) return err({ code: 'amount-not-a-number', text: text.slice(0, 40) });
  const [, sign, whole = '', fraction = ''] = match;
  if (sign) return err({ code: 'amount-negative' });
  if (fraction.length > currency.minorDigits) {
    return err({ code: 'amount-too-precise', minorDigits: currency.minorDigits });
  }
  const minor = BigInt(whole + fraction.padEnd(currency.minorDigits, '0'));
  if (minor > BigInt(MAX_AMOUNT_MINOR))
    return err({ code: 'amount-too-large', maximumMinor: MAX_AMOUNT_MINOR });
  if (minor === 0n) return err({ code: 'amount-zero' });
  return ok(amountMinor(Number(minor)));
}

/** Plain text such as `1234.50`, a dot as the sign and no grouping: for receipts' data, files and tests. */
export function amountToText(amount: AmountMinor, currency: Currency): string {
  const magnitude = Math.abs(amount)
    .toString()
    .padStart(currency.minorDigits + 1, '0');
  const split = magnitude.length - currency.minorDigits;
  const fraction = currency.minorDigits === 0 ? '' : `.${magnitude.slice(split)}`;
  return `${amount < 0 ? '-' : ''}${magnitude.slice(0, split)}${fraction}`;
}
