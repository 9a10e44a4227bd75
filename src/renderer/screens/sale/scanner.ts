/** A person does not type this fast for this long; every scanner that acts as a keyboard does. */
const LONGEST_GAP_MS = 50;
const FEWEST_SIGNS = 8;

/** Signs by physical key on the layout that scanners use, without and with Shift. */
const SIGNS: Readonly<Record<string, readonly [string, string]>> = {
  Space: [' ', ' '],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
};
const SHIFTED_DIGITS = [')', '!', '@', '#', '$', '%', '^', '&', '*', '('];

/** What a key press says, as far as it matters here: `code` is the physical key. */
export type KeyPress = { readonly code: string; readonly shiftKey: boolean; readonly timeStamp: number };

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
  /** Notes one key press; `before` is what the fields held, kept from the first press of a burst. */
  readonly note: (press: KeyPress, before: Before) => void;
  /** At Enter: the scanned text, or null when a person typed. Begins anew either way. */
  readonly finish: (timeStamp: number) => Scan<Before> | null;
};

/** Tells a scanner from a person by the speed of the keys. */
export function watchForScans<Before>(): ScanWatch<Before> {
  let burst: { text: string; lastMs: number; before: Before } | null = null;
  const continues = (timeStamp: number): boolean =>
    burst !== null && timeStamp - burst.lastMs <= LONGEST_GAP_MS;
  return {
    note: (press, before) => {
      const sign = signOfKey(press);
      if (sign === undefined) return;
      burst =
        burst && continues(press.timeStamp)
          ? { ...burst, text: burst.text + sign, lastMs: press.timeStamp }
          : { text: sign, lastMs: press.timeStamp, before };
    },
    finish: (timeStamp) => {
      const done = burst && continues(timeStamp) && burst.text.length >= FEWEST_SIGNS ? burst : null;
      burst = null;
      return done && { text: done.text.trim(), before: done.before };
    },
  };
}
