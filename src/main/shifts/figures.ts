import { err, ok, type Resource, type Result } from '../../units/index.ts';
import { TENDER_ACCOUNTS, verifyPeriod, type ChainFault, type TenderAccount } from '../ledger/index.ts';
import type { LedgerReader, LedgerTx, SqlValue } from '../store/index.ts';
import { expectedOf, sumsOf, variancesOf, type Movement, type TenderSum, type Variance } from './cash.ts';
import { ENTRIES_OF_SHIFT, findShift, lastCount, type Shift } from './shifts.ts';

type Counted = { readonly count: number; readonly amountMinor: number };

/**
 * What an X shows, and a Z keeps: the money of a drawer by where it came from and went to, the sales behind it,
 * and what is not settled. All of it is read from the chain.
 */
export type ShiftFigures = {
  readonly shift: Shift;
  /** Per kind of record and tender: the float, sales, drops, corrections and the rest. */
  readonly movements: readonly Movement[];
  readonly expected: readonly TenderSum[];
  /** Empty while nothing was counted. */
  readonly variances: readonly Variance[];
  readonly sales: Counted;
  /** Sales that came to nothing, with their money given back. */
  readonly undone: Counted;
  /** Sales whose outcome is not known: their money is in the drawer and in `expected`. */
  readonly doubts: readonly { readonly receiptNumber: string; readonly amountMinor: number }[];
  /** The cash that customers handed over for these sales, and got back; what was paid otherwise has no change. */
  readonly handed: { readonly receivedMinor: number; readonly changeMinor: number };
  readonly byAccount: readonly { readonly account: string; readonly amountMinor: number }[];
  readonly byResource: readonly (Counted & { readonly resource: Resource; readonly unitsTenths: number })[];
  readonly noSales: number;
  /** The newest record of the shift that was counted in. */
  readonly upToRow: number;
};

/**
 * The records of a shift: their rows begin at `first` and end 999 later. Everything else is joined to them in the
 * order it is written in (CROSS JOIN): left to itself SQLite may begin with every transfer of the ledger.
 */
const ENTRIES = `SELECT entry.row_id - entry.row_id % 1000 AS first ${ENTRIES_OF_SHIFT}`;
const SALES = `
  SELECT sale.*,
    (SELECT step FROM sale_step WHERE sale_step.sale_id = sale.sale_id
      ORDER BY sale_step.row_id DESC LIMIT 1) AS step
  FROM (${ENTRIES}) AS entry CROSS JOIN sale ON sale.row_id BETWEEN entry.first AND entry.first + 999`;
const SOLD = "step IN ('issued', 'recorded', 'closed')";

/**
 * Computes a shift's figures; undefined when there is no such shift. Takes as long as reading the shift's rows:
 * not for main's thread while customers wait.
 */
export function shiftFigures(from: LedgerReader | LedgerTx, shiftId: string): ShiftFigures | undefined {
  const shift = findShift(from, shiftId);
  if (!shift) return undefined;
  const all = <Row>(sql: string, ...params: SqlValue[]): Row[] => from.prepare(sql).all<Row>(...params);
  const one = <Row>(sql: string): Row => all<Row>(sql, shiftId)[0]!;
  const movements = movementsOf(from, shiftId);
  const expected = expectedOf(movements);
  return {
    shift,
    movements,
    expected,
    variances: countedVariances(from, shiftId, expected),
    ...salesOf(from, shiftId),
    byAccount: all(
      `SELECT account, sum(minor) AS amountMinor FROM (
         SELECT credit_account AS account, transfer.amount_minor AS minor, sale_id FROM (${SALES}) AS sold
           CROSS JOIN sale_step AS done USING (sale_id)
           CROSS JOIN transfer ON transfer.row_id BETWEEN done.row_id - done.row_id % 1000 AND done.row_id - done.row_id % 1000 + 999
           WHERE done.step = 'recorded' AND sold.${SOLD} AND +debit_account = 'tender-held'
         UNION ALL
         SELECT debit_account, -transfer.amount_minor, sale_id FROM (${SALES}) AS sold
           CROSS JOIN sale_step AS done USING (sale_id)
           CROSS JOIN transfer ON transfer.row_id BETWEEN done.row_id - done.row_id % 1000 AND done.row_id - done.row_id % 1000 + 999
           WHERE done.step = 'recorded' AND sold.${SOLD} AND +credit_account = 'tender-held')
       GROUP BY account ORDER BY account`,
      shiftId,
      shiftId,
    ),
    noSales: one<{ count: number }>(
      `SELECT count(*) AS count FROM (${ENTRIES}) AS entry
       CROSS JOIN record ON record.record_id = entry.first / 1000 WHERE record.kind = 'no-sale'`,
    ).count,
    upToRow: lastEntry(from, shiftId),
  };
}

/**
 * The figures that a shift is closed with, once the books since its opening were read again: every row as it was
 * written, each currency moved to zero, and its sales came to what was paid for them, less the change that a price
 * list left owed. Undefined when there is no such shift. Reads the records of everybody who sold meanwhile.
 */
export function closingFigures(
  reader: LedgerReader,
  shiftId: string,
): Result<ShiftFigures | undefined, ChainFault> {
  const figures = shiftFigures(reader, shiftId);
  if (!figures) return ok(undefined);
  const period = verifyPeriod(reader, figures.shift.openedRecord);
  if (!period.ok) return period;
  const earnedMinor = figures.byAccount.reduce((sum, each) => sum + each.amountMinor, 0);
  if (earnedMinor + changeOf(reader, shiftId) === figures.sales.amountMinor) return ok(figures);
  const record = `${period.value.epoch}/${period.value.sequence}`;
  return err({ row: 'account tender-held', record, reason: 'balance differs' });
}

