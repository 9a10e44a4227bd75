import { CODE_PAGES } from './code-pages.ts';

/** A bit image in a line: 24 dots high, three bytes a column of dots, the highest dot first. */
export type LineImage = {
  /** The column of font A where it begins. */
  readonly column: number;
  readonly widthDots: number;
  readonly bits: Uint8Array;
};

/** Stands in a line's text for each column that an image covers. */
export const IMAGE_SIGN = '\ufffc';

/** One line as it stands on the roll; widths and heights are multiples of font A. */
export type RollLine = {
  readonly text: string;
  readonly width: number;
  readonly height: number;
  readonly bold: boolean;
  readonly align: 'left' | 'center' | 'right';
  readonly images?: readonly LineImage[];
};

/** A QR code on the roll, and how many lines stand above it on its slip. */
export type RollCode = { readonly text: string; readonly line: number };

/** What one command, or one line of text, does. */
export type Action =
  | { readonly kind: 'line'; readonly line: RollLine }
  | { readonly kind: 'feed'; readonly lines: number }
  | {
      readonly kind: 'qr';
      readonly text: string;
      readonly cellDots: number;
      readonly align: RollLine['align'];
    }
  | {
      readonly kind: 'raster';
      readonly widthDots: number;
      readonly heightDots: number;
      readonly bits: Uint8Array;
    }
  | { readonly kind: 'cut'; readonly how: 'full' | 'partial' }
  | { readonly kind: 'drawer'; readonly pin: number }
  | { readonly kind: 'process-id'; readonly id: string }
  | { readonly kind: 'automatic-status'; readonly mask: number }
  | { readonly kind: 'paper-status' }
  | { readonly kind: 'none' }
  | { readonly kind: 'error'; readonly message: string };

type Style = {
  width: number;
  height: number;
  bold: boolean;
  align: RollLine['align'];
  page: number;
};

/** How many bytes a command took, and what it does; undefined while bytes are missing. */
type Taken = { readonly length: number; readonly action: Action } | undefined;

const DOTS_A_COLUMN = 12;
const NONE: Action = { kind: 'none' };
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const DLE = 0x10;
const LF = 0x0a;
const hex = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');

function initialStyle(): Style {
  return { width: 1, height: 1, bold: false, align: 'left', page: 0 };
}

/**
 * Reads a stream of ESC/POS commands the way a receipt printer does, strictly: a command that it does not
 * know, or one in the wrong place, is reported and never guessed at.
 */
export class Interpreter {
  readonly #columns: number;
  readonly #input: number[] = [];
  /** Where in the input the next command begins; what lies before it is done. */
  #start = 0;
  readonly #done: Action[] = [];
  #style = initialStyle();
  #text = '';
  #images: LineImage[] = [];
  #textStyle = initialStyle();
  #used = 0;
  #qr = { text: '', cellDots: 3, model: 2 };

  constructor(columns: number) {
    this.#columns = columns;
  }

  push(bytes: Iterable<number>): void {
    for (const byte of bytes) this.#input.push(byte);
  }

  /** Forgets what was received and not printed (DLE DC4 function 8). */
  clear(): void {
    this.#input.length = 0;
    this.#start = 0;
    this.#done.length = 0;
    this.#text = '';
    this.#images = [];
    this.#used = 0;
  }

  /** What is in the line buffer and not on paper. */
  get unprintedText(): string {
    return this.#text;
  }

  /** The next action, or undefined until more bytes come. */
  next(): Action | undefined {
    while (this.#done.length === 0 && this.#start < this.#input.length) {
      const taken = this.#take();
      if (!taken) return undefined;
      this.#start += taken.length;
      if (this.#start === this.#input.length) this.#input.length = this.#start = 0;
      if (taken.action.kind !== 'none') this.#done.push(taken.action);
    }
    return this.#done.shift();
  }

  /** The first bytes of the command at hand; fewer where they have not come yet. */
  #head(count: number): readonly number[] {
    return this.#input.slice(this.#start, this.#start + count);
  }

  #take(): Taken {
    const first = this.#input[this.#start]!;
    if (first === LF) return { length: 1, action: this.#lineEnd() };
    // NUL means nothing; a carriage return does nothing where a line feed ends lines.
    if (first === 0 || first === 0x0d) return { length: 1, action: NONE };
    if (first === FS) return this.#kanji();
    if (first === ESC) return this.#escape();
    if (first === GS) return this.#group();
    if (first === DLE) return this.#realTime();
    if (first < 0x20 || first === 0x7f) return this.#unknown(1);
    return { length: 1, action: this.#character(first) };
  }

  #unknown(length: number): Taken {
    const message = `unknown command ${hex(this.#head(length))}`;
    return { length, action: { kind: 'error', message } };
  }

