import { describe, expect, it } from 'vitest';
import { must, suiteCipher } from '../../../test/fixtures/vectors/published-vectors.ts';
import { unitsTenths } from '../../units/index.ts';
import { encodeToken } from '../encode.ts';
import type { TokenFields } from '../token-fields.ts';
import { mustDecodeTo } from './check-tokens.ts';
import { VectorFailure, type VectorProblem } from './vector.ts';

const FIELDS = { kind: 'credit', resource: 'electricity', tid: 7, rnd: 1, units: unitsTenths(30) } as const;

function problemOf(check: () => void): VectorProblem | undefined {
  try {
    check();
    return undefined;
  } catch (failure) {
    if (failure instanceof VectorFailure) return failure.problem;
    throw failure;
  }
}

describe('the decoding half of a token vector', () => {
  const token = (): Parameters<typeof mustDecodeTo>[0] => must(encodeToken(suiteCipher(7), FIELDS));

  it('passes what comes back whole', () => {
    expect(problemOf(() => mustDecodeTo(token(), suiteCipher(7), FIELDS))).toBeUndefined();
  });

  it('names the field that comes back different', () => {
    const other = { ...FIELDS, tid: 8 };
    expect(problemOf(() => mustDecodeTo(token(), suiteCipher(7), other))).toEqual({
      code: 'differs',
      key: 'decoded tid',
      expected: '8',
      actual: '7',
    });
    const short: TokenFields = { kind: 'clear-tamper', tid: 7, rnd: 1 };
    expect(problemOf(() => mustDecodeTo(token(), suiteCipher(7), short))).toMatchObject({
      key: 'decoded kind',
    });
  });

  it('compares the clear block, and says when nothing can be decoded', () => {
    const wrong = { ...token(), clearBlock: { hi: 1, lo: 2 } };
    expect(problemOf(() => mustDecodeTo(wrong, suiteCipher(7), FIELDS))).toMatchObject({
      key: 'decoded block',
    });
    expect(problemOf(() => mustDecodeTo(token(), suiteCipher(11), FIELDS))).toMatchObject({
      code: 'refused',
      step: 'decode',
    });
  });
});
