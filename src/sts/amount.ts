import { assert, err, ok, unitsTenths, type Result, type UnitsTenths } from '../units/index.ts';

/**
 * The 16-bit coding of units and watts: two bits of exponent, fourteen of mantissa. An exponent's range starts
 * where the one before it ends, so that no value has two codes.
 */

const MANTISSA_BITS = 14;
const LARGEST_MANTISSA = 2 ** MANTISSA_BITS - 1;

/** For each exponent, the size of a step and the first value of its range. */
const STEPS = [
  { size: 1, start: 0 },
  { size: 10, start: 16_384 },
  { size: 100, start: 180_224 },
  { size: 1000, start: 1_818_624 },
] as const;

/** The largest value of the coding. */
export const MAX_CODED_AMOUNT = 18_201_624;

export type AmountCodingError =
  { readonly code: 'amount-too-large'; readonly maximum: number } | { readonly code: 'amount-not-whole' };

/**
 * Codes tenths of a unit, or watts, into 16 bits, rounded up to the next value that the coding can hold, in the
 * customer's favour.
 */
export function encodeAmount(amount: number): Result<number, AmountCodingError> {
  if (!Number.isSafeInteger(amount) || amount < 0) return err({ code: 'amount-not-whole' });
  if (amount > MAX_CODED_AMOUNT) return err({ code: 'amount-too-large', maximum: MAX_CODED_AMOUNT });
  const exponent = STEPS.findIndex(
    ({ size, start }) => Math.ceil((amount - start) / size) <= LARGEST_MANTISSA,
  );
  const { size, start } = STEPS[exponent]!;
  const mantissa = Math.max(0, Math.ceil((amount - start) / size));
  return ok((exponent << MANTISSA_BITS) | mantissa);
}

/** The value of a 16-bit amount field. */
export function decodeAmount(field: number): number {
  assert(Number.isInteger(field) && field >= 0 && field <= 0xffff, 'an amount field has 16 bits');
  const { size, start } = STEPS[field >>> MANTISSA_BITS]!;
  return (field & LARGEST_MANTISSA) * size + start;
}

/** The units that a token for this many tenths really carries: the same, or a little more. */
export function representableUnits(units: UnitsTenths): Result<UnitsTenths, AmountCodingError> {
  const field = encodeAmount(units);
  return field.ok ? ok(unitsTenths(decodeAmount(field.value))) : field;
}
