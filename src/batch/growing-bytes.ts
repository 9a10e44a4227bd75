const FIRST_BYTES = 64 << 10;
/** Bytes of UTF-8 for a unit of a text at most. */
const UNIT_BYTES = 3;

/** Text that grows at its end, kept as bytes: a batch has a hundred thousand lines, and strings of them would stay. */
export class GrowingBytes {
  #bytes: Buffer<ArrayBuffer>;
  #length = 0;

  constructor(firstBytes = FIRST_BYTES) {
    this.#bytes = Buffer.allocUnsafeSlow(firstBytes);
  }

  add(text: string): void {
    const needed = this.#length + text.length * UNIT_BYTES;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#length += this.#bytes.write(text, this.#length);
  }

  get length(): number {
    return this.#length;
  }

  /** What was added so far, without a copy. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }
}
