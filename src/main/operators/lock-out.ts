/** How long a name is locked after so many wrong PINs in a row. */
const FREE_TRIES = 2;
const FIRST_LOCK_SECONDS = 10;
const LONGEST_LOCK_SECONDS = 1280;

/** Seconds of lock-out that follow the nth wrong PIN in a row: none, none, 10, 20, 40 … 1280. */
export function lockSecondsAfter(wrongInARow: number): number {
  if (wrongInARow <= FREE_TRIES) return 0;
  const doublings = Math.min(wrongInARow - FREE_TRIES - 1, 16);
  return Math.min(FIRST_LOCK_SECONDS * 2 ** doublings, LONGEST_LOCK_SECONDS);
}

/**
 * Whole seconds still to wait, rounded up; 0 when free. A clock that was set back never makes the wait longer
 * than the lock-out itself.
 */
export function secondsLeft(lockedSeconds: number, lockedAtUnixMs: number, nowUnixMs: number): number {
  const leftMs = lockedAtUnixMs + lockedSeconds * 1000 - nowUnixMs;
  return Math.min(lockedSeconds, Math.max(0, Math.ceil(leftMs / 1000)));
}