  #character(byte: number): Action {
    const character =
      byte < 0x80 ? String.fromCharCode(byte) : CODE_PAGES.get(this.#style.page)?.[byte - 0x80];
    const style = this.#style;
    if (character === undefined || (byte >= 0x80 && character === ' ')) {
      return { kind: 'error', message: `page ${style.page} has no character ${hex([byte])}` };
    }
    if (this.#used + style.width > this.#columns) {
      this.#done.push({ kind: 'line', line: this.#takeLine() });
    }
    // The style of a line is that of its ink: spaces before it have none.
    if (this.#text.trim() === '') this.#textStyle = { ...style };
    const { width, height, bold } = this.#textStyle;
    const differs = width !== style.width || height !== style.height || bold !== style.bold;
    const mixed = differs && character !== ' ';
    this.#text += character;
    this.#used += style.width;
    return mixed ? { kind: 'error', message: 'two styles in one line' } : NONE;
  }

  #takeLine(): RollLine {
    const { width, height, bold, align } = this.#text === '' ? this.#style : this.#textStyle;
    const images = this.#images;
    const line = { text: this.#text, width, height, bold, align, ...(images.length > 0 ? { images } : {}) };
    this.#text = '';
    this.#images = [];
    this.#used = 0;
    return line;
  }

  #lineEnd(): Action {
    return { kind: 'line', line: this.#takeLine() };
  }

  /** Answered the moment they arrive, by the printer; in their place in the stream they do nothing more. */
  #realTime(): Taken {
    const [, second, third] = this.#head(3);
    if (second === undefined || third === undefined) return undefined;
    if (second === 0x04 && third >= 1 && third <= 4) return { length: 3, action: NONE };
    if (second === 0x05 && (third === 1 || third === 2)) return { length: 3, action: NONE };
    if (second === 0x14 && third === 1) return this.#whole(5, () => NONE);
    if (second === 0x14 && third === 8) return this.#whole(10, () => NONE);
    return this.#unknown(3);
  }

