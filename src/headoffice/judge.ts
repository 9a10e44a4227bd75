import type { BatchManifest, Place, Verdict } from '../batch/index.ts';
import { HASH_DIGITS, placeAt, type CheckedBatch } from './check-batch.ts';
import type { Session } from './db.ts';
import { compare, type StationRow } from './stations.ts';

export type Reason = { readonly where: string; readonly code: string; readonly reason: string };

/** What a batch is to what is held of its station. */
export type Judgement = {
  readonly verdict: Verdict;
  /** Records at its beginning that are held already; those behind them are taken if it is accepted. */
  readonly known: number;
  readonly reasons: readonly Reason[];
};

const nothing = (verdict: Verdict, where: string, code: string, reason: string): Judgement => ({
  verdict,
  known: 0,
  reasons: [{ where, code, reason }],
});

const TAKEN: Judgement = { verdict: 'duplicate', known: 0, reasons: [] };

/** By its number alone: undefined when it is the next one and its rows have to be looked at. */
export async function judgeNumber(
  session: Session,
  station: StationRow,
  manifest: Pick<BatchManifest, 'epoch' | 'number' | 'previousManifest'>,
  digest: string,
): Promise<Judgement | undefined> {
  if (station.state === 'retired')
    return nothing('retired', 'station', 'retired', 'no batch is taken any more');
  const last = { epoch: station.batch_epoch, number: station.batch_number };
  if (compare(manifest, last) <= 0) {
    const [taken] = await session.query<{ manifest_sha256: string }>(
      'SELECT manifest_sha256 FROM batch WHERE station = $1 AND epoch = $2 AND number = $3',
      [station.station, manifest.epoch, manifest.number],
    );
    if (taken?.manifest_sha256 === digest) return TAKEN;
    return nothing('fork', 'number', 'number-taken', 'another batch has this number');
  }
  const next = manifest.epoch === last.epoch ? last.number + 1 : 1;
  if (manifest.number !== next) return nothing('gap', 'number', 'number-gap', `expected ${next}`);
  const before = next === 1 ? null : station.batch_manifest;
  if (manifest.previousManifest !== before)
    return nothing('fork', 'previousManifest', 'manifest-differs', 'follows another batch');
  return undefined;
}

/** By its rows: they have to continue from what is held, and what is held already has to be the same. */
export async function judgeRows(
  session: Session,
  station: StationRow,
  manifest: BatchManifest,
  batch: CheckedBatch,
): Promise<Judgement> {
  const anchor = batch.epochs.find(({ index }) => index === 0)?.old ?? {
    epoch: manifest.first.epoch,
    sequence: manifest.first.sequence - 1,
  };
  const before = await hashAt(session, station, anchor);
  if (before === undefined) {
    const expected = `expected ${station.epoch}/${station.sequence + 1}`;
    return nothing('gap', placeText(manifest.first), 'sequence-gap', expected);
  }
  if (before !== manifest.chain.before)
    return nothing('fork', placeText(anchor), 'chain-differs', 'follows another record');
  const held = await heldHashes(session, station, manifest, batch);
  // What is held has no gaps either: it is where the batch begins.
  const differs = held.findIndex((hash, index) => hash !== hashOf(batch, index));
  if (differs !== -1) {
    const where = placeText(placeAt(manifest, batch, differs));
    return nothing('fork', where, 'row-differs', 'another record is held under this number');
  }
  const next = placeAt(manifest, batch, held.length);
  if (held.length < batch.records && next.epoch < station.epoch)
    return nothing('fork', placeText(next), 'epoch-over', 'a later epoch has begun');
  return { verdict: 'accepted', known: held.length, reasons: [] };
}

const placeText = ({ epoch, sequence }: Place): string => `${epoch}/${sequence}`;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const ZEROS = '0'.repeat(HASH_DIGITS);

function hashOf({ hashes }: CheckedBatch, index: number): string {
  return hashes.slice(index * HASH_DIGITS, (index + 1) * HASH_DIGITS);
}

/** The hash of the record that is held at a place; zeros stand before a journal's first. */
async function hashAt(session: Session, station: StationRow, place: Place): Promise<string | undefined> {
  if (place.epoch === station.epoch && place.sequence === station.sequence) return hex(station.hash);
  if (place.epoch === 1 && place.sequence === 0) return ZEROS;
  const [row] = await session.query<{ hash: Uint8Array }>(
    'SELECT hash FROM record WHERE station = $1 AND epoch = $2 AND sequence = $3',
    [station.station, place.epoch, place.sequence],
  );
  return row && hex(row.hash);
}

/**
 * Hashes that are held of the batch's own records, in their order; none in the usual case, without a query. Where the
 * batch begins a new epoch, what a restored station lost of the old one is held too, and is not of this batch.
 */
async function heldHashes(
  session: Session,
  station: StationRow,
  { first, last }: BatchManifest,
  { epochs }: CheckedBatch,
): Promise<readonly string[]> {
  if (first.epoch === station.epoch && first.sequence > station.sequence) return [];
  const rows = await session.query<Place & { hash: Uint8Array }>(
    `SELECT epoch, sequence, hash FROM record WHERE station = $1 AND (epoch, sequence) >= ($2, $3)
       AND (epoch, sequence) <= ($4, $5) ORDER BY epoch, sequence`,
    [station.station, first.epoch, first.sequence, last.epoch, last.sequence],
  );
  const ends = new Map(epochs.flatMap(({ old }) => (old ? [[old.epoch, old.sequence] as const] : [])));
  return rows
    .filter(({ epoch, sequence }) => sequence <= (ends.get(epoch) ?? Number.MAX_SAFE_INTEGER))
    .map(({ hash }) => hex(hash));
}
