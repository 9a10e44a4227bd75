import { createCipheriv, createHmac } from 'node:crypto';
import { P, S7, S9, T1, T2 } from './sts-plain-tables.ts';

/*
 * The standard once more, in the plainest way: a number is an array of its bits, least significant first, and
 * every step is done bit by bit as the text says it. Nothing here comes from the engine.
 */

export type Bits = readonly number[];

export function bitsOf(value: bigint, width: number): number[] {
  const bits: number[] = [];
  for (let index = 0; index < width; index += 1) bits.push(Number((value >> BigInt(index)) & 1n));
  return bits;
}

export function valueOf(bits: Bits): bigint {
  let value = 0n;
  for (let index = bits.length - 1; index >= 0; index -= 1) value = value * 2n + BigInt(bits[index]!);
  return value;
}

function xorBits(a: Bits, b: Bits): number[] {
  return a.map((bit, index) => bit ^ b[index]!);
}

function rotateRight(bits: Bits, by: number): number[] {
  return bits.map((_, index) => bits[(index + by) % bits.length]!);
}

function bytesToBits(bytes: Uint8Array): number[] {
  return bitsOf(BigInt(`0x${Buffer.from(bytes).toString('hex')}`), bytes.length * 8);
}

/** EA07 as the standard words it: complement, turn right by twelve, and one turn left after each round. */
export function staEncrypt(key: Uint8Array, block: Bits): number[] {
  let keyBits = rotateRight(
    bytesToBits(key).map((bit) => 1 - bit),
    12,
  );
  let state = [...block];
  for (let round = 0; round < 16; round += 1) {
    const substituted: number[] = [];
    for (let nibble = 0; nibble < 16; nibble += 1) {
      const table = keyBits[4 * nibble + 3] === 0 ? T1 : T2;
      const value = Number(valueOf(state.slice(4 * nibble, 4 * nibble + 4)));
      substituted.push(...bitsOf(BigInt(table[value]!), 4));
    }
    const permuted = Array.from({ length: 64 }, () => 0);
    substituted.forEach((bit, from) => {
      permuted[P[from]!] = bit;
    });
    state = permuted;
    keyBits = rotateRight(keyBits, 63);
  }
  return state;
}

function lookUp(table: readonly number[], bits: Bits, width: number): number[] {
  return bitsOf(BigInt(table[Number(valueOf(bits))]!), width);
}

function firstBits(bits: Bits, width: number): number[] {
  return Array.from({ length: width }, (_, index) => bits[index] ?? 0);
}

/** MISTY1's FI: sixteen bits in a left part of nine and a right part of seven. */
function fi(input: Bits, key: Bits): number[] {
  let left = input.slice(7);
  let right = input.slice(0, 7);
  left = xorBits(lookUp(S9, left, 9), firstBits(right, 9));
  right = xorBits(lookUp(S7, right, 7), firstBits(left, 7));
  right = xorBits(right, key.slice(9));
  left = xorBits(left, key.slice(0, 9));
  left = xorBits(lookUp(S9, left, 9), firstBits(right, 9));
  return [...left, ...right];
}

const and = (a: Bits, b: Bits): number[] => a.map((bit, index) => bit & b[index]!);
const or = (a: Bits, b: Bits): number[] => a.map((bit, index) => bit | b[index]!);

