import type { StationStatus } from '../../../contract/index.ts';

/** A person does not type this fast for this long; every scanner that acts as a keyboard does. */
export const LONGEST_GAP_MS = 50;
const FEWEST_SIGNS = 8;

/** Signs by physical key on the layout that scanners use, without and with Shift. */
const SIGNS: Readonly<Record<string, readonly [string, string]>> = {
  Space: [' ', ' '],
  Backquote: ['`', '~'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  NumpadDecimal: ['.', '.'],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
};
const SHIFTED_DIGITS = [')', '!', '@', '#', '$', '%', '^', '&', '*', '('];

/** What a key press says, as far as it matters here: `code` is the physical key. */
export type KeyPress = {
  readonly code: string;
  readonly shiftKey: boolean;
  readonly timeStamp: number;
  /** A key that is held down; no scanner holds one. */
  readonly repeat?: boolean;
};

/** How the scanners here are set up. */
export type ScannerSettings = StationStatus['scanner'];

/** The sign that a scanner meant, whatever layout the computer has; undefined for a key that writes nothing. */
export function signOfKey(press: KeyPress): string | undefined {
  const digit = /^(Digit|Numpad)(\d)$/u.exec(press.code);
  if (digit) return press.shiftKey && digit[1] === 'Digit' ? SHIFTED_DIGITS[Number(digit[2])] : digit[2];
  const letter = /^Key([A-Z])$/u.exec(press.code)?.[1];
  if (letter !== undefined) return press.shiftKey ? letter : letter.toLowerCase();
  return SIGNS[press.code]?.[press.shiftKey ? 1 : 0];
}

export type Scan<Before> = { readonly text: string; readonly before: Before };

export type ScanWatch<Before> = {
  /** Notes one key press; `before` tells what the fields held, and is kept from the first press of a burst. */
  readonly note: (press: KeyPress, before: () => Before) => void;
  /** Whether a key now would belong to a burst that has begun. */
  readonly isRunning: (timeStamp: number) => boolean;
  /** At the key that ends a scan: the scanned text, or null when a person typed. Begins anew either way. */
  readonly finish: (timeStamp: number) => Scan<Before> | null;
};

/** Tells a scanner from a person by the speed of the keys, or by the prefix that the scanner was set to. */
export function watchForScans<Before>(settings: () => ScannerSettings): ScanWatch<Before> {
  let burst: { text: string; lastMs: number; before: Before } | null = null;
  const isRunning = (timeStamp: number): boolean =>
    burst !== null && timeStamp - burst.lastMs <= LONGEST_GAP_MS;
  return {
    isRunning,
    note: (press, before) => {
      if (press.repeat === true) burst = null;
      const sign = press.repeat === true ? undefined : signOfKey(press);
      if (sign === undefined) return;
      burst =
        burst && isRunning(press.timeStamp)
          ? { ...burst, text: burst.text + sign, lastMs: press.timeStamp }
          : { text: sign, lastMs: press.timeStamp, before: before() };
    },
    finish: (timeStamp) => {
      const done = isRunning(timeStamp) ? burst : null;
      burst = null;
      if (!done) return null;
      const { prefix, suffix } = settings();
      const named = prefix !== '' && done.text.startsWith(prefix);
      if (!named && done.text.length < FEWEST_SIGNS) return null;
      const behind = named ? done.text.slice(prefix.length) : done.text;
      const text = suffix !== '' && behind.endsWith(suffix) ? behind.slice(0, -suffix.length) : behind;
      return { text: text.trim(), before: done.before };
    },
  };
}
