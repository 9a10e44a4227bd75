import { createRequire } from 'node:module';
import { columnsOf, type Paper, type PaperLine } from '../../receipt/index.ts';
import { assert } from '../../units/index.ts';

const { resolve } = createRequire(import.meta.url);
const FONT = '@fontsource/atkinson-hyperlegible-mono/files/atkinson-hyperlegible-mono-latin';
const ARABIC_FONT = '@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic';
const POINTS_A_MM = 72 / 25.4;
/** The roll: what its columns stand on, and the blank edge on each side. */
const ROLL_MM = { 32: 58, 42: 80, 48: 80 } as const;
const EDGE_MM = 5;
/** From one line to the next, as a multiple of the size of the letters; and where the letters stand in it. */
const LEADING = 1.3;
const ASCENT = 0.95;
/** Letters of both fonts stand on one line, whatever room each has above them. */
const ON_BASELINE = { lineBreak: false, baseline: 'alphabetic' } as const;
const QR_MM = 30;

/**
 * A slip as a PDF of one page as long as the slip, with the same lines as on paper, its letters embedded. The same
 * slip and time give the same bytes.
 */
export async function receiptPdf(paper: Paper, title: string, at: Date): Promise<Uint8Array> {
  const width = ROLL_MM[paper.columns] * POINTS_A_MM;
  const edge = EDGE_MM * POINTS_A_MM;
  // Read when the first one is made: a till that opens does not wait for them.
  const [{ default: bwip }, { default: Pdf }] = await Promise.all([import('bwip-js/node'), import('pdfkit')]);
  const draft = new Pdf({ autoFirstPage: false, info: { Title: title, CreationDate: at } });
  draft.registerFont('plain', resolve(`${FONT}-400-normal.woff`));
  draft.registerFont('bold', resolve(`${FONT}-700-normal.woff`));
  for (const [weight, number] of [
    ['plain', 400],
    ['bold', 700],
  ] as const) {
    draft.registerFont(`${weight}-arabic`, resolve(`${ARABIC_FONT}-${number}-normal.woff`));
    tellLettersApart(draft.font(`${weight}-arabic`));
  }
  // Every letter of the font is as wide as the others, so one says how large they may be.
  const size =
    (width - 2 * edge) / paper.columns / (draft.font('plain').fontSize(100).widthOfString('0') / 100);
  const lineHeight = size * LEADING;
  const rows = paper.lines.reduce((sum, line) => sum + (line.size === 'normal' ? 1 : 2), 0);
  const code = QR_MM * POINTS_A_MM + lineHeight;
  const height = 2 * edge + rows * lineHeight + paper.codes.length * code;
  draft.addPage({ size: [width, height], margin: 0 });
  let y = edge;
  for (const line of paper.lines) {
    drawLine(draft, line, { x: edge, y, size, columns: paper.columns });
    y += (line.size === 'normal' ? 1 : 2) * lineHeight;
  }
  for (const { caption, text } of paper.codes) {
    const above = { text: caption ?? '', size: 'normal', bold: false, align: 'center' } as const;
    drawLine(draft, above, { x: edge, y, size, columns: paper.columns });
    const [symbol] = bwip.raw('qrcode', text, 'eclevel=M');
    assert(symbol && 'pixs' in symbol, 'a QR symbol is a matrix');
    drawCode(draft, symbol, width / 2, y + lineHeight);
    y += code;
  }
  return bytesOf(draft);
}

/** What pdfkit keeps of a font that it embeds; its types leave it out. */
type EmbeddedFont = {
  readonly subset: {
    readonly mapping: Record<number, number | undefined>;
    includeGlyph: (glyphId: number) => number;
  };
  readonly scale: number;
  readonly widths: Record<number, number>;
  readonly unicode: Record<number, readonly number[]>;
  readonly layout: (text: string, features?: unknown) => LaidOut;
  encode: (text: string, features?: unknown) => readonly [readonly string[], unknown];
};
type Glyph = { readonly id: number; readonly advanceWidth: number; readonly codePoints: readonly number[] };
type LaidOut = { readonly glyphs: readonly Glyph[]; readonly positions: unknown };

/**
 * Ba, ta, nun and ya are one glyph in this font, with dots of their own, and one letter is noted for each glyph: what is
 * copied out of the PDF would have one for the other. So a glyph is embedded once for each letter that it stands for.
 * The font's layout is asked how many letters a glyph stands for (a dot: none), the word itself which.
 */