/** What price lists that leave change owed to the customers of a shift's sales: it stays in the money held. */
function changeOf(reader: LedgerReader, shiftId: string): number {
  return reader
    .prepare(
      `SELECT coalesce(sum(quote ->> '$.quote.changeMinor'), 0) AS minor FROM (${SALES}) WHERE ${SOLD}`,
    )
    .get<{ minor: number }>(shiftId)!.minor;
}

/**
 * Figures from just before a shift was ended and counted, brought up to its count: neither moves money or sells
 * anything, so nothing else of them is different.
 */
export function countedFigures(from: LedgerReader | LedgerTx, before: ShiftFigures): ShiftFigures {
  const { shiftId } = before.shift;
  return {
    ...before,
    shift: findShift(from, shiftId) ?? before.shift,
    variances: countedVariances(from, shiftId, before.expected),
    upToRow: lastEntry(from, shiftId),
  };
}

/** What was counted beside what should be there; nothing before a count. */
function countedVariances(
  from: LedgerReader | LedgerTx,
  shiftId: string,
  expected: ShiftFigures['expected'],
): ShiftFigures['variances'] {
  const counted = lastCount(from, shiftId);
  if (counted === undefined) return [];
  const lines = counted.map((line) => ({ ...line, denominationMinor: null, quantity: 0 }));
  return variancesOf(expected, sumsOf(lines));
}

/**
 * Whether figures are still the shift's: every change ties a record to the shift, but that a sale that was open is
 * settled.
 */
export function stillTrue(
  tx: LedgerTx,
  shiftId: string,
  figures: ShiftFigures | undefined,
): figures is ShiftFigures {
  return figures !== undefined && figures.doubts.length === 0 && figures.upToRow === lastEntry(tx, shiftId);
}

/** The newest row that ties a record to the shift. */
function lastEntry(from: LedgerReader | LedgerTx, shiftId: string): number {
  const row = from
    .prepare(`SELECT entry.row_id AS last ${ENTRIES_OF_SHIFT} ORDER BY entry.row_id DESC LIMIT 1`)
    .get<{ last: number }>(shiftId);
  return row?.last ?? 0;
}

function movementsOf(from: LedgerReader | LedgerTx, shiftId: string): readonly Movement[] {
  const rows = from
    .prepare(
      `SELECT record.kind, account, sum(debit) AS debit, sum(credit) AS credit FROM (
         SELECT entry.first, +debit_account AS account, amount_minor AS debit, 0 AS credit
           FROM (${ENTRIES}) AS entry CROSS JOIN transfer ON transfer.row_id BETWEEN entry.first AND entry.first + 999
         UNION ALL
         SELECT entry.first, +credit_account, 0, amount_minor
           FROM (${ENTRIES}) AS entry CROSS JOIN transfer ON transfer.row_id BETWEEN entry.first AND entry.first + 999)
         JOIN record ON record.record_id = first / 1000
       WHERE record.kind <> 'shift-closed' AND account IN (SELECT value FROM json_each(?))
       GROUP BY record.kind, account ORDER BY account, min(first)`,
    )
    .all<{ kind: string; account: TenderAccount; debit: number; credit: number }>(
      shiftId,
      shiftId,
      JSON.stringify(TENDER_ACCOUNTS),
    );
  return rows.map(({ kind, account, debit, credit }) => ({
    kind,
    account,
    debitMinor: debit,
    creditMinor: credit,
  }));
}

function salesOf(
  from: LedgerReader | LedgerTx,
  shiftId: string,
): Pick<ShiftFigures, 'sales' | 'undone' | 'doubts' | 'handed' | 'byResource'> {
  const totals = (where: string): Counted =>
    from
      .prepare(
        `SELECT count(*) AS count, coalesce(sum(amount_minor), 0) AS amountMinor FROM (${SALES}) WHERE ${where}`,
      )
      .get<Counted>(shiftId)!;
  return {
    sales: totals(SOLD),
    undone: totals("step IN ('void', 'unissued')"),
    doubts: from
      .prepare(
        `SELECT receipt_number AS receiptNumber, amount_minor AS amountMinor FROM (${SALES})
         WHERE step IN ('intended', 'in-doubt') ORDER BY row_id`,
      )
      .all(shiftId),
    // A sale from before there were tender parts was paid by one tender, and says so itself.
    handed: from
      .prepare(
        `SELECT coalesce(sum(received), 0) AS receivedMinor, coalesce(sum(received - amount), 0) AS changeMinor
         FROM (SELECT coalesce(part.received_minor, paid.received_minor) AS received,
             coalesce(part.amount_minor, paid.amount_minor) AS amount
           FROM (${SALES}) AS paid LEFT JOIN tender_part AS part
             ON part.row_id BETWEEN paid.row_id - paid.row_id % 1000 AND paid.row_id - paid.row_id % 1000 + 999
           WHERE step NOT IN ('void', 'unissued')
             AND coalesce(part.account, paid.tender_account) = 'cash-drawer')`,
      )
      .get<ShiftFigures['handed']>(shiftId)!,
    byResource: from
      .prepare(
        `SELECT resource, count(*) AS count, sum(amount_minor) AS amountMinor,
           sum(coalesce((SELECT sum(units_tenths) FROM token
             WHERE token.sale_id = sold.sale_id AND token_class = 0), 0)) AS unitsTenths
         FROM (${SALES}) AS sold WHERE ${SOLD} GROUP BY resource ORDER BY resource`,
      )
      .all(shiftId),
  };
}
