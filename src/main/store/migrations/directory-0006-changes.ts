import type { Migration } from './migration.ts';

/**
 * What was changed at the counter. `change_applied` names the changes of the ledger that are in here, so that each
 * is put in once. `local_edit` has the fields of a customer or a meter that a person here changed and head office
 * has not caught up with; `declined` is what head office said of one and a person here turned down, as JSON.
 * `conflict` waits for a person: what head office says of fields that were changed here. A subject is
 * `customer/` with an id or `meter/` with 18 digits. `keypad_key` is the serial number of a meter's keypad as it is
 * looked up.
 */
export const changes: Migration = {
  version: 6,
  name: 'changes',
  sql: `
    ALTER TABLE meter ADD COLUMN keypad_serial TEXT;
    ALTER TABLE meter ADD COLUMN keypad_key TEXT;
    CREATE INDEX meter_keypad ON meter (keypad_key) WHERE keypad_key IS NOT NULL;

    CREATE TABLE change_applied (change_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

    CREATE TABLE local_edit (
      subject TEXT NOT NULL,
      field TEXT NOT NULL,
      declined TEXT CHECK (declined IS NULL OR json_valid(declined)),
      PRIMARY KEY (subject, field)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE conflict (
      conflict_row INTEGER PRIMARY KEY,
      subject TEXT NOT NULL UNIQUE,
      package_number INTEGER,
      theirs TEXT NOT NULL CHECK (json_valid(theirs))
    ) STRICT;
  `,
};
