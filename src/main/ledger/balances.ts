import { CHILDREN_LIMIT } from '../../batch/index.ts';
import { amountMinor, type AmountMinor } from '../../units/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import type { Account } from './accounts.ts';

export type Balance = {
  readonly account: Account;
  readonly currency: string;
  /** Debits less credits, in minor units. */
  readonly balanceMinor: AmountMinor;
};

/** The accounts whose money goes to the bank by a deposit. */
export type BankedAccount = Extract<Account, 'safe' | 'cheque'>;

/** What is there of such an account, debits less credits in minor units; quick on a journal of any size. */
export function balanceOf(
  reader: LedgerReader | LedgerTx,
  account: BankedAccount,
  currency: string,
): AmountMinor {
  const sum = (side: 'debit_account' | 'credit_account'): number =>
    reader
      // The list of accounts is that of the index, word for word.
      .prepare(
        `SELECT coalesce(sum(amount_minor), 0) AS sum FROM transfer
         WHERE ${side} IN ('safe', 'cheque') AND ${side} = ? AND currency = ?`,
      )
      .get<{ sum: number }>(account, currency)?.sum ?? 0;
  return amountMinor(sum('debit_account') - sum('credit_account'));
}

/**
 * Every account's balance per currency, derived from the transfers; accounts never used are left out. With `fromRecord`
 * it is what that record and those after it moved.
 */
export function balances(reader: LedgerReader | LedgerTx, fromRecord?: number): readonly Balance[] {
  const [since, bound] =
    fromRecord === undefined ? ['', []] : ['WHERE row_id >= ?', Array(2).fill(fromRecord * CHILDREN_LIMIT)];
  return reader
    .prepare(
      `SELECT account, currency, sum(amount) AS balance FROM (
         SELECT debit_account AS account, currency, amount_minor AS amount FROM transfer ${since}
         UNION ALL
         SELECT credit_account, currency, -amount_minor FROM transfer ${since})
       GROUP BY account, currency ORDER BY account, currency`,
    )
    .all<{ account: Account; currency: string; balance: number }>(...bound)
    .map((row) => ({ account: row.account, currency: row.currency, balanceMinor: amountMinor(row.balance) }));
}
