import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { findElectron } from '../../scripts/electron-runtime.mjs';

export const PROJECT = resolve(import.meta.dirname, '../..');

/** Training's own people and meters. */
export const AMINA = { name: 'Amina', pin: '1234' } as const;
export const THANDI = { name: 'Thandi Nkosi', meter: '00123456782' } as const;
export const BLOCKED_METER = '00793432709';

type Runtime = { readonly executable: string; readonly env: Readonly<Record<string, string>> };

/** The runtime that the test runner prepared, or the one that this machine has. */
export function findRuntime(): Promise<Runtime> {
  found ??= readRuntime();
  return found;
}

let found: Promise<Runtime> | undefined;

async function readRuntime(): Promise<Runtime> {
  const named = process.env.KIOSKWATT_ELECTRON;
  const runtime =
    named === undefined
      ? await findElectron()
      : { executable: named, nativeBinding: process.env.KIOSKWATT_SQLITE_BINDING };
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || name.startsWith('KIOSKWATT_') ? [] : [[name, value] as const],
  );
  const binding = runtime.nativeBinding;
  return {
    executable: runtime.executable,
    env: {
      ...Object.fromEntries(kept),
      ...(binding === undefined ? {} : { KIOSKWATT_SQLITE_BINDING: binding }),
    },
  };
}

/** A folder for one test, gone afterwards. */
export async function temporaryFolder(): Promise<{
  readonly path: string;
  readonly remove: () => Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), 'kioskwatt-e2e-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

export type Till = {
  readonly app: ElectronApplication;
  readonly counter: Page;
  readonly paper: Page;
  readonly dataFolder: string;
  /** What the pages complained of; a page that breaks the security policy complains here. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
};

export type TillOptions = {
  readonly dataFolder: string;
  readonly printer?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Chromium's own folder; beside the data folder when left out. */
  readonly profileFolder?: string;
};

/** How long Playwright has to attach to a program that starts. */
const ATTACH_MS = 25_000;

/**
 * Starts the program in a real Electron; its windows are on their way. Playwright does not end attaching to about one
 * start in sixty, whose windows are made at the same moment and stand there: that program is ended and started again.
 */
export async function launch(options: TillOptions): Promise<ElectronApplication> {
  const profile = options.profileFolder ?? `${options.dataFolder}-profile`;
  const attached = start(options, profile);
  const late = wait(ATTACH_MS, undefined, { ref: false });
  const app = await Promise.race([attached, late]);
  if (app) return app;
  attached.catch(() => undefined);
  process.stderr.write('Playwright did not attach; the program is started again\n');
  endProgram(profile);
  return start(options, profile);
}

/** Linux: the process that was given this folder, which nobody has a handle of. */
function endProgram(profile: string): void {
  if (process.platform !== 'linux') return;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/u.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      if (words.includes(`--user-data-dir=${profile}`)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended meanwhile, as the helpers of the program do with it.
    }
  }
}

async function start(options: TillOptions, profile: string): Promise<ElectronApplication> {
  const runtime = await findRuntime();
  return _electron.launch({
    executablePath: runtime.executable,
    args: [PROJECT, '--force-device-scale-factor=1', `--user-data-dir=${profile}`],
    env: {
      ...runtime.env,
      KIOSKWATT_DATA: options.dataFolder,
      ...(options.printer === undefined ? {} : { KIOSKWATT_PRINTER: options.printer }),
      ...options.env,
    },
  });
}

/** The window that shows one of our pages, as soon as it is there. */
export async function windowWith(app: ElectronApplication, page: string): Promise<Page> {
  const find = (name: string): Page | undefined =>
    app.windows().find((each) => new URL(each.url()).pathname === `/${name}.html`);
  const settings = { timeout: 30_000, intervals: [10, 20, 50] };
  await expect.poll(() => Boolean(find(page) ?? find('fault')), settings).toBe(true);
  const window = find(page);
  if (!window) throw new Error(`no till: ${await find('fault')?.getByRole('alert').innerText()}`);
  return window;
}

/** Notes what a page complains of into the list. */
function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
}

