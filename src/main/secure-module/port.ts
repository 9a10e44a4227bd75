import type { Profile } from '../../contract/index.ts';
import type { BaseDate, KeyType, TokenError, TokenFields } from '../../sts/index.ts';
import type { MessageId, Resource, Result, UnitsTenths, UnixMs } from '../../units/index.ts';
import type { ModuleFault } from './faults.ts';

/**
 * `primitive`: the host chooses the token time and keeps the last one per meter. `managed`: the module chooses
 * it, may put key-change tokens in front, and reports both back.
 */
export type ModuleLevel = 'primitive' | 'managed';

export type ModuleCapabilities = {
  /** Can be asked for the result of an earlier message. */
  readonly fetchByMessageId: boolean;
  /** Keeps a clock apart from the computer's. */
  readonly ownClock: boolean;
  /** Counts what was issued and stops at a limit. */
  readonly counters: boolean;
  readonly keyChange: boolean;
  readonly management: boolean;
};

export type ModuleIdentity = {
  readonly moduleId: string;
  readonly driver: string;
  readonly firmware: string;
  readonly level: ModuleLevel;
  /** True for a module that the STS Association has certified; only such a one serves production. */
  readonly certified: boolean;
  /** What every receipt and report of this module's tokens has to say, or null. */
  readonly mark: Exclude<Profile, 'production'> | null;
};

/** One vending key, by everything about it that is no secret. */
export type VendingKeyAttributes = {
  /** The module's own number for it. */
  readonly register: number;
  /** Supply group code, six digits. */
  readonly sgc: string;
  /** Key revision number, 1 to 9. */
  readonly krn: number;
  /** The type of the decoder keys that it makes: 1 default, 2 unique, 3 common. */
  readonly keyType: KeyType;
  readonly baseDate: BaseDate;
  /** Key expiry number, 0 to 255; 255 never expires. */
  readonly ken: number;
  /** The derivation that it serves, which fixes its size: 2 or 4. */
  readonly dkga: 2 | 4;
  /** Not to be used before, or null. */
  readonly activeFromUnixMs: UnixMs | null;
  /** Not to be used after, or null. */
  readonly issuedUntilUnixMs: UnixMs | null;
  /** Key check value: six hexadecimal digits of a one-way function of the key. */
  readonly kcv: string;
};

export type ModuleClock = { readonly unixMs: UnixMs; readonly source: 'module' | 'computer' };

/** What a module has to know about a meter: its number and the attributes of its decoder key. */
export type MeterKeys = {
  /** 18 digits. */
  readonly pan: string;
  /** Encryption algorithm: 7 or 11. */
  readonly ea: number;
  /** Decoder key generation algorithm: 2 or 4. */
  readonly dkga: number;
  readonly sgc: string;
  readonly krn: number;
  readonly keyType: number;
  /** Tariff index, 0 to 99. */
  readonly ti: number;
  readonly baseDate: BaseDate;
  readonly ken: number;
};

/** A minute as tokens carry it: whole minutes since the base date, on the supply group's fixed clock. */
export type TokenTime = { readonly baseDate: BaseDate; readonly tid: number };

export type CreditRequest = {
  /** Made and stored by the host before it asks; the same one when it asks again. */
  readonly messageId: MessageId;
  readonly meter: MeterKeys;
  readonly resource: Resource;
  /** Above 0; the token may carry a little more, see IssuedToken. */
  readonly unitsTenths: UnitsTenths;
  /** Assigned by the host. When a sale in doubt is asked for again, the same time as before. */
  readonly tokenTime: TokenTime;
};

/** What a module changed of a meter's key, when it added key-change tokens of its own accord. */
export type MeterKeyChange = {
  readonly sgc: string;
  readonly krn: number;
  readonly ti: number;
  readonly ken: number;
};

/** One token as it came back. */
export type IssuedToken = {
  readonly kind: 'credit' | 'key-change';
  /** Twenty digits. */
  readonly digits: string;
  readonly tokenClass: number;
  readonly subclass: number;
  /** Null for key-change tokens, which carry none. */
  readonly tokenTime: TokenTime | null;
  /** What the token carries, after the rounding of its coding; null for key-change tokens. */
  readonly unitsTenths: UnitsTenths | null;
  /** Check value of the vending key that made it. */
  readonly kcv: string;
  readonly keyChange: MeterKeyChange | null;
};

export type IssuedTokens = {
  readonly messageId: MessageId;
  readonly moduleId: string;
  readonly mark: ModuleIdentity['mark'];
  /** In the order in which they are keyed in: key changes first, credit last. At least one. */
  readonly tokens: readonly IssuedToken[];
};

/** What a module says about a token. A token that is not good for this meter is an answer, not a fault. */
export type TokenVerdict =
  | {
      readonly good: true;
      readonly kind: TokenFields['kind'];
      readonly tokenClass: number;
      readonly subclass: number;
      /** Null for a token that carries none. */
      readonly tokenTime: TokenTime | null;
      /** Null for a token that carries no units. */
      readonly unitsTenths: UnitsTenths | null;
      readonly resource: Resource | null;
      readonly kcv: string;
    }
  | { readonly good: false; readonly reason: TokenError['code'] };

/**
 * A secure module, whatever it is made of. Calls run one at a time. Nothing that comes out holds a key; every
 * refusal is a ModuleFault whose `outcome` says whether a token may exist.
 */
export type SecureModule = {
  readonly level: ModuleLevel;
  readonly capabilities: ModuleCapabilities;
  identify(): Promise<Result<ModuleIdentity, ModuleFault>>;
  listKeys(): Promise<Result<readonly VendingKeyAttributes[], ModuleFault>>;
  clock(): Promise<Result<ModuleClock, ModuleFault>>;
  issueCredit(request: CreditRequest): Promise<Result<IssuedTokens, ModuleFault>>;
  /** `digits` may hold spaces and dashes. */
  verify(digits: string, meter: MeterKeys): Promise<Result<TokenVerdict, ModuleFault>>;
  /** Forgets every key; later calls answer `module-locked`. */
  close(): Promise<void>;
};
