import type { LedgerReader, LedgerTx } from '../store/index.ts';

/** How many sales and slips had personal data taken out. */
export type Blanked = { readonly sales: number; readonly receipts: number };

/** As many rows in one transaction as no customer notices. */
export const BLANK_AT_ONCE = 500;

/**
 * Takes the customers' data out of settled sales that were intended before a moment: names, addresses and numbers
 * stand outside the chain, which keeps its salted digest, so every hash and every total stays what it was. One
 * call blanks at most `BLANK_AT_ONCE` sales; call it again until it says 0.
 */
export function blankPersonal(tx: LedgerTx, beforeUnixMs: number): Blanked {
  const due = tx
    .prepare(
      `SELECT sale_id FROM sale_private JOIN sale USING (sale_id)
       WHERE sale.at_unix_ms < ? AND NOT EXISTS (SELECT 1 FROM open_sale
         WHERE open_sale.sale_id = sale.sale_id) LIMIT ?`,
    )
    .all<{ sale_id: string }>(beforeUnixMs, BLANK_AT_ONCE);
  let receipts = 0;
  for (const { sale_id: saleId } of due) {
    tx.prepare('DELETE FROM sale_private WHERE sale_id = ?').run(saleId);
    receipts += tx
      .prepare('UPDATE receipt SET personal = NULL WHERE sale_id = ? AND personal IS NOT NULL')
      .run(saleId).changes;
  }
  return { sales: due.length, receipts };
}

/** How many sales before a moment still have personal data. */
export function personalBefore(from: LedgerReader | LedgerTx, beforeUnixMs: number): number {
  const row = from
    .prepare('SELECT count(*) AS count FROM sale_private JOIN sale USING (sale_id) WHERE sale.at_unix_ms < ?')
    .get<{ count: number }>(beforeUnixMs);
  return row?.count ?? 0;
}
