import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PROJECT } from './till.ts';

export type Slip = {
  readonly lines: readonly { readonly text: string }[];
  readonly errors: readonly unknown[];
};

export type PrinterProcess = {
  readonly address: string;
  readonly slips: readonly Slip[];
  /** Resolves when that many slips have been cut. */
  readonly whenCut: (count: number) => Promise<void>;
  /** Resolves when that many lines of paper have come out since the printer was switched on. */
  readonly whenLines: (count: number) => Promise<void>;
  /** Lines of paper so far. */
  readonly lines: () => number;
  /** Resolves when the drawer has been kicked that often. */
  readonly whenKicked: (count: number) => Promise<void>;
  /** What a person, or the roll, does to it. */
  readonly order: (deed: 'paper-out' | 'paper-near-end' | 'cover-open' | 'mend') => void;
  readonly stop: () => Promise<void>;
};

type PrinterEvent = { readonly event: string; readonly port?: number; readonly slip?: Slip };

export type PrinterOptions = {
  readonly port?: number;
  readonly level?: 'process-id' | 'in-order' | 'status' | 'write-only';
  readonly lineMs?: number;
};

/** The simulated printer as a process of its own, behind a real socket. */
export async function startPrinter(options: PrinterOptions = {}): Promise<PrinterProcess> {
  const { port = 0, level = 'process-id', lineMs = 0 } = options;
  const script = join(PROJECT, 'src/simulators/printer/main.ts');
  const words = ['--port', `${port}`, '--level', level, '--line-ms', `${lineMs}`, '--json', '--lines'];
  const child = spawn(process.execPath, [script, ...words], { stdio: ['pipe', 'pipe', 'inherit'] });
  const slips: Slip[] = [];
  const seen = { lines: 0, kicks: 0 };
  const waiting = new Set<() => void>();
  const listening = new Promise<number>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const told: PrinterEvent = JSON.parse(line);
      if (told.event === 'listening' && told.port !== undefined) resolve(told.port);
      if (told.event === 'line') seen.lines += 1;
      if (told.event === 'drawer') seen.kicks += 1;
      if (told.slip) slips.push(told.slip);
      for (const look of waiting) look();
    });
  });
  const when = (reached: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!reached()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const address = `127.0.0.1:${await listening}`;
  return {
    address,
    slips,
    whenCut: (count) => when(() => slips.length >= count),
    whenLines: (count) => when(() => seen.lines >= count),
    lines: () => seen.lines,
    whenKicked: (count) => when(() => seen.kicks >= count),
    order: (deed) => void child.stdin.write(`${deed}\n`),
    stop: () =>
      new Promise((resolve) => {
        child.once('close', () => resolve());
        child.stdin.end('stop\n');
      }),
  };
}

/** The twenty digits in groups of four that a slip carries; undefined when there are none. */
export function tokenOnSlip(slip: Slip): string | undefined {
  const text = slip.lines.map((line) => line.text).join('\n');
  return /\b(?:\d{4}\s+){4}\d{4}\b/u.exec(text)?.[0].replace(/\s/gu, '');
}
