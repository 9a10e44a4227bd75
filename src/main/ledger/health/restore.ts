import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { stationSettingsShape } from '../../../contract/index.ts';
import {
  civilDateText,
  civilInZone,
  civilToText,
  err,
  ok,
  unixMs,
  type Result,
} from '../../../units/index.ts';
import {
  copyDurably,
  openDataFolder,
  openWriter,
  RESTORE_NAMES,
  syncFolder,
  type BindingOption,
  type LedgerWriter,
} from '../../store/index.ts';
import { chainHead, openEpoch, type ChainHead } from '../append.ts';
import { CLOCK_JUMP_MS } from '../clock.ts';
import { isInside, realAncestor, SETTINGS_FILE, verifyBackup, type Backup } from './backup.ts';
import { DATABASE_FILES } from './check-books.ts';
import type { RestoreFault } from './faults.ts';
import type { ChainSummary } from '../verify.ts';

export type RestoreOptions = BindingOption & {
  readonly backup: string;
  /** The folder that becomes the station's; what stands there is moved aside, never removed. */
  readonly data: string;
  readonly nowUnixMs: number;
  /** Somebody answers for a clock that is more than a day ahead of the backup. */
  readonly clockIsRight?: boolean;
};

export type Restored = {
  readonly data: string;
  /** Where the folder that stood there went, or null when there was none. */
  readonly movedAside: string | null;
  readonly old: { readonly epoch: number; readonly sequence: number; readonly head: string };
  readonly epoch: number;
  /** No newly issued token time lies before this minute (UTC, since 1970). */
  readonly tokenFloorMinute: number;
};

/**
 * Verifies a backup, builds a data folder from it and begins a new epoch of the ledger there. Everything is
 * made in a folder of its own and put in place by its last step. Refused over a folder that a station holds,
 * and while the clock is behind what the backup knows, or far ahead of it and nobody answers for it.
 */
export function restoreBackup(options: RestoreOptions): Result<Restored, RestoreFault> {
  const { data, nowUnixMs } = options;
  const backup = verifyBackup(options.backup, options);
  if (!backup.ok) return backup;
  const zone = zoneOf(options.backup);
  if (!zone.ok) return zone;
  const outside = checkPlaces(options);
  if (!outside.ok) return outside;
  const held = holdTarget(options);
  if (!held.ok) return held;
  const building = `${data}${RESTORE_NAMES.building}${stamp(nowUnixMs)}`;
  try {
    const opened = buildFolder(options, backup.value, building, zone.value);
    if (!opened.ok) return opened;
    const movedAside = putInPlace(options, building, held.value);
    const { epoch, sequence, head } = backup.value.chain;
    const old = { epoch, sequence, head };
    return ok({ data, movedAside, old, epoch: opened.value.epoch, tokenFloorMinute: minuteOf(nowUnixMs) });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return err({ code: 'restore-target', params: { folder: data, reason: String(error.code) } });
  } finally {
    // Put in place or not: what is left under this name is of no use to anybody.
    rmSync(building, { recursive: true, force: true });
    held.value?.release();
  }
}

type Held = { release(): void } | null;

/** The last step: until here the old folder stands as it stood. Returns where it went. */
function putInPlace({ data, nowUnixMs }: RestoreOptions, building: string, held: Held): string | null {
  const movedAside = held === null ? null : `${data}${RESTORE_NAMES.movedAside}${stamp(nowUnixMs)}`;
  // Windows moves no folder with an open file in it.
  if (process.platform === 'win32') held?.release();
  if (movedAside !== null) renameSync(data, movedAside);
  else if (existsSync(data)) rmdirSync(data);
  try {
    renameSync(building, data);
  } catch (error) {
    if (movedAside !== null) renameSync(movedAside, data);
    throw error;
  }
  syncFolder(path.dirname(path.resolve(data)));
  return movedAside;
}

function stamp(nowUnixMs: number): string {
  return new Date(nowUnixMs).toISOString().replaceAll(/[-:.]/gu, '');
}

function minuteOf(ms: number): number {
  return Math.floor(ms / 60_000);
}

