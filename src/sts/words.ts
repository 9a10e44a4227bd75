import { assert } from '../units/index.ts';

/** A 64-bit block as two unsigned 32-bit words; `hi` holds bits 63 to 32. */
export type Block64 = { readonly hi: number; readonly lo: number };

/** Upper-case hexadecimal of a 32-bit word, always eight digits. */
function wordToHex(word: number): string {
  return (word >>> 0).toString(16).toUpperCase().padStart(8, '0');
}

/** Sixteen upper-case hexadecimal digits. */
export function blockToHex(block: Block64): string {
  return wordToHex(block.hi) + wordToHex(block.lo);
}

/** Reads sixteen hexadecimal digits. Throws on anything else (a programmer's error). */
export function blockFromHex(hex: string): Block64 {
  assert(/^[0-9a-f]{16}$/iu.test(hex), 'a block is sixteen hexadecimal digits');
  return { hi: Number.parseInt(hex.slice(0, 8), 16), lo: Number.parseInt(hex.slice(8), 16) };
}

/** The unsigned 32-bit word at a byte offset, most significant byte first. */
export function wordAt(bytes: Uint8Array, offset: number): number {
  assert(offset >= 0 && offset + 4 <= bytes.length, 'the word lies within the bytes');
  return (
    ((bytes[offset]! << 24) | (bytes[offset + 1]! << 16) | (bytes[offset + 2]! << 8) | bytes[offset + 3]!) >>>
    0
  );
}

/** Bytes as upper-case hexadecimal. */
export function bytesToHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
}

/** Hexadecimal text of either case to bytes; undefined when it is not whole bytes of hexadecimal. */
export function bytesFromHex(hex: string): Uint8Array | undefined {
  if (!/^(?:[0-9a-f]{2})*$/iu.test(hex)) return undefined;
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}
