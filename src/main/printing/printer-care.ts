import { err, ok, type Result } from '../../units/index.ts';
import { testSlip } from '../../receipt/index.ts';
import type { Locale } from '../../i18n/index.ts';
import type { LedgerWriter } from '../store/index.ts';
import { arabicAs, encodeSlip } from './encode.ts';
import { Inbox } from './inbox.ts';
import type { PrintQueue, PrinterSetup } from './print-queue.ts';
import { recordPrinterEvent } from './printer-log.ts';
import type { PrinterProblem } from './printer-problem.ts';
import { lookAtPrinter, probePrinter, type ProbeResult } from './probe.ts';
import { blockingCode, type PrinterStatus } from './status.ts';
import { DEADLINES, openTalk, withDeadline, type Deadlines } from './talk.ts';

/** What caring for the printer needs; the queue lends the printer between two slips. */
export type Care = {
  readonly queue: PrintQueue;
  readonly ledger: LedgerWriter;
  readonly printer: PrinterSetup;
  readonly now: () => number;
  readonly deadlines?: Deadlines;
};

/** Looks, and everything that a look can find wrong, the most pressing first. */
export type LookCode = NonNullable<ReturnType<typeof blockingCode>> | 'printer-paper-near-end';

const PROBE_ID = 'TEST';

/** Prints a test slip, finds out what the printer answers, and stores that. */
export async function probe(
  care: Care,
  locale: Locale,
  stationName: string,
  operatorId: string,
): Promise<Result<ProbeResult, PrinterProblem>> {
  const { printer, ledger } = care;
  const paper = testSlip(locale, stationName, printer.address, printer.columns, arabicAs(printer.arabicPage));
  const { codePage, arabicPage, cut, cutFeedLines, logo } = printer;
  const options = {
    codePage,
    arabicPage,
    cut,
    cutFeedLines,
    logo,
    processId: PROBE_ID,
    asksInOrder: true,
    afterBreak: true,
  };
  const slip = { bytes: encodeSlip(paper, options), processId: PROBE_ID };
  const deadlines = care.deadlines ?? DEADLINES;
  const found = await care.queue.alone(() => probePrinter(printer.open, printer.address, slip, deadlines));
  if (found.ok) {
    const entry = { kind: 'probed', level: found.value.level } as const;
    ledger.transaction((tx) => recordPrinterEvent(tx, printer.address, care.now(), entry, operatorId));
  }
  return found;
}

/** What a status asks a person to do, or null: trouble first, then the roll that is nearly empty. */
export function lookCode(status: PrinterStatus): LookCode | null {
  return blockingCode(status) ?? (status.paper === 'near-end' ? 'printer-paper-near-end' : null);
}

/**
 * Looks at the printer between two slips. Ok with null when it needs nothing, or answers nothing; the caller
 * shows the code's sentence.
 */
export async function look(care: Care): Promise<Result<LookCode | null, PrinterProblem>> {
  const { printer } = care;
  const deadlines = care.deadlines ?? DEADLINES;
  const seen = await care.queue.alone(() => lookAtPrinter(printer.open, printer.address, deadlines));
  if (!seen.ok) return seen;
  return ok(seen.value ? lookCode(seen.value) : null);
}

/** ESC p: a pulse of 2 × 50 ms on pin 2 or 5 of the drawer's plug, then 2 × 100 ms of rest. */
const KICK = { 2: Uint8Array.of(0x1b, 0x70, 0, 50, 100), 5: Uint8Array.of(0x1b, 0x70, 1, 50, 100) } as const;

/**
 * Opens the cash drawer at the printer. Who did it and why is on disk before the drawer moves. Ok says that
 * the printer was told, not that the drawer is open: printers do not know.
 */
export async function openDrawer(
  care: Care,
  pin: 2 | 5,
  operatorId: string,
  reason: string,
): Promise<Result<null, PrinterProblem>> {
  const { printer, ledger } = care;
  const deadlines = care.deadlines ?? DEADLINES;
  const entry = { kind: 'drawer-opened', reason } as const;
  ledger.transaction((tx) => recordPrinterEvent(tx, printer.address, care.now(), entry, operatorId));
  return care.queue.alone(async () => {
    const talk = await openTalk(printer.open, printer.address, new Inbox(), deadlines, () => undefined);
    if ('code' in talk) return err(talk);
    const written = await withDeadline(talk.link.write(KICK[pin]), deadlines.writeMs);
    talk.link.finish();
    return written ? ok(null) : err({ code: 'printer-cut-off', params: { address: printer.address } });
  });
}
