import type { Arrival, Inbox } from './inbox.ts';
import type { Link, OpenLink } from './link.ts';
import type { PrinterProblem } from './printer-problem.ts';
import { signalParser, STATUS_QUESTIONS, statusFromBytes, type PrinterStatus } from './status.ts';

export type Deadlines = {
  readonly connectMs: number;
  /** For an answer to one DLE EOT. */
  readonly replyMs: number;
  readonly writeMs: number;
  /** For a printer that answers nothing to take the slip and end the line. */
  readonly drainMs: number;
  /** From the last byte to the slip's echo, times of trouble not counted; more for a long slip. */
  readonly printMs: number;
  /**
   * How long a printer without any echo has to stay without trouble after the last byte; more for a long slip.
   * The next slip waits as long, so that it is never behind one that is still coming out.
   */
  readonly settleMs: number;
  /** What the slowest printer takes for one line of paper. */
  readonly lineMs: number;
  /** Between two looks at the status. */
  readonly pollMs: number;
  /**
   * From a slip's first byte to its first line of paper. A slip that prints by itself is not begun later than
   * this before its time is over.
   */
  readonly startMs: number;
  /** Before a slip that did not get away is tried again by itself; doubled each time, up to the longest. */
  readonly retryFirstMs: number;
  readonly retryLongestMs: number;
};

export const DEADLINES: Deadlines = {
  connectMs: 3_000,
  replyMs: 1_500,
  writeMs: 10_000,
  drainMs: 10_000,
  printMs: 20_000,
  settleMs: 1_500,
  // 4 mm at 50 mm a second.
  lineMs: 80,
  pollMs: 500,
  startMs: 5_000,
  retryFirstMs: 2_000,
  retryLongestMs: 15_000,
};

/** DLE DC4 function 8: clears the receive and print buffers, at once and even while offline. */
const CLEAR_BUFFERS = Uint8Array.of(0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8);

/** One open line to a printer, and what was heard on it. */
export type Talk = {
  readonly link: Link;
  readonly inbox: Inbox;
  readonly address: string;
  readonly deadlines: Deadlines;
  /** Told of every status that the printer gives. */
  readonly onStatus: (status: PrinterStatus) => void;
  /** Ids that the printer sent back, and `IN_ORDER`, whatever was awaited meanwhile. */
  readonly echoes: Set<string>;
};

/** Among the echoes: the answer to the question at a slip's end. No process id has this length. */
export const IN_ORDER = 'in-order';

/** Keeps what proves how far the printer has come. */
export function noteEcho(talk: Talk, arrival: Arrival): void {
  if (arrival.kind === 'process-id') talk.echoes.add(arrival.id);
  if (arrival.kind === 'in-order') talk.echoes.add(IN_ORDER);
}

/** Opens the line; the problem when there is none. Nothing has been written then. */
export async function openTalk(
  open: OpenLink,
  address: string,
  inbox: Inbox,
  deadlines: Deadlines,
  onStatus: (status: PrinterStatus) => void,
): Promise<Talk | PrinterProblem> {
  const parse = signalParser();
  const events = {
    onData: (bytes: Uint8Array) => {
      for (const signal of parse(bytes)) inbox.put(signal);
    },
    onClosed: (clean: boolean) => inbox.put({ kind: 'closed', clean }),
  };
  const link = await open(events, deadlines.connectMs);
  if (!link.ok) return link.error;
  return { link: link.value, inbox, address, deadlines, onStatus, echoes: new Set() };
}

/**
 * Clears what the printer holds unprinted.
 * The answers that follow show that the printer has read the command: only then may the line be cut.
 */
export async function clearBuffers(talk: Talk): Promise<void> {
  talk.inbox.resume();
  await withDeadline(talk.link.write(CLEAR_BUFFERS), talk.deadlines.replyMs);
  await askStatus(talk);
}

/** Asks DLE EOT 1 to 4, one after the other; undefined when one stays without answer. */
export async function askStatus(talk: Talk): Promise<PrinterStatus | undefined> {
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
  talk.onStatus(status);
  return status;
}

async function statusByte(talk: Talk): Promise<number | undefined> {
  const until = performance.now() + talk.deadlines.replyMs;
  for (;;) {
    const arrival = await talk.inbox.next(Math.max(0, until - performance.now()));
    if (arrival.kind === 'status-byte') return arrival.byte;
    noteEcho(talk, arrival);
    if (arrival.kind === 'closed' || arrival.kind === 'abandoned' || arrival.kind === 'timeout')
      return undefined;
  }
}

/** The value, or undefined when it is not there in time. */
export async function withDeadline<Value>(
  work: Promise<Value>,
  withinMs: number,
): Promise<Value | undefined> {
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
