import { appendOnly, type Migration } from './migration.ts';

/** What went to head office, what it answered and what came from it. */
export const exchange: Migration = {
  version: 6,
  name: 'exchange',
  sql: `
    -- Closed ranges of the journal with what was signed over them: the payload can be made again from the rows.
    CREATE TABLE upload_batch (
      batch_id INTEGER PRIMARY KEY,
      epoch INTEGER NOT NULL CHECK (epoch >= 1),
      number INTEGER NOT NULL CHECK (number >= 1),
      first_record_id INTEGER NOT NULL,
      last_record_id INTEGER NOT NULL CHECK (last_record_id >= first_record_id),
      closed_unix_ms INTEGER NOT NULL,
      manifest_sha256 TEXT NOT NULL CHECK (length(manifest_sha256) = 64),
      manifest BLOB NOT NULL,
      signature BLOB NOT NULL,
      UNIQUE (epoch, number)
    ) STRICT;
    CREATE TABLE upload_event (
      event_id INTEGER PRIMARY KEY,
      batch_id INTEGER NOT NULL REFERENCES upload_batch,
      at_unix_ms INTEGER NOT NULL,
      event TEXT NOT NULL CHECK (event IN ('sent', 'answered')),
      verdict TEXT CHECK ((event = 'answered') = (verdict IS NOT NULL)),
      answer BLOB,
      answer_signature BLOB
    ) STRICT;
    CREATE INDEX upload_event_batch ON upload_event (batch_id, event_id);
    CREATE TABLE head_office_package (
      number INTEGER PRIMARY KEY,
      applied_unix_ms INTEGER NOT NULL,
      manifest BLOB NOT NULL,
      signature BLOB NOT NULL
    ) STRICT;
    -- What the station may sell until head office says more. A null is no limit.
    CREATE TABLE allowance (
      allowance_id INTEGER PRIMARY KEY,
      package_number INTEGER NOT NULL UNIQUE REFERENCES head_office_package,
      after_record_id INTEGER NOT NULL,
      granted_unix_ms INTEGER NOT NULL,
      value_minor INTEGER CHECK (value_minor >= 0),
      tokens INTEGER CHECK (tokens >= 0),
      minutes INTEGER CHECK (minutes >= 0),
      per_sale_minor INTEGER CHECK (per_sale_minor >= 0)
    ) STRICT;
    ${appendOnly('upload_batch', 'upload_event', 'head_office_package', 'allowance')}

    -- The latest moment that the station knows to have passed: only ever moved on.
    CREATE TABLE time_seen (
      only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
      unix_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TRIGGER time_seen_only_on BEFORE UPDATE ON time_seen WHEN new.unix_ms < old.unix_ms
      BEGIN SELECT RAISE(ABORT, 'time does not run back'); END;

    -- What head office last said of something: its limits, its messages, how often to upload.
    CREATE TABLE head_office_word (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL CHECK (json_valid(value))
    ) STRICT;
  `,
};
