import {
  BATCH_COLUMNS,
  EPOCH_OPENED,
  type BatchManifest,
  type Verdict,
  type VerifiedBatch,
  type VerifiedRecord,
} from '../batch/index.ts';
import type { Session } from './db.ts';
import { compare, type StationRow } from './stations.ts';

export type Reason = { readonly where: string; readonly code: string; readonly reason: string };

/** What a batch is to what is held of its station. Only `accepted` has records to be taken. */
export type Judgement = {
  readonly verdict: Verdict;
  readonly fresh: readonly VerifiedRecord[];
  readonly known: number;
  readonly reasons: readonly Reason[];
};

const nothing = (verdict: Verdict, where: string, code: string, reason: string): Judgement => ({
  verdict,
  fresh: [],
  known: 0,
  reasons: [{ where, code, reason }],
});

const TAKEN: Judgement = { verdict: 'duplicate', fresh: [], known: 0, reasons: [] };

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
  batch: VerifiedBatch,
): Promise<Judgement> {
  const { manifest, records } = batch;
  const held = await heldHashes(session, station, batch);
  const anchored = checkAnchor(station, manifest, records, held);
  if (anchored) return anchored;
  const differing = records.find((record) => {
    const hash = held.get(placeKey(record));
    return hash !== undefined && hash !== hex(record.hash);
  });
  if (differing) {
    const where = `${differing.epoch}/${differing.sequence}`;
    return nothing('fork', where, 'row-differs', 'another record is held under this number');
  }
  const fresh = records.filter((record) => !held.has(placeKey(record)));
  const late = fresh.find((record) => record.epoch < station.epoch);
  if (late) return nothing('fork', `${late.epoch}/${late.sequence}`, 'epoch-over', 'a later epoch has begun');
  const begun = fresh.find(({ epoch }) => epoch > Math.max(station.epoch, manifest.epoch));
  if (begun)
    return nothing('new-epoch', `${begun.epoch}/1`, 'epoch-unknown', 'the station has to be enrolled again');
  return { verdict: 'accepted', fresh, known: records.length - fresh.length, reasons: [] };
}

const placeKey = (place: { readonly epoch: number; readonly sequence: number }): string =>
  `${place.epoch}/${place.sequence}`;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const ZEROS = '0'.repeat(64);

/** Hashes that are held of the batch's own records and of the one before them; in the usual case only the head's. */
async function heldHashes(
  session: Session,
  station: StationRow,
  { manifest, records }: VerifiedBatch,
): Promise<ReadonlyMap<string, string>> {
  const head = new Map([[placeKey(station), hex(station.hash)]]);
  const { first } = manifest;
  if (first.epoch === station.epoch && first.sequence === station.sequence + 1) return head;
  const rows = await session.query<{ epoch: number; sequence: number; hash: Uint8Array }>(
    `SELECT epoch, sequence, hash FROM record WHERE station = $1
       AND (epoch, sequence) >= ($2, $3) AND (epoch, sequence) <= ($4, $5)`,
    [station.station, first.epoch, first.sequence - 1, manifest.last.epoch, manifest.last.sequence],
  );
  for (const row of rows) head.set(placeKey(row), hex(row.hash));
  const old = oldHeadOf(records[0]);
  if (old) {
    const [row] = await session.query<{ hash: Uint8Array }>(
      'SELECT hash FROM record WHERE station = $1 AND epoch = $2 AND sequence = $3',
      [station.station, old.epoch, old.sequence],
    );
    if (row) head.set(placeKey(old), hex(row.hash));
  }
  return head;
}

type OldHead = { readonly epoch: number; readonly sequence: number };

const KIND = BATCH_COLUMNS.record.indexOf('kind');
const DETAIL = BATCH_COLUMNS.record.indexOf('detail');

/** The head that a new epoch's first record continues from. */
export function oldHeadOf(record: VerifiedRecord | undefined): OldHead | undefined {
  if (record?.sequence !== 1 || record.values[KIND] !== EPOCH_OPENED) return undefined;
  return (JSON.parse(String(record.values[DETAIL])) as { readonly oldHead?: OldHead }).oldHead;
}

/** The record before the batch has to be held, and be the one that the batch's chain begins with. */
function checkAnchor(
  station: StationRow,
  manifest: BatchManifest,
  records: readonly VerifiedRecord[],
  held: ReadonlyMap<string, string>,
): Judgement | undefined {
  const { first, chain } = manifest;
  const anchor = oldHeadOf(records[0]) ?? { epoch: first.epoch, sequence: first.sequence - 1 };
  const hash =
    held.get(placeKey(anchor)) ?? (anchor.sequence === 0 && anchor.epoch === 1 ? ZEROS : undefined);
  if (hash === undefined) {
    const expected = `expected ${station.epoch}/${station.sequence + 1}`;
    return nothing('gap', placeKey(first), 'sequence-gap', expected);
  }
  return hash === chain.before
    ? undefined
    : nothing('fork', placeKey(anchor), 'chain-differs', 'follows another record');
}
