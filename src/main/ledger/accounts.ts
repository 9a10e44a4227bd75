/** The accounts of the journal, as the schema seeds them. Balances are derived from the transfers. */
export const ACCOUNTS = [
  'cash-drawer',
  'card',
  'mobile-money',
  'cheque',
  'bank',
  'tender-held',
  'customer-balance',
  'tax',
  'debt-recovered',
  'fixed-charges',
  'levies',
  'fees',
  'subsidies',
  'rounding',
  'cash-rounding',
  'sales-electricity',
  'sales-water',
  'sales-gas',
  'sales-time',
  'safe',
  'pay-in-out',
  'variance',
  'deposited',
] as const;
export type Account = (typeof ACCOUNTS)[number];

/** What a drawer holds and a count counts: cash by its denominations, everything else as a sum. */
export const TENDER_ACCOUNTS = [
  'cash-drawer',
  'card',
  'mobile-money',
  'cheque',
] as const satisfies readonly Account[];
export type TenderAccount = (typeof TENDER_ACCOUNTS)[number];
