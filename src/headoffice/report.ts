import type { Database, Row } from './db.ts';

/** What head office asks for most, by name. */
export const REPORTS = {
  stations: `SELECT station, state, batch_epoch, batch_number, epoch, sequence, heard_at::text AS heard_at,
      (SELECT count(*)::bigint FROM parked WHERE parked.station = station.station) AS parked
    FROM station ORDER BY station`,
  sales: `SELECT sale.station, sale.business_date::text AS day, resource, tender_account AS tender, sale.currency,
      count(*)::bigint AS sales, sum(sale.amount_minor)::bigint AS amount_minor, sum(units_tenths)::bigint AS units_tenths
    FROM sale WHERE NOT EXISTS (SELECT 1 FROM sale_step WHERE sale_step.station = sale.station
      AND sale_step.sale_id = sale.sale_id AND step IN ('void', 'unissued'))
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
  balances: `SELECT station, account, currency, sum(minor)::bigint AS net_minor FROM (
      SELECT station, debit_account AS account, currency, amount_minor AS minor FROM transfer
      UNION ALL SELECT station, credit_account, currency, -amount_minor FROM transfer) AS side
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  deposits: `SELECT station, number, reference, currency, amount_minor FROM deposit ORDER BY station, number`,
} as const;
export type ReportName = keyof typeof REPORTS;

export async function report(database: Database, name: ReportName): Promise<readonly Row[]> {
  return database.use((session) => session.query(REPORTS[name]));
}
