import { describe, expect, it } from 'vitest';
import { parseCivilMinute, type CivilMinute } from '../../units/index.ts';
import { assignTokenMinute, minuteNumber } from './token-time.ts';

function at(text: string): CivilMinute {
  const civil = parseCivilMinute(text);
  if (!civil) throw new Error(text);
  return civil;
}
const minute = (text: string): number => minuteNumber(at(text));

describe('the token time of a sale', () => {
  it('is the minute of the clock for a meter without tokens', () => {
    expect(assignTokenMinute(at('2026-11-23 14:07'), 2014, undefined)).toEqual({
      ok: true,
      value: minute('2026-11-23 14:07'),
    });
  });

  it('is the next free minute after the last one', () => {
    expect(assignTokenMinute(at('2026-11-23 14:07'), 2014, minute('2026-11-23 14:07'))).toEqual({
      ok: true,
      value: minute('2026-11-23 14:08'),
    });
  });

  it('never is the reserved minute', () => {
    expect(assignTokenMinute(at('2026-11-23 00:01'), 2014, undefined)).toEqual({
      ok: true,
      value: minute('2026-11-23 00:02'),
    });
    expect(assignTokenMinute(at('2026-11-23 00:00'), 2014, minute('2026-11-23 00:00'))).toEqual({
      ok: true,
      value: minute('2026-11-23 00:02'),
    });
  });

  it('runs at most ten minutes ahead of the clock', () => {
    expect(assignTokenMinute(at('2026-11-23 14:07'), 2014, minute('2026-11-23 14:16')).ok).toBe(true);
    expect(assignTokenMinute(at('2026-11-23 14:07'), 2014, minute('2026-11-23 14:19'))).toEqual({
      ok: false,
      error: { code: 'token-time-full', params: { minutes: 3 } },
    });
  });

  it('refuses a time outside the base date', () => {
    expect(assignTokenMinute(at('2026-11-23 14:07'), 1993, undefined)).toMatchObject({
      ok: false,
      error: { code: 'token-time-range' },
    });
    expect(assignTokenMinute(at('2013-12-31 23:59'), 2014, undefined)).toMatchObject({
      ok: false,
      error: { code: 'token-time-range' },
    });
  });
});
