import type { Migration } from './migration.ts';

/**
 * Customers, meters and tariffs. Everything here is a copy of what head office or a supervisor said, so rows
 * may change. `customer_text` holds no text of its own: it is the folded words of names and addresses, kept in
 * step by the function that writes customers; its tokenizer only splits at spaces.
 */
export const directory: Migration = {
  version: 1,
  name: 'directory',
  sql: `
    CREATE TABLE customer (
      customer_row INTEGER PRIMARY KEY,
      customer_id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      account TEXT NOT NULL,
      account_key TEXT NOT NULL,
      phone TEXT NOT NULL,
      phone_reversed TEXT NOT NULL,
      address TEXT NOT NULL
    ) STRICT;
    CREATE INDEX customer_account ON customer (account_key);
    CREATE INDEX customer_phone ON customer (phone_reversed);

    CREATE VIRTUAL TABLE customer_text USING fts5 (
      words, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3', tokenize = 'ascii'
    );

    CREATE TABLE meter (
      meter_row INTEGER PRIMARY KEY,
      pan TEXT NOT NULL UNIQUE CHECK (length(pan) = 18 AND pan NOT GLOB '*[^0-9]*'),
      meter_number TEXT NOT NULL CHECK (length(meter_number) IN (11, 13)),
      customer_row INTEGER NOT NULL REFERENCES customer,
      resource TEXT NOT NULL CHECK (resource IN ('electricity', 'water', 'gas', 'time')),
      sgc TEXT NOT NULL CHECK (length(sgc) = 6 AND sgc NOT GLOB '*[^0-9]*'),
      krn INTEGER NOT NULL CHECK (krn BETWEEN 1 AND 9),
      ti INTEGER NOT NULL CHECK (ti BETWEEN 0 AND 99),
      ea INTEGER NOT NULL CHECK (ea IN (7, 9, 11)),
      dkga INTEGER NOT NULL CHECK (dkga BETWEEN 1 AND 4),
      key_type INTEGER NOT NULL CHECK (key_type BETWEEN 0 AND 3),
      base_date INTEGER NOT NULL CHECK (base_date IN (1993, 2014, 2035)),
      ken INTEGER NOT NULL CHECK (ken BETWEEN 0 AND 255),
      tariff_id TEXT NOT NULL,
      blocked_reason TEXT
    ) STRICT;
    CREATE INDEX meter_customer ON meter (customer_row, meter_row);

    CREATE TABLE tariff_version (
      tariff_row INTEGER PRIMARY KEY,
      tariff_id TEXT NOT NULL,
      version INTEGER NOT NULL CHECK (version >= 1),
      effective_from_unix_ms INTEGER NOT NULL,
      document TEXT NOT NULL CHECK (json_valid(document)),
      UNIQUE (tariff_id, version)
    ) STRICT;
    CREATE INDEX tariff_in_force ON tariff_version (tariff_id, effective_from_unix_ms, version);
  `,
};
