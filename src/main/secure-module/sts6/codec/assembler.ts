import { CARRIAGE_RETURN, LARGEST_FRAME_BYTES } from './frame.ts';

/**
 * Cuts a stream into frames at carriage returns, however the bytes come in. Holds one frame at most: of a row
 * that is longer nothing is kept but the knowledge that it is bad, until its end.
 */
export class FrameAssembler {
  #held: Buffer = Buffer.alloc(0);
  #tooLong = false;

  /** Bytes that wait for the end of their frame. */
  get heldBytes(): number {
    return this.#held.length;
  }

  /** The frames that end in these bytes, without their carriage return; one that was too long is empty. */
  push(bytes: Uint8Array): Uint8Array[] {
    const frames: Uint8Array[] = [];
    let start = 0;
    for (;;) {
      const end = bytes.indexOf(CARRIAGE_RETURN, start);
      if (end === -1) break;
      this.#hold(bytes.subarray(start, end));
      frames.push(this.#held);
      this.reset();
      start = end + 1;
    }
    this.#hold(bytes.subarray(start));
    return frames;
  }

  /** Forgets what came of a frame that has not ended. */
  reset(): void {
    this.#held = Buffer.alloc(0);
    this.#tooLong = false;
  }

  #hold(part: Uint8Array): void {
    if (part.length === 0 || this.#tooLong) return;
    this.#tooLong = this.#held.length + part.length > LARGEST_FRAME_BYTES;
    this.#held = this.#tooLong ? Buffer.alloc(0) : Buffer.concat([this.#held, part]);
  }
}
