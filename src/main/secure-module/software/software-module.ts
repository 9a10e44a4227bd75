import { randomInt } from 'node:crypto';
import {
  decodeToken,
  deriveDecoderKey,
  encodeToken,
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
  type TokenCipher,
} from '../../../sts/index.ts';
import { err, minutesFromEpoch, ok, unixMs, type Result, type UnixMs } from '../../../units/index.ts';
import { moduleFault, type ModuleFault } from '../faults.ts';
import type {
  CreditRequest,
  IssuedTokens,
  MeterKeys,
  ModuleIdentity,
  SecureModule,
  TokenTime,
  TokenVerdict,
} from '../port.ts';
import type { KeyFileProfile } from './key-file-format.ts';
import { nodeStsCrypto } from './node-sts-crypto.ts';
import type { VendingKey } from './vending-key.ts';

export type SoftwareModuleDeps = {
  readonly nowUnixMs: () => UnixMs;
  /** 0 to 15, not to be guessed: `secureNibble` outside tests. */
  readonly randomNibble: () => number;
};

/** Four bits from the system's random source. */
export function secureNibble(): number {
  return randomInt(16);
}

/** No place on Earth is farther behind UTC. */
const FARTHEST_BEHIND_UTC_MINUTES = 12 * 60;
const MS_A_MINUTE = 60_000;
const KIND_OF_CREDIT_KEY: readonly number[] = [KEY_TYPE.unique, KEY_TYPE.common];

/** Whether every token time of a base date lies in the past, wherever the supply group is. */
function baseDateIsOver(baseDate: BaseDate, now: UnixMs): boolean {
  const last = minutesFromEpoch(minuteOfTid(baseDate, MAX_TID)) ?? 0;
  return now > (last + FARTHEST_BEHIND_UTC_MINUTES) * MS_A_MINUTE;
}

function fault(
  code: Parameters<typeof moduleFault>[0],
  params: ModuleFault['params'],
): { readonly ok: false; readonly error: ModuleFault } {
  return err(moduleFault(code, params));
}

/** The vending key that made this meter's decoder key. */
function findKey(keys: readonly VendingKey[], meter: MeterKeys): Result<VendingKey, ModuleFault> {
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

/** Whether a key may make credit now, and with this token time. */
function checkKey(key: VendingKey, time: TokenTime, now: UnixMs): Result<null, ModuleFault> {
  const { sgc, krn, keyType, baseDate, ken, activeFromUnixMs, issuedUntilUnixMs } = key.attributes;
  if (!KIND_OF_CREDIT_KEY.includes(keyType)) return fault('module-key-type', { sgc, keyType });
  if (time.baseDate !== baseDate) return fault('module-base-date', { sgc, krn, baseDate: time.baseDate });
  if (!isTid(time.tid) || isReservedTid(time.tid)) return fault('module-request', { reason: 'token-time' });
  if (activeFromUnixMs !== null && now < activeFromUnixMs)
    return fault('module-key-not-active', { sgc, krn });
  const issuePeriodOver = issuedUntilUnixMs !== null && now > issuedUntilUnixMs;
  if (issuePeriodOver || !withinKeyExpiry(time.tid, ken) || baseDateIsOver(baseDate, now)) {
    return fault('module-key-expired', { sgc, krn });
  }
  return ok(null);
}

/** Makes the meter's decoder key ready for one piece of work, and wipes the key afterwards. */
function withMeterKey<Value>(
  key: VendingKey,
  meter: MeterKeys,
  work: (cipher: TokenCipher) => Value,
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
    return ok(work(prepareTokenCipher(derived.value)));
  } finally {
    derived.value.bytes.fill(0);
  }
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
    kcv,
  };
}

function judge(digits: string, cipher: TokenCipher, key: VendingKey): TokenVerdict {
  const { keyType, ken, baseDate, kcv } = key.attributes;
  const decoded = decodeToken(digits, { cipher, keyType, keyExpiry: ken });
  if (!decoded.ok) return { good: false, reason: decoded.error.code };
  return verdictOf(decoded.value, baseDate, kcv);
}

