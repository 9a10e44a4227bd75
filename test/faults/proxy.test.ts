import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/simulators/printer/index.ts';
import { dealLineFaults, FaultyLine, LINE_FAULT_KINDS, type LineFault } from './proxy.ts';
import { SEED } from './sizes.ts';

const SENT = Buffer.from(Uint8Array.from({ length: 1_500 }, (_, at) => at % 251));
const AFTER = 700;

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** What came out at the device's end of a line, and what the client met at its own. */
async function through(fault: LineFault, isOver: (device: Seen, client: Seen) => boolean) {
  const [device, client] = [newSeen(), newSeen()];
  const answered = createServer({ allowHalfOpen: true }, (socket) => {
    watch(socket, device);
    // An answer to all that came so far, and one to whatever comes later.
    socket.on('data', () => socket.write('!'));
  });
  await new Promise<void>((resolve) => answered.listen(0, '127.0.0.1', resolve));
  closing.push(() => void answered.close());
  const line = new FaultyLine((answered.address() as AddressInfo).port, () => fault);
  const port = await line.listen();
  closing.push(() => line.close());
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  watch(socket, client);
  await once(socket, 'connect');
  socket.write(SENT);
  while (!isOver(device, client)) await Promise.race([device.next(), client.next()]);
  // Once more, and time for what must not come.
  if (!socket.destroyed) socket.write('more');
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return { device, client, line };
}

type Seen = {
  bytes: Buffer;
  chunks: number;
  ended: boolean;
  error: string;
  /** The next thing that happens to it. */
  next: () => Promise<void>;
  wake: () => void;
};

function newSeen(): Seen {
  const seen: Seen = {
    bytes: Buffer.alloc(0),
    chunks: 0,
    ended: false,
    error: '',
    wake: () => undefined,
    next: () => new Promise((resolve) => (seen.wake = resolve)),
  };
  return seen;
}

function watch(socket: Socket, seen: Seen): void {
  socket.on('data', (chunk: Buffer) => {
    seen.bytes = Buffer.concat([seen.bytes, chunk]);
    seen.chunks += 1;
    seen.wake();
  });
  socket.on('end', () => {
    seen.ended = true;
    seen.wake();
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    seen.error = error.code ?? '';
    seen.wake();
  });
}

describe('a line between a program and a device', () => {
  it('passes everything when nothing is wrong with it', async () => {
    const { device, client } = await through({ kind: 'none' }, (to) => to.bytes.length === SENT.length);
    expect(device.bytes.subarray(0, SENT.length)).toEqual(SENT);
    expect(device.bytes.subarray(SENT.length).toString()).toBe('more');
    expect(client.bytes.length).toBeGreaterThan(0);
  });

  it('passes so many bytes and then none either way when it drops them', async () => {
    const { device } = await through({ kind: 'drop', afterBytes: AFTER }, (to) => to.bytes.length >= AFTER);
    expect(device.bytes).toEqual(SENT.subarray(0, AFTER));
    expect(device.ended).toBe(false);
  });

  it('hands over so many bytes and resets both ends', async () => {
    const both = (to: Seen, from: Seen): boolean => to.error !== '' && from.error !== '';
    const { device, client } = await through({ kind: 'reset', afterBytes: AFTER }, both);
    expect(device.bytes).toEqual(SENT.subarray(0, AFTER));
    expect([device.error, client.error]).toEqual(['ECONNRESET', 'ECONNRESET']);
  });

  it('ends the device’s half after so many bytes; the client goes on and is heard', async () => {
    const { device, client } = await through(
      { kind: 'half-close', afterBytes: AFTER },
      (to, from) => from.ended && to.bytes.length === SENT.length,
    );
    expect(client.ended).toBe(true);
    expect(device.ended).toBe(false);
    expect(device.bytes.subarray(SENT.length).toString()).toBe('more');
  });

  it('dribbles byte by byte', async () => {
    const { device } = await through({ kind: 'dribble' }, (to) => to.bytes.length === SENT.length);
    expect(device.bytes.subarray(0, SENT.length)).toEqual(SENT);
    expect(device.chunks).toBeGreaterThan(SENT.length / 2);
  });

  it('is dealt every kind of fault before one comes again', () => {
    const deal = dealLineFaults(seededRandom(SEED), 1_000);
    const kinds = Array.from({ length: LINE_FAULT_KINDS.size }, () => deal().kind);
    expect(new Set(kinds)).toEqual(LINE_FAULT_KINDS);
    expect(Array.from({ length: 100 }, () => deal().kind).every((kind) => LINE_FAULT_KINDS.has(kind))).toBe(
      true,
    );
  });
});
