import { readFileSync } from 'node:fs';
import bwip from 'bwip-js/node';
import { createRequire } from 'node:module';
import { IMAGE_SIGN, type LineImage, type RollCode, type RollLine } from './interpreter.ts';
import { OutlineFont } from './outline-font.ts';
import { Dots } from './png.ts';

/** Font A of the TM series: a cell of 12 by 24 dots, lines 30 dots apart. */
const CELL = { width: 12, height: 24, line: 30, baseline: 19 } as const;
const MARGIN = 16;
const FILES = '@fontsource/atkinson-hyperlegible-mono/files/atkinson-hyperlegible-mono-latin';

const ARABIC_FILES = '@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic';
const ARABIC = /[\u0600-\u06ff\ufe70-\ufefc]/u;

type Weights = Readonly<Record<'latin' | 'arabic', Readonly<Record<'400' | '700', OutlineFont>>>>;

function loadFonts(): Weights {
  const { resolve } = createRequire(import.meta.url);
  const load = (file: string): Weights['latin'] => {
    const font = (weight: string): OutlineFont =>
      new OutlineFont(readFileSync(resolve(`${file}-${weight}-normal.woff`)));
    return { '400': font('400'), '700': font('700') };
  };
  return { latin: load(FILES), arabic: load(ARABIC_FILES) };
}

const QR_CELL = 5;

type Matrix = { readonly cells: readonly number[]; readonly across: number };

/** The code itself, by a library that the encoder does not use: model 2, correction M. */
function qrMatrix(text: string): Matrix {
  const [symbol] = bwip.raw('qrcode', text, 'eclevel=M');
  if (!symbol || !('pixs' in symbol)) throw new Error('a QR symbol is a matrix');
  return { cells: symbol.pixs, across: symbol.pixx };
}

/** Paints slips the way their paper would look, as PNG. */
export function slipPainter(
  columns: number,
): (lines: readonly RollLine[], qr: readonly RollCode[]) => Uint8Array {
  const fonts = loadFonts();
  return (lines, qr) => {
    const codes = qr.map(({ text, line }) => ({ ...qrMatrix(text), line }));
    const heights = [
      ...lines.map((line) => CELL.line * line.height),
      ...codes.map((code) => code.across * QR_CELL + CELL.line),
    ];
    const width = columns * CELL.width;
    const dots = new Dots(
      width + 2 * MARGIN,
      heights.reduce((sum, height) => sum + height, 2 * MARGIN),
    );
    let y = MARGIN;
    const paintCodes = (before: number): void => {
      for (const code of codes.filter(({ line }) => line === before)) {
        paintCode(dots, code, MARGIN + Math.floor((width - code.across * QR_CELL) / 2), y);
        y += code.across * QR_CELL + CELL.line;
      }
    };
    lines.forEach((line, index) => {
      paintCodes(index);
      paintLine(dots, fonts, line, y, width);
      y += CELL.line * line.height;
    });
    paintCodes(lines.length);
    return dots.toPng();
  };
}

function paintLine(dots: Dots, fonts: Weights, line: RollLine, y: number, width: number): void {
  const room = width - line.text.length * CELL.width * line.width;
  const shares = { left: 0, center: 0.5, right: 1 } as const;
  let x = MARGIN + Math.floor(room * shares[line.align]);
  for (const character of line.text) {
    if (character !== ' ' && character !== IMAGE_SIGN)
      paintCharacter(dots, fontOf(fonts, character, line.bold), character, x, y, line);
    x += CELL.width * line.width;
  }
  const left = MARGIN + Math.floor(room * shares[line.align]);
  // Text twice as high stands on the same baseline, so an image beside it ends where it ends.
  const top = y + CELL.line * (line.height - 1);
  for (const image of line.images ?? []) paintImage(dots, image, left + image.column * CELL.width, top);
}

function fontOf(fonts: Weights, character: string, bold: boolean): OutlineFont {
  return fonts[ARABIC.test(character) ? 'arabic' : 'latin'][bold ? '700' : '400'];
}

function paintImage(dots: Dots, image: LineImage, x: number, y: number): void {
  for (let at = 0; at < image.widthDots; at += 1) {
    for (let row = 0; row < 24; row += 1) {
      if ((image.bits[at * 3 + (row >> 3)] ?? 0) & (0x80 >> (row & 7))) dots.set(x + at, y + row);
    }
  }
}

/** Fills the outline, dot by dot, by the number of turns around each dot's middle. */
function paintCharacter(
  dots: Dots,
  font: OutlineFont,
  character: string,
  x: number,
  y: number,
  line: RollLine,
): void {
  const across = (CELL.width / font.advance(character)) * line.width;
  const down = (CELL.height / font.unitsPerEm) * line.height;
  const base = y + CELL.baseline * line.height;
  const segments = font.segments(character).map((each) => ({
    x0: x + each.x0 * across,
    x1: x + each.x1 * across,
    y0: base - each.y0 * down,
    y1: base - each.y1 * down,
  }));
  for (let row = y; row < y + CELL.line * line.height; row += 1) {
    const middle = row + 0.5;
    const crossings = segments
      .filter(({ y0, y1 }) => y0 <= middle !== y1 <= middle)
      .map(({ x0, y0, x1, y1 }) => ({
        at: x0 + ((middle - y0) / (y1 - y0)) * (x1 - x0),
        turn: y1 > y0 ? 1 : -1,
      }))
      .toSorted((a, b) => a.at - b.at);
    let turns = 0;
    crossings.forEach(({ at, turn }, n) => {
      turns += turn;
      const until = crossings[n + 1]?.at ?? at;
      if (turns === 0) return;
      for (let dot = Math.round(at); dot < Math.round(until); dot += 1) dots.set(dot, row);
    });
  }
}

function paintCode(dots: Dots, code: Matrix, x: number, y: number): void {
  code.cells.forEach((cell, at) => {
    if (cell === 0) return;
    const left = x + (at % code.across) * QR_CELL;
    const top = y + Math.floor(at / code.across) * QR_CELL;
    for (let dot = 0; dot < QR_CELL * QR_CELL; dot += 1) {
      dots.set(left + (dot % QR_CELL), top + Math.floor(dot / QR_CELL));
    }
  });
}
