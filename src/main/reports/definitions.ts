import type { ReportColumn } from '../../contract/index.ts';
import { isOrWas } from '../ledger/index.ts';

/** A column, and what becomes of its value on the way out of the database. */
type Column = ReportColumn & {
  /** `hour`: an instant becomes the hour of the utility's day. */
  readonly as?: 'hour';
};

export type ReportDefinition = {
  readonly name: string;
  readonly columns: readonly Column[];
  /**
   * One statement whose result has the columns in their order. `days`: run for each business day, `:day`. `now`:
   * run once. `:from`, `:to` are the days asked for, `:fromMs`, `:toMs` their instants, `:text` what was typed,
   * `:kinds` the kinds of records that are called so in some language.
   */
  readonly span: 'days' | 'now';
  readonly sql: string;
  /** Rows that agree in every column without a total become one, their totals added. */
  readonly merge: boolean;
  readonly chart?: {
    readonly kind: 'bars' | 'line' | 'stack';
    readonly across: string;
    readonly up: readonly string[];
  };
};

const column = (id: string, kind: Column['kind'], total = false): Column => ({ id, kind, total });
const text = (id: string): Column => column(id, 'text');
const count = column('count', 'count', true);
const money = (id = 'amount'): Column => column(id, 'money', true);
const time = column('time', 'time');

/** Sales that moved money, whose outcome was recorded on a day, and that nobody has taken back since. */
const SOLD = `
  SELECT sale.*, record.record_id AS done_record, record.at_unix_ms AS done_unix_ms
  FROM record JOIN sale ON sale.sale_id = record.subject_id
  WHERE record.business_date = :day AND sale.amount_minor > 0
    AND ${isOrWas('sale-recorded')}
    AND NOT EXISTS (SELECT 1 FROM sale_step
      WHERE sale_step.sale_id = sale.sale_id AND sale_step.step = 'unissued')`;

/** The rows that belong to a record. */
const of = (table: string, record: string): string =>
  `${table}.row_id BETWEEN ${record} * 1000 AND ${record} * 1000 + 999`;
const NAME = (id: string): string =>
  `coalesce((SELECT name FROM operator WHERE operator.operator_id = ${id}), ${id}, '')`;
/** What a record is about, by the name that people know: receipt, shift, deposit, person. */
const ABOUT = `coalesce((SELECT receipt_number FROM sale WHERE sale_id = record.subject_id),
  (SELECT CAST(number AS TEXT) FROM shift WHERE shift_id = record.subject_id),
  (SELECT reference FROM deposit WHERE deposit_id = record.subject_id),
  CASE WHEN record.kind IN ('sales-ended', 'banking-ended') THEN json_extract(record.detail, '$.number') || '' END,
  ${NAME('record.subject_id')})`;
const UNITS = `coalesce((SELECT sum(token.units_tenths) FROM token
  WHERE token.sale_id = sold.sale_id AND token.token_class = 0), 0)`;

/** What was sold, by one thing that a sale has. */
function salesBy(
  name: string,
  key: Column,
  expression: string,
  chart?: ReportDefinition['chart'],
): ReportDefinition {
  return {
    name,
    columns: [key, count, money()],
    span: 'days',
    merge: true,
    sql: `SELECT ${expression}, count(*), sum(sold.amount_minor) FROM (${SOLD}) AS sold GROUP BY 1`,
    ...(chart ? { chart } : {}),
  };
}

/** Records of some kinds, one row each. */
function records(
  name: string,
  kinds: readonly string[],
  columns: readonly [Column, string][],
): ReportDefinition {
  return {
    name,
    columns: [time, text('kind'), text('operator'), ...columns.map(([each]) => each)],
    span: 'days',
    merge: false,
    sql: `SELECT record.at_unix_ms, record.kind, ${NAME('record.operator_id')},
        ${columns.map(([, expression]) => expression).join(', ')}
      FROM record LEFT JOIN sale ON sale.sale_id = record.subject_id
      WHERE record.business_date = :day AND record.kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')})
      ORDER BY record.record_id`,
  };
}

const detail = (path: string): string => `coalesce(json_extract(record.detail, '$.${path}'), '')`;
const reason: [Column, string] = [text('reason'), detail('reason')];
const receipt: [Column, string] = [text('receipt'), "coalesce(sale.receipt_number, '')"];
const saleAmount: [Column, string] = [money(), 'coalesce(sale.amount_minor, 0)'];