function checkPlaces({ backup, data }: RestoreOptions): Result<null, RestoreFault> {
  const [from, to] = [realpathSync(backup), realAncestor(data)];
  const refused = (reason: string): Result<null, RestoreFault> =>
    err({ code: 'restore-target', params: { folder: data, reason } });
  if (isInside(to, from) || isInside(from, to)) return refused('insideBackup');
  if (!existsSync(path.dirname(to))) return refused('noParent');
  return existsSync(to) && !statSync(to).isDirectory() ? refused('notAFolder') : ok(null);
}

/** Takes the lock of a folder with something in it, so that no station is; null when there is nothing to keep. */
function holdTarget({ data, sqliteBinding }: RestoreOptions): Result<Held, RestoreFault> {
  if (!existsSync(data) || readdirSync(data).length === 0) return ok(null);
  return openDataFolder(data, sqliteBinding);
}

/** The zone in a folder's settings, which the business day of what is written there follows. */
export function zoneOf(folder: string): Result<string, RestoreFault> {
  const file = path.join(folder, SETTINGS_FILE);
  const invalid = (where: string, reason: string): Result<string, RestoreFault> =>
    err({ code: 'config-invalid', params: { path: `${file}: ${where}`, reason } });
  try {
    const parsed = stationSettingsShape.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return ok(parsed.data.zone);
    const [issue] = parsed.error.issues;
    return invalid(issue?.path.join('.') ?? '', issue?.message ?? 'invalid');
  } catch (error) {
    return invalid('', error instanceof Error ? error.message : String(error));
  }
}

function buildFolder(
  options: RestoreOptions,
  backup: Backup & { readonly chain: ChainSummary },
  building: string,
  zone: string,
): Result<ChainHead, RestoreFault> {
  mkdirSync(building, { mode: 0o700 });
  for (const { name, sha256 } of backup.manifest.files) {
    const copied = copyDurably(path.join(options.backup, name), path.join(building, name));
    if (copied.sha256 !== sha256)
      return err({
        code: 'backup-changed',
        params: { backup: options.backup, file: name, reason: 'content' },
      });
  }
  const writer = openWriter('ledger', path.join(building, DATABASE_FILES.ledger), options);
  if (!writer.ok) return writer;
  try {
    return begin(writer.value, options, backup, zone);
  } finally {
    writer.value.close();
    syncFolder(building);
  }
}

/**
 * Holds the clock against the newest time that is known. What is written by a clock that is wrong would be the truth
 * from then on: every meter's next token time goes by it.
 */
export function checkClock(
  { nowUnixMs, clockIsRight = false }: { readonly nowUnixMs: number; readonly clockIsRight?: boolean },
  lastUnixMs: number,
  zone: string,
): Result<null, RestoreFault> {
  const text = (ms: number): string => civilToText(civilInZone(unixMs(ms), zone));
  const params = { clock: text(nowUnixMs), last: text(lastUnixMs) };
  if (nowUnixMs < lastUnixMs) return err({ code: 'clock-behind', params });
  if (nowUnixMs - lastUnixMs > CLOCK_JUMP_MS && !clockIsRight) return err({ code: 'restore-clock', params });
  return ok(null);
}

/** Writes the new epoch's first record into the copy. The next start reads all of it: no key is here to sign with. */
function begin(
  ledger: LedgerWriter,
  options: RestoreOptions,
  { backup, manifest }: Backup,
  zone: string,
): Result<ChainHead, RestoreFault> {
  const { nowUnixMs } = options;
  const last = Math.max(chainHead(ledger)?.atUnixMs ?? 0, manifest.createdUnixMs);
  const clock = checkClock(options, last, zone);
  if (!clock.ok) return clock;
  const opened = ledger.transaction((tx) => {
    return openEpoch(tx, {
      atUnixMs: nowUnixMs,
      businessDate: civilDateText(civilInZone(unixMs(nowUnixMs), zone)),
      operatorId: null,
      detail: {
        reason: 'restored',
        backup: path.basename(backup),
        backupUnixMs: manifest.createdUnixMs,
        tokenFloorMinute: minuteOf(nowUnixMs),
      },
    });
  });
  return ok(opened);
}
