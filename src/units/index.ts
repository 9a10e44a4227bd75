/** Money, energy, ids and civil time: whole numbers with names, and the exact arithmetic over them. */
export * from './civil-time.ts';
export * from './digits.ts';
export * from './energy.ts';
export * from './ids.ts';
export * from './money.ts';
export * as rational from './rational.ts';
export type { Rational, RoundingMode } from './rational.ts';
export * from './result.ts';
