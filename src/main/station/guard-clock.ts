import { calls, type CallName, type Handlers } from '../../contract/index.ts';
import type { Vending } from '../vending/index.ts';

/**
 * Calls that change something and may be made by a clock that is not believed: they write nothing into the
 * journal, or settle what is open at the newest record's time.
 */
const BY_ANY_CLOCK: ReadonlySet<CallName> = new Set([
  'operators.signIn',
  'operators.signOut',
  'clock.accept',
  'module.clear',
  'sale.recover',
  'sale.giveUp',
  'sale.seen',
  'sale.closeUnissued',
  // They ask by themselves, once it is known that the request is new.
  'sale.vend',
  'basket.vend',
  'sale.sellAgain',
  'order.free',
  'order.pay',
  'order.freeIssue',
  'order.manage',
  'order.keyChange',
  'order.replace',
  'print.send',
  'print.copy',
  'virtual-meter.press',
]);

/** Reading calls whose answer holds for one moment. */
const BY_THE_CLOCK: ReadonlySet<CallName> = new Set(['meter.panel', 'sale.quote']);

export function needsClock(name: CallName): boolean {
  return BY_THE_CLOCK.has(name) || (calls[name].changes && !BY_ANY_CLOCK.has(name));
}

/** Refuses a call that goes by the clock while nobody answers for the clock. */
export function guardClock(vending: Pick<Vending, 'agreeOnClock'>, handlers: Handlers): Handlers {
  const guarded = Object.entries(handlers).map(([name, handler]) => {
    if (!needsClock(name as CallName)) return [name, handler] as const;
    const answer = handler as (...asked: readonly unknown[]) => Promise<unknown>;
    const checked = async (...asked: readonly unknown[]): Promise<unknown> => {
      const clock = await vending.agreeOnClock();
      return clock.ok ? answer(...asked) : clock;
    };
    return [name, checked] as const;
  });
  return Object.fromEntries(guarded) as Handlers;
}
