import { connect } from 'node:net';
import { err, ok } from '../../../../units/index.ts';
import { moduleFault } from '../../faults.ts';
import type { Transport } from '../byte-stream.ts';
import { pump } from './pump.ts';

const CONNECT_TIMEOUT_MS = 3_000;

/** A module behind a serial server, or one with a network line of its own. */
export function tcpTransport(host: string, port: number): Transport {
  const place = `${host}:${port}`;
  return {
    place,
    open: () =>
      new Promise((resolve) => {
        const socket = connect({ host, port, noDelay: true });
        socket.setTimeout(CONNECT_TIMEOUT_MS, () => socket.destroy(new Error('no answer')));
        socket.once('error', () => resolve(err(moduleFault('module-missing', { place }))));
        socket.once('connect', () => {
          socket.setTimeout(0);
          const shut = (): Promise<void> =>
            new Promise((done) => {
              if (socket.closed) done();
              else socket.once('close', () => done()).destroy();
            });
          resolve(ok(pump(socket, shut)));
        });
      }),
  };
}
