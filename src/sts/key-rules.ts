import { err, ok, type CivilMinute, type Result } from '../units/index.ts';
import { KEY_TYPE, type KeyType } from './key-attributes.ts';
import { tidOfMinute, withinKeyExpiry, type BaseDate, type TidError } from './token-identifier.ts';

const { initialisation, default: defaultKey, unique, common } = KEY_TYPE;

/** From which key type a meter may be moved to which. The matrix has no published test case. */
const ALLOWED_MOVES: Readonly<Record<KeyType, readonly KeyType[]>> = {
  [initialisation]: [initialisation, defaultKey, unique, common],
  [defaultKey]: [defaultKey, unique, common],
  [unique]: [defaultKey, unique],
  [common]: [defaultKey, unique, common],
};

/** Whether a key change may move a meter from one key type to another. */
export function keyTypeMoveAllowed(from: KeyType, to: KeyType): boolean {
  return ALLOWED_MOVES[from].includes(to);
}

/** What decides whether a key may make a token. */
export type VendingLimits = {
  readonly keyType: KeyType;
  readonly keyExpiry: number;
  readonly baseDate: BaseDate;
};

export type VendingRefusal =
  | TidError
  | { readonly code: 'key-type-gives-no-credit'; readonly keyType: KeyType }
  | { readonly code: 'key-expired'; readonly tid: number; readonly keyExpiry: number };

function notExpired(limits: VendingLimits, tid: number): Result<number, VendingRefusal> {
  const { keyExpiry } = limits;
  return withinKeyExpiry(tid, keyExpiry) ? ok(tid) : err({ code: 'key-expired', tid, keyExpiry });
}

/**
 * Whether a key may make a credit or management token of this token time. Default and initialisation keys give
 * no credit; an expired key gives nothing.
 */
export function checkVending(
  limits: VendingLimits,
  token: 'credit' | 'management',
  tid: number,
): Result<number, VendingRefusal> {
  const { keyType } = limits;
  if (token === 'credit' && (keyType === initialisation || keyType === defaultKey)) {
    return err({ code: 'key-type-gives-no-credit', keyType });
  }
  return notExpired(limits, tid);
}

/**
 * Whether a meter may be given this key now: it must have begun and must not have expired. The key that it
 * replaces may have.
 */
export function checkKeyInForce(limits: VendingLimits, now: CivilMinute): Result<number, VendingRefusal> {
  const tid = tidOfMinute(limits.baseDate, now);
  return tid.ok ? notExpired(limits, tid.value) : tid;
}
