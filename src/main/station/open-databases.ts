import { err, ok, type Result } from '../../units/index.ts';
import {
  appendRecord,
  believedUnixMs,
  businessDateOf,
  chainHead,
  findingOf,
  lastAnchor,
  refusedAnchor,
  startCheck,
  startUpdate,
  verifySinceAnchor,
  writeAnchor,
  type ChainSummary,
} from '../ledger/index.ts';
import {
  isBegun,
  openFault,
  openStationKey,
  openWriter,
  schemaDifference,
  StorageError,
  updateDue,
  type DatabaseName,
  type DataFolder,
  type DirectoryWriter,
  type LedgerWriter,
  type OpenOptions,
  type StationKey,
  type Writer,
} from '../store/index.ts';
import type { StartFault, StationOptions } from './open-station.ts';

export type Databases = {
  readonly ledger: LedgerWriter;
  readonly directory: DirectoryWriter;
  readonly key: StationKey;
};

/**
 * Opens ledger and directory of a folder, their tables as the migrations make them, with the station's key, and reads
 * the ledger's chain from its newest anchor on. Refused with the code of what is wrong with them. The key is made last:
 * where it is, both files have been, and one that is gone is never begun anew.
 */
export async function openDatabases(
  folder: DataFolder,
  options: StationOptions,
  zone: string,
  told: Pick<OpenOptions, 'onFatal' | 'onFull'>,
): Promise<Result<Databases, StartFault>> {
  const open = { sqliteBinding: options.sqliteBinding, mustExist: isBegun(folder.path), ...told };
  for (const name of ['ledger', 'directory'] as const) {
    const updated = await bringUp(name, folder, options);
    if (!updated.ok) return updated;
  }
  const ledger = openAsMade('ledger', folder, open);
  if (!ledger.ok) return ledger;
  const directory = openAsMade('directory', folder, open);
  if (!directory.ok) {
    ledger.value.close();
    return directory;
  }
  const databases = { ledger: ledger.value, directory: directory.value };
  let kept = false;
  try {
    const key = await trust(databases.ledger, folder, options, zone);
    kept = key.ok;
    return key.ok ? ok({ ...databases, key: key.value }) : key;
  } finally {
    if (!kept) for (const each of Object.values(databases)) each.close();
  }
}

/** One of the two files, refused before anything is read from tables that are not as the migrations make them. */
function openAsMade<Name extends DatabaseName>(
  name: Name,
  folder: DataFolder,
  options: OpenOptions,
): Result<Writer<Name>, StartFault> {
  const file = folder.file(`${name}.db`);
  const opened = openWriter(name, file, options);
  if (!opened.ok) return opened;
  const changed = schemaFault(name, opened.value, file, options);
  if (!changed) return opened;
  opened.value.close();
  return err(changed);
}

/** The station's key, once the ledger's chain was read up to its end and that is signed with it. */
async function trust(
  ledger: LedgerWriter,
  folder: DataFolder,
  options: StationOptions,
  zone: string,
): Promise<Result<StationKey, StartFault>> {
  const key = openStationKey(folder.path);
  if (!key.ok) return key;
  try {
    const verified = await verifyAtStart(ledger, key.value, folder, options);
    if (!verified.ok) return verified;
    anchorAtStart(ledger, verified.value, key.value, options.now(), zone);
    return key;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return err(openFault(folder.file('ledger.db'), error));
  }
}

/** As much as is copied before anybody waits: a second. */
const COPIED_AT_ONCE_BYTES = 100_000_000;
const LOOK_AT_COPY_MS = 250;

/**
 * A large file of an older program is copied aside on a thread, and whoever waits is told how far that is, and then that
 * its tables are brought up, which nobody can tell the length of.
 */
async function bringUp(
  name: DatabaseName,
  folder: DataFolder,
  { sqliteBinding, onProgress }: StationOptions,
): Promise<Result<null, StartFault>> {
  const file = folder.file(`${name}.db`);
  const due = updateDue(name, file, { sqliteBinding });
  if (!due || due.bytes < COPIED_AT_ONCE_BYTES) return ok(null);
  const { bytes, copied } = due;
  const tell = (): void => onProgress?.({ stage: 'copy', done: Math.min(copied(), bytes), of: bytes });
  const telling = setInterval(tell, LOOK_AT_COPY_MS);
  tell();
  const onCopied = (): void => {
    clearInterval(telling);
    onProgress?.({ stage: 'update' });
  };
  try {
    return await startUpdate({ name, file, sqliteBinding }, ({ stage }) => {
      if (stage === 'update') onCopied();
    }).outcome;
  } finally {
    clearInterval(telling);
  }
}

/** As many records as are read before anybody waits: a second. */
const READ_AT_ONCE = 20_000;

/**
 * The chain from the newest anchor on. After a restore, with a new key or from an older program there is none: then
 * everything is read, on a thread, and whoever waits is told how far it is.
 */
async function verifyAtStart(
  ledger: LedgerWriter,
  key: StationKey,
  folder: DataFolder,
  { sqliteBinding, onProgress }: StationOptions,
): Promise<Result<ChainSummary, StartFault>> {
  const before = lastAnchor(ledger, key)?.recordId ?? 0;
  const of = (chainHead(ledger)?.recordId ?? 0) - before;
  if (of > READ_AT_ONCE) {
    const options = { folder: folder.path, chainOnly: true, whole: false, sqliteBinding };
    return startCheck(options, (progress) => {
      if (progress.stage === 'chain') onProgress?.({ stage: 'read', done: progress.records - before, of });
    }).outcome;
  }
  const verified = verifySinceAnchor(ledger, key);
  return verified.ok ? verified : err(findingOf(verified.error, folder.file('ledger.db')));
}

/** A trigger that is gone protects nothing: no sale is made on tables that are not as the migrations make them. */
function schemaFault<Name extends DatabaseName>(
  name: Name,
  database: Writer<Name>,
  file: string,
  { sqliteBinding }: OpenOptions,
): StartFault | undefined {
  try {
    const difference = schemaDifference(name, database, { sqliteBinding });
    if (difference === undefined) return undefined;
    return { code: 'database-damaged', params: { file, reason: `schema: ${difference}` } };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return openFault(file, error);
  }
}

/** Signs how far the start has read. An anchor that somebody else wrote is put on record. */
function anchorAtStart(
  ledger: LedgerWriter,
  verified: ChainSummary,
  key: StationKey,
  nowUnixMs: number,
  zone: string,
): void {
  const refused = refusedAnchor(ledger, key);
  if (verified.rows === 0 && refused === undefined) return;
  ledger.transaction((tx) => {
    writeAnchor(tx, verified, nowUnixMs, false, key);
    if (refused === undefined) return;
    const atUnixMs = believedUnixMs(tx, nowUnixMs);
    appendRecord(tx, {
      kind: 'anchor-refused',
      atUnixMs,
      businessDate: businessDateOf(atUnixMs, zone),
      operatorId: null,
      subjectId: null,
      detail: { number: refused },
    });
  });
}
