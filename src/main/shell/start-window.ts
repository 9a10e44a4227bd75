import type { BrowserWindow } from 'electron';
import type { StartProgress } from '../station/index.ts';
import { pageAddress } from './pages.ts';
import { makeStartWindow } from './windows.ts';

/** A window for a start that takes long: shown once there is something to tell, gone when the counter is there. */
export type StartWindow = {
  readonly tell: (progress: StartProgress) => void;
  /** There may be windows now. */
  readonly ready: () => void;
  /** Out of sight, and still a window: the program would end with its last one. */
  readonly hide: () => void;
  readonly close: () => void;
};

export function openStartWindow(): StartWindow {
  let window: BrowserWindow | undefined;
  let shown: { readonly stage: StartProgress['stage']; readonly percent: number } | undefined;
  let allowed = false;
  const show = (): void => {
    if (!allowed || shown === undefined) return;
    if (!window) {
      const made = makeStartWindow();
      made.once('ready-to-show', () => made.show());
      window = made;
    }
    if (window.isDestroyed()) return;
    window.setProgressBar(shown.percent / 100);
    // The page reads how far it is from its address; it was left for the next figure when this one fails to load.
    window.loadURL(`${pageAddress('start')}#${shown.stage}-${shown.percent}`).catch(() => undefined);
  };
  return {
    tell: ({ stage, done, of }) => {
      const percent = Math.floor((100 * done) / of);
      if (stage === shown?.stage && percent === shown.percent) return;
      shown = { stage, percent };
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
      shown = undefined;
      if (window && !window.isDestroyed()) window.destroy();
    },
  };
}
