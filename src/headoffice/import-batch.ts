import {
  batchName,
  openBatch,
  sealAck,
  sha256,
  type BatchId,
  type BatchManifest,
  type FileFault,
  type SealedManifest,
  type Signer,
  type Verdict,
} from '../batch/index.ts';
import { assert, type Result } from '../units/index.ts';
import { checkBatch, type CheckedBatch, type CheckJob } from './check-batch.ts';
import type { Database, Session } from './db.ts';
import { judgeNumber, judgeRows, type Judgement, type Reason } from './judge.ts';
import { endKeys, findStation, keysOf, maySign, type StationRow } from './stations.ts';
import { rowColumns } from './schema.ts';

/** The three files of a batch as they were found. */
export type BatchFile = BatchId & SealedManifest & { readonly payload: Uint8Array };

export type Imported = {
  readonly batch: BatchId;
  readonly verdict: Verdict;
  readonly rowsAdded: number;
  readonly rowsKnown: number;
  readonly reasons: readonly Reason[];
  /** The signed answer to the station. */
  readonly ack: SealedManifest;
};

export type ImportDeps = {
  readonly database: Database;
  readonly office: Signer;
  readonly now: () => number;
  /** Checks the lines of a batch: on threads where many come; otherwise on this one, which is what it does when left out. */
  readonly check?: (job: CheckJob) => Promise<Result<CheckedBatch, FileFault>>;
  /** Told between the steps of an import; tests end the process there. */
  readonly onStep?: (step: string) => void;
};

/** How a fault of the file reads as a verdict. */
function verdictOf(fault: FileFault): Verdict {
  if (fault.code === 'file-signature') return 'bad-signature';
  return fault.code === 'file-totals' ? 'totals-mismatch' : 'damaged';
}

/**
 * Takes one batch: signature, number, digests, rows, chain and totals are checked first; then rows, batch and
 * acknowledgement become durable in one transaction. Whatever the verdict, the answer is signed.
 */
export async function importBatch(deps: ImportDeps, file: BatchFile): Promise<Imported> {
  const digest = sha256(file.manifest);
  const station = await deps.database.use(async (session) => {
    const row = await findStation(session, file.station);
    return row && { row, keys: await keysOf(session, file.station) };
  });
  const keys = (station?.keys ?? []).filter((key) => maySign(key, file)).map((key) => key.public_key);
  const opened = openBatch(file, keys);
  if (!station || !opened.ok) {
    const reason = opened.ok ? reasonOf('station', 'station-unknown', '') : faultReason(opened.error);
    const known = (station?.keys ?? []).some((key) => openBatch(file, [key.public_key]).ok);
    // Signed by a key of this station, but for another epoch than this one: that key was not enrolled for it.
    const verdict = known ? 'new-epoch' : opened.ok ? 'bad-signature' : verdictOf(opened.error);
    return refused(deps, file, digest, verdict, [reason]);
  }
  const { manifest } = opened.value;
  if (batchName(manifest) !== batchName(file)) {
    const reason = reasonOf('name', 'name-differs', batchName(manifest));
    return refused(deps, file, digest, 'damaged', [reason]);
  }
  const early = await deps.database.use((session) => judgeNumber(session, station.row, manifest, digest));
  if (early?.verdict === 'duplicate') return answerDuplicate(deps, file, digest);
  const check = deps.check ?? ((job) => Promise.resolve(checkBatch(job)));
  const batch = await check({ manifest, payload: file.payload, known: 0 });
  if (!batch.ok) return refused(deps, file, digest, verdictOf(batch.error), [faultReason(batch.error)]);
  deps.onStep?.('verified');
  return take(deps, file, digest, manifest, batch.value);
}

const reasonOf = (where: string, code: string, reason: string): Reason => ({ where, code, reason });
const faultReason = ({ code, params }: FileFault): Reason => reasonOf(params.where, code, params.reason);

