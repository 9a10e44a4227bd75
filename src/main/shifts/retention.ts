import type { LedgerReader, LedgerTx } from '../store/index.ts';

/** How many sales and slips had personal data taken out. */
export type Blanked = { readonly sales: number; readonly receipts: number };

/** As many sales in one transaction as no customer notices. */
export const BLANK_AT_ONCE = 100;

/**
 * Rows stand in the order of the sales, so those at the front are due first and nobody reads the rest. The optimizer
 * would rather begin with all sales.
 */
const OLDEST = 'SELECT sale_id FROM sale_private ORDER BY rowid LIMIT ?';

/** Sales that are not settled keep their data however old they are, and may stand at the front. */
function openSalesCount(tx: LedgerTx): number {
  return tx.prepare('SELECT count(*) AS count FROM open_sale').get<{ count: number }>()?.count ?? 0;
}

/**
 * Takes the customers' data out of settled sales that were intended before a moment: names, addresses and numbers
 * stand outside the chain, which keeps its salted digest, so every hash and every total stays what it was. One
 * call looks at the oldest `BLANK_AT_ONCE` settled sales that still have them; call it again until it says 0.
 */
export function blankPersonal(tx: LedgerTx, beforeUnixMs: number): Blanked {
  const due = tx
    .prepare(
      `SELECT sale_id FROM (${OLDEST}) CROSS JOIN sale USING (sale_id)
       WHERE sale.at_unix_ms < ? AND NOT EXISTS (SELECT 1 FROM open_sale
         WHERE open_sale.sale_id = sale.sale_id)`,
    )
    .all<{ sale_id: string }>(BLANK_AT_ONCE + openSalesCount(tx), beforeUnixMs);
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
