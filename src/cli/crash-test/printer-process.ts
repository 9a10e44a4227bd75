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

/** A slip counts by its receipt number: one that was cut off before the number names no receipt. */
function count(roll: Roll, lines: readonly string[]): void {
  const text = lines.join('\n');
  const number = /\bT\d+-\d{6,}\b/u.exec(text)?.[0];
  if (number === undefined) return;
  const seen = roll.get(number) ?? { originals: 0, copies: 0 };
  if (/\bCOPY \d+\b/u.test(text)) seen.copies += 1;
  else seen.originals += 1;
  roll.set(number, seen);
}
