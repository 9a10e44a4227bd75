import { appendOnly, type Migration } from './migration.ts';

/**
 * A sale that was lost with the books and is known by its slip only is a kind of its own: what paper does not say, its
 * row does not have.
 */
export const paperSales: Migration = {
  version: 19,
  name: 'paper-sales',
  sql: `
    CREATE TABLE sale_kind_anew (
      row_id INTEGER PRIMARY KEY,
      sale_id TEXT NOT NULL UNIQUE REFERENCES sale (sale_id),
      kind TEXT NOT NULL CHECK (kind IN ('credit', 'free', 'free-issue', 'key-change', 'management', 'replacement',
        'account-payment', 'from-paper')),
      -- What the tokens are to do beside carrying credit.
      work TEXT NOT NULL CHECK (json_valid(work)),
      -- The sale whose token is made again.
      original_sale_id TEXT REFERENCES sale (sale_id),
      authoriser_id TEXT,
      second_id TEXT,
      reason TEXT,
      for_head_office INTEGER NOT NULL CHECK (for_head_office IN (0, 1)),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      CHECK ((kind = 'replacement') = (original_sale_id IS NOT NULL))
    ) STRICT;
    INSERT INTO sale_kind_anew SELECT * FROM sale_kind;
    DROP TABLE sale_kind;
    ALTER TABLE sale_kind_anew RENAME TO sale_kind;
    CREATE INDEX sale_kind_original ON sale_kind (original_sale_id) WHERE original_sale_id IS NOT NULL;
    ${appendOnly('sale_kind')}
  `,
};
