import { randomInt } from 'node:crypto';
import { encodeKeyChange, encodeToken, type EncodedToken } from '../../../sts/index.ts';
import { err, ok, unixMs, type Result, type UnixMs } from '../../../units/index.ts';
import { checkApproval } from '../approval.ts';
import { moduleFault, type ModuleFault } from '../faults.ts';
import {
  openKeyLoad,
  parseKeyLoad,
  previewOf,
  renderKeyRequest,
  type KeyLoad,
  type OpenedKey,
} from '../key-load/key-load-file.ts';
import { publicKeyOf } from '../key-load/transport-key.ts';
import type {
  CreditRequest,
  DualApproval,
  IssuedToken,
  IssuedTokens,
  KeyChangeRequest,
  LoadedKey,
  ManagementRequest,
  MeterKeys,
  ModuleIdentity,
  ModuleKey,
  SecureModule,
  VendingKeyAttributes,
} from '../port.ts';
import type { KeyFileProfile } from './key-file-format.ts';
import { checkKey, checkNewKey, fault, findKey, judge, withDecoderKey, withMeterKey } from './meter-work.ts';
import { nodeStsCrypto } from './node-sts-crypto.ts';
import type { Secret } from './secret.ts';
import { checkVendingKey, keyCheckValue, type VendingKey } from './vending-key.ts';

export type SoftwareModuleDeps = {
  readonly nowUnixMs: () => UnixMs;
  /** 0 to 15, not to be guessed: `secureNibble` outside tests. */
  readonly randomNibble: () => number;
};

/** Where a module's keys live, for the one that may take further ones. */
export type KeyVault = {
  /** The module's own private key, to which load files are sealed. */
  readonly exchangeSeed: Secret;
  /** Takes keys into the file and returns every key of it. The caller's bytes stay the caller's. */
  readonly add: (keys: readonly OpenedKey[]) => Promise<Result<readonly VendingKey[], ModuleFault>>;
  readonly close: () => void;
};

/** Four bits from the system's random source. */
export function secureNibble(): number {
  return randomInt(16);
}

/** A file of keys puts no limits on them: nothing here could hold it to one. */
function withoutLimits(attributes: VendingKeyAttributes): ModuleKey {
  return { ...attributes, unitLimitTenths: null, currencyLimit: null, refreshByUnixMs: null };
}

function hasLimits({ unitLimitTenths, currencyLimit }: OpenedKey['announced']): boolean {
  return unitLimitTenths !== null || currencyLimit !== null;
}

type Counted = { tokens: number; unitsTenths: number };

class SoftwareModule implements SecureModule {
  readonly level = 'primitive';
  readonly capabilities;
  readonly #identity: ModuleIdentity;
  readonly #deps: SoftwareModuleDeps;
  readonly #counted = new Map<number, Counted>();
  readonly #vault: KeyVault | undefined;
  #keys: readonly VendingKey[] | undefined;

