import type { Migration } from './migration.ts';

/** Sales behind an allowance's record, but for those that came to nothing. */
const sold = (afterRecordId: string): string => `SELECT count(*), coalesce(sum(amount_minor), 0)
  FROM sale WHERE row_id >= (${afterRecordId} + 1) * 1000
    AND NOT EXISTS (SELECT 1 FROM sale_step
      WHERE sale_step.sale_id = sale.sale_id AND step IN ('void', 'unissued'))`;

/**
 * What was sold of the newest allowance, as a running total: every sale asks for it, and a station may sell a million
 * times before head office grants the next. The rows of sales keep it themselves, whoever writes them.
 */
export const allowanceUsed: Migration = {
  version: 11,
  name: 'allowance-used',
  sql: `
    CREATE TABLE allowance_used (
      allowance_id INTEGER PRIMARY KEY REFERENCES allowance,
      sales INTEGER NOT NULL CHECK (sales >= 0),
      amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0)
    ) STRICT;
    INSERT INTO allowance_used (allowance_id, sales, amount_minor)
      SELECT allowance_id, sold.* FROM (SELECT max(allowance_id) AS allowance_id FROM allowance) AS newest,
        (${sold('(SELECT after_record_id FROM allowance ORDER BY allowance_id DESC LIMIT 1)')}) AS sold
      WHERE allowance_id IS NOT NULL;

    CREATE TRIGGER allowance_used_granted AFTER INSERT ON allowance BEGIN
      DELETE FROM allowance_used;
      INSERT INTO allowance_used (allowance_id, sales, amount_minor)
        SELECT new.allowance_id, sold.* FROM (${sold('new.after_record_id')}) AS sold;
    END;
    CREATE TRIGGER allowance_used_sold AFTER INSERT ON sale BEGIN
      UPDATE allowance_used SET sales = sales + 1, amount_minor = amount_minor + new.amount_minor;
    END;
    CREATE TRIGGER allowance_used_back AFTER INSERT ON sale_step WHEN new.step IN ('void', 'unissued') BEGIN
      UPDATE allowance_used SET sales = sales - 1,
          amount_minor = amount_minor - (SELECT amount_minor FROM sale WHERE sale_id = new.sale_id)
        WHERE (SELECT row_id FROM sale WHERE sale_id = new.sale_id) >=
          (SELECT (after_record_id + 1) * 1000 FROM allowance
            WHERE allowance.allowance_id = allowance_used.allowance_id);
    END;
  `,
};