/** EA11: eight rounds with the key words K and the derived words K'. Rounds are counted from one, as in the paper. */
export function misty1Encrypt(keyBytes: Uint8Array, block: Bits): number[] {
  const keyBits = bytesToBits(keyBytes);
  const k = Array.from({ length: 8 }, (_, word) => keyBits.slice(112 - 16 * word, 128 - 16 * word));
  const kk = k.map((word, index) => fi(word, k[(index + 1) % 8]!));
  const word = (list: readonly number[][], number: number): number[] => list[(number - 1) % 8]!;
  const fo = (half: Bits, i: number): number[] => {
    let left = half.slice(16);
    let right = half.slice(0, 16);
    const keys = [word(k, i), word(k, i + 2), word(k, i + 7), word(k, i + 4)];
    const inner = [word(kk, i + 5), word(kk, i + 1), word(kk, i + 3)];
    for (let step = 0; step < 3; step += 1) {
      left = xorBits(fi(xorBits(left, keys[step]!), inner[step]!), right);
      [left, right] = [right, left];
    }
    return [...right, ...xorBits(left, keys[3]!)];
  };
  const fl = (half: Bits, i: number): number[] => {
    const odd = i % 2 === 1;
    const andKey = odd ? word(k, (i + 1) / 2) : word(kk, i / 2 + 2);
    const orKey = odd ? word(kk, (i + 1) / 2 + 6) : word(k, i / 2 + 4);
    const right = xorBits(half.slice(0, 16), and(half.slice(16), andKey));
    const left = xorBits(half.slice(16), or(right, orKey));
    return [...right, ...left];
  };
  let left = block.slice(32);
  let right = block.slice(0, 32);
  for (let i = 1; i <= 8; i += 1) {
    if (i % 2 === 1) {
      left = fl(left, i);
      right = fl(right, i + 1);
    }
    [left, right] = [xorBits(right, fo(left, i)), left];
  }
  return [...fl(left, 9), ...fl(right, 10)];
}

/** CRC-16/MODBUS, one bit at a time; the token carries its two bytes swapped. */
export function crcField(bytes: readonly number[]): number {
  let remainder = 0xffff;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit += 1) {
      const feedback = (remainder & 1) ^ ((byte >> bit) & 1);
      remainder >>= 1;
      if (feedback === 1) remainder ^= 0xa001;
    }
  }
  return ((remainder & 255) << 8) | (remainder >> 8);
}

export type PlainField = readonly [value: bigint | number, width: number];

export type PlainToken = {
  readonly tokenClass: number;
  readonly subClass: number;
  /** The payload's fields, most significant first: 44 bits. */
  readonly fields: readonly PlainField[];
  readonly ea: 7 | 11;
  readonly key: Uint8Array;
};

/** A token's twenty digits. */
export function plainToken(token: PlainToken): string {
  const { tokenClass, subClass, fields, ea, key } = token;
  const content = [[subClass, 4] as const, ...fields].reduce(
    (sum, [value, width]) => sum * 2n ** BigInt(width) + BigInt(value),
    0n,
  );
  const checked = (BigInt(tokenClass) << 48n) | content;
  const bytes = [6, 5, 4, 3, 2, 1, 0].map((index) => Number((checked >> BigInt(8 * index)) & 255n));
  if (tokenClass === 0 && subClass >= 4 && subClass <= 7) bytes.push(1);
  const clear = bitsOf((content << 16n) | BigInt(crcField(bytes)), 64);
  const encrypt = ea === 7 ? staEncrypt : misty1Encrypt;
  const block = tokenClass === 1 ? clear : encrypt(key, clear);
  const whole = [...block, block[27]!, block[28]!];
  [whole[27], whole[28]] = bitsOf(BigInt(tokenClass), 2) as [number, number];
  return valueOf(whole).toString().padStart(20, '0');
}

/** The 16-bit coding of units and watts: the smallest exponent whose mantissa, rounded up, fits. */
export function plainAmount(value: number): number {
  const starts = [0, 16_384, 180_224, 1_818_624];
  for (const [exponent, start] of starts.entries()) {
    let mantissa = 0;
    while (mantissa < 16_383 && start + mantissa * 10 ** exponent < value) {
      mantissa += Math.max(1, Math.floor((value - start - mantissa * 10 ** exponent) / 10 ** exponent));
    }
    if (mantissa <= 16_383 && start + mantissa * 10 ** exponent >= value) return exponent * 16_384 + mantissa;
  }
  throw new Error('too large');
}

