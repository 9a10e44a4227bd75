import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockingCode, signalParser, statusFromBytes } from './status.ts';

/** Replies as Epson's reference gives them: a process id block, ASB with all clear, with paper out, a status byte. */
const PROCESS_ID = [0x37, 0x22, 0x30, 0x30, 0x31, 0x41, 0x00];
const ASB_CLEAR = [0x10, 0x00, 0x00, 0x0f];
const ASB_PAPER_OUT = [0x18, 0x00, 0x0c, 0x0f];
const CLEAR = { online: true, paper: 'enough', coverOpen: false, cutterJam: false, fault: false };

describe('what a printer sends', () => {
  it('is told apart in a mixed stream', () => {
    const parse = signalParser();
    const stream = [...ASB_CLEAR, 0x12, 0x13, ...PROCESS_ID, 0x11, 0x1a, ...ASB_PAPER_OUT];
    expect(parse(Uint8Array.from(stream))).toEqual([
      { kind: 'automatic-status', status: CLEAR },
      { kind: 'status-byte', byte: 0x12 },
      { kind: 'process-id', id: '001A' },
      { kind: 'status-byte', byte: 0x1a },
      { kind: 'automatic-status', status: { ...CLEAR, online: false, paper: 'out' } },
    ]);
  });

  it('is the same in whatever pieces it arrives', () => {
    const stream = Uint8Array.from([...PROCESS_ID, ...ASB_PAPER_OUT, 0x16, ...ASB_CLEAR, ...PROCESS_ID]);
    const whole = signalParser()(stream);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 8 }), (cuts) => {
        const parse = signalParser();
        const edges = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        const pieces = edges.slice(1).map((end, at) => stream.subarray(edges[at], end));
        expect(pieces.flatMap((piece) => parse(piece))).toEqual(whole);
      }),
    );
  });

  it('is read again after noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        const parse = signalParser();
        parse(noise);
        parse(new Uint8Array(80).fill(0xff));
        expect(parse(Uint8Array.from([...PROCESS_ID, 0x12]))).toEqual([
          { kind: 'process-id', id: '001A' },
          { kind: 'status-byte', byte: 0x12 },
        ]);
      }),
    );
  });

  it.each([
    [[0x12, 0x12, 0x12, 0x12], undefined, 'enough'],
    [[0x12, 0x12, 0x12, 0x1e], undefined, 'near-end'],
    [[0x1a, 0x32, 0x12, 0x7e], 'printer-paper-out', 'out'],
    [[0x1a, 0x16, 0x12, 0x12], 'printer-cover-open', 'enough'],
    [[0x1a, 0x52, 0x1a, 0x12], 'printer-cutter', 'enough'],
    [[0x1a, 0x52, 0x32, 0x12], 'printer-fault', 'enough'],
    [[0x1a, 0x12, 0x12, 0x12], 'printer-offline', 'enough'],
  ])('answers %j mean %s', (answers, code, paper) => {
    const status = statusFromBytes(answers);
    expect(blockingCode(status)).toBe(code);
    expect(status.paper).toBe(paper);
  });
});
