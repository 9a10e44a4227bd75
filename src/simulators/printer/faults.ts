/** What goes wrong on one connection. Times are in milliseconds, lines count from the connection's first. */
export type Fault =
  | { readonly kind: 'none' }
  /** The roll ends; it is changed after `mendMs`, or never when that is null. */
  | { readonly kind: 'paper-out'; readonly afterLines: number; readonly mendMs: number | null }
  | { readonly kind: 'cover-open'; readonly afterLines: number; readonly mendMs: number | null }
  | { readonly kind: 'cutter-jam'; readonly mendMs: number | null }
  | { readonly kind: 'slow'; readonly lineMs: number }
  /** Accepts the connection and reads nothing from it. */
  | { readonly kind: 'never-reads' }
  /** Stops reading in the middle. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** Says that it will say no more, and reads no more. */
  | { readonly kind: 'half-close'; readonly afterBytes: number }
  /** Another client has the printer for `holdMs`. */
  | { readonly kind: 'second-client'; readonly holdMs: number };

/** A small generator that gives the same numbers for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A fault for each connection, drawn from a seed; about every third connection has none. */
export function seededFaults(seed: number): () => Fault {
  const random = seededRandom(seed);
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  const mend = (): number | null => (random() < 0.5 ? 5 + upTo(20) : null);
  const draw: readonly (() => Fault)[] = [
    () => ({ kind: 'paper-out', afterLines: upTo(40), mendMs: mend() }),
    () => ({ kind: 'cover-open', afterLines: upTo(40), mendMs: mend() }),
    () => ({ kind: 'cutter-jam', mendMs: mend() }),
    () => ({ kind: 'slow', lineMs: 1 + upTo(1) }),
    () => ({ kind: 'never-reads' }),
    () => ({ kind: 'stall', afterBytes: upTo(900) }),
    () => ({ kind: 'reset', afterBytes: upTo(900) }),
    () => ({ kind: 'half-close', afterBytes: upTo(900) }),
    () => ({ kind: 'second-client', holdMs: 5 + upTo(20) }),
  ];
  return () => (random() < 0.3 ? { kind: 'none' } : draw[upTo(draw.length - 1)]!());
}
