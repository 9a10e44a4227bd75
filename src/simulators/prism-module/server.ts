import type { AddressInfo } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { readCall, replyFrame, unknownMethodFrame, type Call } from './codec.ts';
import type { CommandFault } from './faults.ts';
import { selfSigned, type ServerIdentity } from './self-signed.ts';
import type { Disturbance, PrismService } from './service.ts';

const MAX_FRAME_BYTES = 1 << 20;
const TWO_DAYS_MS = 2 * 86_400_000;

const DISTURBANCES: Readonly<Partial<Record<CommandFault['kind'], Disturbance>>> = {
  'expired-token': { tokenOver: true },
  'drifted-clock': { clockOffMs: TWO_DAYS_MS },
  'limit-used-up': { noCredit: true },
  'wrong-units': { wrongUnits: true },
};

/** How an answer leaves the server when something is wrong with its way. */
const DELIVERIES: Readonly<Record<string, (socket: TLSSocket, frame: Buffer, call: Call) => void>> = {
  never: () => undefined,
  'half-frame': (socket, frame) => void socket.end(frame.subarray(0, frame.length >> 1)),
  'drop-after': (socket) => void socket.destroy(),
  'duplicate-reply': (socket, frame) => void socket.write(Buffer.concat([frame, frame])),
  'wrong-sequence': (socket, frame, call) => {
    const wrong = Buffer.from(frame);
    // Length, version, length of the name, the name: then the number.
    wrong.writeInt32BE(call.sequence ^ 0x55, 12 + Buffer.byteLength(call.method));
    socket.write(wrong);
  },
};

export type PrismServerOptions = {
  readonly service: PrismService;
  readonly identity?: ServerIdentity;
  /** What goes wrong with the next command; nothing when left out. */
  readonly nextFault?: (method: string) => CommandFault;
  readonly onCommand?: (method: string, fault: CommandFault['kind']) => void;
};

/** A token server on a TLS port of this machine, with faults to order. */
export class PrismServer {
  readonly identity: ServerIdentity;
  readonly #options: PrismServerOptions;
  readonly #server: Server;
  readonly #sockets = new Set<TLSSocket>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: PrismServerOptions) {
    this.#options = options;
    this.identity = options.identity ?? selfSigned('token-server.example');
    const { certificate: cert, privateKey: key } = this.identity;
    this.#server = createServer({ cert, key, minVersion: 'TLSv1.2' }, (socket) => this.#accept(socket));
  }

  /** Starts on a port, 0 for any; returns the port. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => resolve((this.#server.address() as AddressInfo).port));
    });
  }

  /** Cuts every line. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.cut();
    return new Promise((resolve) => void this.#server.close(() => resolve()));
  }

  #accept(socket: TLSSocket): void {
    this.#sockets.add(socket);
    let held = Buffer.alloc(0);
    // A client that goes away is no event of a server.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('data', (part: Buffer) => {
      held = Buffer.concat([held, part]);
      while (held.length >= 4) {
        const size = held.readInt32BE(0);
        if (size < 1 || size > MAX_FRAME_BYTES) return void socket.destroy();
        if (held.length < 4 + size) return;
        const frame = held.subarray(4, 4 + size);
        held = held.subarray(4 + size);
        this.#serve(socket, frame);
      }
    });
  }

  #serve(socket: TLSSocket, frame: Buffer): void {
    const call = callIn(frame);
    if (!call) return void socket.destroy();
    const fault = this.#options.nextFault?.(call.method) ?? { kind: 'none' };
    this.#options.onCommand?.(call.method, fault.kind);
    if (fault.kind === 'drop-before') return void socket.destroy();
    if (fault.kind === 'done-later') {
      void fault.until.then(() => {
        const reply = this.#reply(call, fault);
        if (!socket.destroyed) socket.write(reply);
      });
      return;
    }
    const reply = this.#reply(call, fault);
    if (fault.kind === 'late') {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        if (!socket.destroyed) socket.write(reply);
      }, fault.ms);
      this.#timers.add(timer);
      return;
    }
    const deliver = DELIVERIES[fault.kind];
    if (deliver) deliver(socket, reply, call);
    else socket.write(reply);
  }

  #reply(call: Call, fault: CommandFault): Buffer {
    const answer = this.#options.service.serve(call.method, call.args, DISTURBANCES[fault.kind] ?? {});
    return answer ? replyFrame(call, answer) : unknownMethodFrame(call);
  }
}

function callIn(frame: Buffer): Call | undefined {
  try {
    return readCall(frame);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
