import { describe, expect, it } from 'vitest';
import { parseCivilMinute, type CivilMinute } from '../units/index.ts';
import {
  isBaseDate,
  isReservedTid,
  isTid,
  issueTid,
  issueTids,
  minuteOfTid,
  tidOfMinute,
  withinKeyExpiry,
  type BaseDate,
} from './token-identifier.ts';

function at(text: string): CivilMinute {
  const civil = parseCivilMinute(text);
  if (!civil) throw new Error(text);
  return civil;
}

describe('tidOfMinute', () => {
  it.each([
    [1993, '1993-01-01 00:00', 0],
    [2014, '2014-03-01 13:00', 85_740],
    [1993, '2020-01-01 08:00', 14_200_320],
    [2014, '2020-01-01 08:00', 3_155_520],
    [1993, '2024-11-24 20:15', 16_777_215],
    [2014, '2045-11-24 20:15', 16_777_215],
    [2035, '2066-11-24 20:15', 16_777_215],
    [2014, '2026-07-29 00:01', 6_612_481],
  ] as const)('from %i to %s is %i', (baseDate, minute, tid) => {
    expect(tidOfMinute(baseDate, at(minute))).toEqual({ ok: true, value: tid });
    expect(minuteOfTid(baseDate, tid)).toEqual(at(minute));
  });

  it.each([
    [2014, '2013-12-31 23:59', 'before-base-date'],
    [1993, '2024-11-24 20:16', 'after-last-tid'],
  ] as const)('from %i to %s is refused', (baseDate, minute, code) => {
    expect(tidOfMinute(baseDate, at(minute))).toEqual({ ok: false, error: { code, baseDate } });
  });

  it('refuses a day that does not exist', () => {
    const noDay = { year: 2025, month: 2, day: 29, hour: 0, minute: 0 };
    expect(tidOfMinute(2014, noDay)).toEqual({ ok: false, error: { code: 'time-does-not-exist' } });
  });

  it.each([-1, 16_777_216, 0.5])('%d is no token time', (tid) => {
    expect(isTid(tid)).toBe(false);
    expect(() => minuteOfTid(2014, tid)).toThrow('a token identifier has 24 bits');
  });

  it.each([0, 16_777_215])('%d is one', (tid) => {
    expect(isTid(tid)).toBe(true);
  });
});

describe('base dates', () => {
  it.each([1993, 2014, 2035])('%i is one', (year) => expect(isBaseDate(year)).toBe(true));
  it.each([1992, '1993', 93, undefined])('%j is none', (year) => expect(isBaseDate(year)).toBe(false));
});

describe('issueTid', () => {
  // The published same-minute case: the first four tokens of a day, all asked for at midnight.
  it.each([
    [1993, '2004-03-29 00:00', undefined, 5_911_200],
    [1993, '2004-03-29 00:01', undefined, 5_911_202],
    [2014, '2026-07-29 00:01', undefined, 6_612_482],
    [2014, '2026-07-29 00:03', undefined, 6_612_483],
    [2014, '2026-07-29 00:00', 6_612_480, 6_612_482],
    [2014, '2026-07-29 00:02', 6_612_482, 6_612_483],
    [2014, '2026-07-29 00:02', 6_612_490, 6_612_491],
    [2014, '2026-07-29 12:00', 6_612_490, 6_613_200],
    [2014, '2014-01-01 00:00', undefined, 0],
  ] as const)('on base %i at %s after %s is %i', (baseDate, now, last, tid) => {
    expect(issueTid(baseDate, at(now), last)).toEqual({ ok: true, value: tid });
  });

  it('refuses a clock before the base date and a time after the last', () => {
    expect(issueTid(2035, at('2034-12-31 23:59'), undefined)).toMatchObject({
      error: { code: 'before-base-date' },
    });
    expect(issueTid(1993, at('2024-11-24 20:15'), 16_777_215)).toEqual({
      ok: false,
      error: { code: 'after-last-tid', baseDate: 1993 },
    });
  });

  it('gives several tokens of one minute the next free minutes', () => {
    const midnight = at('2026-07-29 00:00');
    expect(issueTids(2014, midnight, undefined, 4)).toEqual({
      ok: true,
      value: [6_612_480, 6_612_482, 6_612_483, 6_612_484],
    });
    expect(issueTids(2014, midnight, 6_612_482, 2)).toEqual({ ok: true, value: [6_612_483, 6_612_484] });
    expect(issueTids(2014, midnight, undefined, 0)).toEqual({ ok: true, value: [] });
    expect(issueTids(1993, at('2024-11-24 20:14'), undefined, 3)).toMatchObject({
      error: { code: 'after-last-tid' },
    });
  });
});

describe('isReservedTid', () => {
  it('is the second minute of every day', () => {
    expect([0, 1, 2, 1440, 1441, 2881].map(isReservedTid)).toEqual([false, true, false, false, true, true]);
  });
});

describe('withinKeyExpiry', () => {
  // Key expiry 170 lasts until 23 April 2035 09:35 on base date 2014.
  const tid = (baseDate: BaseDate, minute: string): number => {
    const result = tidOfMinute(baseDate, at(minute));
    if (!result.ok) throw new Error(minute);
    return result.value;
  };

  it.each([
    [2014, '2035-04-23 09:35', true],
    [2014, '2035-04-23 09:36', false],
    [1993, '2014-04-23 09:35', true],
    [1993, '2014-04-23 09:36', false],
  ] as const)('from %i, at %s, with 170 is %s', (baseDate, minute, expected) => {
    expect(withinKeyExpiry(tid(baseDate, minute), 170)).toBe(expected);
  });

  it.each([
    [0, 0, true],
    [65_535, 0, true],
    [65_536, 0, false],
    [16_777_215, 255, true],
  ])('of %i with %i is %s', (time, keyExpiry, expected) => {
    expect(withinKeyExpiry(time, keyExpiry)).toBe(expected);
  });
});
