import { randomBytes, randomInt } from 'node:crypto';
import { decodeAmount, encodeAmount, type EncodedToken, type EncryptedTokenFields } from '../../sts/index.ts';
import { unitsTenths, type Resource } from '../../units/index.ts';
import { put, struct, type Args, type Value } from './codec.ts';
import {
  hexOf,
  meterNumber,
  Refusal,
  type Vault,
  type VaultKey,
  type VaultMeter,
  type VaultTarget,
} from './vault.ts';

export type IssuedEvent = {
  readonly messageId: string;
  readonly pan: string;
  readonly digits: readonly string[];
};

export type ServiceOptions = {
  readonly vault: Vault;
  readonly username: string;
  readonly password: string;
  /** What its tokens name as the module that made them. */
  readonly moduleId: string;
  /** What its status names as its module, which may be another name; null for a server whose status names none. */
  readonly statusId?: string | null;
  readonly now: () => number;
  /** Transactions that may still be made. */
  readonly credit: number;
  /** How many results are kept for fetching; the oldest goes first. */
  readonly cacheSize: number;
  /** Calls after which an access token has run out. */
  readonly sessionCalls: number;
  /** A token that was really made, once for each message. */
  readonly onIssued?: (event: IssuedEvent) => void;
};

/** What a fault does to the next command. */
export type Disturbance = {
  readonly clockOffMs?: number;
  readonly noCredit?: boolean;
  readonly tokenOver?: boolean;
  readonly wrongUnits?: boolean;
};

const RESOURCES: readonly Resource[] = ['electricity', 'water', 'gas', 'time'];
const CLOCK_WINDOW_MS = 24 * 3_600_000;
const WRONG_PASSWORDS = 3;

type Made = { readonly token: EncodedToken; readonly tokenClass: number; readonly subclass: number };
type Credit = { readonly tid: number; readonly amount: number };

function textIn(args: Args, id: number): string {
  const value = args.get(id);
  if (typeof value !== 'string') throw new Refusal('EParamRange');
  return value;
}

function figureIn(args: Args, id: number): number {
  const value = args.get(id);
  if (typeof value !== 'number') throw new Refusal('EParamRange');
  return value;
}

function structIn(args: Args, id: number): Args {
  const value: Value | undefined = args.get(id);
  if (!(value instanceof Map)) throw new Refusal('EParamRange');
  return value as Args;
}

function groupCode(figure: number): string {
  return figure.toString().padStart(6, '0');
}

function meterIn(
  args: Args,
): VaultMeter & { readonly mayMove: boolean; readonly withGroup: boolean; readonly tct: number } {
  const meter = structIn(args, 3);
  const flag = (id: number, otherwise: boolean): boolean => {
    const value = meter.get(id);
    return typeof value === 'boolean' ? value : otherwise;
  };
  return {
    number: textIn(meter, 1),
    ea: figureIn(meter, 2),
    tct: figureIn(meter, 3),
    sgc: groupCode(figureIn(meter, 10)),
    krn: figureIn(meter, 11),
    ti: figureIn(meter, 12),
    mayMove: flag(21, true),
    withGroup: flag(32, false),
  };
}

