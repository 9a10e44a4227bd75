import { assert, err, ok, type Result } from '../units/index.ts';
import { packPayload, unpackPayload, type PackedToken } from './layout.ts';
import type { MeterTestToken, TokenFieldError } from './token-fields.ts';
import { METER_TEST, METER_TEST_LONG_CODE } from './token-formats.ts';

/**
 * The tests and displays that a class 1 token can ask for, by control bit: bit n has the value 2^n. The order
 * is the standard's.
 */
export const METER_TESTS = [
  'load-switch',
  'displays',
  'total-usage',
  'key-revision-and-type',
  'tariff-index',
  'token-reader',
  'power-limit',
  'tamper-status',
  'power-now',
  'software-version',
  'phase-unbalance-limit',
  'water-meter-factor',
  'tariff-rate',
  'encryption-algorithm',
  'key-change-tokens-supported',
  'supply-group',
  'key-expiry',
  'meter-number',
] as const;
export type MeterTest = (typeof METER_TESTS)[number];

/** The control field that asks for everything: all ones, 36 bits or 28. */
export const ALL_TESTS = { 0: 2 ** 36 - 1, 1: 2 ** 28 - 1 } as const;

/** The control field that asks for one test. */
export function controlOf(test: MeterTest): number {
  return 2 ** METER_TESTS.indexOf(test);
}

/** The named tests that a control field asks for; bits without a name are left out. */
export function testsOf(control: number): readonly MeterTest[] {
  return METER_TESTS.filter((_, bit) => Math.floor(control / 2 ** bit) % 2 === 1);
}

/** The control field of an extended read (sub-class 2): a six-bit index in the uppermost bits. */
export function extendedReadControl(index: number): number {
  return index * 2 ** 30;
}

function layoutOf(subClass: number): typeof METER_TEST | typeof METER_TEST_LONG_CODE {
  return subClass === 1 ? METER_TEST_LONG_CODE : METER_TEST;
}

/** Class 1, InitiateMeterTest/Display and extended read. */
export function packMeterTest(fields: MeterTestToken): Result<PackedToken, TokenFieldError> {
  const { subClass, control, manufacturerCode } = fields;
  for (const [field, bits] of layoutOf(subClass)) {
    const value = fields[field];
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** bits) {
      return err({ code: 'token-field-range', field, value });
    }
  }
  const payload = packPayload(layoutOf(subClass), { control, manufacturerCode });
  return ok({ tokenClass: 1, subClass, payload });
}

/** The reverse of packMeterTest. Throws for other sub-classes than 0 to 2. */
export function unpackMeterTest(subClass: number, payload: number): MeterTestToken {
  assert(subClass === 0 || subClass === 1 || subClass === 2, 'a meter test has sub-class 0, 1 or 2');
  return { kind: 'meter-test', subClass, ...unpackPayload(layoutOf(subClass), payload) };
}
