import type { LedgerReader, LedgerTx } from '../store/index.ts';
import type { OldHead } from './append.ts';

/** What the first record of a later epoch says: why, where the one before it ended, and from when token times are free. */
type EpochDetail = {
  readonly reason: string;
  readonly oldHead: OldHead;
  readonly tokenFloorMinute: number;
  /** Of a restore: when the backup was made. */
  readonly backupUnixMs?: number;
};

/**
 * The record that began the epoch the journal is in, with what it says: a restore, or a new key. Undefined in a journal
 * that is in its first epoch.
 */
export function epochOpened(
  reader: LedgerReader | LedgerTx,
): ({ readonly recordId: number; readonly atUnixMs: number } & EpochDetail) | undefined {
  const row = reader
    .prepare(
      `SELECT record_id, at_unix_ms, detail FROM record
       WHERE epoch = (SELECT max(epoch) FROM record WHERE sequence = 1) AND epoch > 1 AND sequence = 1`,
    )
    .get<{ record_id: number; at_unix_ms: number; detail: string }>();
  return (
    row && {
      recordId: row.record_id,
      atUnixMs: row.at_unix_ms,
      ...(JSON.parse(row.detail) as EpochDetail),
    }
  );
}

/**
 * The UTC minute (since 1970) before which no newly issued token time may lie: the minute of the newest
 * restore. Undefined in a journal that was never restored. On a supply group's clock it is this plus the
 * group's offset.
 */
export function tokenFloorMinute(reader: LedgerReader | LedgerTx): number | undefined {
  return epochOpened(reader)?.tokenFloorMinute;
}
