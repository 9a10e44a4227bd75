import { watch, type FSWatcher } from 'node:fs';
import { watchUsb } from './usb/usb.ts';

/** Names under which systems list the lines of serial adapters. */
const SERIAL_LINE = /^(?:tty(?:USB|ACM|S)|cu\.)/u;
const DEVICES = '/dev';

/**
 * Calls `onChange` whenever a USB device, or a serial line of the system's own driver, comes or goes; the result ends
 * that. Where a system tells neither, nothing is ever heard.
 */
export async function watchPlugs(onChange: () => void): Promise<() => void> {
  const stopUsb = await watchUsb(onChange);
  const lines = process.platform === 'win32' ? undefined : watchLines(onChange);
  return () => {
    stopUsb();
    lines?.close();
  };
}

function watchLines(onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(DEVICES, { persistent: false }, (_event, name) => {
      if (name !== null && SERIAL_LINE.test(name)) onChange();
    });
    // Too many watches on this system: the lines are then only looked at from time to time.
    return watcher.on('error', () => watcher.close());
  } catch {
    return undefined;
  }
}
