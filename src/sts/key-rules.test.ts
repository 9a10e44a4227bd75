import { describe, expect, it } from 'vitest';
import { checkKeyInForce, checkVending, keyTypeMoveAllowed } from './key-rules.ts';

describe('keyTypeMoveAllowed', () => {
  it.each([
    [0, [0, 1, 2, 3]],
    [1, [1, 2, 3]],
    [2, [1, 2]],
    [3, [1, 2, 3]],
  ] as const)('from %i to %j', (from, to) => {
    const allowed = ([0, 1, 2, 3] as const).filter((keyType) => keyTypeMoveAllowed(from, keyType));
    expect(allowed).toEqual(to);
  });
});

// The suite's case: key expiry 85 on base date 2014, asked to vend on 27 October 2032.
const EXPIRED_TID = 9_899_040;

describe('checkVending', () => {
  const limits = { keyType: 2, keyExpiry: 255, baseDate: 2014 } as const;

  it('takes a unique or common key for credit, any for management', () => {
    for (const keyType of [2, 3] as const) {
      expect(checkVending({ ...limits, keyType }, 'credit', 7)).toEqual({ ok: true, value: 7 });
    }
    for (const keyType of [0, 1, 2, 3] as const) {
      expect(checkVending({ ...limits, keyType }, 'management', 7).ok).toBe(true);
    }
  });

  it('gives no credit under a default or initialisation key', () => {
    for (const keyType of [0, 1] as const) {
      expect(checkVending({ ...limits, keyType }, 'credit', 7)).toEqual({
        ok: false,
        error: { code: 'key-type-gives-no-credit', keyType },
      });
    }
  });

  it.each(['credit', 'management'] as const)('gives no %s under an expired key', (token) => {
    expect(checkVending({ ...limits, keyExpiry: 85 }, token, EXPIRED_TID)).toEqual({
      ok: false,
      error: { code: 'key-expired', tid: EXPIRED_TID, keyExpiry: 85 },
    });
  });
});

describe('checkKeyInForce', () => {
  const now = { year: 2032, month: 10, day: 27, hour: 8, minute: 0 };

  it('looks at the key’s beginning and its end', () => {
    expect(checkKeyInForce({ keyType: 2, keyExpiry: 255, baseDate: 2014 }, now)).toEqual({
      ok: true,
      value: EXPIRED_TID,
    });
    expect(checkKeyInForce({ keyType: 2, keyExpiry: 85, baseDate: 2014 }, now)).toMatchObject({
      error: { code: 'key-expired', tid: EXPIRED_TID, keyExpiry: 85 },
    });
    expect(checkKeyInForce({ keyType: 2, keyExpiry: 255, baseDate: 2035 }, now)).toMatchObject({
      error: { code: 'before-base-date' },
    });
    expect(checkKeyInForce({ keyType: 2, keyExpiry: 255, baseDate: 1993 }, now)).toMatchObject({
      error: { code: 'after-last-tid' },
    });
  });
});
