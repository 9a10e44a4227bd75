import type { CallFault } from '../../../contract/index.ts';
import {
  civilAtOffset,
  civilToText,
  err,
  ok,
  unixMs,
  type Result,
  type UnixMs,
} from '../../../units/index.ts';
import { faultForCall, moduleFault, type ModuleFault } from '../faults.ts';
import type { Answer, ModuleClock, ModuleIdentity, ModuleKey, SecureModule, Sleeper } from '../port.ts';
import { CLOCK_STOPS_MS, moduleWarnings, type ModuleWarning } from './watch.ts';

/** One module of the settings: where it is, and the driver for it, or why there is none. */
export type ModuleSource = {
  readonly driver: string;
  readonly place: string;
  readonly module: Result<SecureModule, ModuleFault>;
  /** What a sleeping computer would lose; left out where there is no such thing. */
  readonly sleeper?: Sleeper;
  /** A token server's enrolled certificate, by its SHA-256 in 64 lower-case digits. */
  readonly certificatePin?: string;
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
  /** Whether keys come into it through this program. */
  readonly takesKeys: boolean;
  /** A token server's enrolled certificate, or null. */
  readonly certificatePin: string | null;
};

export type ManagerStatus = {
  /** `stopped`: what answers was stopped, and nothing else is there. */
  readonly status: 'ready' | 'locked' | 'missing' | 'stopped';
  readonly name: string;
  readonly moduleId: string;
};

export type ManagerDeps = {
  readonly nowUnixMs: () => UnixMs;
  /** Hears that the status is another one now. */
  readonly onChange: (status: ManagerStatus) => void;
  /** Hears that a module is there which was not: the first of several, or any other. */
  readonly onReturn?: () => void;
  /** Whether the module of this id was stopped: it is passed over while another one answers. */
  readonly isStopped?: (moduleId: string) => boolean;
  /** How often modules are looked at, whatever was heard of plugs. */
  readonly lookMs?: { readonly well: number; readonly ill: number };
};

/** How often modules are looked at: while all answer, and while one does not. */
const LOOK_MS = { well: 30_000, ill: 3_000 };
const NOTHING_KNOWN = { warnings: [], keys: [], clock: null, transactionsLeft: null };
const LOCKED: readonly ModuleFault['code'][] = ['module-locked', 'module-passphrase', 'module-file'];

type Well = ModuleReport & { readonly identity: ModuleIdentity };

function isWell(report: ModuleReport): report is Well {
  return report.identity !== null && report.fault === null;
}

type Chosen = { readonly module: SecureModule; readonly identity: ModuleIdentity };

/**
 * Keeps the modules of a station: picks the first that answers and was not stopped, watches clocks, counters and expiries, and says
 * when something changes. A module is picked anew for each sale, before its intent, which says which one it was;
 * what was once asked of a module is asked of that one again.
 */
export class ModuleManager {
  readonly #sources: ModuleSource[];
  readonly #deps: ManagerDeps;
  #reports: readonly ModuleReport[];
  #there: ReadonlySet<string> = new Set();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #asleep = false;
  #closed = false;

  constructor(sources: readonly ModuleSource[], deps: ManagerDeps) {
    this.#sources = [...sources];
    this.#deps = deps;
    this.#reports = sources.map(notSeen);
  }

  /** What is known of each module, in the order of the settings. */
  get reports(): readonly ModuleReport[] {
    return this.#reports;
  }

