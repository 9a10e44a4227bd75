import { appendOnly, type Migration } from './migration.ts';

/**
 * Sales that are no plain purchase: free units, engineering tokens, replacements, payments on an account. What
 * makes one special is a row of its own beside its sale, so that rows and digests from before stay as they are;
 * a sale without such a row is a purchase. Sales may move no money, for which the table of sales is made anew.
 */
export const saleKinds: Migration = {
  version: 8,
  name: 'sale-kinds',
  sql: `
    CREATE TABLE sale_anew (
      row_id INTEGER PRIMARY KEY,
      sale_id TEXT NOT NULL UNIQUE,
      request_id TEXT NOT NULL UNIQUE,
      message_id TEXT NOT NULL UNIQUE,
      receipt_number TEXT NOT NULL UNIQUE,
      at_unix_ms INTEGER NOT NULL,
      operator_id TEXT NOT NULL,
      meter_pan TEXT NOT NULL CHECK (length(meter_pan) = 18),
      meter TEXT NOT NULL CHECK (json_valid(meter)),
      customer_digest BLOB NOT NULL CHECK (length(customer_digest) = 32),
      resource TEXT NOT NULL CHECK (resource IN ('electricity', 'water', 'gas', 'time')),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
      tender_account TEXT NOT NULL REFERENCES account,
      received_minor INTEGER NOT NULL CHECK (received_minor >= amount_minor),
      units_tenths INTEGER NOT NULL CHECK (units_tenths >= 0),
      token_minute INTEGER NOT NULL,
      quote TEXT NOT NULL CHECK (json_valid(quote)),
      digest BLOB NOT NULL CHECK (length(digest) = 32)
    ) STRICT;
    INSERT INTO sale_anew SELECT * FROM sale;
    DROP TABLE sale;
    ALTER TABLE sale_anew RENAME TO sale;
    CREATE INDEX sale_meter ON sale (meter_pan, token_minute);

    CREATE TABLE sale_kind (
      row_id INTEGER PRIMARY KEY,
      sale_id TEXT NOT NULL UNIQUE REFERENCES sale (sale_id),
      kind TEXT NOT NULL CHECK (kind IN ('credit', 'free', 'free-issue', 'key-change', 'management', 'replacement',
        'account-payment')),
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
    CREATE INDEX sale_kind_original ON sale_kind (original_sale_id) WHERE original_sale_id IS NOT NULL;

    ${appendOnly('sale', 'sale_kind')}
  `,
};
