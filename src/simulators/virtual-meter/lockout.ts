/** How often in a row a meter has refused a token, and until when its keypad takes no more. */
export type Lockout = { readonly failures: number; readonly untilMs: number };

export const NO_LOCKOUT: Lockout = { failures: 0, untilMs: 0 };

const FREE_FAILURES = 2;
const FIRST_LOCK_MS = 10_000;
const LONGEST_LOCK_MS = 1_280_000;

/** After the third refusal the keypad rests for ten seconds, then twice as long each time, up to 1280. */
export function afterFailure(lockout: Lockout, nowMs: number): Lockout {
  const failures = lockout.failures + 1;
  if (failures <= FREE_FAILURES) return { failures, untilMs: 0 };
  const lockMs = FIRST_LOCK_MS * 2 ** (failures - FREE_FAILURES - 1);
  return { failures, untilMs: nowMs + Math.min(lockMs, LONGEST_LOCK_MS) };
}

/** Milliseconds until the keypad takes tokens again; 0 when it does. */
export function remainingLockMs(lockout: Lockout, nowMs: number): number {
  return Math.max(0, lockout.untilMs - nowMs);
}
