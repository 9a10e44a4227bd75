import { spawn } from 'node:child_process';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PROJECT } from './till.ts';

export type ModuleProcess = {
  readonly port: number;
  /** How many lines to it are open. */
  readonly lines: () => number;
  /** Cuts every line to it; it is there again at once. */
  readonly unplug: () => void;
  /** Makes the next credit token, and loses the line before it is answered. */
  readonly lose: () => void;
  readonly stop: () => Promise<void>;
};

/** The simulated secure module as a process of its own, behind a real socket. */
export async function startModule(...options: readonly string[]): Promise<ModuleProcess> {
  const script = join(PROJECT, 'src/simulators/sts6-module/main.ts');
  const child = spawn(process.execPath, [script, '--json', ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const far = await new Promise<number>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const told = JSON.parse(line) as { readonly event: string; readonly port: number };
      if (told.event === 'listening') resolve(told.port);
    });
  });
  const open = new Set<Socket>();
  const between = createServer((near) => {
    open.add(near);
    const onward = connect(far, '127.0.0.1');
    near.on('error', () => undefined).on('close', () => void (open.delete(near) && onward.destroy()));
    onward.on('error', () => undefined).on('close', () => void near.destroy());
    near.pipe(onward).pipe(near);
  });
  await new Promise<void>((resolve) => void between.listen(0, '127.0.0.1', resolve));
  return {
    port: (between.address() as AddressInfo).port,
    lines: () => open.size,
    unplug: () => void child.stdin.write('unplug\n'),
    lose: () => void child.stdin.write('lose\n'),
    stop: async () => {
      between.close();
      await new Promise<void>((resolve) => {
        child.once('close', () => resolve());
        child.stdin.end('stop\n');
      });
    },
  };
}