/** The checked batch against what is held now, under the station's lock: all of it or nothing. */
async function take(
  deps: ImportDeps,
  file: BatchFile,
  digest: string,
  manifest: BatchManifest,
  batch: CheckedBatch,
): Promise<Imported> {
  await ensureMonths(deps.database, batch);
  const judged = await deps.database.transaction(async (session) => {
    const station = await findStation(session, file.station, true);
    if (!station) throw new Error(`station ${file.station} is gone`);
    const judgement =
      (await judgeNumber(session, station, manifest, digest)) ??
      (await judgeRows(session, station, manifest, batch));
    if (judgement.verdict === 'gap') await park(session, file);
    if (judgement.verdict !== 'accepted') return { judgement, added: 0, ack: null };
    const fresh = judgement.known === 0 ? batch : freshPart(manifest, file.payload, judgement.known);
    for (const { table, bytes } of fresh.copies) await session.copyIn(table, rowColumns(table), bytes);
    deps.onStep?.('rows');
    await openEpochs(session, station, judgement.known, batch);
    const answered = { ...judgement, added: fresh.rows };
    const head = headAfter(station, manifest);
    const ack = acknowledge(deps, file, digest, answered, head);
    await addBatch(session, file, digest, manifest, answered, ack, head);
    deps.onStep?.('batch');
    return { judgement, added: fresh.rows, ack };
  });
  deps.onStep?.('committed');
  const { judgement, added, ack } = judged;
  if (judgement.verdict === 'duplicate') return answerDuplicate(deps, file, digest);
  if (!ack) return refused(deps, file, digest, judgement.verdict, judgement.reasons);
  const { known } = judgement;
  return { batch: idOf(file), verdict: 'accepted', rowsAdded: added, rowsKnown: known, reasons: [], ack };
}

/** The rows that are not held, where a batch begins with some that are: after a restore, and not often. */
function freshPart(manifest: BatchManifest, payload: Uint8Array, known: number): CheckedBatch {
  const checked = checkBatch({ manifest, payload, known });
  assert(checked.ok, 'a batch that was good is good again');
  return checked.value;
}

const idOf = ({ station, epoch, number }: BatchFile): BatchId => ({ station, epoch, number });

const months = new WeakMap<Database, Set<string>>();

async function ensureMonths(database: Database, batch: CheckedBatch): Promise<void> {
  const made = months.get(database) ?? new Set<string>();
  months.set(database, made);
  for (const month of batch.months.filter((day) => !made.has(day))) {
    await database.transaction((session) => session.query('SELECT ensure_month($1)', [month]));
    made.add(month);
  }
}

async function park(session: Session, file: BatchFile): Promise<void> {
  await session.query(
    `INSERT INTO parked (station, epoch, number, manifest, signature, payload) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING`,
    [file.station, file.epoch, file.number, file.manifest, file.signature, file.payload],
  );
}

async function openEpochs(
  session: Session,
  { station }: StationRow,
  known: number,
  { epochs }: CheckedBatch,
): Promise<void> {
  for (const { index, epoch, openedUnixMs, old } of epochs) {
    if (index < known || !old) continue;
    await session.query(
      `INSERT INTO epoch (station, epoch, opened_unix_ms, old_epoch, old_sequence, held_sequence)
       VALUES ($1, $2, $3, $4::integer, $5::bigint, greatest($5::bigint,
         (SELECT max(sequence) FROM record WHERE station = $1 AND epoch = $4::integer)))`,
      [station, epoch, openedUnixMs, old.epoch, old.sequence],
    );
  }
}

type Head = {
  readonly epoch: number;
  readonly sequence: number;
  readonly hash: string;
  readonly recordId: number;
};

function headOf({ epoch, sequence, hash, record_id: recordId }: StationRow): Head {
  return { epoch, sequence, hash: Buffer.from(hash).toString('hex'), recordId };
}

