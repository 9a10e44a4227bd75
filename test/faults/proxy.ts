import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';

/** What happens to the bytes of one connection. Counts are of bytes from the client; times in milliseconds. */
export type LineFault =
  | { readonly kind: 'none' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** Takes bytes from then on and passes none of them, in either direction. */
  | { readonly kind: 'drop'; readonly afterBytes: number }
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** Ends the device's half: the client hears nothing any more and may go on talking. */
  | { readonly kind: 'half-close'; readonly afterBytes: number }
  /** One byte at a time, both ways. */
  | { readonly kind: 'dribble' };

/** A TCP line between a program and a device, of which each connection can have a fault of its own. */
export class FaultyLine {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Faults of the connections so far, in order. */
  readonly faults: LineFault[] = [];
  /** Those that have come to act: a connection may end before as many bytes. */
  readonly met = new Set<LineFault['kind']>();

  constructor(devicePort: number, nextFault: () => LineFault) {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      const fault = nextFault();
      this.faults.push(fault);
      const device = connect({ port: devicePort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
      this.#join(client, device, fault);
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** Pulls the cable: every connection ends, and the next ones have faults of their own. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #join(client: Socket, device: Socket, fault: LineFault): void {
    const strike: Strike = { fault, left: 'afterBytes' in fault ? fault.afterBytes : Infinity };
    if (!('afterBytes' in fault)) this.met.add(fault.kind);
    for (const [socket, other] of [[client, device] as const, [device, client] as const]) {
      this.#sockets.add(socket);
      let passed: Promise<void> = Promise.resolve();
      // One after the other, in the order in which they came.
      const then = (work: () => Promise<void> | void): void => void (passed = passed.then(work));
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        then(() => void other.destroy());
      });
      socket.on('end', () => then(() => void other.end()));
      socket.on('data', (bytes: Buffer) => {
        then(async () => {
          await passOn(other, bytes.subarray(0, passes(strike, bytes.length, socket === client)), fault);
          if (strike.left > 0 || fault.kind === 'none') return;
          this.met.add(fault.kind);
          if (fault.kind === 'reset') for (const each of [client, device]) each.resetAndDestroy();
          if (fault.kind === 'half-close') client.end();
        });
      });
    }
  }
}

type Strike = {
  readonly fault: LineFault;
  /** Bytes from the client until the fault strikes. */
  left: number;
};

/** How many of so many bytes are passed on. */
function passes(strike: Strike, length: number, fromClient: boolean): number {
  const { fault, left } = strike;
  if (fromClient) strike.left = Math.max(0, left - length);
  const stops = fault.kind === 'drop' || fault.kind === 'reset';
  if (!stops || (!fromClient && left > 0)) return length;
  return fromClient ? Math.min(length, left) : 0;
}

async function passOn(to: Socket, bytes: Buffer, fault: LineFault): Promise<void> {
  if (fault.kind === 'delay') await wait(fault.ms);
  // A byte of its own each time: two in one turn would travel together.
  const pieces = fault.kind === 'dribble' ? [...bytes].map((byte) => Uint8Array.of(byte)) : [bytes];
  for (const piece of pieces) {
    if (fault.kind === 'dribble') await nextTurn();
    if (to.destroyed || to.writableEnded) return;
    await new Promise<void>((resolve) => to.write(piece, () => resolve()));
  }
}

/**
 * A fault for each connection: every kind once in an order of the seed's, then drawn. Those that strike do so after
 * fewer than `most` bytes.
 */
export function dealLineFaults(random: () => number, most: number): () => LineFault {
  const below = (limit: number): number => Math.floor(random() * limit);
  const all: readonly (() => LineFault)[] = [
    () => ({ kind: 'none' }),
    () => ({ kind: 'delay', ms: below(30) }),
    () => ({ kind: 'drop', afterBytes: below(most) }),
    () => ({ kind: 'reset', afterBytes: below(most) }),
    () => ({ kind: 'half-close', afterBytes: below(most) }),
    () => ({ kind: 'dribble' }),
  ];
  const once = all.map((make) => ({ make, place: random() })).toSorted((a, b) => a.place - b.place);
  return () => (once.shift()?.make ?? all[below(all.length)] ?? all[0]!)();
}

/** Every kind of fault that a line can have. */
export const LINE_FAULT_KINDS: ReadonlySet<LineFault['kind']> = new Set([
  'none',
  'delay',
  'drop',
  'reset',
  'half-close',
  'dribble',
]);
