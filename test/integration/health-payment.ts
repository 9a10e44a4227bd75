import { appendRecord } from '../../src/main/ledger/index.ts';
import type { LedgerTx } from '../../src/main/store/index.ts';
import { amountMinor } from '../../src/units/index.ts';

/** The n-th test payment; every third record has no rows, so that a table ends while the records go on. */
export function appendTestPayment(tx: LedgerTx, n: number): void {
  appendRecord(tx, {
    kind: 'test-payment',
    atUnixMs: Date.UTC(2026, 10, 23, 13, 0) + n,
    businessDate: '2026-11-23',
    operatorId: null,
    subjectId: null,
    detail: { n },
    transfers:
      n % 3 === 0
        ? []
        : [{ debit: 'cash-drawer', credit: 'fees', currency: 'ZAR', amountMinor: amountMinor(1 + n) }],
  });
}
