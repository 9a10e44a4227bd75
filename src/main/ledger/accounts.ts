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
] as const;
export type Account = (typeof ACCOUNTS)[number];
