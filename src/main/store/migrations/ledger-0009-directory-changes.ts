import type { Migration } from './migration.ts';

/**
 * Changes of customers and meters as a person made them, beside their records: the chain holds salted digests of
 * what is personal, the values stand here and can be blanked. `applied` is 0 until the directory has it.
 */
export const directoryChanges: Migration = {
  version: 9,
  name: 'directory-changes',
  sql: `
    CREATE TABLE directory_change (
      change_id TEXT PRIMARY KEY,
      record_id INTEGER NOT NULL UNIQUE REFERENCES record (record_id),
      at_unix_ms INTEGER NOT NULL,
      applied INTEGER NOT NULL CHECK (applied IN (0, 1)),
      salt BLOB NOT NULL CHECK (length(salt) = 16),
      change TEXT CHECK (change IS NULL OR json_valid(change))
    ) STRICT;
    CREATE INDEX directory_change_open ON directory_change (record_id) WHERE applied = 0;
    CREATE INDEX directory_change_private ON directory_change (at_unix_ms) WHERE change IS NOT NULL;
  `,
};
