import { chainedChange, type DirectoryChange } from '../../batch/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import { appendRecord } from './append.ts';
import { businessDateOf, type Moment } from './moment.ts';

/** Every kind of record that a change of a customer or a meter makes. */
export type DirectoryChangeKind =
  | 'customer-added'
  | 'customer-changed'
  | 'meter-added'
  | 'meter-changed'
  | 'meter-moved'
  | 'meter-renumbered'
  | 'conflict-settled';

/** A change that is in the journal, with its values; `change` is null once they were blanked. */
export type KeptChange = {
  readonly changeId: string;
  readonly recordId: number;
  readonly salt: Uint8Array;
  readonly change: DirectoryChange | null;
};

/**
 * Writes a change into the journal, where it counts from now on, and keeps its values beside it until the
 * directory has them. `salt` has 16 random bytes.
 */
export function writeDirectoryChange(
  tx: LedgerTx,
  moment: Moment,
  kept: { readonly changeId: string; readonly kind: DirectoryChangeKind; readonly salt: Uint8Array },
  change: DirectoryChange,
): void {
  const { recordId, atUnixMs } = appendRecord(tx, {
    kind: kept.kind,
    atUnixMs: moment.nowUnixMs,
    businessDate: businessDateOf(moment.nowUnixMs, moment.zone),
    operatorId: moment.operatorId,
    subjectId: kept.changeId,
    detail: { change: chainedChange(change, kept.salt) },
  });
  tx.prepare(
    `INSERT INTO directory_change (change_id, record_id, at_unix_ms, applied, salt, change)
     VALUES (?, ?, ?, 0, ?, ?)`,
  ).run(kept.changeId, recordId, atUnixMs, kept.salt, JSON.stringify(change));
}

type ChangeRow = { change_id: string; record_id: number; salt: Uint8Array; change: string | null };

const kept = (row: ChangeRow): KeptChange => ({
  changeId: row.change_id,
  recordId: row.record_id,
  salt: row.salt,
  change: row.change === null ? null : (JSON.parse(row.change) as DirectoryChange),
});

/** Changes that the directory may not have yet, oldest first. */
export function openDirectoryChanges(reader: LedgerReader): readonly KeptChange[] {
  return reader
    .prepare('SELECT * FROM directory_change WHERE applied = 0 ORDER BY record_id')
    .all<ChangeRow>()
    .map(kept);
}

/** Says that the directory has a change. */
export function settleDirectoryChange(tx: LedgerTx, changeId: string): void {
  tx.prepare('UPDATE directory_change SET applied = 1 WHERE change_id = ?').run(changeId);
}

/** Changes of a range of records whose values are still there, in their order. */
export function directoryChangesBetween(
  reader: LedgerReader,
  firstRecordId: number,
  lastRecordId: number,
): readonly (KeptChange & { readonly change: DirectoryChange })[] {
  return reader
    .prepare(
      `SELECT * FROM directory_change WHERE record_id BETWEEN ? AND ? AND change IS NOT NULL ORDER BY record_id`,
    )
    .all<ChangeRow>(firstRecordId, lastRecordId)
    .map(kept)
    .filter((each): each is KeptChange & { readonly change: DirectoryChange } => each.change !== null);
}

/**
 * Takes the values out of changes from before a moment: the chain keeps its digests, the directory what is true
 * now. Returns how many.
 */
export function blankDirectoryChanges(tx: LedgerTx, beforeUnixMs: number): number {
  return tx
    .prepare(
      `UPDATE directory_change SET change = NULL, salt = zeroblob(16)
       WHERE at_unix_ms < ? AND change IS NOT NULL AND applied = 1`,
    )
    .run(beforeUnixMs).changes;
}
