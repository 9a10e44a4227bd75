import type { Migration } from './migration.ts';

/** What head office knows of a meter's account, and which of its packages is in here. */
export const accounts: Migration = {
  version: 3,
  name: 'accounts',
  sql: `
    CREATE TABLE meter_account (
      pan TEXT PRIMARY KEY CHECK (length(pan) = 18),
      as_of_unix_ms INTEGER NOT NULL,
      last_token_minute INTEGER,
      state TEXT CHECK (state IS NULL OR json_valid(state))
    ) STRICT;
    CREATE TABLE package_applied (
      number INTEGER PRIMARY KEY,
      applied_unix_ms INTEGER NOT NULL
    ) STRICT;
  `,
};
