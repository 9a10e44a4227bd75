import type { QuoteLine } from '../../tariff/index.ts';
import { amountMinor, assert, type Resource } from '../../units/index.ts';
import type { Account, TenderPart, TransferDraft } from '../ledger/index.ts';
import type { Booking } from './quote-sale.ts';

/** Where the money of a line of the quote goes, by what the line is. */
const ACCOUNT_OF_ROLE: Readonly<
  Record<Exclude<QuoteLine['role'], 'energy'>, Exclude<Account, 'tender-held'>>
> = {
  levy: 'levies',
  tax: 'tax',
  fee: 'fees',
  debt: 'debt-recovered',
  subsidy: 'subsidies',
  settlement: 'customer-balance',
  rounding: 'rounding',
};

type Paid = { readonly tender: readonly TenderPart[]; readonly currency: string };

/** The accounts of the parts against the money held until the outcome is known. */
export function holdTender({ tender, currency }: Paid): readonly TransferDraft[] {
  return tender.map(({ account, amountMinor: minor }) => ({
    debit: account,
    credit: 'tender-held',
    currency,
    amountMinor: minor,
  }));
}

/** The reverse: each part goes back where it came from, for a sale that came to nothing. */
export function returnTender({ tender, currency }: Paid): readonly TransferDraft[] {
  return tender.map(({ account, amountMinor: minor }) => ({
    debit: 'tender-held',
    credit: account,
    currency,
    amountMinor: minor,
  }));
}

/**
 * What the tender became: one transfer per account out of the money held, summing to the tender to the cent.
 * A negative line (a subsidy, a balance spent) runs the other way.
 */
export function earnTender(quote: Booking, resource: Resource, currency: string): readonly TransferDraft[] {
  const sums = new Map<Exclude<Account, 'tender-held'>, number>();
  const put = (account: Exclude<Account, 'tender-held'>, minor: number): void =>
    void sums.set(account, (sums.get(account) ?? 0) + minor);
  for (const line of quote.lines) {
    if (line.place === 'included') continue;
    put(line.role === 'energy' ? `sales-${resource}` : ACCOUNT_OF_ROLE[line.role], line.amountMinor);
  }
  put('customer-balance', quote.carriedMinor);
  const total = [...sums.values()].reduce((sum, minor) => sum + minor, 0);
  assert(total + quote.changeMinor === quote.tenderMinor, 'the lines of a quote account for its tender');
  return [...sums]
    .filter(([, minor]) => minor !== 0)
    .map(([account, minor]) =>
      minor > 0
        ? { debit: 'tender-held', credit: account, currency, amountMinor: amountMinor(minor) }
        : { debit: account, credit: 'tender-held', currency, amountMinor: amountMinor(-minor) },
    );
}
