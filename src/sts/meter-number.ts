import { err, ok, type Result } from '../units/index.ts';
import { luhnCheckDigit } from './check-digit.ts';
import { cleanTypedDigits, type TypedDigitsError } from './typed-digits.ts';

/** Issuer of meters with an 11-digit number, whose manufacturer code has two digits. */
export const IIN_TWO_DIGIT_MAKERS = '600727';
/** Issuer of meters with a 13-digit number, whose manufacturer code has four digits. */
export const IIN_FOUR_DIGIT_MAKERS = '0000';

/** A meter, by its full number. */
export type MeterPan = {
  /** Always 18 digits: issuer, meter number, check digit. */
  readonly pan: string;
  readonly iin: typeof IIN_TWO_DIGIT_MAKERS | typeof IIN_FOUR_DIGIT_MAKERS;
  /** The number on the meter's face: 11 or 13 digits, the last one its own check digit. */
  readonly drn: string;
  /** Two digits, or four for the 13-digit form. */
  readonly manufacturerCode: string;
  /** Eight digits. */
  readonly serial: string;
};

export type MeterNumberError =
  | { readonly code: 'meter-number-text'; readonly problem: TypedDigitsError }
  | { readonly code: 'meter-number-length'; readonly length: number }
  | { readonly code: 'meter-number-issuer'; readonly issuer: string }
  | {
      readonly code: 'meter-number-check-digit';
      /** Which number the digit belongs to: the meter number or the full 18 digits. */
      readonly field: 'drn' | 'pan';
      /** Place of the check digit among the digits given, from 1. */
      readonly position: number;
      readonly found: number;
      readonly expected: number;
    };

const ISSUER_BY_DRN_LENGTH = { 11: IIN_TWO_DIGIT_MAKERS, 13: IIN_FOUR_DIGIT_MAKERS } as const;

function checkLastDigit(
  field: 'drn' | 'pan',
  digits: string,
  digitsBefore: number,
): Result<string, MeterNumberError> {
  const expected = luhnCheckDigit(digits.slice(0, -1));
  const found = Number(digits.slice(-1));
  if (found === expected) return ok(digits);
  return err({
    code: 'meter-number-check-digit',
    field,
    position: digitsBefore + digits.length,
    found,
    expected,
  });
}

function meterOf(iin: MeterPan['iin'], drn: string): MeterPan {
  return {
    pan: `${iin}${drn}${luhnCheckDigit(iin + drn)}`,
    iin,
    drn,
    manufacturerCode: drn.slice(0, -9),
    serial: drn.slice(-9, -1),
  };
}

function parseFullPan(digits: string): Result<MeterPan, MeterNumberError> {
  const whole = checkLastDigit('pan', digits, 0);
  if (!whole.ok) return whole;
  const iin = [IIN_TWO_DIGIT_MAKERS, IIN_FOUR_DIGIT_MAKERS].find((issuer) => digits.startsWith(issuer));
  if (iin === undefined) return err({ code: 'meter-number-issuer', issuer: digits.slice(0, 6) });
  const drn = checkLastDigit('drn', digits.slice(iin.length, -1), iin.length);
  return drn.ok ? ok(meterOf(iin as MeterPan['iin'], drn.value)) : drn;
}

/**
 * Reads a meter number as a person types it or a card holds it: 11 or 13 digits (the number on the meter), or
 * all 18 (IEC 62055-41, MeterPAN). Spaces and dashes are ignored. The error names the digit or the field.
 */
export function parseMeterNumber(text: string): Result<MeterPan, MeterNumberError> {
  const clean = cleanTypedDigits(text);
  if (!clean.ok) return err({ code: 'meter-number-text', problem: clean.error });
  const digits = clean.value;
  if (digits.length === 18) return parseFullPan(digits);
  if (digits.length !== 11 && digits.length !== 13) {
    return err({ code: 'meter-number-length', length: digits.length });
  }
  const drn = checkLastDigit('drn', digits, 0);
  return drn.ok ? ok(meterOf(ISSUER_BY_DRN_LENGTH[digits.length], drn.value)) : drn;
}
