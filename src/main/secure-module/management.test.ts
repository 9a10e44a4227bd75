import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { representableAction } from './management.ts';
import type { ManagementAction } from './port.ts';

/** The largest amount that the coding of sixteen bits holds: 16383 thousands and the sum of the smaller steps. */
const MOST = 16_383 * 1_000 + 1_818_624;

function wattsOf(watts: number): number {
  const carried = representableAction({ kind: 'power-limit', watts });
  if (!carried.ok || carried.value.kind !== 'power-limit') throw new Error(`${watts} is not carried`);
  return carried.value.watts;
}

describe('what a management token carries', () => {
  it('is never less than a limit that was asked for, and less than one step of its coding more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MOST }), (watts) => {
        const carried = wattsOf(watts);
        const step = carried < 16_384 ? 1 : carried <= 180_224 ? 10 : carried <= 1_818_624 ? 100 : 1_000;
        expect(carried).toBeGreaterThanOrEqual(watts);
        expect(carried - watts).toBeLessThan(step);
        // Asked for again it is carried as it is: what a sale asks for is what its token is held against.
        expect(wattsOf(carried)).toBe(carried);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is exact for everything else', () => {
    const actions: readonly ManagementAction[] = [
      { kind: 'clear-tamper' },
      { kind: 'clear-credit', register: 0xffff },
      { kind: 'tariff-rate', rate: 65_535 },
      { kind: 'water-meter-factor', factor: 1 },
      { kind: 'extended-set', index: 63, value: 513 },
    ];
    for (const action of actions) expect(representableAction(action)).toEqual({ ok: true, value: action });
  });

  it.each<ManagementAction>([
    { kind: 'power-limit', watts: MOST + 1 },
    { kind: 'clear-credit', register: 9 },
    { kind: 'tariff-rate', rate: 65_536 },
    { kind: 'water-meter-factor', factor: -1 },
  ])('is refused where there is no such token: %j', (action) => {
    expect(representableAction(action).ok).toBe(false);
  });
});
