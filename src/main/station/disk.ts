import type { CallFault, StationStatus } from '../../contract/index.ts';
import type { SpaceGate, StorageError } from '../store/index.ts';

/** How the disk under the books stands: the room on it, and whether it has failed. */
export type Disk = {
  readonly state: () => StationStatus['disk'];
  /** What keeps a sale from being begun for want of room, or null. A disk that failed says so where it is written to. */
  readonly fault: () => CallFault | null;
  /** A file failed under its writer, which refuses everything from now on. */
  readonly failed: (error: StorageError) => void;
};

const MEGABYTE = 1_000_000;

export function watchDisk(space: SpaceGate, onChange: () => void): Disk {
  let failed = false;
  return {
    state: () => {
      const { level, freeBytes } = space.state();
      return { state: failed ? 'failed' : level, freeMegabytes: Math.floor(freeBytes / MEGABYTE) };
    },
    fault: () => {
      const { level, freeBytes } = space.state();
      if (level !== 'stop') return null;
      return { code: 'disk-full', params: { megabytes: Math.floor(freeBytes / MEGABYTE) }, retry: 'safe' };
    },
    failed: () => {
      failed = true;
      onChange();
    },
  };
}
