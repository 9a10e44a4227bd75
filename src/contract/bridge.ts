import type { CallInput, CallName, CallOutput, EventName } from './calls.ts';
import type { CallReply } from './call.ts';

/** What the preload puts on `window.kioskwatt`. */
export type Bridge = {
  readonly call: <Name extends CallName>(
    name: Name,
    input: CallInput<Name>,
  ) => Promise<CallReply<CallOutput<Name>>>;
  /** Returns a function that stops listening. */
  readonly on: (event: EventName, listener: () => void) => () => void;
};
