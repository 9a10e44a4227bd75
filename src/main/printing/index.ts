/** Slips on paper: jobs as rows, one owner of the printer, and only what the printer itself says as proof. */
export {
  DEADLINES,
  startAttempt,
  type Attempt,
  type Deadlines,
  type PrinterLevel,
  type Slip,
  type Watch,
} from './conversation.ts';
export { encodeSlip, type CodePage, type SlipOptions } from './encode.ts';
export type { Link, LinkEvents, OpenLink } from './link.ts';
export * from './print-jobs.ts';
export * from './print-queue.ts';
export * from './printer-address.ts';
export * from './printer-problem.ts';
export type { PrinterStatus } from './status.ts';
export { tcpLink } from './tcp-link.ts';
