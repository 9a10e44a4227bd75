import { describe, expect, it } from 'vitest';
import { decideTokens, type IntendedKey, type MeterKeyRecord, type VendingKeyAttributes } from './decide.ts';

const NOW = { year: 2026, month: 11, day: 23, hour: 9, minute: 0 };
const KEY: VendingKeyAttributes = {
  sgc: '201457',
  keyRevision: 1,
  keyType: 2,
  keyExpiry: 255,
  baseDate: 2014,
  dkga: 4,
};
const RECORD: MeterKeyRecord = {
  ea: 7,
  sgc: '201457',
  keyType: 2,
  tariffIndex: 1,
  keyRevision: 1,
  baseDate: 2014,
  keyExpiry: 255,
  takesThreeTokens: true,
};
const INTENDED: IntendedKey = { sgc: '201457', tariffIndex: 1, keyType: 2 };

function plan(
  record: Partial<MeterKeyRecord>,
  intended: Partial<IntendedKey>,
  keys: readonly VendingKeyAttributes[],
  now = NOW,
): unknown {
  return decideTokens({ ...RECORD, ...record }, { ...INTENDED, ...intended }, keys, now);
}

describe('decideTokens', () => {
  it('makes no key change when the meter holds what it should', () => {
    const use = { vendingKey: KEY, tariffIndex: 1 };
    expect(plan({}, {}, [KEY])).toEqual({ ok: true, value: { keyChange: undefined, use } });
    expect(plan({ keyExpiry: undefined }, {}, [KEY])).toEqual({
      ok: true,
      value: { keyChange: undefined, use },
    });
  });

  const second = { ...KEY, keyRevision: 2 };
  const other = { ...KEY, sgc: '201461', keyRevision: 8 };
  const old1993 = { ...KEY, sgc: '123456', dkga: 2, baseDate: 1993 } as const;
  const new2014 = { ...KEY, sgc: '123456', dkga: 2, keyRevision: 2 } as const;

  it.each([
    ['another tariff index', {}, { tariffIndex: 2 }, [KEY], KEY, ['tariffIndex'], 2, false, KEY],
    ['a newer revision', {}, {}, [KEY, second], KEY, ['keyRevision'], 2, false, second],
    ['another key expiry', { keyExpiry: 85 }, {}, [KEY], KEY, ['keyExpiry'], 2, false, KEY],
    [
      'another supply group',
      {},
      { sgc: '201461' },
      [KEY, other],
      KEY,
      ['sgc', 'keyRevision'],
      3,
      false,
      other,
    ],
    [
      'another supply group on a meter of two tokens',
      { takesThreeTokens: false },
      { sgc: '201461' },
      [other, KEY],
      KEY,
      ['sgc', 'keyRevision'],
      2,
      false,
      other,
    ],
    ['a new revision with EA11', { ea: 11 }, {}, [second, KEY], KEY, ['keyRevision'], 4, false, second],
    [
      'a roll-over from 1993',
      { sgc: '123456', baseDate: 1993 },
      { sgc: '123456' },
      [old1993, new2014],
      old1993,
      ['keyRevision', 'baseDate'],
      2,
      true,
      new2014,
    ],
    [
      'the way out of a default key',
      { keyType: 1 },
      {},
      [{ ...KEY, keyType: 1 }, KEY],
      { ...KEY, keyType: 1 },
      ['keyType'],
      2,
      false,
      KEY,
    ],
  ] as const)('%s', (_name, record, intended, keys, from, causes, tokens, rollOver, to) => {
    const tariffIndex = 'tariffIndex' in intended ? intended.tariffIndex : 1;
    expect(plan(record, intended, keys)).toEqual({
      ok: true,
      value: {
        keyChange: {
          causes,
          from: { vendingKey: from, tariffIndex: 1 },
          tokens,
          withSupplyGroup: tokens > 2,
          rollOver,
        },
        use: { vendingKey: to, tariffIndex },
      },
    });
  });

  it('prefers a later base date to a higher revision, once it has begun', () => {
    const nine = { ...KEY, keyRevision: 9 };
    const later = { ...KEY, keyRevision: 1, baseDate: 2035 } as const;
    const in2036 = { ...NOW, year: 2036 };
    expect(plan({}, {}, [KEY, nine, later])).toMatchObject({ value: { use: { vendingKey: nine } } });
    expect(plan({}, {}, [KEY, nine, later], in2036)).toMatchObject({ value: { use: { vendingKey: later } } });
  });

  it('leaves an expired key for one in force, even an older one', () => {
    const expired = { ...KEY, keyRevision: 7, keyExpiry: 85 };
    expect(plan({ keyRevision: 7, keyExpiry: 85 }, {}, [expired, KEY])).toMatchObject({
      value: { keyChange: { from: { vendingKey: expired } }, use: { vendingKey: KEY } },
    });
  });

  it.each([
    [
      'no key of the group',
      {},
      { sgc: '999999' },
      [KEY],
      { code: 'no-key-for-supply-group', sgc: '999999', keyType: 2 },
    ],
    [
      'no key of the type',
      {},
      { keyType: 3 },
      [KEY],
      { code: 'no-key-for-supply-group', sgc: '201457', keyType: 3 },
    ],
    [
      'no key for the algorithm',
      { ea: 11 },
      {},
      [{ ...KEY, dkga: 2 }],
      { code: 'no-key-for-supply-group', sgc: '201457', keyType: 2 },
    ],
    [
      'a derivation that is refused',
      {},
      {},
      [{ ...KEY, dkga: 1 }],
      { code: 'no-key-for-supply-group', sgc: '201457', keyType: 2 },
    ],
    [
      'only keys that are not in force',
      {},
      {},
      [
        { ...KEY, keyExpiry: 3 },
        { ...KEY, keyRevision: 2, keyExpiry: 2 },
      ],
      {
        code: 'no-key-in-force',
        sgc: '201457',
        reason: { code: 'key-expired', tid: 6_781_500, keyExpiry: 2 },
      },
    ],
    [
      'the present key missing',
      { keyRevision: 5 },
      {},
      [KEY],
      { code: 'present-key-missing', sgc: '201457', keyRevision: 5 },
    ],
    [
      'the present group missing',
      { sgc: '5' },
      {},
      [KEY],
      { code: 'present-key-missing', sgc: '5', keyRevision: 1 },
    ],
    [
      'the present base date missing',
      { baseDate: 1993 },
      {},
      [KEY],
      { code: 'present-key-missing', sgc: '201457', keyRevision: 1 },
    ],
    [
      'the present key of another type',
      { keyType: 3 },
      {},
      [KEY],
      { code: 'present-key-missing', sgc: '201457', keyRevision: 1 },
    ],
    [
      'a move that meters refuse',
      {},
      { keyType: 3 },
      [KEY, { ...KEY, keyType: 3 }],
      { code: 'key-type-move', from: 2, to: 3 },
    ],
  ] as const)('refuses with %s', (_name, record, intended, keys, error) => {
    expect(plan(record, intended, keys)).toEqual({ ok: false, error });
  });

  it('does not take a key that cannot serve the meter for the present one', () => {
    const des = { ...KEY, dkga: 2 };
    expect(plan({ ea: 11 }, { sgc: '201461' }, [des, { ...other }])).toMatchObject({
      error: { code: 'present-key-missing' },
    });
  });
});