function tellLettersApart(page: PDFKit.PDFDocument): void {
  const { _font: font } = page as unknown as { readonly _font: EmbeddedFont };
  const numbers = new Map<string, number>();
  const numberOf = ({ id, advanceWidth }: Glyph, letters: readonly string[]): number => {
    const key = [id, ...letters].join(' ');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    font.subset.mapping[id] = undefined;
    const number = font.subset.includeGlyph(id);
    font.widths[number] = advanceWidth * font.scale;
    font.unicode[number] = letters.map((letter) => letter.codePointAt(0) ?? 0);
    numbers.set(key, number);
    return number;
  };
  font.encode = (text, features) => {
    const { glyphs, positions } = font.layout(text, features);
    // Glyphs stand from left to right, so the word's last letter is the first one's.
    const letters = Array.from(text);
    const numbered = glyphs.map((glyph) => {
      const { length } = glyph.codePoints;
      return numberOf(glyph, letters.splice(Math.max(0, letters.length - length), length));
    });
    return [numbered.map((number) => number.toString(16).padStart(4, '0')), positions];
  };
}

type Spot = {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly columns: Paper['columns'];
};

/** `large` is twice as wide and high, `tall` as high only: the page is stretched for it, as the printer does. */
function drawLine(page: PDFKit.PDFDocument, line: PaperLine, { x, y, size, columns }: Spot): void {
  if (line.text.trim() === '') return;
  const letters = page.font(line.bold ? 'bold' : 'plain').fontSize(line.size === 'large' ? size * 2 : size);
  const letterWidth = letters.widthOfString('0');
  const parts = line.parts ?? [{ text: line.text, columns: line.text.length, words: false }];
  const room = columnsOf(line.size, columns) - parts.reduce((sum, part) => sum + part.columns, 0);
  let at = x + (line.align === 'center' ? (room / 2) * letterWidth : 0);
  const baseline = y + (line.size === 'large' ? 2 : 1) * size * ASCENT;
  page.save();
  if (line.size === 'tall') page.scale(1, 2, { origin: [x, y] });
  for (const part of parts) {
    const width = part.columns * letterWidth;
    const weight = line.bold ? 'bold' : 'plain';
    if (part.words) drawWords(page, part.text, weight, { at, y: baseline, width });
    else page.font(weight).text(part.text, at, baseline, { ...ON_BASELINE, features: [] });
    at += width;
  }
  page.restore();
}

/** Between two Arabic words, as a multiple of the font's own space: wider where their columns leave room. */
const WIDEST_SPACE = 3;
/** Words that are narrower than their columns are widened up to this: a hole beside one parts the line for a reader. */
const WIDEST_WORD = 1.3;

/** Arabic words, the first one at the right end of the columns that they have, and no wider than those. */
function drawWords(
  page: PDFKit.PDFDocument,
  text: string,
  weight: 'plain' | 'bold',
  place: { readonly at: number; readonly y: number; readonly width: number },
): void {
  page.font(`${weight}-arabic`);
  const words = text.split(' ');
  const gaps = words.length - 1;
  const space = page.widthOfString(' ');
  const inked = words.reduce((sum, word) => sum + page.widthOfString(word), 0);
  const room = gaps === 0 ? 0 : (place.width - inked) / gaps;
  const gap = Math.min(space * WIDEST_SPACE, Math.max(space, room));
  const natural = inked + gap * gaps;
  const right = place.at + place.width;
  page.save();
  page.scale(Math.min(WIDEST_WORD, place.width / natural), 1, { origin: [right, place.y] });
  let x = right - natural;
  for (const word of words.toReversed()) {
    page.text(word, x, place.y, ON_BASELINE);
    x += page.widthOfString(word) + gap;
  }
  page.restore();
}

/** A symbol's dots, row by row. */
type Matrix = { readonly pixs: readonly number[]; readonly pixx: number };

function drawCode(page: PDFKit.PDFDocument, symbol: Matrix, middle: number, y: number): void {
  const across = symbol.pixx;
  const dot = (QR_MM * POINTS_A_MM) / across;
  const left = middle - (across * dot) / 2;
  symbol.pixs.forEach((dark: number, index: number) => {
    if (dark === 0) return;
    page.rect(left + (index % across) * dot, y + Math.floor(index / across) * dot, dot, dot);
  });
  page.fill('black');
}

async function bytesOf(page: PDFKit.PDFDocument): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  const whole = new Promise<Uint8Array>((done, failed) => {
    page.on('data', (piece: Buffer) => pieces.push(piece));
    page.on('end', () => done(new Uint8Array(Buffer.concat(pieces))));
    page.on('error', failed);
  });
  page.end();
  return whole;
}
