import type { AuditOptions } from './audit.ts';
import { saleCameBack } from './came-back.ts';
import { PAID_PARTS } from './paid-parts.ts';

export type AuditFile = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly sql: string;
  readonly values: (options: AuditOptions) => readonly unknown[];
};

const none = (): readonly unknown[] => [];

/** A sale's newest step, by its rows' order. */
const SALE_STATE = `(SELECT DISTINCT ON (station, sale_id) station, sale_id, step FROM sale_step
  ORDER BY station, sale_id, epoch DESC, row_id DESC)`;

/** Credit tokens only: other classes carry no time of their own. */
const CREDIT = 'token.token_class = 0';

/**
 * Two tokens of one meter with one time, by different sales: the meter takes only one of them. Of each pair the later
 * sale is the one to be replaced, at the next time behind all that were used.
 */
const equalTimes: AuditFile = {
  name: 'equal-token-times',
  columns: [
    'meter_pan',
    'token_minute',
    'station',
    'receipt_number',
    'other_station',
    'other_receipt_number',
    'units_tenths',
    'replace_at_minute',
    'replaced_by',
  ],
  sql: `SELECT later.meter_pan, later.token_minute, later.station, later.receipt_number,
      earlier.station AS other_station, earlier.receipt_number AS other_receipt_number, later.units_tenths,
      (SELECT max(token_minute) + 1 FROM sale WHERE sale.meter_pan = later.meter_pan) AS replace_at_minute,
      (SELECT min(again.receipt_number) FROM sale_kind JOIN sale AS again ON again.station = sale_kind.station
          AND again.sale_id = sale_kind.sale_id
        WHERE sale_kind.original_sale_id = later.sale_id) AS replaced_by
    FROM sale AS later JOIN sale AS earlier ON earlier.meter_pan = later.meter_pan
      AND earlier.token_minute = later.token_minute AND earlier.sale_id < later.sale_id
      AND earlier.receipt_number <> later.receipt_number
    WHERE NOT ${saleCameBack('later')} AND NOT ${saleCameBack('earlier')}
      AND NOT EXISTS (SELECT 1 FROM sale_kind WHERE sale_kind.sale_id = later.sale_id AND kind = 'replacement')
      AND EXISTS (SELECT 1 FROM token WHERE token.sale_id = later.sale_id AND ${CREDIT})
      AND EXISTS (SELECT 1 FROM token WHERE token.sale_id = earlier.sale_id AND ${CREDIT})
    ORDER BY 1, 2, 3, 4`,
  values: none,
};

const tokensWithoutMoney: AuditFile = {
  name: 'tokens-without-money',
  columns: ['station', 'sale_id', 'digits', 'reason'],
  sql: `SELECT DISTINCT token.station, token.sale_id, token.digits,
      CASE WHEN sale.sale_id IS NULL THEN 'no-sale' WHEN state.step = 'unissued' THEN 'money-returned'
        ELSE 'no-money' END AS reason
    FROM token LEFT JOIN sale ON sale.station = token.station AND sale.sale_id = token.sale_id
      LEFT JOIN ${SALE_STATE} AS state ON state.station = token.station AND state.sale_id = token.sale_id
    WHERE sale.sale_id IS NULL OR state.step IN ('unissued', 'void')
      OR (sale.amount_minor > 0 OR NOT EXISTS (SELECT 1 FROM sale_kind
        WHERE sale_kind.station = sale.station AND sale_kind.sale_id = sale.sale_id)) AND NOT EXISTS (SELECT 1 FROM record JOIN transfer ON transfer.station = record.station
        AND transfer.epoch = record.epoch AND transfer.business_date = record.business_date
        AND transfer.row_id / 1000 = record.record_id
        WHERE record.station = token.station AND record.subject_id = token.sale_id AND transfer.credit_account = 'tender-held')
    ORDER BY 1, 2, 3`,
  values: none,
};

