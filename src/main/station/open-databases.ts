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
  openWriter,
  schemaDifference,
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

/**
 * Opens ledger and directory of a folder, their tables as the migrations make them and the ledger's chain read from
 * its newest anchor on. Refused with the code of what is wrong with them.
 */
export async function openDatabases(
  folder: DataFolder,
  options: StationOptions,
  key: StationKey,
  zone: string,
  told: Pick<OpenOptions, 'onFatal' | 'onFull'>,
): Promise<Result<{ ledger: LedgerWriter; directory: DirectoryWriter }, StartFault>> {
  const open = { sqliteBinding: options.sqliteBinding, ...told };
  for (const name of ['ledger', 'directory'] as const) {
    const updated = await bringUp(name, folder, options);
    if (!updated.ok) return updated;
  }
  const ledger = openWriter('ledger', folder.file('ledger.db'), open);
  if (!ledger.ok) return ledger;
  const refused = (fault: StartFault): Result<never, StartFault> => {
    ledger.value.close();
    return err(fault);
  };
  // Before anything is read from these tables.
  const changed = schemaFault('ledger', ledger.value, folder, options);
  if (changed) return refused(changed);
  const verified = await verifyAtStart(ledger.value, key, folder, options);
  if (!verified.ok) return refused(verified.error);
  anchorAtStart(ledger.value, verified.value, key, options.now(), zone);
  const directory = openWriter('directory', folder.file('directory.db'), open);
  if (!directory.ok) return refused(directory.error);
  const changedDirectory = schemaFault('directory', directory.value, folder, options);
  if (changedDirectory) {
    directory.value.close();
    return refused(changedDirectory);
  }
  return ok({ ledger: ledger.value, directory: directory.value });
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
  const tell = (): void =>
    onProgress?.({ stage: 'copy', done: Math.min(due.copied(), due.bytes), of: due.bytes });
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
  folder: DataFolder,
  { sqliteBinding }: StationOptions,
): StartFault | undefined {
  const difference = schemaDifference(name, database, { sqliteBinding });
  if (difference === undefined) return undefined;
  const params = { file: folder.file(`${name}.db`), reason: `schema: ${difference}` };
  return { code: 'database-damaged', params };
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
