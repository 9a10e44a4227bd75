import { amountMinor, type AmountMinor } from '../../units/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import type { Account } from './accounts.ts';

export type Balance = {
  readonly account: Account;
  readonly currency: string;
  /** Debits less credits, in minor units. */
  readonly balanceMinor: AmountMinor;
};

/** Every account's balance per currency, derived from the transfers; accounts never used are left out. */
export function balances(reader: LedgerReader | LedgerTx): readonly Balance[] {
  return reader
    .prepare(
      `SELECT account, currency, sum(amount) AS balance FROM (
         SELECT debit_account AS account, currency, amount_minor AS amount FROM transfer
         UNION ALL
         SELECT credit_account, currency, -amount_minor FROM transfer)
       GROUP BY account, currency ORDER BY account, currency`,
    )
    .all<{ account: Account; currency: string; balance: number }>()
    .map((row) => ({ account: row.account, currency: row.currency, balanceMinor: amountMinor(row.balance) }));
}
