import type { BrowserWindow } from 'electron';
import type { Door } from '../ipc/register.ts';
import type { StationDoor } from '../../contract/index.ts';
import { loadPage, makeCounterWindow, makeMeterWindow, makePaperWindow } from './windows.ts';

type Options = {
  readonly door: Door;
  readonly preload: string;
  readonly training: boolean;
  /** The windows stay out of sight until it is there. */
  readonly station: Promise<Pick<StationDoor, 'subscribe'>>;
  /** The counter's page crashes again and again. */
  readonly onHopeless: () => void;
};

export type Counter = {
  readonly window: BrowserWindow;
  /** All of its pages are there. */
  readonly loaded: Promise<unknown>;
};

/**
 * Makes the cashier's window and, for training, the paper beside it. Their pages load while the station opens, and
 * are shown when it has.
 */
export function openCounter(options: Options): Counter {
  const window = makeCounterWindow(options.preload, options.training);
  options.door.admit(window.webContents, 'counter');
  showWhenOpen(window, options.station, () => {
    // Not before: a window that is made for the full screen is seen at once.
    window.setFullScreen(!options.training);
    window.show();
  });
  const pages = [loadPage(window, 'counter')];
  if (options.training) pages.push(openPaper(options, window), openMeter(options, window));
  keepAlive(window, options.onHopeless);
  return { window, loaded: Promise.all(pages) };
}

function showWhenOpen(window: BrowserWindow, station: Options['station'], show: () => void): void {
  window.once('ready-to-show', () => {
    void station.then(() => {
      if (!window.isDestroyed()) show();
    });
  });
}

async function openPaper(options: Options, counter: BrowserWindow): Promise<void> {
  const paper = makePaperWindow(options.preload);
  options.door.admit(paper.webContents, 'paper-preview');
  // The keys stay with the counter.
  showWhenOpen(paper, options.station, () => {
    paper.showInactive();
    if (!counter.isDestroyed()) counter.moveTop();
  });
  counter.once('closed', () => {
    if (!paper.isDestroyed()) paper.destroy();
  });
  await loadPage(paper, 'paper');
}

/** Stays hidden until it is asked for; closing it only hides it, so that it can be asked for again. */
async function openMeter(options: Options, counter: BrowserWindow): Promise<void> {
  const meter = makeMeterWindow(options.preload);
  options.door.admit(meter.webContents, 'virtual-meter');
  void options.station.then(({ subscribe }) =>
    subscribe((event) => {
      const wanted =
        event === 'virtual-meter-wanted' ? meter : event === 'counter-wanted' ? counter : undefined;
      if (!wanted || wanted.isDestroyed()) return;
      wanted.show();
      wanted.focus();
    }),
  );
  meter.on('close', (event) => {
    if (counter.isDestroyed()) return;
    event.preventDefault();
    meter.hide();
  });
  counter.once('closed', () => {
    if (!meter.isDestroyed()) meter.destroy();
  });
  await loadPage(meter, 'meter');
}

const MOST_CRASHES = 3;
const CRASHES_WITHIN_MS = 60_000;

/**
 * A page that crashed holds nothing that is not in the ledger: it is loaded again, unless it does nothing but
 * crash.
 */
function keepAlive(counter: BrowserWindow, onHopeless: () => void): void {
  let crashesMs: readonly number[] = [];
  counter.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || counter.isDestroyed()) return;
    const nowMs = performance.now();
    crashesMs = [...crashesMs.filter((atMs) => nowMs - atMs < CRASHES_WITHIN_MS), nowMs];
    if (crashesMs.length > MOST_CRASHES) onHopeless();
    else counter.webContents.reload();
  });
}