  constructor(
    moduleId: string,
    mark: KeyFileProfile,
    keys: readonly VendingKey[],
    deps: SoftwareModuleDeps,
    vault: KeyVault | undefined,
  ) {
    this.#identity = {
      moduleId,
      driver: 'software',
      firmware: '1',
      level: 'primitive',
      certified: false,
      mark,
    };
    this.capabilities = {
      fetchByMessageId: false,
      ownClock: false,
      counters: false,
      keyChange: true,
      management: true,
      loadKeys: vault !== undefined,
      selfTest: true,
    };
    this.#keys = keys;
    this.#deps = deps;
    this.#vault = vault;
  }

  #open(): Result<readonly VendingKey[], ModuleFault> {
    return this.#keys ? ok(this.#keys) : err(moduleFault('module-locked'));
  }

  identify(): ReturnType<SecureModule['identify']> {
    return Promise.resolve(ok(this.#identity));
  }

  listKeys(): ReturnType<SecureModule['listKeys']> {
    const keys = this.#open();
    return Promise.resolve(
      keys.ok ? ok(keys.value.map(({ attributes }) => withoutLimits(attributes))) : keys,
    );
  }

  clock(): ReturnType<SecureModule['clock']> {
    return Promise.resolve(ok({ unixMs: unixMs(this.#deps.nowUnixMs()), source: 'computer' as const }));
  }

  counters(): ReturnType<SecureModule['counters']> {
    const open = this.#open();
    if (!open.ok) return Promise.resolve(open);
    const keys = open.value.map(({ attributes: { register } }) => ({
      register,
      ...(this.#counted.get(register) ?? { tokens: 0, unitsTenths: 0 }),
      unitsLeftTenths: null,
      currencyLeft: null,
    }));
    return Promise.resolve(ok({ since: 'opened' as const, transactionsLeft: null, keys }));
  }

  issueCredit(request: CreditRequest): ReturnType<SecureModule['issueCredit']> {
    const { resource, unitsTenths: units } = request;
    if (units <= 0) return Promise.resolve(fault('module-request', { reason: 'units' }));
    return Promise.resolve(this.#issue(request, 'credit', { kind: 'credit', resource, units }));
  }

  issueManagement(request: ManagementRequest): ReturnType<SecureModule['issueManagement']> {
    return Promise.resolve(this.#issue(request, 'management', request.action));
  }

  issueKeyChange(request: KeyChangeRequest): ReturnType<SecureModule['issueKeyChange']> {
    return Promise.resolve(this.#changeKey(request));
  }

  verify(digits: string, meter: MeterKeys): ReturnType<SecureModule['verify']> {
    const keys = this.#open();
    const key = keys.ok ? findKey(keys.value, meter) : keys;
    if (!key.ok) return Promise.resolve(key);
    return Promise.resolve(withMeterKey(key.value, meter, (cipher) => judge(digits, cipher, key.value)));
  }

  fetch(): ReturnType<SecureModule['fetch']> {
    return Promise.resolve(fault('module-not-supported', { call: 'fetch' }));
  }

  exportKeyRequest(): ReturnType<SecureModule['exportKeyRequest']> {
    const vault = this.#openVault();
    if (!vault.ok) return Promise.resolve(vault);
    const publicKey = vault.value.exchangeSeed.use(publicKeyOf);
    return Promise.resolve(ok(renderKeyRequest(this.#identity.moduleId, publicKey)));
  }

  inspectKeyLoad(file: Uint8Array): ReturnType<SecureModule['inspectKeyLoad']> {
    const load = this.#parse(file);
    return Promise.resolve(load.ok ? ok(previewOf(file, load.value)) : load);
  }

  async loadKeys(file: Uint8Array, approval: DualApproval): ReturnType<SecureModule['loadKeys']> {
    const approved = checkApproval(approval, this.#deps.nowUnixMs());
    if (!approved.ok) return approved;
    const vault = this.#openVault();
    const load = vault.ok ? this.#parse(file) : vault;
    if (!vault.ok || !load.ok) return load.ok ? fault('module-locked', {}) : load;
    const opened = vault.value.exchangeSeed.use((seed) => openKeyLoad(load.value, seed));
    if (!opened.ok) return opened;
    try {
      const added = await this.#add(vault.value, opened.value);
      if (!added.ok) return added;
      return ok(opened.value.map(({ announced }) => this.#readBack(announced)));
    } finally {
      for (const { key } of opened.value) key.fill(0);
    }
  }

  selfTest(): ReturnType<SecureModule['selfTest']> {
    const open = this.#open();
    if (!open.ok) return Promise.resolve(open);
    const right = ({ attributes, secret }: VendingKey): boolean =>
      secret.use((bytes) => keyCheckValue(nodeStsCrypto, attributes.dkga, bytes)) === attributes.kcv;
    return Promise.resolve(ok([{ check: 'key-check-values', passed: open.value.every(right) }]));
  }

  close(): Promise<void> {
    for (const { secret } of this.#keys ?? []) secret.wipe();
    this.#keys = undefined;
    this.#vault?.close();
    return Promise.resolve();
  }

  #openVault(): Result<KeyVault, ModuleFault> {
    const open = this.#open();
    if (!open.ok) return open;
    return this.#vault ? ok(this.#vault) : fault('module-not-supported', { call: 'load-keys' });
  }

  #parse(file: Uint8Array): Result<KeyLoad, ModuleFault> {
    const vault = this.#openVault();
    return vault.ok ? parseKeyLoad(file, this.#identity.moduleId) : vault;
  }

  async #add(vault: KeyVault, opened: readonly OpenedKey[]): Promise<Result<null, ModuleFault>> {
    for (const { announced, key } of opened) {
      if (hasLimits(announced)) return fault('module-not-supported', { call: 'limits' });
      const checked = checkVendingKey(announced.dkga, key);
      if (!checked.ok) return checked;
      if (keyCheckValue(nodeStsCrypto, announced.dkga, key) !== announced.kcv)
        return err(moduleFault('module-load-kcv'));
    }
    const keys = await vault.add(opened);
    if (!keys.ok) return keys;
    for (const { secret } of this.#keys ?? []) secret.wipe();
    this.#keys = keys.value;
    return ok(null);
  }

  #readBack(announced: OpenedKey['announced']): LoadedKey {
    const key = this.#keys?.find(
      ({ attributes: has }) =>
        has.sgc === announced.sgc &&
        has.krn === announced.krn &&
        has.keyType === announced.keyType &&
        has.baseDate === announced.baseDate,
    );
    if (!key) throw new Error('a key that was just loaded is there');
    return { announcedKcv: announced.kcv, key: withoutLimits(key.attributes) };
  }

  /** Encodes one token and reads it back, so that the answer says what the token says. */
  #issue(
    request: CreditRequest | ManagementRequest,
    kind: 'credit' | 'management',
    fields: TokenContent,
  ): Result<IssuedTokens, ModuleFault> {
    const { meter, tokenTime } = request;
    const keys = this.#open();
    if (!keys.ok) return keys;
    const key = findKey(keys.value, meter);
    if (!key.ok) return key;
    const allowed = checkKey(key.value, tokenTime, this.#deps.nowUnixMs());
    if (!allowed.ok) return allowed;
    const rnd = this.#deps.randomNibble();
    const made = withMeterKey(key.value, meter, (cipher) => {
      const encoded = encodeToken(cipher, { ...fields, tid: tokenTime.tid, rnd });
      if (!encoded.ok) return fault('module-request', { reason: encoded.error.code });
      const verdict = judge(encoded.value.digits, cipher, key.value);
      return verdict.good ? ok({ encoded: encoded.value, verdict }) : badToken(verdict.reason);
    });
    if (!made.ok) return made;
    if (!made.value.ok) return made.value;
    const { encoded, verdict } = made.value.value;
    this.#count(key.value.attributes.register, 1, verdict.unitsTenths ?? 0);
    const { tokenClass, subclass, unitsTenths, tokenTime: carried, kcv } = verdict;
    const token = { tokenClass, subclass, unitsTenths, tokenTime: carried, kcv, keyChange: null };
    return ok(this.#answer(request.messageId, [{ kind, digits: encoded.digits, ...token }]));
  }

  #changeKey(request: KeyChangeRequest): Result<IssuedTokens, ModuleFault> {
    const { meter, to } = request;
    const keys = this.#open();
    if (!keys.ok) return keys;
    const from = findKey(keys.value, meter);
    if (!from.ok) return from;
    const next: MeterKeys = { ...meter, ...to };
    const key = findKey(keys.value, next);
    if (!key.ok) return key;
    const inForce = checkNewKey(key.value, this.#deps.nowUnixMs());
    if (!inForce.ok) return inForce;
    const tokens = encodeChange(from.value, key.value, request);
    if (!tokens.ok) return tokens;
    const { register, kcv, ken } = key.value.attributes;
    this.#count(register, tokens.value.length, 0);
    const change = {
      sgc: to.sgc,
      krn: to.krn,
      ti: to.ti,
      ken,
      keyType: key.value.attributes.keyType,
      rollOver: meter.baseDate !== to.baseDate,
    };
    const listed = tokens.value.map(({ digits, clearBlock }, index): IssuedToken => ({
      kind: 'key-change',
      digits,
      tokenClass: 2,
      subclass: clearBlock.hi >>> 28,
      tokenTime: null,
      unitsTenths: null,
      kcv,
      keyChange: index === 0 ? change : null,
    }));
    return ok(this.#answer(request.messageId, listed));
  }

  #count(register: number, tokens: number, unitsTenths: number): void {
    const before = this.#counted.get(register) ?? { tokens: 0, unitsTenths: 0 };
    this.#counted.set(register, {
      tokens: before.tokens + tokens,
      unitsTenths: before.unitsTenths + unitsTenths,
    });
  }

  #answer(messageId: IssuedTokens['messageId'], tokens: readonly IssuedToken[]): IssuedTokens {
    const { moduleId, mark } = this.#identity;
    return { messageId, moduleId, mark, tokens };
  }
}

type TokenContent =
  | {
      readonly kind: 'credit';
      readonly resource: CreditRequest['resource'];
      readonly units: CreditRequest['unitsTenths'];
    }
  | ManagementRequest['action'];

function badToken(reason: string): Result<never, ModuleFault> {
  return fault('module-request', { reason });
}

function encodeChange(
  from: VendingKey,
  to: VendingKey,
  request: KeyChangeRequest,
): Result<readonly EncodedToken[], ModuleFault> {
  const { meter, withSupplyGroup } = request;
  const next: MeterKeys = { ...meter, ...request.to };
  const made = withMeterKey(from, meter, (cipher) =>
    withDecoderKey(to, next, (key) =>
      encodeKeyChange(
        cipher,
        {
          key,
          sgc: next.sgc,
          keyType: request.to.keyType,
          tariffIndex: next.ti,
          keyRevision: next.krn,
          keyExpiry: to.attributes.ken,
        },
        {
          fromKeyType: from.attributes.keyType,
          rollOver: meter.baseDate !== next.baseDate,
          withSupplyGroup: withSupplyGroup || meter.ea === 11,
        },
      ),
    ),
  );
  if (!made.ok) return made;
  if (!made.value.ok) return made.value;
  const tokens = made.value.value;
  if (tokens.ok) return tokens;
  return tokens.error.code === 'key-type-move'
    ? err(moduleFault('module-key-change'))
    : fault('module-request', { reason: tokens.error.code });
}

/**
 * A secure module of the primitive level out of keys that are already in memory. It owns them from now on and
 * wipes them when it is closed. Without a vault it takes no further keys.
 */
export function softwareModule(
  moduleId: string,
  mark: KeyFileProfile,
  keys: readonly VendingKey[],
  deps: SoftwareModuleDeps,
  vault?: KeyVault,
): SecureModule {
  return new SoftwareModule(moduleId, mark, keys, deps, vault);
}
