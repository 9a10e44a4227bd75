import type { z } from 'zod';
import type { CallError, Role } from './call.ts';
import type { CallName, CallOutput, Calls, EventName } from './calls.ts';
import type { Result } from '../units/index.ts';

export type SignedInOperator = { readonly operatorId: string; readonly name: string; readonly role: Role };

/** Who sits at one counter window, or at one terminal. Signing in and out changes it; nothing else does. */
export type Session = {
  operator: SignedInOperator | null;
  /** When somebody last did something here; the counter locks itself some time afterwards. */
  activeUnixMs?: number;
  /** What somebody else has let happen here, once. */
  override?: Override | undefined;
  /** In a call that was let happen: who sits at the counter. `operator` is then who let it happen. */
  at?: SignedInOperator;
};

export type Override = {
  readonly call: string;
  readonly by: SignedInOperator;
  readonly untilUnixMs: number;
};

export type CallFault = Omit<CallError, 'ref'>;

export type Handler<Name extends CallName> = (
  input: z.output<Calls[Name]['input']>,
  session: Session,
) => Promise<Result<CallOutput<Name>, CallFault>>;

/** The exhaustive table of answers: a call without a handler does not compile. */
export type Handlers = { readonly [Name in CallName]: Handler<Name> };

/** What the door to the windows needs of an opened station. */
export type StationDoor = {
  /** How long a counter may be left alone before it locks itself. */
  readonly idleLockMs: number;
  /** Somebody of the station as they are now, or null for whoever may not sign in. */
  readonly operatorNow: (operatorId: string) => SignedInOperator | null;
  readonly handlers: Handlers;
  /** Listens to what the station tells its windows; returns a function that stops. */
  readonly subscribe: (listener: (event: EventName) => void) => () => void;
};
