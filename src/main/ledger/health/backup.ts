import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { err, ok, type Result } from '../../../units/index.ts';
import {
  copyDatabase,
  copyDurably,
  digestFile,
  freeBytesOf,
  syncFolder,
  type BindingOption,
  type DatabaseName,
} from '../../store/index.ts';
import { checkBooks, DATABASE_FILES, type CheckProgress } from './check-books.ts';
import type { BackupFault } from './faults.ts';
import { readManifest, writeManifest, type Manifest } from './manifest.ts';
import type { ChainSummary } from '../verify.ts';

/** The directory first: an edit is journalled before it is applied, so the copy of the ledger knows all of them. */
const DATABASES: readonly DatabaseName[] = ['directory', 'ledger'];
export const SETTINGS_FILE = 'station.json';
/** Beside the databases; a station with a certified module has no key file. */
const PLAIN_FILES = [
  { name: SETTINGS_FILE, needed: true },
  { name: 'keys.json', needed: false },
] as const;
const NAME = /^backup-\d{8}T\d{9}Z-[0-9a-f]{4}$/u;
/** Beyond the files' own size: pages, folders and the manifest. */
const SPARE_BYTES = 4_000_000;

export type BackupOptions = BindingOption & {
  readonly data: string;
  /** The folder that holds the backups; its parent has to exist, so that a missing disk is noticed. */
  readonly to: string;
  readonly nowUnixMs: number;
  readonly program: string;
  readonly onProgress?: ((progress: CheckProgress | { readonly stage: 'copy' }) => void) | undefined;
};

export type Backup = {
  readonly backup: string;
  readonly manifest: Manifest;
};

/** A backup just made; `sameDisk` when it would be lost together with the data folder. */
export type MadeBackup = Backup & { readonly sameDisk: boolean };

/**
 * Copies a station's files into a new folder under `to`, synced, then opens the copy and checks it whole, and
 * only then writes the manifest that makes it count. Works beside a station that sells, on a thread of its
 * own. Never touches an older backup. A refusal leaves nothing; a crash leaves a folder without a manifest.
 */
export function makeBackup(options: BackupOptions): Result<MadeBackup, BackupFault> {
  const target = openTarget(options);
  if (!target.ok) return target;
  const backup = path.join(target.value.to, backupName(options.nowUnixMs));
  try {
    mkdirSync(backup, { mode: 0o700 });
    const made = fillBackup(options, target.value.data, backup);
    if (!made.ok) rmSync(backup, { recursive: true, force: true });
    else syncFolder(target.value.to);
    return made;
  } catch (error) {
    rmSync(backup, { recursive: true, force: true });
    return err(writeFault(options.to, error));
  }
}

function fillBackup(options: BackupOptions, data: string, backup: string): Result<MadeBackup, BackupFault> {
  const { sqliteBinding, onProgress } = options;
  onProgress?.({ stage: 'copy' });
  for (const name of DATABASES) {
    const file = DATABASE_FILES[name];
    const copied = copyDatabase(name, path.join(data, file), path.join(backup, file), { sqliteBinding });
    if (!copied.ok) return copied;
  }
  const plain = PLAIN_FILES.map(({ name }) => name).filter((name) => existsSync(path.join(data, name)));
  for (const name of plain) copyDurably(path.join(data, name), path.join(backup, name));
  syncFolder(backup);
  const checked = checkBooks({ folder: backup, whole: true, sqliteBinding, onProgress });
  if (!checked.ok) return checked;
  const names = [...DATABASES.map((name) => DATABASE_FILES[name]), ...plain];
  const manifest = writeManifest(backup, {
    format: 'kioskwatt-backup',
    version: 1,
    createdUnixMs: options.nowUnixMs,
    program: options.program,
    chain: checked.value,
    files: names.map((name) => ({ name, ...digestFile(path.join(backup, name)) })),
  });
  return ok({ backup, manifest, sameDisk: statSync(backup).dev === statSync(data).dev });
}

/** `backup-20261123T120000000Z-1a2b`: names sort by the time at which they were made. */
function backupName(nowUnixMs: number): string {
  const time = new Date(nowUnixMs).toISOString().replaceAll(/[-:.]/gu, '');
  return `backup-${time}-${randomBytes(2).toString('hex')}`;
}

function openTarget(options: BackupOptions): Result<{ data: string; to: string }, BackupFault> {
  const sizes = sourceSizes(options.data);
  if (!sizes.ok) return sizes;
  const refused = (reason: 'insideData' | 'notAFolder' | 'noRoom', detail = ''): Result<never, BackupFault> =>
    err({ code: 'backup-target', params: { folder: options.to, reason, detail } });
  const data = realpathSync(options.data);
  // Asked before the folder is made: a refusal leaves nothing behind.
  if (isInside(realAncestor(options.to), data)) return refused('insideData');
  try {
    if (!existsSync(options.to)) {
      mkdirSync(options.to, { mode: 0o700 });
      // A folder whose name is lost takes every backup in it along.
      syncFolder(path.dirname(path.resolve(options.to)));
    }
  } catch (error) {
    return err(writeFault(options.to, error));
  }
  if (!statSync(options.to).isDirectory()) return refused('notAFolder');
  const to = realpathSync(options.to);
  const lacking = sizes.value + SPARE_BYTES - freeBytesOf(to);
  return lacking > 0 ? refused('noRoom', String(lacking)) : ok({ data, to });
}

