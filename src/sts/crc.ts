/**
 * CRC-16 with polynomial x^16 + x^15 + x^2 + 1, reflected, starting from all ones (catalogue name
 * CRC-16/MODBUS). A token carries the result with its two bytes swapped.
 */

const REFLECTED_POLYNOMIAL = 0xa001;
const START = 0xffff;
/** The byte that the currency sub-classes append before the check (CRC_C). */
const CURRENCY_BYTE = 0x01;

const BYTE_TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    remainder = (remainder & 1) === 1 ? (remainder >>> 1) ^ REFLECTED_POLYNOMIAL : remainder >>> 1;
  }
  return remainder;
});

function step(remainder: number, byte: number): number {
  return (remainder >>> 8) ^ BYTE_TABLE[(remainder ^ byte) & 255]!;
}

function swapBytes(value: number): number {
  return ((value & 255) << 8) | (value >>> 8);
}

/** The check field over any bytes, as a token carries it. */
export function crcFieldOfBytes(bytes: Uint8Array): number {
  return swapBytes(bytes.reduce(step, START));
}

/** What is checked: the class, and the data block's upper 48 bits. */
export type CheckedBits = {
  /** 0 to 3. */
  readonly tokenClass: number;
  /** The data block's upper word: sub-class and the first 28 bits of the payload. */
  readonly hi: number;
  /** The last 16 bits of the payload. */
  readonly payloadLow: number;
};

/** The check field of a token: over 50 bits, with six zero bits before them to make seven bytes. */
export function tokenCrcField(bits: CheckedBits, isCurrency: boolean): number {
  const { tokenClass, hi, payloadLow } = bits;
  let remainder = step(START, tokenClass);
  remainder = step(remainder, hi >>> 24);
  remainder = step(remainder, hi >>> 16);
  remainder = step(remainder, hi >>> 8);
  remainder = step(remainder, hi);
  remainder = step(remainder, payloadLow >>> 8);
  remainder = step(remainder, payloadLow);
  return swapBytes(isCurrency ? step(remainder, CURRENCY_BYTE) : remainder);
}
