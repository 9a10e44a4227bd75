import type { Migration } from './migration.ts';

/** Which packages of head office are in here, and the newest token time that any station gave a meter. */
export const packages: Migration = {
  version: 4,
  name: 'packages',
  sql: `
    CREATE TABLE package_applied (
      number INTEGER PRIMARY KEY,
      applied_unix_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE token_time (
      pan TEXT PRIMARY KEY CHECK (length(pan) = 18),
      last_minute INTEGER NOT NULL
    ) STRICT;
  `,
};
