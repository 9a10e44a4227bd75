import type { CDPSession } from '@playwright/test';

/** Keys of a scanner: it presses the physical keys that write its text on the layout of the United States. */
const US_KEYS: readonly (readonly [code: string, plain: string, shifted: string])[] = [
  ...[...'1234567890'].map((digit, at) => [`Digit${digit}`, digit, '!@#$%^&*()'[at] ?? ''] as const),
  ...[...'abcdefghijklmnopqrstuvwxyz'].map(
    (letter) => [`Key${letter.toUpperCase()}`, letter, letter.toUpperCase()] as const,
  ),
  ['Minus', '-', '_'],
  ['Equal', '=', '+'],
  ['Semicolon', ';', ':'],
  ['Period', '.', '>'],
  ['Slash', '/', '?'],
  ['Space', ' ', ' '],
];

/** What the same physical keys write elsewhere, without and with Shift, as the systems' layouts have it. */
const FRENCH: Readonly<Record<string, readonly [string, string]>> = {
  ...Object.fromEntries(
    [...'&é"\'(-è_çà'].map((sign, at) => [`Digit${(at + 1) % 10}`, [sign, `${(at + 1) % 10}`]]),
  ),
  KeyA: ['q', 'Q'],
  KeyQ: ['a', 'A'],
  KeyW: ['z', 'Z'],
  KeyZ: ['w', 'W'],
  KeyM: [',', '?'],
  Minus: [')', '°'],
  Semicolon: ['m', 'M'],
  Period: [':', '/'],
  Slash: ['!', '§'],
};
const ARABIC_LETTERS = 'شلاؤيثبلاهتنمةىخحضقسفعرصءغئ';
const ARABIC: Readonly<Record<string, readonly [string, string]>> = {
  ...Object.fromEntries(
    [...'١٢٣٤٥٦٧٨٩٠'].map((digit, at) => [`Digit${(at + 1) % 10}`, [digit, '!@#$%^&*)('[at] ?? '']]),
  ),
  ...Object.fromEntries(
    [...'abcdefghijklmnopqrstuvwxyz'].map((letter, at) => [
      `Key${letter.toUpperCase()}`,
      [ARABIC_LETTERS[at] ?? 'ش', ARABIC_LETTERS[at] ?? 'ش'],
    ]),
  ),
  // One key, two letters.
  KeyB: ['لا', 'لآ'],
  Semicolon: ['ك', ':'],
  Period: ['ز', '.'],
  Slash: ['ظ', '؟'],
};

export const LAYOUTS = { 'United States': {}, French: FRENCH, Arabic: ARABIC } as const;
export type Layout = keyof typeof LAYOUTS;

/** A slow scanner's pace. */
const GAP_MS = 12;
const SHIFT = 8;

/**
 * Sends a scan as the system hands it over under a layout: physical keys at a scanner's speed, each with what it
 * writes there, then the key that ends it.
 */
export async function scanUnder(
  session: CDPSession,
  layout: Layout,
  text: string,
  end: 'Enter' | 'Tab' | null = 'Enter',
): Promise<void> {
  const written: Readonly<Record<string, readonly [string, string]>> = LAYOUTS[layout];
  const sent: Promise<unknown>[] = [];
  let atMs = Date.now();
  const dispatch = (type: 'keyDown' | 'keyUp', event: Readonly<Record<string, string | number>>): void => {
    atMs += type === 'keyDown' ? GAP_MS : 0;
    // The system stamps each key when it is pressed; how busy this computer is has no part in it.
    sent.push(session.send('Input.dispatchKeyEvent', { type, timestamp: atMs / 1000, ...event }));
  };
  for (const sign of text) {
    const found = US_KEYS.find(([, plain, shifted]) => plain === sign || shifted === sign);
    if (!found) throw new Error(`no key writes ${JSON.stringify(sign)}`);
    const [code, plain] = found;
    const shift = sign !== plain;
    const key = written[code]?.[shift ? 1 : 0] ?? sign;
    const modifiers = shift ? SHIFT : 0;
    if (shift) dispatch('keyDown', { code: 'ShiftLeft', key: 'Shift', modifiers });
    dispatch('keyDown', { code, key, modifiers, text: key });
    dispatch('keyUp', { code, key, modifiers });
    if (shift) dispatch('keyUp', { code: 'ShiftLeft', key: 'Shift' });
  }
  if (end !== null) {
    dispatch('keyDown', { code: end, key: end, ...(end === 'Enter' ? { text: '\r' } : {}) });
    dispatch('keyUp', { code: end, key: end });
  }
  await Promise.all(sent);
}
