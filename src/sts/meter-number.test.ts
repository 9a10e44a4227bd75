import { describe, expect, it } from 'vitest';
import { luhnCheckDigit } from './check-digit.ts';
import { parseMeterNumber } from './meter-number.ts';

describe('luhnCheckDigit', () => {
  it.each([
    ['7992739871', 3],
    ['0', 0],
    ['1', 8],
    ['9', 1],
    ['60072700000000000', 9],
    ['00000100000000008', 2],
  ])('of %s is %i', (payload, digit) => {
    expect(luhnCheckDigit(payload)).toBe(digit);
  });

  it.each(['', '12a', 'a12', '-1'])('throws for %j', (payload) => {
    expect(() => luhnCheckDigit(payload)).toThrow('a check digit is computed over digits');
  });
});

const SUITE = {
  pan: '600727000000000009',
  iin: '600727',
  drn: '00000000000',
  manufacturerCode: '00',
  serial: '00000000',
};

describe('parseMeterNumber', () => {
  it.each([
    ['00000000000', SUITE],
    ['0000-000 0000', SUITE],
    ['600727000000000009', SUITE],
    [
      '0100000000008',
      {
        pan: '000001000000000082',
        iin: '0000',
        drn: '0100000000008',
        manufacturerCode: '0100',
        serial: '00000000',
      },
    ],
    [
      '600727111111111153',
      {
        pan: '600727111111111153',
        iin: '600727',
        drn: '11111111115',
        manufacturerCode: '11',
        serial: '11111111',
      },
    ],
  ])('reads %s', (text, meter) => {
    expect(parseMeterNumber(text)).toEqual({ ok: true, value: meter });
  });

  it.each([
    ['12345678904', { field: 'drn', position: 11, found: 4, expected: 3 }],
    ['11111111113', { field: 'drn', position: 11, found: 3, expected: 5 }],
    ['0100000000009', { field: 'drn', position: 13, found: 9, expected: 8 }],
    ['600727000000000008', { field: 'pan', position: 18, found: 8, expected: 9 }],
    ['000001000000000092', { field: 'pan', position: 18, found: 2, expected: 0 }],
  ])('names the wrong check digit of %s', (text, error) => {
    expect(parseMeterNumber(text)).toEqual({
      ok: false,
      error: { code: 'meter-number-check-digit', ...error },
    });
  });

  it('names the inner check digit when the outer one is right', () => {
    const inner = '60072700000000001';
    expect(parseMeterNumber(inner + luhnCheckDigit(inner))).toEqual({
      ok: false,
      error: { code: 'meter-number-check-digit', field: 'drn', position: 17, found: 1, expected: 0 },
    });
    const long = '00000100000000009';
    expect(parseMeterNumber(long + luhnCheckDigit(long))).toEqual({
      ok: false,
      error: { code: 'meter-number-check-digit', field: 'drn', position: 17, found: 9, expected: 8 },
    });
  });

  it.each([
    ['123456000000000009', '123456'],
    ['000100000000000009', '000100'],
  ])('refuses the issuer of %s', (text, issuer) => {
    expect(parseMeterNumber(text)).toEqual({ ok: false, error: { code: 'meter-number-issuer', issuer } });
  });

  it.each([
    ['1234567890', 10],
    ['123456789012', 12],
    ['12345678901234', 14],
    ['12345678901234567', 17],
    ['1234567890123456789', 19],
  ])('names the length of %s', (text, length) => {
    expect(parseMeterNumber(text)).toEqual({ ok: false, error: { code: 'meter-number-length', length } });
  });

  it('names a character that does not belong', () => {
    expect(parseMeterNumber('0000000O000')).toEqual({
      ok: false,
      error: { code: 'meter-number-text', problem: { code: 'not-a-digit', position: 8, character: 'O' } },
    });
  });
});
