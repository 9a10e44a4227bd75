import type { TenderAccount } from '../ledger/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';

export const SHIFT_STEPS = ['opened', 'ended', 'counted', 'closed'] as const;
export type ShiftStep = (typeof SHIFT_STEPS)[number];

/** The allowed next steps: a drawer is counted after its selling has ended, and may be counted again. */
export const NEXT_SHIFT_STEPS: Readonly<Record<ShiftStep, readonly ShiftStep[]>> = {
  opened: ['ended'],
  ended: ['counted'],
  counted: ['counted', 'closed'],
  closed: [],
};

export type Shift = {
  readonly shiftId: string;
  /** Counts on from 1 without gaps. */
  readonly number: number;
  readonly drawer: string;
  /** Who answers for the drawer. */
  readonly operatorId: string;
  readonly currency: string;
  readonly step: ShiftStep;
  readonly openedUnixMs: number;
  /** The last record of the opening: no record of the shift comes before it. */
  readonly openedRecord: number;
};

type ShiftRow = {
  readonly row_id: number;
  readonly shift_id: string;
  readonly number: number;
  readonly drawer: string;
  readonly operator_id: string;
  readonly currency: string;
  readonly step: ShiftStep;
  readonly at_unix_ms: number;
};

const SHIFT = `
  SELECT shift.*, record.at_unix_ms,
    (SELECT step FROM shift_step WHERE shift_step.shift_id = shift.shift_id
      ORDER BY shift_step.row_id DESC LIMIT 1) AS step
  FROM shift JOIN record ON record.record_id = shift.row_id / 1000`;

function shiftOf(row: ShiftRow): Shift {
  return {
    shiftId: row.shift_id,
    number: row.number,
    drawer: row.drawer,
    operatorId: row.operator_id,
    currency: row.currency,
    step: row.step,
    openedUnixMs: row.at_unix_ms,
    openedRecord: Math.floor(row.row_id / 1000),
  };
}

export function findShift(from: LedgerReader | LedgerTx, shiftId: string): Shift | undefined {
  const row = from.prepare(`${SHIFT} WHERE shift.shift_id = ?`).get<ShiftRow>(shiftId);
  return row && shiftOf(row);
}

/** The shift that this person's drawer is in, whatever step it is at; undefined when they hold none. */
export function shiftHeldBy(from: LedgerReader | LedgerTx, operatorId: string): Shift | undefined {
  const row = from
    .prepare(`${SHIFT} WHERE shift.shift_id = (SELECT shift_id FROM open_shift WHERE operator_id = ?)`)
    .get<ShiftRow>(operatorId);
  return row && shiftOf(row);
}

/** Shifts that are not closed, oldest first. */
export function openShifts(from: LedgerReader | LedgerTx): readonly Shift[] {
  return from
    .prepare(`${SHIFT} WHERE shift.shift_id IN (SELECT shift_id FROM open_shift) ORDER BY shift.number`)
    .all<ShiftRow>()
    .map(shiftOf);
}

/** The newest shifts, newest first. */
export function lastShifts(from: LedgerReader | LedgerTx, limit: number): readonly Shift[] {
  return from.prepare(`${SHIFT} ORDER BY shift.number DESC LIMIT ?`).all<ShiftRow>(limit).map(shiftOf);
}

/**
 * What ties records to one shift, as `entry`: a drawer's entries lie between its opening and its closing, among those of
 * the drawers beside it.
 */
export const ENTRIES_OF_SHIFT = `FROM shift CROSS JOIN shift_entry AS entry
    ON entry.row_id BETWEEN shift.row_id AND coalesce((SELECT closing.row_id - closing.row_id % 1000 + 999
        FROM shift_step AS closing WHERE closing.shift_id = shift.shift_id AND closing.step = 'closed'),
      ${Number.MAX_SAFE_INTEGER})
      AND entry.shift_id = shift.shift_id
  WHERE shift.shift_id = ?`;

/** The shift whose drawer took a sale's money, or undefined for a sale from before there were shifts. */
export function shiftOfSale(from: LedgerReader | LedgerTx, saleId: string): Shift | undefined {
  const row = from
    .prepare(
      `SELECT entry.shift_id FROM sale JOIN shift_entry AS entry
         ON entry.row_id BETWEEN sale.row_id - sale.row_id % 1000 AND sale.row_id - sale.row_id % 1000 + 999
       WHERE sale.sale_id = ?`,
    )
    .get<{ shift_id: string }>(saleId);
  return row && findShift(from, row.shift_id);
}

/**
 * The drawer that a sale's money is given back from: its own until that is counted, else the one that `operatorId` sells
 * from, else the first that sells; undefined when there is none. A closed shift's figures stay as its Z has them.
 */
export function payingShift(
  from: LedgerReader | LedgerTx,
  own: Shift,
  operatorId: string | null,
): Shift | undefined {
  if (own.step === 'opened' || own.step === 'ended') return own;
  const selling = openShifts(from).filter(({ step }) => step === 'opened');
  return selling.find((shift) => shift.operatorId === operatorId) ?? selling[0];
}

/** The newest count of a shift: its lines, or undefined while nothing was counted. */
export function lastCount(
  from: LedgerReader | LedgerTx,
  shiftId: string,
): readonly { readonly account: TenderAccount; readonly amountMinor: number }[] | undefined {
  const step = from
    .prepare(
      "SELECT row_id FROM shift_step WHERE shift_id = ? AND step = 'counted' ORDER BY row_id DESC LIMIT 1",
    )
    .get<{ row_id: number }>(shiftId);
  if (!step) return undefined;
  const first = step.row_id - (step.row_id % 1000);
  return from
    .prepare(
      `SELECT account, amount_minor FROM count_line
       WHERE subject_id = ? AND row_id BETWEEN ? AND ? ORDER BY row_id`,
    )
    .all<{ account: TenderAccount; amount_minor: number }>(shiftId, first, first + 999)
    .map((row) => ({ account: row.account, amountMinor: row.amount_minor }));
}
