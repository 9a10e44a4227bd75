import { assert, civilFromMinutes, err, minutesFromEpoch, ok } from '../units/index.ts';
import type { CivilMinute, Result } from '../units/index.ts';

/** The years on whose first of January, 00:00, token time may start. */
export const BASE_DATES = [1993, 2014, 2035] as const;
export type BaseDate = (typeof BASE_DATES)[number];

/** The largest token identifier: 24 bits of minutes, a little under 32 years. */
export const MAX_TID = 0xff_ff_ff;

const MINUTES_A_DAY = 1440;
/** 00:01 of every day is kept for special-purpose tokens. */
const RESERVED_MINUTE_OF_DAY = 1;

export type TidError =
  | { readonly code: 'time-does-not-exist' }
  | { readonly code: 'before-base-date'; readonly baseDate: BaseDate }
  | { readonly code: 'after-last-tid'; readonly baseDate: BaseDate };

function baseMinute(baseDate: BaseDate): number {
  const minute = minutesFromEpoch({ year: baseDate, month: 1, day: 1, hour: 0, minute: 0 });
  assert(minute !== undefined, 'a base date exists');
  return minute;
}

function within(baseDate: BaseDate, tid: number): Result<number, TidError> {
  if (tid < 0) return err({ code: 'before-base-date', baseDate });
  if (tid > MAX_TID) return err({ code: 'after-last-tid', baseDate });
  return ok(tid);
}

export function isBaseDate(value: unknown): value is BaseDate {
  return BASE_DATES.some((year) => year === value);
}

/** Whether a value is a whole number of minutes that fits the 24 bits. */
export function isTid(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_TID;
}

/** Whether a token time is the minute that ordinary tokens must not use. */
export function isReservedTid(tid: number): boolean {
  return tid % MINUTES_A_DAY === RESERVED_MINUTE_OF_DAY;
}

/**
 * Whole minutes from the base date to a minute on the same fixed clock: no zone and no daylight saving. The
 * reserved minute is returned as it is; `issueTid` skips it.
 */
export function tidOfMinute(baseDate: BaseDate, at: CivilMinute): Result<number, TidError> {
  const minutes = minutesFromEpoch(at);
  if (minutes === undefined) return err({ code: 'time-does-not-exist' });
  return within(baseDate, minutes - baseMinute(baseDate));
}

/** The minute on the clock that a token time stands for. */
export function minuteOfTid(baseDate: BaseDate, tid: number): CivilMinute {
  assert(isTid(tid), 'a token identifier has 24 bits');
  return civilFromMinutes(baseMinute(baseDate) + tid);
}

/**
 * The token time for an ordinary token made now, for a meter whose last token time (counted from the same base
 * date) is known: the present minute, or the first free one after the last, never the reserved minute.
 */
export function issueTid(
  baseDate: BaseDate,
  now: CivilMinute,
  lastTid: number | undefined,
): Result<number, TidError> {
  const present = tidOfMinute(baseDate, now);
  if (!present.ok) return present;
  const earliest = lastTid === undefined ? present.value : Math.max(present.value, lastTid + 1);
  return within(baseDate, isReservedTid(earliest) ? earliest + 1 : earliest);
}

/** Token times for several tokens made for one meter in one minute: each takes the next free minute. */
export function issueTids(
  baseDate: BaseDate,
  now: CivilMinute,
  lastTid: number | undefined,
  count: number,
): Result<readonly number[], TidError> {
  const tids: number[] = [];
  for (let issued = 0; issued < count; issued += 1) {
    const next = issueTid(baseDate, now, tids.at(-1) ?? lastTid);
    if (!next.ok) return next;
    tids.push(next.value);
  }
  return ok(tids);
}

/**
 * Whether a key with this expiry number may still make or accept a token of this time: the top eight bits of
 * the time are compared with it. 255 never expires.
 */
export function withinKeyExpiry(tid: number, keyExpiryNumber: number): boolean {
  return tid >>> 16 <= keyExpiryNumber;
}
