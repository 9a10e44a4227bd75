import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** What a cashier was told about a sale. */
export type Told = { readonly saleId: string; readonly receiptNumber: string; readonly token: string };

export type TillOptions = {
  /** The till's program when it is not its source. */
  readonly program?: string | undefined;
  readonly folder: string;
  readonly seed: number;
  readonly sales: number;
  readonly printer?: string | undefined;
  /** The port of a module process; the folder's own key file when left out. */
  readonly module?: number | undefined;
  /** `port:fingerprint` of a token server, instead. */
  readonly managed?: string | undefined;
  /** How long the till waits for a token of that module, which may lose an answer; to the end when left out. */
  readonly tokenWithinMs?: number | undefined;
  /** `computer` makes the till take the time from the computer instead of counting its own. */
  readonly clock?: 'own' | 'computer';
  /** How long nobody comes between two sales; not at all when left out. */
  readonly pauseMs?: number;
  /** After so many sales nobody comes until the log was moved into the file; never when left out. */
  readonly restEvery?: number;
  /** Every tender, baskets and other tokens too; plain sales for cash when left out. */
  readonly mixed?: boolean;
  /** Nobody is served before the last slip has come to its end; some wait for it when left out. */
  readonly patient?: boolean;
  /** Words before the program: `strace …`, `faketime …`. */
  readonly under?: readonly string[];
  /** Words between Node and the program, such as `--import` and a file. */
  readonly nodeOptions?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly onStart?: (till: ChildProcess) => void;
  /** Called for every line that the till says. */
  readonly onLine?: (line: string, till: ChildProcess) => void;
};

export type TillRun = {
  readonly told: readonly Told[];
  /** Sales that were still open when the till was ready to sell; undefined when it never was, or was slow to open. */
  readonly leftOpen: number | undefined;
  /** Codes of refusals, in order; a till ends after one that is not passing. */
  readonly refused: readonly string[];
  /** Sales of which a repeated request answered something else than the first one. */
  readonly differing: readonly string[];
  readonly finished: boolean;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly complaints: string;
};

/** Refusals that a busy till meets in passing; at any other it stops, as a cashier would. */
export const PASSING: readonly string[] = ['token-time-full', 'meter-has-open-sale'];

/** A station that has opened without waiting any longer for its module settles what is open a moment later. */
const SLOW_TO_OPEN_MS = 2_500;
/** What V8 made of the source's files: a till that starts to be killed need not compile them again. */
const COMPILED = path.join(tmpdir(), 'kioskwatt-compiled');
/** Room for all that a till makes while it starts: a tenth of its life went into clearing up after that. */
const ROOM = ['--min-semi-space-size=64', '--max-semi-space-size=64'];
export const TILL = path.join(import.meta.dirname, 'till.ts');

/** Runs a till as a process of its own until it ends, however it ends. */
export function runTill(options: TillOptions): Promise<TillRun> {
  const [command, ...before] = [...(options.under ?? []), process.execPath] as const;
  const words = [
    ...before,
    ...ROOM,
    ...(options.nodeOptions ?? []),
    options.program ?? TILL,
    '--folder',
    options.folder,
    '--seed',
    String(options.seed),
    '--sales',
    String(options.sales),
    ...(options.printer === undefined ? [] : ['--printer', options.printer]),
    ...(options.module === undefined ? [] : ['--module', String(options.module)]),
    ...(options.managed === undefined ? [] : ['--managed', options.managed]),
    ...(options.tokenWithinMs === undefined ? [] : ['--token-within-ms', String(options.tokenWithinMs)]),
    ...(options.clock === undefined ? [] : ['--clock', options.clock]),
    ...(options.pauseMs === undefined ? [] : ['--pause-ms', String(options.pauseMs)]),
    ...(options.restEvery === undefined ? [] : ['--rest-every', String(options.restEvery)]),
    ...(options.mixed === true ? ['--mixed'] : []),
    ...(options.patient === true ? ['--patient'] : []),
  ];
  const told: Told[] = [];
  const refused: string[] = [];
  const differing: string[] = [];
  let leftOpen: number | undefined;
  let finished = false;
  let complaints = '';
  // A bundle's lies beside it and goes with it.
  const compiled = options.program === undefined ? COMPILED : `${options.program}.compiled`;
  return new Promise((resolve, reject) => {
    const till = spawn(command, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: compiled, ...options.env },
    });
    till.on('error', reject);
    options.onStart?.(till);
    till.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    createInterface(till.stdout).on('line', (line) => {
      const [word, first = '', receiptNumber = '', token = ''] = line.split(' ');
      if (word === 'told') told.push({ saleId: first, receiptNumber, token });
      else if (word === 'refused') refused.push(first);
      else if (word === 'differs') differing.push(first);
      else if (word === 'ready')
        leftOpen = Number(receiptNumber) < SLOW_TO_OPEN_MS ? Number(first) : undefined;
      else if (word === 'done') finished = true;
      options.onLine?.(line, till);
    });
    till.on('close', (code, signal) =>
      resolve({ told, leftOpen, refused, differing, finished, code, signal, complaints }),
    );
  });
}
