/** A secure module of the primitive level to try the driver on: its own crypto, its own reader, faults to order. */
export { LINE_FAULTS, scriptedFaults, seededFaults, type LineFault } from './faults.ts';
export type { SimulatedKey } from './keys.ts';
export { Sts6Simulator, type MadeToken, type ModuleSetup } from './module.ts';
export { serveModule, Sts6Server, type LineSetup } from './server.ts';
export { PUBLISHED_TEST_KEYS } from './training-keys.ts';
