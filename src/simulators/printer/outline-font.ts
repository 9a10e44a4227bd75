import { inflateSync } from 'node:zlib';

type Point = { readonly x: number; readonly y: number; readonly on: boolean };
type Segment = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };

const CURVE_STEPS = 6;

/** The tables of a WOFF 1.0 file, each unpacked. */
function woffTables(file: Buffer): ReadonlyMap<string, Buffer> {
  if (file.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF 1.0 font');
  const tables = new Map<string, Buffer>();
  for (let n = 0; n < file.readUInt16BE(12); n += 1) {
    const at = 44 + n * 20;
    const offset = file.readUInt32BE(at + 4);
    const packed = file.subarray(offset, offset + file.readUInt32BE(at + 8));
    const whole = packed.length < file.readUInt32BE(at + 12) ? inflateSync(packed) : packed;
    tables.set(file.toString('latin1', at, at + 4), whole);
  }
  return tables;
}

/** A TrueType font in a WOFF file: outlines of single characters, without shaping. */
export class OutlineFont {
  readonly unitsPerEm: number;
  readonly #glyf: Buffer;
  readonly #loca: Buffer;
  readonly #cmap: Buffer;
  readonly #hmtx: Buffer;
  readonly #longLoca: boolean;
  readonly #metrics: number;

  constructor(file: Buffer) {
    const tables = woffTables(file);
    const table = (name: string): Buffer => {
      const found = tables.get(name);
      if (!found) throw new Error(`the font has no ${name} table`);
      return found;
    };
    this.#glyf = table('glyf');
    this.#loca = table('loca');
    this.#hmtx = table('hmtx');
    this.#cmap = unicodeMap(table('cmap'));
    this.unitsPerEm = table('head').readUInt16BE(18);
    this.#longLoca = table('head').readInt16BE(50) === 1;
    this.#metrics = table('hhea').readUInt16BE(34);
  }

  advance(character: string): number {
    const glyph = Math.min(this.#glyph(character), this.#metrics - 1);
    return this.#hmtx.readUInt16BE(glyph * 4);
  }

  /** Straight pieces of the character's outlines, curves taken in small steps; y grows upwards. */
  segments(character: string): readonly Segment[] {
    return this.#contours(this.#glyph(character), 0, 0, 0).flatMap(flatten);
  }

  /** Format 4 of the character map: segments of codes with a difference or a list. */
  #glyph(character: string): number {
    const map = this.#cmap;
    const code = character.codePointAt(0) ?? 0;
    const doubled = map.readUInt16BE(6);
    for (let at = 0; at < doubled; at += 2) {
      if (map.readUInt16BE(14 + at) < code) continue;
      const first = map.readUInt16BE(16 + doubled + at);
      if (first > code) return 0;
      const delta = map.readUInt16BE(16 + 2 * doubled + at);
      const rangeAt = 16 + 3 * doubled + at;
      const range = map.readUInt16BE(rangeAt);
      if (range === 0) return (code + delta) & 0xffff;
      const glyph = map.readUInt16BE(rangeAt + range + 2 * (code - first));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  }

  #contours(glyph: number, dx: number, dy: number, depth: number): readonly Point[][] {
    const offset = (n: number): number =>
      this.#longLoca ? this.#loca.readUInt32BE(n * 4) : this.#loca.readUInt16BE(n * 2) * 2;
    const from = offset(glyph);
    if (offset(glyph + 1) === from || depth > 4) return [];
    const data = this.#glyf.subarray(from);
    const count = data.readInt16BE(0);
    return count >= 0 ? simpleContours(data, count, dx, dy) : this.#parts(data, dx, dy, depth);
  }

  /** A glyph made of others, each moved; scaled parts do not occur in the fonts that are used here. */
  #parts(data: Buffer, dx: number, dy: number, depth: number): readonly Point[][] {
    const contours: Point[][] = [];
    let at = 10;
    for (;;) {
      const flags = data.readUInt16BE(at);
      const glyph = data.readUInt16BE(at + 2);
      const words = (flags & 1) !== 0;
      const x = words ? data.readInt16BE(at + 4) : data.readInt8(at + 4);
      const y = words ? data.readInt16BE(at + 6) : data.readInt8(at + 5);
      contours.push(...this.#contours(glyph, dx + x, dy + y, depth + 1));
      const scale = flags & 0x08 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0;
      at += (words ? 8 : 6) + scale;
      if ((flags & 0x20) === 0) return contours;
    }
  }
}

function unicodeMap(cmap: Buffer): Buffer {
  for (let n = 0; n < cmap.readUInt16BE(2); n += 1) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + n * 8 + 4));
    if (table.readUInt16BE(0) === 4) return table;
  }
  throw new Error('the font has no character map of format 4');
}

function simpleContours(data: Buffer, count: number, dx: number, dy: number): Point[][] {
  const ends = Array.from({ length: count }, (_, n) => data.readUInt16BE(10 + n * 2));
  const total = (ends.at(-1) ?? -1) + 1;
  let at = 10 + count * 2;
  at += 2 + data.readUInt16BE(at);
  const flags: number[] = [];
  while (flags.length < total) {
    const flag = data.readUInt8(at++);
    const repeats = flag & 8 ? data.readUInt8(at++) : 0;
    for (let n = 0; n <= repeats; n += 1) flags.push(flag);
  }
  const coordinates = (short: number, same: number): number[] => {
    let value = 0;
    return flags.map((flag) => {
      if (flag & short) value += (flag & same ? 1 : -1) * data.readUInt8(at++);
      else if (!(flag & same)) {
        value += data.readInt16BE(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = coordinates(2, 16);
  const ys = coordinates(4, 32);
  const points = flags.map((flag, n) => ({ x: xs[n]! + dx, y: ys[n]! + dy, on: (flag & 1) === 1 }));
  return ends.map((end, n) => points.slice(n === 0 ? 0 : ends[n - 1]! + 1, end + 1));
}

/** Quadratic curves; between two control points in a row lies a point of the outline. */
function flatten(contour: readonly Point[]): readonly Segment[] {
  const full: Point[] = [];
  contour.forEach((point, n) => {
    const next = contour[(n + 1) % contour.length]!;
    full.push(point);
    if (!point.on && !next.on) full.push({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2, on: true });
  });
  const start = full.findIndex((point) => point.on);
  const ring = [...full.slice(start), ...full.slice(0, start), full[start]!];
  const path: Point[] = [];
  ring.forEach((point, n) => {
    if (point.on) {
      path.push(point);
      return;
    }
    const a = ring[n - 1]!;
    const b = ring[n + 1]!;
    for (let step = 1; step < CURVE_STEPS; step += 1) {
      const t = step / CURVE_STEPS;
      const mix = (p: number, q: number, r: number): number =>
        (1 - t) ** 2 * p + 2 * t * (1 - t) * q + t * t * r;
      path.push({ x: mix(a.x, point.x, b.x), y: mix(a.y, point.y, b.y), on: true });
    }
  });
  return path.slice(1).map((to, n) => ({ x0: path[n]!.x, y0: path[n]!.y, x1: to.x, y1: to.y }));
}