/** The value of a 16-bit amount. */
export function plainAmountValue(field: number): number {
  const exponent = Math.floor(field / 16_384);
  let start = 0;
  for (let lower = 0; lower < exponent; lower += 1) start += 16_384 * 10 ** lower;
  return start + (field % 16_384) * 10 ** exponent;
}

/** The coding of money: [sign and upper exponent bits, amount]; towards plus infinity. */
export function plainCurrency(value: bigint): readonly [signExponent: number, amount: number] {
  const negative = value < 0n;
  const magnitude = negative ? -value : value;
  let start = 0n;
  let lowerBest: readonly [number, bigint] = [0, 0n];
  for (let exponent = 0; exponent < 32; exponent += 1) {
    const size = 10n ** BigInt(exponent);
    const steps = magnitude - start;
    const down = steps < 0n ? -1n : steps / size;
    const up = steps <= 0n ? 0n : (steps + size - 1n) / size;
    if (!negative && up <= 16_383n) return [exponent >> 2, (exponent % 4) * 16_384 + Number(up)];
    if (down >= 0n) lowerBest = [exponent, down > 16_383n ? 16_383n : down];
    start += 16_384n * size;
  }
  const [exponent, mantissa] = lowerBest;
  return [8 + (exponent >> 2), (exponent % 4) * 16_384 + Number(mantissa)];
}

export type PlainKeyInputs = {
  readonly pan: string;
  readonly sgc: string;
  readonly keyType: number;
  readonly tariffIndex: number;
  readonly keyRevision: number;
  readonly baseDate: number;
  readonly ea: 7 | 11;
};

const two = (value: number): string => value.toString().padStart(2, '0');

/** DKGA04 over the bytes of its data block, written out as text. */
export function plainDkga04(vendingKey: Uint8Array, inputs: PlainKeyInputs): Uint8Array {
  const { pan, sgc, keyType, tariffIndex, keyRevision, baseDate, ea } = inputs;
  const text =
    `\u0004\u000204\u0002${two(baseDate % 100)}\u0002${two(ea)}\u0002${two(tariffIndex)}` +
    `\u0000\u0004\u0006${sgc}\u0001${keyType}\u0001${keyRevision}\u0012${pan}\u0000\u0000\u0000`;
  const data = Buffer.concat([Buffer.from(text, 'latin1'), Buffer.of(ea === 11 ? 128 : 64)]);
  const mac = createHmac('sha256', vendingKey).update(data).digest();
  return mac.subarray(0, ea === 11 ? 16 : 8);
}

/** DKGA02 over the digits of the meter's full number. */
export function plainDkga02(vendingKey: Uint8Array, inputs: PlainKeyInputs): Uint8Array {
  const { pan, sgc, keyType, tariffIndex, keyRevision } = inputs;
  const issuerDigits = pan.startsWith('600727') ? 5 : 3;
  const digits = pan.slice(1, 17);
  const panBlock = keyType === 3 ? digits.slice(0, issuerDigits).padEnd(16, '0') : digits;
  const control = `${keyType}${sgc}${two(tariffIndex)}${keyRevision}ffffff`;
  const x = BigInt(`0x${panBlock}`) ^ BigInt(`0x${control}`);
  const input = Buffer.from(x.toString(16).padStart(16, '0'), 'hex');
  const key = Buffer.concat([vendingKey, vendingKey, vendingKey]);
  const cipher = createCipheriv('des-ede3-cbc', key, Buffer.alloc(8)).setAutoPadding(false);
  const encrypted = BigInt(`0x${Buffer.concat([cipher.update(input), cipher.final()]).toString('hex')}`);
  const vending = BigInt(`0x${Buffer.from(vendingKey).toString('hex')}`);
  return Buffer.from((encrypted ^ x ^ vending).toString(16).padStart(16, '0'), 'hex');
}

/** The Luhn digit, by the textbook's table of doubled digits. */
export function plainCheckDigit(digits: string): string {
  const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + (index % 2 === 0 ? doubled[Number(digit)]! : Number(digit)), 0);
  return ((1000 - sum) % 10).toString();
}
