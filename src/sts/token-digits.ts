import { assert, err, ok, type Result } from '../units/index.ts';
import { cleanTypedDigits, type TypedDigitsError } from './typed-digits.ts';
import { blockToHex, type Block64 } from './words.ts';

/** A whole token: bits 65 and 64 above the 64 of the two words. */
export type Token66 = Block64 & { readonly top: number };

/** A token that cannot be one, before anything is decrypted. */
export type TokenFormatError = {
  readonly code: 'FormatError';
  readonly problem:
    TypedDigitsError | { readonly code: 'length'; readonly length: number } | { readonly code: 'too-large' };
};

/** Digits of a printed token. */
export const TOKEN_DIGITS = 20;

const CLASS_SHIFT = 27;
const CLASS_MASK = 3 << CLASS_SHIFT;

/** Moves bits 28 and 27 of a block to the top and puts the class in their place. */
export function insertClass(block: Block64, tokenClass: number): Token66 {
  const lo = ((block.lo & ~CLASS_MASK) | (tokenClass << CLASS_SHIFT)) >>> 0;
  return { top: (block.lo >>> CLASS_SHIFT) & 3, hi: block.hi, lo };
}

/** The reverse of insertClass. */
export function extractClass(token: Token66): { readonly tokenClass: number; readonly block: Block64 } {
  const lo = ((token.lo & ~CLASS_MASK) | (token.top << CLASS_SHIFT)) >>> 0;
  return { tokenClass: (token.lo >>> CLASS_SHIFT) & 3, block: { hi: token.hi, lo } };
}

/*
 * Between binary and decimal a token is three limbs of 22 bits, most significant first, or a head of six and two
 * groups of seven digits: every product and remainder then fits a number exactly.
 */
const LIMB = 2 ** 22;
const GROUP = 10_000_000;
const GROUP_DIGITS = 7;

/** A token's twenty decimal digits, zeros in front. */
export function tokenToDigits(token: Token66): string {
  const high = (token.top << 20) | (token.hi >>> 12);
  const middle = ((token.hi & 0xfff) << 10) | (token.lo >>> 22);
  const low = token.lo & (LIMB - 1);
  const upper = high * LIMB + middle;
  const quotientHigh = Math.floor(upper / GROUP);
  const rest = (upper % GROUP) * LIMB + low;
  const lastGroup = rest % GROUP;
  const quotient = quotientHigh * LIMB + Math.floor(rest / GROUP);
  const digits = (value: number, width: number): string => value.toString().padStart(width, '0');
  const head = digits(Math.floor(quotient / GROUP), TOKEN_DIGITS - 2 * GROUP_DIGITS);
  return head + digits(quotient % GROUP, GROUP_DIGITS) + digits(lastGroup, GROUP_DIGITS);
}

/** Twenty digits to a token; undefined when the number needs more than 66 bits. */
function tokenOfDigits(digits: string): Token66 | undefined {
  const upper = Number(digits.slice(0, TOKEN_DIGITS - GROUP_DIGITS));
  const lowProduct = (upper % LIMB) * GROUP + Number(digits.slice(-GROUP_DIGITS));
  const highProduct = Math.floor(upper / LIMB) * GROUP + Math.floor(lowProduct / LIMB);
  const high = Math.floor(highProduct / LIMB);
  if (high >= LIMB) return undefined;
  const middle = highProduct % LIMB;
  const low = lowProduct % LIMB;
  return {
    top: high >>> 20,
    hi: ((high << 12) | (middle >>> 10)) >>> 0,
    lo: ((middle << 22) | low) >>> 0,
  };
}

/**
 * Reads a token as a person types it or a scanner reads it: twenty digits below 2^66, spaces and dashes
 * ignored. Everything else is a FormatError that names the character, the length or the size.
 */
export function parseToken(text: string): Result<Token66, TokenFormatError> {
  const clean = cleanTypedDigits(text);
  if (!clean.ok) return err({ code: 'FormatError', problem: clean.error });
  const { length } = clean.value;
  if (length !== TOKEN_DIGITS) return err({ code: 'FormatError', problem: { code: 'length', length } });
  const token = tokenOfDigits(clean.value);
  return token ? ok(token) : err({ code: 'FormatError', problem: { code: 'too-large' } });
}

/** Seventeen upper-case hexadecimal digits, the form that security modules use. */
export function tokenToHex(token: Token66): string {
  return token.top.toString(16) + blockToHex(token);
}

/** Five groups of four digits, as on paper. */
export function groupToken(digits: string): string {
  assert(digits.length === TOKEN_DIGITS, 'a token has twenty digits');
  return digits.replace(/.{4}(?=.)/gu, '$& ');
}
