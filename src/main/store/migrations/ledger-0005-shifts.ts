import { appendOnly, type Migration } from './migration.ts';

/** A number that counts on from 1 without a gap, within `group` where there is one: refused otherwise. */
function gapless(table: string, group?: string): string {
  const where = group === undefined ? '' : ` WHERE ${group} = new.${group}`;
  return `CREATE TRIGGER ${table}_gapless BEFORE INSERT ON ${table}
    WHEN new.number <> 1 + (SELECT coalesce(max(number), 0) FROM ${table}${where})
    BEGIN SELECT RAISE(ABORT, '${table} is numbered without gaps'); END;`;
}

const DIGEST = 'digest BLOB NOT NULL CHECK (length(digest) = 32)';

/**
 * Drawers and who answers for them. A record that moves money at a drawer has one `shift_entry`; what a drawer
 * should hold is the sum of the transfers of those records. `cycle_end` is the numbered end of a shift (its Z),
 * of a run of sales or of a banking, with its figures as they were. Roles stand in the chain; PIN hashes do not,
 * since an export of the chain leaves the station.
 */
export const shifts: Migration = {
  version: 5,
  name: 'shifts',
  sql: `
    INSERT INTO account VALUES
      ('safe', 'asset'), ('pay-in-out', 'asset'), ('variance', 'income'), ('deposited', 'asset');

    CREATE TABLE shift (
      row_id INTEGER PRIMARY KEY,
      shift_id TEXT NOT NULL UNIQUE,
      number INTEGER NOT NULL UNIQUE CHECK (number >= 1),
      drawer TEXT NOT NULL,
      operator_id TEXT NOT NULL,
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      ${DIGEST}
    ) STRICT;

    CREATE TABLE shift_step (
      row_id INTEGER PRIMARY KEY,
      shift_id TEXT NOT NULL REFERENCES shift (shift_id),
      step TEXT NOT NULL CHECK (step IN ('opened', 'ended', 'counted', 'closed')),
      reason TEXT,
      ${DIGEST}
    ) STRICT;
    CREATE INDEX shift_step_shift ON shift_step (shift_id, row_id);

    CREATE TABLE shift_entry (
      row_id INTEGER PRIMARY KEY,
      shift_id TEXT NOT NULL REFERENCES shift (shift_id),
      ${DIGEST}
    ) STRICT;
    CREATE INDEX shift_entry_shift ON shift_entry (shift_id, row_id);

    CREATE TABLE count_line (
      row_id INTEGER PRIMARY KEY,
      subject_id TEXT NOT NULL,
      account TEXT NOT NULL REFERENCES account,
      denomination_minor INTEGER CHECK (denomination_minor >= 1),
      quantity INTEGER NOT NULL CHECK (quantity >= 0),
      amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
      ${DIGEST},
      CHECK (denomination_minor IS NULL OR amount_minor = denomination_minor * quantity)
    ) STRICT;
    CREATE INDEX count_line_subject ON count_line (subject_id, row_id);

    CREATE TABLE cycle_end (
      row_id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('shift', 'sales', 'banking')),
      number INTEGER NOT NULL CHECK (number >= 1),
      subject_id TEXT,
      from_record INTEGER NOT NULL,
      to_record INTEGER NOT NULL,
      head TEXT NOT NULL CHECK (length(head) = 64),
      figures TEXT NOT NULL CHECK (json_valid(figures)),
      ${DIGEST},
      UNIQUE (kind, number)
    ) STRICT;
    CREATE UNIQUE INDEX cycle_end_subject ON cycle_end (subject_id) WHERE subject_id IS NOT NULL;

    CREATE TABLE deposit (
      row_id INTEGER PRIMARY KEY,
      deposit_id TEXT NOT NULL UNIQUE,
      number INTEGER NOT NULL UNIQUE CHECK (number >= 1),
      reference TEXT NOT NULL UNIQUE,
      account TEXT NOT NULL REFERENCES account,
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
      beneficiary TEXT NOT NULL,
      ${DIGEST}
    ) STRICT;

    CREATE TABLE dispute (
      row_id INTEGER PRIMARY KEY,
      dispute_id TEXT NOT NULL UNIQUE,
      number INTEGER NOT NULL UNIQUE CHECK (number >= 1),
      sale_id TEXT NOT NULL REFERENCES sale (sale_id),
      ground TEXT NOT NULL CHECK (ground IN ('amount', 'meter')),
      words TEXT NOT NULL,
      ${DIGEST}
    ) STRICT;
    CREATE INDEX dispute_sale ON dispute (sale_id);

    CREATE TABLE operator_state (
      row_id INTEGER PRIMARY KEY,
      operator_id TEXT NOT NULL REFERENCES operator (operator_id),
      role TEXT NOT NULL
        CHECK (role IN ('cashier', 'supervisor', 'key-custodian', 'auditor', 'administrator')),
      active INTEGER NOT NULL CHECK (active IN (0, 1)),
      ${DIGEST}
    ) STRICT;
    CREATE INDEX operator_state_operator ON operator_state (operator_id, row_id);

    CREATE TABLE operator_pin (
      pin_row INTEGER PRIMARY KEY,
      operator_id TEXT NOT NULL REFERENCES operator (operator_id),
      pin_cost INTEGER NOT NULL CHECK (pin_cost >= 131072),
      pin_block_size INTEGER NOT NULL,
      pin_parallel INTEGER NOT NULL,
      pin_salt BLOB NOT NULL CHECK (length(pin_salt) = 16),
      pin_hash BLOB NOT NULL CHECK (length(pin_hash) = 32),
      changed_unix_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX operator_pin_operator ON operator_pin (operator_id, pin_row);

    CREATE INDEX record_sign_in ON record (subject_id, record_id)
      WHERE kind IN ('operator-signed-in', 'operator-refused');
    CREATE INDEX record_correction ON record (subject_id, record_id)
      WHERE kind IN ('tender-corrected', 'deposit-matched');

    ${gapless('shift')}
    ${gapless('cycle_end', 'kind')}
    ${gapless('deposit')}
    ${gapless('dispute')}
    ${appendOnly(
      'shift',
      'shift_step',
      'shift_entry',
      'count_line',
      'cycle_end',
      'deposit',
      'dispute',
      'operator_state',
      'operator_pin',
    )}

    -- Drawers in use, as the steps say: one shift a drawer, one drawer a person.
    CREATE TABLE open_shift (
      drawer TEXT PRIMARY KEY,
      shift_id TEXT NOT NULL UNIQUE REFERENCES shift (shift_id),
      operator_id TEXT NOT NULL UNIQUE,
      step TEXT NOT NULL CHECK (step IN ('opened', 'ended', 'counted'))
    ) STRICT;
  `,
};
