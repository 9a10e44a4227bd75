import { createHash } from 'node:crypto';
import { createGzip, type Gzip } from 'node:zlib';
import { GrowingBytes } from './growing-bytes.ts';
import { GZIP_LEVEL, markUnknownSystem, type PayloadFacts } from './payload.ts';
import { sha256 } from './signature.ts';

/** What is handed to the packing thread at once. */
const CHUNK_BYTES = 256 << 10;
/** Room for the line that fills a chunk up. */
const ROOM_BYTES = CHUNK_BYTES + (64 << 10);

/**
 * Packs lines as they come, to the same bytes as `packLines` does: the packing runs on a thread of the system while
 * the next lines are made.
 */
export class LinePacker {
  readonly #gzip: Gzip = createGzip({ level: GZIP_LEVEL, chunkSize: CHUNK_BYTES });
  readonly #packed: Buffer[] = [];
  readonly #plainHash = createHash('sha256');
  readonly #ended: Promise<void>;
  #chunk = new GrowingBytes(ROOM_BYTES);
  #packing: Promise<void> = Promise.resolve();
  #plainBytes = 0;
  #lines = 0;

  constructor() {
    this.#gzip.on('data', (bytes: Buffer) => this.#packed.push(bytes));
    this.#ended = new Promise((resolve, reject) => {
      this.#gzip.on('end', resolve).on('error', reject);
    });
  }

  /** Bytes of the lines so far. */
  get plainBytes(): number {
    return this.#plainBytes + this.#chunk.length;
  }

  /** Adds a line without its end. A promise is to be awaited before the next one: it lets the packing go on. */
  add(line: string): Promise<void> | undefined {
    this.#chunk.add(`${line}\n`);
    this.#lines += 1;
    return this.#chunk.length < CHUNK_BYTES ? undefined : this.#pass();
  }

  /** Waits for the chunk before only: so one is packed while the next is made, and no third one waits. */
  async #pass(): Promise<void> {
    const bytes = this.#chunk.bytes();
    this.#chunk = new GrowingBytes(ROOM_BYTES);
    this.#plainBytes += bytes.length;
    await this.#packing;
    this.#packing = new Promise((resolve, reject) => {
      this.#gzip.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
    this.#plainHash.update(bytes);
  }

  async end(): Promise<{ readonly bytes: Uint8Array; readonly facts: PayloadFacts }> {
    await this.#pass();
    this.#gzip.end();
    await Promise.all([this.#packing, this.#ended]);
    const bytes = markUnknownSystem(Buffer.concat(this.#packed));
    return {
      bytes,
      facts: {
        codec: 'gzip',
        bytes: bytes.length,
        sha256: sha256(bytes),
        plainBytes: this.#plainBytes,
        plainSha256: this.#plainHash.digest('hex'),
        lines: this.#lines,
      },
    };
  }
}
