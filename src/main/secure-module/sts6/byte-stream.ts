import type { Result } from '../../../units/index.ts';
import type { ModuleFault } from '../faults.ts';

/**
 * An open way to a module, whatever carries it. One reader and one writer use it: `read` and `write` are each
 * called only when the call before has settled.
 */
export type ByteStream = {
  /** The next bytes, at least one, or null once the other side or `close` has ended the stream. Never rejects. */
  read(): Promise<Uint8Array | null>;
  /** Resolves when all bytes were handed over; rejects when they may not all have gone. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the stream and waits until a read that is under way has settled. */
  close(): Promise<void>;
};

/** How to reach one module. `open` answers `module-missing`, `module-permission` or `module-busy`. */
export type Transport = {
  /** Where the module is, in words for people: a path, an address, a serial number. */
  readonly place: string;
  open(): Promise<Result<ByteStream, ModuleFault>>;
};
