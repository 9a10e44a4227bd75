/** Batches up, answers and packages down: beside the till and never in its way. */
export { closeBatch, payloadOf, type BuildDeps } from './close-batch.ts';
export * from './enrolment.ts';
export { openExchange, type Exchange, type ExchangeDeps } from './exchange.ts';
export { openTransport } from './open-transport.ts';
export * from './outbox.ts';
export { buildInWorker, packageInWorker } from './run-in-worker.ts';
export { runBuild } from './build-job.ts';
export { runPackage } from './package-job.ts';
export { packageNumber, takePackages, type PackageNews } from './take-package.ts';
export type { Transport } from './transport.ts';
export { visit, type Visit, type VisitDeps } from './visit.ts';
