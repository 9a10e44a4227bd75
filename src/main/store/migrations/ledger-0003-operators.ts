import { appendOnly, type Migration } from './migration.ts';

/**
 * Who may sign in, and what was tried. The lock-out after wrong PINs is read from the events, so that a
 * restart does not lift it. `subject` is the operator's id, or a bucket for names that nobody has: such a
 * name is never kept, since it may be a PIN typed into the wrong box.
 */
export const operators: Migration = {
  version: 3,
  name: 'operators',
  sql: `
    CREATE TABLE operator (
      operator_row INTEGER PRIMARY KEY,
      operator_id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      name_key TEXT NOT NULL UNIQUE,
      role TEXT NOT NULL
        CHECK (role IN ('cashier', 'supervisor', 'key-custodian', 'auditor', 'administrator')),
      pin_cost INTEGER NOT NULL CHECK (pin_cost >= 131072),
      pin_block_size INTEGER NOT NULL,
      pin_parallel INTEGER NOT NULL,
      pin_salt BLOB NOT NULL CHECK (length(pin_salt) = 16),
      pin_hash BLOB NOT NULL CHECK (length(pin_hash) = 32),
      created_unix_ms INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE operator_event (
      event_row INTEGER PRIMARY KEY,
      at_unix_ms INTEGER NOT NULL,
      event TEXT NOT NULL CHECK (event IN ('added', 'signed-in', 'refused')),
      subject TEXT NOT NULL,
      wrong_in_a_row INTEGER NOT NULL CHECK (wrong_in_a_row >= 0),
      locked_seconds INTEGER NOT NULL CHECK (locked_seconds >= 0)
    ) STRICT;
    CREATE INDEX operator_event_subject ON operator_event (subject, event_row);

    ${appendOnly('operator', 'operator_event')}
  `,
};
