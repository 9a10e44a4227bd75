import type { CallFault } from '../../../contract/index.ts';
import {
  civilAtOffset,
  civilToText,
  err,
  ok,
  unixMs,
  type MessageId,
  type Result,
  type UnixMs,
} from '../../../units/index.ts';
import { faultForCall, moduleFault, type ModuleFault } from '../faults.ts';
import type { Answer, ModuleClock, ModuleIdentity, ModuleKey, SecureModule } from '../port.ts';
import { CLOCK_STOPS_MS, moduleWarnings, type ModuleWarning } from './watch.ts';

/** One module of the settings: where it is, and the driver for it, or why there is none. */
export type ModuleSource = {
  readonly driver: string;
  readonly place: string;
  readonly module: Result<SecureModule, ModuleFault>;
};

export type ModuleReport = {
  readonly driver: string;
  readonly place: string;
  /** Null while the module does not answer. */
  readonly identity: ModuleIdentity | null;
  readonly fault: ModuleFault | null;
  readonly warnings: readonly ModuleWarning[];
  readonly keys: readonly ModuleKey[];
  /** The module's clock, when it was last looked at. */
  readonly clock: ModuleClock | null;
  readonly transactionsLeft: number | null;
};

export type ManagerStatus = {
  readonly status: 'ready' | 'locked' | 'missing';
  readonly name: string;
  readonly moduleId: string;
};

export type ManagerDeps = {
  readonly nowUnixMs: () => UnixMs;
  /** Hears that the status is another one now; `ready` when a module can be asked again. */
  readonly onChange: (status: ManagerStatus) => void;
};

/** How often modules are looked at: those that answer, and while none does. */
const LOOK_MS = 30_000;
const LOOK_AGAIN_MS = 3_000;
/** Messages whose module is remembered: more than any till has under way. */
const MOST_REMEMBERED = 1_000;
const NOTHING_KNOWN = { warnings: [], keys: [], clock: null, transactionsLeft: null };
const LOCKED: readonly ModuleFault['code'][] = ['module-locked', 'module-passphrase', 'module-file'];

/**
 * Keeps the modules of a station: picks the first that answers, watches clocks, counters and expiries, and says
 * when something changes. A module is picked anew for each sale, before its intent; what was once asked with a
 * message id is asked of the same module again, whoever is picked by then.
 */
export class ModuleManager {
  readonly #sources: readonly ModuleSource[];
  readonly #deps: ManagerDeps;
  readonly #askedOf = new Map<MessageId, SecureModule>();
  #reports: readonly ModuleReport[];
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #closed = false;