/** The real path of a folder that may not exist yet. */
export function realAncestor(folder: string): string {
  const whole = path.resolve(folder);
  if (existsSync(whole)) return realpathSync(whole);
  return path.join(realAncestor(path.dirname(whole)), path.basename(whole));
}

export function isInside(folder: string, outer: string): boolean {
  return folder === outer || folder.startsWith(outer.endsWith(path.sep) ? outer : outer + path.sep);
}

function sourceSizes(data: string): Result<number, BackupFault> {
  let sum = 0;
  const needed = [...DATABASES.map((name) => ({ name: DATABASE_FILES[name], needed: true })), ...PLAIN_FILES];
  for (const { name, needed: mustExist } of needed) {
    const file = path.join(data, name);
    if (existsSync(file)) sum += statSync(file).size;
    else if (mustExist) return err({ code: 'backup-source', params: { folder: data, file: name } });
    const log = `${file}-wal`;
    if (existsSync(log)) sum += statSync(log).size;
  }
  return ok(sum);
}

/** What the file system or SQLite said while a copy was written. */
function writeFault(folder: string, error: unknown): BackupFault {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  const detail = String(error.code);
  const reason = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes(detail)
    ? 'noRoom'
    : ['ENOENT', 'ENOTDIR'].includes(detail)
      ? 'notAFolder'
      : 'notWritable';
  return { code: 'backup-target', params: { folder, reason, detail } };
}

/**
 * Reads a backup again: manifest, every file's size and digest, then the databases as at its making. Names
 * the first file that is not as it was written.
 */
export function verifyBackup(
  backup: string,
  options: BindingOption & Pick<BackupOptions, 'onProgress'> = {},
): Result<Backup & { readonly chain: ChainSummary }, BackupFault> {
  const manifest = readManifest(backup);
  if (!manifest.ok) return manifest;
  const changed = (
    file: string,
    reason: 'missing' | 'size' | 'content' | 'unexpected',
  ): Result<never, BackupFault> => err({ code: 'backup-changed', params: { backup, file, reason } });
  const names = new Set(manifest.value.files.map(({ name }) => name));
  for (const name of [...DATABASES.map((one) => DATABASE_FILES[one]), SETTINGS_FILE])
    if (!names.has(name)) return changed(name, 'missing');
  // SQLite would take such a file for a part of the database beside it.
  const unexpected = readdirSync(backup).find((name) => /\.db-/u.test(name));
  if (unexpected !== undefined) return changed(unexpected, 'unexpected');
  for (const { name, bytes, sha256 } of manifest.value.files) {
    const file = path.join(backup, name);
    if (!existsSync(file)) return changed(name, 'missing');
    if (statSync(file).size !== bytes) return changed(name, 'size');
    if (digestFile(file).sha256 !== sha256) return changed(name, 'content');
  }
  const checked = checkBooks({ ...options, folder: backup, whole: true });
  if (!checked.ok) return checked;
  if (checked.value.head !== manifest.value.chain.head) return changed(DATABASE_FILES.ledger, 'content');
  return ok({ backup, manifest: manifest.value, chain: checked.value });
}

export type NewestOptions = {
  readonly data: string;
  /** The folder that holds the backups. */
  readonly to: string;
  readonly nowUnixMs: number;
};

export type NewestBackup = { readonly createdUnixMs: number; readonly sameDisk: boolean };

/**
 * The newest backup that counts, by its manifest only, or null where none does; reads no more manifests than that takes.
 * One from later than now tells only that a clock was ahead. Refused where nobody can look: not for main's thread, since
 * a disk may be long about that.
 */
export function newestBackup({
  data,
  to,
  nowUnixMs,
}: NewestOptions): Result<NewestBackup | null, BackupFault> {
  try {
    // The first backup makes the folder; without the one above it, the disk is not there.
    if (!existsSync(to) && statSync(path.dirname(to)).isDirectory()) return ok(null);
    for (const name of backupNames(to).toReversed()) {
      const manifest = readManifest(path.join(to, name));
      if (!manifest.ok || manifest.value.createdUnixMs > nowUnixMs) continue;
      const sameDisk = statSync(path.join(to, name)).dev === statSync(data).dev;
      return ok({ createdUnixMs: manifest.value.createdUnixMs, sameDisk });
    }
    return ok(null);
  } catch (error) {
    return err(writeFault(to, error));
  }
}

/** Oldest first. */
function backupNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .toSorted();
}

export type ListedBackup = {
  readonly backup: string;
  /** Null when its making was cut off or the manifest was changed: it does not count. */
  readonly manifest: Manifest | null;
};

/** The backups under a folder, oldest first, by their manifests only. */
export function listBackups(folder: string): Result<readonly ListedBackup[], BackupFault> {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    return err({ code: 'backup-target', params: { folder, reason: 'notAFolder', detail: '' } });
  const listed = backupNames(folder).map((name) => {
    const backup = path.join(folder, name);
    const manifest = readManifest(backup);
    return { backup, manifest: manifest.ok ? manifest.value : null };
  });
  return ok(listed);
}
