import { assert } from '../units/index.ts';
import { MISTY1_S7, MISTY1_S9 } from './tables.ts';
import { wordAt, type Block64 } from './words.ts';

/**
 * EA11, MISTY1 as in RFC 2994: eight rounds on two 32-bit halves. Words of 16 bits are plain numbers; the key
 * schedule holds the eight key words and, after them, the eight that are made from them.
 */

const S7 = Uint8Array.from(MISTY1_S7);
const S9 = Uint16Array.from(MISTY1_S9);
const ROUNDS = 8;

/** Entries 0 to 7: the key's 16-bit words. Entries 8 to 15: the derived ones. */
export type Misty1KeySchedule = Uint16Array;

/** The inner mixing of a 16-bit word: a left part of nine bits and a right part of seven. */
function fi(input: number, key: number): number {
  const right = input & 0x7f;
  const left = S9[input >>> 7]! ^ right;
  const right2 = S7[right]! ^ (left & 0x7f) ^ (key >>> 9);
  const left2 = S9[left ^ (key & 0x1ff)]! ^ right2;
  return (right2 << 9) | left2;
}

/** Prepares a sixteen-byte decoder key. */
export function prepareMisty1Key(key: Uint8Array): Misty1KeySchedule {
  assert(key.length === 16, 'an EA11 decoder key has sixteen bytes');
  const schedule = new Uint16Array(16);
  for (let word = 0; word < 8; word += 1) {
    const pair = wordAt(key, (word >>> 1) * 4);
    schedule[word] = word % 2 === 0 ? pair >>> 16 : pair & 0xffff;
  }
  for (let word = 0; word < 8; word += 1) {
    schedule[word + 8] = fi(schedule[word]!, schedule[(word + 1) & 7]!);
  }
  return schedule;
}

/** The mixing of a 32-bit half: three inner mixings, each with a word of the key before it. */
function fo(schedule: Misty1KeySchedule, half: number, round: number): number {
  let left = half >>> 16;
  let right = half & 0xffff;
  left = fi(left ^ schedule[round]!, schedule[((round + 5) & 7) + 8]!) ^ right;
  right = fi(right ^ schedule[(round + 2) & 7]!, schedule[((round + 1) & 7) + 8]!) ^ left;
  left = fi(left ^ schedule[(round + 7) & 7]!, schedule[((round + 3) & 7) + 8]!) ^ right;
  return (((right ^ schedule[(round + 4) & 7]!) << 16) | left) >>> 0;
}

/** The two key words of the linear layer with this number. */
function linearAndKey(schedule: Misty1KeySchedule, layer: number): number {
  const half = layer >>> 1;
  return layer % 2 === 0 ? schedule[half]! : schedule[((half + 2) & 7) + 8]!;
}

function linearOrKey(schedule: Misty1KeySchedule, layer: number): number {
  const half = layer >>> 1;
  return layer % 2 === 0 ? schedule[((half + 6) & 7) + 8]! : schedule[(half + 4) & 7]!;
}

function fl(schedule: Misty1KeySchedule, half: number, layer: number): number {
  const right = (half & 0xffff) ^ ((half >>> 16) & linearAndKey(schedule, layer));
  const left = (half >>> 16) ^ (right | linearOrKey(schedule, layer));
  return ((left << 16) | right) >>> 0;
}

function flInverse(schedule: Misty1KeySchedule, half: number, layer: number): number {
  const left = (half >>> 16) ^ ((half & 0xffff) | linearOrKey(schedule, layer));
  const right = (half & 0xffff) ^ (left & linearAndKey(schedule, layer));
  return ((left << 16) | right) >>> 0;
}

/** Encrypts one block. */
export function misty1Encrypt(schedule: Misty1KeySchedule, block: Block64): Block64 {
  let first = block.hi;
  let second = block.lo;
  for (let round = 0; round < ROUNDS; round += 2) {
    first = fl(schedule, first, round);
    second = fl(schedule, second, round + 1) ^ fo(schedule, first, round);
    first = (first ^ fo(schedule, second >>> 0, round + 1)) >>> 0;
    second >>>= 0;
  }
  return { hi: fl(schedule, second, ROUNDS + 1), lo: fl(schedule, first, ROUNDS) };
}

/** Decrypts one block: the same layers in the opposite order. */
export function misty1Decrypt(schedule: Misty1KeySchedule, block: Block64): Block64 {
  let first = flInverse(schedule, block.lo, ROUNDS);
  let second = flInverse(schedule, block.hi, ROUNDS + 1);
  for (let round = ROUNDS - 2; round >= 0; round -= 2) {
    first = (first ^ fo(schedule, second, round + 1)) >>> 0;
    second = flInverse(schedule, (second ^ fo(schedule, first, round)) >>> 0, round + 1);
    first = flInverse(schedule, first, round);
  }
  return { hi: first, lo: second };
}
