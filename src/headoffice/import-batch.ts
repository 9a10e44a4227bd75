import {
  BATCH_COLUMNS,
  batchName,
  openBatch,
  sealAck,
  sha256,
  verifyPayload,
  type Ack,
  type BatchId,
  type BatchManifest,
  type FileFault,
  type SealedManifest,
  type Signer,
  type Verdict,
  type VerifiedBatch,
} from '../batch/index.ts';
import { copyLines, monthsOf } from './copy-text.ts';
import type { Database, Session } from './db.ts';
import { judgeNumber, judgeRows, oldHeadOf, type Judgement, type Reason } from './judge.ts';
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
  const batch = verifyPayload(manifest, file.payload);
  if (!batch.ok) return refused(deps, file, digest, verdictOf(batch.error), [faultReason(batch.error)]);
  deps.onStep?.('verified');
  return take(deps, file, digest, batch.value);
}

const reasonOf = (where: string, code: string, reason: string): Reason => ({ where, code, reason });
const faultReason = ({ code, params }: FileFault): Reason => reasonOf(params.where, code, params.reason);

/** The checked batch against what is held now, under the station's lock: all of it or nothing. */
async function take(
  deps: ImportDeps,
  file: BatchFile,
  digest: string,
  batch: VerifiedBatch,
): Promise<Imported> {
  const copies = copyLines(file.station, batch.records);
  await ensureMonths(deps.database, batch);
  const judged = await deps.database.transaction(async (session) => {
    const station = await findStation(session, file.station, true);
    if (!station) throw new Error(`station ${file.station} is gone`);
    const judgement =
      (await judgeNumber(session, station, batch.manifest, digest)) ??
      (await judgeRows(session, station, batch));
    if (judgement.verdict === 'gap') await park(session, file);
    if (judgement.verdict !== 'accepted') return { judgement, ack: null };
    const whole = judgement.fresh.length === batch.records.length;
    await addRows(session, whole ? copies : copyLines(file.station, judgement.fresh));
    deps.onStep?.('rows');
    await openEpochs(session, station, judgement);
    const ack = acknowledge(deps, file, digest, judgement, headAfter(station, batch));
    await addBatch(session, file, digest, batch.manifest, judgement, ack);
    deps.onStep?.('batch');
    return { judgement, ack };
  });
  deps.onStep?.('committed');
  const { judgement, ack } = judged;
  if (judgement.verdict === 'duplicate') return answerDuplicate(deps, file, digest);
  if (!ack) return refused(deps, file, digest, judgement.verdict, judgement.reasons);
  return { batch: idOf(file), verdict: 'accepted', ...rowsOf(judgement), reasons: [], ack };
}

const idOf = ({ station, epoch, number }: BatchFile): BatchId => ({ station, epoch, number });

function rowsOf({ fresh, known }: Judgement): { rowsAdded: number; rowsKnown: number } {
  return { rowsAdded: fresh.reduce((sum, { children }) => sum + 1 + children.length, 0), rowsKnown: known };
}

const months = new WeakMap<Database, Set<string>>();

async function ensureMonths(database: Database, batch: VerifiedBatch): Promise<void> {
  const made = months.get(database) ?? new Set<string>();
  months.set(database, made);
  for (const month of monthsOf(batch.records).filter((day) => !made.has(day))) {
    await database.transaction((session) => session.query('SELECT ensure_month($1)', [month]));
    made.add(month);
  }
}

async function addRows(session: Session, copies: ReturnType<typeof copyLines>): Promise<void> {
  for (const [table, lines] of copies) await session.copyIn(table, rowColumns(table), lines);
}

async function park(session: Session, file: BatchFile): Promise<void> {
  await session.query(
    `INSERT INTO parked (station, epoch, number, manifest, signature, payload) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING`,
    [file.station, file.epoch, file.number, file.manifest, file.signature, file.payload],
  );
}

const AT = BATCH_COLUMNS.record.indexOf('at_unix_ms');

