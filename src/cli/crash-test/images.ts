import type { DiskOp } from './trace.ts';

/** What a disk may keep of what it was not asked to make durable. */
export type Kept = 'nothing' | 'everything' | 'some';

/** The piece that a disk writes whole or not at all. */
const SECTOR_BYTES = 512;

type Change = Extract<DiskOp, { op: 'write' | 'truncate' }>;

class DiskFile {
  readonly #durable: Content;
  #pending: { readonly change: Change; readonly at: number }[] = [];

  constructor(durable: Buffer) {
    this.#durable = new Content(durable);
  }

  /** `at` is the step of the trace. */
  change(change: Change, at: number): void {
    this.#pending.push({ change, at });
  }

  /** Makes durable what was written before the step at which the sync began; another thread may have written since. */
  sync(begun: number): void {
    const later = this.#pending.findIndex(({ at }) => at >= begun);
    const covered = this.#pending.splice(0, later === -1 ? this.#pending.length : later);
    for (const { change } of covered) this.#durable.apply(change);
  }

  get unsynced(): number {
    return this.#pending.length;
  }

  /** The file after a power cut. `random` is drawn from once for each piece of an unsynced write. */
  image(kept: Kept, random: () => number): Buffer {
    // A copy is made only when something is put into it.
    if (kept === 'nothing' || this.#pending.length === 0) return this.#durable.bytes;
    const share = kept === 'everything' ? 1 : ([0.05, 0.5, 0.95][Math.floor(random() * 3)] ?? 1);
    const image = new Content(this.#durable.bytes);
    for (const { change } of this.#pending) {
      for (const piece of piecesOf(change)) if (random() < share) image.apply(piece);
    }
    return image.bytes;
  }
}

function piecesOf(change: Change): readonly Change[] {
  if (change.op === 'truncate') return [change];
  const pieces: Change[] = [];
  for (let at = 0; at < change.data.length;) {
    const end = at + SECTOR_BYTES - ((change.offset + at) % SECTOR_BYTES);
    pieces.push({ ...change, offset: change.offset + at, data: change.data.subarray(at, end) });
    at = end;
  }
  return pieces;
}

/** A file's bytes in a buffer that may be longer than the file, so that appending need not copy it each time. */
class Content {
  #bytes: Buffer;
  #size: number;

  constructor(bytes: Buffer) {
    this.#bytes = Buffer.from(bytes);
    this.#size = bytes.length;
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  apply(change: Change): void {
    if (change.op === 'truncate') return this.#resize(change.size);
    const end = change.offset + change.data.length;
    if (end > this.#size) this.#resize(end);
    change.data.copy(this.#bytes, change.offset);
  }

  /** What was never written reads as zeros. */
  #resize(size: number): void {
    if (size > this.#bytes.length) {
      const roomier = Buffer.alloc(size * 2);
      this.bytes.copy(roomier);
      this.#bytes = roomier;
    }
    if (size < this.#size) this.#bytes.fill(0, size, this.#size);
    this.#size = size;
  }
}

/** A disk that a traced program writes to, as far as the trace has been played. */
export class TracedDisk {
  readonly #files: Map<string, DiskFile>;
  readonly #said: string[] = [];
  #played = 0;

  /** `start` is what the folder held, durably, when the trace began. */
  constructor(start: ReadonlyMap<string, Buffer>) {
    this.#files = new Map([...start].map(([name, content]) => [name, new DiskFile(content)]));
  }

  /** What the program has said so far. */
  get said(): readonly string[] {
    return this.#said;
  }

  /** Every file that there is now. */
  get names(): readonly string[] {
    return [...this.#files.keys()];
  }

  /** How many writes to these files would not survive for certain now. */
  unsynced(names: readonly string[]): number {
    return names.reduce((sum, name) => sum + (this.#files.get(name)?.unsynced ?? 0), 0);
  }

  /** The next step of the trace. */
  play(op: DiskOp): void {
    const at = this.#played;
    this.#played += 1;
    switch (op.op) {
      case 'said':
        this.#said.push(op.line);
        break;
      case 'sync':
        this.#files.get(op.file)?.sync(op.begun);
        break;
      case 'remove':
        this.#files.delete(op.file);
        break;
      case 'rename':
        this.#files.set(op.to, this.#file(op.file));
        this.#files.delete(op.file);
        break;
      default:
        this.#file(op.file).change(op, at);
    }
  }

  #file(name: string): DiskFile {
    const file = this.#files.get(name) ?? new DiskFile(Buffer.alloc(0));
    this.#files.set(name, file);
    return file;
  }

  /** The files named as a power cut at this moment may leave them; one that was never made is left out. */
  image(names: readonly string[], kept: Kept, random: () => number): ReadonlyMap<string, Buffer> {
    return new Map(
      names.flatMap((name) => {
        const file = this.#files.get(name);
        return file ? [[name, file.image(kept, random)] as const] : [];
      }),
    );
  }
}
