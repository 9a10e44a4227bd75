import { expect, test } from 'vitest';
import { civilMinutes, dateFromDay, dateOf, dayNumber, periodAt } from './periods.ts';

test('civil texts become minutes, and impossible ones nothing', () => {
  expect(civilMinutes('1970-01-02T00:01')).toBe(1441);
  expect(civilMinutes('2026-02-29T00:00')).toBeUndefined();
  expect(dateOf('2026-11-23T10:00')).toBe('2026-11-23');
  expect(dayNumber('1970-02-01')).toBe(31);
  expect(dayNumber('2026-13-01')).toBeUndefined();
  expect(dateFromDay(31)).toBe('1970-02-01');
  expect(dateFromDay(-1)).toBe('1969-12-31');
});

test.each([
  [{ months: 1 }, '2026-11-23', undefined, '2026-11-01', 0],
  [{ months: 1 }, '2026-11-23', '2026-11-30', '2026-11-01', 0],
  [{ months: 1 }, '2026-11-23', '2026-10-31', '2026-11-01', 1],
  [{ months: 1 }, '2026-01-05', '2025-11-30', '2026-01-01', 2],
  [{ months: 1 }, '2026-12-31', '2026-12-01', '2026-12-01', 0],
  [{ months: 2 }, '2026-12-31', '2026-10-31', '2026-11-01', 1],
  [{ months: 2 }, '2026-12-31', '2026-11-01', '2026-11-01', 0],
  [{ months: 3 }, '2026-02-10', '2025-12-31', '2026-01-01', 1],
  [{ months: 12 }, '2026-02-10', '2024-12-31', '2026-01-01', 2],
  [{ months: 1 }, '2026-11-23', '2027-01-01', '2026-11-01', 0],
  [{ days: 30 }, '2026-11-23', undefined, '2026-11-23', 0],
  [{ days: 30 }, '2026-11-23', '2026-10-25', '2026-10-25', 0],
  [{ days: 30 }, '2026-11-23', '2026-10-24', '2026-11-23', 1],
  [{ days: 30 }, '2026-11-23', '2026-09-01', '2026-10-31', 2],
  [{ days: 1 }, '2026-11-23', '2026-11-20', '2026-11-23', 3],
  [{ days: 1 }, '2026-11-23', '2026-11-25', '2026-11-25', 0],
] as const)('%j on %s since %s begins %s after %i', (period, today, since, start, elapsed) => {
  expect(periodAt(period, today, since)).toEqual({ start, elapsed });
});
