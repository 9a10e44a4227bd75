import { unitsTenths, type SaleId, type UnitsTenths } from '../../units/index.ts';
import { ACCOUNT_KINDS, earlierSalesWith, type EarlierSale } from '../ledger/index.ts';
import type { LedgerReader } from '../store/index.ts';
import type { StoredPricing } from './quote-sale.ts';
import { workOf } from './work.ts';

/** Free units that came with a purchase and wait for a token of their own. */
export type PromisedUnits = {
  readonly saleId: SaleId;
  readonly entitlement: string;
  readonly unitsTenths: UnitsTenths;
};

/** What stands in the quote of a purchase that promises free units, and in the work of the sale that keeps it. */
const NAMES_FREE_UNITS = '"entitlement":';

/**
 * What purchases of this meter brought with them and no token carries yet, oldest first. The purchase has counted
 * them already, in its blocks and in the period that they are for; their token changes no account.
 */
export function promisedUnits(ledger: LedgerReader, pan: string): readonly PromisedUnits[] {
  const sales = earlierSalesWith(ledger, pan, ACCOUNT_KINDS, NAMES_FREE_UNITS);
  const kept = new Set(sales.map(keptPromise));
  return sales
    .flatMap(promisesOf)
    .filter(({ saleId, entitlement }) => !kept.has(`${saleId} ${entitlement}`))
    .toReversed();
}

function promisesOf({ saleId, order, quote }: EarlierSale): readonly PromisedUnits[] {
  if (order.kind !== 'credit') return [];
  const { tokens } = (JSON.parse(quote) as StoredPricing).quote;
  return tokens.flatMap(({ entitlement, quantity }) =>
    entitlement === undefined ? [] : { saleId, entitlement, unitsTenths: unitsTenths(quantity) },
  );
}

function keptPromise(sale: EarlierSale): string {
  const { entitlement = '', withSale = '' } = workOf(sale);
  return `${withSale} ${entitlement}`;
}
