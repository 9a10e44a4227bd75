import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** A folder for backups in which a reader hangs as in a share that no longer answers. Not on Windows. */
export type HangingBackup = {
  /** Resolves when a reader hangs in it. */
  readonly isRead: () => Promise<void>;
  /** The disk answers again: nothing. */
  readonly letGo: () => void;
};

/** The manifest is a pipe that is never written to its end. It is full at first, and has room once somebody reads. */
export function hangingBackup(to: string): HangingBackup {
  const backup = path.join(to, 'backup-20261101T120000000Z-0000');
  mkdirSync(backup, { recursive: true });
  const manifest = path.join(backup, 'manifest.json');
  execFileSync('mkfifo', [manifest]);
  const descriptor = openSync(manifest, constants.O_RDWR | constants.O_NONBLOCK);
  const hasRoom = (): boolean => {
    try {
      return writeSync(descriptor, Buffer.alloc(4_096)) > 0;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return false;
      throw error;
    }
  };
  while (hasRoom());
  let isOpen = true;
  return {
    isRead: async () => {
      while (!hasRoom()) await nextTurn();
    },
    letGo: () => {
      if (isOpen) closeSync(descriptor);
      isOpen = false;
    },
  };
}