const moneyWithoutTokens: AuditFile = {
  name: 'money-without-tokens',
  columns: ['station', 'receipt_number', 'meter_pan', 'amount_minor', 'currency', 'state'],
  sql: `SELECT sale.station, sale.receipt_number, sale.meter_pan, sale.amount_minor, sale.currency, state.step AS state
    FROM sale JOIN ${SALE_STATE} AS state ON state.station = sale.station AND state.sale_id = sale.sale_id
    WHERE state.step NOT IN ('void', 'unissued') AND sale.amount_minor > 0 AND NOT ${saleCameBack('sale')}
      AND NOT EXISTS (SELECT 1 FROM token WHERE token.station = sale.station AND token.sale_id = sale.sale_id)
      AND (sale.units_tenths > 0 OR state.step IN ('intended', 'in-doubt'))
    ORDER BY 1, 2`,
  values: none,
};

/** A step of the clock between two batches, against the milliseconds that the program counted by itself. */
const clockJumps: AuditFile = {
  name: 'clock-jumps',
  columns: ['station', 'epoch', 'number', 'from_unix_ms', 'to_unix_ms', 'counted_ms', 'jump_ms'],
  sql: `WITH clock AS (SELECT station, epoch, number,
        (convert_from(manifest, 'UTF8')::jsonb -> 'clock' ->> 'createdUnixMs')::bigint AS at,
        (convert_from(manifest, 'UTF8')::jsonb -> 'clock' ->> 'upMs')::bigint AS up,
        convert_from(manifest, 'UTF8')::jsonb -> 'clock' ->> 'boot' AS boot FROM batch),
      step AS (SELECT *, lag(at) OVER w AS before, lag(up) OVER w AS up_before, lag(boot) OVER w AS boot_before
        FROM clock WINDOW w AS (PARTITION BY station ORDER BY epoch, number))
    SELECT station, epoch, number, before AS from_unix_ms, at AS to_unix_ms,
      CASE WHEN boot = boot_before THEN up - up_before END AS counted_ms,
      CASE WHEN boot = boot_before THEN (at - before) - (up - up_before) ELSE at - before END AS jump_ms
    FROM step WHERE before IS NOT NULL AND (at < before
      OR (boot = boot_before AND abs((at - before) - (up - up_before)) > 300000))
    ORDER BY 1, 2, 3`,
  values: none,
};

const missingSequences: AuditFile = {
  name: 'missing-sequences',
  columns: ['station', 'epoch', 'from_sequence', 'to_sequence'],
  sql: `SELECT station, epoch, before + 1 AS from_sequence, sequence - 1 AS to_sequence
    FROM (SELECT station, epoch, sequence, lag(sequence, 1, 0::bigint)
        OVER (PARTITION BY station, epoch ORDER BY sequence) AS before FROM record) AS step
    WHERE sequence <> before + 1 ORDER BY 1, 2, 3`,
  values: none,
};

/**
 * A payment's number pays once in the whole fleet. What its own station carried on from an earlier sale with it is the
 * same payment; a station can't carry on what another one took.
 */
const repeatedReferences: AuditFile = {
  name: 'repeated-references',
  columns: ['kind', 'reference', 'uses', 'stations'],
  sql: `SELECT 'deposit' AS kind, reference, count(*)::bigint AS uses, string_agg(DISTINCT station, ' ' ORDER BY station) AS stations
      FROM deposit GROUP BY reference HAVING count(*) > 1
    UNION ALL
    SELECT account, reference, count(*)::bigint, string_agg(DISTINCT part.station, ' ' ORDER BY part.station)
      FROM tender_part AS part JOIN sale ON sale.station = part.station AND sale.sale_id = part.sale_id
        AND sale.epoch = part.epoch
      WHERE reference IS NOT NULL AND NOT ${saleCameBack('sale')} AND NOT EXISTS (SELECT 1 FROM tender_part AS earlier
        WHERE earlier.station = part.station AND earlier.sale_id = part.carried_from AND earlier.account = part.account
          AND earlier.reference = part.reference AND (earlier.epoch, earlier.row_id) < (part.epoch, part.row_id))
      GROUP BY account, reference HAVING count(*) > 1
    UNION ALL
    SELECT 'receipt', receipt_number, count(*)::bigint, string_agg(DISTINCT station, ' ' ORDER BY station)
      FROM sale WHERE NOT EXISTS (SELECT 1 FROM sale AS again WHERE again.station = sale.station
        AND again.meter_pan = sale.meter_pan AND again.receipt_number = sale.receipt_number AND again.epoch > sale.epoch
        AND again.amount_minor = sale.amount_minor AND again.token_minute = sale.token_minute)
      GROUP BY receipt_number HAVING count(DISTINCT sale_id) > 1
    ORDER BY 1, 2`,
  values: none,
};

