import { randomInt } from 'node:crypto';
import {
  decodeAmount,
  decodeToken,
  deriveDecoderKey,
  encodeKeyChange,
  encodeToken,
  keyTypeMoveAllowed,
  minuteOfTid,
  parseMeterNumber,
  prepareTokenCipher,
  tokenToDigits,
  tokenToHex,
  unpackManagement,
  withinKeyExpiry,
  type DecoderKey,
  type EncodedToken,
  type EncryptedTokenFields,
  type TokenError,
} from '../../sts/index.ts';
import { minutesFromEpoch, unitsTenths, type Resource } from '../../units/index.ts';
import { moduleCrypto } from './crypto.ts';
import { attributeFields, KeyStore, type Register, type SimulatedKey } from './keys.ts';
import {
  hex,
  moment,
  number,
  readRequest,
  text,
  writeGeneralFailure,
  writeResponse,
  type Field,
} from './wire.ts';

export type ModuleSetup = {
  readonly moduleId: string;
  readonly keys: readonly SimulatedKey[];
  /** Registers in all; the rest are free. */
  readonly capacity: number;
  readonly nowUnixMs: () => number;
  /** How far a token time may lie from the module's clock. */
  readonly windowMs: number;
  /** Transactions that the licence allows, or null without a licence. */
  readonly transactions: number | null;
};

/** A token that was made, as the module itself remembers it. */
export type MadeToken = {
  readonly kind: 'credit' | 'management' | 'key-change';
  readonly pan: string;
  readonly tid: number | null;
  readonly digits: string;
};

/** What a fault does to one command: a clock that is off, a limit that is gone. */
export type Mood = { readonly clockOffsetMs?: number; readonly usedUp?: boolean };

const RESOURCES: readonly Resource[] = ['electricity', 'water', 'gas', 'time'];
const COMMON_KEY = 3;
const DEFAULT_KEY = 1;
const CARD = 1;
const VERIFY_WORDS: Partial<Record<TokenError['code'], string>> = {
  CRCError: 'Crc',
  DDTKError: 'DdtkCredit',
  KeyExpiredError: 'KeyExpired',
};
/** The types of the fields of each command. */
const SHAPES: Readonly<Record<string, string>> = {
  DI: '',
  GA: 'N',
  VC: 'NPNNNNHH',
  VM: 'NPNNNNHH',
  VK: 'NNPNNNNN',
  VT: 'NPNNNP',
  KR: '',
  KX: 'PHN',
  KL: 'PNNNNNDDDNNHH',
  KF: 'H',
};
/** Fields of KL that may be empty. */
const MAY_BE_EMPTY = new Set([6, 7, 8, 9, 10]);

/** A command that ends with a status other than done. */
class Refused extends Error {
  readonly status: string;

  constructor(status: string) {
    super(status);
    this.status = status;
  }
}

function refuse(status: string): never {
  throw new Refused(status);
}

function checkShape(command: string, fields: readonly Field[]): void {
  const shape = SHAPES[command] ?? refuse('21');
  if (fields.length !== shape.length) refuse('60');
  for (const [index, { type, text: value }] of fields.entries()) {
    if (type !== shape[index]) refuse('61');
    if (value === '' && command === 'KL' && MAY_BE_EMPTY.has(index)) continue;
    const pattern = { N: /^(0|[1-9]\d*)$/u, P: /^[ -}]+$/u, H: /^([0-9A-F]{2})+$/u, D: /^\d{14}$/u }[type];
    if (pattern?.test(value) !== true) refuse('62');
  }
}

type Meter = { readonly pan: string; readonly ti: number; readonly ea: number; readonly tct: number };

function meterOf(fields: readonly Field[]): Meter {
  const [pan, ti, ea, tct] = fields.map((field) => field.text);
  return { pan: pan ?? '', ti: Number(ti), ea: Number(ea), tct: Number(tct) };
}

/**
 * A secure module of the primitive level that answers one frame at a time. It knows nothing of lines: whoever
 * carries the bytes also brings the faults.
 */
export class Sts6Simulator {
  readonly made: MadeToken[] = [];
  readonly #setup: ModuleSetup;
  #store: KeyStore;
  #state: 'working' | 'tampered' | 'application-error' = 'working';
  #transactionsLeft: number | null;
  #mood: Mood = {};

  constructor(setup: ModuleSetup) {
    this.#setup = setup;
    this.#store = new KeyStore(setup.moduleId, setup.keys, setup.capacity);
    this.#transactionsLeft = setup.transactions;
  }

  /** Somebody opened the case. Nothing works from now on, and the keys are gone. */
  tamper(): void {
    this.#state = 'tampered';
    this.#store.erase();
  }

