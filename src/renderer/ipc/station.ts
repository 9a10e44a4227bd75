import type { Bridge, CallError, CallInput, CallName, CallOutput, CallReply } from '../../contract/index.ts';

declare global {
  interface Window {
    /** Put there by the preload; the only way out of this page. */
    readonly kioskwatt: Bridge;
  }
}

/** An error reply as something that can be thrown, for queries. */
export class CallFailure extends Error {
  readonly error: CallError;

  constructor(error: CallError) {
    super(error.code);
    this.error = error;
  }
}

/** Asks the station. Never rejects: a station that gives no answer at all is the error `internal`. */
export async function ask<Name extends CallName>(
  name: Name,
  input: CallInput<Name>,
): Promise<CallReply<CallOutput<Name>>> {
  try {
    return await window.kioskwatt.call(name, input);
  } catch {
    return { ok: false, error: { code: 'internal', params: {}, retry: 'safe', ref: 'no answer' } };
  }
}

/** Asks the station for a query: rejects with a CallFailure. */
export async function need<Name extends CallName>(
  name: Name,
  input: CallInput<Name>,
): Promise<CallOutput<Name>> {
  const reply = await ask(name, input);
  if (!reply.ok) throw new CallFailure(reply.error);
  return reply.value;
}
