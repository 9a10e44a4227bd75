import { assert } from '../units/index.ts';
import { rowLine, rowValues, type JournalRow, type RowTable } from './batch-row.ts';
import { manifestBytes, type SealedManifest } from './sealed-manifest.ts';
import { LinePacker } from './line-packer.ts';
import { signAs, type Signer } from './signature.ts';
import { TotalsCount } from './totals.ts';
import type { BatchManifest } from './manifest.ts';

/** Records in a batch at most, so that both sides know how much room one takes. */
export const BATCH_RECORDS = 20_000;
/** A batch is closed early when its lines come to this much. */
export const BATCH_PLAIN_BYTES = 64 << 20;

/** A row of the journal. A record's comes with its place in the chain. */
export type JournalLine = {
  readonly table: RowTable;
  readonly row: JournalRow;
  readonly previousHash?: Uint8Array | undefined;
  readonly hash?: Uint8Array | undefined;
};

type FromRows = 'first' | 'last' | 'firstRecordId' | 'chain' | 'totals' | 'payload';
export type BatchFacts = Pick<BatchManifest, FromRows>;
export type BatchHead = Omit<BatchManifest, FromRows>;
export type BuiltPayload = { readonly bytes: Uint8Array; readonly facts: BatchFacts };

/**
 * Packs rows of the journal, each record followed by its own rows: closed at the last record that fits. The
 * same rows give the same bytes. Resolves with undefined when there are none. Packing goes on beside the reading.
 */
export async function buildPayload(rows: Iterable<JournalLine>): Promise<BuiltPayload | undefined> {
  const count = new TotalsCount();
  const packer = new LinePacker();
  let records = 0;
  let first: JournalLine | undefined;
  let last: JournalLine | undefined;
  for (const line of rows) {
    const { table, row } = line;
    if (table === 'record') {
      if (records === BATCH_RECORDS || packer.plainBytes > BATCH_PLAIN_BYTES) break;
      records += 1;
      first ??= line;
      last = line;
    }
    count.add(rowValues(table, row));
    const packing = packer.add(rowLine(row));
    if (packing) await packing;
  }
  const { bytes, facts } = await packer.end();
  if (!first || !last) return undefined;
  return {
    bytes,
    facts: {
      first: placeOf(first),
      last: placeOf(last),
      firstRecordId: Number(first.row['record_id']),
      chain: { before: hexOf(first.previousHash), after: hexOf(last.hash) },
      totals: count.totals(),
      payload: facts,
    },
  };
}

function placeOf({ row }: JournalLine): BatchManifest['first'] {
  return { epoch: Number(row['epoch']), sequence: Number(row['sequence']) };
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
