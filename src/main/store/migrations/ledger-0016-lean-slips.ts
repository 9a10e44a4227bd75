import type { Migration } from './migration.ts';

/**
 * A sale's slip costs four pages of its commit less. What the next sale asks of the open slips is the order that they
 * stand in, not two lists beside them. A slip that waits for its first attempt has no event. And a receipt and the slip
 * of its sale have one number, so that only copies are listed by their receipt, and the slips from before, whose numbers
 * are two.
 */
export const leanSlips: Migration = {
  version: 16,
  name: 'lean-slips',
  sql: `
    CREATE TABLE open_print_job_lean (
      -- Until when the next sale has a say in it: the end of its time to print by itself; for ever, once it is handed
      -- over and nobody has missed it; 0, once it waits for somebody.
      asked_until_unix_ms INTEGER NOT NULL CHECK (asked_until_unix_ms >= 0),
      job_row INTEGER NOT NULL REFERENCES print_job,
      PRIMARY KEY (asked_until_unix_ms, job_row)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO open_print_job_lean
      SELECT iif(sent = 1, ${Number.MAX_SAFE_INTEGER}, max(0, coalesce(waits_until_unix_ms, 0))), job_row
      FROM open_print_job;
    DROP TABLE open_print_job;
    ALTER TABLE open_print_job_lean RENAME TO open_print_job;

    DROP INDEX print_job_receipt;
    CREATE INDEX print_job_other ON print_job (receipt_row, job_row) WHERE receipt_row <> job_row;
  `,
};
