import { screen, type BrowserWindow, type Display } from 'electron';
import type { Door } from '../ipc/register.ts';
import { loadPage, makeDisplayWindow } from './windows.ts';

type Options = {
  readonly door: Door;
  readonly preload: string;
  readonly counter: BrowserWindow;
  readonly setting: 'auto' | 'on' | 'off';
};

/**
 * The customer's display fills a second screen as soon as there is one, and goes with it. `on` shows it in a window
 * where there is none, `off` never.
 */
export function keepCustomerDisplay(options: Options): void {
  const { counter, setting } = options;
  if (setting === 'off') return;
  let shown: BrowserWindow | undefined;
  const keep = (): void => {
    if (counter.isDestroyed()) return;
    const second = secondScreen(counter);
    const wanted = second !== undefined || setting === 'on';
    if (!wanted) shown?.destroy();
    else if (!shown || shown.isDestroyed()) shown = open(options, second);
  };
  const moved = (): void => {
    shown?.destroy();
    keep();
  };
  screen.on('display-added', moved);
  screen.on('display-removed', moved);
  counter.once('closed', () => {
    screen.off('display-added', moved);
    screen.off('display-removed', moved);
    if (shown && !shown.isDestroyed()) shown.destroy();
  });
  keep();
}

/** A screen that the counter is not on. */
function secondScreen(counter: BrowserWindow): Display | undefined {
  const own = screen.getDisplayMatching(counter.getBounds());
  return screen.getAllDisplays().find(({ id }) => id !== own.id);
}

function open({ door, preload, counter }: Options, second: Display | undefined): BrowserWindow {
  const place = second ?? screen.getPrimaryDisplay();
  const display = makeDisplayWindow(preload, place.bounds, second !== undefined);
  door.admit(display.webContents, 'customer-display');
  display.once('ready-to-show', () => {
    display.setFullScreen(second !== undefined);
    display.showInactive();
    if (!counter.isDestroyed()) counter.moveTop();
  });
  display.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && !display.isDestroyed()) display.webContents.reload();
  });
  void loadPage(display, 'display');
  return display;
}
