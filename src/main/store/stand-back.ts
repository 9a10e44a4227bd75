import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import path from 'node:path';

/**
 * For a thread that nobody at the counter waits for: on Linux, which knows priorities of single threads, it stands
 * back behind those that sell and draw.
 */
export function standBack(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(Number(path.basename(readlinkSync('/proc/thread-self'))), 10);
  } catch {
    // Where there is no such folder the thread works all the same.
  }
}