/** The newest record that is held once this batch is taken. */
function headAfter(station: StationRow, { last, chain, firstRecordId, totals }: BatchManifest): Head {
  const behind =
    last.epoch < station.epoch || (last.epoch === station.epoch && last.sequence <= station.sequence);
  if (behind) return headOf(station);
  return { ...last, hash: chain.after, recordId: firstRecordId + totals.records - 1 };
}

async function addBatch(
  session: Session,
  file: BatchFile,
  digest: string,
  manifest: BatchManifest,
  { added, known }: Answered,
  ack: SealedManifest,
  head: Head,
): Promise<void> {
  const { station, epoch, number } = file;
  await session.query(
    `INSERT INTO batch (station, epoch, number, manifest_sha256, manifest, signature, rows_added, rows_known, ack,
       ack_signature, created_unix_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      station,
      epoch,
      number,
      digest,
      file.manifest,
      file.signature,
      added,
      known,
      ack.manifest,
      ack.signature,
      manifest.clock.createdUnixMs,
    ],
  );
  await session.query(
    `UPDATE station SET batch_epoch = $2, batch_number = $3, batch_manifest = $4, epoch = $5, sequence = $6,
       hash = decode($7, 'hex'), record_id = $8, heard_at = now() WHERE station = $1`,
    [station, epoch, number, digest, head.epoch, head.sequence, head.hash, head.recordId],
  );
  if (manifest.nextKey !== undefined) {
    await endKeys(session, station, file);
    await session.query(
      `INSERT INTO station_key (station, public_key, from_epoch, from_number) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [station, manifest.nextKey, epoch, number + 1],
    );
  }
  await session.query('DELETE FROM parked WHERE station = $1 AND epoch = $2 AND number = $3', [
    station,
    epoch,
    number,
  ]);
}

/** A judgement, and how many rows were added by it. */
type Answered = Judgement & { readonly added: number };

function acknowledge(
  { office, now }: ImportDeps,
  file: BatchFile,
  digest: string,
  { verdict, added, known, reasons }: Answered,
  head: Head | null,
  number = file.number,
): SealedManifest {
  return sealAck(
    {
      format: 'kioskwatt-ack',
      version: 1,
      station: file.station,
      epoch: file.epoch,
      number: file.number,
      manifest: digest,
      verdict,
      expected: head && { epoch: Math.max(1, head.epoch), number: number + 1, sequence: head.sequence + 1 },
      head: head && { epoch: head.epoch, sequence: head.sequence, hash: head.hash },
      rows: { added, known },
      reasons: reasons.slice(0, 100).map((reason) => ({ ...reason })),
      atUnixMs: now(),
    },
    office,
  );
}

/** The same batch again: nothing is added, and the answer is given again. */
async function answerDuplicate(deps: ImportDeps, file: BatchFile, digest: string): Promise<Imported> {
  return answer(deps, file, digest, 'duplicate', []);
}

async function refused(
  deps: ImportDeps,
  file: BatchFile,
  digest: string,
  verdict: Verdict,
  reasons: readonly Reason[],
): Promise<Imported> {
  await deps.database.use((session) =>
    session.query(
      `INSERT INTO alarm (station, verdict, epoch, number, manifest_sha256, reasons) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING`,
      [file.station, verdict, file.epoch, file.number, digest, JSON.stringify(reasons)],
    ),
  );
  return answer(deps, file, digest, verdict, reasons);
}

async function answer(
  deps: ImportDeps,
  file: BatchFile,
  digest: string,
  verdict: Verdict,
  reasons: readonly Reason[],
): Promise<Imported> {
  const row = await deps.database.use((session) => findStation(session, file.station));
  const judgement = { verdict, added: 0, known: 0, reasons };
  const ack = acknowledge(deps, file, digest, judgement, row ? headOf(row) : null, row?.batch_number);
  return { batch: idOf(file), verdict, rowsAdded: 0, rowsKnown: 0, reasons, ack };
}
