import { civilFromMinutes, daysFromEpoch, minutesFromEpoch, parseCivilMinute } from '../units/index.ts';
import type { Period } from './schema.ts';

/** Minutes on the utility's clock for `YYYY-MM-DDTHH:MM`; undefined for a time that does not exist. */
export function civilMinutes(text: string): number | undefined {
  const civil = parseCivilMinute(text);
  return civil && minutesFromEpoch(civil);
}

/** The date part of a civil text. */
export const dateOf = (civilText: string): string => civilText.slice(0, 10);

/** Days since 1970 for `YYYY-MM-DD`; undefined for a date that does not exist. */
export function dayNumber(date: string): number | undefined {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return daysFromEpoch(year, month, day);
}

export function dateFromDay(day: number): string {
  const { year, month, day: dayOfMonth } = civilFromMinutes(day * 1440);
  const two = (value: number): string => value.toString().padStart(2, '0');
  return `${year.toString().padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`;
}

const monthNumber = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;

function dateFromMonth(month: number): string {
  const two = (value: number): string => value.toString().padStart(2, '0');
  return `${Math.floor(month / 12)
    .toString()
    .padStart(4, '0')}-${two((month % 12) + 1)}-01`;
}

/** Where a date stands in a row of periods. */
type PeriodPosition = {
  /** First day of the running period. */
  readonly start: string;
  /** Whole periods since the one that `since` belongs to: 0 is the same period. */
  readonly elapsed: number;
};

/**
 * The period that `today` lies in, and how many have begun since `since`. Months run by the calendar (two
 * months: January with February, and so on); days run from `since`, or from today where there is none.
 */
export function periodAt(
  period: Exclude<Period, 'purchase'>,
  today: string,
  since: string | undefined,
): PeriodPosition {
  if ('months' in period) {
    const index = (date: string): number => Math.floor(monthNumber(date) / period.months);
    const start = dateFromMonth(index(today) * period.months);
    return { start, elapsed: since === undefined ? 0 : Math.max(0, index(today) - index(since)) };
  }
  if (since === undefined) return { start: today, elapsed: 0 };
  const [day, first] = [dayNumber(today)!, dayNumber(since)!];
  const elapsed = Math.max(0, Math.floor((day - first) / period.days));
  return { start: dateFromDay(first + elapsed * period.days), elapsed };
}

/** The first day of the period after the one that begins on `start`. */
export function periodAfter(period: Exclude<Period, 'purchase'>, start: string): string {
  if ('months' in period) return dateFromMonth(monthNumber(start) + period.months);
  return dateFromDay(dayNumber(start)! + period.days);
}