class SoftwareModule implements SecureModule {
  readonly level = 'primitive';
  readonly capabilities = {
    fetchByMessageId: false,
    ownClock: false,
    counters: false,
    keyChange: false,
    management: false,
  };
  readonly #identity: ModuleIdentity;
  readonly #deps: SoftwareModuleDeps;
  #keys: readonly VendingKey[] | undefined;

  constructor(moduleId: string, mark: KeyFileProfile, keys: readonly VendingKey[], deps: SoftwareModuleDeps) {
    this.#identity = {
      moduleId,
      driver: 'software',
      firmware: '1',
      level: 'primitive',
      certified: false,
      mark,
    };
    this.#keys = keys;
    this.#deps = deps;
  }

  #open(): Result<readonly VendingKey[], ModuleFault> {
    return this.#keys ? ok(this.#keys) : err(moduleFault('module-locked'));
  }

  identify(): ReturnType<SecureModule['identify']> {
    return Promise.resolve(ok(this.#identity));
  }

  listKeys(): ReturnType<SecureModule['listKeys']> {
    const keys = this.#open();
    return Promise.resolve(keys.ok ? ok(keys.value.map(({ attributes }) => ({ ...attributes }))) : keys);
  }

  clock(): ReturnType<SecureModule['clock']> {
    return Promise.resolve(ok({ unixMs: unixMs(this.#deps.nowUnixMs()), source: 'computer' as const }));
  }

  issueCredit(request: CreditRequest): ReturnType<SecureModule['issueCredit']> {
    return Promise.resolve(this.#issue(request));
  }

  verify(digits: string, meter: MeterKeys): ReturnType<SecureModule['verify']> {
    const keys = this.#open();
    const key = keys.ok ? findKey(keys.value, meter) : keys;
    if (!key.ok) return Promise.resolve(key);
    return Promise.resolve(withMeterKey(key.value, meter, (cipher) => judge(digits, cipher, key.value)));
  }

  close(): Promise<void> {
    for (const { secret } of this.#keys ?? []) secret.wipe();
    this.#keys = undefined;
    return Promise.resolve();
  }

  #issue(request: CreditRequest): Result<IssuedTokens, ModuleFault> {
    const { meter, tokenTime, unitsTenths } = request;
    const keys = this.#open();
    if (!keys.ok) return keys;
    const key = findKey(keys.value, meter);
    if (!key.ok) return key;
    const allowed = checkKey(key.value, tokenTime, this.#deps.nowUnixMs());
    if (!allowed.ok) return allowed;
    if (unitsTenths <= 0) return fault('module-request', { reason: 'units' });
    const issued = withMeterKey(key.value, meter, (cipher) => this.#encode(request, cipher, key.value));
    return issued.ok ? issued.value : issued;
  }

  /** Encodes the token and reads it back, so that the answer says what the token says. */
  #encode(request: CreditRequest, cipher: TokenCipher, key: VendingKey): Result<IssuedTokens, ModuleFault> {
    const { messageId, resource, unitsTenths: units, tokenTime } = request;
    const rnd = this.#deps.randomNibble();
    const encoded = encodeToken(cipher, { kind: 'credit', resource, units, tid: tokenTime.tid, rnd });
    if (!encoded.ok) return fault('module-request', { reason: encoded.error.code });
    const { digits } = encoded.value;
    const verdict = judge(digits, cipher, key);
    if (!verdict.good) return fault('module-request', { reason: verdict.reason });
    const { tokenClass, subclass, unitsTenths, tokenTime: carried, kcv } = verdict;
    const token = {
      kind: 'credit' as const,
      digits,
      tokenClass,
      subclass,
      tokenTime: carried,
      unitsTenths,
      kcv,
      keyChange: null,
    };
    const { moduleId, mark } = this.#identity;
    return ok({ messageId, moduleId, mark, tokens: [token] });
  }
}

/**
 * A secure module of the primitive level out of keys that are already in memory. It owns them from now on and
 * wipes them when it is closed.
 */
export function softwareModule(
  moduleId: string,
  mark: KeyFileProfile,
  keys: readonly VendingKey[],
  deps: SoftwareModuleDeps,
): SecureModule {
  return new SoftwareModule(moduleId, mark, keys, deps);
}
