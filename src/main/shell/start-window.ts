import type { BrowserWindow } from 'electron';
import type { ReadingProgress } from '../station/index.ts';
import { pageAddress } from './pages.ts';
import { makeStartWindow } from './windows.ts';

/** A window for a start that takes long: shown once there is something to tell, gone when the counter is there. */
export type StartWindow = {
  readonly tell: (progress: ReadingProgress) => void;
  /** There may be windows now. */
  readonly ready: () => void;
  /** Out of sight, and still a window: the program would end with its last one. */
  readonly hide: () => void;
  readonly close: () => void;
};

export function openStartWindow(): StartWindow {
  let window: BrowserWindow | undefined;
  let percent: number | undefined;
  let allowed = false;
  const show = (): void => {
    if (!allowed || percent === undefined) return;
    if (!window) {
      const made = makeStartWindow();
      made.once('ready-to-show', () => made.show());
      window = made;
    }
    if (window.isDestroyed()) return;
    window.setProgressBar(percent / 100);
    // The page reads how far it is from its address; it was left for the next figure when this one fails to load.
    window.loadURL(`${pageAddress('start')}#${percent}`).catch(() => undefined);
  };
  return {
    tell: ({ read, of }) => {
      const now = Math.floor((100 * read) / of);
      if (now === percent) return;
      percent = now;
      show();
    },
    ready: () => {
      allowed = true;
      show();
    },
    hide: () => {
      if (window && !window.isDestroyed()) window.hide();
    },
    close: () => {
      percent = undefined;
      if (window && !window.isDestroyed()) window.destroy();
    },
  };
}