  /** Something inside went wrong; switching off and on mends it. */
  fail(): void {
    this.#state = 'application-error';
  }

  /** It was at the key officers' place: other keys are in its registers now. */
  rekey(keys: readonly SimulatedKey[]): void {
    const { moduleId, capacity } = this.#setup;
    this.#store = new KeyStore(moduleId, keys, capacity);
  }

  powerCycle(): void {
    if (this.#state === 'application-error') this.#state = 'working';
  }

  /** The answer to what stood before a carriage return, with its own carriage return. */
  answer(frame: string, mood: Mood = {}): string {
    const request = readRequest(frame);
    if ('status' in request) return writeGeneralFailure(request.status);
    this.#mood = mood;
    try {
      if (this.#state === 'tampered') refuse('57');
      if (this.#state === 'application-error') refuse('58');
      checkShape(request.command, request.fields);
      return writeResponse(request.command, '00', this.#perform(request.command, request.fields));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === '21') return writeGeneralFailure('21');
      return writeResponse(request.command, error.status, []);
    }
  }

  #perform(command: string, fields: readonly Field[]): readonly string[] {
    const commands: Readonly<Record<string, () => readonly string[]>> = {
      DI: () => this.#identify(),
      GA: () => this.#attributes(Number(fields[0]?.text)),
      VC: () => this.#token('credit', fields),
      VM: () => this.#token('management', fields),
      VK: () => this.#changeKey(fields),
      VT: () => this.#verify(fields),
      KR: () => [text(this.#setup.moduleId), hex(this.#store.publicKey)],
      KX: () =>
        this.#status(this.#store.begin(fields[0]!.text, fields[1]!.text, Number(fields[2]!.text)), []),
      KL: () => {
        const { status, register, kcv } = this.#store.take(fields);
        return this.#status(status, [number(register), hex(kcv)]);
      },
      KF: () => this.#status(this.#store.end(fields[0]!.text), [number(this.#store.capacity)]),
    };
    return (commands[command] ?? refuse('21'))();
  }

  #status(status: string, fields: readonly string[]): readonly string[] {
    return status === '00' ? fields : refuse(status);
  }

  #now(): number {
    return this.#setup.nowUnixMs() + (this.#mood.clockOffsetMs ?? 0);
  }

  #identify(): readonly string[] {
    const { moduleId } = this.#setup;
    return [
      text(moduleId),
      text('SIM-STS6-1'),
      moment(this.#now()),
      number(this.#store.capacity),
      number(this.#transactionsLeft),
    ];
  }

  #register(register: number): Register {
    return this.#store.at(register) ?? refuse('28');
  }

  #attributes(register: number): readonly string[] {
    const { key, tokens, unitsTenths: units } = this.#register(register);
    const left = key.unitLimitTenths === null ? null : Math.max(0, key.unitLimitTenths - units);
    return [...attributeFields(key), number(tokens), number(units), number(left), number(key.currencyLimit)];
  }

  #decoderKey({ key }: Register, { pan, ti, ea }: Meter): DecoderKey {
    const meter = parseMeterNumber(pan);
    if (!meter.ok || meter.value.pan !== pan) refuse('76');
    const derived = deriveDecoderKey(moduleCrypto, key.key, {
      dkga: key.dkga,
      ea,
      meter: meter.value,
      sgc: key.sgc,
      keyType: key.keyType,
      tariffIndex: ti,
      keyRevision: key.krn,
      baseDate: key.baseDate,
    });
    return derived.ok ? derived.value : refuse('40');
  }

  /** Whether this key may make tokens at the module's own time. */
  #checkPeriod({ activeFromUnixMs, issuedUntilUnixMs }: SimulatedKey): void {
    if (activeFromUnixMs !== null && this.#now() < activeFromUnixMs) refuse('43');
    if (issuedUntilUnixMs !== null && this.#now() > issuedUntilUnixMs) refuse('42');
  }

  #checkTime(key: SimulatedKey, tid: number): void {
    const minutes = minutesFromEpoch(minuteOfTid(key.baseDate, tid)) ?? 0;
    if (Math.abs(minutes * 60_000 - this.#now()) > this.#setup.windowMs) refuse('44');
    if (!withinKeyExpiry(tid, key.ken)) refuse('41');
  }

  #spend(register: Register, tokens: number, units: number): void {
    const { unitLimitTenths } = register.key;
    const over = unitLimitTenths !== null && register.unitsTenths + units > unitLimitTenths;
    const unlicensed = this.#transactionsLeft !== null && this.#transactionsLeft < tokens;
    if (over || unlicensed || this.#mood.usedUp === true) refuse('31');
    register.tokens += tokens;
    register.unitsTenths += units;
    if (this.#transactionsLeft !== null) this.#transactionsLeft -= tokens;
  }

  #token(kind: 'credit' | 'management', fields: readonly Field[]): readonly string[] {
    const register = this.#register(Number(fields[0]!.text));
    const meter = meterOf(fields.slice(1, 5));
    const { key } = register;
    if (key.keyType === DEFAULT_KEY) refuse(kind === 'credit' ? '80' : '05');
    if ((key.keyType === COMMON_KEY) !== (meter.tct === CARD)) refuse('05');
    const subclass = Number(fields[5]!.text);
    const value = Number.parseInt(fields[6]!.text, 16);
    const tid = Number.parseInt(fields[7]!.text, 16);
    if (fields[6]!.text.length !== 4 || fields[7]!.text.length !== 6) refuse('63');
    this.#checkPeriod(key);
    this.#checkTime(key, tid);
    const content = kind === 'credit' ? creditOf(subclass, value, tid) : managementOf(subclass, value, tid);
    const cipher = prepareTokenCipher(this.#decoderKey(register, meter));
    const token = encodeToken(cipher, content);
    if (!token.ok) refuse('63');
    this.#spend(register, 1, content.kind === 'credit' ? content.units : 0);
    this.made.push({ kind, pan: meter.pan, tid, digits: token.value.digits });
    return this.#tokens([token.value]);
  }

  #tokens(tokens: readonly EncodedToken[]): readonly string[] {
    return [
      text(tokens.map(({ token }) => tokenToHex(token).toUpperCase()).join('')),
      text(tokens.map(({ token }) => tokenToDigits(token)).join('')),
    ];
  }

  #changeKey(fields: readonly Field[]): readonly string[] {
    const from = this.#register(Number(fields[0]!.text));
    const to = this.#register(Number(fields[1]!.text));
    const meter = meterOf(fields.slice(2, 6));
    const count = Number(fields[7]!.text);
    this.#checkPeriod(to.key);
    if (!keyTypeMoveAllowed(from.key.keyType, to.key.keyType)) refuse('29');
    if (meter.ea === 11 ? count !== 4 : count !== 2 && count !== 3) refuse('85');
    const next = { ...meter, ti: Number(fields[6]!.text) };
    const { sgc, keyType, krn, ken, baseDate } = to.key;
    const rollOver = baseDate !== from.key.baseDate;
    const set = encodeKeyChange(
      prepareTokenCipher(this.#decoderKey(from, meter)),
      {
        key: this.#decoderKey(to, next),
        sgc,
        keyType,
        tariffIndex: next.ti,
        keyRevision: krn,
        keyExpiry: ken,
      },
      { fromKeyType: from.key.keyType, rollOver, withSupplyGroup: count > 2 },
    );
    if (!set.ok) refuse('63');
    this.#spend(to, count, 0);
    for (const { digits } of set.value)
      this.made.push({ kind: 'key-change', pan: meter.pan, tid: null, digits });
    return [number(rollOver ? 1 : 0), number(count), ...this.#tokens(set.value)];
  }

  #verify(fields: readonly Field[]): readonly string[] {
    const register = this.#register(Number(fields[0]!.text));
    const cipher = prepareTokenCipher(this.#decoderKey(register, meterOf(fields.slice(1, 5))));
    const { keyType, ken } = register.key;
    const typed = fields[5]!.text;
    if (!/^[0-3][0-9A-F]{16}$/u.test(typed)) refuse('63');
    const digits = BigInt(`0x${typed}`).toString().padStart(20, '0');
    const decoded = decodeToken(digits, { cipher, keyType, keyExpiry: ken });
    if (!decoded.ok) return [text(VERIFY_WORDS[decoded.error.code] ?? 'Format'), 'N', 'N', 'H', 'H'];
    const { tokenClass, subClass, clearBlock, fields: content } = decoded.value;
    const once = 'tid' in content;
    return [
      text('Ok'),
      number(tokenClass),
      number(subClass),
      once ? hex((clearBlock.lo >>> 16).toString(16).padStart(4, '0')) : 'H',
      once ? hex((clearBlock.hi & 0xff_ff_ff).toString(16).padStart(6, '0')) : 'H',
    ];
  }
}

function creditOf(
  subclass: number,
  value: number,
  tid: number,
): Extract<EncryptedTokenFields, { kind: 'credit' }> {
  const resource = RESOURCES[subclass] ?? refuse('48');
  return { kind: 'credit', resource, units: unitsTenths(decodeAmount(value)), tid, rnd: randomInt(16) };
}

function managementOf(subclass: number, value: number, tid: number): EncryptedTokenFields {
  const fields = unpackManagement(subclass, value) ?? refuse('48');
  return fields.ok ? { ...fields.value, tid, rnd: randomInt(16) } : refuse('63');
}
