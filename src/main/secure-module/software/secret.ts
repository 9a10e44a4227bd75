import { inspect } from 'node:util';

/** Bytes that must not be seen: they have no place in logs, JSON, messages or the inspector's output. */
export class Secret {
  readonly #bytes: Uint8Array;

  /** Takes the bytes over: they are wiped with this secret. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** Lends the bytes for one piece of work; whoever keeps them breaks the rule of this room. */
  use<Value>(work: (bytes: Uint8Array) => Value): Value {
    return work(this.#bytes);
  }

  wipe(): void {
    this.#bytes.fill(0);
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
