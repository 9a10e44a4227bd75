import { assert } from './result.ts';

declare const unixMsBrand: unique symbol;
/** Milliseconds since 1970-01-01T00:00Z. */
export type UnixMs = number & { readonly [unixMsBrand]: true };

/** A date and minute on one fixed clock, without zone: `2026-11-23T14:07` is `{2026, 11, 23, 14, 7}`. */
export type CivilMinute = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
};

export function unixMs(value: number): UnixMs {
  assert(Number.isSafeInteger(value), `a time is a whole number of milliseconds, got ${value}`);
  return value as UnixMs;
}

/** Days from 1970-01-01 in the proleptic Gregorian calendar; undefined for a date that does not exist. */
export function daysFromEpoch(year: number, month: number, day: number): number | undefined {
  if (!Number.isInteger(year) || year < 1 || year > 9999) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const same =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? Math.floor(date.getTime() / 86_400_000) : undefined;
}

/** Whole minutes from 1970-01-01T00:00 on the same clock; undefined for a time that does not exist. */
export function minutesFromEpoch(at: CivilMinute): number | undefined {
  const days = daysFromEpoch(at.year, at.month, at.day);
  const inDay = at.hour >= 0 && at.hour < 24 && at.minute >= 0 && at.minute < 60;
  if (days === undefined || !inDay || !Number.isInteger(at.hour) || !Number.isInteger(at.minute))
    return undefined;
  return days * 1440 + at.hour * 60 + at.minute;
}

/** The reverse of minutesFromEpoch. */
export function civilFromMinutes(minutes: number): CivilMinute {
  const date = new Date(minutes * 60_000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

/**
 * The civil minute of an instant on a clock that is `offsetMinutes` ahead of UTC. Token time uses a supply
 * group's fixed offset, without daylight saving.
 */
export function civilAtOffset(at: UnixMs, offsetMinutes: number): CivilMinute {
  return civilFromMinutes(Math.floor(at / 60_000) + offsetMinutes);
}

/** `YYYY-MM-DD HH:MM` or with a `T`; undefined when it is not such a text or no such time. */
export function parseCivilMinute(text: string): CivilMinute | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})$/u.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const civil = { year, month, day, hour, minute };
  return minutesFromEpoch(civil) === undefined ? undefined : civil;
}

/** `2026-11-23 14:07`. */
export function civilToText(at: CivilMinute): string {
  const two = (value: number): string => value.toString().padStart(2, '0');
  const date = `${at.year.toString().padStart(4, '0')}-${two(at.month)}-${two(at.day)}`;
  return `${date} ${two(at.hour)}:${two(at.minute)}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
/** What each zone was asked for last: within a sale it is the same minute over and over. */
const lastAsked = new Map<string, { readonly minute: number; readonly civil: CivilMinute }>();
/** 1980: since then every zone is whole minutes apart from UTC. */
const WHOLE_MINUTES_FROM = 315_532_800_000;

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const numeric = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  } as const;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    ...numeric,
  });
  formatters.set(zone, made);
  return made;
}

/** The civil minute of an instant in an IANA zone, daylight saving included. Throws on an unknown zone. */
export function civilInZone(at: UnixMs, zone: string): CivilMinute {
  const minute = Math.floor(at / 60_000);
  const last = lastAsked.get(zone);
  if (last?.minute === minute && at >= WHOLE_MINUTES_FROM) return last.civil;
  const formatter = formatterOf(zone);
  const parts = new Map(formatter.formatToParts(at).map((part) => [part.type, Number(part.value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? Number.NaN;
  const civil = {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
  };
  lastAsked.set(zone, { minute, civil });
  return civil;
}

/** `2026-11-23`. */
export function civilDateText(at: CivilMinute): string {
  return civilToText(at).slice(0, 10);
}

/**
 * The instant at which a zone's clocks show a civil minute. Of the two in an hour that is repeated when summer
 * time ends, the first; a minute that summer time leaves out is taken as far after the change.
 */
export function instantInZone(at: CivilMinute, zone: string): UnixMs {
  const wanted = minutesFromEpoch(at);
  assert(wanted !== undefined, 'a civil minute exists');
  const aheadAt = (minutes: number): number =>
    (minutesFromEpoch(civilInZone(unixMs(minutes * 60_000), zone)) ?? 0) - minutes;
  const candidates = [aheadAt(wanted - 1440), aheadAt(wanted + 1440)].map((ahead) => wanted - ahead);
  const exact = candidates.filter((minutes) => minutes + aheadAt(minutes) === wanted);
  return unixMs(Math.min(...(exact.length > 0 ? exact : candidates.slice(0, 1))) * 60_000);
}
