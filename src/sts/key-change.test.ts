import { describe, expect, it } from 'vitest';
import {
  hex,
  must,
  publishedVector,
  suiteCipher,
  suiteKey,
} from '../../test/fixtures/vectors/published-vectors.ts';
import { decodeToken } from './decode.ts';
import {
  assembleKeyChange,
  collectKeySection,
  encodeKeyChange,
  keyChangeTokenCount,
  type KeySectionSet,
  type NewMeterKey,
} from './key-change.ts';
import type { KeySectionToken } from './token-fields.ts';

const OPTIONS = { fromKeyType: 2, rollOver: false, withSupplyGroup: false } as const;

function next(ea: 7 | 11): NewMeterKey {
  return {
    key: suiteKey({ ea, tariffIndex: 2 }),
    sgc: '201457',
    keyType: 2,
    tariffIndex: 2,
    keyRevision: 1,
    keyExpiry: 255,
  };
}

function sections(tokens: readonly { digits: string }[], ea: 7 | 11): KeySectionToken[] {
  return tokens.map(
    ({ digits }) => must(decodeToken(digits, { cipher: suiteCipher(ea) })).fields as KeySectionToken,
  );
}

function collect(list: readonly KeySectionToken[]): KeySectionSet {
  return list.reduce<KeySectionSet>(collectKeySection, {});
}

describe('encodeKeyChange', () => {
  it('makes the suite’s pair and its triple', () => {
    const pair = must(encodeKeyChange(suiteCipher(7), next(7), OPTIONS));
    expect(pair.map(({ digits }) => digits)).toEqual(
      publishedVector('keychange/ed22-ea07-CTSA05-1').expected['tokens'],
    );
    const triple = must(encodeKeyChange(suiteCipher(7), next(7), { ...OPTIONS, withSupplyGroup: true }));
    expect(triple.map(({ digits }) => digits)).toEqual(
      publishedVector('keychange/ed22-ea07-CTSA05-4').expected['tokens'],
    );
  });

  it('takes two, three or four tokens', () => {
    expect(keyChangeTokenCount(7, false)).toBe(2);
    expect(keyChangeTokenCount(7, true)).toBe(3);
    expect(keyChangeTokenCount(11, false)).toBe(4);
    expect(keyChangeTokenCount(11, true)).toBe(4);
    expect(must(encodeKeyChange(suiteCipher(11), next(11), OPTIONS))).toHaveLength(4);
  });

  it('says nothing of a third token with EA11, whose sets always carry the supply group', () => {
    const wanted = { ...OPTIONS, withSupplyGroup: true };
    const four = must(encodeKeyChange(suiteCipher(11), next(11), wanted));
    expect(sections(four, 11)[0]).toMatchObject({ kind: 'key-section-1', thirdFollows: false });
    expect(four).toEqual(must(encodeKeyChange(suiteCipher(11), next(11), OPTIONS)));
  });

  it.each([
    [{ sgc: '20145' }, { code: 'supply-group-format', text: '20145' }],
    [{ keyType: 4 }, { code: 'attribute-range', field: 'keyType', value: 4, minimum: 0, maximum: 3 }],
    [
      { tariffIndex: -1 },
      { code: 'attribute-range', field: 'tariffIndex', value: -1, minimum: 0, maximum: 99 },
    ],
    [
      { keyRevision: 10 },
      { code: 'attribute-range', field: 'keyRevision', value: 10, minimum: 1, maximum: 9 },
    ],
    [
      { keyExpiry: 256 },
      { code: 'attribute-range', field: 'keyExpiry', value: 256, minimum: 0, maximum: 255 },
    ],
    [{ keyType: 3 }, { code: 'key-type-move', from: 2, to: 3 }],
  ])('refuses %j', (change, error) => {
    const wanted = { ...next(7), ...change } as NewMeterKey;
    expect(encodeKeyChange(suiteCipher(7), wanted, OPTIONS)).toEqual({ ok: false, error });
  });
});

describe('a key change to another algorithm', () => {
  it('is refused', () => {
    const wanted = { ...next(7), key: suiteKey({ ea: 11 }) };
    expect(encodeKeyChange(suiteCipher(7), wanted, OPTIONS)).toEqual({
      ok: false,
      error: { code: 'ea-cannot-change', from: 7, to: 11 },
    });
  });
});

describe('assembleKeyChange', () => {
  const wanted: NewMeterKey = {
    key: { ea: 11, bytes: hex('00112233445566778899AABBCCDDEEFF') },
    sgc: '123456',
    keyType: 1,
    tariffIndex: 99,
    keyRevision: 9,
    keyExpiry: 0xa5,
  };
  const options = { fromKeyType: 1, rollOver: true, withSupplyGroup: true } as const;
  const four = (): KeySectionToken[] => sections(must(encodeKeyChange(suiteCipher(11), wanted, options)), 11);
  const seven = { ...wanted, key: { ea: 7, bytes: hex('0123456789ABCDEF') } } as const;
  const three = (): KeySectionToken[] => sections(must(encodeKeyChange(suiteCipher(7), seven, options)), 7);
  const two = (): KeySectionToken[] =>
    sections(must(encodeKeyChange(suiteCipher(7), seven, { ...options, withSupplyGroup: false })), 7);

  it('puts a whole set together, in any order', () => {
    const { sgc, ...rest } = wanted;
    expect(assembleKeyChange(11, collect(four()))).toEqual({ ...rest, sgc, rollOver: true });
    expect(assembleKeyChange(11, collect(four().toReversed()))).toEqual({ ...rest, sgc, rollOver: true });
    expect(assembleKeyChange(7, collect(three().toReversed()))).toEqual({ ...seven, rollOver: true });
    const { sgc: _group, ...pair } = seven;
    expect(assembleKeyChange(7, collect(two()))).toEqual({ ...pair, rollOver: true });
  });

  it('waits for every section', () => {
    for (const [ea, whole] of [
      [11, four()],
      [7, three()],
      [7, two()],
    ] as const) {
      for (const missing of whole) {
        const rest = whole.filter((section) => section !== missing);
        expect(assembleKeyChange(ea, collect(rest))).toBeUndefined();
      }
    }
    expect(assembleKeyChange(7, {})).toBeUndefined();
  });

  it('does not take the other algorithm’s third section', () => {
    expect(assembleKeyChange(7, collect([...three().slice(0, 2), four()[2]!]))).toBeUndefined();
    expect(assembleKeyChange(11, collect([four()[0]!, four()[1]!, three()[2]!, four()[3]!]))).toBeUndefined();
  });

  it('keeps the later of two sections with the same number', () => {
    const later = { ...two()[1], keyPart: 1 } as KeySectionToken;
    expect(assembleKeyChange(7, collect([...two(), later]))?.key.bytes).toEqual(hex('0123456700000001'));
  });

  it('fills a short supply group with zeros', () => {
    const small = sections(must(encodeKeyChange(suiteCipher(7), { ...seven, sgc: '000042' }, options)), 7);
    expect(assembleKeyChange(7, collect(small))?.sgc).toBe('000042');
  });
});
