import type { CallFault } from '../../contract/index.ts';
import type { Result } from '../../units/index.ts';

type Run<Value> = Promise<Result<Value, CallFault>>;

/** Runs work once at a time for a key: whoever asks for it meanwhile gets that run's outcome. */
export type Once<Value> = ((key: string, work: () => Run<Value>) => Run<Value>) & {
  /** The run that is under way, or undefined. */
  readonly running: (key: string) => Run<Value> | undefined;
};

/** What is held while a supervisor's new sale is made in the place of this one, beside the sale itself. */
export const replacing = (saleId: string): string => `replacing ${saleId}`;

export function onceEach<Value>(): Once<Value> {
  const inFlight = new Map<string, Run<Value>>();
  const once = (key: string, work: () => Run<Value>): Run<Value> => {
    const running = inFlight.get(key);
    if (running) return running;
    const started = work().finally(() => inFlight.delete(key));
    inFlight.set(key, started);
    return started;
  };
  return Object.assign(once, { running: (key: string) => inFlight.get(key) });
}
