const DAY_MS = 86_400_000;

/** Whether a text is a day of the calendar as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(at) && dayOf(at) === text;
}

/** What was typed of a day, with the dashes in their places: only digits need to be typed. */
export function typedDay(text: string): string {
  const digits = text.replaceAll(/\D/gu, '').slice(0, 8);
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].filter((part) => part !== '').join('-');
}

/** The day so many days later; a text that is no day stays as it is. */
export function stepDay(day: string, days: number): string {
  return isDay(day) ? dayOf(Date.parse(`${day}T00:00Z`) + days * DAY_MS) : day;
}

const dayOf = (unixMs: number): string => new Date(unixMs).toISOString().slice(0, 10);
