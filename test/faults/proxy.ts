import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What happens to the bytes of one connection. Counts are of bytes from the client; times in milliseconds. */
export type LineFault =
  | { readonly kind: 'none' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** Takes bytes and passes none of them on, in either direction. */
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

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #join(client: Socket, device: Socket, fault: LineFault): void {
    let received = 0;
    const struck = (): boolean => 'afterBytes' in fault && received >= fault.afterBytes;
    const both = [client, device] as const;
    for (const [socket, other] of [both, [device, client] as const]) {
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      socket.on('end', () => pass(fault, () => other.end()));
      socket.on('data', (bytes: Buffer) => {
        if (!struck()) pass(fault, () => send(other, bytes, fault));
        if (socket === client) received += bytes.length;
        if (struck() && fault.kind === 'reset') for (const each of both) each.resetAndDestroy();
        if (struck() && fault.kind === 'half-close') client.end();
      });
    }
  }
}

function pass(fault: LineFault, work: () => void): void {
  if (fault.kind === 'delay') setTimeout(work, fault.ms);
  else work();
}

function send(to: Socket, bytes: Buffer, fault: LineFault): void {
  if (to.destroyed || to.writableEnded) return;
  if (fault.kind !== 'dribble') to.write(bytes);
  else for (const byte of bytes) to.write(Uint8Array.of(byte));
}

/** A fault for each connection, drawn from `random`. */
export function drawLineFault(random: () => number): LineFault {
  const below = (most: number): number => Math.floor(random() * most);
  const afterBytes = below(2_500);
  const all: readonly LineFault[] = [
    { kind: 'none' },
    { kind: 'delay', ms: below(30) },
    { kind: 'drop', afterBytes },
    { kind: 'reset', afterBytes },
    { kind: 'half-close', afterBytes },
    { kind: 'dribble' },
  ];
  return all[below(all.length)] ?? { kind: 'none' };
}
