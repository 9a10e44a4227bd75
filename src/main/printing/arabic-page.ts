/** How a letter stands between its neighbours. */
type Form = 'alone' | 'last' | 'inside' | 'first';

/** A letter's bytes in PC864. A letter without `first` joins only the one before it; one with `alone` only, none. */
type Shapes = {
  readonly alone: number;
  readonly last?: number;
  readonly inside?: number;
  readonly first?: number;
};

const lone = (alone: number): Shapes => ({ alone });
const toThePrevious = (alone: number, last = alone): Shapes => ({ alone, last });
const toBoth = (alone: number, first: number, last = alone, inside = first): Shapes => ({
  alone,
  last,
  inside,
  first,
});

/**
 * PC864 as IBM laid it out: most letters have two shapes there, one that ends a stretch and one that goes on. It has no
 * alif with a hamza below, which is written bare; a letter that is not here at all leaves its words to a picture.
 */
const PC864: Readonly<Record<string, Shapes>> = {
  '\u060c': lone(0xac), // comma
  '\u061b': lone(0xbb), // semicolon
  '\u061f': lone(0xbf), // question mark
  '\u0621': lone(0xc1), // hamza
  '\u0622': toThePrevious(0xc2, 0xa2), // alif with madda
  '\u0623': toThePrevious(0xc3, 0xa5), // alif with hamza above
  '\u0624': toThePrevious(0xc4), // waw with hamza
  '\u0625': toThePrevious(0xc7, 0xa8), // alif with hamza below
  '\u0627': toThePrevious(0xc7, 0xa8), // alif
  '\u0628': toBoth(0xa9, 0xc8), // ba
  '\u0629': toThePrevious(0xc9), // ta marbuta
  '\u062a': toBoth(0xaa, 0xca), // ta
  '\u062b': toBoth(0xab, 0xcb), // tha
  '\u062c': toBoth(0xad, 0xcc), // jim
  '\u062d': toBoth(0xae, 0xcd), // ha
  '\u062e': toBoth(0xaf, 0xce), // kha
  '\u062f': toThePrevious(0xcf), // dal
  '\u0630': toThePrevious(0xd0), // dhal
  '\u0631': toThePrevious(0xd1), // ra
  '\u0632': toThePrevious(0xd2), // zay
  '\u0633': toBoth(0xbc, 0xd3), // sin
  '\u0634': toBoth(0xbd, 0xd4), // shin
  '\u0635': toBoth(0xbe, 0xd5), // sad
  '\u0636': toBoth(0xeb, 0xd6), // dad
  '\u0637': toBoth(0xd7, 0xd7), // ta, emphatic
  '\u0638': toBoth(0xd8, 0xd8), // za, emphatic
  '\u0639': toBoth(0xdf, 0xd9, 0xc5, 0xec), // ayn
  '\u063a': toBoth(0xee, 0xda, 0xed, 0xf7), // ghayn
  '\u0640': toBoth(0xe0, 0xe0), // the line that stretches a word
  '\u0641': toBoth(0xba, 0xe1), // fa
  '\u0642': toBoth(0xf8, 0xe2), // qaf
  '\u0643': toBoth(0xfc, 0xe3), // kaf
  '\u0644': toBoth(0xfb, 0xe4), // lam
  '\u0645': toBoth(0xef, 0xe5), // mim
  '\u0646': toBoth(0xf2, 0xe6), // nun
  '\u0647': toBoth(0xf3, 0xe7, 0xf3, 0xf4), // ha
  '\u0648': toThePrevious(0xe8), // waw
  '\u0649': toThePrevious(0xe9, 0xf5), // alif maqsura
  '\u064a': toBoth(0xfd, 0xea, 0xf6), // ya
  // Lam and alif are one sign, whichever alif it is.
  '\u0644\u0622': toThePrevious(0xf9, 0xfa),
  '\u0644\u0623': toThePrevious(0x99, 0x9a),
  '\u0644\u0625': toThePrevious(0x9d, 0x9e),
  '\u0644\u0627': toThePrevious(0x9d, 0x9e),
};

const SIGNS = /\u0644[\u0622\u0623\u0625\u0627]|./gu;

function formOf(before: Shapes | undefined, shapes: Shapes, after: Shapes | undefined): Form {
  const joinsBefore = before?.first !== undefined && shapes.last !== undefined;
  const joinsAfter = after?.last !== undefined && shapes.first !== undefined;
  if (joinsBefore) return joinsAfter ? 'inside' : 'last';
  return joinsAfter ? 'first' : 'alone';
}

function wordBytes(word: string): readonly number[] | undefined {
  const letters = (word.match(SIGNS) ?? []).map((sign) => PC864[sign]);
  const bytes = letters.map((shapes, at) => shapes?.[formOf(letters[at - 1], shapes, letters[at + 1])]);
  return bytes.every((byte) => byte !== undefined) ? bytes : undefined;
}

/**
 * Arabic words as a printer with the page PC864 prints them: shaped, one byte a column, from left to right, so the last
 * word's last letter first. Undefined where a letter is not in the page.
 */
export function arabicPageBytes(text: string): Uint8Array | undefined {
  const words = text.split(' ').map(wordBytes);
  if (!words.every((word) => word !== undefined)) return undefined;
  const inOrder = words.flatMap((word, at) => (at === 0 ? word : [0x20, ...word]));
  return Uint8Array.from(inOrder.toReversed());
}
