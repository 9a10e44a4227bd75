import type { RollLine } from './interpreter.ts';

/** A slip's lines as a person would read them off the roll. */
export function rollText(lines: readonly RollLine[], columns: number): string {
  const texts = lines.map((line) => {
    const room = columns - line.text.length * line.width;
    const shares = { left: 0, center: 0.5, right: 1 } as const;
    return (' '.repeat(Math.max(0, Math.floor(room * shares[line.align]))) + line.text).trimEnd();
  });
  return `${texts.join('\n')}\n`;
}
