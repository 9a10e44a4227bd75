import type { LedgerReader } from '../../main/store/index.ts';
import type { Roll } from './printer-process.ts';

export type PrintedSlip = { readonly receiptNumber: string; readonly copyNumber: number };

/** The slips of sales of which the books say that the printer confirmed them. */
export function printedSlips(ledger: LedgerReader): readonly PrintedSlip[] {
  return ledger
    .prepare(
      `SELECT receipt_number AS receiptNumber, copy_number AS copyNumber FROM print_event
         JOIN print_job USING (job_row) JOIN receipt USING (receipt_row) JOIN sale USING (sale_id)
       WHERE state = 'printed' AND cause = 'echo'`,
    )
    .all<PrintedSlip>();
}

/** What is wrong, in words: slips called printed that never came out, and receipts that came out twice unmarked. */
export function checkPaper(printed: readonly PrintedSlip[], roll: Roll): readonly string[] {
  const absent = printed.filter(({ receiptNumber, copyNumber }) => {
    const { originals = 0, copies = 0 } = roll.get(receiptNumber) ?? {};
    // An original that may have come out already is sent again with the mark of a copy.
    return (copyNumber === 0 ? originals + copies : copies) === 0;
  });
  const twice = [...roll].filter(([, { originals }]) => originals > 1);
  return [
    ...absent.map(
      ({ receiptNumber, copyNumber }) =>
        `${receiptNumber} (copy ${copyNumber}) counts as printed and never came out`,
    ),
    ...twice.map(([receiptNumber]) => `${receiptNumber} came out twice without a mark`),
  ];
}
