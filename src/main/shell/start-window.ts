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
  /** What the page reads behind its address: a stage, and how far that is where it has a figure. */
  let shown: { readonly address: string; readonly percent: number | null } | undefined;
  let allowed = false;
  const show = (): void => {
    if (!allowed || shown === undefined) return;
    if (!window) {
      const made = makeStartWindow();
      made.once('ready-to-show', () => made.show());
      window = made;
    }
    if (window.isDestroyed()) return;
    // Above one the bar only says that something is going on.
    window.setProgressBar(shown.percent === null ? 2 : shown.percent / 100);
    // It was left for the next figure when this one fails to load.
    window.loadURL(`${pageAddress('start')}#${shown.address}`).catch(() => undefined);
  };
  return {
    tell: (progress) => {
      const percent = progress.stage === 'update' ? null : Math.floor((100 * progress.done) / progress.of);
      const address = percent === null ? progress.stage : `${progress.stage}-${percent}`;
      if (address === shown?.address) return;
      shown = { address, percent };
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
