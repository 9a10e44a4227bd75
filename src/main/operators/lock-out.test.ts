import { describe, expect, it } from 'vitest';
import { lockSecondsAfter, secondsLeft } from './lock-out.ts';

describe('lock-out', () => {
  it('starts at the third wrong PIN, doubles, and stops at 1280 seconds', () => {
    const waits = Array.from({ length: 13 }, (_, index) => lockSecondsAfter(index));
    expect(waits).toEqual([0, 0, 0, 10, 20, 40, 80, 160, 320, 640, 1280, 1280, 1280]);
    expect(lockSecondsAfter(1_000_000)).toBe(1280);
  });

  it('counts whole seconds up', () => {
    expect(secondsLeft(10, 1_000_000, 1_000_000)).toBe(10);
    expect(secondsLeft(10, 1_000_000, 1_009_001)).toBe(1);
    expect(secondsLeft(10, 1_000_000, 1_010_000)).toBe(0);
    expect(secondsLeft(0, 1_000_000, 1_000_000)).toBe(0);
  });

  it('never waits longer than the lock-out when the clock was set back', () => {
    expect(secondsLeft(20, 1_000_000_000, 0)).toBe(20);
  });
});
