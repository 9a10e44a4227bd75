import { describe, expect, it } from 'vitest';
import { encodeSlip, type SlipOptions } from './encode.ts';
import type { Paper, PaperLine } from '../../receipt/index.ts';

const OPTIONS: SlipOptions = {
  codePage: 'WPC1252',
  cut: 'partial',
  cutFeedLines: 3,
  processId: null,
  afterBreak: false,
};
const line = (text: string, change: Partial<PaperLine> = {}): PaperLine => ({
  text,
  size: 'normal',
  bold: false,
  align: 'left',
  ...change,
});
const paper = (...lines: PaperLine[]): Paper => ({ columns: 48, lines, codes: [] });
const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );
const START = [0x1b, 0x40, 0x1b, 0x74, 0x10];
const PLAIN_LEFT = [0x1b, 0x61, 0, 0x1d, 0x21, 0, 0x1b, 0x45, 0];
const END = [
  0x1d, 0x21, 0, 0x1b, 0x45, 0, 0x1b, 0x61, 1, 0x1b, 0x61, 0, 0x1b, 0x64, 3, 0x1d, 0x56, 1, 0x1b, 0x40,
];

describe('a slip as bytes', () => {
  it('resets first, then sets the page, keeps blank lines and cuts once', () => {
    expect(encodeSlip(paper(line('Café'), line('')), OPTIONS)).toEqual(
      new Uint8Array(bytes(START, PLAIN_LEFT, 'Caf\u00e9\n', PLAIN_LEFT, '\n', END)),
    );
  });

  it('gives a token its size, weight and place', () => {
    const token = line('1234 5678', { size: 'large', bold: true, align: 'center' });
    expect(encodeSlip(paper(token), OPTIONS)).toEqual(
      new Uint8Array(bytes(START, [0x1b, 0x61, 1, 0x1d, 0x21, 0x11, 0x1b, 0x45, 1], '1234 5678\n', END)),
    );
  });

  it('makes tall text twice as high and not twice as wide', () => {
    expect(encodeSlip(paper(line('T', { size: 'tall' })), OPTIONS)).toEqual(
      new Uint8Array(bytes(START, [0x1b, 0x61, 0, 0x1d, 0x21, 0x01, 0x1b, 0x45, 0], 'T\n', END)),
    );
  });

  it('ends with the process id, after the cut', () => {
    const slip = encodeSlip(paper(line('a')), { ...OPTIONS, processId: '00A1' });
    expect(slip.slice(-11)).toEqual(new Uint8Array(bytes([0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30], '00A1')));
  });

  it('is the same each time, so nothing of one slip is left in the next', () => {
    const once = encodeSlip(paper(line('a')), OPTIONS);
    expect(encodeSlip(paper(line('a')), OPTIONS)).toEqual(once);
  });

  it('writes Latin-1 letters as the other page has them', () => {
    const slip = encodeSlip(paper(line('é³')), { ...OPTIONS, codePage: 'PC858' });
    expect(slip.slice(0, 5)).toEqual(Uint8Array.of(0x1b, 0x40, 0x1b, 0x74, 19));
    expect(Array.from(slip)).toEqual(expect.arrayContaining([0x82, 0xfc]));
  });

  it('refuses a code that is not ASCII, whose length the library would get wrong', () => {
    expect(() =>
      encodeSlip({ ...paper(line('a')), codes: [{ caption: null, text: 'KW1é' }] }, OPTIONS),
    ).toThrow('ASCII');
  });
});
