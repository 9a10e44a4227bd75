import { cells, withoutIsolates, type ArabicAs } from './visual.ts';

/** Greedy word wrap. Words longer than the width are broken; a no-break space holds its words together. */
export function wrapWords(text: string, width: number, arabic: ArabicAs = 'pictures'): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (cells(joined, arabic) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = cells(word, arabic) <= width ? word : withoutIsolates(word);
    while (cells(line, arabic) > width) {
      lines.push(line.slice(0, width));
      line = line.slice(width);
    }
  }
  if (line !== '') lines.push(line);
  return lines.map((each) => each.replaceAll('\u00a0', ' '));
}

/**
 * A label at the left and a value at the right edge, both whole. A label too long to stand beside the value
 * is wrapped, and the value stands on the last of its lines or, where even that is full, on the next one.
 */
export function leftAndRight(
  left: string,
  right: string,
  width: number,
  arabic: ArabicAs = 'pictures',
): readonly string[] {
  const values = wrapWords(right, width, arabic);
  const value = values[0] ?? '';
  const room = width - cells(value, arabic) - 1;
  const whole = wrapWords(left, width, arabic);
  const last = whole.at(-1) ?? '';
  const pad = (text: string, before: number): string =>
    `${' '.repeat(Math.max(0, width - before - cells(text, arabic)))}${text}`;
  const rest = values.slice(1).map((line) => pad(line, 0));
  if (cells(last, arabic) <= room || value === '') {
    const joined = value === '' ? last : last + pad(value, cells(last, arabic));
    return [...whole.slice(0, -1), joined, ...rest];
  }
  return [...whole, pad(value, 0), ...rest];
}
