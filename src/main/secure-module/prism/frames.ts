import { assert } from '../../../units/index.ts';

/** The longest frame that is sent or taken; a token list is below 10 kB. */
export const MAX_FRAME_BYTES = 256 * 1024;

const LENGTH_BYTES = 4;

/** A message with its length before it: four bytes, most significant first. */
export function frameOf(message: Uint8Array): Uint8Array {
  assert(message.length <= MAX_FRAME_BYTES, 'a request fits a frame');
  const frame = Buffer.alloc(LENGTH_BYTES + message.length);
  frame.writeInt32BE(message.length);
  frame.set(message, LENGTH_BYTES);
  return frame;
}

/** Cuts a stream into frames. It never holds more than one frame and the part that came last. */
export class FrameCutter {
  #parts: Uint8Array[] = [];
  #held = 0;
  #broken = false;

  /** Bytes that wait for the rest of their frame. */
  get held(): number {
    return this.#held;
  }

  /** The frames that are complete now, in order; undefined once a length is none that a frame may have. */
  push(part: Uint8Array): readonly Uint8Array[] | undefined {
    if (this.#broken) return undefined;
    this.#parts.push(part);
    this.#held += part.length;
    const frames: Uint8Array[] = [];
    for (;;) {
      const length = this.#nextLength();
      if (length === undefined) return frames;
      if (length < 1 || length > MAX_FRAME_BYTES) {
        this.#broken = true;
        this.#parts = [];
        this.#held = 0;
        return undefined;
      }
      if (this.#held < LENGTH_BYTES + length) return frames;
      const all = this.#joined();
      frames.push(all.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
      const rest = all.subarray(LENGTH_BYTES + length);
      this.#parts = rest.length > 0 ? [rest] : [];
      this.#held = rest.length;
    }
  }

  #nextLength(): number | undefined {
    if (this.#held < LENGTH_BYTES) return undefined;
    const [first = new Uint8Array()] = this.#parts;
    const head = first.length >= LENGTH_BYTES ? first : this.#joined();
    return new DataView(head.buffer, head.byteOffset).getInt32(0);
  }

  #joined(): Uint8Array {
    if (this.#parts.length > 1) this.#parts = [Buffer.concat(this.#parts)];
    return this.#parts[0] ?? new Uint8Array();
  }
}
