import { expect, it } from 'vitest';
import { NEXT_STEPS, OPEN_STEPS, SALE_STEPS, type SaleStep } from './sale-steps.ts';

/** All that may come after a step, however many lie between. */
function after(step: SaleStep, seen: ReadonlySet<SaleStep> = new Set()): ReadonlySet<SaleStep> {
  return NEXT_STEPS[step].reduce(
    (all, next) => (all.has(next) ? all : after(next, new Set([...all, next]))),
    seen,
  );
}

it('gives no money back once a token is recorded', () => {
  const later = [...after('recorded')];
  expect(later).not.toContain('void');
  expect(later).not.toContain('unissued');
});

it('leads every sale to an end, and from an open one to each end', () => {
  const ends: readonly SaleStep[] = ['closed', 'void', 'unissued'];
  for (const step of SALE_STEPS) expect(NEXT_STEPS[step].length === 0).toBe(ends.includes(step));
  for (const open of OPEN_STEPS) expect([...after(open)]).toEqual(expect.arrayContaining([...ends]));
});
