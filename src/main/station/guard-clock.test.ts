import { describe, expect, it } from 'vitest';
import { CALL_NAMES, refuse, type Handlers } from '../../contract/index.ts';
import { ok } from '../../units/index.ts';
import { guardClock, needsClock } from './guard-clock.ts';

/** What settles, what mends, and what looks for the outcome of an earlier request before it asks for the clock. */
const FREE = [
  'sale.recover',
  'sale.closeUnissued',
  'clock.accept',
  'operators.signIn',
  'sale.vend',
  'basket.vend',
  'sale.sellAgain',
  'order.pay',
  'order.free',
  'order.replace',
] as const;

describe('the guard of the clock', () => {
  const jumped = refuse('clock-jumped');
  const handlers = Object.fromEntries(
    CALL_NAMES.map((name) => [name, async () => ok(name)]),
  ) as unknown as Handlers;
  const guarded = guardClock({ agreeOnClock: async () => jumped }, handlers) as unknown as Readonly<
    Record<string, () => Promise<unknown>>
  >;

  it('refuses what goes by the clock while nobody answers for the clock', async () => {
    for (const name of ['meter.panel', 'sale.quote', 'tariffs.import'])
      expect(await guarded[name]?.()).toBe(jumped);
  });

  it('lets through what settles open sales, and what mends the clock', async () => {
    for (const name of FREE) {
      expect(needsClock(name)).toBe(false);
      expect(await guarded[name]?.()).toEqual(ok(name));
    }
  });

  it('lets every other reading call through', async () => {
    expect(await guarded['station.status']?.()).toEqual(ok('station.status'));
  });
});
