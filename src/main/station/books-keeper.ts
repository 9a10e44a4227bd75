import path from 'node:path';
import type { CallFault, DayEndStep, StationStatus } from '../../contract/index.ts';
import { err, type Result } from '../../units/index.ts';
import {
  believedUnixMs,
  lastAnchor,
  startBackup,
  startCheck,
  startNewest,
  writeAnchor,
  type BackupFault,
  type ChainSummary,
  type Finding,
  type MadeBackup,
  type NewestBackup,
  type RunningJob,
} from '../ledger/index.ts';
import {
  openStationKey,
  removeOldCopies,
  StorageError,
  type LedgerTx,
  type LedgerWriter,
} from '../store/index.ts';

const DAY_MS = 24 * 60 * 60_000;
/** How often the keeper looks whether anything is due. */
const LOOK_MS = 10 * 60_000;
/** Looks from a backup that failed to the next one: half an hour, since each reads all books. */
const RETRY_LOOKS = 3;

export type KeeperOptions = {
  readonly ledger: LedgerWriter;
  readonly dataFolder: string;
  /** Where backups go, on another disk; null where nobody has said. */
  readonly backupFolder: string | null;
  /** Whether checks and backups are made by themselves, once a day and after each shift. */
  readonly byItself: boolean;
  readonly program: string;
  readonly sqliteBinding?: string | undefined;
  readonly now: () => number;
  /** Something about the books or their backup is different now. */
  readonly onChange: () => void;
};

/** Watches over the books on threads of its own, while the counter sells. */
export type BooksKeeper = {
  readonly state: () => StationStatus['books'];
  /** What a check found, which stops sales, or null. */
  readonly fault: () => CallFault | null;
  /**
   * Somebody else read the books and found this: sales stop, unless it only keeps them from being read for now. Returns
   * what is said of it.
   */
  readonly found: (finding: Finding) => CallFault;
  /** Reads everything from the first record on and compares the balances; a day without a finding is anchored. Returns what was found, or kept the books from being read. */
  readonly checkNow: () => Promise<Finding | null>;
  /**
   * A verified backup; a second one at the same time joins the first. Afterwards the copies that updates have left go,
   * as `removeOldCopies` says.
   */
  readonly backupNow: () => Promise<Result<MadeBackup, BackupFault>>;
  /** A backup of the books as they are now: after the one under way, if there is one. Nobody waits for it. */
  readonly backupSoon: () => void;
  /** A shift was closed: the same, where there is a folder for it and the station does it by itself. */
  readonly afterShift: () => void;
  /** How the day's backup stands: younger than a day, made after this moment, and not lost with the books' own disk. */
  readonly dayEnd: (sinceUnixMs: number) => Pick<DayEndStep, 'state' | 'problem'>;
  readonly close: () => Promise<void>;
};

export function keepBooks(options: KeeperOptions): BooksKeeper {
  const keeper = new Keeper(options);
  const look = (): void => {
    keeper.waitNoLonger();
    keeper.look();
  };
  const timer = options.byItself ? setInterval(look, LOOK_MS).unref() : undefined;
  if (options.byItself) keeper.begin();
  return {
    state: () => keeper.state(),
    fault: () => keeper.fault(),
    found: (finding) => keeper.found(finding),
    checkNow: () => keeper.check(true),
    backupNow: () => keeper.backup(),
    backupSoon: () => keeper.backupSoon(),
    afterShift: () => {
      if (options.byItself && options.backupFolder !== null) keeper.backupSoon();
    },
    dayEnd: (sinceUnixMs) => keeper.dayEnd(sinceUnixMs),
    close: async () => {
      clearInterval(timer);
      await keeper.stop();
    },
  };
}

/** What keeps books from being read for now, and says nothing about what they hold. */
const PASSING: ReadonlySet<string> = new Set<Finding['code']>([
  'database-busy',
  'database-unreadable',
  'database-no-room',
]);

function faultOf({ code, params }: Finding): CallFault {
  const { row, file, reason } = params as {
    readonly row?: string;
    readonly file?: string;
    readonly reason?: string;
  };
  if (PASSING.has(code))
    return { code: 'books-unread', params: { file: file ?? '', reason: reason ?? code }, retry: 'safe' };
  return { code: 'books-damaged', params: { row: row ?? file ?? '', reason: reason ?? code }, retry: 'no' };
}

type Ended<Outcome> =
  | { readonly ended: true; readonly outcome: Outcome }
  | { readonly ended: false; readonly reason: string; readonly code: string };

/** Of threads that there was no memory for: whatever they read, it says nothing about the books. */
const NO_MEMORY: ReadonlySet<string> = new Set(['ERR_WORKER_OUT_OF_MEMORY', 'ERR_WORKER_INIT_FAILED']);

