import { err, ok, type Result } from '../../../units/index.ts';
import { locksVending, moduleFault, type ModuleFault, type ModuleFaultCode } from '../faults.ts';
import type { ByteStream, Transport } from './byte-stream.ts';
import {
  CARRIAGE_RETURN,
  decodeResponse,
  encodeRequest,
  FrameAssembler,
  STATUS_FAULTS,
  type CommandName,
  type Reply,
  type RequestOf,
} from './codec/index.ts';

export type LineOptions = {
  /** How long a command may take from its last byte out to its last byte in. */
  readonly timeoutMs: number;
  /** Hears that the line was opened or has gone. */
  readonly onChange?: (open: boolean) => void;
};

/** A general refusal is about what went wrong before, unless the module refuses everything from now on. */
function isAboutNoise<Name extends CommandName>(reply: Reply<Name>): boolean {
  if (reply.kind === 'done' || !reply.general) return false;
  const code = STATUS_FAULTS[reply.status];
  return code === undefined || !locksVending(code);
}

type Pending = {
  /** Takes a frame; true when it was the answer, good or bad. */
  readonly hear: (frame: Uint8Array) => boolean;
  readonly fail: (code: ModuleFaultCode) => void;
};

/** Tries to find the beginning of an answer again before the module counts as gone. */
const RESYNC_TRIES = 3;
/** Opening and closing a device have no time limit of their own; one that takes longer has gone or hangs. */
const DEVICE_MS = 5_000;

/** What comes of the work, or undefined when it takes too long. */
async function withinTime<Value>(work: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), DEVICE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * One line to one module: one reader loop, one command under way, a deadline for each. After anything that was
 * not a clean answer the line is resynchronised before the next command, so that a late answer to an old command
 * is never taken for the answer to a new one. Opens by itself and again after it was lost.
 */
