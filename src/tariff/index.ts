/** Tariffs as data: from money to units and back, exact, explainable and replayable. */
export type { TariffError } from './check.ts';
export { describeTariff } from './describe.ts';
export { entitlementsDue, entitlementsOf, type EntitlementStanding } from './entitlements.ts';
export { explain, nextBlock, type Explanation, type ExplanationRow } from './explain.ts';
export { purchaseLimits, type PurchaseLimits } from './limits.ts';
export { needsOf, type TariffNeeds } from './needs.ts';
export { parseTariff } from './parse.ts';
export { emptyState, noQuantisation, quote } from './quote.ts';
export { replay, type Difference, type RecordedSale } from './replay.ts';
export { TARIFF_FORMAT_VERSION, tariffSchema, type Stage, type Tariff } from './schema.ts';
export { settle } from './settle.ts';
export { parseTariffText, type TariffTextError } from './text.ts';
export * from './types.ts';
export { runTariffVectors, type VectorFailure, type VectorFileError, type VectorReport } from './vectors.ts';
export { tariffInForce, upcomingVersions, type VersionError } from './versions.ts';
