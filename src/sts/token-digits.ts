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

function texts(width: number): readonly string[] {
  return Array.from({ length: 10 ** width }, (_, value) => value.toString().padStart(width, '0'));
}

/** Every group of three and of four digits as text, so that writing a token needs no formatting. */
const THREE_DIGITS = texts(3);
const FOUR_DIGITS = texts(4);

function sixDigits(value: number): string {
  return THREE_DIGITS[(value / 1000) | 0]! + THREE_DIGITS[value % 1000]!;
}

function sevenDigits(value: number): string {
  return THREE_DIGITS[(value / 10_000) | 0]! + FOUR_DIGITS[value % 10_000]!;
}

/** A token's twenty decimal digits, zeros in front: long division by the two groups, limb by limb. */
export function tokenToDigits(token: Token66): string {
  const high = (token.top << 20) | (token.hi >>> 12);
  const middle = ((token.hi & 0xfff) << 10) | (token.lo >>> 22);
  const low = token.lo & (LIMB - 1);
  const upper = high * LIMB + middle;
  const upperQuotient = Math.floor(upper / GROUP);
  const lower = (upper - upperQuotient * GROUP) * LIMB + low;
  const lowerQuotient = Math.floor(lower / GROUP);
  const quotient = upperQuotient * LIMB + lowerQuotient;
  const head = Math.floor(quotient / GROUP);
  const second = (quotient - head * GROUP) | 0;
  const last = (lower - lowerQuotient * GROUP) | 0;
  return sixDigits(head | 0) + sevenDigits(second) + sevenDigits(last);
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
