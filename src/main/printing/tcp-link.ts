import { connect, type Socket } from 'node:net';
import { err, ok } from '../../units/index.ts';
import type { Link, LinkEvents, OpenLink } from './link.ts';
import { addressText, type TcpAddress } from './printer-address.ts';

/** How long a finished line stays open for a printer that is still reading. */
const LINGER_MS = 30_000;

/** Finished lines whose printer has not ended its side. */
const lingering = new Set<Socket>();

/** Ends them at once, when the program is about to end: an open one would keep it from ending. */
export function dropLingeringLines(): void {
  for (const socket of lingering) socket.destroy();
}

/** The line to a network printer (raw TCP, usually port 9100). */
export function tcpLink(to: TcpAddress): OpenLink {
  const address = addressText(to);
  return (events, connectMs) =>
    new Promise((resolve) => {
      const socket = connect({ host: to.host, port: to.port, allowHalfOpen: true, noDelay: true });
      const fail = (reason: string): void => {
        clearTimeout(deadline);
        socket.destroy();
        resolve(err({ code: 'printer-unreachable', params: { address, reason } }));
      };
      const onError = (error: NodeJS.ErrnoException): void => fail(error.code ?? error.message);
      const deadline = setTimeout(() => fail('ETIMEDOUT'), connectMs);
      socket.once('error', onError);
      socket.once('connect', () => {
        clearTimeout(deadline);
        socket.off('error', onError);
        resolve(ok(linkOf(socket, events)));
      });
    });
}

function linkOf(socket: Socket, events: LinkEvents): Link {
  let clean = true;
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    events.onClosed(clean);
  };
  socket.on('data', events.onData);
  socket.on('error', () => {
    clean = false;
  });
  socket.on('end', () => {
    // The printer says no more: whatever we still wait for will not come.
    socket.end();
    close();
  });
  socket.on('close', close);
  return {
    write: (bytes) =>
      new Promise((resolve) => {
        if (closed || !socket.writable) return resolve(false);
        socket.write(bytes, (error) => resolve(!error));
      }),
    finish: () => {
      socket.end();
      // A printer that never ends its side must not hold the line for ever.
      const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
      lingering.add(socket);
      socket.once('close', () => {
        clearTimeout(timer);
        lingering.delete(socket);
      });
    },
    reset: () => {
      if (!socket.destroyed) socket.resetAndDestroy();
    },
  };
}
