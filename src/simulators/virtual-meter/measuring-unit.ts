import {
  decodeToken,
  extractClass,
  parseToken,
  prepareTokenCipher,
  type DecodedToken,
} from '../../sts/index.ts';
import { takeKeySection } from './key-change.ts';
import { afterFailure, NO_LOCKOUT, remainingLockMs } from './lockout.ts';
import { decoderKeyOf, type MeasuringState } from './measuring-state.ts';
import { perform, type Performed } from './perform.ts';
import type { MeterRefusal } from './reply.ts';
import { tidState, withTid } from './tid-store.ts';

/** Refusals that say nothing against the token, and so do not count towards a lock-out. */
const NOT_A_FAILURE: ReadonlySet<MeterRefusal['code']> = new Set(['lockout-active', 'not-ready']);

function isTestToken(digits: string): boolean {
  const token = parseToken(digits);
  return token.ok && extractClass(token.value).tokenClass === 1;
}

function act(state: MeasuringState, token: DecodedToken, nowMs: number): Performed {
  const { fields } = token;
  switch (fields.kind) {
    case 'key-section-1':
    case 'key-section-2':
    case 'key-section-3-group':
    case 'key-section-3':
    case 'key-section-4':
      return takeKeySection(state, fields, nowMs);
    default:
      return perform(state, fields);
  }
}

/** The state after a refusal: counted, unless the token is not to blame. */
function refused(state: MeasuringState, error: MeterRefusal, nowMs: number): Performed {
  const lockout = NOT_A_FAILURE.has(error.code) ? state.lockout : afterFailure(state.lockout, nowMs);
  return { state: { ...state, lockout }, reply: { result: 'refused', error } };
}

/** The state after a token was taken: its time is stored, and a token for this meter ends a lock-out. */
function accepted(state: MeasuringState, token: DecodedToken): MeasuringState {
  const { fields } = token;
  const tids = 'tid' in fields ? withTid(state.tids, fields.tid) : state.tids;
  return { ...state, tids, lockout: token.tokenClass === 1 ? state.lockout : NO_LOCKOUT };
}

/**
 * Gives the measuring unit a token of twenty digits: what it shows, and its state afterwards. While it is locked
 * it still takes test tokens, which are no secret.
 */
export function receiveToken(state: MeasuringState, digits: string, nowMs: number): Performed {
  const remainingMs = remainingLockMs(state.lockout, nowMs);
  if (remainingMs > 0 && !isTestToken(digits)) {
    return refused(state, { code: 'lockout-active', remainingMs }, nowMs);
  }
  const decoded = decodeToken(digits, {
    cipher: prepareTokenCipher(decoderKeyOf(state)),
    manufacturerCode: state.manufacturerCode,
    keyType: state.keyType,
    keyExpiry: state.keyExpiry,
    tidState: (tid) => tidState(state.tids, tid),
  });
  if (!decoded.ok) return refused(state, decoded.error, nowMs);
  const done = act(state, decoded.value, nowMs);
  if (done.reply.result === 'refused') return refused(state, done.reply.error, nowMs);
  return { state: accepted(done.state, decoded.value), reply: done.reply };
}
