import { describe, expect, it } from 'vitest';
import { unitsTenths } from '../units/index.ts';
import { decodeAmount, encodeAmount, representableUnits } from './amount.ts';

describe('encodeAmount', () => {
  it.each([
    [0, 0x0000],
    [1, 0x0001],
    [256, 0x0100],
    [16_383, 0x3fff],
    [16_384, 0x4000],
    [16_385, 0x4001],
    [20_000, 0x416a],
    [180_214, 0x7fff],
    [180_215, 0x8000],
    [180_223, 0x8000],
    [180_224, 0x8000],
    [180_225, 0x8001],
    [1_818_524, 0xbfff],
    [1_818_525, 0xc000],
    [1_818_623, 0xc000],
    [1_818_624, 0xc000],
    [18_201_624, 0xffff],
    [18_200_625, 0xffff],
  ])('%i is %i', (amount, field) => {
    expect(encodeAmount(amount)).toEqual({ ok: true, value: field });
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('%d is no whole amount', (amount) => {
    expect(encodeAmount(amount)).toEqual({ ok: false, error: { code: 'amount-not-whole' } });
  });

  it('refuses what the largest code does not reach', () => {
    expect(encodeAmount(18_201_625)).toEqual({
      ok: false,
      error: { code: 'amount-too-large', maximum: 18_201_624 },
    });
  });
});

describe('decodeAmount', () => {
  it.each([
    [0x3fff, 16_383],
    [0x416a, 20_004],
    [0x8000, 180_224],
    [0xfff0, 18_186_624],
    [0xffff, 18_201_624],
  ])('%i is %i', (field, amount) => {
    expect(decodeAmount(field)).toBe(amount);
  });

  it.each([-1, 65_536, 1.5])('throws for %d', (field) => {
    expect(() => decodeAmount(field)).toThrow('an amount field has 16 bits');
  });

  it('of every field codes back to the same field', () => {
    for (let field = 0; field <= 0xffff; field += 1) {
      const back = encodeAmount(decodeAmount(field));
      if (!back.ok || back.value !== field) expect(back).toEqual({ ok: true, value: field });
    }
  });
});

describe('representableUnits', () => {
  it('is never less than asked for', () => {
    expect(representableUnits(unitsTenths(20_000))).toEqual({ ok: true, value: 20_004 });
    expect(representableUnits(unitsTenths(16_384))).toEqual({ ok: true, value: 16_384 });
    expect(representableUnits(unitsTenths(18_201_625))).toMatchObject({ ok: false });
  });
});
