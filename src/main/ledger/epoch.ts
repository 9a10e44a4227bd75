import type { LedgerReader, LedgerTx } from '../store/index.ts';

/**
 * The UTC minute (since 1970) before which no newly issued token time may lie: the minute of the newest
 * restore. Undefined in a journal that was never restored. On a supply group's clock it is this plus the
 * group's offset.
 */
export function tokenFloorMinute(reader: LedgerReader | LedgerTx): number | undefined {
  const row = reader
    .prepare(
      `SELECT detail FROM record
       WHERE epoch = (SELECT max(epoch) FROM record WHERE sequence = 1) AND epoch > 1 AND sequence = 1`,
    )
    .get<{ detail: string }>();
  return row && (JSON.parse(row.detail) as { tokenFloorMinute: number }).tokenFloorMinute;
}
