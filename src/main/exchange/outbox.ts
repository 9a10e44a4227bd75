import { ACK_FAULT, ackShape, sha256, type Ack, type SealedManifest } from '../../batch/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';

/** A batch that was closed: its range and what was signed over it. */
export type ClosedBatch = SealedManifest & {
  readonly batchId: number;
  readonly epoch: number;
  readonly number: number;
  readonly firstRecordId: number;
  readonly lastRecordId: number;
  readonly closedUnixMs: number;
  readonly manifestSha256: string;
};

type BatchColumns = {
  batch_id: number;
  epoch: number;
  number: number;
  first_record_id: number;
  last_record_id: number;
  closed_unix_ms: number;
  manifest_sha256: string;
  manifest: Uint8Array;
  signature: Uint8Array;
};

function closedBatch(row: BatchColumns): ClosedBatch {
  return {
    batchId: row.batch_id,
    epoch: row.epoch,
    number: row.number,
    firstRecordId: row.first_record_id,
    lastRecordId: row.last_record_id,
    closedUnixMs: row.closed_unix_ms,
    manifestSha256: row.manifest_sha256,
    manifest: row.manifest,
    signature: row.signature,
  };
}

export function lastBatch(reader: LedgerReader | LedgerTx): ClosedBatch | undefined {
  const row = reader.prepare('SELECT * FROM upload_batch ORDER BY batch_id DESC LIMIT 1').get<BatchColumns>();
  return row && closedBatch(row);
}

export function findBatch(
  reader: LedgerReader | LedgerTx,
  epoch: number,
  number: number,
): ClosedBatch | undefined {
  const row = reader
    .prepare('SELECT * FROM upload_batch WHERE epoch = ? AND number = ?')
    .get<BatchColumns>(epoch, number);
  return row && closedBatch(row);
}

const SETTLED = "('accepted', 'duplicate')";

/** Up to which batch all are settled, by ledger: that is for ever, and a station sends ten thousand a year. */
const settledTo = new WeakMap<LedgerReader, number>();

/** Batches that head office has not settled, oldest first. */
export function openBatches(reader: LedgerReader): readonly ClosedBatch[] {
  const open = reader
    .prepare(
      `SELECT * FROM upload_batch WHERE batch_id > ? AND NOT EXISTS (SELECT 1 FROM upload_event
         WHERE upload_event.batch_id = upload_batch.batch_id AND verdict IN ${SETTLED}) ORDER BY batch_id`,
    )
    .all<BatchColumns>(settledTo.get(reader) ?? 0)
    .map(closedBatch);
  const [first] = open;
  settledTo.set(reader, first ? first.batchId - 1 : (lastBatch(reader)?.batchId ?? 0));
  return open;
}

export function insertBatch(tx: LedgerTx, batch: Omit<ClosedBatch, 'batchId' | 'manifestSha256'>): void {
  tx.prepare(
    `INSERT INTO upload_batch (epoch, number, first_record_id, last_record_id, closed_unix_ms, manifest_sha256,
       manifest, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    batch.epoch,
    batch.number,
    batch.firstRecordId,
    batch.lastRecordId,
    batch.closedUnixMs,
    sha256(batch.manifest),
    batch.manifest,
    batch.signature,
  );
}

export type UploadEvent = {
  readonly event: 'sent' | 'answered';
  readonly atUnixMs: number;
  readonly verdict: Ack['verdict'] | null;
};

/** The newest thing that happened to a batch. */
export function lastEvent(reader: LedgerReader, batchId: number): UploadEvent | undefined {
  return reader
    .prepare(
      `SELECT event, at_unix_ms AS atUnixMs, verdict FROM upload_event WHERE batch_id = ?
       ORDER BY event_id DESC LIMIT 1`,
    )
    .get<UploadEvent>(batchId);
}

export function writeSent(tx: LedgerTx, batchId: number, atUnixMs: number): void {
  tx.prepare("INSERT INTO upload_event (batch_id, at_unix_ms, event) VALUES (?, ?, 'sent')").run(
    batchId,
    atUnixMs,
  );
}

export function writeAnswer(
  tx: LedgerTx,
  batchId: number,
  atUnixMs: number,
  verdict: Ack['verdict'],
  answer: SealedManifest,
): void {
  tx.prepare(
    `INSERT INTO upload_event (batch_id, at_unix_ms, event, verdict, answer, answer_signature)
     VALUES (?, ?, 'answered', ?, ?, ?)`,
  ).run(batchId, atUnixMs, verdict, answer.manifest, answer.signature);
}

/** A batch that head office looked at and did not take: the fault's code, and what was wrong at which place. */
export type RefusedBatch = Pick<Ack, 'epoch' | 'number' | 'reasons'> & { readonly code: string };

/** Unsettled batches whose newest answer is a refusal, oldest first. */
export function refusedBatches(reader: LedgerReader): readonly RefusedBatch[] {
  return openBatches(reader).flatMap(({ batchId }) => {
    const row = reader
      .prepare(
        `SELECT answer FROM upload_event WHERE batch_id = ? AND event = 'answered' ORDER BY event_id DESC LIMIT 1`,
      )
      .get<{ answer: Uint8Array }>(batchId);
    if (!row) return [];
    const { epoch, number, verdict, reasons } = ackShape.parse(
      JSON.parse(Buffer.from(row.answer).toString()),
    );
    const code = ACK_FAULT[verdict];
    return code === null ? [] : [{ epoch, number, code, reasons }];
  });
}

/** When head office gave the newest of the answers that were taken, by its own clock; 0 where none was. */
export function newestAnswer(reader: LedgerReader, batchId: number): number {
  const row = reader
    .prepare(
      `SELECT max(CAST(answer AS TEXT) ->> '$.atUnixMs') AS atUnixMs FROM upload_event
       WHERE batch_id = ? AND event = 'answered'`,
    )
    .get<{ atUnixMs: number | null }>(batchId);
  return row?.atUnixMs ?? 0;
}

/** Records that no batch holds yet. */
export function unsentRecords(reader: LedgerReader): number {
  const row = reader
    .prepare(
      `SELECT coalesce((SELECT max(record_id) FROM record), 0)
         - coalesce((SELECT max(last_record_id) FROM upload_batch), 0) AS unsent`,
    )
    .get<{ unsent: number }>();
  return row?.unsent ?? 0;
}
