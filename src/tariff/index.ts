/** Tariffs as data: from money to units and back, exact, explainable and replayable. */
export type { TariffError } from './check.ts';
export { entitlementsDue } from './entitlements.ts';
export { purchaseLimits, type PurchaseLimits } from './limits.ts';
export { parseTariff } from './parse.ts';
export { emptyState, noQuantisation, quote } from './quote.ts';
export { TARIFF_FORMAT_VERSION, tariffSchema, type Stage, type Tariff } from './schema.ts';
export * from './types.ts';