  get status(): ManagerStatus {
    const picked = this.#pickOf(this.#reports.filter(isWell));
    if (picked) {
      const { driver: name, moduleId } = picked.identity;
      return { status: this.#isStopped(picked) ? 'stopped' : 'ready', name, moduleId };
    }
    const [first] = this.#reports;
    const locked = first?.fault != null && LOCKED.includes(first.fault.code);
    return { status: locked ? 'locked' : 'missing', name: first?.driver ?? '', moduleId: '' };
  }

  /**
   * A module for one sale or one question. Which one it is, is settled when it is first asked who it is. With
   * `askedOf` it is the module of that id and no other: `module-missing` while that one does not answer.
   */
  module(askedOf?: string): Result<SecureModule, CallFault> {
    const usable = this.#sources.flatMap(({ module }) => (module.ok ? [module.value] : []));
    const [first] = usable;
    if (first) return ok(this.#handle(usable, first, askedOf));
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

  /** Something was plugged in or out: a look that began before that may have seen neither. */
  async lookAfresh(): Promise<void> {
    await this.#looking;
    await this.look();
  }

  /** Puts another driver in a module's place, and looks at it. */
  async replace(place: string, source: ModuleSource): Promise<void> {
    const index = this.#sources.findIndex((each) => each.place === place);
    const old = this.#sources[index];
    if (!old) return;
    await this.#looking;
    this.#sources[index] = source;
    if (old.module.ok) await old.module.value.close();
    await this.look();
  }

  /** The computer is about to sleep: lines are let go of, and nobody is looked at until `resume`. */
  async suspend(): Promise<void> {
    this.#asleep = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#sources.map(async ({ sleeper }) => sleeper?.suspend()));
  }

  async resume(): Promise<void> {
    this.#asleep = false;
    for (const { sleeper } of this.#sources) sleeper?.resume();
    await this.lookAfresh();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const { module } of this.#sources) if (module.ok) await module.value.close();
    await this.#looking;
  }

  #isStopped({ identity }: Pick<Well, 'identity'>): boolean {
    return this.#deps.isStopped?.(identity.moduleId) ?? false;
  }

  /** The first that was not stopped; the first of all where every one was. */
  #pickOf<Each extends Pick<Well, 'identity'>>(those: readonly Each[]): Each | undefined {
    return those.find((each) => !this.#isStopped(each)) ?? those[0];
  }

  async #lookAtAll(): Promise<void> {
    clearTimeout(this.#timer);
    this.#tell(await Promise.all(this.#sources.map((source) => this.#lookAt(source))));
  }

  /** Takes over what is known now, says so if it changed, and sets the time of the next look. */
  #tell(reports: readonly ModuleReport[]): void {
    // Whoever knows which modules were stopped may be gone by now.
    if (this.#closed) return;
    const before = JSON.stringify(this.status);
    this.#reports = reports;
    const { status } = this;
    const { well, ill } = this.#lookMs;
    this.#lookIn(reports.every(({ fault }) => fault === null) ? well : ill);
    const there = new Set(reports.filter(isWell).map(({ identity }) => identity.moduleId));
    const isBack = [...there].some((moduleId) => !this.#there.has(moduleId));
    this.#there = there;
    if (JSON.stringify(status) !== before) this.#deps.onChange(status);
    if (isBack) this.#deps.onReturn?.();
  }

  get #lookMs(): { readonly well: number; readonly ill: number } {
    return this.#deps.lookMs ?? LOOK_MS;
  }

  /** Sets the time of the next look by itself; a look at work sets it anew when it is done. */
  #lookIn(afterMs: number): void {
    clearTimeout(this.#timer);
    if (!this.#asleep && !this.#closed) this.#timer = setTimeout(() => void this.look(), afterMs).unref();
  }

  /**
   * A module whose answer was lost counts as gone until a look finds it again; its sale is then asked for. One that
   * answers that it is at work is well, and its sale is asked for at the next look too.
   */
  async #watched<Value>(module: SecureModule, answer: Answer<Value>): Answer<Value> {
    const result = await answer;
    if (result.ok || result.error.outcome !== 'unknown') return result;
    const { error } = result;
    const index = this.#sources.findIndex((source) => source.module.ok && source.module.value === module);
    if (error.code === 'module-at-work') {
      const itself = this.#reports[index]?.identity?.moduleId;
      this.#there = new Set([...this.#there].filter((moduleId) => moduleId !== itself));
      this.#lookIn(this.#lookMs.ill);
      return result;
    }
    this.#tell(this.#reports.map((report, at) => (at === index ? { ...report, fault: error } : report)));
    return result;
  }

  async #lookAt(source: ModuleSource): Promise<ModuleReport> {
    const { place, module } = source;
    const bad = (fault: ModuleFault): ModuleReport => reportOf(source, { fault });
    if (!module.ok) return bad(module.error);
    const identity = await this.#identify(module.value);
    if (!identity.ok) return bad(identity.error);
    // Counters first: a module reads its registers for them, and keys loaded by another way are seen.
    const counters = module.value.capabilities.counters ? await module.value.counters() : undefined;
    const keys = await module.value.listKeys();
    const clock = keys.ok ? await module.value.clock() : keys;
    if (!keys.ok || !clock.ok) return bad(clock.ok ? moduleFault('module-missing', { place }) : clock.error);
    const warnings = moduleWarnings(
      keys.value,
      counters?.ok ? counters.value : null,
      clock.value,
      this.#deps.nowUnixMs(),
    );
    return reportOf(source, {
      identity: identity.value,
      fault: null,
      warnings,
      keys: keys.value,
      clock: clock.value,
      transactionsLeft: counters?.ok ? counters.value.transactionsLeft : null,
    });
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

  /** The module that was well when it was last looked at: a question that makes nothing need not ask who it is. */
  #lastSeenWell(): SecureModule | undefined {
    const picked = this.#pickOf(this.#reports.filter(isWell));
    const source = picked && this.#sources[this.#reports.indexOf(picked)]?.module;
    return source?.ok ? source.value : undefined;
  }

  /**
   * Asks one after the other who it is, until one answers that was not stopped, or that of the id. A stopped one is
   * chosen where no other answers: whoever asks is told that it was.
   */
  async #choose(usable: readonly SecureModule[], askedOf: string | undefined): Answer<Chosen> {
    let refusal: Result<never, ModuleFault> | undefined;
    let stopped: Chosen | undefined;
    for (const module of usable) {
      const identity = await this.#identify(module);
      if (!identity.ok) {
        refusal ??= identity;
        continue;
      }
      if (askedOf !== undefined && identity.value.moduleId !== askedOf) continue;
      const found = { module, identity: identity.value };
      if (askedOf !== undefined || !this.#isStopped(found)) return ok(found);
      stopped ??= found;
    }
    if (stopped) return ok(stopped);
    // Nobody answers: look again soon, so that the strip says so and its return is seen.
    void this.look();
    return refusal ?? err(moduleFault('module-missing', { place: askedOf ?? '' }));
  }

  #handle(usable: readonly SecureModule[], first: SecureModule, askedOf: string | undefined): SecureModule {
    let chosen: Chosen | undefined;
    const choose = async (): Answer<ModuleIdentity> => {
      const found = await this.#choose(usable, askedOf);
      if (!found.ok) return found;
      chosen = found.value;
      return ok(chosen.identity);
    };
    const settled = (): SecureModule => chosen?.module ?? this.#lastSeenWell() ?? first;
    /** What may make a token goes to a module that has said who it is, and to no other in its place. */
    const meant = <Request extends object>(request: Request): Request & { readonly askedOf?: string } => ({
      ...request,
      ...(chosen ? { askedOf: chosen.identity.moduleId } : {}),
    });
    const ask = async <Value>(work: (module: SecureModule) => Answer<Value>): Answer<Value> => {
      const identity = chosen ? undefined : await choose();
      if (identity && !identity.ok) return identity;
      const module = settled();
      return this.#watched(module, work(module));
    };
    return {
      get level() {
        return settled().level;
      },
      get capabilities() {
        return settled().capabilities;
      },
      identify: choose,
      listKeys: () => settled().listKeys(),
      clock: () => settled().clock(),
      counters: () => settled().counters(),
      issueCredit: (request) => ask((module) => module.issueCredit(meant(request))),
      issueManagement: (request) => ask((module) => module.issueManagement(meant(request))),
      issueKeyChange: (request) => ask((module) => module.issueKeyChange(meant(request))),
      verify: (digits, meter) => settled().verify(digits, meter),
      fetch: (messageId) => ask((module) => module.fetch(messageId)),
      exportKeyRequest: () => settled().exportKeyRequest(),
      inspectKeyLoad: (file) => settled().inspectKeyLoad(file),
      loadKeys: (file, approval) => settled().loadKeys(file, approval),
      selfTest: () => settled().selfTest(),
      // The modules belong to the manager.
      close: () => Promise.resolve(),
    };
  }
}

/** What is known of a module beside where it is and what it is. */
function reportOf(
  { driver, place, module, certificatePin }: ModuleSource,
  known: Partial<ModuleReport> & Pick<ModuleReport, 'fault'>,
): ModuleReport {
  const takesKeys = module.ok && module.value.capabilities.loadKeys;
  const nothing = { identity: null, takesKeys, certificatePin: certificatePin ?? null, ...NOTHING_KNOWN };
  return { driver, place, ...nothing, ...known };
}

function notSeen(source: ModuleSource): ModuleReport {
  const { place, module } = source;
  return reportOf(source, { fault: module.ok ? moduleFault('module-missing', { place }) : module.error });
}