export class Sts6Line {
  readonly #transport: Transport;
  readonly #options: LineOptions;
  #stream: ByteStream | undefined;
  #reader: Promise<void> = Promise.resolve();
  #pending: Pending | undefined;
  #clean = false;
  #moduleId: string | undefined;
  #opening = 0;
  #suspended = false;
  #closed = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(transport: Transport, options: LineOptions) {
    this.#transport = transport;
    this.#options = options;
  }

  get place(): string {
    return this.#transport.place;
  }

  get isOpen(): boolean {
    return this.#stream !== undefined;
  }

  /**
   * Another number whenever the line was opened anew or leads to another module. What was read of a module holds
   * while this stays.
   */
  get opening(): number {
    return this.#opening;
  }

  /**
   * Sends one command and waits for its answer. Commands wait for each other in the order of the calls. With an
   * `opening` it is sent in that one and no other: `module-missing` afterwards.
   */
  exchange<Name extends CommandName>(
    name: Name,
    values: RequestOf<Name>,
    opening?: number,
  ): Promise<Result<Reply<Name>, ModuleFault>> {
    const next = this.#queue.then(() => this.#run(name, values, opening));
    this.#queue = next;
    return next;
  }

  /** Lets go of the device: the computer is about to sleep. Commands answer `module-missing` until `resume`. */
  async suspend(): Promise<void> {
    this.#suspended = true;
    await this.#drop();
  }

  resume(): void {
    this.#suspended = false;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#drop();
  }

  async #run<Name extends CommandName>(
    name: Name,
    values: RequestOf<Name>,
    opening: number | undefined,
  ): Promise<Result<Reply<Name>, ModuleFault>> {
    const ready = await this.#ready();
    if (!ready.ok) return ready;
    if (opening !== undefined && opening !== this.#opening) return this.#missing();
    const answer = await this.#ask(ready.value, name, values);
    if (answer.ok) this.#meet(answer.value);
    return answer;
  }

  /** A line can change hands without a sign: a plug beyond the adapter, a switch on the way. */
  #meet<Name extends CommandName>(reply: Reply<Name>): void {
    const values: object = reply.kind === 'done' ? reply.values : {};
    const moduleId = 'moduleId' in values ? String(values.moduleId) : undefined;
    if (moduleId === undefined) return;
    if (this.#moduleId !== undefined && moduleId !== this.#moduleId) this.#opening += 1;
    this.#moduleId = moduleId;
  }

  /** An open stream with nothing old on it. What fails here was never asked, so no token can exist. */
  async #ready(): Promise<Result<ByteStream, ModuleFault>> {
    if (this.#suspended || this.#closed) return this.#missing();
    const opened = this.#stream ? ok(this.#stream) : await this.#open();
    if (!opened.ok || this.#clean) return opened;
    for (let tries = 0; tries < RESYNC_TRIES && this.#stream; tries += 1) {
      const answer = await this.#ask(this.#stream, 'DI', {}, true);
      if (!answer.ok || !this.#stream) continue;
      this.#meet(answer.value);
      return ok(this.#stream);
    }
    // What says nothing is opened anew the next time: the stream may be one of a device that has gone.
    await withinTime(this.#drop());
    return this.#missing();
  }

  #missing(): Result<never, ModuleFault> {
    return err(moduleFault('module-missing', { place: this.place }));
  }

  async #open(): Promise<Result<ByteStream, ModuleFault>> {
    // A device that hangs in closing is left behind: put back in, it is another one.
    await withinTime(this.#reader);
    const opening = this.#transport.open();
    const opened = await withinTime(opening);
    if (!opened) {
      // What opens after all belongs to nobody.
      void opening.then((late) => (late.ok ? late.value.close() : undefined));
      return this.#missing();
    }
    if (!opened.ok) return opened;
    this.#stream = opened.value;
    this.#clean = false;
    this.#opening += 1;
    this.#reader = this.#readAll(opened.value);
    this.#options.onChange?.(true);
    return opened;
  }

  async #readAll(stream: ByteStream): Promise<void> {
    const assembler = new FrameAssembler();
    for (;;) {
      const bytes = await stream.read();
      if (bytes === null) break;
      for (const frame of assembler.push(bytes)) this.#hear(frame);
    }
    if (this.#stream === stream) this.#stream = undefined;
    await stream.close();
    // Nothing is under way on this one any more when another has taken its place.
    if (this.#stream !== undefined) return;
    this.#pending?.fail('module-disconnected');
    this.#options.onChange?.(false);
  }

  #hear(frame: Uint8Array): void {
    if (this.#pending?.hear(frame) === true) return;
    // An answer that nobody waits for: what comes next may be out of step too.
    if (frame.length > 0) this.#clean = false;
  }

  /**
   * One command, one answer. While resynchronising, everything but the answer that is waited for is passed over,
   * and a carriage return first ends whatever the module has of an older command.
   */
  #ask<Name extends CommandName>(
    stream: ByteStream,
    name: Name,
    values: RequestOf<Name>,
    resync = false,
  ): Promise<Result<Reply<Name>, ModuleFault>> {
    const request = encodeRequest(name, values);
    const bytes = resync ? Buffer.concat([Buffer.of(CARRIAGE_RETURN), request]) : request;
    return new Promise((resolve) => {
      const end = (result: Result<Reply<Name>, ModuleFault>): void => {
        clearTimeout(timer);
        this.#pending = undefined;
        resolve(result);
      };
      const fail = (code: ModuleFaultCode): void => {
        this.#clean = false;
        end(err(moduleFault(code)));
      };
      let timer: NodeJS.Timeout | undefined;
      this.#pending = {
        fail,
        hear: (frame) => {
          const read = decodeResponse(name, frame);
          if (read.ok && !(resync && isAboutNoise(read.value))) {
            if (resync) this.#clean = true;
            end(read);
            return true;
          }
          // Another command's answer is a late one: this command's may still come.
          if (resync || (!read.ok && read.error === 'header')) return false;
          fail('module-unknown-reply');
          return true;
        },
      };
      timer = setTimeout(() => fail('module-timeout'), this.#options.timeoutMs);
      stream.write(bytes).catch(() => fail('module-disconnected'));
    });
  }

  async #drop(): Promise<void> {
    const stream = this.#stream;
    this.#stream = undefined;
    await stream?.close();
    await this.#reader;
  }
}
