import { appendOnly, type Migration } from './migration.ts';

/**
 * The journal. A `record` is one thing that happened; its children say what it did to money, sales and
 * tokens, its key being the record's times 1000 plus its place in it. Every child has a digest over all its
 * columns, every record a hash over all of its own, its children's digests and the record before it.
 */
export const journal: Migration = {
  version: 1,
  name: 'journal',
  sql: `
    CREATE TABLE account (
      account TEXT PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('asset', 'liability', 'income'))
    ) STRICT;
    INSERT INTO account VALUES
      ('cash-drawer', 'asset'), ('card', 'asset'), ('mobile-money', 'asset'), ('cheque', 'asset'),
      ('bank', 'asset'), ('tender-held', 'liability'), ('customer-balance', 'liability'),
      ('tax', 'liability'), ('debt-recovered', 'liability'), ('fixed-charges', 'income'),
      ('levies', 'liability'), ('fees', 'income'), ('subsidies', 'asset'), ('rounding', 'income'), ('cash-rounding', 'income'),
      ('sales-electricity', 'income'), ('sales-water', 'income'), ('sales-gas', 'income'),
      ('sales-time', 'income');

    CREATE TABLE record (
      record_id INTEGER PRIMARY KEY,
      epoch INTEGER NOT NULL CHECK (epoch >= 1),
      sequence INTEGER NOT NULL CHECK (sequence >= 1),
      kind TEXT NOT NULL,
      at_unix_ms INTEGER NOT NULL,
      business_date TEXT NOT NULL CHECK (business_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      operator_id TEXT,
      subject_id TEXT,
      detail TEXT NOT NULL CHECK (json_valid(detail)),
      child_count INTEGER NOT NULL CHECK (child_count >= 0),
      previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      UNIQUE (epoch, sequence)
    ) STRICT;
    CREATE INDEX record_day ON record (business_date, kind);
    CREATE INDEX record_module ON record (subject_id, record_id)
      WHERE kind IN ('module-stopped', 'module-cleared');

    CREATE TABLE transfer (
      row_id INTEGER PRIMARY KEY,
      debit_account TEXT NOT NULL REFERENCES account,
      credit_account TEXT NOT NULL REFERENCES account,
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      CHECK (debit_account <> credit_account)
    ) STRICT;
    CREATE INDEX transfer_debit ON transfer (debit_account, currency, amount_minor);
    CREATE INDEX transfer_credit ON transfer (credit_account, currency, amount_minor);

    CREATE TABLE sale (
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
      amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
      tender_account TEXT NOT NULL REFERENCES account,
      received_minor INTEGER NOT NULL CHECK (received_minor >= amount_minor),
      units_tenths INTEGER NOT NULL CHECK (units_tenths >= 0),
      token_minute INTEGER NOT NULL,
      quote TEXT NOT NULL CHECK (json_valid(quote)),
      digest BLOB NOT NULL CHECK (length(digest) = 32)
    ) STRICT;
    CREATE INDEX sale_meter ON sale (meter_pan, token_minute);

    CREATE TABLE sale_step (
      row_id INTEGER PRIMARY KEY,
      sale_id TEXT NOT NULL REFERENCES sale (sale_id),
      step TEXT NOT NULL CHECK (step IN ('intended', 'in-doubt', 'issued', 'recorded', 'closed', 'void', 'unissued')),
      reason TEXT,
      digest BLOB NOT NULL CHECK (length(digest) = 32)
    ) STRICT;
    CREATE INDEX sale_step_sale ON sale_step (sale_id, row_id);

    CREATE TABLE token (
      row_id INTEGER PRIMARY KEY,
      sale_id TEXT NOT NULL REFERENCES sale (sale_id),
      position INTEGER NOT NULL CHECK (position >= 1),
      digits TEXT NOT NULL CHECK (length(digits) = 20),
      token_class INTEGER NOT NULL,
      subclass INTEGER NOT NULL,
      token_minute INTEGER,
      units_tenths INTEGER,
      module_id TEXT NOT NULL,
      key_check TEXT NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      UNIQUE (sale_id, position)
    ) STRICT;
    CREATE INDEX token_digits ON token (digits);

    ${appendOnly('account', 'record', 'transfer', 'sale', 'sale_step', 'token')}

    -- Personal data stands outside the chain, which holds its salted digest only, so that it can be blanked.
    CREATE TABLE sale_private (
      sale_id TEXT PRIMARY KEY REFERENCES sale (sale_id),
      customer TEXT NOT NULL CHECK (json_valid(customer)),
      salt BLOB NOT NULL CHECK (length(salt) = 16)
    ) STRICT;

    -- Sales that are not settled: what the steps say, kept as rows so that a start need not read them all.
    CREATE TABLE open_sale (
      sale_id TEXT PRIMARY KEY REFERENCES sale (sale_id),
      meter_pan TEXT NOT NULL,
      step TEXT NOT NULL
    ) STRICT;
    CREATE INDEX open_sale_meter ON open_sale (meter_pan);

    -- The stored outcome of a changing call, so that the same request gets the same answer.
    CREATE TABLE request (
      request_id TEXT PRIMARY KEY,
      call TEXT NOT NULL,
      reply TEXT NOT NULL CHECK (json_valid(reply))
    ) STRICT;
    ${appendOnly('request')}
  `,
};
