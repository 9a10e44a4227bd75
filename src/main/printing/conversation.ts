import { Inbox } from './inbox.ts';
import type { Link, OpenLink } from './link.ts';
import type { PrinterProblem, PrintOutcome } from './printer-problem.ts';
import {
  blockingCode,
  signalParser,
  STATUS_QUESTIONS,
  statusFromBytes,
  type PrinterStatus,
} from './status.ts';

/** What a printer was found to answer: its process ids, its status, or nothing. */
export type PrinterLevel = 'process-id' | 'status' | 'write-only';

export type Slip = {
  readonly bytes: Uint8Array;
  /** The id that ends the bytes, on a printer that sends it back. */
  readonly processId: string | null;
};

/** What is told while a slip is under way. */
export type Watch = {
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

export type Deadlines = {
  readonly connectMs: number;
  /** For an answer to one DLE EOT. */
  readonly replyMs: number;
  readonly writeMs: number;
  /** For a printer that answers nothing to take the slip and end the line. */
  readonly drainMs: number;
  /** From the last byte to the process id, times of trouble not counted. */
  readonly printMs: number;
  /** Between two looks at the status. */
  readonly pollMs: number;
};

export const DEADLINES: Deadlines = {
  connectMs: 3_000,
  replyMs: 1_500,
  writeMs: 10_000,
  drainMs: 10_000,
  printMs: 20_000,
  pollMs: 500,
};

/** DLE DC4 function 8: clears the receive and print buffers, at once and even while offline. */
const CLEAR_BUFFERS = Uint8Array.of(0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8);

type Conversation = {
  readonly link: Link;
  readonly inbox: Inbox;
  readonly address: string;
  readonly deadlines: Deadlines;
  readonly watch: Watch;
  /** Ids that the printer sent back while something else was awaited. */
  readonly echoes: Set<string>;
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
    const conversation = await begin(open, address, inbox, deadlines, watch);
    if ('code' in conversation) return { state: 'failed-before-first-byte', problem: conversation };
    const outcome = await deliver(conversation, slip, level);
    if ('problem' in outcome) conversation.link.reset();
    else conversation.link.finish();
    return outcome;
  };
  return { outcome: run(), abandon: () => inbox.put({ kind: 'abandoned' }) };
}

async function begin(
  open: OpenLink,
  address: string,
  inbox: Inbox,
  deadlines: Deadlines,
  watch: Watch,
): Promise<Conversation | PrinterProblem> {
  const parse = signalParser();
  const events = {
    onData: (bytes: Uint8Array) => {
      for (const signal of parse(bytes)) inbox.put(signal);
    },
    onClosed: (clean: boolean) => inbox.put({ kind: 'closed', clean }),
  };
  const link = await open(events, deadlines.connectMs);
  if (!link.ok) return link.error;
  return { link: link.value, inbox, address, deadlines, watch, echoes: new Set() };
}

async function deliver(talk: Conversation, slip: Slip, level: PrinterLevel): Promise<PrintOutcome> {
  const { address, link, inbox, deadlines, watch } = talk;
  const params = { address };
  if (level !== 'write-only') {
    const status = await askStatus(talk);
    if (!status)
      return { state: 'failed-before-first-byte', problem: { code: 'printer-unreachable', params } };
    const code = blockingCode(status);
    if (code) return { state: 'failed-before-first-byte', problem: { code, params } };
  }
  if (inbox.end) return { state: 'failed-before-first-byte', problem: { code: 'print-expired', params } };
  const written = await withDeadline(link.write(slip.bytes), deadlines.writeMs);
  if (written === undefined) return { state: 'unknown', problem: { code: 'printer-silent', params } };
  if (!written) return { state: 'unknown', problem: { code: 'printer-cut-off', params } };
  watch.onSent();
  return level === 'write-only' ? drain(talk) : follow(talk, level === 'process-id' ? slip.processId : null);
}

/** A printer that answers nothing: it has the slip when it ends the line in turn. */
async function drain(talk: Conversation): Promise<PrintOutcome> {
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

/** Waits for the process id, or where there is none for a status without trouble after the last byte. */
async function follow(talk: Conversation, processId: string | null): Promise<PrintOutcome> {
  const { address, deadlines, inbox, echoes, watch } = talk;
  const params = { address };
  let trouble: PrinterProblem | null = null;
  let until = performance.now() + deadlines.printMs;
  for (;;) {
    const status = await askStatus(talk);
    if (processId !== null && echoes.has(processId)) return { state: 'printed' };
    if (!status) return unanswered(talk, trouble);
    const code = blockingCode(status);
    if ((code ?? null) !== (trouble?.code ?? null)) {
      trouble = code ? { code, params } : null;
      watch.onProblem(trouble);
    }
    if (!code && processId === null) return { state: 'sent' };
    if (code) until = performance.now() + deadlines.printMs;
    else if (performance.now() > until)
      return { state: 'unknown', problem: { code: 'printer-silent', params } };
    const arrival = await inbox.next(deadlines.pollMs);
    if (arrival.kind === 'process-id') echoes.add(arrival.id);
    if (processId !== null && echoes.has(processId)) return { state: 'printed' };
    if (arrival.kind === 'closed' || arrival.kind === 'abandoned') return unanswered(talk, trouble);
  }
}

/** The line ended, or the printer fell silent, or the wait was given up: after the first byte all are unknown. */
async function unanswered(talk: Conversation, trouble: PrinterProblem | null): Promise<PrintOutcome> {
  const params = { address: talk.address };
  const { end } = talk.inbox;
  if (end === 'closed') return { state: 'unknown', problem: trouble ?? { code: 'printer-cut-off', params } };
  if (end === 'abandoned') await clearBuffers(talk);
  return { state: 'unknown', problem: trouble ?? { code: 'printer-silent', params } };
}

/** The answers that follow show that the printer has read the command: only then may the line be cut. */
async function clearBuffers(talk: Conversation): Promise<void> {
  talk.inbox.resume();
  await withDeadline(talk.link.write(CLEAR_BUFFERS), talk.deadlines.replyMs);
  await askStatus(talk);
}

/** Asks DLE EOT 1 to 4, one after the other; undefined when one stays without answer. */
async function askStatus(talk: Conversation): Promise<PrinterStatus | undefined> {
  const answers: number[] = [];
  for (const question of STATUS_QUESTIONS) {
    const asked = await withDeadline(
      talk.link.write(Uint8Array.of(0x10, 0x04, question)),
      talk.deadlines.replyMs,
    );
    const answer = asked ? await statusByte(talk) : undefined;
    if (answer === undefined) return undefined;
    answers.push(answer);
  }
  const status = statusFromBytes(answers);
  talk.watch.onStatus(status);
  return status;
}

async function statusByte(talk: Conversation): Promise<number | undefined> {
  const until = performance.now() + talk.deadlines.replyMs;
  for (;;) {
    const arrival = await talk.inbox.next(Math.max(0, until - performance.now()));
    if (arrival.kind === 'status-byte') return arrival.byte;
    if (arrival.kind === 'process-id') talk.echoes.add(arrival.id);
    if (arrival.kind === 'closed' || arrival.kind === 'abandoned' || arrival.kind === 'timeout')
      return undefined;
  }
}

/** The value, or undefined when it is not there in time. */
async function withDeadline<Value>(work: Promise<Value>, withinMs: number): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), withinMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
