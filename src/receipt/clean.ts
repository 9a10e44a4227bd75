/**
 * What paper can hold: ASCII and the printable half of Latin-1. The printers' pages WPC1252 and PC858 both
 * have all of it, so a line has the same characters and the same length whichever page a printer is set to.
 */
const ON_PAPER = /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u00ff]$/u;

/** Arabic letters and their signs, which are painted or shaped; digits and vowel marks are not among them. */
const ARABIC = /^[\u060c\u061b\u061f\u0621-\u063a\u0640-\u064a\u0671-\u06d3\u06d5]$/u;

/** C0, DEL and C1: a printer takes some of them as commands. */
function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

/** Marks that turn the direction of text, join or hide characters, and the soft hyphen. */
const INVISIBLE = /^[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]$/u;

/** Characters that people's keyboards make and no common page has, in the letters that paper has. */
const STAND_INS: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': ',',
  '\u201b': "'",
  '\u2032': "'",
  '\u02bc': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u2033': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2015': '-',
  '\u2212': '-',
  '\u2022': '\u00b7',
  '\u2026': '...',
  '\u2044': '/',
  '\u2044\u0338': '/',
  '\u0152': 'OE',
  '\u0153': 'oe',
  '\u1e9e': 'SS',
  '\u0131': 'i',
  '\u0141': 'L',
  '\u0142': 'l',
  '\u0110': 'D',
  '\u0111': 'd',
  '\u014a': 'NG',
  '\u014b': 'ng',
  '\u0186': 'O',
  '\u0254': 'o',
  '\u018a': 'D',
  '\u0257': 'd',
  '\u0181': 'B',
  '\u0253': 'b',
  '\u0198': 'K',
  '\u0199': 'k',
  '\u0190': 'E',
  '\u025b': 'e',
  '\u01b3': 'Y',
  '\u01b4': 'y',
  '\u20ac': 'EUR',
  '\u20a6': 'NGN',
  '\u20b5': 'GHS',
  '\u20b9': 'INR',
  '\u20bd': 'RUB',
  '\u2116': 'No',
};

const COMBINING = /\p{M}/gu;

function paperCharacter(character: string): string {
  if (ON_PAPER.test(character) || ARABIC.test(character) || character === '\u00a0') return character;
  if (character === '\n' || character === '\t' || character === '\r') return ' ';
  if (isControl(character) || INVISIBLE.test(character)) return '';
  const standIn = STAND_INS[character];
  if (standIn !== undefined) return standIn;
  const digit = arabicDigit(character);
  if (digit !== undefined) return digit;
  const plain = character.normalize('NFKD').replace(COMBINING, '');
  const whole = Array.from(plain).every((part) => ON_PAPER.test(part) || ARABIC.test(part));
  if (whole) return plain;
  return /^\s$/u.test(character) ? ' ' : '?';
}

/** Arabic-Indic and extended Arabic-Indic digits are digits on paper too. */
function arabicDigit(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x0660 && code <= 0x0669) return String(code - 0x0660);
  if (code >= 0x06f0 && code <= 0x06f9) return String(code - 0x06f0);
  return undefined;
}

/**
 * Text as paper can hold it: control characters and direction marks are gone, line breaks and tabs are
 * spaces, letters outside the repertoire are written with its letters, and what has no such spelling is a
 * question mark. A no-break space stays, for the wrapping.
 */
export function cleanText(text: string): string {
  return Array.from(text.normalize('NFC'), paperCharacter).join('');
}

/** Text of a catalogue, cleaned in the same way: its isolates stay, which keep figures apart from Arabic words. */
export function cleanWords(text: string): string {
  return text
    .split(/([\u2068\u2069])/u)
    .map((part) => (/^[\u2068\u2069]$/u.test(part) ? part : cleanText(part)))
    .join('');
}
