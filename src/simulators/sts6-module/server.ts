import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { LineFault } from './faults.ts';
import type { Mood, Sts6Simulator } from './module.ts';
import { crcOf } from './wire.ts';

export type LineSetup = {
  /** How long the module works on a command that makes a token, and on any other. */
  readonly serviceMs: { readonly token: number; readonly other: number };
  readonly lateMs: number;
  readonly nextFault: (command: string) => LineFault;
  readonly onCommand?: (command: string, fault: LineFault) => void;
};

const TOKEN_COMMANDS = new Set(['VC', 'VM', 'VK']);
const DAYS_OFF_MS = 5 * 86_400_000;
/** Timers are late by up to a millisecond or two; the rest is waited for on the spot. */
const TIMER_SLACK_MS = 2;

const MOODS: Partial<Record<LineFault, Mood>> = {
  'drifted-clock': { clockOffsetMs: DAYS_OFF_MS },
  'limit-used-up': { usedUp: true },
};

/** What a fault makes of an answer. */
const BENT: Partial<Record<LineFault, (answer: string) => string>> = {
  never: () => '',
  'half-frame': (answer) => answer.slice(0, Math.floor(answer.length / 2)),
  'wrong-crc': (answer) => `${answer.slice(0, -2)}${answer.at(-2) === '0' ? '1' : '0'}\r`,
  duplicate: (answer) => answer + answer,
  'wrong-header': (answer) => {
    const body = `SM!QL${answer.slice(5, -5)}`;
    return `${body}${crcOf(body)}\r`;
  },
};

function until(endMs: number): Promise<void> {
  const wait = endMs - performance.now() - TIMER_SLACK_MS;
  return new Promise((resolve) => {
    const spin = (): void => {
      while (performance.now() < endMs);
      resolve();
    };
    if (wait > 0) setTimeout(spin, wait);
    else spin();
  });
}

/**
 * Serves a module on one byte stream: commands one after the other, each with its service time and its fault.
 * `unplug` ends the stream from the module's side.
 */
export function serveModule(
  module: Sts6Simulator,
  stream: Duplex,
  unplug: () => void,
  setup: LineSetup,
): void {
  let text = '';
  let busy = Promise.resolve();
  let gone = false;
  const end = (): void => void (gone = true);
  stream.on('close', end).on('error', end);
  const work = async (frame: string): Promise<void> => {
    if (gone) return;
    const started = performance.now();
    const command = frame.slice(3, 5);
    const fault = setup.nextFault(command);
    setup.onCommand?.(command, fault);
    if (fault === 'unplug-before') return unplug();
    const { token, other } = setup.serviceMs;
    const answer = module.answer(frame, MOODS[fault]);
    const lateMs = fault === 'late' ? setup.lateMs : 0;
    const serviceMs = (TOKEN_COMMANDS.has(command) ? token : other) + lateMs;
    if (serviceMs > 0) await until(started + serviceMs);
    if (fault === 'unplug-after') return unplug();
    const bytes = BENT[fault]?.(answer) ?? answer;
    if (!gone && bytes !== '') stream.write(bytes, 'latin1');
  };
  stream.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1');
    const frames = text.split('\r');
    text = frames.pop() ?? '';
    // An empty frame only ends what was there before it.
    for (const frame of frames.filter((each) => each !== '')) busy = busy.then(() => work(frame));
  });
}

/** The module behind a TCP port of this machine, for one caller at a time. */
export class Sts6Server {
  readonly #module: Sts6Simulator;
  readonly #setup: LineSetup;
  readonly #server: Server;
  #socket: Socket | undefined;

  constructor(module: Sts6Simulator, setup: LineSetup) {
    this.#module = module;
    this.#setup = setup;
    this.#server = createServer({ noDelay: true }, (socket) => this.#serve(socket));
  }

  /** Listens and says on which port; 0 takes a free one. */
  listen(port = 0): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => resolve((this.#server.address() as AddressInfo).port));
    });
  }

  /** Pulls the plug: the caller's line ends at once. */
  unplug(): void {
    this.#socket?.destroy();
  }

  close(): Promise<void> {
    this.unplug();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #serve(socket: Socket): void {
    this.#socket?.destroy();
    this.#socket = socket;
    serveModule(this.#module, socket, () => socket.destroy(), this.#setup);
  }
}