/** The token server behind the wire: accounts, sessions, keys, counters, and the cache of results. */
export class PrismService {
  readonly #options: ServiceOptions;
  readonly #sessions = new Map<string, number>();
  readonly #results = new Map<string, Buffer>();
  #credit: number;
  #wrongPasswords = 0;
  #tampered = false;
  #disturbance: Disturbance = {};
  /** Calls served, by method: what a test counts. */
  readonly served = new Map<string, number>();

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.#credit = options.credit;
  }

  get creditLeft(): number {
    return this.#credit;
  }

  /** Somebody opens the case: the keys are gone. */
  tamper(): void {
    this.#tampered = true;
  }

  setCredit(transactions: number): void {
    this.#credit = transactions;
  }

  /** The answer's field: 0 with the result, or 1 with the exception; undefined for a method that isn't there. */
  serve(method: string, args: Args, disturbance: Disturbance): Buffer | undefined {
    const work = this.#methods[method];
    if (!work) return undefined;
    this.served.set(method, (this.served.get(method) ?? 0) + 1);
    this.#disturbance = disturbance;
    try {
      if (method !== 'ping' && method !== 'signInWithPassword') this.#checkSession(textIn(args, 2));
      return work(args);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return put.struct(1, [put.string(1, error.code), put.string(2, `refused: ${error.code}`)]);
    }
  }

  readonly #methods: Readonly<Record<string, (args: Args) => Buffer>> = {
    ping: (args) => put.string(0, textIn(args, 2)),
    signInWithPassword: (args) => this.#signIn(args),
    getStatus: () => this.#status(),
    issueCreditToken: (args) => this.#once(args, () => this.#credits(args)),
    issueMseToken: (args) => this.#once(args, () => this.#management(args)),
    issueKeyChangeTokens: (args) => this.#once(args, () => this.#keyChange(args)),
    verifyToken: (args) => this.#verify(args),
    fetchTokenResult: (args) => this.#fetch(textIn(args, 3)),
  };

  #checkSession(accessToken: string): void {
    const left = this.#sessions.get(accessToken) ?? 0;
    if (left <= 0 || this.#disturbance.tokenOver) {
      this.#sessions.delete(accessToken);
      throw new Refusal('EAuthentication.Token');
    }
    this.#sessions.set(accessToken, left - 1);
  }

  #signIn(args: Args): Buffer {
    if (textIn(structIn(args, 5), 1) !== '1.1') throw new Refusal('ESignin.Version');
    if (textIn(args, 2) !== 'local') throw new Refusal('ESignin.Realm');
    if (this.#wrongPasswords >= WRONG_PASSWORDS || textIn(args, 3) !== this.#options.username) {
      throw new Refusal('ESignin.Subject');
    }
    if (textIn(args, 4) !== this.#options.password) {
      this.#wrongPasswords += 1;
      throw new Refusal('ESignin.Authentication');
    }
    this.#wrongPasswords = 0;
    const accessToken = randomBytes(24).toString('base64url');
    this.#sessions.set(accessToken, this.#options.sessionCalls);
    return put.struct(0, [put.string(1, accessToken)]);
  }

  #status(): Buffer {
    const { moduleId, statusId = moduleId } = this.#options;
    const named = statusId === null ? {} : { ModuleId: statusId };
    const info = { ...named, FirmwareId: 'SIM-PRISM-1', TxCounter: String(this.#credit) };
    const alerts = this.#tampered ? [struct([put.string(1, 'ESm.57'), put.string(2, 'tampered')])] : [];
    return put.structs(0, [struct([put.texts(1, info), put.structs(2, alerts)])]);
  }

  #nowUnixMs(): number {
    return this.#options.now() + (this.#disturbance.clockOffMs ?? 0);
  }

  /** The gates before every token: the module's state, its clock, its credit. */
  #checkModule(): void {
    if (this.#tampered) throw new Refusal('ESm.57');
    if (Math.abs(this.#disturbance.clockOffMs ?? 0) > CLOCK_WINDOW_MS) throw new Refusal('ESm.44');
    if (this.#credit <= 0 || this.#disturbance.noCredit) throw new Refusal('ESm.31');
  }

  /** One message makes its tokens once; asked again, it gets the same ones. */
  #once(
    args: Args,
    make: () => { readonly list: readonly Buffer[]; readonly event: Omit<IssuedEvent, 'messageId'> },
  ): Buffer {
    const messageId = textIn(args, 1);
    const kept = this.#results.get(messageId);
    if (kept) return kept;
    this.#checkModule();
    const { list, event } = make();
    this.#credit -= 1;
    const answer = put.structs(0, list);
    this.#results.set(messageId, answer);
    const [oldest] = this.#results.keys();
    if (this.#results.size > this.#options.cacheSize && oldest !== undefined) this.#results.delete(oldest);
    this.#options.onIssued?.({ messageId, ...event });
    return answer;
  }

  #fetch(messageId: string): Buffer {
    const kept = this.#results.get(messageId);
    if (!kept) throw new Refusal('ECacheMiss');
    return kept;
  }

  #credits(args: Args) {
    const subclass = figureIn(args, 4);
    const resource = RESOURCES[subclass];
    const units = figureIn(args, 5) * (this.#disturbance.wrongUnits ? 2 : 1);
    const field = encodeAmount(units);
    if (!resource || !field.ok || units <= 0) throw new Refusal('EParamRange');
    return this.#issue(args, { tokenClass: 0, subclass, amount: decodeAmount(field.value) }, (tid) => ({
      kind: 'credit',
      resource,
      units: unitsTenths(units),
      tid,
      rnd: randomInt(16),
    }));
  }

  #management(args: Args) {
    const subclass = figureIn(args, 4);
    const amount = figureIn(args, 5);
    return this.#issue(args, { tokenClass: 2, subclass, amount }, (tid) => {
      const once = { tid, rnd: randomInt(16) };
      if (subclass === 0) return { ...once, kind: 'power-limit', watts: amount };
      if (subclass === 1) return { ...once, kind: 'clear-credit', register: amount };
      if (subclass === 5) return { ...once, kind: 'clear-tamper' };
      throw new Refusal('EParamRange');
    });
  }

  /** A token under the meter's key, or under the newer one with the key-change tokens in front. */
  #issue(
    args: Args,
    what: { readonly tokenClass: number; readonly subclass: number; readonly amount: number },
    fieldsOf: (tid: number) => EncryptedTokenFields,
  ) {
    const { vault } = this.#options;
    const meter = meterIn(args);
    const key = vault.keyFor(meter.sgc, meter.krn);
    if (what.tokenClass === 0 && key.keyType === 0) throw new Refusal('ESm.80');
    const moves = meter.mayMove && key.movesToKrn !== undefined;
    const to = moves ? vault.keyFor(meter.sgc, key.movesToKrn ?? 0) : key;
    const first = moves ? this.#sections(meter, key, { to, ti: meter.ti, withGroup: meter.withGroup }) : [];
    const now = { ...meter, krn: to.krn };
    const tid = vault.nextTid(now, to, this.#nowUnixMs());
    const token = vault.encode(now, to, fieldsOf(tid));
    const credit = this.#token(now, to, { token, ...what }, { tid, amount: what.amount });
    return {
      list: [...first.map(({ bytes }) => bytes), credit],
      event: {
        pan: meterNumber(meter.number).pan,
        digits: [...first.map(({ digits }) => digits), token.digits],
      },
    };
  }

  #keyChange(args: Args) {
    const { vault } = this.#options;
    const meter = meterIn(args);
    const target = structIn(args, 4);
    const from = vault.keyFor(meter.sgc, meter.krn);
    const to = vault.keyFor(groupCode(figureIn(target, 1)), figureIn(target, 2));
    const ti = figureIn(target, 3);
    const sections = this.#sections(meter, from, { to, ti, withGroup: meter.withGroup });
    return {
      list: sections.map(({ bytes }) => bytes),
      event: { pan: meterNumber(meter.number).pan, digits: sections.map(({ digits }) => digits) },
    };
  }

  #sections(meter: VaultMeter & { readonly tct: number }, from: VaultKey, target: VaultTarget) {
    const { vault } = this.#options;
    const { to, ti } = target;
    const subclasses = [3, 4, 8, 9];
    return vault.keyChange(meter, from, target).map((token, index) => {
      const made = { token, tokenClass: 2, subclass: subclasses[index] ?? 0 };
      const advice = [
        put.i32(1, Number(to.sgc)),
        put.i16(2, to.krn),
        put.i16(3, ti),
        put.i16(4, to.ken),
        put.string(10, ''),
        put.string(11, ''),
        put.bool(20, to.baseDate !== from.baseDate),
        put.string(21, vault.checkValue(to)),
      ];
      const extra = index === 0 ? [put.struct(15, advice)] : [];
      return { digits: token.digits, bytes: this.#token(meter, from, made, { tid: 0, amount: 0 }, extra) };
    });
  }

  #token(
    meter: VaultMeter & { readonly tct: number },
    key: VaultKey,
    made: Made,
    { tid, amount }: Credit,
    extra: readonly Buffer[] = [],
  ): Buffer {
    const { drn, pan } = meterNumber(meter.number);
    return struct([
      put.string(1, drn),
      put.string(2, pan),
      put.i16(3, meter.ea),
      put.i16(4, meter.tct),
      put.i32(5, Number(key.sgc)),
      put.i16(6, key.krn),
      put.i16(7, meter.ti),
      put.i16(10, made.tokenClass),
      put.i16(11, made.subclass),
      put.i32(12, tid),
      put.double(13, amount),
      put.bool(14, false),
      ...extra,
      put.string(20, made.tokenClass === 0 ? 'Credit' : 'Meter specific'),
      put.string(21, 'units'),
      put.string(22, (amount / 10).toFixed(1)),
      put.string(23, 'kWh'),
      put.string(30, made.token.digits),
      put.string(31, hexOf(made.token)),
      put.string(40, this.#options.moduleId),
      put.string(41, this.#options.vault.checkValue(key)),
    ]);
  }

  #verify(args: Args): Buffer {
    if (this.#tampered) throw new Refusal('ESm.57');
    const { vault } = this.#options;
    const meter = meterIn(args);
    const key = vault.keyFor(meter.sgc, meter.krn);
    const decoded = vault.decode(meter, key, textIn(args, 4));
    if (typeof decoded === 'string') return put.struct(0, [put.string(1, decoded)]);
    const { fields, tokenClass, subClass: subclass, token, clearBlock } = decoded;
    const tid = 'tid' in fields ? fields.tid : 0;
    const amount = AMOUNTS[fields.kind]?.(fields) ?? 0;
    const made = { token: { digits: textIn(args, 4), token, clearBlock }, tokenClass, subclass };
    const bytes = this.#token(meter, key, made, { tid, amount });
    return put.struct(0, [put.string(1, 'EVerify.Ok'), put.struct(2, [bytes.subarray(0, -1)])]);
  }
}

/** The transfer amount that a token carries, by its kind. */
const AMOUNTS: Readonly<Record<string, (fields: object) => number>> = {
  credit: (fields) => ('units' in fields ? Number(fields.units) : 0),
  'power-limit': (fields) => ('watts' in fields ? Number(fields.watts) : 0),
  'clear-credit': (fields) => ('register' in fields ? Number(fields.register) : 0),
};
