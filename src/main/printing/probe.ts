import { err, ok, type Result } from '../../units/index.ts';
import type { PrinterLevel } from './conversation.ts';
import { Inbox } from './inbox.ts';
import type { OpenLink } from './link.ts';
import type { PrinterProblem } from './printer-problem.ts';
import { blockingCode, type PrinterStatus } from './status.ts';
import { askStatus, IN_ORDER, noteEcho, openTalk, withDeadline, type Deadlines, type Talk } from './talk.ts';

export type ProbeResult = {
  readonly level: PrinterLevel;
  /** As answered; null from a printer that answers nothing. */
  readonly status: PrinterStatus | null;
};

/**
 * Finds out what a printer answers, by printing a test slip that ends with both questions: its process id back, its
 * status in order, only its status, or nothing. A printer that reports trouble is not probed: the trouble is the answer.
 */
export async function probePrinter(
  open: OpenLink,
  address: string,
  slip: { readonly bytes: Uint8Array; readonly processId: string },
  deadlines: Deadlines,
): Promise<Result<ProbeResult, PrinterProblem>> {
  const talk = await openTalk(open, address, new Inbox(), deadlines, () => undefined);
  if ('code' in talk) return err(talk);
  const status = await askStatus(talk);
  const code = status && blockingCode(status);
  if (code || talk.inbox.end === 'closed') {
    talk.link.reset();
    return err({ code: code ?? 'printer-cut-off', params: { address } });
  }
  const written = await withDeadline(talk.link.write(slip.bytes), deadlines.writeMs);
  const level = written ? await levelOf(talk, slip.processId, status !== undefined) : undefined;
  talk.link.finish();
  return level
    ? ok({ level, status: status ?? null })
    : err({ code: 'printer-cut-off', params: { address } });
}

/** Undefined when the printer breaks off in the middle of the test slip. */
async function levelOf(talk: Talk, processId: string, answers: boolean): Promise<PrinterLevel | undefined> {
  const { inbox, deadlines } = talk;
  let until = performance.now() + (answers ? deadlines.printMs : deadlines.replyMs);
  for (;;) {
    if (talk.echoes.has(processId)) return 'process-id';
    const arrival = await inbox.next(Math.max(0, until - performance.now()));
    noteEcho(talk, arrival);
    if (arrival.kind === 'in-order') until = performance.now() + deadlines.replyMs;
    else if (arrival.kind === 'closed') return undefined;
    else if (arrival.kind === 'timeout') break;
  }
  if (!answers) return 'write-only';
  if (!(await askStatus(talk))) return undefined;
  return talk.echoes.has(IN_ORDER) ? 'in-order' : 'status';
}

/** A look at the printer without printing. Undefined from one that answers nothing. */
export async function lookAtPrinter(
  open: OpenLink,
  address: string,
  deadlines: Deadlines,
): Promise<Result<PrinterStatus | undefined, PrinterProblem>> {
  const talk = await openTalk(open, address, new Inbox(), deadlines, () => undefined);
  if ('code' in talk) return err(talk);
  const status = await askStatus(talk);
  talk.link.finish();
  return ok(status);
}
