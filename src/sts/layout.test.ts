import { describe, expect, it } from 'vitest';
import { packPayload, unpackPayload } from './layout.ts';
import { KEY_SECTION_1, tokenFormat, isCurrencyToken } from './token-formats.ts';

describe('a payload', () => {
  const values = {
    keyExpiryHigh: 15,
    keyRevision: 1,
    rollOver: 0,
    thirdFollows: 0,
    keyType: 2,
    keyPart: 0x7f78cdd2,
  };

  it('is its fields, most significant first', () => {
    // Clear block 3F12 7F78 CDD2 C8CC of a published first section, without sub-class and check field.
    expect(packPayload(KEY_SECTION_1, values)).toBe(0xf127f78cdd2);
    expect(unpackPayload(KEY_SECTION_1, 0xf127f78cdd2)).toEqual(values);
  });

  it.each([
    { keyRevision: 16 },
    { keyRevision: -1 },
    { keyRevision: 0.5 },
    { keyPart: 2 ** 32 },
    { rollOver: 2 },
  ])('takes no %j', (change) => {
    expect(() => packPayload(KEY_SECTION_1, { ...values, ...change })).toThrow('a value fits its field');
  });
});

describe('tokenFormat', () => {
  it.each([
    [0, 0, 'TransferCredit', 'rnd tid amount'],
    [0, 3, 'TransferCredit', 'rnd tid amount'],
    [0, 4, 'TransferCredit (currency)', 'signExponent tid amount'],
    [0, 7, 'TransferCredit (currency)', 'signExponent tid amount'],
    [1, 0, 'InitiateMeterTest/Display', 'control manufacturerCode'],
    [1, 1, 'InitiateMeterTest/Display', 'control manufacturerCode'],
    [1, 2, 'Extended read', 'control manufacturerCode'],
    [1, 6, 'Proprietary', 'control manufacturerCode'],
    [1, 15, 'Proprietary', 'control manufacturerCode'],
    [2, 0, 'SetMaximumPowerLimit', 'rnd tid value'],
    [2, 1, 'ClearCredit', 'rnd tid value'],
    [2, 2, 'SetTariffRate', 'rnd tid value'],
    [2, 3, 'Set1stSectionDecoderKey', 'keyExpiryHigh keyRevision rollOver thirdFollows keyType keyPart'],
    [2, 4, 'Set2ndSectionDecoderKey', 'keyExpiryLow tariffIndex keyPart'],
    [2, 5, 'ClearTamperCondition', 'rnd tid value'],
    [2, 6, 'SetMaximumPhasePowerUnbalanceLimit', 'rnd tid value'],
    [2, 7, 'SetWaterMeterFactor', 'rnd tid value'],
    [2, 10, 'Extended set', 'rnd tid index value'],
  ])('class %i, sub-class %i: %s', (tokenClass, subClass, name, fields) => {
    for (const ea of [7, 11] as const) {
      const format = tokenFormat(tokenClass, subClass, ea);
      expect(format?.name).toBe(name);
      expect(format?.layout.map(([field]) => field).join(' ')).toBe(fields);
    }
  });

  it.each([
    [7, 8, 'Set3rdSectionDecoderKey', 'supplyGroup pad'],
    [11, 8, 'Set3rdSectionDecoderKey', 'supplyGroupPart keyPart'],
    [11, 9, 'Set4thSectionDecoderKey', 'supplyGroupPart keyPart'],
  ] as const)('EA%i, sub-class %i: %s', (ea, subClass, name, fields) => {
    const format = tokenFormat(2, subClass, ea);
    expect(format?.name).toBe(name);
    expect(format?.layout.map(([field]) => field).join(' ')).toBe(fields);
  });

  it('fills 44 bits, always', () => {
    for (const ea of [7, 11] as const) {
      for (let code = 0; code < 48; code += 1) {
        const format = tokenFormat(code >> 4, code & 15, ea);
        if (format) expect(format.layout.reduce((bits, [, width]) => bits + width, 0)).toBe(44);
      }
    }
  });

  it('knows the reserved sub-classes and the makers’ own', () => {
    const missing = (tokenClass: number, ea: 7 | 11): number[] =>
      Array.from({ length: 16 }, (_, subClass) => subClass).filter(
        (subClass) => !tokenFormat(tokenClass, subClass, ea),
      );
    expect(missing(0, 7)).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
    expect(missing(1, 7)).toEqual([3, 4, 5]);
    expect(missing(2, 7)).toEqual([9, 11, 12, 13, 14, 15]);
    expect(missing(2, 11)).toEqual([11, 12, 13, 14, 15]);
    expect(missing(3, 7)).toHaveLength(16);
    for (let subClass = 0; subClass < 16; subClass += 1) {
      const format = tokenFormat(1, subClass, 7);
      expect(format?.isProprietary ?? false).toBe(subClass >= 6);
      if (subClass >= 6) expect(format?.layout[0]?.[1]).toBe(subClass >= 11 ? 36 : 28);
    }
  });
});

describe('isCurrencyToken', () => {
  it('holds for four sub-classes of class 0', () => {
    const holds = (tokenClass: number): number[] =>
      Array.from({ length: 16 }, (_, subClass) => subClass).filter((subClass) =>
        isCurrencyToken(tokenClass, subClass),
      );
    expect([0, 1, 2].map(holds)).toEqual([[4, 5, 6, 7], [], []]);
  });
});
