import { assert } from '../units/index.ts';

/**
 * The payload of a token: 44 bits, cut into named fields from the most significant bit down. Forty-four bits fit
 * a plain number exactly, so packing is multiplication and unpacking is division.
 */
export type Layout = readonly (readonly [name: string, bits: number])[];

/** A whole number for each field of a layout. */
export type FieldValues<L extends Layout> = { readonly [Name in L[number][0]]: number };

/** A token's content before its check field is added. */
export type PackedToken = {
  readonly tokenClass: 0 | 1 | 2;
  readonly subClass: number;
  /** 44 bits. */
  readonly payload: number;
};

/** Joins field values into a payload. Throws when a value does not fit its field (a programmer's error). */
export function packPayload<L extends Layout>(layout: L, values: FieldValues<L>): number {
  let payload = 0;
  for (let index = 0; index < layout.length; index += 1) {
    const [name, bits] = layout[index]!;
    const value = values[name as keyof FieldValues<L>];
    const size = 2 ** bits;
    assert(Number.isInteger(value) && value >= 0 && value < size, 'a value fits its field');
    payload = payload * size + value;
  }
  return payload;
}

/** Cuts a payload into its fields' values. */
export function unpackPayload<L extends Layout>(layout: L, payload: number): FieldValues<L> {
  const values: Record<string, number> = {};
  let rest = payload;
  for (const [name, bits] of layout.toReversed()) {
    const size = 2 ** bits;
    values[name] = rest % size;
    rest = Math.floor(rest / size);
  }
  return values as FieldValues<L>;
}
