import { Inbox } from './inbox.ts';
import type { OpenLink } from './link.ts';
import type { PrinterProblem, PrintOutcome } from './printer-problem.ts';
import { blockingCode, type PrinterStatus } from './status.ts';
import {
  askStatus,
  clearBuffers,
  IN_ORDER,
  noteEcho,
  openTalk,
  withDeadline,
  type Deadlines,
  type Talk,
} from './talk.ts';

/**
 * What a printer was found to answer: its process ids; its status, also in order with the slips; its status, at
 * any time; or nothing.
 */
export type PrinterLevel = 'process-id' | 'in-order' | 'status' | 'write-only';

export type Slip = {
  readonly bytes: Uint8Array;
  /** The id that ends the bytes, on a printer that sends it back. */
  readonly processId: string | null;
  /** How long it is on paper, in lines of normal height. */
  readonly lines: number;
};

/** What is told while a slip is under way. */
export type Watch = {
  /** The next thing to happen is the slip's first byte. */
  readonly onFirstByte: () => void;
  readonly onSent: () => void;
  /** What the printer is in want of, or null once it goes on. */
  readonly onProblem: (problem: PrinterProblem | null) => void;
  readonly onStatus: (status: PrinterStatus) => void;
};

/** One slip under way. */
export type Attempt = {
  readonly outcome: Promise<PrintOutcome>;
  /** Gives up: what the printer holds unprinted is cleared, so that it does not come out for somebody else. */
  abandon(): void;
};

/** Sends one slip over a fresh line and says honestly how that ended. */
export function startAttempt(
  open: OpenLink,
  address: string,
  slip: Slip,
  level: PrinterLevel,
  deadlines: Deadlines,
  watch: Watch,
): Attempt {
  const inbox = new Inbox();
  const run = async (): Promise<PrintOutcome> => {
    const talk = await openTalk(open, address, inbox, deadlines, watch.onStatus);
    if ('code' in talk) return { state: 'failed-before-first-byte', problem: talk };
    let ended: PrintOutcome | undefined;
    try {
      ended = await deliver(talk, slip, level, watch);
      return ended;
    } finally {
      // A line that nobody listens to any more would keep the printer from the next slip.
      if (ended === undefined || 'problem' in ended) talk.link.reset();
      else talk.link.finish();
    }
  };
  return { outcome: run(), abandon: () => inbox.put({ kind: 'abandoned' }) };
}

async function deliver(talk: Talk, slip: Slip, level: PrinterLevel, watch: Watch): Promise<PrintOutcome> {
  const { address, link, inbox, deadlines } = talk;
  const params = { address };
  if (level !== 'write-only') {
    const status = await askStatus(talk);
    if (!status)
      return { state: 'failed-before-first-byte', problem: { code: 'printer-unreachable', params } };
    const code = blockingCode(status);
    if (code) return { state: 'failed-before-first-byte', problem: { code, params } };
  }
  if (inbox.end) return { state: 'failed-before-first-byte', problem: { code: 'print-expired', params } };
  watch.onFirstByte();
  const written = await withDeadline(link.write(slip.bytes), deadlines.writeMs);
  if (written === undefined) return { state: 'unknown', problem: { code: 'printer-silent', params } };
  if (!written) return { state: 'unknown', problem: { code: 'printer-cut-off', params } };
  watch.onSent();
  if (level === 'write-only') return drain(talk);
  return follow(talk, slip, level, watch);
}

/** A printer that answers nothing: it has the slip when it ends the line in turn. */
async function drain(talk: Talk): Promise<PrintOutcome> {
  const params = { address: talk.address };
  talk.link.finish();
  const until = performance.now() + talk.deadlines.drainMs;
  for (;;) {
    const arrival = await talk.inbox.next(Math.max(0, until - performance.now()));
    if (arrival.kind === 'closed' && arrival.clean) return { state: 'sent' };
    if (arrival.kind === 'closed') return { state: 'unknown', problem: { code: 'printer-cut-off', params } };
    if (arrival.kind === 'abandoned' || arrival.kind === 'timeout') {
      return { state: 'unknown', problem: { code: 'printer-silent', params } };
    }
  }
}

/**
 * Waits for the slip's echo, or where there is none as long as the slip takes at most: the printer holds one slip
 * at a time, so that none comes out behind another for the next customer.
 */
async function follow(talk: Talk, slip: Slip, level: PrinterLevel, watch: Watch): Promise<PrintOutcome> {
  const { address, deadlines, inbox, echoes } = talk;
  const params = { address };
  const echo = level === 'process-id' ? slip.processId : level === 'in-order' ? IN_ORDER : null;
  const done = (): boolean => echo !== null && echoes.has(echo);
  let trouble: PrinterProblem | null = null;
  const waitMs = (echo === null ? deadlines.settleMs : deadlines.printMs) + slip.lines * deadlines.lineMs;
  let until = performance.now() + waitMs;
  for (;;) {
    const status = await askStatus(talk);
    if (done()) return echoed(level);
    if (!status) return unanswered(talk, trouble);
    const code = blockingCode(status);
    if ((code ?? null) !== (trouble?.code ?? null)) {
      trouble = code ? { code, params } : null;
      watch.onProblem(trouble);
    }
    if (code) until = performance.now() + waitMs;
    else if (performance.now() > until) return echo === null ? { state: 'sent' } : unechoed(talk);
    const arrival = await inbox.next(deadlines.pollMs);
    noteEcho(talk, arrival);
    if (done()) return echoed(level);
    if (arrival.kind === 'closed' || arrival.kind === 'abandoned') return unanswered(talk, trouble);
  }
}

/** Only a process id proves paper; an answer in order proves that nothing of the slip is still to come. */
const echoed = (level: PrinterLevel): PrintOutcome => ({
  state: level === 'process-id' ? 'printed' : 'sent',
});

/** The promised echo did not come. What may still be in the printer is not to come out later. */
async function unechoed(talk: Talk): Promise<PrintOutcome> {
  await clearBuffers(talk);
  return { state: 'unknown', problem: { code: 'printer-silent', params: { address: talk.address } } };
}

/** The line ended, or the printer fell silent, or the wait was given up: after the first byte all are unknown. */
async function unanswered(talk: Talk, trouble: PrinterProblem | null): Promise<PrintOutcome> {
  const params = { address: talk.address };
  const { end } = talk.inbox;
  if (end === 'closed') return { state: 'unknown', problem: trouble ?? { code: 'printer-cut-off', params } };
  if (end === 'abandoned') await clearBuffers(talk);
  return { state: 'unknown', problem: trouble ?? { code: 'printer-silent', params } };
}
