/** A meter to try tokens on: it behaves like the thing on the wall, and is nothing but data and functions. */
export { KEY_CHANGE_TIMEOUT_MS } from './key-change.ts';
export type { MeasuringState, MeterSetup } from './measuring-state.ts';
export { REGISTER_LIMIT_TENTHS } from './perform.ts';
export type { MeterEffect, MeterRefusal, MeterReply, Reading } from './reply.ts';
export * from './virtual-meter.ts';
