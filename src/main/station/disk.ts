import type { CallFault, StationStatus } from '../../contract/index.ts';
import type { SpaceGate } from '../store/index.ts';

/** How the disk under the books stands: the room on it, and whether it has failed. */
export type Disk = {
  readonly state: () => StationStatus['disk'];
  /** What keeps a sale from being begun for want of room, or null. A disk that failed says so where it is written to. */
  readonly fault: () => CallFault | null;
  /** A file failed under its writer, which refuses everything from now on. */
  readonly failed: () => void;
  /** Room was used up, or somebody may have made some. */
  readonly look: () => void;
  readonly close: () => Promise<void>;
};

const MEGABYTE = 1_000_000;
const LOOK_MS = 60_000;

/**
 * Once `look` was called, looks from time to time, and whenever a sale is refused: the ballast comes back by itself as
 * soon as there is room for it. A disk that can't be asked for its room has failed.
 */
export function watchDisk(space: SpaceGate, onChange: () => void): Disk {
  let failed = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  const state = (): StationStatus['disk'] => {
    try {
      const { level, freeBytes } = space.state();
      return { state: failed ? 'failed' : level, freeMegabytes: Math.floor(freeBytes / MEGABYTE) };
    } catch {
      return { state: 'failed', freeMegabytes: 0 };
    }
  };
  let said = state().state;
  const tell = (): void => {
    const now = state().state;
    if (now === said) return;
    said = now;
    onChange();
  };
  const look = (): void => {
    timer ??= setInterval(look, LOOK_MS).unref();
    looking = space.fill().then(tell, tell);
  };
  return {
    state,
    fault: () => {
      const now = state();
      if (now.state !== 'stop') return null;
      look();
      return { code: 'disk-full', params: { megabytes: now.freeMegabytes }, retry: 'safe' };
    },
    failed: () => {
      failed = true;
      tell();
    },
    look,
    close: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}
