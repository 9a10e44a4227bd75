import { latinDigits } from '../../units/index.ts';

const DAY_MS = 86_400_000;

/** Whether a text is a day of the calendar as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(at) && dayOf(at) === text;
}

/** A dash that was typed in another way. */
const SEPARATORS = /[/.\p{Pd}\u2212]/gu;
/** No dash but behind the year and behind the month. */
const IN_PLACE = /^\d*$|^\d{4}-\d*$|^\d{4}-?\d\d-\d*$/u;

/** What a field of a day shows after a key, and where its caret stands. */
export type TypedDay = { readonly text: string; readonly caret: number };

/**
 * What was typed of a day. At the end of the text only digits need to be typed: dashes come into their places by
 * themselves. Whoever changes the middle keeps every other sign where it is, and the caret.
 */
export function typedDay(text: string, caret = text.length): TypedDay {
  const kept = signsOfDay(text);
  if (caret < text.length || !IN_PLACE.test(kept))
    return { text: kept, caret: signsOfDay(text.slice(0, caret)).length };
  const digits = kept.replaceAll('-', '').slice(0, 8);
  const formed = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)]
    .filter((part) => part !== '')
    .join('-');
  return { text: formed, caret: formed.length };
}

const signsOfDay = (text: string): string =>
  latinDigits(text)
    .replaceAll(SEPARATORS, '-')
    .replaceAll(/[^\d-]/gu, '');

/** A day whose typing is over: with its dashes and zeros where it is clear what was meant, else as it is. */
export function formedDay(text: string): string {
  const parts = /^(\d{4})-(\d\d?)-(\d\d?)$/u.exec(text) ?? /^(\d{4})-?(\d\d)-?(\d\d)$/u.exec(text);
  if (!parts) return text;
  return parts
    .slice(1)
    .map((part) => part.padStart(2, '0'))
    .join('-');
}

/** The day so many days later; a text that is no day stays as it is. */
export function stepDay(day: string, days: number): string {
  return isDay(day) ? dayOf(Date.parse(`${day}T00:00Z`) + days * DAY_MS) : day;
}

/** Whether two instants lie on one day of a time zone. */
export function isSameDay(oneUnixMs: number, otherUnixMs: number, zone: string): boolean {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, dateStyle: 'short' });
  return format.format(oneUnixMs) === format.format(otherUnixMs);
}

/** The day of an instant, in UTC. */
export const dayOf = (unixMs: number): string => new Date(unixMs).toISOString().slice(0, 10);

/** The month of a day as `YYYY-MM`. */
export const monthOf = (day: string): string => day.slice(0, 7);

/** The same day so many months later, or the last one of a month that is shorter. */
export function stepMonth(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const first = Date.UTC(year, month - 1 + months, 1);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dayOf(first + (Math.min(date, last) - 1) * DAY_MS);
}

/** The weeks that a month has a part in, each from Monday to Sunday. */
export function weeksOf(month: string): readonly (readonly string[])[] {
  const first = `${month}-01`;
  const sundayFirst = new Date(`${first}T00:00Z`).getUTCDay();
  const weeks: string[][] = [];
  let day = stepDay(first, -((sundayFirst + 6) % 7));
  do {
    weeks.push(Array.from({ length: 7 }, (_, place) => stepDay(day, place)));
    day = stepDay(day, 7);
  } while (monthOf(day) === month);
  return weeks;
}
