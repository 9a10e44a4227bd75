import { createHash } from 'node:crypto';
import type { LedgerReader } from '../store/index.ts';
import type { ChainFault } from './verify.ts';

/**
 * What the chain keeps of the customer: SHA-256 over the salt and the customer as JSON text. Salted, so that the
 * journal tells nobody who it was, and binds to it all the same.
 */
export function privateDigest(customerText: string, salt: Uint8Array): Uint8Array {
  return createHash('sha256').update(salt).update(customerText).digest();
}

type PrivateRow = {
  readonly sale_id: string;
  readonly customer: string;
  readonly salt: Uint8Array;
  readonly customer_digest: Uint8Array | null;
};

/**
 * The first row of personal data that is not what its sale's digest was made of, by the sale's id. A row that is
 * gone is no fault: retention takes them out.
 */
export function firstPrivateFault(reader: LedgerReader): ChainFault | undefined {
  const rows = reader
    .prepare(
      `SELECT sale_private.sale_id, customer, salt, customer_digest
       FROM sale_private LEFT JOIN sale USING (sale_id) ORDER BY sale_private.sale_id`,
    )
    .iterate<PrivateRow>();
  for (const { sale_id: saleId, customer, salt, customer_digest: kept } of rows) {
    const same = kept !== null && Buffer.from(kept).equals(privateDigest(customer, salt));
    if (!same) return { row: `sale_private ${saleId}`, record: 'none', reason: 'row changed' };
  }
  return undefined;
}
