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
        resolve({ address: `127.0.0.1:${event.port}`, port: event.port, kill });
      } else if (event.event === 'slip')
        count(
          roll,
          event.slip.lines.map(({ text }) => text),
        );
    });
  });
}

/**
 * A receipt's number, and the number of the copy where it is marked as one, in whatever language: behind it, or, in
 * a line from right to left, at the line's beginning.
 */
const RECEIPT_LINE = /^(?:(?<before>\d+)\s)?.*?\b(?<receipt>T\d+-\d{6,})\b(?:.*\s(?<behind>\d+))?/u;

/**
 * What stands on one piece of paper counts by its receipt numbers. A till that died left half a slip in the
 * printer, and the next one's comes out below it on the same piece.
 */
export function count(roll: Roll, lines: readonly string[]): void {
  let open: { readonly number: string; readonly isCopy: boolean } | undefined;
  for (const line of lines) {
    const { receipt: number, before, behind } = RECEIPT_LINE.exec(line)?.groups ?? {};
    if (number === undefined) continue;
    const copy = before ?? behind;
    const same = open?.number === number;
    if (open && !same) note(roll, open.number, open.isCopy);
    open = { number, isCopy: copy !== undefined || (same && open?.isCopy === true) };
  }
  if (open) note(roll, open.number, open.isCopy);
}

function note(roll: Roll, number: string, isCopy: boolean): void {
  const seen = roll.get(number) ?? { originals: 0, copies: 0 };
  if (isCopy) seen.copies += 1;
  else seen.originals += 1;
  roll.set(number, seen);
}
