import { describe, expect, it } from 'vitest';
import {
  extractClass,
  groupToken,
  insertClass,
  parseToken,
  tokenToDigits,
  tokenToHex,
} from './token-digits.ts';

const LARGEST = { top: 3, hi: 0xffffffff, lo: 0xffffffff };

describe('digits', () => {
  // 66-bit values and their decimal forms, from published tokens and from powers of two.
  it.each([
    ['00000000000000000000', { top: 0, hi: 0, lo: 0 }],
    ['00000000000000000001', { top: 0, hi: 0, lo: 1 }],
    ['00000000004294967296', { top: 0, hi: 1, lo: 0 }],
    ['18446744073709551616', { top: 1, hi: 0, lo: 0 }],
    ['18446744073709551615', { top: 0, hi: 0xffffffff, lo: 0xffffffff }],
    ['73786976294838206463', LARGEST],
    ['70630503470028726114', { top: 3, hi: 0xd431f4b0, lo: 0x860e9f62 }],
    ['00066562869333031750', { top: 0, hi: 0x00ec7a93, lo: 0xb5d37b46 }],
    ['00000000000150997584', { top: 0, hi: 0, lo: 0x09000a50 }],
  ])('%s', (digits, token) => {
    expect(tokenToDigits(token)).toBe(digits);
    expect(parseToken(digits)).toEqual({ ok: true, value: token });
  });

  it('agree with whole-number arithmetic over every bit', () => {
    for (let bit = 0; bit < 66; bit += 1) {
      const value = (1n << BigInt(bit)) + 0x1234567n * (bit > 30 ? 1n : 0n);
      const token = {
        top: Number(value >> 64n),
        hi: Number((value >> 32n) & 0xffffffffn),
        lo: Number(value & 0xffffffffn),
      };
      const digits = value.toString().padStart(20, '0');
      expect(tokenToDigits(token)).toBe(digits);
      expect(parseToken(digits)).toEqual({ ok: true, value: token });
    }
  });

  it.each([
    ['7063 0503 4700 2872 6114'],
    ['7063-0503-4700-2872-6114'],
    [' 70630503470028726114 '],
    ['7063\u00a00503\u202f4700\u20132872 6114'],
  ])('%j is read as people write it', (text) => {
    expect(parseToken(text)).toMatchObject({ ok: true });
  });

  it.each([
    ['', { code: 'empty' }],
    ['7063050347002872611', { code: 'length', length: 19 }],
    ['706305034700287261144', { code: 'length', length: 21 }],
    ['73786976294838206464', { code: 'too-large' }],
    ['99999999999999999999', { code: 'too-large' }],
    ['7063050347002872611A', { code: 'not-a-digit', position: 20, character: 'A' }],
    ['70630503470028726114\r', { code: 'control-character', position: 21, codePoint: 13 }],
    ['\u001d70630503470028726114', { code: 'control-character', position: 1, codePoint: 29 }],
  ])('%j is a FormatError', (text, problem) => {
    expect(parseToken(text)).toEqual({ ok: false, error: { code: 'FormatError', problem } });
  });
});

describe('the class bits', () => {
  it('change places with bits 28 and 27', () => {
    const block = { hi: 0xd431f4b0, lo: 0x9e0e9f62 };
    const token = { top: 3, hi: 0xd431f4b0, lo: 0x860e9f62 };
    expect(insertClass(block, 0)).toEqual(token);
    expect(extractClass(token)).toEqual({ tokenClass: 0, block });
  });

  it.each([0, 1, 2, 3])('%i goes in and comes out', (tokenClass) => {
    for (const lo of [0, 0xffffffff, 0x08000000, 0x10000000, 0x87654321]) {
      const block = { hi: 0x12345678, lo };
      const token = insertClass(block, tokenClass);
      expect((token.lo >>> 27) & 3).toBe(tokenClass);
      expect(token.top).toBe((lo >>> 27) & 3);
      expect(extractClass(token)).toEqual({ tokenClass, block });
    }
  });
});

describe('other forms', () => {
  it('are seventeen hexadecimal digits and five groups of four', () => {
    expect(tokenToHex({ top: 3, hi: 0xd431f4b0, lo: 0x860e9f62 })).toBe('3D431F4B0860E9F62');
    expect(groupToken('70630503470028726114')).toBe('7063 0503 4700 2872 6114');
    expect(() => groupToken('7063')).toThrow('a token has twenty digits');
  });
});
