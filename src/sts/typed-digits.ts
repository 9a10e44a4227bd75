import { err, ok, type Result } from '../units/index.ts';

/** Why a typed or scanned text is not a plain number; positions count characters from 1. */
export type TypedDigitsError =
  | { readonly code: 'empty' }
  | { readonly code: 'control-character'; readonly position: number; readonly codePoint: number }
  | { readonly code: 'not-a-digit'; readonly position: number; readonly character: string };

/** Longest text that is looked at: anything above is no number that a person typed. */
const LONGEST_TEXT = 200;

/* Each is tried on one character at a time. */
const SEPARATOR = /[ \-\u00a0\u2009\u202f\u2010-\u2015\u2212]/u;
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const DIGIT = /[0-9]/u;

/**
 * Takes the spaces and dashes out of a number that a person typed or read out. Control characters, which
 * scanners put before or after what they read, are named by code point; any other character by itself.
 */
export function cleanTypedDigits(text: string): Result<string, TypedDigitsError> {
  let digits = '';
  let position = 0;
  for (const character of text.slice(0, LONGEST_TEXT)) {
    position += 1;
    if (DIGIT.test(character)) digits += character;
    else if (CONTROL.test(character)) {
      return err({ code: 'control-character', position, codePoint: character.codePointAt(0)! });
    } else if (!SEPARATOR.test(character)) return err({ code: 'not-a-digit', position, character });
  }
  return digits === '' ? err({ code: 'empty' }) : ok(digits);
}
