import { assert } from './result.ts';

declare const tenthsBrand: unique symbol;
/**
 * A whole number of STS units: tenths of a kWh, of a cubic metre or of a minute, by the resource
 * (IEC 62055-41, Class 0 sub-classes 0 to 3).
 */
export type UnitsTenths = number & { readonly [tenthsBrand]: true };

/** The services that an STS meter can meter. */
export const RESOURCES = ['electricity', 'water', 'gas', 'time'] as const;
export type Resource = (typeof RESOURCES)[number];

/** The largest number of tenths that a token can carry (mantissa 16383, exponent 3). */
export const MAX_UNITS_TENTHS = 18_201_624;

/** Brands a whole number of tenths. Throws unless it is a safe integer (a programmer's error). */
export function unitsTenths(value: number): UnitsTenths {
  assert(Number.isSafeInteger(value), `tenths are a safe integer, got ${value}`);
  return (value === 0 ? 0 : value) as UnitsTenths;
}

/** `426` → `42.6`: a dot, always one decimal. */
export function unitsToText(units: UnitsTenths): string {
  const magnitude = Math.abs(units).toString().padStart(2, '0');
  return `${units < 0 ? '-' : ''}${magnitude.slice(0, -1)}.${magnitude.slice(-1)}`;
}
