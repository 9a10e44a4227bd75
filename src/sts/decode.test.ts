import { describe, expect, it } from 'vitest';
import { must, suiteCipher } from '../../test/fixtures/vectors/published-vectors.ts';
import { unitsTenths } from '../units/index.ts';
import { unpackMeterTest } from './class1.ts';
import { tokenCrcField } from './crc.ts';
import { decodeToken, type DecodeContext } from './decode.ts';
import { encodeMeterTest, encodeToken } from './encode.ts';
import { packKeySection, unpackKeySection } from './key-sections.ts';
import { prepareTokenCipher } from './token-cipher.ts';
import { insertClass, tokenToDigits } from './token-digits.ts';
import type { EncryptedTokenFields, KeySectionToken } from './token-fields.ts';

const once = { tid: 5_384_715, rnd: 5 };

/** A token with any class, sub-class and payload and a good check field. */
function raw(tokenClass: number, subClass: number, payload: bigint): string {
  const hi = subClass * 2 ** 28 + Number(payload >> 16n);
  const payloadLow = Number(payload & 0xffffn);
  const crc = tokenCrcField({ tokenClass, hi, payloadLow }, false);
  const block = { hi, lo: payloadLow * 65_536 + crc };
  return tokenToDigits(insertClass(tokenClass === 1 ? block : suiteCipher(7).encrypt(block), tokenClass));
}

const EVERY_KIND: readonly EncryptedTokenFields[] = [
  { kind: 'credit', resource: 'electricity', ...once, units: unitsTenths(20_004) },
  { kind: 'credit', resource: 'time', ...once, units: unitsTenths(0) },
  { kind: 'currency-credit', resource: 'water', tid: 0, amount: -99_994n },
  { kind: 'power-limit', ...once, watts: 18_201_624 },
  { kind: 'clear-credit', ...once, register: 0xffff },
  { kind: 'tariff-rate', ...once, rate: 77 },
  { kind: 'clear-tamper', ...once },
  { kind: 'phase-unbalance-limit', ...once, watts: 10 },
  { kind: 'water-meter-factor', ...once, factor: 88 },
  { kind: 'extended-set', tid: 2 ** 24 - 1, rnd: 15, index: 63, value: 1 },
  {
    kind: 'key-section-1',
    keyExpiryHigh: 10,
    keyRevision: 9,
    rollOver: true,
    thirdFollows: false,
    keyType: 1,
    keyPart: 0xffffffff,
  },
  {
    kind: 'key-section-1',
    keyExpiryHigh: 0,
    keyRevision: 1,
    rollOver: false,
    thirdFollows: true,
    keyType: 2,
    keyPart: 0,
  },
  { kind: 'key-section-2', keyExpiryLow: 5, tariffIndex: 99, keyPart: 0x12345678 },
];

const SECTION_3_GROUP: KeySectionToken = { kind: 'key-section-3-group', supplyGroup: 999_999 };
const SECTIONS_EA11: readonly KeySectionToken[] = [
  { kind: 'key-section-3', supplyGroupLow: 0xfff, keyPart: 0x87654321 },
  { kind: 'key-section-4', supplyGroupHigh: 0xabc, keyPart: 1 },
];

describe('decodeToken', () => {
  it('gives back what was encoded, for every kind and both algorithms', () => {
    const cases: readonly (readonly [7 | 11, EncryptedTokenFields])[] = [
      ...EVERY_KIND.flatMap((fields) => [[7, fields] as const, [11, fields] as const]),
      [7, SECTION_3_GROUP],
      ...SECTIONS_EA11.map((fields) => [11, fields] as const),
    ];
    for (const [ea, fields] of cases) {
      const cipher = suiteCipher(ea);
      const token = must(encodeToken(cipher, fields));
      const decoded = must(decodeToken(token.digits, { cipher }));
      expect(decoded.fields).toEqual(fields);
      expect(decoded.clearBlock).toEqual(token.clearBlock);
      expect(decoded.token).toEqual(token.token);
      expect(decoded.subClass).toBe(token.clearBlock.hi >>> 28);
    }
  });

  it('reads a published token with everything about it', () => {
    expect(decodeToken('7063 0503 4700 2872 6114', { cipher: suiteCipher(7) })).toEqual({
      ok: true,
      value: {
        fields: { kind: 'credit', resource: 'electricity', tid: 85_740, rnd: 5, units: 1 },
        tokenClass: 0,
        subClass: 0,
        token: { top: 3, hi: 0xd431f4b0, lo: 0x860e9f62 },
        clearBlock: { hi: 0x05014eec, lo: 0x00013188 },
      },
    });
  });

  it('reads class 1 without a key', () => {
    expect(must(decodeToken('01152921509036054672', {}))).toMatchObject({
      fields: { kind: 'meter-test', subClass: 1, control: 1, manufacturerCode: 0 },
      tokenClass: 1,
      subClass: 1,
    });
    const read = must(
      encodeMeterTest({ kind: 'meter-test', subClass: 2, control: 0xfc0000000, manufacturerCode: 0 }),
    );
    expect(must(decodeToken(read.digits, {})).fields).toMatchObject({ subClass: 2, control: 0xfc0000000 });
  });
});

