import { saleCameBack } from './came-back.ts';

/**
 * What each tender paid of each sale, once, as a table for a query: `station`, `sale_id`, `day`, `resource`, `currency`,
 * `account`, `amount_minor`. A sale from before there were parts was paid whole into its `tender_account`.
 */
export const PAID_PARTS = `(SELECT sale.station, sale.sale_id, sale.business_date AS day, sale.resource, sale.currency,
    coalesce(part.account, sale.tender_account) AS account, coalesce(part.amount_minor, sale.amount_minor) AS amount_minor
  FROM sale LEFT JOIN tender_part AS part ON part.station = sale.station AND part.sale_id = sale.sale_id
    AND part.epoch = sale.epoch
  WHERE NOT ${saleCameBack('sale')})`;
