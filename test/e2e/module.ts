import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PROJECT } from './till.ts';

export type ModuleProcess = { readonly port: number; readonly stop: () => Promise<void> };

/** The simulated secure module as a process of its own, behind a real socket. */
export async function startModule(...options: readonly string[]): Promise<ModuleProcess> {
  const script = join(PROJECT, 'src/simulators/sts6-module/main.ts');
  const child = spawn(process.execPath, [script, '--json', ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const told = JSON.parse(line) as { readonly event: string; readonly port: number };
      if (told.event === 'listening') resolve(told.port);
    });
  });
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        child.once('close', () => resolve());
        child.stdin.end('stop\n');
      }),
  };
}
