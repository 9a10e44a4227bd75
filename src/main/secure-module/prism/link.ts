import { connect, type TLSSocket } from 'node:tls';
import { err, ok, type Result } from '../../../units/index.ts';
import { moduleFault, type ModuleFault } from '../faults.ts';
import {
  apiException,
  callException,
  METHODS,
  type ArgsOf,
  type Method,
  type MethodName,
  type ReturnOf,
} from './api.ts';
import { FrameCutter, frameOf } from './frames.ts';
import { decodeValue, encodeStruct, NotOfShape, type StructShape, type ValueOf } from './shapes.ts';
import { decodeMessage, encodeMessage, MESSAGE, WIRE, type WireMessage } from './wire.ts';

export type LinkOptions = {
  readonly host: string;
  readonly port: number;
  /** SHA-256 of the server's certificate, 64 hexadecimal digits; colons and case don't matter. */
  readonly certificatePin: string;
  /** For one call with everything it needs, the connection too. */
  readonly callMs: number;
};

/** What became of a call that has no answer. */
export type CallError =
  /** Nothing was sent: no server there. */
  | { readonly kind: 'unreachable' }
  /** Nothing was sent: the server showed another certificate. */
  | { readonly kind: 'other-certificate'; readonly found: string }
  /** It was sent, and what became of it is not known. */
  | { readonly kind: 'lost'; readonly reason: 'late' | 'broken' | 'garbled' }
  /** The server refused it, by its own code. */
  | { readonly kind: 'refused'; readonly code: string };

/** What may stand in a server's code for an error; anything else is cut away before it is shown. */
const NOT_OF_A_CODE = /[^A-Za-z0-9._-]/gu;
const MAX_CODE = 60;

/** 64 lower-case digits, or undefined when the text is no SHA-256. */
export function parsePin(text: string): string | undefined {
  const digits = text.replaceAll(/[:\s]/gu, '').toLowerCase();
  return /^[0-9a-f]{64}$/u.test(digits) ? digits : undefined;
}

/** Reads the answer to one call; anything that isn't this call's answer is garbled. */
export function readAnswer(
  frame: Uint8Array,
  method: string,
  sequence: number,
): Result<WireMessage, { readonly kind: 'lost'; readonly reason: 'garbled' }> {
  const message = decodeMessage(frame);
  const fits =
    message.ok &&
    message.value.method === method &&
    message.value.sequence === sequence &&
    message.value.type !== MESSAGE.call;
  return fits ? message : err({ kind: 'lost', reason: 'garbled' });
}

function resultOf(message: WireMessage, { returns }: Method): Result<unknown, CallError> {
  const refused = (code: string): Result<never, CallError> =>
    err({ kind: 'refused', code: code.replaceAll(NOT_OF_A_CODE, '').slice(0, MAX_CODE) });
  try {
    if (message.type === MESSAGE.exception) {
      const { type } = structOf(callException, message.body);
      return refused(`TApplicationException.${type ?? 0}`);
    }
    const [only] = message.body;
    if (message.body.length !== 1 || !only) throw new NotOfShape('result');
    if (only.id === 0) return ok(decodeValue(returns, only.value));
    if (only.id === 1) return refused(decodeValue(apiException, only.value).eCode);
  } catch (error) {
    if (!(error instanceof NotOfShape)) throw error;
  }
  return err({ kind: 'lost', reason: 'garbled' });
}

function structOf<S extends StructShape>(shape: S, fields: WireMessage['body']): ValueOf<S> {
  return decodeValue(shape, { type: WIRE.struct, fields });
}

type Waiting = {
  readonly method: MethodName;
  readonly sequence: number;
  readonly settle: (answer: Result<unknown, CallError>) => void;
};

type Connected = { readonly socket: TLSSocket; readonly found: string };

/** A connection with the fingerprint of the certificate that was shown; nothing has been sent over it. */
function connectTo({
  host,
  port,
  callMs,
}: Pick<LinkOptions, 'host' | 'port' | 'callMs'>): Promise<Result<Connected, CallError>> {
  return new Promise((resolve) => {
    // The chain proves nothing here: servers of this kind sign for themselves. The pin is the check.
    const socket = connect({ host, port, rejectUnauthorized: false, minVersion: 'TLSv1.2' });
    const give = (answer: Result<Connected, CallError>): void => {
      clearTimeout(timer);
      if (!answer.ok) socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => give(err({ kind: 'unreachable' })), callMs);
    // Whatever comes of a connection is told by its closing; an error without a listener would end the process.
    socket.on('error', () => undefined);
    socket.once('close', () => give(err({ kind: 'unreachable' })));
    socket.once('secureConnect', () => {
      socket.setNoDelay(true);
      give(ok({ socket, found: parsePin(socket.getPeerX509Certificate()?.fingerprint256 ?? '') ?? '' }));
    });
  });
}

