import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { PrinterEvent } from '../../simulators/printer/index.ts';

const PRINTER = path.resolve(import.meta.dirname, '../../simulators/printer/main.ts');

/** What is on the roll: how often each receipt came out without and with the mark of a copy. */
export type Roll = Map<string, { originals: number; copies: number }>;

export type PrinterProcess = {
  readonly address: string;
  readonly port: number;
  /** A new roll, a closed cover and a free knife: what a person does about each. */
  readonly mend: () => void;
  /** Ends it at once and waits until everything that it said has been read. */
  readonly kill: () => Promise<void>;
};

/** Starts the printer simulator as a process; what it prints is counted on `roll`. */
export function startPrinter(roll: Roll, faultSeed?: number): Promise<PrinterProcess> {
  const faults = faultSeed === undefined ? [] : ['--fault-seed', String(faultSeed)];
  const printer = spawn(process.execPath, [PRINTER, '--port', '0', '--json', ...faults], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = new Promise<void>((resolve) => printer.on('close', () => resolve()));
  const mend = (): void => void printer.stdin.write('mend\n');
  const kill = (): Promise<void> => {
    printer.kill('SIGKILL');
    return closed;
  };
  return new Promise((resolve, reject) => {
    printer.on('error', reject);
    void closed.then(() => reject(new Error('the printer simulator ended')));
    createInterface(printer.stdout).on('line', (line) => {
      const event = JSON.parse(line) as PrinterEvent | { readonly event: 'listening'; readonly port: number };
      if (event.event === 'listening') {
        resolve({ address: `127.0.0.1:${event.port}`, port: event.port, mend, kill });
      } else if (event.event === 'slip')
        count(
          roll,
          event.slip.lines.map(({ text }) => text),
        );
    });
  });
}

/**
 * A slip's first and its last line: station, number, and what it is. Its receipt's number alone does not make a line
 * one of these: a replacement's slip names the receipt that it replaces too. A copy's number stands behind the rest,
 * in whatever language, or, in a line from right to left, at its beginning.
 */
const EDGE = /^(?:(?<before>\d+)\s)?.*?\bKiosk 014 (?<receipt>T\d+-\d{6,})\b(?:.*\s(?<behind>\d+))?/u;
const RECEIPT = /\bT\d+-\d{6,}\b/u;

type Edge = { readonly number: string; readonly isCopy: boolean };

/**
 * Counts the slips, and the beginnings of slips, on one piece of paper. A till that died left half a slip in the
 * printer, and the next one's comes out below it on the same piece. A slip that is whole names its receipt between
 * its two edges: an edge is another slip's first where it does not match the one above, or nothing stands between.
 */
export function count(roll: Roll, lines: readonly string[]): void {
  let open: (Edge & { named: boolean }) | undefined;
  for (const line of lines) {
    const { receipt: number, before, behind } = EDGE.exec(line)?.groups ?? {};
    if (number === undefined) {
      if (open && RECEIPT.exec(line)?.[0] === open.number) open.named = true;
      continue;
    }
    const isCopy = (before ?? behind) !== undefined;
    const closes = open?.named === true && open.number === number && open.isCopy === isCopy;
    if (!closes) note(roll, { number, isCopy });
    open = closes ? undefined : { number, isCopy, named: false };
  }
}

function note(roll: Roll, { number, isCopy }: Edge): void {
  const seen = roll.get(number) ?? { originals: 0, copies: 0 };
  if (isCopy) seen.copies += 1;
  else seen.originals += 1;
  roll.set(number, seen);
}
