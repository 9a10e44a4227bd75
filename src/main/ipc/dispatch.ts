import {
  calls,
  type CallFault,
  type CallName,
  type CallOutput,
  type CallReply,
  type CallDefinition,
  type Calls,
  type Handlers,
  type Session,
  type SignedInOperator,
  type WindowKind,
} from '../../contract/index.ts';
import { err, ok, type Result } from '../../units/index.ts';
import { StorageError } from '../store/index.ts';
import type { z } from 'zod';

/** Largest request that a window may send, in characters of JSON: a price list that is read in. */
export const MAX_REQUEST_CHARS = 262_144;

/** What the log is told of a call that ended in an error. Never the input: it may hold a PIN. */
export type CallReport = {
  readonly ref: string;
  readonly call: string;
  readonly window: WindowKind;
  readonly code: string;
  /** What was thrown, by the disk or by a programmer's error. */
  readonly cause?: unknown;
};

export type DispatchOptions = {
  readonly handlers: Handlers;
  readonly makeRef: () => string;
  readonly report: (report: CallReport) => void;
  readonly now: () => number;
  /** A counter that was left alone for this long has locked itself. */
  readonly idleLockMs: number;
  /** Somebody as they are now, or null for whoever may not sign in any more: head office may have said so meanwhile. */
  readonly operatorNow: (operatorId: string) => SignedInOperator | null;
};

/** One request as it came through the door; `payload` is JSON text. Nothing in it is trusted. */
export type CallRequest = {
  readonly window: WindowKind;
  readonly session: Session;
  readonly name: unknown;
  readonly payload: unknown;
};

export type Dispatch = (request: CallRequest) => Promise<CallReply<CallOutput<CallName>>>;

type Failure = { readonly fault: CallFault; readonly cause?: unknown };

const failure = (code: string, cause?: unknown): { ok: false; error: Failure } =>
  err({ fault: { code, params: {}, retry: 'no' }, ...(cause === undefined ? {} : { cause }) });

/** What was thrown as the call's fault: a disk that fails says so itself, all else is a programmer's error. */
function thrownFault(thrown: unknown): { ok: false; error: Failure } {
  if (!(thrown instanceof StorageError)) return failure('internal', thrown);
  const params = { reason: thrown.sqliteCode };
  return err({ fault: { code: 'storage-failed', params, retry: 'after-recovery' }, cause: thrown });
}

/**
 * The one door's inner part: window kind, size, schema, sign-in and role are checked in this order, then the
 * handler answers, and its answer is held against the schema too, so that nothing else slips out.
 */
export function createDispatch(options: DispatchOptions): Dispatch {
  return async (request) => {
    const outcome = await answer(options, request);
    if (outcome.ok) return { ok: true, value: outcome.value };
    const ref = options.makeRef();
    const { fault, cause } = outcome.error;
    options.report({
      ref,
      call: isCallName(request.name) ? request.name : 'unknown',
      window: request.window,
      code: fault.code,
      ...(cause === undefined ? {} : { cause }),
    });
    return { ok: false, error: { ...fault, ref } };
  };
}

async function answer(
  options: DispatchOptions,
  request: CallRequest,
): Promise<Result<CallOutput<CallName>, Failure>> {
  const { name, payload } = request;
  if (!isCallName(name)) return failure('request-invalid');
  const call = calls[name];
  const windows: readonly WindowKind[] = call.windows;
  if (!windows.includes(request.window)) return failure('not-allowed');
  const json = parsePayload(payload);
  if (!json.ok) return json;
  const input = call.input.safeParse(json.value);
  if (!input.success) return failure('request-invalid');
  const { session } = request;
  const allowed = mayCall(options, name, session);
  if (!allowed.ok) return allowed;
  const outcome = await run(options.handlers, name, input.data, allowed.value);
  if (call.changes || name === 'operators.present') session.activeUnixMs = options.now();
  return outcome;
}

/** The session that the call runs in. A disk that does not say who somebody is lets nobody do anything. */
function mayCall(options: DispatchOptions, name: CallName, session: Session): Result<Session, Failure> {
  try {
    return checkRole(name, stillThere(session, options), options);
  } catch (thrown) {
    return thrownFault(thrown);
  }
}

/** Signs out whoever left the counter alone for too long or may not use it any more; a role counts as it is now. */
function stillThere(session: Session, { now, idleLockMs, operatorNow }: DispatchOptions): Session {
  session.activeUnixMs ??= now();
  const aloneMs = now() - session.activeUnixMs;
  if (session.operator)
    session.operator = aloneMs >= idleLockMs ? null : operatorNow(session.operator.operatorId);
  if (!session.operator) {
    delete session.activeUnixMs;
    delete session.override;
  }
  return session;
}

export function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(calls, name);
}

function parsePayload(payload: unknown): Result<unknown, Failure> {
  if (typeof payload !== 'string' || payload.length > MAX_REQUEST_CHARS) return failure('request-invalid');
  try {
    return ok(JSON.parse(payload) as unknown);
  } catch {
    return failure('request-invalid');
  }
}

/**
 * The session that the call runs in: the caller's own, or, for one call that somebody else has let happen, that
 * person's. An override is good once.
 */
function checkRole(
  name: CallName,
  session: Session,
  { now, operatorNow }: DispatchOptions,
): Result<Session, Failure> {
  const call: CallDefinition = calls[name];
  const { roles } = call;
  if (roles === 'anyone') return ok(session);
  if (!session.operator) return failure('not-signed-in');
  if (roles.includes(session.operator.role)) return ok(session);
  const { override } = session;
  if (!call.override || override?.call !== name) return failure('not-allowed');
  delete session.override;
  const by = operatorNow(override.by.operatorId);
  const good = now() < override.untilUnixMs && by !== null && roles.includes(by.role);
  return good ? ok({ operator: by, at: session.operator }) : failure('not-allowed');
}

async function run<Name extends CallName>(
  handlers: Handlers,
  name: Name,
  input: z.output<Calls[Name]['input']>,
  session: Session,
): Promise<Result<CallOutput<CallName>, Failure>> {
  try {
    const outcome = await handlers[name](input, session);
    if (!outcome.ok) {
      const { code, params, retry } = outcome.error;
      return err({ fault: { code, params, retry } });
    }
    const output = calls[name].output.safeParse(outcome.value);
    return output.success ? ok(output.data) : failure('internal', output.error);
  } catch (thrown) {
    return thrownFault(thrown);
  }
}
