import type { Migration } from './migration.ts';

/**
 * What a price list has to know of a meter beyond its key: category, quantities (ampere, persons), who else sells
 * to it, and the account as head office last told it. `quantities` and `figures` are JSON; `figures` was true at
 * `as_of_unix_ms`, with every station's sales up to then in it.
 */
export const accounts: Migration = {
  version: 3,
  name: 'accounts',
  sql: `
    CREATE TABLE meter_account (
      pan TEXT PRIMARY KEY REFERENCES meter (pan) ON DELETE CASCADE,
      category TEXT,
      quantities TEXT NOT NULL CHECK (json_valid(quantities)),
      sold_elsewhere INTEGER NOT NULL CHECK (sold_elsewhere IN (0, 1)),
      home_station INTEGER NOT NULL CHECK (home_station IN (0, 1)),
      as_of_unix_ms INTEGER,
      figures TEXT CHECK (figures IS NULL OR json_valid(figures)),
      CHECK ((as_of_unix_ms IS NULL) = (figures IS NULL))
    ) STRICT;
  `,
};
