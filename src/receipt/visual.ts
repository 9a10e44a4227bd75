import bidiFactory from 'bidi-js';

/** A stretch of a line of paper, as it stands from left to right. */
export type PaperPart = {
  /** Arabic words are in the order they are read in. */
  readonly text: string;
  /** Columns that it takes: one for each character of plain text. */
  readonly columns: number;
  /** Arabic words, which a printer needs painted or shaped; everything else is plain text. */
  readonly words: boolean;
};

const bidi = bidiFactory();
const ARABIC = /[\u0600-\u06ff]/u;
const WORDS = /[\u0600-\u06ff]+/gu;
const ISOLATES = /[\u2066\u2068\u2069]/gu;

export function hasArabic(text: string): boolean {
  return ARABIC.test(text);
}

export function withoutIsolates(text: string): string {
  return text.replace(ISOLATES, '');
}

/**
 * How Arabic words come on paper: as pictures in the line, or as letters of a page that the printer has, where each
 * has a column.
 */
export type ArabicAs = 'pictures' | 'letters';

/** Arabic letters join and most are narrow: 18 dots high they are 7 to 9 dots wide, where a column has 12. */
const COLUMNS_A_LETTER = 0.62;
const LAM_ALIF = /\u0644[\u0622\u0623\u0625\u0627]/gu;

const WORD_COLUMNS: Readonly<Record<ArabicAs, (word: string) => number>> = {
  pictures: (word) => Math.ceil(word.length * COLUMNS_A_LETTER),
  letters: (word) => word.replace(LAM_ALIF, ' ').length,
};

/**
 * Columns that a text takes on paper. Each word counts for itself, so that a line is as wide whatever order its words
 * get; a word that isolates part may become narrower.
 */
export function cells(text: string, arabic: ArabicAs): number {
  const words = text.match(WORDS) ?? [];
  return words.reduce(
    (sum, word) => sum - word.length + WORD_COLUMNS[arabic](word),
    withoutIsolates(text).length,
  );
}

/** Text that keeps its own order, and leaves the order of what stands around it alone. */
export function isolate(text: string): string {
  return `${hasArabic(text) ? '\u2068' : '\u2066'}${text}\u2069`;
}

/**
 * A line by the Unicode bidirectional algorithm: its stretches from left to right, Arabic words with the spaces
 * between them as one. Brackets that point the other way are turned.
 */
export function visualParts(text: string, base: 'ltr' | 'rtl', arabic: ArabicAs): readonly PaperPart[] {
  const embedding = bidi.getEmbeddingLevels(text, base);
  const mirrored = bidi.getMirroredCharactersMap(text, embedding.levels);
  const signs = bidi
    .getReorderedIndices(text, embedding)
    .map((index) => mirrored.get(index) ?? text.charAt(index))
    .filter((sign) => withoutIsolates(sign) !== '');
  const isWord = (at: number): boolean => {
    const sign = signs[at] ?? '';
    if (ARABIC.test(sign)) return true;
    return sign === ' ' && ARABIC.test(signs[at - 1] ?? '') && ARABIC.test(signs[at + 1] ?? '');
  };
  const parts: { text: string; words: boolean }[] = [];
  signs.forEach((sign, at) => {
    const words = isWord(at);
    const last = parts.at(-1);
    if (last?.words !== words) parts.push({ text: sign, words });
    else last.text = words ? sign + last.text : last.text + sign;
  });
  return parts.map((part) => ({ ...part, columns: cells(part.text, arabic) }));
}
