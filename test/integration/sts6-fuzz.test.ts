import { expect, it } from 'vitest';
import {
  decodeResponse,
  encodeResponse,
  FrameAssembler,
  LARGEST_FRAME_BYTES,
  type CommandName,
} from '../../src/main/secure-module/sts6/codec/index.ts';

const FRAMES = process.env['KIOSKWATT_SIZE'] === 'deep' ? 1_000_000 : 60_000;
const SEED = Number(process.env['KIOSKWATT_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** mulberry32: small, and the same everywhere. */
function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * sides);
  };
}

/** CRC-16/ARC bit by bit, not the code under test. */
function plainCrc(bytes: Uint8Array): string {
  let crc = 0;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit += 1) {
      const out = (crc ^ (byte >>> bit)) & 1;
      crc = (crc >>> 1) ^ (out === 1 ? 0xa001 : 0);
    }
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');
const closed = (body: Buffer): Buffer => Buffer.concat([body, bytesOf(plainCrc(body))]);

const BODIES: readonly (readonly [CommandName, string])[] = [
  ['DI', 'SM!DI00PVSM-1~PSTS6-001~D20261124143000~N15~N100000~'],
  ['GA', 'SM!GA00P201457~N1~N2~N2~N255~N4~D~D20270101000000~D~N500000~N~HA1B2C3~N12~N3400~N496600~N~'],
  ['VC', 'SM!VC00P2C45ED1618406DF95~P51036894107366235541~'],
  ['VM', 'SM!VM31'],
  ['VK', `SM!VK00N0~N2~P${'0123456789ABCDEF0'.repeat(2)}~P${'12345678901234567890'.repeat(2)}~`],
  ['VT', 'SM!VT00POk~N0~N0~H0100~H4B1F2A~'],
  ['KR', `SM!KR00PVSM-1~H${'AB'.repeat(32)}~`],
  ['KX', 'SM!KX00'],
  ['KL', 'SM!KL00N16~HA1B2C3~'],
  ['KF', 'GL!ER20'],
];
const NAMES = BODIES.map(([name]) => name);
const SIGNS = bytesOf('0123456789ABCDEFNPHD~!?GLERSM \r\n');

/** One change of some kind: a bit, a sign, one sign fewer or more, a cut, two swapped pieces, noise. */
function mutate(frame: Buffer, roll: (sides: number) => number): Buffer {
  const at = roll(frame.length);
  const changed = Buffer.from(frame);
  switch (roll(7)) {
    case 0:
      changed[at]! ^= 1 << roll(8);
      return changed;
    case 1:
      changed[at] = SIGNS[roll(SIGNS.length)]!;
      return changed;
    case 2:
      return Buffer.concat([frame.subarray(0, at), frame.subarray(at + 1)]);
    case 3:
      return Buffer.concat([
        frame.subarray(0, at),
        SIGNS.subarray(at % 20, (at % 20) + 1),
        frame.subarray(at),
      ]);
    case 4:
      return frame.subarray(0, at);
    case 5:
      return Buffer.concat([frame.subarray(at), frame.subarray(0, at)]);
    default:
      return Buffer.from(frame.map((byte) => (roll(6) === 0 ? SIGNS[roll(SIGNS.length)]! : byte)));
  }
}

/** An assertion that costs nothing: there are millions. */
function hold(condition: boolean, promise: string, frame: Buffer): void {
  if (!condition) throw new Error(`${promise}: ${frame.toString('latin1')}`);
}

it(`takes ${FRAMES} bent frames calmly (seed ${SEED})`, () => {
  const roll = dice(SEED);
  const assembler = new FrameAssembler();
  let accepted = 0;
  let changedFrames = 0;
  let changedPassed = 0;
  let framesOut = 0;
  for (let turn = 0; turn < FRAMES; turn += 1) {
    const [own, text] = BODIES[roll(BODIES.length)]!;
    const outstanding = roll(4) === 0 ? NAMES[roll(NAMES.length)]! : own;
    const original = closed(bytesOf(text));
    const kind = roll(4);
    let frame = original;
    if (kind === 1) frame = closed(mutate(bytesOf(text), roll));
    if (kind >= 2) {
      do frame = mutate(frame, roll);
      while (roll(2) === 0 && frame.length > 0);
    }
    const read = decodeResponse(outstanding, frame);
    if (kind >= 2 && !frame.equals(original)) {
      changedFrames += 1;
      const crcStands = frame.subarray(-4).toString('latin1') === plainCrc(frame.subarray(0, -4));
      if (read.ok) changedPassed += 1;
      hold(!read.ok || crcStands, 'no frame with a wrong CRC', frame);
    }
    if (read.ok) {
      accepted += 1;
      const header = frame.subarray(0, 5).toString('latin1');
      const again = Buffer.from(encodeResponse(outstanding, read.value));
      hold(header === `SM!${outstanding}` || header === 'GL!ER', 'the outstanding command', frame);
      hold(frame.subarray(-4).toString('latin1') === plainCrc(frame.subarray(0, -4)), 'the CRC', frame);
      hold(again.subarray(0, -1).equals(frame) && again.at(-1) === 0x0d, 'the same bytes again', frame);
    }
    const cut = roll(frame.length + 1);
    framesOut += assembler.push(frame.subarray(0, cut)).length;
    framesOut += assembler.push(
      Buffer.concat([frame.subarray(cut), bytesOf(roll(50) === 0 ? '' : '\r')]),
    ).length;
    hold(assembler.heldBytes <= LARGEST_FRAME_BYTES, 'bounded memory', frame);
  }
  expect(accepted).toBeGreaterThan(FRAMES / 100);
  expect(framesOut).toBeGreaterThan(FRAMES / 2);
  const chance = 2 ** -16;
  const threeSigma = 3 * Math.sqrt(changedFrames * chance * (1 - chance));
  console.log(JSON.stringify({ frames: FRAMES, accepted, changedFrames, changedPassed }));
  expect(changedPassed).toBeLessThanOrEqual(changedFrames * chance + threeSigma);
});