/** Cash of sales that no deposit has followed in time. */
const lateBanking: AuditFile = {
  name: 'late-banking',
  columns: ['station', 'currency', 'unbanked_minor', 'oldest_day', 'days'],
  sql: `WITH newest AS (SELECT max(business_date) AS day FROM record),
      cash AS (SELECT part.station, part.currency, part.day, sum(part.amount_minor) AS minor
        FROM ${PAID_PARTS} AS part
          JOIN ${SALE_STATE} AS state ON state.station = part.station AND state.sale_id = part.sale_id
        WHERE part.account = 'cash-drawer' AND state.step NOT IN ('void', 'unissued') GROUP BY 1, 2, 3),
      banked AS (SELECT station, currency, sum(amount_minor) AS minor FROM deposit GROUP BY 1, 2),
      open AS (SELECT cash.*, sum(cash.minor) OVER (PARTITION BY cash.station, cash.currency ORDER BY cash.day)
          - coalesce(banked.minor, 0) AS unbanked
        FROM cash LEFT JOIN banked ON banked.station = cash.station AND banked.currency = cash.currency)
    SELECT station, currency, max(unbanked)::bigint AS unbanked_minor, min(day)::text AS oldest_day,
      ((SELECT day FROM newest) - min(day))::bigint AS days
    FROM open WHERE unbanked > 0 GROUP BY 1, 2
    HAVING (SELECT day FROM newest) - min(day) > $1::integer ORDER BY 1, 2`,
  values: ({ bankingDays }) => [bankingDays],
};

const patterns: AuditFile = {
  name: 'purchase-patterns',
  columns: ['pattern', 'meter_pan', 'day', 'sales', 'stations', 'amount_minor'],
  sql: `SELECT 'many-a-day' AS pattern, meter_pan, business_date::text AS day, count(*)::bigint AS sales,
      string_agg(DISTINCT station, ' ' ORDER BY station) AS stations, sum(amount_minor)::bigint AS amount_minor
      FROM sale WHERE NOT ${saleCameBack('sale')} GROUP BY meter_pan, business_date HAVING count(*) >= $1::integer
    UNION ALL
    SELECT 'several-stations', meter_pan, business_date::text, count(*)::bigint,
      string_agg(DISTINCT station, ' ' ORDER BY station), sum(amount_minor)::bigint
      FROM sale WHERE NOT ${saleCameBack('sale')} GROUP BY meter_pan, business_date HAVING count(DISTINCT station) > 1
    UNION ALL
    SELECT 'stopped', meter_pan, max(business_date)::text, count(*)::bigint,
      string_agg(DISTINCT station, ' ' ORDER BY station), sum(amount_minor)::bigint
      FROM sale WHERE NOT ${saleCameBack('sale')} GROUP BY meter_pan HAVING count(DISTINCT business_date) >= 3
        AND (SELECT max(business_date) FROM record) - max(business_date) >= $2::integer
    ORDER BY 1, 2, 3`,
  values: ({ salesADay, quietDays }) => [salesADay, quietDays],
};

const alarms: AuditFile = {
  name: 'alarms',
  columns: ['station', 'verdict', 'epoch', 'number', 'manifest_sha256', 'reasons'],
  sql: `SELECT station, verdict, epoch, number, manifest_sha256, reasons::text AS reasons FROM alarm ORDER BY alarm_id`,
  values: none,
};

const restores: AuditFile = {
  name: 'restores',
  columns: [
    'station',
    'epoch',
    'opened_unix_ms',
    'old_epoch',
    'old_sequence',
    'held_sequence',
    'lost_records',
  ],
  sql: `SELECT station, epoch, opened_unix_ms, old_epoch, old_sequence, held_sequence,
      held_sequence - old_sequence AS lost_records FROM epoch ORDER BY 1, 2`,
  values: none,
};

/** Everything that is asked of the database, a file each. */
export const AUDIT_FILES: readonly AuditFile[] = [
  equalTimes,
  tokensWithoutMoney,
  moneyWithoutTokens,
  clockJumps,
  missingSequences,
  repeatedReferences,
  lateBanking,
  patterns,
  alarms,
  restores,
];
