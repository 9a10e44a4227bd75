import type { Profile } from '../../contract/index.ts';
import type { BaseDate, KeyType, ManagementFields, TokenError, TokenFields } from '../../sts/index.ts';
import type { MessageId, Resource, Result, UnitsTenths, UnixMs } from '../../units/index.ts';
import type { ModuleFault } from './faults.ts';

/**
 * `primitive`: the host chooses the token time and keeps the last one per meter. `managed`: the module chooses
 * it, may put key-change tokens in front, and reports both back.
 */
export type ModuleLevel = 'primitive' | 'managed';

/** What a driver can really do. A call behind a `false` answers `module-not-supported`. */
export type ModuleCapabilities = {
  /** Can be asked for the result of an earlier message. */
  readonly fetchByMessageId: boolean;
  /** Keeps a clock apart from the computer's. */
  readonly ownClock: boolean;
  /** Counts what was issued over its whole life and stops at a limit. */
  readonly counters: boolean;
  readonly keyChange: boolean;
  readonly management: boolean;
  /** Takes keys from a key-load file through this program. */
  readonly loadKeys: boolean;
  readonly selfTest: boolean;
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

/** A key with the limits that the module itself puts on it; null where it has none. */
export type ModuleKey = VendingKeyAttributes & {
  /** Units that may be issued in all (ULM), in tenths. */
  readonly unitLimitTenths: number | null;
  /** Currency that may be issued in all (CLM), in hundred-thousandths of the base currency unit. */
  readonly currencyLimit: number | null;
  /** The key's refresh period ends: a new load file is due, or null. */
  readonly refreshByUnixMs: UnixMs | null;
};

export type ModuleClock = { readonly unixMs: UnixMs; readonly source: 'module' | 'computer' };

/** What one key has issued, and what its limits leave of it. */
export type KeyCounter = {
  readonly register: number;
  readonly tokens: number;
  readonly unitsTenths: number;
  /** Tenths left under the unit limit, or null without one. */
  readonly unitsLeftTenths: number | null;
  /** Hundred-thousandths of the currency left under its limit, or null without one. */
  readonly currencyLeft: number | null;
};

export type ModuleCounters = {
  /** A certified module counts for life; the software module begins again each time it is opened. */
  readonly since: 'made' | 'opened';
  /** Transactions that the licence still allows, or null without a licence. */
  readonly transactionsLeft: number | null;
  readonly keys: readonly KeyCounter[];
};

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
  readonly keyType: KeyType;
  /** Tariff index, 0 to 99. */
  readonly ti: number;
  readonly baseDate: BaseDate;
  readonly ken: number;
};

/** A minute as tokens carry it: whole minutes since the base date, on the supply group's fixed clock. */
export type TokenTime = { readonly baseDate: BaseDate; readonly tid: number };

/** What every request for a token says beside its content. */
type TokenRequest = {
  /** Made and stored by the host before it asks; the same one when it asks again. */
  readonly messageId: MessageId;
  /**
   * The module that it is meant for, by its own id. A driver behind whose line another module can be put answers
   * `module-missing` for that one (STS6). The others do not look: a key file is settled when it is opened, a token
   * server by its certificate, and which module makes a token behind a server the token itself says.
   */
  readonly askedOf?: string;
};

export type CreditRequest = TokenRequest & {
  readonly meter: MeterKeys;
  readonly resource: Resource;
  /** Above 0; the token may carry a little more, see IssuedToken. */
  readonly unitsTenths: UnitsTenths;
  /** Assigned by the host. When a sale in doubt is asked for again, the same time as before. */
  readonly tokenTime: TokenTime;
};

/** A class 2 token's content without its token time and random part: clear credit, power limit and so on. */
export type ManagementAction = ManagementFields extends infer Fields
  ? Fields extends ManagementFields
    ? Omit<Fields, 'tid' | 'rnd'>
    : never
  : never;

export type ManagementRequest = TokenRequest & {
  readonly meter: MeterKeys;
  readonly action: ManagementAction;
  /** Assigned by the host, as for credit. */
  readonly tokenTime: TokenTime;
};

export type KeyChangeRequest = TokenRequest & {
  /** What the meter holds now. */
  readonly meter: MeterKeys;
  /** What it is to hold; its expiry is the new vending key's. */
  readonly to: {
    readonly sgc: string;
    readonly krn: number;
    readonly keyType: KeyType;
    readonly ti: number;
    readonly baseDate: BaseDate;
  };
  /** EA07 only: a third token tells the meter its supply group. EA11 sets always do. */
  readonly withSupplyGroup: boolean;
};

