import { describe, expect, it } from 'vitest';
import { cleanText } from './clean.ts';

describe('text for paper', () => {
  it.each([
    ['a printer command', '\u001b@Thandi\u001dV\u0000', '@ThandiV'],
    ['a real-time command', 'A\u0010\u0014\u0001\u0000\u0001B', 'AB'],
    ['C1 controls and DEL', 'A\u009b\u007fB', 'AB'],
    ['right-to-left marks', 'A\u202eB\u200f\u2067C\u061c', 'ABC'],
    ['line breaks and tabs', 'A\nB\tC\r\nD', 'A B C  D'],
    ['typographic marks', '\u2018a\u2019 \u201cb\u201d \u2013 \u2026', '\'a\' "b" - ...'],
    ['letters of Latin-1', 'São Tomé, Müller, garçon', 'São Tomé, Müller, garçon'],
    ['decomposed letters', 'Cafe\u0301', 'Café'],
    ['letters that have a plain one', 'Adébáyọ̀ Ṣẹ́gun Ɓala', 'Adébáyo Segun Bala'],
    ['currency signs as codes', '₦500 GH₵20 €5', 'NGN500 GHGHS20 EUR5'],
    ['digits of other scripts', '٠١٢٣٤٥٦٧٨٩ ۵', '0123456789 5'],
    ['letters that paper lacks', '电 ק', '? ?'],
    ['Arabic letters, without vowel marks', 'قَلَم، ﻛﻬﺮﺑﺎء', 'قلم، كهرباء'],
    ['half a surrogate pair', 'A\ud83dB', 'A?B'],
    ['full width forms', '１２３ＡＢ', '123AB'],
  ])('%s', (_, given, printed) => {
    expect(cleanText(given)).toBe(printed);
  });
});
