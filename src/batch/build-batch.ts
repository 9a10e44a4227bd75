import { assert } from '../units/index.ts';
import { BATCH_COLUMNS, rowLine, type JournalRow, type RowTable } from './batch-row.ts';
import { manifestBytes, type SealedManifest } from './sealed-manifest.ts';
import { packLines } from './payload.ts';
import { signAs, type Signer } from './signature.ts';
import { TotalsCount } from './totals.ts';
import type { BatchManifest } from './manifest.ts';

/** Records in a batch at most, so that both sides know how much room one takes. */
export const BATCH_RECORDS = 20_000;
/** A batch is closed early when its lines come to this much. */
export const BATCH_PLAIN_BYTES = 64 << 20;

export type JournalLine = { readonly table: RowTable; readonly row: JournalRow };

type FromRows = 'first' | 'last' | 'firstRecordId' | 'chain' | 'totals' | 'payload';
export type BatchFacts = Pick<BatchManifest, FromRows>;
export type BatchHead = Omit<BatchManifest, FromRows>;
export type BuiltPayload = { readonly bytes: Uint8Array; readonly facts: BatchFacts };

/**
 * Packs rows of the journal, each record followed by its own rows: closed at the last record that fits. The
 * same rows give the same bytes. Returns undefined when there are none.
 */
export function buildPayload(rows: Iterable<JournalLine>): BuiltPayload | undefined {
  const count = new TotalsCount();
  const chunks: string[] = [];
  let length = 0;
  let records = 0;
  let first: JournalRow | undefined;
  let last: JournalRow | undefined;
  for (const { table, row } of rows) {
    if (table === 'record') {
      if (records === BATCH_RECORDS || length > BATCH_PLAIN_BYTES) break;
      records += 1;
      first ??= row;
      last = row;
    }
    const line = rowLine(table, row);
    chunks.push(line, '\n');
    length += line.length + 1;
    count.add(
      table,
      BATCH_COLUMNS[table].map((column) => row[column] ?? null),
    );
  }
  if (!first || !last) return undefined;
  const { bytes, facts } = packLines(Buffer.from(chunks.join('')), chunks.length / 2);
  return {
    bytes,
    facts: {
      first: placeOf(first),
      last: placeOf(last),
      firstRecordId: Number(first['record_id']),
      chain: { before: hashOf(first['previous_hash']), after: hashOf(last['hash']) },
      totals: count.totals(),
      payload: facts,
    },
  };
}

function placeOf(record: JournalRow): BatchManifest['first'] {
  return { epoch: Number(record['epoch']), sequence: Number(record['sequence']) };
}

function hashOf(value: unknown): string {
  assert(value instanceof Uint8Array, 'a hash is bytes');
  return Buffer.from(value).toString('hex');
}

/** Signs what a batch says of itself. */
export function sealBatch(head: BatchHead, facts: BatchFacts, signer: Signer): SealedManifest {
  const { format, version, station, profile, keyId, epoch, number, previousManifest, ...rest } = head;
  const named = { format, version, station, profile, keyId, epoch, number, previousManifest };
  const manifest = manifestBytes({ ...named, ...facts, ...rest });
  return { manifest, signature: signAs('batch', manifest, signer) };
}