/** Opens whatever station the folder holds: its counter as it is before anybody has signed in. */
export async function openCounter(options: TillOptions): Promise<Omit<Till, 'paper'>> {
  const app = await launch(options);
  const counter = await windowWith(app, 'counter');
  const complaints: string[] = [];
  listen(counter, complaints);
  return { app, counter, dataFolder: options.dataFolder, complaints, close: () => app.close() };
}

/** Opens a training till in a real Electron and waits for the names of its operators. */
export async function openTill(options: TillOptions): Promise<Till> {
  const app = await launch(options);
  const counter = await windowWith(app, 'counter');
  const paper = await windowWith(app, 'paper');
  const complaints: string[] = [];
  for (const page of [counter, paper]) listen(page, complaints);
  await counter.getByRole('option', { name: AMINA.name }).waitFor();
  return {
    app,
    counter,
    paper,
    dataFolder: options.dataFolder,
    complaints,
    close: () => app.close(),
  };
}

/** Opens a till that can't start: what its only window says. */
export async function openFault(options: TillOptions): Promise<{
  readonly app: ElectronApplication;
  readonly window: Page;
}> {
  const app = await launch(options);
  // The counter's page is loaded beside the opening station, and stays out of sight then.
  const window = await windowWith(app, 'fault');
  await window.getByRole('alert').waitFor();
  return { app, window };
}

export async function signIn(counter: Page, pin: string = AMINA.pin): Promise<void> {
  await typeByHand(counter, pin);
  await counter.keyboard.press('Enter');
  await counter.getByLabel('Meter, card, phone or name').waitFor();
}

/** A person's speed: faster runs of keys are taken for a scanner. */
const KEY_GAP_MS = 70;

export async function typeByHand(page: Page, text: string): Promise<number> {
  await page.keyboard.type(text, { delay: KEY_GAP_MS });
  return text.length;
}

/** A scanner's burst with its Enter, as the system hands it over: all of it before anything else happens. */
export async function scan(till: Pick<Till, 'app'>, text: string): Promise<void> {
  await till.app.evaluate(
    ({ BrowserWindow }, signs) => {
      const counter = BrowserWindow.getAllWindows().find((each) =>
        each.webContents.getURL().endsWith('/counter.html'),
      );
      for (const keyCode of signs) {
        counter?.webContents.sendInputEvent({ type: 'keyDown', keyCode });
        counter?.webContents.sendInputEvent({ type: 'char', keyCode });
        counter?.webContents.sendInputEvent({ type: 'keyUp', keyCode });
      }
    },
    [...text, 'Enter'],
  );
}

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs a program to its end. */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const child = spawn(command, args, { cwd: PROJECT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => (ended.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (ended.err += data.toString()));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, ...ended }));
  });
}

/** The command line in Electron itself, as a packaged kiosk runs it: without a display. */
export async function stationInElectron(...words: readonly string[]): Promise<Ended> {
  const { executable, env } = await findRuntime();
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...screenless } = env;
  return run(executable, ['--no-sandbox', PROJECT, 'station', ...words], screenless);
}

/** The command line in Node, beside an open till or after it. */
export function station(...words: readonly string[]): Promise<Ended> {
  const script = join(PROJECT, 'src/cli/station.ts');
  return run(process.execPath, [script, ...words], { PATH: process.env.PATH ?? '' });
}

/** Makes a data folder by a program of this folder. */
export async function prepareFolder(program: string, ...words: readonly string[]): Promise<void> {
  const script = join(PROJECT, 'test/e2e', program);
  const prepared = await run(process.execPath, [script, ...words], { PATH: process.env.PATH ?? '' });
  expect(prepared.code, prepared.err).toBe(0);
}

/** A data folder in which Thandi bought for 100.00 yesterday. */
export function sellYesterday(dataFolder: string): Promise<void> {
  return prepareFolder('sell-yesterday.ts', dataFolder);
}

/** Starts the program once more and waits for its end. */
export async function startAgain(options: TillOptions): Promise<Ended> {
  const { executable, env } = await findRuntime();
  const profile = options.profileFolder ?? `${options.dataFolder}-profile`;
  return run(executable, ['--no-sandbox', PROJECT, `--user-data-dir=${profile}`], {
    ...env,
    KIOSKWATT_DATA: options.dataFolder,
    ...options.env,
  });
}
