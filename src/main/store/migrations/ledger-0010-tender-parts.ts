import { appendOnly, type Migration } from './migration.ts';

const DIGEST = 'digest BLOB NOT NULL CHECK (length(digest) = 32)';

/**
 * What a sale was paid with, and which sales were paid together. Only cash is given change of. A payment's
 * reference pays once, for ever: it is taken a second time only for the other sales of its basket, or for what
 * is sold instead of a sale that came to nothing, and `carried_from` names the sale that had it first.
 */
export const tenderParts: Migration = {
  version: 10,
  name: 'tender-parts',
  sql: `
    CREATE TABLE tender_part (
      row_id INTEGER PRIMARY KEY,
      sale_id TEXT NOT NULL REFERENCES sale (sale_id),
      position INTEGER NOT NULL CHECK (position >= 1),
      account TEXT NOT NULL CHECK (account IN ('cash-drawer', 'card', 'mobile-money', 'cheque')),
      amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
      received_minor INTEGER NOT NULL,
      reference TEXT CHECK (length(reference) BETWEEN 1 AND 40),
      carried_from TEXT REFERENCES sale (sale_id),
      ${DIGEST},
      UNIQUE (sale_id, position),
      CHECK (received_minor = amount_minor OR account = 'cash-drawer' AND received_minor > amount_minor),
      CHECK (account <> 'cash-drawer' OR reference IS NULL),
      CHECK (carried_from IS NULL OR reference IS NOT NULL)
    ) STRICT;
    CREATE UNIQUE INDEX tender_part_once ON tender_part (account, reference)
      WHERE reference IS NOT NULL AND carried_from IS NULL;
    CREATE INDEX tender_part_reference ON tender_part (account, reference) WHERE reference IS NOT NULL;
    CREATE TRIGGER tender_part_carried BEFORE INSERT ON tender_part
      WHEN new.carried_from IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tender_part AS earlier
        WHERE earlier.account = new.account AND earlier.reference = new.reference
          AND earlier.sale_id = new.carried_from)
      BEGIN SELECT RAISE(ABORT, 'a reference is carried on from a sale that had it'); END;

    CREATE TABLE basket_sale (
      row_id INTEGER PRIMARY KEY,
      basket_id TEXT NOT NULL,
      sale_id TEXT NOT NULL UNIQUE REFERENCES sale (sale_id),
      position INTEGER NOT NULL CHECK (position BETWEEN 1 AND size),
      size INTEGER NOT NULL CHECK (size >= 2),
      ${DIGEST},
      UNIQUE (basket_id, position)
    ) STRICT;

    ${appendOnly('tender_part', 'basket_sale')}
  `,
};
