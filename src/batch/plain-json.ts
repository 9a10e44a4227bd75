const BYTE = {
  quote: 0x22,
  comma: 0x2c,
  minus: 0x2d,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  openList: 0x5b,
  backslash: 0x5c,
  closeList: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
} as const;

/** What is nested deeper is left to a reader that keeps its own stack. */
const DEEPEST = 32;
const NOT_PLAIN = -1;

const WORDS = ['true', 'false', 'null'].map((word) => Buffer.from(word));

/**
 * Whether bytes of printable ASCII are JSON as programs write it: without blanks and escapes, numbers whole. False
 * says nothing: `JSON.parse` has to be asked. It costs a fifth of that, since nothing is made of what is read.
 */
export function isPlainJson(bytes: Uint8Array, from: number, to: number): boolean {
  return skipValue(bytes, from, DEEPEST) === to;
}

/** Each of these returns the place behind what it read, or NOT_PLAIN. A place beyond the bytes holds nothing. */
function skipValue(bytes: Uint8Array, at: number, depth: number): number {
  switch (bytes[at]) {
    case BYTE.quote:
      return skipText(bytes, at);
    case BYTE.openObject:
      return depth === 0 ? NOT_PLAIN : skipMembers(bytes, at, BYTE.closeObject, depth);
    case BYTE.openList:
      return depth === 0 ? NOT_PLAIN : skipMembers(bytes, at, BYTE.closeList, depth);
    default:
      return isNumberStart(bytes[at]) ? skipWhole(bytes, at) : skipWord(bytes, at);
  }
}

/** The members of an object, or those of a list, which have no names. */
function skipMembers(bytes: Uint8Array, open: number, close: number, depth: number): number {
  if (bytes[open + 1] === close) return open + 2;
  for (let at = open + 1; ; at += 1) {
    if (close === BYTE.closeObject) {
      at = bytes[at] === BYTE.quote ? skipText(bytes, at) : NOT_PLAIN;
      if (at === NOT_PLAIN || bytes[at] !== BYTE.colon) return NOT_PLAIN;
      at += 1;
    }
    at = skipValue(bytes, at, depth - 1);
    if (at === NOT_PLAIN) return NOT_PLAIN;
    if (bytes[at] === close) return at + 1;
    if (bytes[at] !== BYTE.comma) return NOT_PLAIN;
  }
}

function skipText(bytes: Uint8Array, open: number): number {
  for (let at = open + 1; at < bytes.length; at += 1) {
    if (bytes[at] === BYTE.quote) return at + 1;
    if (bytes[at] === BYTE.backslash) return NOT_PLAIN;
  }
  return NOT_PLAIN;
}

const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= BYTE.zero && byte <= BYTE.nine;
const isNumberStart = (byte: number | undefined): boolean => byte === BYTE.minus || isDigit(byte);

/** A number with a fraction or an exponent ends here before it is over, and so is not plain. */
function skipWhole(bytes: Uint8Array, start: number): number {
  let at = bytes[start] === BYTE.minus ? start + 1 : start;
  if (!isDigit(bytes[at])) return NOT_PLAIN;
  if (bytes[at] === BYTE.zero) return at + 1;
  while (isDigit(bytes[at])) at += 1;
  return at;
}

function skipWord(bytes: Uint8Array, at: number): number {
  const word = WORDS.find((each) => each.every((byte, index) => bytes[at + index] === byte));
  return word ? at + word.length : NOT_PLAIN;
}
