import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { app, Menu, powerMonitor, type BrowserWindow } from 'electron';
import type { Logger } from 'pino';
import { errorSentences, translator } from '../../i18n/index.ts';
import type { Result } from '../../units/index.ts';
import { makeReference } from '../ipc/reference.ts';
import { openDoor, type Door } from '../ipc/register.ts';
import { openStation, type StartFault, type Station } from '../station/index.ts';
import { openCounter } from './counter.ts';
import { keepCustomerDisplay } from './customer-display.ts';
import { endWithThreads } from './end-process.ts';
import { showFault } from './fault-window.ts';
import { lockEverything } from './locks.ts';
import { openLog } from './log.ts';
import { servePages } from './pages.ts';
import { startSettings, type StartSettings } from './settings.ts';
import { sellOnce } from './smoke.ts';
import { openStartWindow, type StartWindow } from './start-window.ts';
import { readSurroundings } from './surroundings.ts';

/** The folder that the build makes: main, preload and renderer beside each other. */
const OUT = join(import.meta.dirname, '..');

const makeRef = (): string => makeReference(randomBytes(6));

/** Opens the counter, or for a smoke test sells once in it and ends. Ends the process itself. */
export async function runTill(options: { readonly smoke: boolean }): Promise<void> {
  const log = openLog(join(app.getPath('userData'), 'logs'));
  const end = endWithThreads((code) => app.exit(code));
  const stop = catchTheUnexpected(log, end);
  if (!options.smoke && !app.requestSingleInstanceLock()) {
    sayAlreadyOpen();
    app.exit(0);
    return;
  }
  const start = openStartWindow();
  const settings = startSettings(readSurroundings());
  await app.whenReady();
  Menu.setApplicationMenu(null);
  lockEverything();
  servePages(join(OUT, 'renderer'));
  const refuse = async (fault: StartFault): Promise<void> => {
    const ref = makeRef();
    log.error({ ref, code: fault.code, params: fault.params }, 'the station does not open');
    if (options.smoke) process.stdout.write(`${JSON.stringify({ ok: false, ...fault, ref })}\n`);
    else await showFault({ ...fault, ref });
  };
  if (!settings.ok) {
    await refuse(settings.error);
    app.exit(1);
    return;
  }
  if (!options.smoke) start.ready();
  // After the windows below are made: their processes start and their pages load while the station opens.
  const opening = nextTurn().then(() => open(settings.value, start.tell, log));
  const station = once(opening);
  const door = openDoor({
    station,
    makeRef,
    report: ({ cause, ...report }) => log.warn({ ...report, err: cause }, 'a call ended in an error'),
  });
  const preload = join(OUT, 'preload', 'bridge.cjs');
  const counter = openCounter({
    door,
    preload,
    training: settings.value.profile === 'training',
    station,
    onHopeless: () => void stop(new Error('the page of the counter crashes again and again')),
  });
  // A page that fails to load is looked at when there is a station to close: below.
  counter.loaded.catch(() => undefined);
  const opened = await opening;
  if (!opened.ok) {
    start.hide();
    await refuse(opened.error);
    counter.window.destroy();
    return end(1);
  }
  closeWithWindows(opened.value, door, end);
  powerMonitor.on('suspend', () => void opened.value.suspend());
  powerMonitor.on('resume', () => void opened.value.resume());
  await counter.loaded;
  start.close();
  const { customerDisplay: setting } = opened.value;
  keepCustomerDisplay({ door, preload, counter: counter.window, setting });
  app.on('second-instance', () => bringForward(counter.window));
  if (options.smoke) await smoke(opened.value, door, end);
}

type End = ReturnType<typeof endWithThreads>;
type Opening = Promise<Result<Station, StartFault>>;

function open(settings: StartSettings, onProgress: StartWindow['tell'], log: Logger): Opening {
  return openStation({
    ...settings,
    onProgress,
    onUnexpected: (error) => log.error({ ref: makeRef(), err: error }, 'unexpected'),
    now: Date.now,
    random: (bytes) => randomBytes(bytes),
  });
}

/** The station as soon as it is open. Of one that does not open nobody who waits is told: the program ends then. */
async function once(opening: Opening): Promise<Station> {
  const opened = await opening.catch(() => undefined);
  return opened?.ok ? opened.value : new Promise<never>(() => undefined);
}

/** Whatever ends the program, the station is closed first. */
function closeWithWindows(station: Station, door: Door, end: End): void {
  let closing = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    door.close();
    void station.close().finally(() => end(0));
  });
}

async function smoke(station: Station, door: Door, end: End): Promise<void> {
  const report = await sellOnce(door.dispatch);
  process.stdout.write(`${JSON.stringify(report)}\n`);
  door.close();
  await station.close();
  await end(report.ok ? 0 : 1);
}

function bringForward(counter: BrowserWindow): void {
  if (counter.isDestroyed()) return;
  if (counter.isMinimized()) counter.restore();
  counter.show();
  counter.focus();
}

function sayAlreadyOpen(): void {
  const { cashier } = errorSentences(translator('en'), { code: 'already-open', params: {}, ref: '' });
  process.stderr.write(`${cashier}\n`);
}

/** An error that nobody foresaw: a reference on the screen, the rest in the log, never a stack on the screen. */
function catchTheUnexpected(log: Logger, end: End): (error: unknown) => Promise<void> {
  let shown = false;
  const stop = async (error: unknown): Promise<void> => {
    const ref = makeRef();
    log.fatal({ ref, err: error }, 'unexpected');
    if (shown) return;
    shown = true;
    try {
      if (app.isReady()) await showFault({ code: 'internal', params: {}, ref });
    } finally {
      await end(1);
    }
  };
  process.on('uncaughtException', (error) => void stop(error));
  process.on('unhandledRejection', (error) => void stop(error));
  return stop;
}
