import { refuse, type CallFault } from '../../contract/index.ts';
import { amountMinor, ok, type Result, type SaleId } from '../../units/index.ts';
import { appendRecord, businessDateOf, findSale, type Moment, type TenderAccount } from '../ledger/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import { shiftOfSale } from './shifts.ts';
import { shiftEntry } from './write.ts';

export type TenderCorrection = {
  readonly saleId: SaleId;
  readonly from: TenderAccount;
  readonly to: TenderAccount;
  readonly amountMinor: number;
  readonly reason: string;
};

/**
 * Says that a recorded sale was paid otherwise than it was written down: a transfer the other way, in the same
 * shift, with the reason. The sale stays as it is. Refuses a sale that is not recorded, more than was paid that
 * way, and a shift that is closed: its count has found the difference already and booked it.
 */
export function correctTender(
  tx: LedgerTx,
  moment: Moment,
  correction: TenderCorrection,
): Result<null, CallFault> {
  const { saleId, from, to, reason } = correction;
  const sale = findSale(tx, saleId);
  if (!sale) return refuse('sale-unknown');
  if (sale.step !== 'recorded' && sale.step !== 'closed')
    return refuse('sale-not-recorded', { receiptNumber: sale.receiptNumber });
  const shift = shiftOfSale(tx, saleId);
  if (!shift || shift.step === 'closed')
    return refuse('correction-shift-closed', { receiptNumber: sale.receiptNumber });
  if (from === to || correction.amountMinor > paidBy(tx, saleId, from)) return refuse('correction-amount');
  appendRecord(tx, {
    kind: 'tender-corrected',
    atUnixMs: moment.nowUnixMs,
    businessDate: businessDateOf(moment.nowUnixMs, moment.zone),
    operatorId: moment.operatorId,
    subjectId: saleId,
    detail: { from, to, reason },
    transfers: [
      {
        debit: to,
        credit: from,
        currency: sale.currency,
        amountMinor: amountMinor(correction.amountMinor),
      },
    ],
    children: [shiftEntry(shift.shiftId)],
  });
  return ok(null);
}

/** What a sale was paid with one tender, after the corrections so far. */
export function paidBy(from: LedgerReader | LedgerTx, saleId: string, account: TenderAccount): number {
  const row = from
    .prepare(
      `SELECT coalesce(sum(CASE WHEN debit_account = ? THEN amount_minor
           WHEN credit_account = ? THEN -amount_minor ELSE 0 END), 0) AS paid
       FROM (SELECT row_id / 1000 AS record_id FROM sale WHERE sale_id = ?
         UNION ALL
         SELECT record_id FROM record
           WHERE kind IN ('tender-corrected', 'deposit-matched') AND subject_id = ?) AS of_sale
       JOIN transfer ON transfer.row_id BETWEEN of_sale.record_id * 1000 AND of_sale.record_id * 1000 + 999`,
    )
    .get<{ paid: number }>(account, account, saleId, saleId);
  return row?.paid ?? 0;
}

export type Dispute = {
  readonly disputeId: string;
  readonly saleId: SaleId;
  readonly ground: 'amount' | 'meter';
  readonly words: string;
};

/** Opens a numbered case about a sale whose token is out; returns the number. The sale stays as it is. */
export function openDispute(tx: LedgerTx, moment: Moment, dispute: Dispute): Result<number, CallFault> {
  const sale = findSale(tx, dispute.saleId);
  if (!sale) return refuse('sale-unknown');
  if (sale.step !== 'recorded' && sale.step !== 'closed')
    return refuse('sale-not-recorded', { receiptNumber: sale.receiptNumber });
  const last = tx.prepare('SELECT max(number) AS number FROM dispute').get<{ number: number | null }>();
  const number = (last?.number ?? 0) + 1;
  appendRecord(tx, {
    kind: 'dispute-opened',
    atUnixMs: moment.nowUnixMs,
    businessDate: businessDateOf(moment.nowUnixMs, moment.zone),
    operatorId: moment.operatorId,
    subjectId: dispute.saleId,
    detail: { number, forHeadOffice: true },
    children: [
      {
        table: 'dispute',
        values: {
          dispute_id: dispute.disputeId,
          number,
          sale_id: dispute.saleId,
          ground: dispute.ground,
          words: dispute.words,
        },
      },
    ],
  });
  return ok(number);
}
