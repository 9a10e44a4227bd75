import { describe, expect, it } from 'vitest';
import { unixMs } from '../../../units/index.ts';
import type { ModuleCounters, ModuleKey } from '../port.ts';
import { keyEndsUnixMs, moduleWarnings } from './watch.ts';

const DAY = 86_400_000;
const NOW = unixMs(Date.UTC(2026, 10, 24, 12, 0));
const key: ModuleKey = {
  register: 3,
  sgc: '201457',
  krn: 1,
  keyType: 2,
  baseDate: 2014,
  ken: 255,
  dkga: 4,
  activeFromUnixMs: null,
  issuedUntilUnixMs: null,
  kcv: 'ABCDEF',
  unitLimitTenths: null,
  currencyLimit: null,
  refreshByUnixMs: null,
};
const right = { unixMs: NOW, source: 'module' } as const;
const none: ModuleCounters = { since: 'made', transactionsLeft: null, keys: [] };
const said = (
  keys: readonly ModuleKey[],
  counters = none,
  clock = right as { unixMs: typeof NOW; source: 'module' },
) => moduleWarnings(keys, counters, clock, NOW).map(({ code, level }) => `${code} ${level}`);

describe('the end of a key', () => {
  it('is the last minute of its block, as published', () => {
    expect(keyEndsUnixMs({ ken: 170, baseDate: 2014 })).toBe(Date.UTC(2035, 3, 23, 9, 35));
    expect(keyEndsUnixMs({ ken: 255, baseDate: 1993 })).toBe(Date.UTC(2024, 10, 24, 20, 15));
  });
});

describe('warnings', () => {
  it('are none for a module in order', () => expect(said([key])).toEqual([]));

  it.each([
    [91, []],
    [90, ['issue-ends early']],
    [30, ['issue-ends soon']],
    [7, ['issue-ends urgent']],
    [-1, ['issue-ends urgent']],
  ])('come 90, 30 and 7 days before the last day of issue: %i', (days, expected) => {
    expect(said([{ ...key, issuedUntilUnixMs: unixMs(NOW + days * DAY) }])).toEqual(expected);
  });

  it('tell a refresh and a key expiry apart', () => {
    const due = { ...key, refreshByUnixMs: unixMs(NOW + 20 * DAY) };
    const past = { ...key, baseDate: 1993 as const };
    expect(said([due, past])).toEqual(['refresh-due soon', 'key-expires urgent']);
  });

  it('come before the counters run out', () => {
    const limited = { ...key, unitLimitTenths: 100_000 };
    const left = (unitsLeftTenths: number, transactionsLeft: number): ModuleCounters => ({
      since: 'made',
      transactionsLeft,
      keys: [{ register: 3, tokens: 1, unitsTenths: 1, unitsLeftTenths, currencyLeft: null }],
    });
    expect(said([limited], left(10_001, 2_000))).toEqual([]);
    expect(said([limited], left(10_000, 1_999))).toEqual(['transactions-low soon', 'units-low soon']);
    expect(said([limited], left(0, 0))).toEqual(['transactions-low urgent', 'units-low urgent']);
  });

  it('come when the clocks differ, either way', () => {
    const clock = (ms: number) => ({ unixMs: unixMs(NOW + ms), source: 'module' as const });
    expect(said([key], none, clock(120_000))).toEqual([]);
    expect(said([key], none, clock(-121_000))).toEqual(['clock-differs soon']);
    expect(said([key], none, clock(15 * 60_000 + 1))).toEqual(['clock-differs urgent']);
  });
});
