import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  BATCH_FILES,
  batchName,
  sealBatch,
  sealPersonal,
  sha256,
  type BatchManifest,
  type BuiltPayload,
  type SealedManifest,
} from '../../batch/index.ts';
import { chainHead, directoryChangesBetween } from '../ledger/index.ts';
import {
  openStationKey,
  STATION_KEY_FILE,
  syncFolder,
  writeDurably,
  type LedgerWriter,
  type StationKey,
} from '../store/index.ts';
import type { BuildJob } from './build-job.ts';
import { NEXT_KEY_FOLDER, nextKey } from './enrolment.ts';
import { insertBatch, lastBatch, type ClosedBatch } from './outbox.ts';

export type BuildDeps = {
  readonly folder: string;
  readonly ledger: LedgerWriter;
  readonly stationId: string;
  readonly profile: BatchManifest['profile'];
  readonly versions: () => BatchManifest['versions'];
  readonly now: () => number;
  /** Another one after each start. */
  readonly boot: string;
  /** Milliseconds since the start, on a clock that nobody sets. */
  readonly upMs: () => number;
  /** Packs a range: on a thread of its own beside a till that sells. */
  readonly build: (job: BuildJob) => Promise<BuiltPayload | undefined>;
  readonly sqliteBinding?: string | undefined;
};

const OUTBOX = 'outbox';

/**
 * Closes the range behind the last batch and signs it; undefined when nothing is new. What is signed is in the
 * ledger before a file of it exists; the files can be made again from there.
 */
export async function closeBatch(deps: BuildDeps): Promise<ClosedBatch | undefined> {
  const before = lastBatch(deps.ledger);
  const job = buildJob(deps, before?.lastRecordId ?? 0);
  const built = await deps.build(job);
  if (!built) return undefined;
  finishRotation(deps);
  const key = stationKey(deps.folder);
  const next = nextKey(deps.folder);
  const { facts } = built;
  const epoch = chainHead(deps.ledger)?.epoch ?? 1;
  const sameEpoch = before?.epoch === epoch ? before : undefined;
  const head: Omit<BatchManifest, keyof typeof facts> = {
    format: 'kioskwatt-batch',
    version: 1,
    station: deps.stationId,
    profile: deps.profile,
    keyId: key.keyId,
    epoch,
    number: (sameEpoch?.number ?? 0) + 1,
    previousManifest: sameEpoch?.manifestSha256 ?? null,
    versions: deps.versions(),
    clock: {
      createdUnixMs: deps.now(),
      previousUnixMs: before?.closedUnixMs ?? null,
      boot: deps.boot,
      upMs: Math.floor(deps.upMs()),
    },
    ...(next ? { nextKey: next.publicKey } : {}),
  };
  const sealed = sealBatch(head, facts, key);
  const { number } = head;
  const range = {
    firstRecordId: facts.firstRecordId,
    lastRecordId: facts.firstRecordId + facts.totals.records - 1,
  };
  deps.ledger.transaction((tx) =>
    insertBatch(tx, { ...sealed, ...range, epoch, number, closedUnixMs: head.clock.createdUnixMs }),
  );
  if (next) finishRotation(deps);
  writeFiles(deps, { ...sealed, epoch, number }, built.bytes);
  return lastBatch(deps.ledger);
}

function buildJob(deps: BuildDeps, after: number, last?: number): BuildJob {
  const ledgerFile = path.join(deps.folder, 'ledger.db');
  return { ledgerFile, sqliteBinding: deps.sqliteBinding, after, last };
}

function stationKey(folder: string): StationKey {
  const key = openStationKey(folder);
  if (!key.ok) throw new Error(`${key.error.code} ${key.error.params.file}`);
  return key.value;
}

/** The announced key takes its place once the batch that announces it is in the ledger, also after a power cut. */
function finishRotation({ folder, ledger }: BuildDeps): void {
  const next = nextKey(folder);
  const last = lastBatch(ledger);
  if (!next || !last) return;
  const { nextKey: announced } = JSON.parse(Buffer.from(last.manifest).toString()) as Partial<BatchManifest>;
  if (announced !== next.publicKey) return;
  renameSync(path.join(folder, NEXT_KEY_FOLDER, STATION_KEY_FILE), path.join(folder, STATION_KEY_FILE));
  syncFolder(folder);
  rmSync(path.join(folder, NEXT_KEY_FOLDER), { recursive: true });
}

type Named = Pick<ClosedBatch, 'epoch' | 'number' | 'manifest' | 'signature'>;

function baseOf(
  deps: Pick<BuildDeps, 'folder' | 'stationId'>,
  batch: Pick<Named, 'epoch' | 'number'>,
): string {
  return path.join(deps.folder, OUTBOX, batchName({ station: deps.stationId, ...batch }));
}

function writeFiles(deps: BuildDeps, batch: Named, payload: Uint8Array): void {
  mkdirSync(path.join(deps.folder, OUTBOX), { recursive: true, mode: 0o700 });
  const base = baseOf(deps, batch);
  writeDurably(base + BATCH_FILES.payload, payload);
  writeDurably(base + BATCH_FILES.signature, batch.signature);
  writeDurably(base + BATCH_FILES.manifest, batch.manifest);
}

/** A batch's payload as it was signed: from its file, or made again from the journal when that is gone or damaged. */
export async function payloadOf(deps: BuildDeps, batch: ClosedBatch): Promise<Uint8Array> {
  const file = baseOf(deps, batch) + BATCH_FILES.payload;
  const { payload } = JSON.parse(Buffer.from(batch.manifest).toString()) as BatchManifest;
  const kept = existsSync(file) ? readFileSync(file) : undefined;
  if (kept && sha256(kept) === payload.sha256) return kept;
  const built = await deps.build(buildJob(deps, batch.firstRecordId - 1, batch.lastRecordId));
  if (!built || sha256(built.bytes) !== payload.sha256)
    throw new Error(`the journal does not give batch ${batch.epoch}/${batch.number} again`);
  writeFiles(deps, batch, built.bytes);
  return built.bytes;
}

/**
 * The personal values of a batch's changes of customers and meters, signed as a file of its own; undefined when it
 * has none, or none any more.
 */
export function personalOf(deps: BuildDeps, batch: ClosedBatch): SealedManifest | undefined {
  const changes = directoryChangesBetween(deps.ledger, batch.firstRecordId, batch.lastRecordId).map(
    ({ recordId, salt, change }) => ({ recordId, salt: Buffer.from(salt).toString('hex'), change }),
  );
  if (changes.length === 0) return undefined;
  const { epoch, number } = batch;
  const head = { format: 'kioskwatt-personal', version: 1, station: deps.stationId, epoch, number } as const;
  return sealPersonal({ ...head, changes }, stationKey(deps.folder));
}

/** A settled batch's files are no longer needed: its manifest stays in the ledger. */
export function dropFiles(deps: Pick<BuildDeps, 'folder' | 'stationId'>, batch: ClosedBatch): void {
  for (const ending of Object.values(BATCH_FILES)) rmSync(baseOf(deps, batch) + ending, { force: true });
}
