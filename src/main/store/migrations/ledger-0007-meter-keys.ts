import type { Migration } from './migration.ts';

/** What key-change tokens sold here made of a meter's key: a projection of the records that say so. */
export const meterKeys: Migration = {
  version: 7,
  name: 'meter-keys',
  sql: `
    CREATE TABLE meter_key (
      meter_pan TEXT PRIMARY KEY CHECK (length(meter_pan) = 18),
      was_sgc TEXT NOT NULL,
      was_krn INTEGER NOT NULL,
      was_ti INTEGER NOT NULL,
      sgc TEXT NOT NULL,
      krn INTEGER NOT NULL,
      ti INTEGER NOT NULL,
      ken INTEGER NOT NULL
    ) STRICT;
  `,
};
