import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import {
  ACK_FILES,
  BATCH_FILES,
  batchName,
  ENROLMENT_FILES,
  enrolmentRequestShape,
  MANIFEST_LIMIT_BYTES,
  parseBatchName,
  PAYLOAD_LIMITS,
  type BatchId,
} from '../batch/index.ts';
import { openCheckers } from './checkers.ts';
import type { Database } from './db.ts';
import { putFile, putFileBeside, syncFolder } from './files.ts';
import { importBatch, type BatchFile, type ImportDeps, type Imported } from './import-batch.ts';
import { takePersonal } from './personal.ts';
import { compare, enrolStation } from './stations.ts';

/** Where a station's files lie in an exchange folder: `T014/up` towards head office, `T014/down` back. */
export const UP = 'up';
export const DOWN = 'down';

export type FoundBatch = BatchId & { readonly base: string };

export type ImportOptions = ImportDeps & {
  /** The exchange folder: one folder for each station. */
  readonly exchange: string;
  /** Where batches go once they are settled; they stay where they are when left out. */
  readonly archive?: string;
  /** These batches and no others, wherever they lie; all of the exchange folder when left out. */
  readonly batches?: readonly FoundBatch[];
  readonly onProgress?: (done: number, all: number) => void;
};

/** A batch's files, or why it is not looked at. */
export type Outcome =
  | Imported
  | { readonly batch: BatchId; readonly verdict: 'incomplete'; readonly reasons: Imported['reasons'] };

/** Every complete batch below a folder, by station and number. A manifest comes last: without one there is no batch. */
export function findBatches(folder: string): readonly FoundBatch[] {
  const found: FoundBatch[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(BATCH_FILES.manifest)) continue;
    const batch = batchOfFile(path.join(entry.parentPath, entry.name));
    if (batch) found.push(batch);
  }
  return found.sort(inTurn);
}

const inTurn = (a: FoundBatch, b: FoundBatch): number =>
  a.station === b.station ? compare(a, b) : a.station < b.station ? -1 : 1;

/** The batch that a file belongs to, by its name; undefined for a file of none. */
export function batchOfFile(file: string): FoundBatch | undefined {
  const ending = Object.values(BATCH_FILES).find((each) => file.endsWith(each)) ?? '';
  const base = file.slice(0, file.length - ending.length);
  const id = parseBatchName(path.basename(base));
  return id && { ...id, base };
}

/** Reads a batch's files, none of them beyond its limit. */
export function readBatch(found: FoundBatch): BatchFile | undefined {
  const read = (ending: string, limit: number): Uint8Array | undefined => {
    const file = found.base + ending;
    if (!existsSync(file) || statSync(file).size > limit) return undefined;
    return readFileSync(file);
  };
  const manifest = read(BATCH_FILES.manifest, MANIFEST_LIMIT_BYTES);
  const signature = read(BATCH_FILES.signature, MANIFEST_LIMIT_BYTES);
  const payload = read(BATCH_FILES.payload, PAYLOAD_LIMITS.packedBytes);
  if (!manifest || !signature || !payload) return undefined;
  const { station, epoch, number } = found;
  return { station, epoch, number, manifest, signature, payload };
}

/**
 * Imports every batch of an exchange folder: stations side by side, the batches of one station in their order,
 * and after each what was parked behind it. Answers are put into each station's `down` folder.
 */
export async function importFolder(options: ImportOptions): Promise<readonly Outcome[]> {
  await enrolAll(options);
  const found = options.batches?.toSorted(inTurn) ?? findBatches(options.exchange);
  const threads = checkThreads(options.database, found.length);
  if (threads === 0) return importFound(options, found);
  const checkers = openCheckers(threads);
  try {
    return await importFound({ ...options, check: checkers.check }, found);
  } finally {
    await checkers.close();
  }
}

/** Fewer batches are checked sooner than a thread has started. */
const BATCHES_FOR_A_THREAD = 8;

function checkThreads({ embedded, width }: Database, batches: number): number {
  if (embedded) return 0;
  return Math.min(width, availableParallelism(), Math.floor(batches / BATCHES_FOR_A_THREAD));
}

/** More stations than sessions: while some are checked or their answers written, the database has others to load. */
const STATIONS_FOR_A_SESSION = 2;

