/** The files exchanged with head office: rows, chain, totals, signatures. Pure, but for hashes and signatures. */
export * from './ack.ts';
export * from './batch-row.ts';
export * from './build-batch.ts';
export * from './chained-tables.ts';
export * from './column-kinds.ts';
export * from './enrolment.ts';
export * from './faults.ts';
export * from './manifest.ts';
export * from './package.ts';
export * from './payload.ts';
export * from './rows-as-csv.ts';
export * from './sealed-manifest.ts';
export * from './signature.ts';
export * from './totals.ts';
export * from './verify-batch.ts';
export * from './directory-change.ts';
export * from './personal.ts';
