import { assert, err, ok, type Result } from '../units/index.ts';

/**
 * The 20-bit coding of money, in hundred-thousandths of the base currency unit: a sign, five bits of exponent
 * and fourteen of mantissa. The largest value has 36 digits, hence integers without a limit.
 */

/** The two fields that hold a coded amount. */
export type CurrencyCode = {
  /** Four bits: the sign, then the exponent's upper three. */
  readonly signExponent: number;
  /** Sixteen bits: the exponent's lower two, then the mantissa. */
  readonly amount: number;
};

export type CurrencyCodingError = { readonly code: 'currency-amount-too-large'; readonly maximum: bigint };

const EXPONENTS = 32;
const LARGEST_MANTISSA = 16_383n;
const MANTISSA_VALUES = 16_384n;
const NEGATIVE = 8;

type Step = { readonly size: bigint; readonly start: bigint };

/** For each exponent, the size of a step and where its range starts: after all the ranges before it. */
const STEPS: readonly Step[] = Array.from({ length: EXPONENTS }, (_, exponent) => {
  const size = 10n ** BigInt(exponent);
  return { size, start: (MANTISSA_VALUES * (size - 1n)) / 9n };
});

const LAST_STEP = STEPS.at(-1)!;

/** The largest magnitude of the coding, in hundred-thousandths. */
export const MAX_CURRENCY_AMOUNT = LAST_STEP.start + LARGEST_MANTISSA * LAST_STEP.size;

/** Decimal places of the base currency unit that a token can hold. */
const PLACES = 5;

/**
 * Reads money in the base currency unit, a plain decimal such as `-12.5`, as hundred-thousandths; undefined for
 * anything else, finer parts included.
 */
export function parseCurrencyAmount(text: string): bigint | undefined {
  const match = /^(-?)(\d{1,40})(?:\.(\d{1,5}))?$/u.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  const magnitude = BigInt(whole + fraction.padEnd(PLACES, '0'));
  return sign ? -magnitude : magnitude;
}

function ceilDivide(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}

type Coded = { readonly exponent: number; readonly mantissa: bigint };

/**
 * The smallest code whose value is not below the magnitude. Between two ranges that is the next one's first value:
 * the distance to it is less than a step, and divides to zero.
 */
function codeUp(magnitude: bigint): Coded {
  const exponent = STEPS.findIndex(
    ({ size, start }) => ceilDivide(magnitude - start, size) <= LARGEST_MANTISSA,
  );
  const { size, start } = STEPS[exponent]!;
  return { exponent, mantissa: ceilDivide(magnitude - start, size) };
}

/** The largest code whose value is not above the magnitude. */
function codeDown(magnitude: bigint): Coded {
  const exponent = STEPS.findLastIndex(({ start }) => start <= magnitude);
  const { size, start } = STEPS[exponent]!;
  return { exponent, mantissa: (magnitude - start) / size };
}

/**
 * Codes money into its two fields, rounded towards plus infinity: a credit up, a debit's magnitude down. The
 * unit is a hundred-thousandth of the base currency unit.
 */
export function encodeCurrencyAmount(amount: bigint): Result<CurrencyCode, CurrencyCodingError> {
  const isNegative = amount < 0n;
  const magnitude = isNegative ? -amount : amount;
  if (magnitude > MAX_CURRENCY_AMOUNT) {
    return err({ code: 'currency-amount-too-large', maximum: MAX_CURRENCY_AMOUNT });
  }
  const { exponent, mantissa } = isNegative ? codeDown(magnitude) : codeUp(magnitude);
  return ok({
    signExponent: (isNegative ? NEGATIVE : 0) | (exponent >>> 2),
    amount: ((exponent & 3) << 14) | Number(mantissa),
  });
}

/** The value of the two fields, in hundred-thousandths. */
export function decodeCurrencyAmount(code: CurrencyCode): bigint {
  assert(code.signExponent >= 0 && code.signExponent <= 15, 'sign and exponent have four bits');
  assert(code.amount >= 0 && code.amount <= 0xffff, 'an amount field has 16 bits');
  const exponent = ((code.signExponent & 7) << 2) | (code.amount >>> 14);
  const { size, start } = STEPS[exponent]!;
  const magnitude = BigInt(code.amount & 0x3fff) * size + start;
  return code.signExponent >= NEGATIVE ? -magnitude : magnitude;
}