  constructor(sources: readonly ModuleSource[], deps: ManagerDeps) {
    this.#sources = sources;
    this.#deps = deps;
    this.#reports = sources.map(({ driver, place, module }) => ({
      driver,
      place,
      identity: null,
      fault: module.ok ? moduleFault('module-missing', { place }) : module.error,
      ...NOTHING_KNOWN,
    }));
  }

  /** What is known of each module, in the order of the settings. */
  get reports(): readonly ModuleReport[] {
    return this.#reports;
  }

  get status(): ManagerStatus {
    const ready = this.#reports.find(({ identity, fault }) => identity !== null && fault === null);
    if (ready?.identity)
      return { status: 'ready', name: ready.identity.driver, moduleId: ready.identity.moduleId };
    const [first] = this.#reports;
    const locked = first?.fault != null && LOCKED.includes(first.fault.code);
    return { status: locked ? 'locked' : 'missing', name: first?.driver ?? '', moduleId: '' };
  }

  /** A module for one sale or one question. Which one it is, is settled when it first says who it is. */
  module(): Result<SecureModule, CallFault> {
    const usable = this.#sources.flatMap(({ module }) => (module.ok ? [module.value] : []));
    const [first] = usable;
    if (first) return ok(this.#handle(usable, first));
    const [report] = this.#reports;
    return err(faultForCall(report?.fault ?? moduleFault('module-missing', { place: '' })));
  }

  /** The module of this id, as it was last seen. */
  moduleOf(moduleId: string): Result<SecureModule, ModuleFault> {
    const index = this.#reports.findIndex(({ identity }) => identity?.moduleId === moduleId);
    return this.#sources[index]?.module ?? err(moduleFault('module-missing', { place: moduleId }));
  }

  /** Looks at every module now; several calls at once are one look. */
  look(): Promise<void> {
    this.#looking ??= this.#lookAtAll().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const { module } of this.#sources) if (module.ok) await module.value.close();
    await this.#looking;
  }

  async #lookAtAll(): Promise<void> {
    clearTimeout(this.#timer);
    this.#tell(await Promise.all(this.#sources.map((source) => this.#lookAt(source))));
  }

  /** Takes over what is known now, says so if it changed, and sets the time of the next look. */
  #tell(reports: readonly ModuleReport[]): void {
    const before = JSON.stringify(this.status);
    this.#reports = reports;
    if (this.#closed) return;
    const { status } = this;
    const allWell = reports.every(({ fault }) => fault === null);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), allWell ? LOOK_MS : LOOK_AGAIN_MS).unref();
    if (JSON.stringify(status) !== before) this.#deps.onChange(status);
  }

  /** A module whose answer was lost counts as gone until a look finds it again; its sale is then asked for. */
  async #watched<Value>(module: SecureModule, answer: Answer<Value>): Answer<Value> {
    const result = await answer;
    if (result.ok || result.error.outcome !== 'unknown') return result;
    const { error } = result;
    const isIt = (index: number): boolean => {
      const source = this.#sources[index]?.module;
      return source?.ok === true && source.value === module;
    };
    this.#tell(this.#reports.map((report, index) => (isIt(index) ? { ...report, fault: error } : report)));
    return result;
  }

  async #lookAt({ driver, place, module }: ModuleSource): Promise<ModuleReport> {
    const bad = (fault: ModuleFault): ModuleReport => ({
      driver,
      place,
      identity: null,
      fault,
      ...NOTHING_KNOWN,
    });
    if (!module.ok) return bad(module.error);
    const identity = await this.#identify(module.value);
    if (!identity.ok) return bad(identity.error);
    const keys = await module.value.listKeys();
    const clock = keys.ok ? await module.value.clock() : keys;
    if (!keys.ok || !clock.ok) return bad(clock.ok ? moduleFault('module-missing', { place }) : clock.error);
    const counters = module.value.capabilities.counters ? await module.value.counters() : undefined;
    const warnings = moduleWarnings(
      keys.value,
      counters?.ok ? counters.value : null,
      clock.value,
      this.#deps.nowUnixMs(),
    );
    return {
      driver,
      place,
      identity: identity.value,
      fault: null,
      warnings,
      keys: keys.value,
      clock: clock.value,
      transactionsLeft: counters?.ok ? counters.value.transactionsLeft : null,
    };
  }

  /** Identity, and a clock near enough to this computer's; a clock too far off stops sales before they begin. */
  async #identify(module: SecureModule): Answer<ModuleIdentity> {
    const identity = await module.identify();
    if (!identity.ok || !module.capabilities.ownClock) return identity;
    const clock = await module.clock();
    if (!clock.ok) return clock;
    const now = this.#deps.nowUnixMs();
    if (Math.abs(clock.value.unixMs - now) <= CLOCK_STOPS_MS) return identity;
    const text = (ms: number): string => `${civilToText(civilAtOffset(unixMs(ms), 0))} UTC`;
    const params = { moduleTime: text(clock.value.unixMs), computerTime: text(now) };
    return err(moduleFault('module-clock-window', params));
  }

  #remember(messageId: MessageId, module: SecureModule): SecureModule {
    const asked = this.#askedOf.get(messageId);
    if (asked) return asked;
    this.#askedOf.set(messageId, module);
    const [oldest] = this.#askedOf.keys();
    if (this.#askedOf.size > MOST_REMEMBERED && oldest !== undefined) this.#askedOf.delete(oldest);
    return module;
  }

  #handle(usable: readonly SecureModule[], first: SecureModule): SecureModule {
    let chosen = first;
    const choose = async (): Answer<ModuleIdentity> => {
      let refusal: Result<never, ModuleFault> | undefined;
      for (const module of usable) {
        const identity = await this.#identify(module);
        if (identity.ok) {
          chosen = module;
          return identity;
        }
        refusal ??= identity;
      }
      // Nobody answers: look again soon, so that the strip says so and its return is seen.
      void this.look();
      return refusal ?? err(moduleFault('module-missing', { place: '' }));
    };
    const ask = <Value>(
      messageId: MessageId,
      work: (module: SecureModule) => Answer<Value>,
    ): Answer<Value> => {
      chosen = this.#remember(messageId, chosen);
      return this.#watched(chosen, work(chosen));
    };
    return {
      level: first.level,
      get capabilities() {
        return chosen.capabilities;
      },
      identify: choose,
      listKeys: () => chosen.listKeys(),
      clock: () => chosen.clock(),
      counters: () => chosen.counters(),
      issueCredit: (request) => ask(request.messageId, (module) => module.issueCredit(request)),
      issueManagement: (request) => ask(request.messageId, (module) => module.issueManagement(request)),
      issueKeyChange: (request) => ask(request.messageId, (module) => module.issueKeyChange(request)),
      verify: (digits, meter) => chosen.verify(digits, meter),
      fetch: (messageId) => ask(messageId, (module) => module.fetch(messageId)),
      exportKeyRequest: () => chosen.exportKeyRequest(),
      inspectKeyLoad: (file) => chosen.inspectKeyLoad(file),
      loadKeys: (file, approval) => chosen.loadKeys(file, approval),
      selfTest: () => chosen.selfTest(),
      // The modules belong to the manager.
      close: () => Promise.resolve(),
    };
  }
}
