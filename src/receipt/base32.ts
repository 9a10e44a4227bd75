/** RFC 4648 base 32 without padding: every digit of it is in QR's alphanumeric set. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let count = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    count += 8;
    while (count >= 5) {
      count -= 5;
      text += DIGITS[(bits >> count) & 31];
    }
  }
  return count > 0 ? text + DIGITS[(bits << (5 - count)) & 31] : text;
}

/** The bytes, or undefined when the text is not what `toBase32` makes of some. */
export function fromBase32(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const digit of text) {
    const value = DIGITS.indexOf(digit);
    if (value < 0) return undefined;
    bits = ((bits << 5) | value) & 0xfff;
    count += 5;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 0xff);
    }
  }
  const whole = Uint8Array.from(bytes);
  return toBase32(whole) === text ? whole : undefined;
}
