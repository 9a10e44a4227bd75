/** Letters and digits that are hard to confuse when read aloud over a telephone. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Six signs that tie what a cashier reads on the screen to a line in the log. Takes six random bytes. */
export function makeReference(random: Uint8Array): string {
  return Array.from(random.subarray(0, 6), (byte) => ALPHABET[byte % ALPHABET.length] ?? '2').join('');
}
