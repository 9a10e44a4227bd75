import type { LedgerReader, LedgerTx } from '../store/index.ts';
import { chainHead } from './append.ts';

/** A clock this far ahead of the newest record is not believed without a second word for it. */
export const CLOCK_JUMP_MS = 24 * 60 * 60_000;

export const CLOCK_ACCEPTED = 'clock-accepted';

export type ClockFault = {
  readonly code: 'clock-behind' | 'clock-jumped';
  /** Of the newest record. */
  readonly lastUnixMs: number;
};

/**
 * What speaks against the computer's clock, or undefined. A clock that is behind is set right by a person, never
 * worked around; one that is more than a day ahead has to be accepted first, since a wrong future entry would
 * close the station until then.
 */
export function clockFault(reader: LedgerReader | LedgerTx, nowUnixMs: number): ClockFault | undefined {
  const head = chainHead(reader);
  if (!head) return undefined;
  const lastUnixMs = head.atUnixMs;
  if (nowUnixMs < lastUnixMs) return { code: 'clock-behind', lastUnixMs };
  return nowUnixMs - lastUnixMs > CLOCK_JUMP_MS ? { code: 'clock-jumped', lastUnixMs } : undefined;
}

/** The time for what has to be written down whatever the clock says: the newest record's when the clock is not believed. */
export function believedUnixMs(reader: LedgerReader | LedgerTx, nowUnixMs: number): number {
  return clockFault(reader, nowUnixMs)?.lastUnixMs ?? nowUnixMs;
}
