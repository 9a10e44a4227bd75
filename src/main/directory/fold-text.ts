/** Letters that Unicode does not take apart into a plain letter and a mark, and how people type them. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ß: 'ss',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŋ: 'n',
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
  ƴ: 'y',
  ɛ: 'e',
  ɔ: 'o',
  ə: 'e',
  ɣ: 'g',
};

const LATIN_AND_ARABIC_MARKS = /[\u0300-\u036f\u064b-\u065f\u0670]/gu;
const APOSTROPHES = /['’‘ʼʻ`´]/gu;
const NOT_IN_A_WORD = /[^\p{L}\p{N}\p{M}]+/u;

/**
 * The words of a text as search compares them: without case, without marks over Latin letters, apostrophes
 * left out, split at everything that is neither letter nor digit. `Élodie N’Guessan` → `elodie`, `nguessan`.
 */
export function foldedWords(text: string): string[] {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(APOSTROPHES, '')
    .replace(LATIN_AND_ARABIC_MARKS, '')
    .replace(/[^\p{ASCII}]/gu, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .split(NOT_IN_A_WORD)
    .filter((word) => word !== '');
}

/** An account number as search compares it: `ac-10 02` and `AC1002` are the same. */
export function accountKey(account: string): string {
  return foldedWords(account).join('');
}

/** A phone number's digits, last one first, so that its end can be looked up. */
export function reversedPhone(phone: string): string {
  return [...phone.replace(/[^0-9]/gu, '')].toReversed().join('');
}

/** A keypad's serial number as it is looked up: letters and digits alone, without case. */
export function keypadKey(serial: string): string {
  return foldedWords(serial).join('');
}
