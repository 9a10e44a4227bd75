import { fork, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, constants, setPriority, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Emit } from './run.ts';
import {
  serialTransport,
  Sts6Line,
  sts6Module,
  type CreditRequest,
  type SecureModule,
} from '../src/main/secure-module/index.ts';
import { tidOfMinute } from '../src/sts/index.ts';
import { civilAtOffset, makeId, unitsTenths, unixMs } from '../src/units/index.ts';

/** What the simulated module takes for a token, measured by itself; everything else it does at once. */
const SERVICE_MS = 30;
const ROUNDS = 500;
const WARM_UP = 20;
const SIMULATOR = path.join(import.meta.dirname, '../src/simulators/sts6-module/main.ts');

const requestAt = (round: number): CreditRequest => {
  const now = Date.now();
  const tid = tidOfMinute(2014, civilAtOffset(unixMs(now + (round % 600) * 60_000), 120));
  if (!tid.ok) throw new Error(tid.error.code);
  return {
    messageId: makeId(now, new Uint8Array(10).fill(round % 256)),
    meter: {
      pan: '600727000000000009',
      ea: 7,
      dkga: 4,
      sgc: '201457',
      krn: 1,
      keyType: 2,
      ti: 1,
      baseDate: 2014,
      ken: 255,
    },
    resource: 'electricity',
    unitsTenths: unitsTenths(100 + round),
    tokenTime: { baseDate: 2014, tid: tid.value },
  };
};

/** From the request to the token read back and compared, as a sale does it, commits left out. */
async function once(module: SecureModule, round: number): Promise<number> {
  const request = requestAt(round);
  const started = performance.now();
  const issued = await module.issueCredit(request);
  if (!issued.ok) throw new Error(issued.error.code);
  const verdict = await module.verify(issued.value.tokens[0]?.digits ?? '', request.meter);
  const tookMs = performance.now() - started;
  if (!verdict.ok || !verdict.value.good || verdict.value.unitsTenths !== request.unitsTenths)
    throw new Error('the token is not what was asked for');
  return tookMs;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function startSimulator(): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(SIMULATOR, ['--json', '--service-ms', String(SERVICE_MS)], {
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
  });
  const port = await new Promise<number>((resolve) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const event = JSON.parse(line) as { event: string; port: number };
      if (event.event === 'listening') resolve(event.port);
    });
  });
  return { child, port };
}

async function startLine(port: number, link: string): Promise<ChildProcess> {
  const socat = spawn('socat', ['-d', '-d', `PTY,link=${link},raw,echo=0`, `TCP:127.0.0.1:${port},nodelay`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((resolve) => {
    createInterface({ input: socat.stderr }).on('line', (line) => {
      if (line.includes('starting data transfer loop')) resolve();
    });
  });
  return socat;
}

async function overhead(module: SecureModule): Promise<object> {
  for (let round = 0; round < WARM_UP; round += 1) await once(module, round);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await once(module, round));
  times.sort((a, b) => a - b);
  const p50Ms = quantile(times, 0.5);
  return {
    value: Number(p50Ms.toFixed(3)),
    unit: 'ms',
    yardstick: SERVICE_MS,
    ratio: Number((p50Ms / SERVICE_MS).toFixed(4)),
    p95Ms: Number(quantile(times, 0.95).toFixed(3)),
    rounds: ROUNDS,
  };
}

/**
 * A core that went to sleep takes a virtual machine long to wake, and the relay of this bench alone wakes one four
 * times a token: a program that gives way to every other keeps them awake.
 */
function keepAwake(): ChildProcess {
  const keeper = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  if (keeper.pid !== undefined) setPriority(keeper.pid, constants.priority.PRIORITY_LOW);
  return keeper;
}

/**
 * `module.overhead`: a token over a serial line, as a multiple of the time that the module itself takes for it; and the
 * same on cores that sleep in between, for comparison.
 */
export async function run(emit: Emit): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-bench-'));
  const { child, port } = await startSimulator();
  const link = path.join(folder, 'module');
  const socat = await startLine(port, link);
  const line = new Sts6Line(serialTransport(link), { timeoutMs: 5_000 });
  const module = sts6Module(line, { profile: 'training', nowUnixMs: () => unixMs(Date.now()) });
  const awake = availableParallelism();
  const keepers = Array.from({ length: awake }, keepAwake);
  try {
    emit({ metric: 'module.overhead', ...(await overhead(module)), goal: '<=1.1', coresKeptAwake: awake });
    for (const keeper of keepers) keeper.kill();
    emit({ metric: 'module.overhead.idle', ...(await overhead(module)) });
  } finally {
    for (const keeper of keepers) keeper.kill();
    await module.close();
    socat.kill();
    child.kill();
    rmSync(folder, { recursive: true });
  }
}
