import { issueTid, minuteOfTid, tidOfMinute, type BaseDate } from '../../sts/index.ts';
import {
  assert,
  civilFromMinutes,
  err,
  minutesFromEpoch,
  ok,
  type CivilMinute,
  type Result,
} from '../../units/index.ts';

/** How far ahead of the clock a meter's token times may run when it gets several tokens at once. */
export const TOKEN_MINUTES_AHEAD = 10;

export type TokenTimeFault =
  | { readonly code: 'token-time-full'; readonly params: { readonly minutes: number } }
  | { readonly code: 'token-time-range'; readonly params: { readonly baseDate: number } };

/** Minutes from 1970 on a supply group's fixed clock: a token time that needs no base date to be compared. */
export function minuteNumber(at: CivilMinute): number {
  const minutes = minutesFromEpoch(at);
  assert(minutes !== undefined, 'a civil minute exists');
  return minutes;
}

/**
 * The token time for the next token of a meter: this minute, or the next free one after the last that was ever
 * assigned to it, never the reserved minute, at most ten ahead of the clock.
 */
export function assignTokenMinute(
  now: CivilMinute,
  baseDate: BaseDate,
  lastMinute: number | undefined,
): Result<number, TokenTimeFault> {
  const outside = err({ code: 'token-time-range', params: { baseDate } } as const);
  const last = lastMinute === undefined ? undefined : tidOfMinute(baseDate, civilFromMinutes(lastMinute));
  // A last token under an older base date lies before this one's beginning and constrains nothing.
  const tid = issueTid(baseDate, now, last?.ok === true ? last.value : undefined);
  if (!tid.ok) return outside;
  const minute = minuteNumber(minuteOfTid(baseDate, tid.value));
  const ahead = minute - minuteNumber(now);
  if (ahead > TOKEN_MINUTES_AHEAD) {
    return err({ code: 'token-time-full', params: { minutes: ahead - TOKEN_MINUTES_AHEAD } });
  }
  return ok(minute);
}
