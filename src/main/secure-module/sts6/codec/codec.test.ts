import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COMMANDS,
  crc16,
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  FrameAssembler,
  LARGEST_FRAME_BYTES,
  STATUS_FAULTS,
  type CommandName,
} from './index.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const textOf = (frame: Uint8Array): string => Buffer.from(frame).toString('latin1');

/** CRC-16/ARC once more, bit by bit, so that no frame here gets its CRC from the code under test. */
function plainCrc(text: string): string {
  let crc = 0;
  for (const byte of bytes(text)) {
    for (let bit = 0; bit < 8; bit += 1) {
      const out = (crc ^ (byte >>> bit)) & 1;
      crc = (crc >>> 1) ^ (out === 1 ? 0xa001 : 0);
    }
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
const frame = (text: string): Uint8Array => bytes(text + plainCrc(text));

describe('the check field', () => {
  it('is CRC-16/ARC', () => {
    expect(crc16(bytes('123456789'))).toBe(0xbb3d);
    expect(plainCrc('123456789')).toBe('BB3D');
  });
});

describe('requests', () => {
  it('are written as the published form says', () => {
    const request = encodeRequest('VC', {
      register: 3,
      pan: '600727000000000009',
      ti: 1,
      ea: 7,
      tct: 2,
      subclass: 0,
      value: '0100',
      tid: '4B1F2A',
    });
    const text = 'SM?VCN3~P600727000000000009~N1~N7~N2~N0~H0100~H4B1F2A~';
    expect(textOf(request)).toBe(`${text}${plainCrc(text)}\r`);
  });

  it('throw on values that no field carries', () => {
    for (const register of [-1, 1.5, Number.NaN])
      expect(() => encodeRequest('GA', { register })).toThrow('register');
    expect(() => encodeRequest('KF', { mac: 'abcd' })).toThrow('mac');
    expect(() => encodeRequest('KX', { moduleId: 'A~B', senderKey: 'AB', count: 1 })).toThrow('moduleId');
  });

  it('are read back', () => {
    const request = encodeRequest('GA', { register: 12 });
    expect(decodeRequest(request.subarray(0, -1))).toEqual({
      ok: true,
      value: { name: 'GA', values: { register: 12 } },
    });
  });
});

const GOOD = 'SM!DI00PVSM-1~PSTS6-001~D20261124143000~N15~N~';

describe('responses', () => {
  it('are read by the table', () => {
    expect(decodeResponse('DI', frame(GOOD))).toEqual({
      ok: true,
      value: {
        kind: 'done',
        values: {
          moduleId: 'VSM-1',
          firmware: 'STS6-001',
          clock: Date.UTC(2026, 10, 24, 14, 30),
          registers: 15,
          transactionsLeft: null,
        },
      },
    });
    expect(decodeResponse('VC', frame('SM!VC31'))).toEqual({
      ok: true,
      value: { kind: 'refused', status: '31', general: false, text: null },
    });
    expect(decodeResponse('VC', frame('GL!ER20'))).toMatchObject({ value: { status: '20', general: true } });
    expect(decodeResponse('VC', frame('SM!VCEEPno paper~'))).toMatchObject({ value: { text: 'no paper' } });
  });

  it.each([
    ['another command’s', 'DI', frame('SM!GA00'), 'header'],
    ['a wrong CRC', 'DI', bytes(`${GOOD}0000`), 'crc'],
    ['a CRC in small letters', 'DI', bytes(GOOD + plainCrc(GOOD).toLowerCase()), 'crc'],
    ['half of it', 'DI', bytes('SM!DI0'), 'length'],
    ['nothing', 'DI', bytes(''), 'length'],
    ['too much of it', 'DI', new Uint8Array(LARGEST_FRAME_BYTES + 1).fill(0x41), 'length'],
    ['a sign that is not printable', 'DI', frame('SM!DI\u000000'), 'characters'],
    ['a status of other signs', 'VC', frame('SM!VC0a'), 'status'],
    ['a general failure that says done', 'VC', frame('GL!ER00'), 'status'],
    ['a field too few', 'DI', frame('SM!DI00PVSM-1~PSTS6-001~D20261124143000~N15~'), 'field-count'],
    ['a field too many', 'DI', frame(`${GOOD}N1~`), 'field-count'],
    ['a field of another type', 'DI', frame(GOOD.replace('N15', 'P15')), 'field-type'],
    ['a leading zero', 'DI', frame(GOOD.replace('N15', 'N015')), 'field-encoding'],
    ['a 30th of February', 'DI', frame(GOOD.replace('20261124', '20260230')), 'field-encoding'],
    ['an empty field that must not be', 'DI', frame(GOOD.replace('PVSM-1', 'P')), 'field-encoding'],
    ['fields behind a refusal', 'VC', frame('SM!VC31N1~'), 'field-count'],
  ] as const)('with %s are refused', (_what, name, given, problem) => {
    expect(decodeResponse(name, given)).toEqual({ ok: false, error: problem });
  });

  it('refuse odd and small hexadecimal', () => {
    for (const kcv of ['ABC', 'abcdef', '']) {
      expect(decodeResponse('KL', frame(`SM!KL00N1~H${kcv}~`))).toEqual({
        ok: false,
        error: 'field-encoding',
      });
    }
  });
});

describe('the status table', () => {
  it('has every code of the catalogue', () => {
    const codes =
      '01 02 03 05 20 21 26 27 28 29 31 33 40 41 42 43 44 45 48 49 57 58 60 61 62 63 76 77 78 80 85 87 94 EE';
    expect(Object.keys(STATUS_FAULTS).toSorted()).toEqual(codes.split(' ').toSorted());
  });
});

describe('the assembler', () => {
  it('finds the same frames however the bytes come', () => {
    const stream = Buffer.concat([
      bytes(`${GOOD}\r`),
      bytes('\rx\r'),
      bytes(`${'y'.repeat(300)}\r`),
      bytes('rest'),
    ]);
    const whole = new FrameAssembler().push(stream).map(textOf);
    expect(whole).toEqual([GOOD, '', 'x', 'y'.repeat(300)]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (sizes) => {
        const assembler = new FrameAssembler();
        const frames: string[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const size = sizes[turn % sizes.length]!;
          frames.push(...assembler.push(stream.subarray(at, at + size)).map(textOf));
          at += size;
        }
        expect(frames).toEqual(whole);
      }),
    );
  });

  it('keeps nothing of a frame that never ends, and finds the next one', () => {
    const assembler = new FrameAssembler();
    for (let turn = 0; turn < 100; turn += 1) {
      expect(assembler.push(new Uint8Array(1000).fill(0x41))).toEqual([]);
      expect(assembler.heldBytes).toBeLessThanOrEqual(LARGEST_FRAME_BYTES);
    }
    expect(assembler.push(bytes('\rnext\r')).map(textOf)).toEqual(['', 'next']);
  });
});

describe('every command', () => {
  it.each(Object.keys(COMMANDS) as CommandName[])('%s goes through both directions', (name) => {
    const sample = { N: 7, P: 'A b-1', H: '0A1B', D: Date.UTC(2026, 1, 28, 23, 59, 58) } as const;
    const values = (specs: readonly { name: string; type: keyof typeof sample }[]) =>
      Object.fromEntries(specs.map((spec) => [spec.name, sample[spec.type]]));
    const request = values(COMMANDS[name].request);
    expect(decodeRequest(encodeRequest(name, request as never).subarray(0, -1))).toEqual({
      ok: true,
      value: { name, values: request },
    });
    const reply = { kind: 'done', values: values(COMMANDS[name].response) } as never;
    expect(decodeResponse(name, encodeResponse(name, reply).subarray(0, -1))).toEqual({
      ok: true,
      value: reply,
    });
  });
});
