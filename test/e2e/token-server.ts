import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PROJECT } from './till.ts';

/** What signs in at the simulated token server, when nothing else is said. */
export const SERVER_PASSWORD = 'training';

export type TokenServer = {
  readonly port: number;
  readonly fingerprint: string;
  /** Loses the line of the next credit token before that is made. */
  readonly lose: () => void;
  readonly stop: () => Promise<void>;
};

/** The simulated token server as a process of its own, over TLS. */
export async function startTokenServer(): Promise<TokenServer> {
  const script = join(PROJECT, 'src/simulators/prism-module/main.ts');
  const child = spawn(process.execPath, [script, '--port', '0', '--json'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { port, fingerprint } = await new Promise<{ readonly port: number; readonly fingerprint: string }>(
    (resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const told = JSON.parse(line) as { event: string; port: number; fingerprint: string };
        if (told.event === 'listening') resolve(told);
      });
    },
  );
  return {
    port,
    fingerprint,
    lose: () => void child.stdin.write('lose\n'),
    stop: async () => {
      await new Promise<void>((resolve) => {
        child.once('close', () => resolve());
        child.stdin.end('stop\n');
      });
    },
  };
}
