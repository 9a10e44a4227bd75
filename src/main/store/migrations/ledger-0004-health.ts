import { appendOnly, type Migration } from './migration.ts';

/**
 * Up to which record the chain was found whole, so that a start reads only what came after. Derived from the
 * chain and outside it: a full verification never looks here.
 */
export const health: Migration = {
  version: 4,
  name: 'health',
  sql: `
    CREATE TABLE verified_to (
      anchor_row INTEGER PRIMARY KEY,
      at_unix_ms INTEGER NOT NULL,
      record_id INTEGER NOT NULL CHECK (record_id >= 1),
      epoch INTEGER NOT NULL CHECK (epoch >= 1),
      sequence INTEGER NOT NULL CHECK (sequence >= 1),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      -- 1: the chain was read from its first record; 0: from the anchor before this one.
      whole INTEGER NOT NULL CHECK (whole IN (0, 1))
    ) STRICT;
    ${appendOnly('verified_to')}
  `,
};