async function openEpochs(session: Session, station: StationRow, { fresh }: Judgement): Promise<void> {
  for (const record of fresh) {
    const old = oldHeadOf(record);
    if (!old) continue;
    const opened = record.values[AT];
    await session.query(
      `INSERT INTO epoch (station, epoch, opened_unix_ms, old_epoch, old_sequence, held_sequence)
       VALUES ($1, $2, $3, $4::integer, $5::bigint, greatest($5::bigint,
         (SELECT max(sequence) FROM record WHERE station = $1 AND epoch = $4::integer)))`,
      [station.station, record.epoch, opened, old.epoch, old.sequence],
    );
  }
}

type Head = {
  readonly epoch: number;
  readonly sequence: number;
  readonly hash: string;
  readonly recordId: number;
};

/** The newest record that is held once this batch is taken. */
function headAfter(station: StationRow, { manifest, records }: VerifiedBatch): Head {
  const { last, chain } = manifest;
  const ahead = last.epoch > station.epoch || last.sequence > station.sequence;
  if (ahead) return { ...last, hash: chain.after, recordId: records.at(-1)?.recordId ?? 0 };
  const { epoch, sequence, record_id: recordId } = station;
  return { epoch, sequence, hash: Buffer.from(station.hash).toString('hex'), recordId };
}

async function addBatch(
  session: Session,
  file: BatchFile,
  digest: string,
  manifest: BatchManifest,
  judgement: Judgement,
  ack: SealedManifest,
): Promise<void> {
  const { rowsAdded, rowsKnown } = rowsOf(judgement);
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
      rowsAdded,
      rowsKnown,
      ack.manifest,
      ack.signature,
      manifest.clock.createdUnixMs,
    ],
  );
  const { head } = JSON.parse(Buffer.from(ack.manifest).toString()) as Ack;
  const recordId = judgement.fresh.at(-1)?.recordId ?? null;
  await session.query(
    `UPDATE station SET batch_epoch = $2, batch_number = $3, batch_manifest = $4, epoch = $5, sequence = $6,
       hash = decode($7, 'hex'), record_id = coalesce($8, record_id), heard_at = now() WHERE station = $1`,
    [station, epoch, number, digest, head?.epoch, head?.sequence, head?.hash, recordId],
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

function acknowledge(
  { office, now }: ImportDeps,
  file: BatchFile,
  digest: string,
  judgement: Pick<Judgement, 'verdict' | 'reasons' | 'fresh' | 'known'>,
  head: Head | null,
  number = file.number,
): SealedManifest {
  const { rowsAdded, rowsKnown } = rowsOf({ ...judgement });
  return sealAck(
    {
      format: 'kioskwatt-ack',
      version: 1,
      station: file.station,
      epoch: file.epoch,
      number: file.number,
      manifest: digest,
      verdict: judgement.verdict,
      expected: head && { epoch: Math.max(1, head.epoch), number: number + 1, sequence: head.sequence + 1 },
      head: head && { epoch: head.epoch, sequence: head.sequence, hash: head.hash },
      rows: { added: rowsAdded, known: rowsKnown },
      reasons: judgement.reasons.slice(0, 100).map((reason) => ({ ...reason })),
      atUnixMs: now(),
    },
    office,
  );
}

/** The same batch again: nothing is added, and the answer is given again. */
async function answerDuplicate(deps: ImportDeps, file: BatchFile, digest: string): Promise<Imported> {
  return answer(deps, file, digest, { verdict: 'duplicate', fresh: [], known: 0, reasons: [] });
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
  return answer(deps, file, digest, { verdict, fresh: [], known: 0, reasons });
}

async function answer(
  deps: ImportDeps,
  file: BatchFile,
  digest: string,
  judgement: Judgement,
): Promise<Imported> {
  const row = await deps.database.use((session) => findStation(session, file.station));
  const head = row && {
    epoch: row.epoch,
    sequence: row.sequence,
    hash: Buffer.from(row.hash).toString('hex'),
    recordId: row.record_id,
  };
  const ack = acknowledge(deps, file, digest, judgement, head ?? null, row?.batch_number);
  return {
    batch: idOf(file),
    verdict: judgement.verdict,
    ...rowsOf(judgement),
    reasons: judgement.reasons,
    ack,
  };
}
