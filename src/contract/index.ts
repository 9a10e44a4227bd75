/** What main and renderer say to each other: one definition per call. */
import './no-eval.ts';

export * from './call.ts';
export * from './calls.ts';
export type * from './customer-calls.ts';
export type { DisplayView, DisplayWanted } from './display-calls.ts';
export * from './channels.ts';
export * from './keypads.ts';
export * from './shapes.ts';
export * from './record-words.ts';
export * from './shift-calls.ts';
export * from './shift-shapes.ts';
export type { Bridge } from './bridge.ts';
export type * from './handlers.ts';
export { SHOWN_REFUSALS } from './office-calls.ts';
export * from './order-calls.ts';
export * from './paper-slip.ts';
export * from './printer-shapes.ts';
export * from './refuse.ts';
export * from './reference.ts';
export * from './settings.ts';
export * from './tender-shapes.ts';