/** The fingerprint of the certificate that a server shows now, as 64 lower-case digits; sends nothing to it. */
export async function shownCertificate(
  server: Pick<LinkOptions, 'host' | 'port' | 'callMs'>,
): Promise<Result<string, ModuleFault>> {
  const connected = await connectTo(server);
  if (!connected.ok) return err(moduleFault('module-missing', { place: `${server.host}:${server.port}` }));
  connected.value.socket.destroy();
  return ok(connected.value.found);
}

/**
 * Calls over one TLS connection, one at a time, made anew when it is gone. The server is known by its
 * certificate's fingerprint alone, before anything is sent to it. After a call that is late or garbled the
 * connection is given up, so that an answer can never be taken for another call's.
 */
export class PrismLink {
  readonly #options: LinkOptions;
  #socket: TLSSocket | undefined;
  #waiting: Waiting | undefined;
  #sequence = 0;
  #suspended = false;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  async call<Name extends MethodName>(
    method: Name,
    args: ArgsOf<Name>,
  ): Promise<Result<ReturnOf<Name>, CallError>> {
    if (this.#suspended) return err({ kind: 'unreachable' });
    const endMs = performance.now() + this.#options.callMs;
    const socket = await this.#connected();
    if (!socket.ok) return socket;
    const answer = await this.#exchange(socket.value, method, args, Math.max(1, endMs - performance.now()));
    return answer as Result<ReturnOf<Name>, CallError>;
  }

  /** Drops the connection, which a sleep would leave half open; `unreachable` until `resume`. */
  suspend(): void {
    this.#suspended = true;
    this.#drop('broken');
  }

  resume(): void {
    this.#suspended = false;
  }

  close(): void {
    this.#drop('broken');
  }

  async #connected(): Promise<Result<TLSSocket, CallError>> {
    if (this.#socket && !this.#socket.destroyed) return ok(this.#socket);
    const made = await this.#connect();
    if (!made.ok) return made;
    const socket = made.value;
    this.#socket = socket;
    const cutter = new FrameCutter();
    socket.on('data', (part) => {
      if (this.#socket === socket) this.#take(cutter.push(part));
    });
    socket.on('close', () => {
      if (this.#socket === socket) this.#drop('broken');
    });
    return made;
  }

  async #connect(): Promise<Result<TLSSocket, CallError>> {
    const connected = await connectTo(this.#options);
    if (!connected.ok) return connected;
    const { socket, found } = connected.value;
    if (found === parsePin(this.#options.certificatePin)) return ok(socket);
    socket.destroy();
    return err({ kind: 'other-certificate', found });
  }

  #exchange(
    socket: TLSSocket,
    method: MethodName,
    args: unknown,
    leftMs: number,
  ): Promise<Result<unknown, CallError>> {
    this.#sequence = (this.#sequence + 1) % 2 ** 31;
    const sequence = this.#sequence;
    const body = encodeStruct(METHODS[method].args as StructShape, args as ValueOf<StructShape>);
    const frame = frameOf(encodeMessage({ type: MESSAGE.call, method, sequence, body }));
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#drop('late'), leftMs);
      const settle: Waiting['settle'] = (answer) => {
        clearTimeout(timer);
        this.#waiting = undefined;
        resolve(answer);
      };
      this.#waiting = { method, sequence, settle };
      socket.write(frame);
    });
  }

  #take(frames: readonly Uint8Array[] | undefined): void {
    const [frame, ...more] = frames ?? [];
    if (frames && !frame) return;
    const waiting = this.#waiting;
    // A length that is none, two answers to one call, or one that nobody asked for.
    if (!frame || !waiting || more.length > 0) {
      this.#drop('garbled');
      return;
    }
    const message = readAnswer(frame, waiting.method, waiting.sequence);
    const answer = message.ok ? resultOf(message.value, METHODS[waiting.method]) : message;
    if (!answer.ok && answer.error.kind === 'lost') this.#drop('garbled');
    else waiting.settle(answer);
  }

  #drop(reason: 'late' | 'broken' | 'garbled'): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#waiting?.settle(err({ kind: 'lost', reason }));
    socket?.destroy();
  }
}
