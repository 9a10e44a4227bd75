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
  readonly stop: () => Promise<void>;
};

type PrinterEvent = { readonly event: string; readonly port?: number; readonly slip?: Slip };

/** The simulated printer as a process of its own, behind a real socket. */
export async function startPrinter(port = 0): Promise<PrinterProcess> {
  const script = join(PROJECT, 'src/simulators/printer/main.ts');
  const child = spawn(process.execPath, [script, '--port', String(port), '--json'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const slips: Slip[] = [];
  const waiting = new Set<() => void>();
  const listening = new Promise<number>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const told: PrinterEvent = JSON.parse(line);
      if (told.event === 'listening' && told.port !== undefined) resolve(told.port);
      if (told.slip) slips.push(told.slip);
      for (const look of waiting) look();
    });
  });
  const address = `127.0.0.1:${await listening}`;
  return {
    address,
    slips,
    whenCut: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (slips.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
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