describe('the order of refusals', () => {
  const expired = 101 * 65_536;
  const section1: Extract<KeySectionToken, { kind: 'key-section-1' }> = {
    kind: 'key-section-1',
    keyExpiryHigh: 0,
    keyRevision: 1,
    rollOver: false,
    thirdFollows: false,
    keyType: 2,
    keyPart: 0,
  };
  const made = (fields: EncryptedTokenFields): string => must(encodeToken(suiteCipher(7), fields)).digits;
  const credit = (tid: number): string =>
    made({ kind: 'credit', resource: 'gas', tid, rnd: 1, units: unitsTenths(10) });
  const context = (): DecodeContext => ({
    cipher: suiteCipher(7),
    manufacturerCode: 12,
    keyType: 2,
    keyExpiry: 100,
    tidState: (tid) => (tid < 1000 ? 'old' : tid === 1000 ? 'used' : 'new'),
  });
  const nothing = (): DecodeContext => ({});
  const onDefaultKey = (): DecodeContext => ({ ...context(), keyType: 1 });
  const otherKey = (): DecodeContext => ({ cipher: suiteCipher(11) });
  const refused = (tokenClass: number, subClass?: number): object =>
    subClass === undefined
      ? { code: 'FunctionError', tokenClass }
      : { code: 'FunctionError', tokenClass, subClass };
  const range = (field: string, value: number): object => ({ code: 'RangeError', field, value });
  const maker = (manufacturerCode: number): object => ({ code: 'MfrCodeError', manufacturerCode });

  const cases: readonly (readonly [string, () => string, () => DecodeContext, object])[] = [
    ['length', () => '1', context, { code: 'FormatError', problem: { code: 'length', length: 1 } }],
    ['class 3', () => raw(3, 0, 0n), context, refused(3)],
    ['class 3 before the missing key', () => raw(3, 0, 0n), nothing, refused(3)],
    ['no key for credit', () => credit(2000), nothing, { code: 'decoder-key-needed', tokenClass: 0 }],
    ['no key for management', () => raw(2, 5, 0n), nothing, { code: 'decoder-key-needed', tokenClass: 2 }],
    ['another key', () => credit(2000), otherKey, { code: 'CRCError', tokenClass: 0 }],
    ['class 1 check', () => '00000000000150997585', nothing, { code: 'CRCError', tokenClass: 1 }],
    ['maker', () => raw(1, 0, 11n), context, maker(11)],
    ['maker before function', () => raw(1, 12, 11n), context, maker(11)],
    ['maker of four digits', () => raw(1, 6, 300n), context, maker(300)],
    ['own maker’s test', () => raw(1, 12, 12n), context, refused(1, 12)],
    ['a maker’s test, maker unknown', () => raw(1, 12, 11n), nothing, refused(1, 12)],
    ['reserved test', () => raw(1, 4, 11n), context, refused(1, 4)],
    ['function before key type', () => raw(0, 8, 0n), onDefaultKey, refused(0, 8)],
    ['reserved management', () => raw(2, 11, 0n), onDefaultKey, refused(2, 11)],
    ['fourth section with EA07', () => raw(2, 9, 0n), onDefaultKey, refused(2, 9)],
    ['key type before expiry', () => credit(expired), onDefaultKey, { code: 'DDTKError' }],
    ['expiry', () => credit(expired), context, { code: 'KeyExpiredError', tid: expired, keyExpiry: 100 }],
    ['old', () => credit(999), context, { code: 'OldError', tid: 999 }],
    ['used', () => credit(1000), context, { code: 'UsedError', tid: 1000 }],
    ['old before range', () => raw(2, 1, (999n << 16n) | 8n), context, { code: 'OldError', tid: 999 }],
    ['register', () => raw(2, 1, (2000n << 16n) | 8n), context, range('register', 8)],
    ['pad', () => raw(2, 5, (2000n << 16n) | 7n), context, range('pad', 7)],
    ['revision', () => raw(2, 3, 0n), context, range('keyRevision', 0)],
    ['tariff index', () => raw(2, 4, 100n << 32n), context, range('tariffIndex', 100)],
    ['supply group', () => raw(2, 8, 1_000_000n << 20n), context, range('supplyGroup', 1_000_000)],
    ['pad of a third section', () => raw(2, 8, 1n), context, range('pad', 1)],
    [
      'key type move',
      () => made({ ...section1, keyType: 3 }),
      context,
      { code: 'KeyTypeError', from: 2, to: 3 },
    ],
  ];

  it.each(cases)('%s', (_name, digits, given, error) => {
    expect(decodeToken(digits(), given())).toEqual({ ok: false, error });
  });

  it('leaves out what it cannot know', () => {
    const keyOnly = { cipher: suiteCipher(7) };
    expect(decodeToken(credit(expired), keyOnly).ok).toBe(true);
    expect(decodeToken(raw(1, 0, 11n), {}).ok).toBe(true);
    expect(decodeToken(made({ ...section1, keyType: 3 }), keyOnly).ok).toBe(true);
  });

  it('lets a good token through every check', () => {
    expect(decodeToken(credit(1001), context()).ok).toBe(true);
    expect(decodeToken(credit(expired - 1), context()).ok).toBe(true);
    expect(decodeToken(raw(1, 0, 12n), context()).ok).toBe(true);
    expect(decodeToken(made({ kind: 'clear-tamper', tid: 2000, rnd: 0 }), onDefaultKey()).ok).toBe(true);
    expect(decodeToken(made(section1), context()).ok).toBe(true);
  });
});

describe('programmers’ errors', () => {
  it('throw', () => {
    expect(() => unpackMeterTest(3, 0)).toThrow('a meter test has sub-class 0, 1 or 2');
    expect(() => unpackKeySection(9, 0, 7)).toThrow('the sub-class is a key section');
    expect(() => unpackKeySection(10, 0, 11)).toThrow('the sub-class is a key section');
    expect(() => packKeySection({ kind: 'key-section-3-group', supplyGroup: 2 ** 24 })).toThrow(
      'a value fits its field',
    );
    expect(() => prepareTokenCipher({ ea: 7, bytes: new Uint8Array(16) })).toThrow('eight bytes');
    expect(() => prepareTokenCipher({ ea: 11, bytes: new Uint8Array(8) })).toThrow('sixteen bytes');
  });
});
