import type { ChildProcessByStdio } from 'node:child_process';
import { copyFileSync, createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { build } from 'vite';
import {
  chooseAccelerator,
  prepareGuest,
  startGuest,
  type Accelerator,
} from '../../scripts/lib/usb-guest.mjs';
import {
  LINE_FAULTS,
  seededFaults,
  Sts6Server,
  Sts6Simulator,
  type LineFault,
} from '../../src/simulators/sts6-module/index.ts';
import { SIMULATED_TRAINING_KEYS } from '../integration/sts6-fixtures.ts';
import type { Order, Report } from './guest/control.ts';
import { PLANS, TESTS, type PlanName } from './guest/names.ts';

/** The host's side of the guest: the module at the far end of QEMU's adapter, and what the guest says. */

const root = path.join(import.meta.dirname, '../..');
/** Inside the checkout, so that the guest finds the packages beside it. */
const folder = path.join(root, 'out/usb-guest');

/** One file of plain JavaScript: Electron's Node does not read TypeScript, and a slow guest should not either. */
async function bundle(): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    ssr: { noExternal: true, external: ['usb', 'serialport', 'better-sqlite3'] },
    build: {
      ssr: path.join(import.meta.dirname, 'guest/program.ts'),
      outDir: folder,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'program.mjs' } },
    },
  });
  return path.join(folder, 'program.mjs');
}

export type GuestRun = {
  readonly accelerator: Accelerator;
  readonly plan: PlanName;
  readonly reports: readonly Report[];
  /** What the console said: kernel, scripts, and the end. */
  readonly console: string;
};

class Host {
  readonly reports: Report[] = [];
  readonly #module = new Sts6Simulator({
    moduleId: 'HOST-1',
    keys: SIMULATED_TRAINING_KEYS,
    capacity: 32,
    nowUnixMs: () => this.#nowUnixMs(),
    windowMs: 86_400_000,
    transactions: null,
  });
  #nowUnixMs: () => number = Date.now;
  #faults: LineFault[] = [];
  #seeded: (() => LineFault) | undefined;
  readonly #log = createWriteStream(path.join(folder, 'reports.log'));
  readonly server = new Sts6Server(this.#module, {
    serviceMs: { token: 0, other: 0 },
    // Later than the guest waits in its sales with faults.
    lateMs: 2_500,
    nextFault: () => this.#seeded?.() ?? this.#faults.shift() ?? 'none',
  });

  readonly #orders = {
    fault: ({ faults }: Order & { readonly order: 'fault' }) =>
      void (this.#faults = [...faults] as LineFault[]),
    clock: ({ nowUnixMs }: Order & { readonly order: 'clock' }) => void (this.#nowUnixMs = () => nowUnixMs),
    seed: ({ seed }: Order & { readonly order: 'seed' }) => {
      this.#module.made.length = 0;
      this.#seeded = seededFaults(seed, LINE_FAULTS.slice(1));
    },
    // Nobody listens until the plug is put back: QEMU would put it back by itself within a second.
    unplug: () => this.server.close(),
    plug: () => this.server.listen(this.port),
    made: () => {
      this.#seeded = undefined;
      this.#nowUnixMs = Date.now;
      return this.#module.made.map(({ pan, tid, digits }) => `${pan} ${tid} ${digits}`);
    },
  };

  /** Where the module listens, once it does. */
  port = 0;
  /** Called for each line of the guest's. */
  onHeard: () => void = () => undefined;

  hear(line: string, socket: Socket): void {
    this.onHeard();
    this.#log.write(`${line}\n`);
    const said = JSON.parse(line) as Order | Report;
    if (!('order' in said)) {
      this.reports.push(said);
      return;
    }
    const work = this.#orders[said.order] as (order: Order) => unknown;
    void Promise.resolve(work(said)).then((answer) => socket.write(`${JSON.stringify(answer ?? 'done')}\n`));
  }
}

function listen(server: Server, place: string): Promise<void> {
  return new Promise((resolve) => void server.listen(place, resolve));
}

/** A guest that says nothing for so long is hung: no test takes half of it, however busy the machine is. */
const SILENT_MS: Readonly<Record<Accelerator, number>> = { kvm: 60_000, tcg: 420_000 };

/**
 * Boots the guest, lets it run its tests in Node and again in Electron, one boot for both, and waits until it is off.
 * Where nothing speeds the guest up, only a deep run does everything.
 */
export async function runGuest(electron: string): Promise<GuestRun> {
  mkdirSync(folder, { recursive: true });
  const program = await bundle();
  const system = await prepareGuest(process.env);
  const accelerator = await chooseAccelerator(system);
  const isDeep = process.env['KIOSKWATT_SIZE'] === 'deep';
  const plan = isDeep || accelerator === 'kvm' ? 'whole' : 'short';
  const script = path.join(folder, 'start.sh');
  copyFileSync(path.join(import.meta.dirname, 'guest/start.sh'), script);
  writeFileSync(
    path.join(folder, 'where.sh'),
    `NODE='${process.execPath}'\nELECTRON='${electron}'\nPROGRAM='${program}'\nPLAN='${plan}'\n`,
  );
  const host = new Host();
  host.port = await host.server.listen();
  const line = path.join(folder, 'control.sock');
  const control = createServer((socket) => {
    createInterface({ input: socket }).on('line', (text) => host.hear(text, socket));
  });
  await listen(control, line);
  const devices = `-chardev socket,id=control,path=${line} -device isa-serial,chardev=control
    -chardev socket,id=module,host=127.0.0.1,port=${host.port},reconnect=1
    -device qemu-xhci -device usb-serial,chardev=module,serial=STS0001`;
  const started = performance.now();
  const guest = startGuest(system, accelerator, script, devices.split(/\s+/u));
  const said = await consoleOf(guest, host, SILENT_MS[accelerator]);
  await host.server.close();
  await new Promise((resolve) => void control.close(resolve));
  tellTimes(host.reports, { accelerator, plan, tookMs: performance.now() - started });
  return { accelerator, plan, reports: host.reports, console: said };
}

function tellTimes(
  reports: readonly Report[],
  run: { readonly accelerator: Accelerator; readonly plan: PlanName; readonly tookMs: number },
): void {
  const ofRuntime = (runtime: string): number =>
    reports.reduce((sum, each) => sum + ('test' in each && each.runtime === runtime ? each.ms : 0), 0);
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  const { sales, electron } = PLANS[run.plan];
  process.stdout.write(
    `guest by ${run.accelerator}: ${seconds(run.tookMs)}; in Node ${seconds(ofRuntime('node'))} with ${sales} faulty ` +
      `sales, in Electron ${seconds(ofRuntime('electron'))} with ${electron.length} of ${TESTS.length} tests\n`,
  );
}

async function consoleOf(
  guest: ChildProcessByStdio<null, Readable, Readable>,
  host: Host,
  silentMs: number,
): Promise<string> {
  let said = '';
  const log = createWriteStream(path.join(folder, 'console.log'));
  const timer = setTimeout(() => {
    said += `nothing was heard for ${silentMs / 1000} s\n`;
    guest.kill('SIGKILL');
  }, silentMs);
  host.onHeard = () => void timer.refresh();
  for (const stream of [guest.stdout, guest.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      timer.refresh();
      said += part;
      log.write(part);
    });
  }
  await new Promise((resolve) => void guest.once('close', resolve));
  clearTimeout(timer);
  return said;
}
