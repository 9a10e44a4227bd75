import type { Migration } from './migration.ts';

/** Key-change tokens may move a meter to a key of another type; null in rows from before they did. */
export const keyTypes: Migration = {
  version: 14,
  name: 'key-types',
  sql: `
    ALTER TABLE meter_key ADD COLUMN was_key_type INTEGER CHECK (was_key_type BETWEEN 0 AND 3);
    ALTER TABLE meter_key ADD COLUMN key_type INTEGER CHECK (key_type BETWEEN 0 AND 3);
  `,
};
