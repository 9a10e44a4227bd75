import type { Profile } from '../../../contract/index.ts';
import {
  encodeAmount,
  keyChangeTokenCount,
  KEY_TYPE,
  decodeAmount,
  parseToken,
  tokenToHex,
} from '../../../sts/index.ts';
import {
  civilAtOffset,
  civilToText,
  err,
  ok,
  unitsTenths,
  unixMs,
  type Resource,
  type Result,
  type UnixMs,
} from '../../../units/index.ts';
import { checkApproval } from '../approval.ts';
import { moduleFault, type ModuleFault } from '../faults.ts';
import { parseKeyLoad, previewOf, renderKeyRequest } from '../key-load/key-load-file.ts';
import { managementField } from '../management.ts';
import type {
  CreditRequest,
  DualApproval,
  IssuedToken,
  IssuedTokens,
  KeyChangeRequest,
  KeyCounter,
  LoadedKey,
  ManagementRequest,
  MeterKeys,
  ModuleIdentity,
  ModuleKey,
  SecureModule,
} from '../port.ts';
import {
  STATUS_FAULTS,
  type CommandName,
  type Reply,
  type RequestOf,
  type ResponseOf,
} from './codec/index.ts';
import { counterOf, loadRecord, moduleKeyOf } from './key-record.ts';
import type { Sts6Line } from './line.ts';
import { verdictOf } from './verdict.ts';

export type Sts6Deps = {
  readonly profile: Profile;
  readonly nowUnixMs: () => UnixMs;
};

/** Token carrier: a common key is for magnetic cards only, everything else is keyed in. */
const TOKEN_CARRIER = { card: 1, keypad: 2 } as const;
const SUBCLASS: Readonly<Record<Resource, number>> = { electricity: 0, water: 1, gas: 2, time: 3 };
/** What a simulated module's firmware begins with; it serves no production. */
const SIMULATED = 'SIM';
const TOKEN_HEX_DIGITS = 17;
const TOKEN_DIGITS = 20;
/** More key registers than any module has: a larger number is a wrong answer. */
const MOST_REGISTERS = 1000;

/** What a module that says nothing of use comes to. */
const SILENT: readonly ModuleFault['code'][] = [
  'module-timeout',
  'module-disconnected',
  'module-unknown-reply',
];

/** Two clocks do not drift apart within this: asked twice, a module is asked once. */
const CLOCK_STANDS_MS = 1_000;
/** Farther apart than this a clock is asked again whenever it is looked at. */
const CLOCK_NEAR_MS = 60_000;
const QUESTIONS: readonly CommandName[] = ['DI', 'GA', 'VT', 'KR'];
const QUESTION_TRIES = 5;

function hex(value: number, bytes: number): string {
  return value
    .toString(16)
    .toUpperCase()
    .padStart(bytes * 2, '0');
}

/** What a module says of its registers, which holds while the line leads to that module. */
type Registers = {
  readonly opening: number;
  readonly moduleId: string;
  readonly transactionsLeft: number | null;
  readonly keys: readonly ModuleKey[];
  readonly counters: readonly KeyCounter[];
};

/** A vending key's register, and when that was read. */
type FoundKey = Pick<Registers, 'opening' | 'moduleId'> & { readonly key: ModuleKey };

type MeterFields = Pick<RequestOf<'VC'>, 'pan' | 'ti' | 'ea' | 'tct'>;

function meterFields({ pan, ti, ea, keyType }: MeterKeys): MeterFields {
  const tct = keyType === KEY_TYPE.common ? TOKEN_CARRIER.card : TOKEN_CARRIER.keypad;
  return { pan, ti, ea, tct };
}

/** A token as it came: both forms must say the same. */
function tokenOf(digits: string, hexText: string): string | undefined {
  const token = parseToken(digits);
  return token.ok && digits.length === TOKEN_DIGITS && tokenToHex(token.value) === hexText
    ? digits
    : undefined;
}

function pieces(text: string, length: number): readonly string[] {
  return text.match(new RegExp(`.{1,${length}}`, 'gu')) ?? [];
}

function isOfGroup(key: ModuleKey, { sgc, krn, keyType, dkga }: MeterKeys): boolean {
  return key.sgc === sgc && key.krn === krn && key.keyType === keyType && key.dkga === dkga;
}

function keyIn(keys: readonly ModuleKey[], meter: MeterKeys): ModuleKey | undefined {
  return keys.find((key) => isOfGroup(key, meter) && key.baseDate === meter.baseDate);
}

