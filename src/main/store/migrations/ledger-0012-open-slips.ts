import type { Migration } from './migration.ts';

const IS = (column: string): string =>
  `(SELECT ${column} FROM print_event WHERE job_row = open_print_job.job_row ORDER BY event_row DESC LIMIT 1)`;

/**
 * Which of the open slips the next sale has a say in: a printer that stays off for months leaves thousands that need
 * somebody, and a sale asks for the newest few of them.
 */
export const openSlips: Migration = {
  version: 12,
  name: 'open-slips',
  sql: `
    -- 1: handed over, and nobody has missed it yet.
    ALTER TABLE open_print_job ADD COLUMN sent INTEGER NOT NULL DEFAULT 0 CHECK (sent IN (0, 1));
    -- Until when it prints by itself, or tries to; NULL once somebody or something has had a say in it.
    ALTER TABLE open_print_job ADD COLUMN waits_until_unix_ms INTEGER;
    UPDATE open_print_job SET sent = ${IS("state = 'sent'")};
    UPDATE open_print_job
      SET waits_until_unix_ms = (SELECT auto_until_unix_ms FROM print_job WHERE job_row = open_print_job.job_row)
      WHERE ${IS("cause = 'vend' OR (cause = 'transport' AND state = 'failed-before-first-byte')")};
    CREATE INDEX open_print_job_sent ON open_print_job (job_row) WHERE sent = 1;
    CREATE INDEX open_print_job_waits ON open_print_job (waits_until_unix_ms)
      WHERE waits_until_unix_ms IS NOT NULL;
  `,
};
