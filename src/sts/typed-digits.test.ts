import { describe, expect, it } from 'vitest';
import { cleanTypedDigits } from './typed-digits.ts';

describe('cleanTypedDigits', () => {
  it.each([
    ['1234', '1234'],
    [' 12 34 ', '1234'],
    ['12-34', '1234'],
    ['12\u00a034\u202f56\u200956', '12345656'],
    ['1\u20102\u20113\u20124\u20135\u20146\u20157\u22128', '12345678'],
  ])('%j gives %s', (text, digits) => {
    expect(cleanTypedDigits(text)).toEqual({ ok: true, value: digits });
  });

  it.each(['', ' ', ' - '])('%j is empty', (text) => {
    expect(cleanTypedDigits(text)).toEqual({ ok: false, error: { code: 'empty' } });
  });

  it.each([
    ['12x4', 3, 'x'],
    ['O123', 1, 'O'],
    ['12.4', 3, '.'],
    ['١٢٣', 1, '١'],
    ['1😀', 2, '😀'],
    ['12+3', 3, '+'],
  ])('%j has a character that is no digit', (text, position, character) => {
    expect(cleanTypedDigits(text)).toEqual({
      ok: false,
      error: { code: 'not-a-digit', position, character },
    });
  });

  it.each([
    ['\u00021234', 1, 2],
    ['1234\r', 5, 13],
    ['12\t34', 3, 9],
    ['12\n34', 3, 10],
    ['12\u007f', 3, 127],
    ['1\u200b2', 2, 0x200b],
    ['\ufeff12', 1, 0xfeff],
    ['12\u2028', 3, 0x2028],
    ['12\u2029', 3, 0x2029],
  ])('%j has a control character', (text, position, codePoint) => {
    expect(cleanTypedDigits(text)).toEqual({
      ok: false,
      error: { code: 'control-character', position, codePoint },
    });
  });

  it('looks at two hundred characters and no more', () => {
    expect(cleanTypedDigits(`${'1'.repeat(200)}x`)).toEqual({ ok: true, value: '1'.repeat(200) });
    expect(cleanTypedDigits(`${'1'.repeat(199)}x`)).toMatchObject({ error: { position: 200 } });
  });
});
