import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Fontkit from 'fontkit';
import { assert } from '../../units/index.ts';

/** A column of a printer's font A, and the height of the image that stands beside it in the line. */
const COLUMN_DOTS = 12;
const HEIGHT_DOTS = 24;
const EM_DOTS = 18;
/** Below it are tails as deep as font A's own; above it there is room for a hamza on an alif. */
const BASELINE_DOT = 17;
/** Between words: the least, and the most where their columns leave room. */
const SPACE_DOTS = 6;
const WIDEST_SPACE_DOTS = 14;
const CURVE_STEPS = 6;

type Point = { readonly x: number; readonly y: number };
type Segment = { readonly from: Point; readonly to: Point };
type Weight = 400 | 700;

const fonts = new Map<Weight, Fontkit.Font>();

/** Read when the first Arabic word is printed: most stations never need it. */
function fontOf(weight: Weight): Fontkit.Font {
  const known = fonts.get(weight);
  if (known) return known;
  const require = createRequire(import.meta.url);
  const fontkit = require('fontkit') as typeof Fontkit;
  const file = require.resolve(
    `@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-${weight}-normal.woff`,
  );
  const font = fontkit.create(readFileSync(file));
  assert('layout' in font, 'the file holds one font');
  fonts.set(weight, font);
  return font;
}

function curve(points: readonly Point[]): readonly Point[] {
  return Array.from({ length: CURVE_STEPS }, (_, step) => {
    const t = (step + 1) / CURVE_STEPS;
    let level = points;
    // De Casteljau: between each two points of a level lies one of the next, down to the curve's own.
    while (level.length > 1) {
      level = level.slice(1).map((to, at) => {
        const from = level[at] ?? to;
        return { x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) };
      });
    }
    return level[0] ?? { x: 0, y: 0 };
  });
}

/** A glyph's outline as straight pieces, in units of the font. */
function outline(path: Fontkit.Path): readonly Segment[] {
  const segments: Segment[] = [];
  let at: Point = { x: 0, y: 0 };
  let start = at;
  const lineTo = (to: Point): void => {
    segments.push({ from: at, to });
    at = to;
  };
  for (const { command, args } of path.commands) {
    const points = Array.from({ length: args.length / 2 }, (_, n) => ({
      x: args[2 * n] ?? 0,
      y: args[2 * n + 1] ?? 0,
    }));
    if (command === 'moveTo') at = start = points[0] ?? at;
    else if (command === 'closePath') lineTo(start);
    else if (command === 'lineTo') lineTo(points[0] ?? at);
    else for (const point of curve([at, ...points])) lineTo(point);
  }
  return segments;
}

type Shaped = { readonly segments: readonly Segment[]; readonly advance: number };

/** Words shaped and set from left to right, in dots; the baseline is at zero and y grows downwards. */
function shape(text: string, weight: Weight, spaceDots: number): Shaped {
  const font = fontOf(weight);
  const scale = EM_DOTS / font.unitsPerEm;
  const segments: Segment[] = [];
  let x = 0;
  text
    .split(' ')
    .toReversed()
    .forEach((word, index) => {
      if (index > 0) x += spaceDots;
      const run = font.layout(word);
      run.glyphs.forEach((glyph, n) => {
        const position = run.positions[n];
        const place = ({ x: px, y: py }: Point): Point => ({
          x: x + (px + (position?.xOffset ?? 0)) * scale,
          y: -(py + (position?.yOffset ?? 0)) * scale,
        });
        segments.push(...outline(glyph.path).map(({ from, to }) => ({ from: place(from), to: place(to) })));
        x += (position?.xAdvance ?? glyph.advanceWidth) * scale;
      });
    });
  return { segments, advance: x };
}

/** The dots of one row that lie inside the outlines: where the turns around them do not add up to none. */
function inkOfRow(segments: readonly Segment[], row: number, paint: (dot: number) => void): void {
  const middle = row + 0.5;
  const crossings = segments
    .filter(({ from, to }) => from.y <= middle !== to.y <= middle)
    .map(({ from, to }) => ({
      at: from.x + ((middle - from.y) / (to.y - from.y)) * (to.x - from.x),
      turn: to.y > from.y ? 1 : -1,
    }))
    .toSorted((a, b) => a.at - b.at);
  let turns = 0;
  crossings.forEach(({ at, turn }, n) => {
    turns += turn;
    const until = crossings[n + 1]?.at ?? at;
    // A stroke thinner than a dot is still a dot.
    if (turns !== 0)
      for (let dot = Math.round(at); dot < Math.max(Math.round(until), Math.round(at) + 1); dot += 1)
        paint(dot);
  });
}

const images = new Map<string, Uint8Array>();
const MOST_IMAGES = 500;

/**
 * Arabic words as a bit image for the middle of a line (ESC * 33: 24 dots high), some columns of font A wide
 * and flush with the right edge. Words that are wider than their columns are narrowed.
 */
export function arabicImage(text: string, widthColumns: number, bold: boolean): Uint8Array {
  const key = `${bold ? 'b' : 'r'}${widthColumns} ${text}`;
  const known = images.get(key);
  if (known) return known;
  const width = widthColumns * COLUMN_DOTS;
  const weight = bold ? 700 : 400;
  const closest = shape(text, weight, SPACE_DOTS);
  const room = (width - closest.advance) / Math.max(1, text.split(' ').length - 1);
  const spaceDots = Math.min(WIDEST_SPACE_DOTS, SPACE_DOTS + Math.max(0, room));
  const { segments, advance } = shape(text, weight, spaceDots);
  const narrow = Math.min(1, width / advance);
  const place = ({ x, y }: Point): Point => ({
    x: width - (advance - x) * narrow,
    y: y + BASELINE_DOT,
  });
  const placed = segments.map(({ from, to }) => ({ from: place(from), to: place(to) }));
  const columns = new Uint8Array(width * (HEIGHT_DOTS / 8));
  for (let row = 0; row < HEIGHT_DOTS; row += 1) {
    inkOfRow(placed, row, (dot) => {
      if (dot < 0 || dot >= width) return;
      const at = dot * (HEIGHT_DOTS / 8) + (row >> 3);
      columns[at] = (columns[at] ?? 0) | (0x80 >> (row & 7));
    });
  }
  const image = new Uint8Array([0x1b, 0x2a, 33, width & 0xff, width >> 8, ...columns]);
  if (images.size >= MOST_IMAGES) images.clear();
  images.set(key, image);
  return image;
}