/** Every report of the station, on screen, on paper, as PDF and as a file: the same rows. */
export const REPORTS: readonly ReportDefinition[] = [
  salesBy('sales-by-day', column('day', 'date'), ':day', { kind: 'line', across: 'day', up: ['amount'] }),
  salesBy(
    'sales-by-hour',
    { ...text('hour'), as: 'hour' },
    'sold.done_unix_ms - sold.done_unix_ms % 900000',
    { kind: 'bars', across: 'hour', up: ['amount'] },
  ),
  salesBy('sales-by-operator', text('operator'), NAME('sold.operator_id')),
  {
    ...salesBy('sales-by-resource', text('resource'), 'sold.resource'),
    columns: [text('resource'), count, money(), column('units', 'units', true)],
    sql: `SELECT sold.resource, count(*), sum(sold.amount_minor), sum(${UNITS})
      FROM (${SOLD}) AS sold GROUP BY 1`,
  },
  salesBy('sales-by-tariff', text('tariff'), "json_extract(sold.quote, '$.tariff.id')"),
  {
    name: 'sales-by-type',
    columns: [text('account'), money()],
    span: 'days',
    merge: true,
    sql: `SELECT account, sum(minor) FROM (
        SELECT transfer.credit_account AS account, transfer.amount_minor AS minor
          FROM (${SOLD}) AS sold JOIN transfer ON ${of('transfer', 'sold.done_record')}
          WHERE transfer.debit_account = 'tender-held'
        UNION ALL
        SELECT transfer.debit_account, -transfer.amount_minor
          FROM (${SOLD}) AS sold JOIN transfer ON ${of('transfer', 'sold.done_record')}
          WHERE transfer.credit_account = 'tender-held')
      GROUP BY account`,
  },
  {
    name: 'sales-by-tender',
    columns: [text('account'), money()],
    span: 'days',
    merge: true,
    sql: `SELECT account, sum(minor) FROM (
        SELECT transfer.debit_account AS account, transfer.amount_minor AS minor
          FROM (${SOLD}) AS sold JOIN transfer ON ${of('transfer', '(sold.row_id / 1000)')}
          WHERE transfer.credit_account = 'tender-held'
        UNION ALL
        SELECT transfer.debit_account, transfer.amount_minor
          FROM record JOIN transfer ON ${of('transfer', 'record.record_id')}
          WHERE record.business_date = :day AND record.kind = 'tender-corrected'
        UNION ALL
        SELECT transfer.credit_account, -transfer.amount_minor
          FROM record JOIN transfer ON ${of('transfer', 'record.record_id')}
          WHERE record.business_date = :day AND record.kind = 'tender-corrected')
      GROUP BY account`,
    chart: { kind: 'stack', across: 'account', up: ['amount'] },
  },
  {
    name: 'doubts',
    columns: [time, text('receipt'), text('meter'), text('operator'), text('step'), money()],
    span: 'now',
    merge: false,
    sql: `SELECT sale.at_unix_ms, sale.receipt_number, sale.meter_pan, ${NAME('sale.operator_id')},
        open_sale.step, sale.amount_minor
      FROM open_sale JOIN sale USING (sale_id) ORDER BY sale.row_id`,
  },
  {
    name: 'reprints',
    columns: [time, text('operator'), text('receipt'), count],
    span: 'now',
    merge: false,
    sql: `SELECT job.created_unix_ms, ${NAME('job.operator_id')}, coalesce(sale.receipt_number, ''), 1
      FROM print_job AS job JOIN receipt USING (receipt_row) LEFT JOIN sale USING (sale_id)
      WHERE job.operator_id IS NOT NULL AND job.created_unix_ms >= :fromMs AND job.created_unix_ms < :toMs
      ORDER BY job.job_row`,
  },
  records('voids', ['sale-void', 'sale-unissued'], [receipt, saleAmount, reason]),
  records(
    'overrides',
    ['override-granted'],
    [[text('call'), detail('call')], [text('for'), NAME('record.subject_id')], reason],
  ),
  records(
    'corrections',
    ['tender-corrected', 'dispute-opened'],
    [
      receipt,
      [text('from'), detail('from')],
      [text('to'), detail('to')],
      [
        text('words'),
        `coalesce(json_extract(record.detail, '$.reason'), (SELECT dispute.ground || ': ' || dispute.words
        FROM dispute WHERE ${of('dispute', 'record.record_id')}), '')`,
      ],
    ],
  ),
  {
    name: 'free-and-management-tokens',
    columns: [time, text('kind'), text('authoriser'), text('class'), count, column('units', 'units', true)],
    span: 'days',
    merge: false,
    sql: `SELECT record.at_unix_ms, coalesce(sale_kind.kind, 'credit'),
        ${NAME('coalesce(sale_kind.authoriser_id, record.operator_id)')},
        token.token_class || '.' || token.subclass, 1, coalesce(token.units_tenths, 0)
      FROM record JOIN token ON ${of('token', 'record.record_id')}
        JOIN sale ON sale.sale_id = token.sale_id LEFT JOIN sale_kind ON sale_kind.sale_id = sale.sale_id
      WHERE record.business_date = :day AND (token.token_class <> 0 OR sale.amount_minor = 0)
      ORDER BY token.row_id`,
  },
  {
    name: 'unusual-purchases',
    columns: [time, text('why'), text('receipt'), text('meter'), text('operator'), money()],
    span: 'days',
    merge: false,
    sql: `WITH sold AS (${SOLD}), usual AS (SELECT avg(amount_minor) AS amount FROM sold)
      SELECT sold.done_unix_ms, CASE WHEN ${UNITS} = 0 THEN 'zero'
          WHEN warned.acknowledged <> '[]' THEN 'irregular'
          WHEN sold.amount_minor * 10 < usual.amount THEN 'low' ELSE 'high' END,
        sold.receipt_number, sold.meter_pan, ${NAME('sold.operator_id')}, sold.amount_minor
      FROM sold CROSS JOIN usual
        JOIN (SELECT record_id, coalesce(json_extract(detail, '$.acknowledged'), '[]') AS acknowledged
          FROM record WHERE business_date BETWEEN date(:day, '-7 days') AND :day AND kind = 'sale-intended') AS warned
          ON warned.record_id = sold.row_id / 1000
      WHERE ${UNITS} = 0 OR warned.acknowledged <> '[]'
        OR sold.amount_minor * 10 < usual.amount OR sold.amount_minor > usual.amount * 10
      ORDER BY sold.row_id`,
  },
  {
    name: 'keys',
    columns: [text('module'), text('key'), count, column('first', 'time'), column('last', 'time')],
    span: 'now',
    merge: false,
    sql: `SELECT used.module_id, used.key_check, used.uses, first.at_unix_ms, last.at_unix_ms FROM (
        SELECT module_id, key_check, count(*) AS uses, min(row_id) / 1000 AS first_record,
          max(row_id) / 1000 AS last_record FROM token GROUP BY module_id, key_check) AS used
      JOIN record AS first ON first.record_id = used.first_record
      JOIN record AS last ON last.record_id = used.last_record
      ORDER BY used.module_id, used.key_check`,
  },
  {
    name: 'clocks',
    columns: [time, text('kind'), column('before', 'time'), column('hours', 'count')],
    span: 'days',
    merge: false,
    sql: `SELECT record.at_unix_ms, record.kind, before.at_unix_ms,
        (record.at_unix_ms - before.at_unix_ms) / 3600000
      FROM record JOIN record AS before ON before.record_id = record.record_id - 1
      WHERE record.business_date = :day AND record.at_unix_ms - before.at_unix_ms > 86400000
      ORDER BY record.record_id`,
  },
  {
    name: 'banking',
    columns: [time, text('reference'), text('account'), money(), column('matched', 'time')],
    span: 'now',
    merge: false,
    sql: `SELECT record.at_unix_ms, deposit.reference, deposit.account, deposit.amount_minor,
        (SELECT matched.at_unix_ms FROM record AS matched
          WHERE matched.kind IN ('tender-corrected', 'deposit-matched')
            AND matched.subject_id = deposit.deposit_id)
      FROM deposit JOIN record ON record.record_id = deposit.row_id / 1000
      WHERE record.business_date BETWEEN :from AND :to ORDER BY deposit.number`,
  },
  {
    name: 'shifts',
    columns: [time, text('z'), text('drawer'), text('operator'), count, money(), money('variance')],
    span: 'days',
    merge: false,
    sql: `SELECT record.at_unix_ms, CAST(cycle_end.number AS TEXT), shift.drawer, ${NAME('shift.operator_id')},
        json_extract(cycle_end.figures, '$.sales.count'), json_extract(cycle_end.figures, '$.sales.amountMinor'),
        (SELECT coalesce(sum(json_extract(value, '$.varianceMinor')), 0)
          FROM json_each(cycle_end.figures, '$.variances'))
      FROM record JOIN cycle_end ON ${of('cycle_end', 'record.record_id')}
        JOIN shift ON shift.shift_id = cycle_end.subject_id
      WHERE record.business_date = :day AND record.kind = 'shift-closed' ORDER BY cycle_end.number`,
  },
  {
    name: 'audit',
    columns: [time, text('kind'), text('operator'), text('about'), text('detail')],
    span: 'days',
    merge: false,
    sql: `SELECT coalesce(json_extract(record.detail, '$.clockUnixMs'), record.at_unix_ms) , record.kind,
        ${NAME('record.operator_id')} AS operator, ${ABOUT} AS about,
        CASE WHEN json_extract(record.detail, '$.secondOperatorId') IS NULL THEN record.detail
          ELSE json_set(record.detail, '$.secondOperatorId', ${NAME("json_extract(record.detail, '$.secondOperatorId')")}) END
      FROM record
      WHERE record.business_date = :day
        AND record.kind NOT IN ('sale-intended', 'sale-recorded', 'sale-closed')
        AND (:text = '' OR instr(lower(record.kind || ' ' || record.detail || ' '
          || ${NAME('record.operator_id')} || ' ' || ${ABOUT}), lower(:text)) > 0
          OR record.kind IN (SELECT value FROM json_each(:kinds)))
      ORDER BY record.record_id`,
  },
];
