import { describe, expect, it } from 'vitest';
import { blockFromHex, blockToHex, bytesFromHex, bytesToHex, wordAt } from './words.ts';

describe('blocks', () => {
  it('are read and written as sixteen hexadecimal digits', () => {
    expect(blockFromHex('0123456789abCDEF')).toEqual({ hi: 0x01234567, lo: 0x89abcdef });
    expect(blockToHex({ hi: 0x01234567, lo: 0x89abcdef })).toBe('0123456789ABCDEF');
    expect(blockToHex({ hi: -1, lo: 0 })).toBe('FFFFFFFF00000000');
  });

  it.each(['', '123', '0123456789abcdef0', 'x123456789abcdef', '0123456789abcdex'])('%j is none', (text) => {
    expect(() => blockFromHex(text)).toThrow('a block is sixteen hexadecimal digits');
  });
});

describe('bytes', () => {
  it('are read and written as hexadecimal', () => {
    expect(bytesFromHex('00fFa5')).toEqual(Uint8Array.of(0, 255, 0xa5));
    expect(bytesToHex(Uint8Array.of(0, 255, 0xa5))).toBe('00FFA5');
    expect(bytesFromHex('')).toEqual(new Uint8Array());
  });

  it.each(['0', 'xx', '00x', 'x00', '0g', 'a00'])('%j are none', (text) => {
    expect(bytesFromHex(text)).toBeUndefined();
  });
});

describe('wordAt', () => {
  const bytes = Uint8Array.of(0xff, 1, 2, 3, 4);

  it('is unsigned, most significant byte first', () => {
    expect(wordAt(bytes, 0)).toBe(0xff010203);
    expect(wordAt(bytes, 1)).toBe(0x01020304);
  });

  it.each([-1, 2])('throws at %i', (offset) => {
    expect(() => wordAt(bytes, offset)).toThrow('the word lies within the bytes');
  });
});
