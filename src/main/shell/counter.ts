import type { BrowserWindow } from 'electron';
import type { Door } from '../ipc/register.ts';
import type { StationDoor } from '../../contract/index.ts';
import { loadPage, makeCounterWindow, makeMeterWindow, makePaperWindow } from './windows.ts';

/** Opens the cashier's window and, for training, the paper beside it. Resolves when both pages are loaded. */
export async function openCounter(options: {
  readonly door: Door;
  readonly preload: string;
  readonly training: boolean;
  readonly subscribe: StationDoor['subscribe'];
  /** The counter's page crashes again and again. */
  readonly onHopeless: () => void;
}): Promise<BrowserWindow> {
  const counter = makeCounterWindow(options.preload, options.training);
  options.door.admit(counter.webContents, 'counter');
  counter.once('ready-to-show', () => counter.show());
  const pages = [loadPage(counter, 'counter')];
  if (options.training) pages.push(openPaper(options, counter), openMeter(options, counter));
  keepAlive(counter, options.onHopeless);
  await Promise.all(pages);
  return counter;
}

async function openPaper(
  options: { readonly door: Door; readonly preload: string },
  counter: BrowserWindow,
): Promise<void> {
  const paper = makePaperWindow(options.preload);
  options.door.admit(paper.webContents, 'paper-preview');
  // The keys stay with the counter.
  paper.once('ready-to-show', () => {
    paper.showInactive();
    if (!counter.isDestroyed()) counter.moveTop();
  });
  counter.once('closed', () => {
    if (!paper.isDestroyed()) paper.destroy();
  });
  await loadPage(paper, 'paper');
}

/** Stays hidden until it is asked for; closing it only hides it, so that it can be asked for again. */
async function openMeter(
  options: { readonly door: Door; readonly preload: string; readonly subscribe: StationDoor['subscribe'] },
  counter: BrowserWindow,
): Promise<void> {
  const meter = makeMeterWindow(options.preload);
  options.door.admit(meter.webContents, 'virtual-meter');
  const stop = options.subscribe((event) => {
    const wanted =
      event === 'virtual-meter-wanted' ? meter : event === 'counter-wanted' ? counter : undefined;
    if (!wanted || wanted.isDestroyed()) return;
    wanted.show();
    wanted.focus();
  });
  meter.on('close', (event) => {
    if (counter.isDestroyed()) return;
    event.preventDefault();
    meter.hide();
  });
  counter.once('closed', () => {
    stop();
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
