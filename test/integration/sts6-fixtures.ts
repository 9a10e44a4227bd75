import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { TRAINING_KEYS } from '../../src/main/secure-module/index.ts';
import type { SimulatedKey } from '../../src/simulators/sts6-module/index.ts';

/** The training keys as a simulated module holds them. */
export const SIMULATED_TRAINING_KEYS: readonly SimulatedKey[] = TRAINING_KEYS.map((key) => ({
  ...key,
  refreshByUnixMs: null,
  unitLimitTenths: null,
  currencyLimit: null,
}));

export type Pty = {
  /** The path of the serial line; the device behind it changes each time the plug was out. */
  readonly path: string;
  /** Resolves when the line is there, at once or after it has been put back. */
  ready(): Promise<void>;
  /** Takes the line away and leaves it away until `plug`. */
  unplug(): Promise<void>;
  plug(): void;
  close(): Promise<void>;
};

/** A serial line (a PTY of socat's) to a TCP port. Whenever it ends, from either side, it is put back. */
export function openPty(port: number): Pty {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-pty-'));
  const link = path.join(folder, 'module');
  let child: ChildProcess | undefined;
  let ready: Promise<void> = Promise.resolve();
  let gone: Promise<void> = Promise.resolve();
  let wanted = true;
  const start = (): void => {
    const started = spawn(
      'socat',
      ['-d', '-d', '-t', '0', `PTY,link=${link},raw,echo=0`, `TCP:127.0.0.1:${port},nodelay`],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    child = started;
    const lines = createInterface({ input: started.stderr });
    ready = new Promise((resolve) => {
      lines.on('line', (line) => {
        if (line.includes('starting data transfer loop')) resolve();
      });
    });
    gone = new Promise((resolve) => {
      started.once('exit', () => {
        if (wanted) start();
        resolve();
      });
    });
  };
  start();
  return {
    path: link,
    ready: () => ready,
    unplug: async () => {
      wanted = false;
      const left = gone;
      child?.kill();
      await left;
    },
    plug: () => {
      wanted = true;
      start();
    },
    close: async () => {
      wanted = false;
      const left = gone;
      child?.kill();
      await left;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