class Sts6Module implements SecureModule {
  readonly level = 'primitive';
  readonly capabilities = {
    fetchByMessageId: false,
    ownClock: true,
    counters: true,
    keyChange: true,
    management: true,
    loadKeys: true,
    selfTest: false,
  };
  readonly #line: Sts6Line;
  readonly #deps: Sts6Deps;
  #registers: Registers | undefined;
  #moduleId = '';
  /** The module's clock less the computer's, when both were last looked at. */
  #skewMs = 0;
  #inquiredAtMs = Number.NEGATIVE_INFINITY;

  constructor(line: Sts6Line, deps: Sts6Deps) {
    this.#line = line;
    this.#deps = deps;
  }

  async identify(): ReturnType<SecureModule['identify']> {
    const said = await this.#inquire();
    return said.ok ? this.#identityOf(said.value) : said;
  }

  async listKeys(): ReturnType<SecureModule['listKeys']> {
    // What is made with a key is made only after a look at its register; until the next look the list may be behind.
    if (this.#registers?.moduleId === this.#moduleId) return ok(this.#registers.keys);
    const registers = await this.#readRegisters();
    return registers.ok ? ok(registers.value.keys) : registers;
  }

  async clock(): ReturnType<SecureModule['clock']> {
    const isOld = performance.now() - this.#inquiredAtMs > CLOCK_STANDS_MS;
    // A clock that seemed off is asked again: what was off may have been that one answer.
    if (isOld || Math.abs(this.#skewMs) > CLOCK_NEAR_MS) {
      const said = await this.#inquire();
      if (!said.ok) return said;
    }
    return ok({ unixMs: unixMs(this.#deps.nowUnixMs() + this.#skewMs), source: 'module' as const });
  }

  async counters(): ReturnType<SecureModule['counters']> {
    const registers = await this.#readRegisters();
    if (!registers.ok) return registers;
    const { transactionsLeft, counters } = registers.value;
    return ok({ since: 'made' as const, transactionsLeft, keys: counters });
  }

  async issueCredit(request: CreditRequest): ReturnType<SecureModule['issueCredit']> {
    const field = encodeAmount(request.unitsTenths);
    if (!field.ok || request.unitsTenths <= 0) return this.#badRequest('units');
    const carried = unitsTenths(decodeAmount(field.value));
    const subclass = SUBCLASS[request.resource];
    return this.#issue('VC', request, { subclass, value: hex(field.value, 2) }, (digits, kcv) => ({
      kind: 'credit',
      digits,
      tokenClass: 0,
      subclass,
      tokenTime: request.tokenTime,
      unitsTenths: carried,
      kcv,
      keyChange: null,
    }));
  }

  async issueManagement(request: ManagementRequest): ReturnType<SecureModule['issueManagement']> {
    const field = managementField(request.action);
    if (!field.ok) return this.#badRequest(field.error.code);
    const { subclass, value } = field.value;
    return this.#issue('VM', request, { subclass, value: hex(value, 2) }, (digits, kcv) => ({
      kind: 'management',
      digits,
      tokenClass: 2,
      subclass,
      tokenTime: request.tokenTime,
      unitsTenths: null,
      kcv,
      keyChange: null,
    }));
  }

  async issueKeyChange(request: KeyChangeRequest): ReturnType<SecureModule['issueKeyChange']> {
    const { meter, to, withSupplyGroup } = request;
    if (meter.ea !== 7 && meter.ea !== 11) return this.#badRequest('ea-unknown');
    const count = keyChangeTokenCount(meter.ea, withSupplyGroup);
    const rollOver = meter.baseDate !== to.baseDate;
    return this.#byKey(meter, async (from) => {
      const next = await this.#keyFor({ ...meter, ...to });
      if (!next.ok) return next;
      if (this.#isAnother(request, from)) return this.#missing();
      const fields = {
        registerOld: from.key.register,
        registerNew: next.value.key.register,
        ...meterFields(meter),
        tiNew: to.ti,
        count,
      };
      const made = await this.#command('VK', next.value.key, fields, from.opening);
      if (!made.ok) return made;
      return this.#keyChangeSet(request, next.value, made.value, { count, rollOver });
    });
  }

  async verify(digits: string, meter: MeterKeys): ReturnType<SecureModule['verify']> {
    const token = parseToken(digits);
    if (!token.ok) return ok({ good: false, reason: token.error.code });
    return this.#byKey(meter, async ({ key, opening }) => {
      const { register, kcv } = key;
      const fields = { register, ...meterFields(meter), hex: tokenToHex(token.value) };
      const said = await this.#command('VT', key, fields, opening);
      return said.ok ? verdictOf(said.value, meter, kcv) : said;
    });
  }

  fetch(): ReturnType<SecureModule['fetch']> {
    return Promise.resolve(err(moduleFault('module-not-supported', { call: 'fetch' })));
  }

  async exportKeyRequest(): ReturnType<SecureModule['exportKeyRequest']> {
    const said = await this.#command('KR', undefined, {});
    if (!said.ok) return said;
    return ok(renderKeyRequest(said.value.moduleId, Buffer.from(said.value.publicKey, 'hex')));
  }

  async inspectKeyLoad(file: Uint8Array): ReturnType<SecureModule['inspectKeyLoad']> {
    const said = await this.#inquire();
    if (!said.ok) return said;
    const load = parseKeyLoad(file, said.value.moduleId);
    return load.ok ? ok(previewOf(file, load.value)) : load;
  }

  async loadKeys(file: Uint8Array, approval: DualApproval): ReturnType<SecureModule['loadKeys']> {
    const approved = checkApproval(approval, this.#deps.nowUnixMs());
    const said = approved.ok ? await this.#inquire() : approved;
    if (!said.ok) return said;
    const load = parseKeyLoad(file, said.value.moduleId);
    if (!load.ok) return load;
    const { moduleId, senderKey, keys, mac } = load.value;
    const begun = await this.#command('KX', undefined, {
      moduleId,
      senderKey: senderKey.toUpperCase(),
      count: keys.length,
    });
    if (!begun.ok) return begun;
    const registers: number[] = [];
    for (const { attributes, sealed } of keys) {
      const taken = await this.#command('KL', undefined, loadRecord(attributes, sealed));
      if (!taken.ok) return taken;
      registers.push(taken.value.register);
    }
    const ended = await this.#command('KF', undefined, { mac: mac.toUpperCase() });
    this.#registers = undefined;
    if (!ended.ok) return ended;
    return this.#readBack(
      keys.map(({ attributes }) => attributes.kcv),
      registers,
    );
  }

  selfTest(): ReturnType<SecureModule['selfTest']> {
    return Promise.resolve(err(moduleFault('module-not-supported', { call: 'self-test' })));
  }

  close(): Promise<void> {
    this.#registers = undefined;
    return this.#line.close();
  }

  /**
   * Identity and clock in one question. A module that says nothing of use is missing: nothing was asked of it that
   * could leave a token.
   */
  async #inquire(): Promise<Result<ResponseOf<'DI'>, ModuleFault>> {
    const said = await this.#command('DI', undefined, {});
    if (!said.ok && SILENT.includes(said.error.code)) return this.#missing();
    if (!said.ok) return said;
    this.#moduleId = said.value.moduleId;
    this.#skewMs = said.value.clock - this.#deps.nowUnixMs();
    this.#inquiredAtMs = performance.now();
    return said;
  }

  #identityOf({ moduleId, firmware }: ResponseOf<'DI'>): Result<ModuleIdentity, ModuleFault> {
    const certified = !firmware.startsWith(SIMULATED);
    const { profile } = this.#deps;
    if (profile === 'production' && !certified)
      return err(moduleFault('profile-refused', { reason: 'simulated' }));
    const mark = profile === 'production' ? null : profile;
    return ok({ moduleId, driver: 'sts6', firmware, level: 'primitive', certified, mark });
  }

  async #knownRegisters(): Promise<Result<Registers, ModuleFault>> {
    const known = this.#registers;
    return known?.opening === this.#line.opening ? ok(known) : this.#readRegisters();
  }

  /** Asks for every key register in turn and keeps what is filled. */
  async #readRegisters(): Promise<Result<Registers, ModuleFault>> {
    const said = await this.#inquire();
    if (!said.ok) return said;
    const { moduleId, transactionsLeft } = said.value;
    if (said.value.registers > MOST_REGISTERS) return err(moduleFault('module-unknown-reply'));
    const { opening } = this.#line;
    const keys: ModuleKey[] = [];
    const counters: KeyCounter[] = [];
    for (let register = 1; register <= said.value.registers; register += 1) {
      const values = await this.#command('GA', undefined, { register }, opening);
      if (!values.ok && values.error.code === 'module-no-key') continue;
      if (!values.ok) return values;
      const key = moduleKeyOf(register, values.value);
      if (!key) return err(moduleFault('module-unknown-reply'));
      keys.push(key);
      counters.push(counterOf(register, values.value));
    }
    this.#registers = { opening, moduleId, transactionsLeft, keys, counters };
    return ok(this.#registers);
  }

  async #readBack(
    announced: readonly string[],
    registers: readonly number[],
  ): Promise<Result<readonly LoadedKey[], ModuleFault>> {
    const keys = await this.listKeys();
    if (!keys.ok) return keys;
    const loaded: LoadedKey[] = [];
    for (const [index, announcedKcv] of announced.entries()) {
      const key = keys.value.find(({ register }) => register === registers[index]);
      if (!key) return err(moduleFault('module-unknown-reply'));
      loaded.push({ announcedKcv, key });
    }
    return ok(loaded);
  }

  async #keyFor(meter: MeterKeys): Promise<Result<FoundKey, ModuleFault>> {
    const same = await this.#asBefore(meter);
    if (same) return same;
    const registers = await this.#knownRegisters();
    if (!registers.ok) return registers;
    const { keys, opening, moduleId } = registers.value;
    const key = keyIn(keys, meter);
    if (key) return ok({ key, opening, moduleId });
    const { sgc, krn, baseDate } = meter;
    return keys.some((each) => isOfGroup(each, meter))
      ? err(moduleFault('module-base-date', { sgc, krn, baseDate }))
      : err(moduleFault('module-no-key', { sgc, krn }));
  }

  /**
   * A key of an earlier opening, where the same module still has the very same in that register: one question in place
   * of one for each register. Undefined where all have to be read.
   */
  async #asBefore(meter: MeterKeys): Promise<Result<FoundKey, ModuleFault> | undefined> {
    const before = this.#registers;
    const key = before && before.opening !== this.#line.opening ? keyIn(before.keys, meter) : undefined;
    if (!key) return undefined;
    const said = await this.#inquire();
    if (!said.ok) return said;
    const { moduleId } = said.value;
    const { opening } = this.#line;
    const { register } = key;
    const now = await this.#command('GA', undefined, { register }, opening);
    if (!now.ok) return now.error.code === 'module-no-key' ? undefined : now;
    const isSame = JSON.stringify(moduleKeyOf(register, now.value)) === JSON.stringify(key);
    return isSame && moduleId === before?.moduleId ? ok({ key, opening, moduleId }) : undefined;
  }

  /**
   * What is done with a key's register. Where the line leads to another module by then, or to one that was away,
   * nothing was asked: the register is looked up again.
   */
  async #byKey<Value>(
    meter: MeterKeys,
    work: (found: FoundKey) => Promise<Result<Value, ModuleFault>>,
  ): Promise<Result<Value, ModuleFault>> {
    const found = await this.#keyFor(meter);
    if (!found.ok) return found;
    const done = await work(found.value);
    if (done.ok || done.error.code !== 'module-missing' || found.value.opening === this.#line.opening)
      return done;
    const again = await this.#keyFor(meter);
    return again.ok ? work(again.value) : again;
  }

  #isAnother({ askedOf }: Pick<CreditRequest, 'askedOf'>, { moduleId }: FoundKey): boolean {
    return askedOf !== undefined && askedOf !== moduleId;
  }

  #missing(): Result<never, ModuleFault> {
    return err(moduleFault('module-missing', { place: this.#line.place }));
  }

  #issue(
    name: 'VC' | 'VM',
    request: Pick<CreditRequest, 'messageId' | 'askedOf' | 'meter' | 'tokenTime'>,
    what: Pick<RequestOf<'VC'>, 'subclass' | 'value'>,
    tokenWith: (digits: string, kcv: string) => IssuedToken,
  ): Promise<Result<IssuedTokens, ModuleFault>> {
    const { meter, tokenTime } = request;
    return this.#byKey({ ...meter, baseDate: tokenTime.baseDate }, async (found) => {
      if (this.#isAnother(request, found)) return this.#missing();
      const { register, kcv } = found.key;
      const fields = { register, ...meterFields(meter), ...what, tid: hex(tokenTime.tid, 3) };
      const made = await this.#command(name, found.key, fields, found.opening);
      if (!made.ok) return made;
      const digits = tokenOf(made.value.digits, made.value.hex);
      if (digits === undefined) return err(moduleFault('module-unknown-reply'));
      return ok(this.#answer(request, found, [tokenWith(digits, kcv)]));
    });
  }

  #keyChangeSet(
    request: KeyChangeRequest,
    found: FoundKey,
    made: ResponseOf<'VK'>,
    wanted: { readonly count: number; readonly rollOver: boolean },
  ): Result<IssuedTokens, ModuleFault> {
    const hexes = pieces(made.hex, TOKEN_HEX_DIGITS);
    const digits = pieces(made.digits, TOKEN_DIGITS).map((each, index) => tokenOf(each, hexes[index] ?? ''));
    const whole =
      digits.length === wanted.count && made.count === wanted.count && hexes.length === wanted.count;
    if (!whole || made.rollOver !== Number(wanted.rollOver)) return err(moduleFault('module-unknown-reply'));
    const { sgc, krn, ti } = request.to;
    const { key } = found;
    const change = { sgc, krn, ti, ken: key.ken, keyType: key.keyType, rollOver: wanted.rollOver };
    const tokens: IssuedToken[] = [];
    const subclasses = [3, 4, 8, 9];
    for (const [index, each] of digits.entries()) {
      if (each === undefined) return err(moduleFault('module-unknown-reply'));
      tokens.push({
        kind: 'key-change',
        digits: each,
        tokenClass: 2,
        subclass: subclasses[index]!,
        tokenTime: null,
        unitsTenths: null,
        kcv: key.kcv,
        keyChange: index === 0 ? change : null,
      });
    }
    return ok(this.#answer(request, found, tokens));
  }

  #answer(
    { messageId }: Pick<CreditRequest, 'messageId'>,
    { moduleId }: FoundKey,
    tokens: readonly IssuedToken[],
  ): IssuedTokens {
    const { profile } = this.#deps;
    const mark = profile === 'production' ? null : profile;
    return { messageId, moduleId, mark, tokens };
  }

  #badRequest(reason: string): Result<never, ModuleFault> {
    return err(moduleFault('module-request', { reason }));
  }

  /** One command; a refusal becomes the fault of its status, with the key and the clocks that it is about. */
  async #command<Name extends CommandName>(
    name: Name,
    key: ModuleKey | undefined,
    values: RequestOf<Name>,
    opening?: number,
  ): Promise<Result<ResponseOf<Name>, ModuleFault>> {
    const reply = await this.#exchange(name, values, opening);
    if (!reply.ok) return reply;
    if (reply.value.kind === 'done') return ok(reply.value.values);
    const { status, text } = reply.value;
    const code = STATUS_FAULTS[status] ?? 'module-unknown-status';
    const params = { status, sgc: key?.sgc ?? '', krn: key?.krn ?? 0, keyType: key?.keyType ?? 0 };
    if (code === 'module-clock-window') return err(moduleFault(code, { ...params, ...this.#clocks() }));
    if (code === 'module-own-words') return err(moduleFault(code, { ...params, text: text ?? '' }));
    if (code === 'module-other-id') return err(moduleFault(code, { found: '', wanted: this.#moduleId }));
    return err(moduleFault(code, params));
  }

  /** A question that makes nothing is asked again when its answer was lost; a token never is. */
  async #exchange<Name extends CommandName>(
    name: Name,
    values: RequestOf<Name>,
    opening: number | undefined,
  ): Promise<Result<Reply<Name>, ModuleFault>> {
    let reply = await this.#line.exchange(name, values, opening);
    for (let tries = 1; tries < QUESTION_TRIES && QUESTIONS.includes(name); tries += 1) {
      if (reply.ok || !SILENT.includes(reply.error.code)) break;
      reply = await this.#line.exchange(name, values, opening);
    }
    return reply;
  }

  #clocks(): { readonly moduleTime: string; readonly computerTime: string } {
    const now = this.#deps.nowUnixMs();
    const text = (ms: number): string => `${civilToText(civilAtOffset(unixMs(ms), 0))} UTC`;
    return { moduleTime: text(now + this.#skewMs), computerTime: text(now) };
  }
}

/** A certified module of the primitive level that speaks the STS6 line protocol. Opens its line by itself. */
export function sts6Module(line: Sts6Line, deps: Sts6Deps): SecureModule {
  return new Sts6Module(line, deps);
}