/** Refusals of a backup that say nothing about the books. */
const OF_THE_BACKUP: ReadonlySet<string> = new Set<BackupFault['code']>([
  'backup-target',
  'backup-incomplete',
  'backup-changed',
  'database-busy',
]);

class Keeper {
  readonly #options: KeeperOptions;
  readonly #jobs = new Set<RunningJob<unknown>>();
  #finding: Finding | null = null;
  /** What kept the last check from reading the books; the next look makes it again. */
  #unread: Finding | null = null;
  /** What lies in the folder for backups, as the last look found it. */
  #newest: NewestBackup | null | 'not-seen' | 'unreachable' = 'not-seen';
  #looking: Promise<void> | undefined;
  /** The last backup that this run tried. */
  #failed = false;
  #looksSinceTried = 0;
  #again = false;
  #checking: { readonly whole: boolean; readonly outcome: Promise<Finding | null> } | undefined;
  #backingUp: Promise<Result<MadeBackup, BackupFault>> | undefined;
  #stopped = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
    void this.#lookForBackups();
  }

  state(): StationStatus['books'] {
    return {
      state: this.#finding ? 'damaged' : this.#unread ? 'unread' : 'good',
      backup: this.#backupState(),
    };
  }

  #backupState(): StationStatus['books']['backup'] {
    const { backupFolder, byItself } = this.#options;
    if (backupFolder === null) return byItself ? 'none' : 'good';
    if (this.#failed || this.#newest === 'unreachable') return 'failed';
    return this.#newest !== 'not-seen' && this.#newest?.sameDisk ? 'same-disk' : 'good';
  }

  found(finding: Finding): CallFault {
    if (!PASSING.has(finding.code)) this.#finding ??= finding;
    this.#options.onChange();
    return faultOf(this.#finding ?? finding);
  }

  fault(): CallFault | null {
    return this.#finding && faultOf(this.#finding);
  }

  dayEnd(sinceUnixMs: number): Pick<DayEndStep, 'state' | 'problem'> {
    const step = (state: DayEndStep['state'], problem: string | null = null) => ({ state, problem });
    if (this.#options.backupFolder === null) return step('not-set-up');
    if (this.#backingUp) return step('busy');
    if (this.#failed || this.#newest === 'unreachable') return step('problem');
    if (this.#newest === 'not-seen') return step('busy');
    if (this.#newest === null || this.#isOld(this.#newest) || this.#newest.createdUnixMs < sinceUnixMs)
      return step('waiting');
    return this.#newest.sameDisk ? step('problem', 'backup-same-disk') : step('done');
  }

  #isOld({ createdUnixMs }: NewestBackup): boolean {
    return this.#options.now() - createdUnixMs >= DAY_MS;
  }

  /** Pages and the newest part at the start of a day, then whatever is due. */
  begin(): void {
    void this.check(false).then(() => this.look());
  }

  look(): void {
    if (this.#stopped) return;
    this.#looksSinceTried += 1;
    const { now, backupFolder } = this.#options;
    if (this.#unread || now() - this.#checkedUnixMs() >= DAY_MS) void this.check(true);
    void this.#lookForBackups().then(() => {
      const newest = this.#newest;
      if (this.#stopped || backupFolder === null || newest === 'not-seen' || newest === 'unreachable') return;
      if (newest === null || this.#isOld(newest) || this.#isToBeRetried()) void this.backup();
    });
  }

  /** When the whole books were last found good; never, where that can't be read. */
  #checkedUnixMs(): number {
    const { ledger, dataFolder } = this.#options;
    const key = openStationKey(dataFolder);
    try {
      return (key.ok && lastAnchor(ledger, key.value, true)?.atUnixMs) || 0;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      return 0;
    }
  }

  /** Damaged books give no backup. */
  #isToBeRetried(): boolean {
    return this.#failed && !this.#finding && this.#looksSinceTried >= RETRY_LOOKS;
  }

  /** A disk that has not answered since the last look is none to rely on. */
  waitNoLonger(): void {
    if (this.#looking) this.#see('unreachable');
  }

  #lookForBackups(): Promise<void> {
    return (this.#looking ??= this.#askForNewest().finally(() => (this.#looking = undefined)));
  }

  async #askForNewest(): Promise<void> {
    const { dataFolder: data, backupFolder: to, now } = this.#options;
    if (to === null) return;
    const before = this.#newest;
    const asked = await this.#run(startNewest({ data, to, nowUnixMs: now() }));
    // One that was made meanwhile is newer.
    const made = this.#newest !== before && this.#newest !== 'unreachable';
    if (!this.#stopped && !made)
      this.#see(asked.ended && asked.outcome.ok ? asked.outcome.value : 'unreachable');
  }

  #see(newest: NewestBackup | null | 'unreachable'): void {
    const before = this.#newest === 'not-seen' ? null : this.#backupState();
    this.#newest = newest;
    if (this.#backupState() !== before) this.#options.onChange();
  }

  /** One at a time; whoever asks for what is under way waits for that. */
  check(whole: boolean): Promise<Finding | null> {
    const running = this.#checking;
    if (running && (running.whole || !whole)) return running.outcome;
    const outcome = Promise.resolve(running?.outcome).then(() => this.#check(whole));
    const checking = { whole, outcome };
    this.#checking = checking;
    return outcome.finally(() => {
      if (this.#checking === checking) this.#checking = undefined;
    });
  }

  async #check(whole: boolean): Promise<Finding | null> {
    const { dataFolder: folder, now } = this.#options;
    const found = await this.#checkTwice(whole);
    if (!found || this.#stopped) return this.#finding;
    // Read each time, since a key may be changed while the station sells. Without one there is nobody to sign.
    const key = openStationKey(folder);
    if (found.ok && key.ok) this.#anchor((tx) => writeAnchor(tx, found.value, now(), whole, key.value));
    this.#unread = !found.ok && PASSING.has(found.error.code) ? found.error : null;
    if (!found.ok) this.found(found.error);
    else this.#options.onChange();
    return this.#finding ?? this.#unread;
  }

  /**
   * A check that dies has read no books to their end: a second time, that is a finding, but for want of memory. Undefined
   * when it was stopped.
   */
  async #checkTwice(whole: boolean): Promise<Result<ChainSummary, Finding> | undefined> {
    const { dataFolder: folder, sqliteBinding } = this.#options;
    const options = { folder, whole, sqliteBinding };
    const first = await this.#run(startCheck(options));
    const last = first.ended || this.#stopped ? first : await this.#run(startCheck(options));
    if (last.ended) return last.outcome;
    if (this.#stopped) return undefined;
    return err({
      code: NO_MEMORY.has(last.code) ? 'database-unreadable' : 'database-damaged',
      params: { file: path.join(folder, 'ledger.db'), reason: last.reason },
    });
  }

  /** A disk that fails here is the writer's to report: it refuses the next sale by the fault's name. */
  #anchor(work: (tx: LedgerTx) => void): void {
    try {
      this.#options.ledger.transaction(work);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
    }
  }

  backup(): Promise<Result<MadeBackup, BackupFault>> {
    return (this.#backingUp ??= this.#makeBackup().finally(() => {
      this.#backingUp = undefined;
      if (this.#again && !this.#stopped) void this.backup();
      this.#again = false;
      // Not before: whoever is told asks at once, and would hear that it is still being made.
      if (!this.#stopped) this.#options.onChange();
    }));
  }

  backupSoon(): void {
    if (this.#backingUp) this.#again = true;
    else void this.backup();
  }

  async #makeBackup(): Promise<Result<MadeBackup, BackupFault>> {
    const { dataFolder: data, backupFolder: to, program, sqliteBinding, now } = this.#options;
    const nowhere = { folder: '', reason: 'notAFolder', detail: '' } as const;
    if (to === null) return err({ code: 'backup-target', params: nowhere });
    const made = await this.#run(startBackup({ data, to, program, sqliteBinding, nowUnixMs: now() }));
    const outcome: Result<MadeBackup, BackupFault> = made.ended
      ? made.outcome
      : err({ code: 'backup-incomplete', params: { backup: to } });
    if (this.#stopped) return outcome;
    // The station is open and its copy was read whole: nobody needs the older ways back any more.
    if (outcome.ok) await this.#removeOldCopies();
    this.#failed = !outcome.ok;
    this.#looksSinceTried = 0;
    if (outcome.ok) {
      const { manifest, sameDisk } = outcome.value;
      this.#newest = { createdUnixMs: manifest.createdUnixMs, sameDisk };
    }
    // What the copy was refused for may be the copy's own disk's: the books are read to tell.
    if (!outcome.ok && !OF_THE_BACKUP.has(outcome.error.code)) void this.check(true);
    return outcome;
  }

  async #removeOldCopies(): Promise<void> {
    const { dataFolder, ledger, now } = this.#options;
    try {
      await removeOldCopies(dataFolder, believedUnixMs(ledger, now()));
    } catch (error) {
      // Of the books, which the writer has told of; the copies stay until the next backup.
      if (!(error instanceof StorageError)) throw error;
    }
  }

  /** The outcome, or why the thread ended without one: it died or was stopped. */
  async #run<Outcome>(job: RunningJob<Outcome>): Promise<Ended<Outcome>> {
    this.#jobs.add(job);
    try {
      return { ended: true, outcome: await job.outcome };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      return { ended: false, reason: error instanceof Error ? error.message : String(error), code };
    } finally {
      this.#jobs.delete(job);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#jobs].map((job) => job.stop()));
  }
}
