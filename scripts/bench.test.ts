import { describe, expect, it } from 'vitest';
import { keepsGoal } from '../bench/run.ts';

describe("a benchmark line's goal", () => {
  it('is held against the ratio where there is one', () => {
    expect(keepsGoal({ value: 100, ratio: 0.9, goal: '>=0.8' })).toBe(true);
    expect(keepsGoal({ value: 100, ratio: 0.7, goal: '>=0.8' })).toBe(false);
  });

  it('is held against the value otherwise', () => {
    expect(keepsGoal({ value: 100, goal: '<=100' })).toBe(true);
    expect(keepsGoal({ value: 100.1, goal: '<= 100' })).toBe(false);
    expect(keepsGoal({ value: 5, goal: '>5' })).toBe(false);
  });

  it('is kept where there is none', () => {
    expect(keepsGoal({ value: 1 })).toBe(true);
  });

  it('is never taken as kept when it cannot be read', () => {
    expect(() => keepsGoal({ value: 1, goal: 'about 3' })).toThrow('cannot be held');
    expect(() => keepsGoal({ goal: '>=1' })).toThrow('cannot be held');
  });
});