  /** FS . leaves the two-byte characters that this printer has none of. */
  #kanji(): Taken {
    const [, code] = this.#head(2);
    if (code === undefined) return undefined;
    return code === 0x2e ? { length: 2, action: NONE } : this.#unknown(2);
  }

  #whole(length: number, action: () => Action): Taken {
    return this.#input.length - this.#start < length ? undefined : { length, action: action() };
  }

  #escape(): Taken {
    const [, code, n = 0] = this.#head(3);
    if (code === undefined) return undefined;
    switch (code) {
      case 0x40: // ESC @
        return this.#whole(2, () => {
          this.#style = initialStyle();
          this.#text = '';
          this.#images = [];
          this.#used = 0;
          return NONE;
        });
      case 0x74: // ESC t n
        return this.#whole(3, () => {
          if (!CODE_PAGES.has(n)) return { kind: 'error', message: `no code page ${n}` };
          this.#style.page = n;
          return NONE;
        });
      case 0x61: // ESC a n
        return this.#whole(3, () => this.#align(n));
      case 0x45: // ESC E n
        return this.#whole(3, () => {
          this.#style.bold = (n & 1) === 1;
          return NONE;
        });
      case 0x4d: // ESC M n
        return this.#whole(3, () =>
          n === 0 || n === 48 ? NONE : { kind: 'error', message: `no font ${n}` },
        );
      case 0x2a: // ESC * m nL nH
        return this.#bitImage();
      case 0x64: // ESC d n
        return this.#whole(3, () => this.#feed(n));
      case 0x70: // ESC p m t1 t2
        return this.#whole(5, () => ({ kind: 'drawer', pin: n === 0 || n === 48 ? 2 : 5 }));
      default:
        return this.#unknown(2);
    }
  }

  /** 24 dots high in double density: a column of font A is twelve columns of dots, whatever the size of the text. */
  #bitImage(): Taken {
    const [, , mode, low, high] = this.#head(5);
    if (high === undefined) return undefined;
    const widthDots = low! + high * 256;
    const length = 5 + widthDots * 3;
    return this.#whole(length, () => {
      const columns = widthDots / DOTS_A_COLUMN;
      if (mode !== 33 || !Number.isInteger(columns) || columns === 0)
        return { kind: 'error', message: `bit image of mode ${mode}, ${widthDots} dots wide` };
      if (this.#used + columns > this.#columns) return { kind: 'error', message: 'image beyond the line' };
      if (this.#text.trim() === '') this.#textStyle = { ...this.#style };
      const bits = Uint8Array.from(this.#head(length).slice(5));
      this.#images.push({ column: this.#used, widthDots, bits });
      this.#text += IMAGE_SIGN.repeat(columns);
      this.#used += columns;
      return NONE;
    });
  }

  #align(n: number): Action {
    const align = (['left', 'center', 'right'] as const)[n % 48];
    if (align === undefined) return { kind: 'error', message: `no alignment ${n}` };
    if (this.#text !== '') return { kind: 'error', message: 'alignment inside a line' };
    this.#style.align = align;
    return NONE;
  }

  #feed(lines: number): Action {
    if (this.#text !== '') this.#done.push({ kind: 'line', line: this.#takeLine() });
    return { kind: 'feed', lines };
  }

  #group(): Taken {
    const [, code, n = 0] = this.#head(3);
    if (code === undefined) return undefined;
    switch (code) {
      case 0x21: // GS ! n
        return this.#whole(3, () => this.#size(n));
      case 0x56: // GS V m [n]
        return this.#cut(n);
      case 0x61: // GS a n
        return this.#whole(3, () => ({ kind: 'automatic-status', mask: n }));
      case 0x72: // GS r n
        return this.#whole(3, () => (n === 1 || n === 49 ? { kind: 'paper-status' } : NONE));
      case 0x28: // GS ( x
        return this.#parametered();
      case 0x76: // GS v 0
        return this.#raster();
      default:
        return this.#unknown(2);
    }
  }

  #size(n: number): Action {
    const width = (n >> 4) + 1;
    const height = (n & 0x0f) + 1;
    if (width > 8 || height > 8) return { kind: 'error', message: `no size ${n}` };
    this.#style.width = width;
    this.#style.height = height;
    return NONE;
  }

  #cut(m: number): Taken {
    const fed = m === 65 || m === 66;
    const known = fed || m === 0 || m === 1 || m === 48 || m === 49;
    return this.#whole(fed ? 4 : 3, () => {
      if (!known) return { kind: 'error', message: `no cut ${m}` };
      if (this.#text !== '') return { kind: 'error', message: 'cut inside a line' };
      return { kind: 'cut', how: m % 2 === (fed ? 1 : 0) ? 'full' : 'partial' };
    });
  }

  /** GS ( x pL pH …: a length in the command itself. */
  #parametered(): Taken {
    const [, , name, low, high] = this.#head(5);
    if (name === undefined || low === undefined || high === undefined) return undefined;
    const length = 5 + low + high * 256;
    const data = this.#head(length).slice(5);
    return this.#whole(length, () => {
      if (name === 0x6b) return this.#symbol(data);
      if (name === 0x48) return processIdAction(data);
      return { kind: 'error', message: `unknown command 1d 28 ${hex([name])}` };
    });
  }

  /** GS ( k: a QR symbol is set up, filled and printed by commands of their own. */
  #symbol(data: readonly number[]): Action {
    const [family, fn, n = 0] = data;
    if (family !== 0x31) return { kind: 'error', message: `no symbol ${hex(data.slice(0, 2))}` };
    if (fn === 0x41 && (n === 0x31 || n === 0x32)) this.#qr.model = n - 0x30;
    else if (fn === 0x43 && n >= 1 && n <= 16) this.#qr.cellDots = n;
    else if (fn === 0x45 && n >= 0x30 && n <= 0x33) return NONE;
    else if (fn === 0x50 && n === 0x30) this.#qr.text = String.fromCharCode(...data.slice(3));
    else if (fn === 0x51 && n === 0x30) {
      if (this.#text !== '') return { kind: 'error', message: 'a symbol inside a line' };
      const { text, cellDots } = this.#qr;
      return { kind: 'qr', text, cellDots, align: this.#style.align };
    } else return { kind: 'error', message: `unknown symbol command ${hex(data.slice(0, 3))}` };
    return NONE;
  }

  #raster(): Taken {
    const [, , zero, mode, xl, xh, yl, yh] = this.#head(8);
    if (yh === undefined) return undefined;
    const bytesAcross = xl! + xh! * 256;
    const heightDots = yl! + yh * 256;
    const length = 8 + bytesAcross * heightDots;
    return this.#whole(length, () => {
      if (zero !== 0x30 || mode! % 48 > 3) return { kind: 'error', message: 'unknown raster mode' };
      const bits = Uint8Array.from(this.#head(length).slice(8));
      return { kind: 'raster', widthDots: bytesAcross * 8, heightDots, bits };
    });
  }
}

function processIdAction(data: readonly number[]): Action {
  const [fn, m, ...id] = data;
  const known = (fn === 48 || fn === 49) && m === 48 && id.length === 4;
  if (!known) return { kind: 'error', message: `unknown process id command ${hex(data)}` };
  return fn === 48 ? { kind: 'process-id', id: String.fromCharCode(...id) } : NONE;
}
