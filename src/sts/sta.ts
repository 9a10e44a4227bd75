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

function turn(masks: RoundMasks, schedule: StaKeySchedule, round: number, block: Block64): Block64 {
  let hi = 0;
  let lo = 0;
  for (let byte = 0; byte < BYTES; byte += 1) {
    const value = byte < 4 ? block.lo >>> (8 * byte) : block.hi >>> (8 * byte - 32);
    const index = schedule[round * BYTES + byte]! + (value & 255);
    hi ^= masks.hi[index]!;
    lo ^= masks.lo[index]!;
  }
  return { hi: hi >>> 0, lo: lo >>> 0 };
}

/** Encrypts one block. */
export function staEncrypt(masks: StaMasks, schedule: StaKeySchedule, block: Block64): Block64 {
  let state = block;
  for (let round = 0; round < ROUNDS; round += 1) state = turn(masks.forward, schedule, round, state);
  return state;
}

/** Decrypts one block: the permutation is undone first, and the last substitution has none after it. */
export function staDecrypt(masks: StaMasks, schedule: StaKeySchedule, block: Block64): Block64 {
  let state = turn(masks.unpermute, schedule, ROUNDS - 1, block);
  for (let round = ROUNDS - 1; round > 0; round -= 1) state = turn(masks.backward, schedule, round, state);
  return turn(masks.unsubstitute, schedule, 0, state);
}
