import type { Profile } from '../../../contract/index.ts';
import { parseToken, tokenToDigits } from '../../../sts/index.ts';
import { err, makeId, ok, type MessageId, type Result, type UnixMs } from '../../../units/index.ts';
import { moduleFault, type ModuleFault } from '../faults.ts';
import type {
  Answer,
  CreditRequest,
  IssuedTokens,
  KeyChangeRequest,
  ManagementRequest,
  MeterKeys,
  ModuleIdentity,
  ModuleKey,
  SecureModule,
  Sleeper,
} from '../port.ts';
import type { ApiToken, ArgsOf, ReturnOf } from './api.ts';
import { parsePin, PrismLink, type CallError } from './link.ts';
import { faultOfCall, isUnder } from './refusals.ts';
import { PrismSession, type Account } from './session.ts';
import { apiMeter, creditSubclass, issuedTokens, managementCall, verdictOf } from './tokens.ts';

export type PrismOptions = {
  readonly host: string;
  readonly port: number;
  /** SHA-256 of the server's certificate, 64 hexadecimal digits. Two people enrol it. */
  readonly certificatePin: string;
  readonly account: Account;
  readonly profile: Profile;
  /** The vending keys that this station sells with: the interface has no call that lists a server's. */
  readonly keys: readonly ModuleKey[];
  /** Whether the server may change a meter's key of its own accord in a sale. */
  readonly allowKeyChange: boolean;
  readonly callMs: number;
};

export type PrismDeps = {
  readonly nowUnixMs: () => UnixMs;
  readonly random: (bytes: number) => Uint8Array;
  /** Milliseconds that only ever count up; the process's own when left out. */
  readonly upMs?: (() => number) | undefined;
};

const SERVER_CLOCK = { tokenTime: 0n, flags: 0n } as const;
const PIN_DIGITS_OF_ID = 12;
/** The longest that a server works on a call whose answer was lost, in times that an answer is waited for. */
const AT_WORK_CALLS = 2;
/** What a simulated server's firmware begins with; it serves no production. */
const SIMULATED = 'SIM';

/** A refusal that says that no token was made, or an answer that leaves it open. */
type Called<Value> = Result<Value, CallError>;

