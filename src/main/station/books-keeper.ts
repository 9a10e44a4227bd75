import path from 'node:path';
import type { CallFault, DayEndStep, StationStatus } from '../../contract/index.ts';
import { err, type Result } from '../../units/index.ts';
import {
  lastAnchor,
  listBackups,
  startBackup,
  startCheck,
  writeAnchor,
  type BackupFault,
  type ChainSummary,
  type Finding,
  type MadeBackup,
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
  /** Somebody else read the books and found this: sales stop. Returns what is said of it. */
  readonly found: (finding: Finding) => CallFault;
  /** Reads everything from the first record on and compares the balances; a day without a finding is anchored. */
  readonly checkNow: () => Promise<Finding | null>;
  /**
   * A verified backup; a second one at the same time joins the first. Afterwards the copies that updates have left go,
   * as `removeOldCopies` says.
   */
  readonly backupNow: () => Promise<Result<MadeBackup, BackupFault>>;
  /** A shift was closed: a backup, where there is a folder for it. Nobody waits for it. */
  readonly afterShift: () => void;
  /** How the day's backup stands: it has to be younger than a day, and made after this moment. */
  readonly dayEnd: (sinceUnixMs: number) => DayEndStep['state'];
  readonly close: () => Promise<void>;
};

export function keepBooks(options: KeeperOptions): BooksKeeper {
  const keeper = new Keeper(options);
  const timer = options.byItself ? setInterval(() => keeper.look(), LOOK_MS).unref() : undefined;
  if (options.byItself) keeper.begin();
  return {
    state: () => keeper.state(),
    fault: () => keeper.fault(),
    found: (finding) => keeper.found(finding),
    checkNow: () => keeper.check(true),
    backupNow: () => keeper.backup(),
    afterShift: () => {
      if (options.byItself && options.backupFolder !== null) void keeper.backup();
    },
    dayEnd: (sinceUnixMs) => keeper.dayEnd(sinceUnixMs),
    close: async () => {
      clearInterval(timer);
      await keeper.stop();
    },
  };
}

function faultOf({ code, params }: Finding): CallFault {
  const { row, file, reason } = params as {
    readonly row?: string;
    readonly file?: string;
    readonly reason?: string;
  };
  return { code: 'books-damaged', params: { row: row ?? file ?? '', reason: reason ?? code }, retry: 'no' };
}

type Ended<Outcome> =
  { readonly ended: true; readonly outcome: Outcome } | { readonly ended: false; readonly reason: string };

/** Refusals of a backup that say nothing about the books. */
const OF_THE_BACKUP: ReadonlySet<string> = new Set<BackupFault['code']>([
  'backup-target',
  'backup-incomplete',
  'backup-changed',
]);

class Keeper {
  readonly #options: KeeperOptions;
  readonly #jobs = new Set<RunningJob<unknown>>();
  #finding: Finding | null = null;
  #backup: StationStatus['books']['backup'];
  #checking: { readonly whole: boolean; readonly outcome: Promise<Finding | null> } | undefined;
  #backingUp: Promise<Result<MadeBackup, BackupFault>> | undefined;
  #stopped = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#backup = options.backupFolder === null && options.byItself ? 'none' : 'good';
  }

  state(): StationStatus['books'] {
    return { state: this.#finding ? 'damaged' : 'good', backup: this.#backup };
  }

  found(finding: Finding): CallFault {
    this.#finding ??= finding;
    this.#options.onChange();
    return faultOf(this.#finding);
  }

  fault(): CallFault | null {
    return this.#finding && faultOf(this.#finding);
  }

  dayEnd(sinceUnixMs: number): DayEndStep['state'] {
    const { backupFolder, now } = this.#options;
    if (backupFolder === null) return 'not-set-up';
    if (this.#backingUp) return 'busy';
    if (this.#backup === 'failed') return 'problem';
    const madeUnixMs = newestBackup(backupFolder);
    return madeUnixMs >= sinceUnixMs && now() - madeUnixMs < DAY_MS ? 'done' : 'waiting';
  }

  /** Pages and the newest part at the start of a day, then whatever is due. */
  begin(): void {
    void this.check(false).then(() => this.look());
  }

  look(): void {
    if (this.#stopped) return;
    const { ledger, now, backupFolder, dataFolder } = this.#options;
    const key = openStationKey(dataFolder);
    const checked = (key.ok && lastAnchor(ledger, key.value, true)?.atUnixMs) || 0;
    if (now() - checked >= DAY_MS) void this.check(true);
    if (backupFolder !== null && now() - newestBackup(backupFolder) >= DAY_MS) void this.backup();
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
    if (!found.ok) this.found(found.error);
    else this.#options.onChange();
    return this.#finding;
  }

  /** A check that dies has read no books to their end: a second time, that is a finding. Undefined when it was stopped. */
  async #checkTwice(whole: boolean): Promise<Result<ChainSummary, Finding> | undefined> {
    const { dataFolder: folder, sqliteBinding } = this.#options;
    const options = { folder, whole, sqliteBinding };
    const first = await this.#run(startCheck(options));
    const last = first.ended || this.#stopped ? first : await this.#run(startCheck(options));
    if (last.ended) return last.outcome;
    if (this.#stopped) return undefined;
    return err({
      code: 'database-damaged',
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
    return (this.#backingUp ??= this.#makeBackup().finally(() => (this.#backingUp = undefined)));
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
    if (outcome.ok) await removeOldCopies(data, now());
    this.#backup = outcome.ok ? (outcome.value.sameDisk ? 'same-disk' : 'good') : 'failed';
    this.#options.onChange();
    // What the copy was refused for may be the copy's own disk's: the books are read to tell.
    if (!outcome.ok && !OF_THE_BACKUP.has(outcome.error.code)) void this.check(true);
    return outcome;
  }

  /** The outcome, or why the thread ended without one: it died or was stopped. */
  async #run<Outcome>(job: RunningJob<Outcome>): Promise<Ended<Outcome>> {
    this.#jobs.add(job);
    try {
      return { ended: true, outcome: await job.outcome };
    } catch (error) {
      return { ended: false, reason: error instanceof Error ? error.message : String(error) };
    } finally {
      this.#jobs.delete(job);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#jobs].map((job) => job.stop()));
  }
}

/** When the newest backup that counts was made; 0 where there is none or nobody can look. */
function newestBackup(folder: string): number {
  const listed = listBackups(folder);
  return listed.ok ? Math.max(0, ...listed.value.map(({ manifest }) => manifest?.createdUnixMs ?? 0)) : 0;
}
