import { describe, expect, it } from 'vitest';
import { isDay, stepDay, typedDay } from './day.ts';

describe('a day as it is typed', () => {
  it.each([
    ['2', '2'],
    ['2026', '2026'],
    ['20261', '2026-1'],
    ['2026-11', '2026-11'],
    ['20261129', '2026-11-29'],
    ['2026-11-29', '2026-11-29'],
    ['2026/11/29', '2026-11-29'],
    ['2026-11-291', '2026-11-29'],
    // A dash that was deleted takes nothing else along.
    ['2026-', '2026'],
    ['', ''],
  ])('%s becomes %s', (typed, shown) => expect(typedDay(typed)).toBe(shown));

  it.each([
    ['2026-11-29', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-11-31', false],
    ['2026-11-2', false],
    ['', false],
  ])('%s is a day: %s', (text, is) => expect(isDay(text)).toBe(is));

  it.each([
    ['2026-11-30', 1, '2026-12-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-1', 1, '2026-1'],
  ])('%s and %i days is %s', (day, days, then) => expect(stepDay(day, days)).toBe(then));
});
