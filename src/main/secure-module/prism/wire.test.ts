import { describe, expect, it } from 'vitest';
import { FrameCutter, frameOf, MAX_FRAME_BYTES } from './frames.ts';
import { readAnswer } from './link.ts';
import { decodeMessage, encodeMessage, MESSAGE, WIRE, type WireField, type WireValue } from './wire.ts';

const deep = process.env['KIOSKWATT_SIZE'] === 'deep';
const FRAMES = deep ? 1_000_000 : 30_000;
const SEED = Number(process.env['KIOSKWATT_SEED'] ?? 20_261_124);

/** mulberry32 */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

type Draw = ReturnType<typeof generator>;
const text = (draw: Draw): Uint8Array => Uint8Array.from({ length: draw(12) }, () => draw(256));
const bigDouble = (draw: Draw): number => (draw(2) === 0 ? draw(1000) / 8 : -0);

function randomValue(draw: Draw, depth: number): WireValue {
  const makers: readonly (() => WireValue)[] = [
    () => ({ type: WIRE.bool, value: draw(2) === 1 }),
    () => ({ type: WIRE.byte, value: draw(256) - 128 }),
    () => ({ type: WIRE.i16, value: draw(65_536) - 32_768 }),
    () => ({ type: WIRE.i32, value: draw(2 ** 32) - 2 ** 31 }),
    () => ({
      type: WIRE.i64,
      value: BigInt.asIntN(64, (BigInt(draw(2 ** 32)) << 32n) | BigInt(draw(2 ** 32))),
    }),
    () => ({ type: WIRE.double, value: bigDouble(draw) }),
    () => ({ type: WIRE.string, bytes: text(draw) }),
    () => ({ type: WIRE.struct, fields: randomFields(draw, depth + 1) }),
    () => ({
      type: WIRE.list,
      of: WIRE.i16,
      items: Array.from({ length: draw(4) }, () => ({ type: WIRE.i16, value: draw(9) })),
    }),
    () => ({
      type: WIRE.map,
      keys: WIRE.string,
      values: WIRE.bool,
      entries: Array.from({ length: draw(3) }, () => [
        { type: WIRE.string, bytes: text(draw) },
        { type: WIRE.bool, value: true },
      ]),
    }),
  ];
  return makers[draw(depth > 4 ? 7 : makers.length)]!();
}

function randomFields(draw: Draw, depth = 0): readonly WireField[] {
  return Array.from({ length: draw(5) }, (_, index) => ({
    id: index * 3 + draw(3),
    value: randomValue(draw, depth),
  }));
}

/** A reply that is whole, then most often damaged in one of the ways of a line, a bug or an enemy. */
function randomFrame(draw: Draw, sequence: number): Uint8Array {
  const whole = encodeMessage({
    type: MESSAGE.reply,
    method: draw(8) === 0 ? 'ping' : 'issueCreditToken',
    sequence: draw(8) === 0 ? draw(1000) : sequence,
    body: randomFields(draw),
  });
  const bytes = Buffer.from(whole);
  const damages: readonly (() => Uint8Array)[] = [
    () => bytes,
    () => bytes.subarray(0, draw(bytes.length)),
    () => ((bytes[draw(bytes.length)]! ^= 1 << draw(8)), bytes),
    () => ((bytes[draw(bytes.length)] = draw(256)), bytes),
    () => (bytes.writeInt32BE(draw(2 ** 32) - 2 ** 31, draw(bytes.length - 4)), bytes),
    () => Buffer.concat([bytes, text(draw)]),
    () => Uint8Array.from({ length: draw(64) }, () => draw(256)),
    () =>
      Buffer.concat([bytes.subarray(0, draw(bytes.length)), text(draw), bytes.subarray(draw(bytes.length))]),
  ];
  return damages[draw(damages.length)]!();
}