const atOnce = ({ embedded, width }: Database): number => (embedded ? 1 : width * STATIONS_FOR_A_SESSION);

async function importFound(
  options: ImportOptions,
  found: readonly FoundBatch[],
): Promise<readonly Outcome[]> {
  const stations = byStation(found);
  const outcomes: Outcome[] = [];
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let batches = stations.shift(); batches; batches = stations.shift()) {
      for (const batch of batches) {
        outcomes.push(...(await importOne(options, batch)));
        done += 1;
        options.onProgress?.(done, found.length);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce(options.database) }, worker));
  await takePersonal(options);
  return outcomes;
}

function byStation(found: readonly FoundBatch[]): FoundBatch[][] {
  const lists = new Map<string, FoundBatch[]>();
  for (const batch of found) {
    const list = lists.get(batch.station);
    if (list) list.push(batch);
    else lists.set(batch.station, [batch]);
  }
  return [...lists.values()];
}

async function importOne(options: ImportOptions, found: FoundBatch): Promise<readonly Outcome[]> {
  const file = readBatch(found);
  if (!file) {
    const reason = {
      where: path.basename(found.base),
      code: 'file-incomplete',
      reason: 'missing or too long',
    };
    return [{ batch: found, verdict: 'incomplete', reasons: [reason] }];
  }
  const imported = await importBatch(options, file);
  await putAck(options.exchange, imported);
  const settled = ['accepted', 'duplicate', 'gap'].includes(imported.verdict);
  if (settled && options.archive !== undefined) archive(found, options.archive);
  return [imported, ...(imported.verdict === 'accepted' ? await importParked(options, file) : [])];
}

/** What waited for a batch that has come: it is taken from where it was parked. */
async function importParked(options: ImportOptions, after: BatchFile): Promise<readonly Imported[]> {
  const taken: Imported[] = [];
  for (let number = after.number + 1; ; number += 1) {
    const [row] = await options.database.use((session) =>
      session.query<{ manifest: Uint8Array; signature: Uint8Array; payload: Uint8Array }>(
        'SELECT manifest, signature, payload FROM parked WHERE station = $1 AND epoch = $2 AND number = $3',
        [after.station, after.epoch, number],
      ),
    );
    if (!row) return taken;
    const imported = await importBatch(options, { ...after, number, ...row });
    if (imported.verdict !== 'accepted') return taken;
    await putAck(options.exchange, imported);
    taken.push(imported);
  }
}

/** Puts a signed answer where its station looks: the signature first, with the answer it is complete. */
export async function putAck(
  exchange: string,
  { batch, ack }: Pick<Imported, 'batch' | 'ack'>,
): Promise<void> {
  const base = path.join(exchange, batch.station, DOWN, batchName(batch));
  await putFileBeside(base + ACK_FILES.signature, ack.signature);
  await putFileBeside(base + ACK_FILES.manifest, ack.manifest);
}

/** Moves a settled batch away; its manifest goes first, so that half a batch is never looked at. */
function archive(found: FoundBatch, folder: string): void {
  const target = path.join(folder, found.station);
  mkdirSync(target, { recursive: true });
  for (const ending of Object.values(BATCH_FILES).toReversed())
    moveFile(found.base + ending, path.join(target, path.basename(found.base) + ending));
  syncFolder(target);
}

function moveFile(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    // Another disk: copied whole, then removed.
    putFile(to, readFileSync(from));
    rmSync(from);
  }
}

/** Stations that ask to be known: whoever shows the code is, and gets head office's key. */
async function enrolAll({ database, office, exchange }: ImportOptions): Promise<void> {
  for (const entry of readdirSync(exchange, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(ENROLMENT_FILES.request)) continue;
    const file = path.join(entry.parentPath, entry.name);
    if (statSync(file).size > MANIFEST_LIMIT_BYTES) continue;
    const request = enrolmentRequestShape.safeParse(parseJson(readFileSync(file, 'utf8')));
    if (!request.success) continue;
    const enrolled = await enrolStation(database, office, request.data);
    const { station } = request.data;
    if (enrolled.ok)
      putFile(path.join(exchange, station, DOWN, station + ENROLMENT_FILES.reply), enrolled.value.reply);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
