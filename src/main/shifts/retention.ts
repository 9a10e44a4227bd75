import type { LedgerReader, LedgerTx } from '../store/index.ts';

/** How many sales and slips had personal data taken out. */
export type Blanked = { readonly sales: number; readonly receipts: number };

/** As many sales in one transaction as no customer notices. */
export const BLANK_AT_ONCE = 100;

/** One stretch of a walk over all sales that have personal data. */
export type BlankedStretch = Blanked & {
  /** The sale that the walk goes on after; null at the end. */
  readonly next: string | null;
};

/**
 * Takes the customers' data out of settled sales that were intended before a moment: names, addresses and numbers
 * stand outside the chain, which keeps its salted digest, so every hash and every total stays what it was. One
 * call looks at `BLANK_AT_ONCE` sales that still have them, those that follow the sale `after`; call it again with
 * `next` until that is null. Every row is looked at: what came late, or from a clock that was ahead, stands out of
 * order.
 */
export function blankPersonal(tx: LedgerTx, beforeUnixMs: number, after = ''): BlankedStretch {
  const seen = tx
    .prepare(
      `SELECT sale_id, coalesce(sale.at_unix_ms < ?, 0) AND NOT EXISTS (SELECT 1 FROM open_sale
           WHERE open_sale.sale_id = stretch.sale_id) AS due
       FROM (SELECT sale_id FROM sale_private WHERE sale_id > ? ORDER BY sale_id LIMIT ?) AS stretch
         LEFT JOIN sale USING (sale_id) ORDER BY sale_id`,
    )
    .all<{ sale_id: string; due: number }>(beforeUnixMs, after, BLANK_AT_ONCE);
  const due = seen.filter((each) => each.due === 1);
  let receipts = 0;
  for (const { sale_id: saleId } of due) {
    tx.prepare('DELETE FROM sale_private WHERE sale_id = ?').run(saleId);
    receipts += tx
      .prepare('UPDATE receipt SET personal = NULL WHERE sale_id = ? AND personal IS NOT NULL')
      .run(saleId).changes;
  }
  const next = seen.length < BLANK_AT_ONCE ? null : (seen.at(-1)?.sale_id ?? null);
  return { sales: due.length, receipts, next };
}

/** How many sales before a moment still have personal data. */
export function personalBefore(from: LedgerReader | LedgerTx, beforeUnixMs: number): number {
  const row = from
    .prepare('SELECT count(*) AS count FROM sale_private JOIN sale USING (sale_id) WHERE sale.at_unix_ms < ?')
    .get<{ count: number }>(beforeUnixMs);
  return row?.count ?? 0;
}
