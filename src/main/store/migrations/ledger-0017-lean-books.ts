import { appendOnly, type Migration } from './migration.ts';

const RECORD_OF = (row: string): string => `${row}.row_id / 1000`;

/**
 * A sale's commits write less once more. A record's place in its epoch follows from its number and the epoch's first
 * record, which is what is listed now. A drawer's entries lie between its opening and its closing, and the parts of a
 * payment in the record of their sale: neither needs a list. Personal data lies in the order of its key.
 */
export const leanBooks: Migration = {
  version: 17,
  name: 'lean-books',
  sql: `
    DROP INDEX shift_entry_shift;

    CREATE TABLE record_lean (
      record_id INTEGER PRIMARY KEY,
      epoch INTEGER NOT NULL CHECK (epoch >= 1),
      sequence INTEGER NOT NULL CHECK (sequence >= 1),
      kind TEXT NOT NULL,
      at_unix_ms INTEGER NOT NULL,
      business_date TEXT NOT NULL CHECK (business_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      operator_id TEXT,
      subject_id TEXT,
      detail TEXT NOT NULL CHECK (json_valid(detail)),
      child_count INTEGER NOT NULL CHECK (child_count >= 0),
      previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    INSERT INTO record_lean SELECT * FROM record;
    DROP TABLE record;
    ALTER TABLE record_lean RENAME TO record;
    CREATE UNIQUE INDEX record_epoch ON record (epoch) WHERE sequence = 1;
    CREATE INDEX record_day ON record (business_date, kind);
    CREATE INDEX record_module ON record (subject_id, record_id)
      WHERE kind IN ('module-stopped', 'module-cleared');
    CREATE INDEX record_sign_in ON record (subject_id, record_id)
      WHERE kind IN ('operator-signed-in', 'operator-refused');
    CREATE INDEX record_correction ON record (subject_id, record_id)
      WHERE kind IN ('tender-corrected', 'deposit-matched');
    CREATE TRIGGER record_gapless BEFORE INSERT ON record WHEN new.sequence > 1 AND NOT EXISTS
      (SELECT 1 FROM record WHERE record_id = new.record_id - 1 AND epoch = new.epoch AND sequence = new.sequence - 1)
      BEGIN SELECT RAISE(ABORT, 'record is numbered without gaps'); END;

    CREATE TABLE tender_part_lean (
      row_id INTEGER PRIMARY KEY,
      sale_id TEXT NOT NULL REFERENCES sale (sale_id),
      position INTEGER NOT NULL CHECK (position >= 1),
      account TEXT NOT NULL CHECK (account IN ('cash-drawer', 'card', 'mobile-money', 'cheque')),
      amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
      received_minor INTEGER NOT NULL,
      reference TEXT CHECK (length(reference) BETWEEN 1 AND 40),
      carried_from TEXT REFERENCES sale (sale_id),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      CHECK (received_minor = amount_minor OR account = 'cash-drawer' AND received_minor > amount_minor),
      CHECK (account <> 'cash-drawer' OR reference IS NULL),
      CHECK (carried_from IS NULL OR reference IS NOT NULL)
    ) STRICT;
    INSERT INTO tender_part_lean SELECT * FROM tender_part;
    DROP TABLE tender_part;
    ALTER TABLE tender_part_lean RENAME TO tender_part;
    CREATE UNIQUE INDEX tender_part_once ON tender_part (account, reference)
      WHERE reference IS NOT NULL AND carried_from IS NULL;
    CREATE INDEX tender_part_reference ON tender_part (account, reference) WHERE reference IS NOT NULL;
    CREATE TRIGGER tender_part_carried BEFORE INSERT ON tender_part
      WHEN new.carried_from IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tender_part AS earlier
        WHERE earlier.account = new.account AND earlier.reference = new.reference
          AND earlier.sale_id = new.carried_from)
      BEGIN SELECT RAISE(ABORT, 'a reference is carried on from a sale that had it'); END;
    CREATE TRIGGER tender_part_of_sale BEFORE INSERT ON tender_part
      WHEN NOT EXISTS (SELECT 1 FROM sale WHERE sale.sale_id = new.sale_id
          AND ${RECORD_OF('sale')} = ${RECORD_OF('new')})
        OR EXISTS (SELECT 1 FROM tender_part AS other WHERE other.row_id >= new.row_id - new.row_id % 1000
          AND other.row_id < new.row_id AND other.sale_id = new.sale_id AND other.position = new.position)
      BEGIN SELECT RAISE(ABORT, 'a part stands once, in the record of its sale'); END;

    CREATE TABLE sale_private_lean (
      sale_id TEXT PRIMARY KEY REFERENCES sale (sale_id),
      customer TEXT NOT NULL CHECK (json_valid(customer)),
      salt BLOB NOT NULL CHECK (length(salt) = 16)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO sale_private_lean SELECT * FROM sale_private;
    DROP TABLE sale_private;
    ALTER TABLE sale_private_lean RENAME TO sale_private;

    ${appendOnly('record', 'tender_part')}
  `,
};
