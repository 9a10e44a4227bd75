import { describe, expect, it } from 'vitest';
import { accountKey, foldedWords, reversedPhone } from './fold-text.ts';

describe('foldedWords', () => {
  it.each([
    ['Élodie N’Guessan', ['elodie', 'nguessan']],
    ['Łukasz Wójcik', ['lukasz', 'wojcik']],
    ['Ṣadé Adébáyọ̀', ['sade', 'adebayo']],
    ['Kwabena Ɔsei', ['kwabena', 'osei']],
    ['Nguyễn Thị Hằng', ['nguyen', 'thi', 'hang']],
    ['Straße 5', ['strasse', '5']],
    ['İstanbul ISPARTA', ['istanbul', 'isparta']],
    ['مُحَمَّد', ['محمد']],
    ['हिन्दी', ['हिन्दी'.normalize('NFKD')]],
    ['12 Acacia St, Unit 4', ['12', 'acacia', 'st', 'unit', '4']],
    ['  "x"* OR (y) -z ', ['x', 'or', 'y', 'z']],
    ['…—', []],
  ])('%s', (text, words) => {
    expect(foldedWords(text)).toEqual(words);
  });

  it('gives composed and decomposed text the same words', () => {
    expect(foldedWords('Conceição'.normalize('NFD'))).toEqual(foldedWords('Conceição'.normalize('NFC')));
  });
});

it('reads accounts and phone numbers without their separators', () => {
  expect(accountKey('AC-10 02/b')).toBe('ac1002b');
  expect(reversedPhone('+27 (82) 555-0101')).toBe('10105552872');
});
