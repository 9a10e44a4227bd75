/** The sale as a state machine, from the quote to the recorded token, and its recovery. */
export { isModuleStopped, writeModuleCleared } from './book.ts';
export { agreeOnClock, CLOCK_APART_MS } from './clock.ts';
export type { VendingDeps } from './deps.ts';
export * from './faults.ts';
export { WARNINGS, warningsOf, type Warning } from './guards.ts';
export { freeUnitsOf, OWN_AUTHORITY, type Authority, type Order, type OrderRequest } from './orders.ts';
export { keyOfSale } from './key-in-doubt.ts';
export * from './prepare.ts';
export * from './quote-sale.ts';
export { recallSlips, type SlipWord } from './recall-slips.ts';
export { claimReferences, referenceOf, resolveTender, splitTender } from './tender.ts';
export * from './vending.ts';
export { tokensAsked, workOf, type OrderWork } from './work.ts';