class PrismModule implements SecureModule, Sleeper {
  readonly level = 'managed';
  readonly capabilities = {
    fetchByMessageId: true,
    ownClock: false,
    counters: false,
    keyChange: true,
    management: true,
    loadKeys: false,
    selfTest: true,
  };
  readonly #options: Omit<PrismOptions, 'account'>;
  readonly #deps: PrismDeps;
  readonly #link: PrismLink;
  readonly #session: PrismSession;
  readonly #place: string;
  /** Time that passes, whatever the computer's clock is set to: a server is at work by no clock of ours. */
  readonly #upMs: () => number;
  readonly #openedAtMs: number;
  /** When each message was sent whose answer was lost, by `#upMs`. */
  readonly #lostAtMs = new Map<MessageId, number>();
  #closed = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ account, ...options }: PrismOptions, deps: PrismDeps) {
    this.#options = options;
    this.#deps = deps;
    this.#link = new PrismLink(options);
    this.#session = new PrismSession(this.#link, account, this.#newMessageId);
    this.#place = `${options.host}:${options.port}`;
    this.#upMs = deps.upMs ?? (() => performance.now());
    this.#openedAtMs = this.#upMs();
  }

  /** Asks the server each time: its silence is how its absence is found out. */
  identify(): Answer<ModuleIdentity> {
    return this.#inTurn(async (): Answer<ModuleIdentity> => {
      const status = await this.#status();
      if (!status.ok) return err(this.#fault(status.error));
      const info = status.value[0]?.info;
      const { certificatePin, profile } = this.#options;
      const firmware = info?.get('FirmwareId') ?? '';
      return ok({
        // Neither name is promised by the interface; a server without them is known by its certificate.
        moduleId: info?.get('ModuleId') ?? `prism-${parsePin(certificatePin)?.slice(0, PIN_DIGITS_OF_ID)}`,
        firmware,
        driver: 'prism',
        level: 'managed',
        certified: !firmware.startsWith(SIMULATED),
        mark: profile === 'production' ? null : profile,
      });
    });
  }

  listKeys(): Answer<readonly ModuleKey[]> {
    return this.#inTurn(() => Promise.resolve(ok(this.#options.keys)));
  }

  issueCredit(request: CreditRequest): Answer<IssuedTokens> {
    const { messageId, meter, resource, unitsTenths } = request;
    const { allowKeyChange } = this.#options;
    return this.#inTurn(() =>
      this.#issue(messageId, meter, () =>
        this.#session.call('issueCreditToken', (accessToken) => ({
          messageId,
          accessToken,
          meter: apiMeter(meter, allowKeyChange),
          subclass: creditSubclass(resource),
          transferAmount: unitsTenths,
          ...SERVER_CLOCK,
        })),
      ),
    );
  }

  issueManagement({ messageId, meter, action }: ManagementRequest): Answer<IssuedTokens> {
    const call = managementCall(action);
    if (!call) return this.#notSupported('issueManagement');
    const { allowKeyChange } = this.#options;
    const { subclass, amount: transferAmount } = call;
    return this.#inTurn(() =>
      this.#issue(messageId, meter, () =>
        this.#session.call('issueMseToken', (accessToken) => ({
          messageId,
          accessToken,
          meter: apiMeter(meter, allowKeyChange),
          subclass,
          transferAmount,
          ...SERVER_CLOCK,
        })),
      ),
    );
  }

  issueKeyChange({ messageId, meter, to, withSupplyGroup }: KeyChangeRequest): Answer<IssuedTokens> {
    return this.#inTurn(() =>
      this.#issue(messageId, meter, () =>
        this.#session.call('issueKeyChangeTokens', (accessToken) => ({
          messageId,
          accessToken,
          meter: { ...apiMeter(meter, true), allow3Kct: withSupplyGroup },
          newConfig: { toSgc: Number(to.sgc), toKrn: to.krn, toTi: to.ti },
        })),
      ),
    );
  }

  verify(digits: string, meter: MeterKeys): ReturnType<SecureModule['verify']> {
    return this.#inTurn(async (): ReturnType<SecureModule['verify']> => {
      const tokenDec = parseToken(digits);
      if (!tokenDec.ok) return ok({ good: false, reason: tokenDec.error.code });
      const answer = await this.#session.call('verifyToken', (accessToken) => ({
        messageId: this.#newMessageId(),
        accessToken,
        meter: apiMeter(meter, false),
        tokenDec: tokenToDigits(tokenDec.value),
      }));
      return answer.ok
        ? verdictOf(answer.value, this.#deps.nowUnixMs())
        : err(this.#fault(answer.error, meter));
    });
  }

  fetch(messageId: MessageId): Answer<IssuedTokens | null> {
    return this.#inTurn(async (): Answer<IssuedTokens | null> => {
      const answer = await this.#fetch(messageId);
      if (answer.ok) return this.#tokens(messageId, answer.value);
      const { error } = answer;
      const isUnknown = error.kind === 'refused' && isUnder(error.code, 'ECacheMiss');
      if (!isUnknown) return err(this.#fault(error));
      return this.#mayBeAtWork(messageId) ? err(moduleFault('module-at-work')) : ok(null);
    });
  }

  /**
   * Whether the server may still be making what it was asked for: it keeps a result once it has one, so until then
   * it knows of none. What this program did not ask itself may have been asked just before it was started.
   */
  #mayBeAtWork(messageId: MessageId): boolean {
    const askedAtMs = this.#lostAtMs.get(messageId) ?? this.#openedAtMs;
    return this.#upMs() - askedAtMs < AT_WORK_CALLS * this.#options.callMs;
  }

  selfTest(): ReturnType<SecureModule['selfTest']> {
    return this.#inTurn(async () => {
      const echo = this.#newMessageId();
      const heard = await this.#link.call('ping', { sleepMs: 0, echo });
      if (!heard.ok) return err(this.#fault(heard.error));
      const status = await this.#status();
      if (!status.ok) return err(this.#fault(status.error));
      const alerts = status.value.flatMap((node) => node.alerts);
      return ok([
        { check: 'echo', passed: heard.value === echo },
        ...alerts.map(({ eCode }) => ({ check: eCode.slice(0, 60), passed: false })),
      ]);
    });
  }

  /** The server goes by a clock of its own, and the interface has no call that tells it. */
  clock(): ReturnType<SecureModule['clock']> {
    return Promise.resolve(ok({ unixMs: this.#deps.nowUnixMs(), source: 'computer' as const }));
  }

  counters(): ReturnType<SecureModule['counters']> {
    return this.#notSupported('counters');
  }

  exportKeyRequest(): ReturnType<SecureModule['exportKeyRequest']> {
    return this.#notSupported('exportKeyRequest');
  }

  inspectKeyLoad(): ReturnType<SecureModule['inspectKeyLoad']> {
    return this.#notSupported('inspectKeyLoad');
  }

  loadKeys(): ReturnType<SecureModule['loadKeys']> {
    return this.#notSupported('loadKeys');
  }

  suspend(): Promise<void> {
    this.#link.suspend();
    return Promise.resolve();
  }

  resume(): void {
    this.#link.resume();
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#session.close();
    return Promise.resolve();
  }

  #notSupported(call: string): Answer<never> {
    return Promise.resolve(err(moduleFault('module-not-supported', { call })));
  }

  readonly #newMessageId = (): MessageId => makeId<'message'>(this.#deps.nowUnixMs(), this.#deps.random(10));

  #fault(error: CallError, meter?: MeterKeys): ModuleFault {
    return faultOfCall(error, { place: this.#place, nowUnixMs: this.#deps.nowUnixMs(), meter });
  }

  /** One call at a time, in the order in which they were asked. */
  #inTurn<Value>(work: () => Answer<Value>): Answer<Value> {
    const mine = this.#turn.then(() => (this.#closed ? err(moduleFault('module-locked')) : work()));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  #status(): Promise<Called<ReturnOf<'getStatus'>>> {
    return this.#session.call('getStatus', (accessToken) => ({
      messageId: this.#newMessageId(),
      accessToken,
    }));
  }

  #fetch(reqMessageId: MessageId): Promise<Called<readonly ApiToken[]>> {
    return this.#session.call('fetchTokenResult', (accessToken): ArgsOf<'fetchTokenResult'> => ({
      messageId: this.#newMessageId(),
      accessToken,
      reqMessageId,
    }));
  }

  /** Whenever an answer is lost the server is asked for it, once and at once. Anything but it stays unknown. */
  async #issue(
    messageId: MessageId,
    meter: MeterKeys,
    call: () => Promise<Called<readonly ApiToken[]>>,
  ): Answer<IssuedTokens> {
    const askedAtMs = this.#upMs();
    const answer = await call();
    if (answer.ok) return this.#tokens(messageId, answer.value);
    if (answer.error.kind !== 'lost') return err(this.#fault(answer.error, meter));
    this.#lostAtMs.set(messageId, askedAtMs);
    const fetched = await this.#fetch(messageId);
    return fetched.ok ? this.#tokens(messageId, fetched.value) : err(this.#fault(answer.error, meter));
  }

  #tokens(messageId: MessageId, list: readonly ApiToken[]): Result<IssuedTokens, ModuleFault> {
    const tokens = issuedTokens(list, this.#deps.nowUnixMs(), this.#options.keys);
    if (!tokens.ok) return tokens;
    const mark = this.#options.profile === 'production' ? null : this.#options.profile;
    return ok({ messageId, moduleId: list.at(-1)?.idSm ?? '', mark, tokens: tokens.value });
  }
}

/**
 * A module behind a token server, at the managed level: the server chooses token times, may put key-change
 * tokens first, and can be asked for an earlier result. Nothing is sent before the first call.
 */
export function prismModule(options: PrismOptions, deps: PrismDeps): SecureModule & Sleeper {
  return new PrismModule(options, deps);
}
