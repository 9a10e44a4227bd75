import { err, type Result } from '../../units/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
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
  record_id: number;
  epoch: number;
  sequence: number;
  hash: Uint8Array;
  at_unix_ms: number;
  whole: number;
};

/** The newest anchor; with `whole`, the newest that comes from reading the journal from its first record. */
export function lastAnchor(reader: LedgerReader | LedgerTx, whole = false): Anchor | undefined {
  const filter = whole ? 'WHERE whole = 1' : '';
  const row = reader
    .prepare(`SELECT * FROM verified_to ${filter} ORDER BY anchor_row DESC LIMIT 1`)
    .get<AnchorRow>();
  if (!row) return undefined;
  return {
    recordId: row.record_id,
    epoch: row.epoch,
    sequence: row.sequence,
    hash: Buffer.from(row.hash).toString('hex'),
    atUnixMs: row.at_unix_ms,
    whole: row.whole === 1,
  };
}

/** Notes what a verification found; nothing for an empty journal. */
export function writeAnchor(tx: LedgerTx, verified: ChainSummary, atUnixMs: number, whole: boolean): void {
  if (verified.records === 0) return;
  tx.prepare(
    'INSERT INTO verified_to (at_unix_ms, record_id, epoch, sequence, hash, whole) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(
    atUnixMs,
    verified.records,
    verified.epoch,
    verified.sequence,
    Buffer.from(verified.head, 'hex'),
    whole ? 1 : 0,
  );
}

/**
 * Verifies what was written since the newest anchor, or everything when there is none. The record that the
 * anchor names has to be there with the hash that it names: a journal that was cut short or rebuilt as a whole
 * fails here, where its own chain would agree with itself. `rows` counts the rows read.
 */
export function verifySinceAnchor(
  reader: LedgerReader,
  options: VerifyOptions = {},
): Result<ChainSummary, ChainFault> {
  const anchor = lastAnchor(reader);
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
