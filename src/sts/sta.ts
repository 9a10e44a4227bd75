import { assert } from '../units/index.ts';
import type { StaTables } from './tables.ts';
import { wordAt, type Block64 } from './words.ts';

/**
 * EA07, the Standard Transfer Algorithm: sixteen rounds, each a substitution of the sixteen nibbles by one of
 * two boxes, chosen by a key bit, then a permutation of the 64 bits.
 *
 * One lookup does both steps for one byte: its two substituted nibbles, their bits already in the places where
 * the permutation puts them. Eight such lookups, combined by exclusive or, make a round.
 */

const ROUNDS = 16;
const BYTES = 8;
/** 256 byte values for each of the four combinations of two key bits. */
const ENTRIES_A_BYTE = 4 * 256;

type RoundMasks = { readonly hi: Int32Array; readonly lo: Int32Array };

function invert(table: readonly number[]): readonly number[] {
  const inverse = Array.from(table, () => 0);
  table.forEach((to, from) => {
    inverse[to] = from;
  });
  return inverse;
}

const KEEP_NIBBLE = Array.from({ length: 16 }, (_, value) => value);
const KEEP_BIT = Array.from({ length: 64 }, (_, bit) => bit);

function roundMasks(
  substitution0: readonly number[],
  substitution1: readonly number[],
  permutation: readonly number[],
): RoundMasks {
  const hi = new Int32Array(BYTES * ENTRIES_A_BYTE);
  const lo = new Int32Array(BYTES * ENTRIES_A_BYTE);
  for (let index = 0; index < hi.length; index += 1) {
    const byte = Math.floor(index / ENTRIES_A_BYTE);
    const low = (index & 0x100) === 0 ? substitution0 : substitution1;
    const high = (index & 0x200) === 0 ? substitution0 : substitution1;
    const substituted = (high[(index >>> 4) & 15]! << 4) | low[index & 15]!;
    for (let bit = 0; bit < 8; bit += 1) {
      if ((substituted & (1 << bit)) === 0) continue;
      const to = permutation[byte * 8 + bit]!;
      if (to < 32) lo[index]! |= 1 << to;
      else hi[index]! |= 1 << (to - 32);
    }
  }
  return { hi, lo };
}

/** The masks of both directions for one set of boxes; prepared once, used for every key. */
export type StaMasks = {
  readonly forward: RoundMasks;
  readonly backward: RoundMasks;
  readonly unpermute: RoundMasks;
  readonly unsubstitute: RoundMasks;
};

export function prepareStaMasks(tables: StaTables): StaMasks {
  const inverse0 = invert(tables.substitution0);
  const inverse1 = invert(tables.substitution1);
  const inversePermutation = invert(tables.permutation);
  return {
    forward: roundMasks(tables.substitution0, tables.substitution1, tables.permutation),
    backward: roundMasks(inverse0, inverse1, inversePermutation),
    unpermute: roundMasks(KEEP_NIBBLE, KEEP_NIBBLE, inversePermutation),
    unsubstitute: roundMasks(inverse0, inverse1, KEEP_BIT),
  };
}

/** For every round and byte, the offset of the masks that its two key bits choose. */
export type StaKeySchedule = Int32Array;

/**
 * Prepares an eight-byte decoder key. The standard complements the key, turns it right by twelve, looks at bit
 * 4i+3 for nibble i, and turns it left by one after each round; that is bit 4i+15-round of the key as it
 * stands, and a set bit there chooses the first box.
 */
export function prepareStaKey(key: Uint8Array): StaKeySchedule {
  assert(key.length === 8, 'an EA07 decoder key has eight bytes');
  const hi = wordAt(key, 0);
  const lo = wordAt(key, 4);
  const schedule = new Int32Array(ROUNDS * BYTES);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let byte = 0; byte < BYTES; byte += 1) {
      const first = (8 * byte + 15 - round) & 63;
      const second = (first + 4) & 63;
      const firstClear = ~((first < 32 ? lo : hi) >>> (first & 31)) & 1;
      const secondClear = ~((second < 32 ? lo : hi) >>> (second & 31)) & 1;
      schedule[round * BYTES + byte] = byte * ENTRIES_A_BYTE + (secondClear << 9) + (firstClear << 8);
    }
  }
  return schedule;
}

/**
 * Some rounds in a row, upwards or downwards through the schedule: eight lookups a round, one for each byte. They
 * are written out because this is the engine's innermost loop; a loop over the bytes takes twice as long.
 */
function turns(
  masks: RoundMasks,
  schedule: StaKeySchedule,
  rounds: { readonly first: number; readonly count: number; readonly step: 1 | -1 },
  block: Block64,
): Block64 {
  const maskHi = masks.hi;
  const maskLo = masks.lo;
  let { hi, lo } = block;
  let row = rounds.first * BYTES;
  for (let turn = 0; turn < rounds.count; turn += 1) {
    const a = schedule[row]! + (lo & 255);
    const b = schedule[row + 1]! + ((lo >>> 8) & 255);
    const c = schedule[row + 2]! + ((lo >>> 16) & 255);
    const d = schedule[row + 3]! + (lo >>> 24);
    const e = schedule[row + 4]! + (hi & 255);
    const f = schedule[row + 5]! + ((hi >>> 8) & 255);
    const g = schedule[row + 6]! + ((hi >>> 16) & 255);
    const h = schedule[row + 7]! + (hi >>> 24);
    hi =
      maskHi[a]! ^ maskHi[b]! ^ maskHi[c]! ^ maskHi[d]! ^ maskHi[e]! ^ maskHi[f]! ^ maskHi[g]! ^ maskHi[h]!;
    lo =
      maskLo[a]! ^ maskLo[b]! ^ maskLo[c]! ^ maskLo[d]! ^ maskLo[e]! ^ maskLo[f]! ^ maskLo[g]! ^ maskLo[h]!;
    row += rounds.step * BYTES;
  }
  return { hi: hi >>> 0, lo: lo >>> 0 };
}

const LAST = ROUNDS - 1;
const ALL_ROUNDS = { first: 0, count: ROUNDS, step: 1 } as const;
const ALL_BUT_THE_FIRST = { first: LAST, count: LAST, step: -1 } as const;
const FIRST_ROUND = { first: 0, count: 1, step: 1 } as const;

/** Encrypts one block. */
export function staEncrypt(masks: StaMasks, schedule: StaKeySchedule, block: Block64): Block64 {
  return turns(masks.forward, schedule, ALL_ROUNDS, block);
}

/** Decrypts one block: the permutation is undone first, and the last substitution has none after it. */
export function staDecrypt(masks: StaMasks, schedule: StaKeySchedule, block: Block64): Block64 {
  const unpermuted = turns(masks.unpermute, schedule, FIRST_ROUND, block);
  const before = turns(masks.backward, schedule, ALL_BUT_THE_FIRST, unpermuted);
  return turns(masks.unsubstitute, schedule, FIRST_ROUND, before);
}
