/** A repeatable stream of random numbers (mulberry32), for tests whose failures must be found again. */
export type Random = {
  /** A whole number from 0 to below `limit`. */
  readonly below: (limit: number) => number;
  readonly bytes: (count: number) => Uint8Array;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly digits: (count: number) => string;
};

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
    pick: (list) => list[below(list.length)]!,
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
  };
}

/** The sizes of the random tests: `small` unless KIOSKWATT_SIZE says `deep`. */
export const DEEP = process.env['KIOSKWATT_SIZE'] === 'deep';

/** The seed of the random tests, printed with every failure; KIOSKWATT_SEED sets it. */
export const SEED = Number(process.env['KIOSKWATT_SEED'] ?? 20_260_101);
