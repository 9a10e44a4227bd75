import type { CallFault } from '../../contract/index.ts';
import type { Result } from '../../units/index.ts';

/** Runs work once at a time for a key: whoever asks for it meanwhile gets that run's outcome. */
export type Once<Value> = (
  key: string,
  work: () => Promise<Result<Value, CallFault>>,
) => Promise<Result<Value, CallFault>>;

export function onceEach<Value>(): Once<Value> & { readonly isRunning: (key: string) => boolean } {
  const inFlight = new Map<string, Promise<Result<Value, CallFault>>>();
  const once: Once<Value> = (key, work) => {
    const running = inFlight.get(key);
    if (running) return running;
    const started = work().finally(() => inFlight.delete(key));
    inFlight.set(key, started);
    return started;
  };
  return Object.assign(once, { isRunning: (key: string) => inFlight.has(key) });
}
