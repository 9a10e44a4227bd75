import {
  checkKeyInForce,
  decodeToken,
  deriveDecoderKey,
  isReservedTid,
  isTid,
  KEY_TYPE,
  MAX_TID,
  minuteOfTid,
  parseMeterNumber,
  prepareTokenCipher,
  withinKeyExpiry,
  type BaseDate,
  type DecodedToken,
  type DecoderKey,
  type TokenCipher,
} from '../../../sts/index.ts';
import { civilAtOffset, err, minutesFromEpoch, ok, type Result, type UnixMs } from '../../../units/index.ts';
import { moduleFault, type ModuleFault } from '../faults.ts';
import { actionOf } from '../management.ts';
import type { MeterKeys, TokenTime, TokenVerdict } from '../port.ts';
import { nodeStsCrypto } from './node-sts-crypto.ts';
import type { VendingKey } from './vending-key.ts';

/** No place on Earth is farther behind UTC. */
const FARTHEST_BEHIND_UTC_MINUTES = 12 * 60;
const MS_A_MINUTE = 60_000;
const KINDS_OF_VENDING_KEY: readonly number[] = [KEY_TYPE.unique, KEY_TYPE.common];

/** Whether every token time of a base date lies in the past, wherever the supply group is. */
function baseDateIsOver(baseDate: BaseDate, now: UnixMs): boolean {
  const last = minutesFromEpoch(minuteOfTid(baseDate, MAX_TID)) ?? 0;
  return now > (last + FARTHEST_BEHIND_UTC_MINUTES) * MS_A_MINUTE;
}

export function fault(
  code: Parameters<typeof moduleFault>[0],
  params: ModuleFault['params'],
): { readonly ok: false; readonly error: ModuleFault } {
  return err(moduleFault(code, params));
}

/** The vending key that made this meter's decoder key. */
export function findKey(keys: readonly VendingKey[], meter: MeterKeys): Result<VendingKey, ModuleFault> {
  const { sgc, krn, keyType, dkga, baseDate } = meter;
  const ofGroup = keys.filter(
    ({ attributes: has }) =>
      has.sgc === sgc && has.krn === krn && has.keyType === keyType && has.dkga === dkga,
  );
  const key = ofGroup.find(({ attributes }) => attributes.baseDate === baseDate);
  if (key) return ok(key);
  return ofGroup.length > 0
    ? fault('module-base-date', { sgc, krn, baseDate })
    : fault('module-no-key', { sgc, krn });
}

/** Whether a key may make credit or manage a meter now, and with this token time. */
export function checkKey(key: VendingKey, time: TokenTime, now: UnixMs): Result<null, ModuleFault> {
  const { sgc, krn, keyType, baseDate, ken, activeFromUnixMs, issuedUntilUnixMs } = key.attributes;
  if (!KINDS_OF_VENDING_KEY.includes(keyType)) return fault('module-key-type', { sgc, keyType });
  if (time.baseDate !== baseDate) return fault('module-base-date', { sgc, krn, baseDate: time.baseDate });
  if (!isTid(time.tid) || isReservedTid(time.tid)) return fault('module-request', { reason: 'token-time' });
  if (activeFromUnixMs !== null && now < activeFromUnixMs)
    return fault('module-key-not-active', { sgc, krn });
  if (issuedUntilUnixMs !== null && now > issuedUntilUnixMs) return fault('module-issue-over', { sgc, krn });
  if (withinKeyExpiry(time.tid, ken) && !baseDateIsOver(baseDate, now)) return ok(null);
  return fault('module-key-expired', { sgc, krn });
}

/** Derives the meter's decoder key for one piece of work, and wipes it afterwards. */
export function withDecoderKey<Value>(
  key: VendingKey,
  meter: MeterKeys,
  work: (decoderKey: DecoderKey) => Value,
): Result<Value, ModuleFault> {
  const number = parseMeterNumber(meter.pan);
  if (!number.ok || number.value.pan !== meter.pan)
    return fault('module-request', { reason: 'meter-number' });
  const { dkga, ea, sgc, keyType, ti, krn, baseDate } = meter;
  const derived = key.secret.use((bytes) =>
    deriveDecoderKey(nodeStsCrypto, bytes, {
      dkga,
      ea,
      meter: number.value,
      sgc,
      keyType,
      tariffIndex: ti,
      keyRevision: krn,
      baseDate,
    }),
  );
  if (!derived.ok) return fault('module-request', { reason: derived.error.code });
  try {
    return ok(work(derived.value));
  } finally {
    derived.value.bytes.fill(0);
  }
}

/** A key change to this key is in force when the key is; the key that it replaces may have expired. */
export function checkNewKey(key: VendingKey, now: UnixMs): Result<null, ModuleFault> {
  const { sgc, krn, baseDate, ken, activeFromUnixMs, issuedUntilUnixMs } = key.attributes;
  if (activeFromUnixMs !== null && now < activeFromUnixMs)
    return fault('module-key-not-active', { sgc, krn });
  if (issuedUntilUnixMs !== null && now > issuedUntilUnixMs) return fault('module-issue-over', { sgc, krn });
  const inForce = checkKeyInForce(
    { keyType: key.attributes.keyType, keyExpiry: ken, baseDate },
    civilAtOffset(now, 0),
  );
  return inForce.ok ? ok(null) : fault('module-key-expired', { sgc, krn });
}

/** Makes the meter's decoder key ready for one piece of work, and wipes the key afterwards. */
export function withMeterKey<Value>(
  key: VendingKey,
  meter: MeterKeys,
  work: (cipher: TokenCipher) => Value,
): Result<Value, ModuleFault> {
  return withDecoderKey(key, meter, (decoderKey) => work(prepareTokenCipher(decoderKey)));
}

function verdictOf(decoded: DecodedToken, baseDate: BaseDate, kcv: string): TokenVerdict {
  const { fields, tokenClass, subClass } = decoded;
  return {
    good: true,
    kind: fields.kind,
    tokenClass,
    subclass: subClass,
    tokenTime: 'tid' in fields ? { baseDate, tid: fields.tid } : null,
    unitsTenths: fields.kind === 'credit' ? fields.units : null,
    resource: 'resource' in fields ? fields.resource : null,
    action: actionOf(fields),
    keyType: fields.kind === 'key-section-1' ? fields.keyType : null,
    kcv,
  };
}

export function judge(digits: string, cipher: TokenCipher, key: VendingKey): TokenVerdict {
  const { keyType, ken, baseDate, kcv } = key.attributes;
  const decoded = decodeToken(digits, { cipher, keyType, keyExpiry: ken });
  if (!decoded.ok) return { good: false, reason: decoded.error.code };
  return verdictOf(decoded.value, baseDate, kcv);
}
