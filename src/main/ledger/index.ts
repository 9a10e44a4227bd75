/** The double-entry journal: append-only records, two-sided transfers, a hash chain over every column. */
export * from './accounts.ts';
export * from './allowance.ts';
export * from './anchor.ts';
export * from './append.ts';
export * from './balances.ts';
export * from './clock.ts';
export * from './epoch.ts';
export * from './export-journal.ts';
export * from './health/index.ts';
export * from './lost-records.ts';
export * from './meter-keys.ts';
export * from './moment.ts';
export * from './recall-sale.ts';
export * from './sale-steps.ts';
export * from './sales.ts';
export * from './verify.ts';
export * from './verify-books.ts';
