import { assert } from '../units/index.ts';
import { BATCH_COLUMNS, rowLine, type BatchRow } from './batch-row.ts';
import { manifestBytes, type SealedManifest } from './sealed-manifest.ts';
import { packLines } from './payload.ts';
import { signAs, type Signer } from './signature.ts';
import { TotalsCount } from './totals.ts';
import type { BatchManifest } from './manifest.ts';

/** Records in a batch at most, so that both sides know how much room one takes. */
export const BATCH_RECORDS = 20_000;
/** A batch is closed early when its lines come to this much. */
export const BATCH_PLAIN_BYTES = 64 << 20;

/** A row of the journal. A record's comes with its place in the chain. */
export type JournalLine = BatchRow & {
  readonly previousHash?: Uint8Array | undefined;
  readonly hash?: Uint8Array | undefined;
};

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
  let text = '';
  let lines = 0;
  let records = 0;
  let first: JournalLine | undefined;
  let last: JournalLine | undefined;
  for (const row of rows) {
    if (row.table === 'record') {
      if (records === BATCH_RECORDS || text.length > BATCH_PLAIN_BYTES) break;
      records += 1;
      first ??= row;
      last = row;
    }
    text += `${rowLine(row)}\n`;
    lines += 1;
    count.add(row);
  }
  if (!first || !last) return undefined;
  const { bytes, facts } = packLines(Buffer.from(text), lines);
  return {
    bytes,
    facts: {
      first: placeOf(first),
      last: placeOf(last),
      firstRecordId: Number(first.values[RECORD_ID]),
      chain: { before: hexOf(first.previousHash), after: hexOf(last.hash) },
      totals: count.totals(),
      payload: facts,
    },
  };
}

const RECORD_ID = BATCH_COLUMNS.record.indexOf('record_id');
const EPOCH = BATCH_COLUMNS.record.indexOf('epoch');
const SEQUENCE = BATCH_COLUMNS.record.indexOf('sequence');

function placeOf({ values }: JournalLine): BatchManifest['first'] {
  return { epoch: Number(values[EPOCH]), sequence: Number(values[SEQUENCE]) };
}

function hexOf(hash: Uint8Array | undefined): string {
  assert(hash !== undefined, 'a record comes with its place in the chain');
  return Buffer.from(hash).toString('hex');
}

/** Signs what a batch says of itself. */
export function sealBatch(head: BatchHead, facts: BatchFacts, signer: Signer): SealedManifest {
  const { format, version, station, profile, keyId, epoch, number, previousManifest, ...rest } = head;
  const named = { format, version, station, profile, keyId, epoch, number, previousManifest };
  const manifest = manifestBytes({ ...named, ...facts, ...rest });
  return { manifest, signature: signAs('batch', manifest, signer) };
}
