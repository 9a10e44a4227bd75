/**
 * The token times that a meter remembers: always fifty, in ascending order. A new meter's store is filled with
 * the minute of its manufacture, one that has been rolled over with zeros.
 */
export type TidStore = readonly number[];

const STORE_ENTRIES = 50;

/** A store that takes nothing up to and including this token time. */
export function filledTidStore(tid: number): TidStore {
  return Array.from({ length: STORE_ENTRIES }, () => tid);
}

/**
 * What a store says of a token time: older than everything in it, already in it, or new. A time between two
 * stored ones is new.
 */
export function tidState(store: TidStore, tid: number): 'new' | 'old' | 'used' {
  if (store.includes(tid)) return 'used';
  return tid < Math.min(...store) ? 'old' : 'new';
}

/** The store after a new token time, which pushes out the smallest. */
export function withTid(store: TidStore, tid: number): TidStore {
  return [...store, tid].sort((a, b) => a - b).slice(1);
}
