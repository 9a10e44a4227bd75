/** What can go wrong between a module and whoever asks it, one command at a time. */
export const LINE_FAULTS = [
  'none',
  /** The answer comes, but only after `lateMs`; until then the module does nothing else. */
  'late',
  /** The command is carried out and never answered. */
  'never',
  /** The answer stops in the middle. */
  'half-frame',
  'wrong-crc',
  'duplicate',
  /** The answer bears another command's header, with a right CRC. */
  'wrong-header',
  /** The plug is pulled before the command is carried out. */
  'unplug-before',
  /** The plug is pulled when it has been carried out, before the answer. */
  'unplug-after',
  /** The module's clock is days off for this command. */
  'drifted-clock',
  /** For this command, nothing is left of the module's limit. */
  'limit-used-up',
] as const;

export type LineFault = (typeof LINE_FAULTS)[number];

/** Gives out a list, then no faults. */
export function scriptedFaults(list: readonly LineFault[]): () => LineFault {
  let at = 0;
  return () => list[at++] ?? 'none';
}

/** mulberry32. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * One command in every three meets a fault: which of the three, and which fault, is drawn. So a command that is
 * tried again does not meet the same fault for ever.
 */
export function seededFaults(seed: number, among: readonly LineFault[]): () => LineFault {
  const roll = dice(seed);
  let at = 0;
  let bad = 0;
  return () => {
    if (at === 0) bad = Math.floor(roll() * 3);
    const hit = at === bad;
    at = (at + 1) % 3;
    return hit ? (among[Math.floor(roll() * among.length)] ?? 'none') : 'none';
  };
}
