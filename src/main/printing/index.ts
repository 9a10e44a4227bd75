/** Slips on paper: jobs as rows, one owner of the printer, and only what the printer itself says as proof. */
export { startAttempt, type Attempt, type PrinterLevel, type Slip, type Watch } from './conversation.ts';
export { examinePrinter, type Finding, type Patient } from './doctor.ts';
export { encodeSlip, type CodePage, type SlipOptions } from './encode.ts';
export { findPrinters, type FoundPrinter } from './find-printers.ts';
export type { Link, LinkEvents, OpenLink } from './link.ts';
export { encodeLogo, type Logo, type LogoFault } from './logo.ts';
export { printerLink } from './open-printer.ts';
export * from './print-jobs.ts';
export * from './print-queue.ts';
export * from './printer-address.ts';
export * from './printer-problem.ts';
export type { PrinterStatus } from './status.ts';
export { DEADLINES, type Deadlines } from './talk.ts';
export { dropLingeringLines, tcpLink } from './tcp-link.ts';
export { look, lookCode, openDrawer, probe, type Care, type LookCode } from './printer-care.ts';
export { probedLevel, recordPrinterEvent, type PrinterLogEntry } from './printer-log.ts';
export { lookAtPrinter, type ProbeResult } from './probe.ts';
export { statusLog } from './status-log.ts';