describe(`${FRAMES} frames drawn from seed ${SEED}`, () => {
  it('are read or refused, never half; what is taken answers the open call and is written back byte for byte', () => {
    const draw = generator(SEED);
    const seen = { taken: 0, read: 0, refused: 0 };
    for (let sequence = 1; sequence <= FRAMES; sequence += 1) {
      const frame = randomFrame(draw, sequence);
      const message = decodeMessage(frame);
      if (!message.ok) {
        seen.refused += 1;
        continue;
      }
      seen.read += 1;
      // A comparison of Vitest's own for each of a million frames would take the time of the whole run.
      if (!Buffer.from(frame).equals(encodeMessage(message.value))) {
        throw new Error(`frame ${sequence}: ${Buffer.from(frame).toString('hex')}`);
      }
      const answer = readAnswer(frame, 'issueCreditToken', sequence);
      if (answer.ok) {
        seen.taken += 1;
        const { method, sequence: number } = message.value;
        if (method !== 'issueCreditToken' || number !== sequence)
          throw new Error(`frame ${sequence} answers another`);
      }
    }
    expect(seen.taken).toBeGreaterThan(FRAMES / 20);
    expect(seen.refused).toBeGreaterThan(FRAMES / 5);
    expect(seen.read).toBeGreaterThan(seen.taken);
  }, 900_000);

  it('cut anywhere: the cutter gives the same frames back and holds no more than one', () => {
    const draw = generator(SEED);
    for (let round = 0; round < FRAMES / 100; round += 1) {
      const messages = Array.from({ length: 1 + draw(5) }, () =>
        Uint8Array.from({ length: 1 + draw(300) }, () => draw(256)),
      );
      const stream = Buffer.concat(messages.map(frameOf));
      const cutter = new FrameCutter();
      const got: Uint8Array[] = [];
      for (let at = 0; at < stream.length;) {
        const size = 1 + draw(200);
        got.push(...(cutter.push(stream.subarray(at, at + size)) ?? []));
        at += size;
      }
      expect(got.map((frame) => Buffer.from(frame).toString('hex'))).toEqual(
        messages.map((message) => Buffer.from(message).toString('hex')),
      );
      expect(cutter.held).toBe(0);
    }
  });
});

describe('what a message may cost', () => {
  const head = '80010002 00000004 70696e67 00000007';
  const reply = (body: string): Uint8Array => Buffer.from((head + body).replaceAll(' ', ''), 'hex');

  it.each([
    ['a list of two thousand million', '0f0000 02 7fffffff'],
    ['a text longer than the frame', '0b0000 00010000'],
    ['a text of negative length', '0b0000 ffffffff'],
    ['a hundred structs in one another', '0c0000'.repeat(100)],
    ['a field twice', '0b000000000000 0b000000000000 00'],
    ['a bool that is neither', '02000002 00'],
    ['a figure that is none', '040000 7ff8000000000001 00'],
    ['bytes after the end', '00 00'],
    ['a type that does not exist', '050000 00'],
  ])('%s is refused', (_, body) => {
    expect(decodeMessage(reply(body)).ok).toBe(false);
  });

  it('a frame full of values is refused before it takes much memory', () => {
    const count = MAX_FRAME_BYTES - 64;
    const list = Buffer.concat([reply('0f000002'), Buffer.alloc(4), Buffer.alloc(count), Buffer.of(0)]);
    list.writeInt32BE(count, reply('0f000002').length);
    expect(decodeMessage(list)).toEqual({ ok: false, error: { code: 'wire', reason: 'values' } });
  });

  it.each([0, -1, MAX_FRAME_BYTES + 1, 0x7fff_ffff])(
    'a frame that says it has %d bytes ends the line',
    (length) => {
      const cutter = new FrameCutter();
      const start = Buffer.alloc(4);
      start.writeInt32BE(length);
      expect(cutter.push(start)).toBeUndefined();
      expect(cutter.push(Buffer.alloc(1000))).toBeUndefined();
      expect(cutter.held).toBe(0);
    },
  );
});

describe('a message that was written by hand', () => {
  // Apache Thrift, "Thrift Binary protocol encoding": version word, name, number, fields, stop.
  const ping = '80010001 00000004 70696e67 00000001 080001 00000000 0b0002 00000003 e282ac 00';

  it('is what the encoder makes', () => {
    const made = encodeMessage({
      type: MESSAGE.call,
      method: 'ping',
      sequence: 1,
      body: [
        { id: 1, value: { type: WIRE.i32, value: 0 } },
        { id: 2, value: { type: WIRE.string, bytes: Buffer.from('€') } },
      ],
    });
    expect(Buffer.from(made).toString('hex')).toBe(ping.replaceAll(' ', ''));
  });
});