/** What a set of key-change tokens makes of a meter's key. */
export type MeterKeyChange = {
  readonly sgc: string;
  readonly krn: number;
  readonly ti: number;
  readonly ken: number;
  /** Of the vending key that the new key is made from; null where that is none of the keys that the module lists. */
  readonly keyType: KeyType | null;
  /** The base date changes: the meter forgets its token times. */
  readonly rollOver: boolean;
};

/** One token as it came back. */
export type IssuedToken = {
  readonly kind: 'credit' | 'management' | 'key-change';
  /** Twenty digits. */
  readonly digits: string;
  readonly tokenClass: number;
  readonly subclass: number;
  /** Null for key-change tokens, which carry none. */
  readonly tokenTime: TokenTime | null;
  /** What the token carries, after the rounding of its coding; null for a token that carries no units. */
  readonly unitsTenths: UnitsTenths | null;
  /** Check value of the vending key that made it. */
  readonly kcv: string;
  /** On the first token of a key-change set, null on every other. */
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
      /** What a management token does; null for every other. */
      readonly action: ManagementAction | null;
      /** The type of key that the first section of a key change leads to; null where the module does not tell it. */
      readonly keyType: KeyType | null;
      readonly kcv: string;
    }
  | { readonly good: false; readonly reason: TokenError['code'] };

/** Two people stand behind a change of keys; the second signed in for it at that moment. */
export type DualApproval = {
  readonly firstOperatorId: string;
  readonly secondOperatorId: string;
  readonly secondSignedUnixMs: UnixMs;
};

/** What a module gives out so that keys can be made for it alone. Nothing in it is secret. */
export type KeyRequestFile = { readonly moduleId: string; readonly fileName: string; readonly text: string };

/** What a key-load file says before anything is loaded. */
export type KeyLoadPreview = {
  /** The module that the file was made for. */
  readonly moduleId: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  readonly keys: readonly Omit<ModuleKey, 'register'>[];
};

/** One key after loading: as the file announced it and as the module reads it back. */
export type LoadedKey = { readonly announcedKcv: string; readonly key: ModuleKey };

export type SelfTestFinding = { readonly check: string; readonly passed: boolean };

/** A line to a module, which the computer may not keep open while it sleeps. */
export type Sleeper = {
  /** Lets go of it. What is asked meanwhile is answered by a fault. */
  suspend(): Promise<void>;
  resume(): void;
};

/** What a driver answers to every call: the value, or a fault whose `outcome` says whether a token may exist. */
export type Answer<Value> = Promise<Result<Value, ModuleFault>>;

/**
 * A secure module, whatever it is made of. Calls run one at a time. Nothing that comes out holds a key; every
 * refusal is a ModuleFault whose `outcome` says whether a token may exist.
 */
export type SecureModule = {
  readonly level: ModuleLevel;
  readonly capabilities: ModuleCapabilities;
  identify(): Answer<ModuleIdentity>;
  listKeys(): Answer<readonly ModuleKey[]>;
  clock(): Answer<ModuleClock>;
  counters(): Answer<ModuleCounters>;
  issueCredit(request: CreditRequest): Answer<IssuedTokens>;
  issueManagement(request: ManagementRequest): Answer<IssuedTokens>;
  /** All tokens of the set, in the order in which they are keyed in. */
  issueKeyChange(request: KeyChangeRequest): Answer<IssuedTokens>;
  /** `digits` may hold spaces and dashes. */
  verify(digits: string, meter: MeterKeys): Answer<TokenVerdict>;
  /**
   * The result of an earlier message, or null when the module does not know it; `module-at-work` while it may still
   * be making it. Managed modules only.
   */
  fetch(messageId: MessageId): Answer<IssuedTokens | null>;
  /** The file from which keys for this module are made. */
  exportKeyRequest(): Answer<KeyRequestFile>;
  /** Reads a key-load file and changes nothing; refuses another module's (`module-other-id`). */
  inspectKeyLoad(file: Uint8Array): Answer<KeyLoadPreview>;
  /** Loads every key of the file and reads each back; `module-approval` unless two people stand behind it. */
  loadKeys(file: Uint8Array, approval: DualApproval): Answer<readonly LoadedKey[]>;
  selfTest(): Answer<readonly SelfTestFinding[]>;
  /** Forgets every key; later calls answer `module-locked`. */
  close(): Promise<void>;
};
