import { describe, expect, it } from 'vitest';
import { meter, SUITE_KEY, SUITE_METER, hex } from '../../test/fixtures/vectors/published-vectors.ts';
import { nodeStsCrypto } from '../main/secure-module/software/node-sts-crypto.ts';
import {
  controlBlock,
  deriveDecoderKey,
  dkga04Data,
  hasOddParity,
  panBlock,
  type DecoderKeyInputs,
} from './decoder-key.ts';
import { checkAttribute, checkSupplyGroupCode } from './key-attributes.ts';
import { bytesToHex } from './words.ts';

const INPUTS: DecoderKeyInputs = {
  dkga: 4,
  ea: 7,
  meter: SUITE_METER,
  sgc: '201457',
  keyType: 2,
  tariffIndex: 1,
  keyRevision: 1,
  baseDate: 2014,
};

function derive(change: Partial<DecoderKeyInputs>, key = SUITE_KEY): unknown {
  return deriveDecoderKey(nodeStsCrypto, key, { ...INPUTS, ...change });
}

describe('deriveDecoderKey', () => {
  it('gives the suite’s keys', () => {
    expect(derive({})).toEqual({ ok: true, value: { ea: 7, bytes: hex('87F3ECBB2E46B48F') } });
    expect(derive({ ea: 11 })).toEqual({
      ok: true,
      value: { ea: 11, bytes: hex('929BD3A415C9420A05EC5EE9F3CE91C3') },
    });
    expect(derive({ dkga: 2, sgc: '123456' }, hex('ABABABABABABABAB'))).toEqual({
      ok: true,
      value: { ea: 7, bytes: hex('E653341F9D5BF36F') },
    });
  });

  it.each([
    [{ dkga: 1 }, { code: 'dkga-refused', dkga: 1, reason: 'no-verified-values' }],
    [{ dkga: 3 }, { code: 'dkga-refused', dkga: 3, reason: 'withdrawn' }],
    [{ dkga: 5 }, { code: 'dkga-unknown', dkga: 5 }],
    [{ ea: 9 }, { code: 'ea-refused', ea: 9, reason: 'deprecated' }],
    [{ ea: 8 }, { code: 'ea-unknown', ea: 8 }],
    [
      { dkga: 2, ea: 11 },
      { code: 'ea-not-for-dkga', dkga: 2, ea: 11 },
    ],
    [
      { dkga: 2, ea: 9 },
      { code: 'ea-refused', ea: 9, reason: 'deprecated' },
    ],
    [{ keyType: 3 }, { code: 'key-type-refused', keyType: 3, reason: 'no-verified-values' }],
    [{ keyType: 4 }, { code: 'attribute-range', field: 'keyType', value: 4, minimum: 0, maximum: 3 }],
    [
      { tariffIndex: 100 },
      { code: 'attribute-range', field: 'tariffIndex', value: 100, minimum: 0, maximum: 99 },
    ],
    [{ keyRevision: 0 }, { code: 'attribute-range', field: 'keyRevision', value: 0, minimum: 1, maximum: 9 }],
    [{ sgc: '12345' }, { code: 'supply-group-format', text: '12345' }],
    [{ dkga: 2 }, { code: 'vending-key-length', dkga: 2, lengthBytes: 20, expectedBytes: 8 }],
  ])('refuses %j', (change, error) => {
    expect(derive(change)).toEqual({ ok: false, error });
  });

  it('refuses a short key for the newer derivation', () => {
    expect(derive({}, new Uint8Array(8))).toEqual({
      ok: false,
      error: { code: 'vending-key-length', dkga: 4, lengthBytes: 8, expectedBytes: 20 },
    });
  });

  it('derives a common key with DES, and a default key with either', () => {
    expect(derive({ dkga: 2, keyType: 3 }, hex('ABABABABABABABAB'))).toMatchObject({ ok: true });
    expect(derive({ keyType: 1 })).toMatchObject({ ok: true });
    expect(derive({ keyType: 0 })).toMatchObject({ ok: true });
  });
});

describe('the blocks of a derivation', () => {
  it.each([
    ['600727', '00000000000', 2, '0072700000000000'],
    ['600727', '11111111115', 0, '0072711111111115'],
    ['0000', '0100000000008', 2, '0000100000000008'],
    ['600727', '11111111115', 3, '0072700000000000'],
    ['0000', '0100000000008', 3, '0000000000000000'],
  ])('PAN block of %s %s, key type %i', (iin, drn, keyType, block) => {
    expect(panBlock(iin, drn, keyType)).toBe(block);
  });

  it('control block', () => {
    expect(controlBlock({ keyType: 1, sgc: '123456', tariffIndex: 99, keyRevision: 9 })).toBe(
      '1123456999FFFFFF',
    );
    expect(controlBlock({ keyType: 2, sgc: '000001', tariffIndex: 1, keyRevision: 1 })).toBe(
      '2000001011FFFFFF',
    );
  });

  it('the hashed bytes', () => {
    expect(bytesToHex(dkga04Data(INPUTS))).toBe(
      '04023034023134023037023031000406323031343537013201311236303037323730303030303030303030303900000040',
    );
  });
});

describe('checkAttribute', () => {
  it.each([
    ['keyType', 0, true],
    ['keyType', 3, true],
    ['keyType', 4, false],
    ['tariffIndex', 0, true],
    ['tariffIndex', 99, true],
    ['tariffIndex', 1.5, false],
    ['keyRevision', 1, true],
    ['keyRevision', 9, true],
    ['keyRevision', 10, false],
    ['keyExpiry', 0, true],
    ['keyExpiry', 255, true],
    ['keyExpiry', 256, false],
    ['keyExpiry', -1, false],
  ] as const)('%s %d: %s', (field, value, good) => {
    expect(checkAttribute(field, value).ok).toBe(good);
  });
});

describe('checkSupplyGroupCode', () => {
  it.each([
    ['000000', true],
    ['999999', true],
    ['99999', false],
    ['9999999', false],
    ['12345x', false],
    ['x23456', false],
  ])('%s: %s', (text, good) => {
    expect(checkSupplyGroupCode(text).ok).toBe(good);
  });

  it('shows no more than the beginning of a long text', () => {
    expect(checkSupplyGroupCode('7'.repeat(50))).toEqual({
      ok: false,
      error: { code: 'supply-group-format', text: '7'.repeat(20) },
    });
  });
});

describe('hasOddParity', () => {
  it.each([
    ['ABABABABABABABAB', true],
    ['0101010101010101', true],
    ['0101010101010100', false],
    ['FEFEFEFEFEFEFEFE', true],
    ['FFFEFEFEFEFEFEFE', false],
    ['1032547698BADCFE', true],
    ['8001020408102040', true],
    ['0301010101010101', false],
  ])('of %s is %s', (key, odd) => {
    expect(hasOddParity(hex(key))).toBe(odd);
  });
});

describe('a 13-digit meter', () => {
  it('enters the derivation with its own issuer', () => {
    const inputs = { ...INPUTS, meter: meter('0100000000008') };
    expect(bytesToHex(dkga04Data(inputs))).toContain('12303030303031303030303030303030303832');
  });
});
