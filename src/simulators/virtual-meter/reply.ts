import type { MeterTest, TokenError } from '../../sts/index.ts';
import type { Resource } from '../../units/index.ts';

/** One line of what a class 1 token makes a meter show. */
export type Reading = { readonly test: MeterTest; readonly value: string | number | boolean };

/** Why a meter refuses, beyond what decoding alone can tell. */
export type MeterRefusal =
  | TokenError
  /** The credit would exceed what the register holds. */
  | { readonly code: 'OverflowError'; readonly resource: Resource }
  /** Too many refusals: the keypad rests. */
  | { readonly code: 'lockout-active'; readonly remainingMs: number }
  /** A tampered meter takes no credit; a keypad without its link reaches no meter. */
  | { readonly code: 'not-ready'; readonly reason: 'tampered' | 'no-link' };

/** What a meter shows after a token, under the standard's result names. */
export type MeterReply =
  | { readonly result: 'Accept'; readonly effect: MeterEffect }
  | { readonly result: '1stKCT' | '2ndKCT' | '3rdKCT' | '4thKCT' }
  | { readonly result: 'refused'; readonly error: MeterRefusal };

/** What a token did. */
export type MeterEffect =
  | {
      readonly kind: 'credit';
      readonly resource: Resource;
      readonly tenths: number;
      readonly balanceTenths: number;
    }
  /** Hundred-thousandths of the base currency unit, as decimal text. */
  | {
      readonly kind: 'currency-credit';
      readonly resource: Resource;
      readonly amount: string;
      readonly balance: string;
    }
  | { readonly kind: 'readings'; readonly readings: readonly Reading[] }
  | { readonly kind: 'set' }
  | { readonly kind: 'credit-cleared' }
  | { readonly kind: 'tamper-cleared' }
  | { readonly kind: 'key-changed'; readonly rollOver: boolean };
