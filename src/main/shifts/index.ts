/** Drawers and who answers for them: float, drops, counts, X and Z, corrections, banking. */
export * from './cash.ts';
export * from './corrections.ts';
export * from './cycles.ts';
export * from './figures.ts';
export * from './retention.ts';
export * from './settings.ts';
export * from './shifts.ts';
export * from './write.ts';
