import type { Resource } from '../../units/index.ts';

/** What a tax authority's rules are told of a sale. Money is in minor units of the currency. */
export type FiscalSale = {
  readonly saleId: string;
  readonly receiptNumber: string;
  readonly atUnixMs: number;
  readonly resource: Resource;
  readonly currency: string;
  readonly amountMinor: number;
};

/** What the receipt then has to carry. The code is printable ASCII, at most 1,000 characters; null for none. */
export type FiscalFields = {
  readonly documentNumber: string;
  readonly verificationCode: string;
  readonly qr: string | null;
};

/**
 * One country's fiscal rules. It is asked once for each sale, just before the transaction that records the sale, so it
 * answers at once from what it holds (numbers given out in advance, a device's key) and reaches for no network;
 * what it has to report it reports afterwards, from the ledger. Null for a sale that needs nothing. What it
 * answers is stored with the receipt and printed on every copy. An error keeps the sale from being recorded and
 * leaves it in doubt, so it throws only when selling must stop.
 */
export type FiscalAdapter = (sale: FiscalSale) => FiscalFields | null;
