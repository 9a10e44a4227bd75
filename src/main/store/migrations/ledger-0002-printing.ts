import { appendOnly, type Migration } from './migration.ts';

/**
 * Slips and what became of them. A job's state is its newest event; nothing is changed or removed. Only the
 * personal part of a receipt may be blanked. `open_print_job` says which jobs still need somebody, so that a
 * start need not read them all.
 */
export const printing: Migration = {
  version: 2,
  name: 'printing',
  sql: `
    CREATE TABLE receipt (
      receipt_row INTEGER PRIMARY KEY,
      sale_id TEXT UNIQUE,
      document TEXT NOT NULL CHECK (json_valid(document)),
      personal TEXT CHECK (personal IS NULL OR json_valid(personal))
    ) STRICT;
    CREATE TRIGGER receipt_no_delete BEFORE DELETE ON receipt
      BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;
    CREATE TRIGGER receipt_only_blanked BEFORE UPDATE ON receipt
      WHEN new.personal IS NOT NULL OR new.document IS NOT old.document
        OR new.sale_id IS NOT old.sale_id OR new.receipt_row IS NOT old.receipt_row
      BEGIN SELECT RAISE(ABORT, 'of a receipt only the personal part may be blanked'); END;

    CREATE TABLE print_job (
      job_row INTEGER PRIMARY KEY,
      job_id TEXT NOT NULL UNIQUE,
      receipt_row INTEGER NOT NULL REFERENCES receipt,
      created_unix_ms INTEGER NOT NULL,
      -- Until when it prints without a person's key; NULL for a job that never does.
      auto_until_unix_ms INTEGER,
      operator_id TEXT,
      reason TEXT
    ) STRICT;
    CREATE INDEX print_job_receipt ON print_job (receipt_row, job_row);

    CREATE TABLE print_event (
      event_row INTEGER PRIMARY KEY,
      job_row INTEGER NOT NULL REFERENCES print_job,
      at_unix_ms INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN
        ('queued', 'sending', 'sent', 'printed', 'unknown', 'failed-before-first-byte')),
      cause TEXT NOT NULL CHECK (cause IN
        ('vend', 'copy', 'auto', 'person', 'transport', 'echo', 'restart', 'expired', 'next-sale',
         'not-questioned', 'person-printed', 'person-not-printed', 'set-aside')),
      copy_number INTEGER NOT NULL CHECK (copy_number >= 0),
      process_id TEXT CHECK (process_id IS NULL OR length(process_id) = 4),
      problem TEXT CHECK (problem IS NULL OR json_valid(problem)),
      operator_id TEXT,
      CHECK (state <> 'printed' OR cause IN ('echo', 'person-printed')),
      CHECK (cause <> 'echo' OR (state = 'printed' AND process_id IS NOT NULL)),
      CHECK (cause NOT IN ('auto', 'person') OR state = 'sending'),
      CHECK (cause NOT IN ('person', 'person-printed', 'person-not-printed', 'set-aside') OR operator_id IS NOT NULL)
    ) STRICT;
    CREATE INDEX print_event_job ON print_event (job_row, event_row);

    CREATE TABLE printer_event (
      event_row INTEGER PRIMARY KEY,
      at_unix_ms INTEGER NOT NULL,
      address TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('probed', 'drawer-opened', 'problem', 'problem-over')),
      operator_id TEXT,
      detail TEXT NOT NULL CHECK (json_valid(detail))
    ) STRICT;
    CREATE INDEX printer_event_kind ON printer_event (address, kind, event_row);

    ${appendOnly('print_job', 'print_event', 'printer_event')}

    CREATE TABLE open_print_job (
      job_row INTEGER PRIMARY KEY REFERENCES print_job
    ) STRICT;
  `,
};
