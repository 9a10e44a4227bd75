/** What goes wrong with one command. */
export type CommandFault =
  | { readonly kind: 'none' }
  /** Done at once, answered `ms` later. */
  | { readonly kind: 'late'; readonly ms: number }
  /** Taken up only when `until` comes, and answered where the line is still there. */
  | { readonly kind: 'done-later'; readonly until: Promise<unknown> }
  /** Done, and never answered. */
  | { readonly kind: 'never' }
  | { readonly kind: 'half-frame' }
  /** The line is cut before anything is done. */
  | { readonly kind: 'drop-before' }
  /** It is done, and the line is cut instead of an answer. */
  | { readonly kind: 'drop-after' }
  | { readonly kind: 'duplicate-reply' }
  | { readonly kind: 'wrong-sequence' }
  /** The access token has just run out. */
  | { readonly kind: 'expired-token' }
  /** The module's clock is two days off for this command. */
  | { readonly kind: 'drifted-clock' }
  /** No credit is left for this command. */
  | { readonly kind: 'limit-used-up' }
  /** The module is broken: its token carries twice the units that it was asked for. */
  | { readonly kind: 'wrong-units' };

/** What a line and a server do of themselves; a module that makes wrong tokens ends a till. */
export const FAULT_KINDS = [
  'late',
  'done-later',
  'never',
  'half-frame',
  'drop-before',
  'drop-after',
  'duplicate-reply',
  'wrong-sequence',
  'expired-token',
  'drifted-clock',
  'limit-used-up',
] as const satisfies readonly CommandFault['kind'][];

/** A small generator that gives the same numbers for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const after = (ms: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** A fault for every third command, drawn from a seed. */
export function everyThirdCommand(seed: number, lateMs: number): () => CommandFault {
  const random = seededRandom(seed);
  let commands = 0;
  return () => {
    commands += 1;
    if (commands % 3 !== 0) return { kind: 'none' };
    const kind = FAULT_KINDS[Math.floor(random() * FAULT_KINDS.length)] ?? 'never';
    if (kind === 'done-later') return { kind, until: after(lateMs) };
    return kind === 'late' ? { kind, ms: lateMs } : { kind };
  };
}
