import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { err, ok, type Result } from '../../units/index.ts';
import { REFILL_BYTES } from './free-space.ts';
import { networkFilesystem } from './network-filesystem.ts';
import { toStorageError } from './storage-error.ts';

export type FolderFault =
  | { readonly code: 'folder-read-only'; readonly params: { folder: string } }
  /** Not a byte more can be written; `megabytes`: what has to be free to sell, with the ballast. */
  | { readonly code: 'folder-full'; readonly params: { folder: string; megabytes: number } }
  | { readonly code: 'folder-network'; readonly params: { folder: string; filesystem: string } }
  | { readonly code: 'folder-not-a-folder'; readonly params: { folder: string; reason: string } }
  | { readonly code: 'folder-locked'; readonly params: { folder: string; holder: string } }
  /** The folder was moved aside by a restore that died before its last step: both folders are whole. */
  | { readonly code: 'restore-unfinished'; readonly params: { folder: string; found: string } };

/** A data folder that this process alone may write to, until it is released. */
export type DataFolder = {
  readonly path: string;
  file(name: string): string;
  release(): void;
};

const LOCK_FILE = 'station.lock';
const HOLDER_FILE = 'station.holder';

/**
 * Makes the folder if need be (owner only), makes sure that it is on a local disk and can be written to, and
 * takes an exclusive lock on it. The lock is the operating system's (a database held in an exclusive
 * transaction), so it ends with the process however that ends.
 */
export function openDataFolder(folder: string, sqliteBinding?: string): Result<DataFolder, FolderFault> {
  const found = leftByRestore(folder);
  if (!found.ok) return found;
  if (found.value.length > 0)
    return err({ code: 'restore-unfinished', params: { folder, found: found.value.join(', ') } });
  const made = makeFolder(folder);
  if (!made.ok) return made;
  const filesystem = networkFilesystem(made.value);
  if (filesystem !== undefined) return err({ code: 'folder-network', params: { folder, filesystem } });
  const refused = tryToWrite(made.value, folder);
  if (refused) return err(refused);
  return takeLock(made.value, sqliteBinding);
}

/** A folder that a restore builds, before it is put in place of FOLDER; what stood there goes to the other name. */
export const RESTORE_NAMES = { building: '.restoring-', movedAside: '.before-restore-' } as const;

/**
 * What a restore left beside a folder that is not there. New books in its place would begin their numbers again: where
 * nobody can see what lies there, none are made.
 */
function leftByRestore(folder: string): Result<readonly string[], FolderFault> {
  const [parent, name] = [path.dirname(path.resolve(folder)), path.basename(path.resolve(folder))];
  try {
    if (existsSync(folder) || !statSync(parent, { throwIfNoEntry: false })?.isDirectory()) return ok([]);
    const beside = readdirSync(parent);
    const left = (kind: string): string[] =>
      beside.filter((each) => each.startsWith(`${name}${kind}`)).toSorted();
    const building = left(RESTORE_NAMES.building);
    return ok(building.length === 0 ? [] : [...building, ...left(RESTORE_NAMES.movedAside)]);
  } catch (error) {
    return err(folderFault(folder, error));
  }
}

function makeFolder(folder: string): Result<string, FolderFault> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!statSync(folder).isDirectory()) throw new Error('not a folder');
    return ok(realpathSync(folder));
  } catch (error) {
    return err(folderFault(folder, error));
  }
}

function folderFault(folder: string, error: unknown): FolderFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'not a folder';
  if (FULL.has(code)) return full(folder);
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM')
    return { code: 'folder-read-only', params: { folder } };
  return { code: 'folder-not-a-folder', params: { folder, reason: code } };
}

const MEGABYTE = 1_000_000;
/** What a start writes before it looks whether it may sell. */
const START_BYTES = 2 * MEGABYTE;

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

function full(folder: string): FolderFault {
  return {
    code: 'folder-full',
    params: { folder, megabytes: Math.ceil((REFILL_BYTES + START_BYTES) / MEGABYTE) },
  };
}

/** Permission bits tell root nothing and read-only mounts little: writing a byte is the test. Named as the caller did. */
function tryToWrite(real: string, folder: string): FolderFault | undefined {
  const probe = path.join(real, `.probe-${randomBytes(6).toString('hex')}`);
  try {
    const descriptor = openSync(probe, 'wx', 0o600);
    try {
      writeSync(descriptor, 'x');
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
      rmSync(probe);
    }
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return FULL.has(code) ? full(folder) : { code: 'folder-read-only', params: { folder } };
  }
}

/** A lock that nothing refers to would end with the next collection of garbage, before its process does. */
const HELD = new Set<Database.Database>();

function takeLock(folder: string, sqliteBinding: string | undefined): Result<DataFolder, FolderFault> {
  const lockFile = path.join(folder, LOCK_FILE);
  const holderFile = path.join(folder, HOLDER_FILE);
  const binding = sqliteBinding === undefined ? {} : { nativeBinding: sqliteBinding };
  let lock: Database.Database | undefined;
  try {
    lock = new Database(lockFile, { timeout: 0, ...binding });
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    const fault = toStorageError(error);
    if (fault.sqliteCode.startsWith('SQLITE_BUSY')) {
      return err({ code: 'folder-locked', params: { folder, holder: readHolder(holderFile) } });
    }
    return err({ code: 'folder-not-a-folder', params: { folder, reason: fault.message } });
  }
  const held = lock;
  HELD.add(held);
  writeHolder(holderFile);
  return ok({
    path: folder,
    file: (name) => path.join(folder, name),
    release: () => {
      removeHolder(holderFile);
      held.close();
      HELD.delete(held);
    },
  });
}

/** Only words for whoever finds the folder locked: a disk that takes nothing any more keeps them, and the lock ends all the same. */
function removeHolder(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

function writeHolder(file: string): void {
  const text = `process ${process.pid} on ${hostname()} since ${new Date().toISOString()}`;
  const descriptor = openSync(file, 'w', 0o600);
  try {
    writeSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

function readHolder(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').slice(0, 200) : 'another process';
}
