import { err, type Result } from '../../units/index.ts';
import {
  verifyByStation,
  type LedgerReader,
  type LedgerTx,
  type StationKey,
  type StationPublicKey,
} from '../store/index.ts';
import { EMPTY_CHAIN, verifyFrom, type ChainFault, type ChainSummary, type VerifyOptions } from './verify.ts';

/** Up to which record the chain was found whole, and how that was found out. */
export type Anchor = {
  readonly recordId: number;
  readonly epoch: number;
  readonly sequence: number;
  /** Of that record, in hex. */
  readonly hash: string;
  readonly atUnixMs: number;
  /** Read from the first record, or from the anchor before. */
  readonly whole: boolean;
};

type AnchorRow = {
  anchor_row: number;
  record_id: number;
  epoch: number;
  sequence: number;
  hash: Uint8Array;
  at_unix_ms: number;
  whole: number;
  key_id: string | null;
  signature: Uint8Array | null;
};

const anchorOf = (row: AnchorRow): Anchor => ({
  recordId: row.record_id,
  epoch: row.epoch,
  sequence: row.sequence,
  hash: Buffer.from(row.hash).toString('hex'),
  atUnixMs: row.at_unix_ms,
  whole: row.whole === 1,
});

/** What the station signs of an anchor: everything that it says. */
const signedText = ({ recordId, epoch, sequence, hash, atUnixMs, whole }: Anchor): Uint8Array =>
  Buffer.from(
    `kioskwatt-anchor 1 ${recordId} ${epoch}/${sequence} ${hash} ${atUnixMs} ${whole ? 'whole' : 'part'}`,
  );

function isSigned(row: AnchorRow, { keyId, publicKey }: StationPublicKey): boolean {
  if (row.key_id !== keyId || row.signature === null) return false;
  return verifyByStation(publicKey, signedText(anchorOf(row)), row.signature);
}

function newestSigned(
  reader: LedgerReader | LedgerTx,
  key: StationPublicKey,
  whole: boolean,
): AnchorRow | undefined {
  const filter = whole ? 'AND whole = 1' : '';
  const rows = reader
    .prepare(`SELECT * FROM verified_to WHERE key_id = ? ${filter} ORDER BY anchor_row DESC`)
    .iterate<AnchorRow>(key.keyId);
  for (const row of rows) if (isSigned(row, key)) return row;
  return undefined;
}

/**
 * The newest anchor that the station's present key signed; with `whole`, the newest that comes from reading the journal
 * from its first record. One with a wrong signature, or of a key before, counts as none.
 */
export function lastAnchor(
  reader: LedgerReader | LedgerTx,
  key: StationPublicKey,
  whole = false,
): Anchor | undefined {
  const row = newestSigned(reader, key, whole);
  return row && anchorOf(row);
}

/** The newest anchor, whoever signed it or not: for a reader that reads everything anyway. */
export function anyAnchor(reader: LedgerReader): Anchor | undefined {
  const row = reader.prepare('SELECT * FROM verified_to ORDER BY anchor_row DESC LIMIT 1').get<AnchorRow>();
  return row && anchorOf(row);
}

/**
 * The number of the newest anchor that stands after the last signed one and that this key did not sign, or that names
 * this key and is not its: somebody else wrote or changed it. Undefined where there is none.
 */
export function refusedAnchor(reader: LedgerReader, key: StationPublicKey): number | undefined {
  const good = newestSigned(reader, key, false)?.anchor_row;
  const [which, value] = good === undefined ? ['key_id =', key.keyId] : ['anchor_row >', good];
  const row = reader
    .prepare(`SELECT max(anchor_row) AS refused FROM verified_to WHERE ${which} ?`)
    .get<{ refused: number | null }>(value);
  return row?.refused ?? undefined;
}

/** Notes what a verification found, signed by the station; nothing for an empty journal. */
export function writeAnchor(
  tx: LedgerTx,
  verified: ChainSummary,
  atUnixMs: number,
  whole: boolean,
  key: StationKey,
): void {
  if (verified.records === 0) return;
  const { records: recordId, epoch, sequence, head: hash } = verified;
  const signature = key.sign(signedText({ recordId, epoch, sequence, hash, atUnixMs, whole }));
  tx.prepare(
    `INSERT INTO verified_to (at_unix_ms, record_id, epoch, sequence, hash, whole, key_id, signature)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    atUnixMs,
    recordId,
    epoch,
    sequence,
    Buffer.from(hash, 'hex'),
    whole ? 1 : 0,
    key.keyId,
    Buffer.from(signature),
  );
}

/**
 * Verifies what was written since the newest anchor, or everything when there is none. The record that the
 * anchor names has to be there with the hash that it names: a journal that was cut short or rebuilt as a whole
 * fails here, where its own chain would agree with itself. `rows` counts the rows read.
 */
export function verifySinceAnchor(
  reader: LedgerReader,
  key: StationPublicKey,
  options: VerifyOptions = {},
): Result<ChainSummary, ChainFault> {
  const anchor = lastAnchor(reader, key);
  if (!anchor) return verifyFrom(reader, EMPTY_CHAIN, options);
  const { recordId, epoch, sequence, hash } = anchor;
  if (!meets(reader, anchor)) return err(anchorNotMet(anchor));
  return verifyFrom(reader, { records: recordId, rows: 0, epoch, sequence, head: hash }, options);
}

export function anchorNotMet({ recordId, epoch, sequence }: Anchor): ChainFault {
  return { row: `record ${recordId}`, record: `${epoch}/${sequence}`, reason: 'anchor not met' };
}

/** Whether the record that an anchor names is still the one that was verified. */
export function meets(reader: LedgerReader, anchor: Anchor): boolean {
  const row = reader
    .prepare('SELECT epoch, sequence, hash FROM record WHERE record_id = ?')
    .get<{ epoch: number; sequence: number; hash: Uint8Array }>(anchor.recordId);
  return (
    row !== undefined &&
    row.epoch === anchor.epoch &&
    row.sequence === anchor.sequence &&
    Buffer.from(row.hash).toString('hex') === anchor.hash
  );
}
