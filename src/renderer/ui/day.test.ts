import { describe, expect, it } from 'vitest';
import { formedDay, isDay, isSameDay, stepDay, stepMonth, typedDay, weeksOf } from './day.ts';

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
    ['2026-11-', '2026-11'],
    ['', ''],
    ['٢٠٢٦١١٢٩', '2026-11-29'],
    ['۲۰۲۶۱', '2026-1'],
    ['२०२६', '2026'],
    // A month or a day of one digit stays apart from what follows it.
    ['2026-1-', '2026-1-'],
    ['2026-1-2', '2026-1-2'],
    ['2026-101-2', '2026-101-2'],
  ])('%s becomes %s', (typed, shown) =>
    expect(typedDay(typed)).toEqual({ text: shown, caret: shown.length }),
  );

  // The bar is the caret.
  it.each([
    ['2026-1|-29', '2026-1|-29'],
    ['2026-10|-29', '2026-10|-29'],
    ['2026-111|-29', '2026-111|-29'],
    ['202|-11-29', '202|-11-29'],
    ['2026|11-29', '2026|11-29'],
    ['2026-|11', '2026-|11'],
    ['|026-11-29', '|026-11-29'],
    ['2026-١|1-29', '2026-1|1-29'],
    ['2026-x|11-29', '2026-|11-29'],
    ['2026/|11-29', '2026-|11-29'],
  ])('%s in the middle becomes %s', (typed, shown) => {
    const made = typedDay(typed.replace('|', ''), typed.indexOf('|'));
    expect(`${made.text.slice(0, made.caret)}|${made.text.slice(made.caret)}`).toBe(shown);
  });

  it.each([
    ['2026-1-29', '2026-01-29'],
    ['2026-1-2', '2026-01-02'],
    ['20261129', '2026-11-29'],
    ['202611-29', '2026-11-29'],
    ['2026-1129', '2026-11-29'],
    ['2026-11-29', '2026-11-29'],
    ['2026-02-30', '2026-02-30'],
    // Not clear: 1 December or 12 January.
    ['2026121', '2026121'],
    ['2026-121', '2026-121'],
    ['202-11-29', '202-11-29'],
    ['2026-101-29', '2026-101-29'],
    ['2026-11', '2026-11'],
    ['', ''],
  ])('%s, when its typing is over, is %s', (typed, shown) => expect(formedDay(typed)).toBe(shown));

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

  it.each([
    // 23:59 and 00:01 in Johannesburg, which is two hours ahead of UTC.
    ['2026-11-28T21:59:00Z', '2026-11-28T22:01:00Z', 'Africa/Johannesburg', false],
    ['2026-11-28T21:59:00Z', '2026-11-28T22:01:00Z', 'UTC', true],
    ['2026-11-28T22:01:00Z', '2026-11-29T21:59:00Z', 'Africa/Johannesburg', true],
    ['2025-11-29T10:00:00Z', '2026-11-29T10:00:00Z', 'Africa/Johannesburg', false],
  ])('%s and %s in %s are one day: %s', (one, other, zone, is) => {
    expect(isSameDay(Date.parse(one), Date.parse(other), zone)).toBe(is);
  });
});

describe('a month to choose from', () => {
  it.each([
    // Thirty days from a Sunday on: six weeks.
    ['2026-11', '2026-10-26', '2026-12-06', 6],
    // Twenty-eight days from a Monday on.
    ['2027-02', '2027-02-01', '2027-02-28', 4],
    ['2024-02', '2024-01-29', '2024-03-03', 5],
  ])('%s goes from %s to %s', (month, first, last, count) => {
    const weeks = weeksOf(month);
    expect([weeks[0]?.[0], weeks.at(-1)?.at(-1), weeks.length]).toEqual([first, last, count]);
    for (const week of weeks) {
      expect(week).toHaveLength(7);
      expect(new Date(`${week[0]}T00:00Z`).getUTCDay()).toBe(1);
    }
  });

  it.each([
    ['2026-11-29', 1, '2026-12-29'],
    ['2026-12-31', 1, '2027-01-31'],
    ['2027-01-31', 1, '2027-02-28'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2026-01-15', -1, '2025-12-15'],
  ])('%s and %i months is %s', (day, months, then) => expect(stepMonth(day, months)).toBe(then));
});
