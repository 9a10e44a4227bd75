import type { Migration } from './migration.ts';

/**
 * A place among a payment's parts is taken once, whichever part was written first: the trigger looked at lower rows only,
 * where the list before it had looked at all.
 */
export const partOnce: Migration = {
  version: 18,
  name: 'part-once',
  sql: `
    DROP TRIGGER tender_part_of_sale;
    CREATE TRIGGER tender_part_of_sale BEFORE INSERT ON tender_part
      WHEN NOT EXISTS (SELECT 1 FROM sale WHERE sale.sale_id = new.sale_id
          AND sale.row_id / 1000 = new.row_id / 1000)
        OR EXISTS (SELECT 1 FROM tender_part AS other
          WHERE other.row_id BETWEEN new.row_id - new.row_id % 1000 AND new.row_id - new.row_id % 1000 + 999
            AND other.row_id <> new.row_id AND other.sale_id = new.sale_id AND other.position = new.position)
      BEGIN SELECT RAISE(ABORT, 'a part stands once, in the record of its sale'); END;
  `,
};
