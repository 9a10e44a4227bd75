import type { Database, Row } from './db.ts';
import { saleCameBack, transferCameBack } from './came-back.ts';
import { PAID_PARTS } from './paid-parts.ts';

/** Every transfer, once. */
const HELD = `(SELECT * FROM transfer WHERE NOT ${transferCameBack('transfer')})`;

/** What head office asks for most, by name. */
export const REPORTS = {
  stations: `SELECT station, state, batch_epoch, batch_number, epoch, sequence, heard_at::text AS heard_at,
      (SELECT count(*)::bigint FROM parked WHERE parked.station = station.station) AS parked
    FROM station ORDER BY station`,
  // An amount stands with the tender that paid it; a sale and its units stand once, with the largest part.
  sales: `SELECT station, day::text AS day, resource, tender, currency, sum(sales)::bigint AS sales,
      sum(amount_minor)::bigint AS amount_minor, sum(units_tenths)::bigint AS units_tenths
    FROM (SELECT station, sale_id, business_date AS day, resource, tender_account AS tender, currency, 1 AS sales,
          0 AS amount_minor, units_tenths FROM sale WHERE NOT ${saleCameBack('sale')}
        UNION ALL SELECT station, sale_id, day, resource, account, currency, 0, amount_minor, 0
          FROM ${PAID_PARTS} AS part) AS side
    WHERE NOT EXISTS (SELECT 1 FROM sale_step WHERE sale_step.station = side.station
      AND sale_step.sale_id = side.sale_id AND step IN ('void', 'unissued'))
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
  balances: `SELECT station, account, currency, sum(minor)::bigint AS net_minor FROM (
      SELECT station, debit_account AS account, currency, amount_minor AS minor FROM ${HELD} AS held
      UNION ALL SELECT station, credit_account, currency, -amount_minor FROM ${HELD} AS held) AS side
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  deposits: `SELECT station, number, reference, currency, amount_minor FROM deposit ORDER BY station, number`,
} as const;
export type ReportName = keyof typeof REPORTS;

export async function report(database: Database, name: ReportName): Promise<readonly Row[]> {
  return database.use((session) => session.query(REPORTS[name]));
}
