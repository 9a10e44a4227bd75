import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { parsePrinterAddress } from './printer-address.ts';

const run = promisify(execFile);
const ASK_MS = 2_000;
/** The speed that most serial receipt printers leave the factory with. */
const USUAL_BAUD = 9_600;

export type FoundPrinter = {
  readonly address: string;
  readonly kind: 'device' | 'serial' | 'cups';
};

/** Where the system keeps what: the files of a folder that may be a printer. */
const PLACES = [
  { folder: '/dev/usb', name: /^lp\d+$/u, kind: 'device' },
  { folder: '/dev', name: /^(?:usblp\d+|lp\d+)$/u, kind: 'device' },
  // Names that stay with the plug, before names that go by who came first.
  { folder: '/dev/serial/by-path', name: /^[\w.:-]+$/u, kind: 'serial' },
  { folder: '/dev', name: /^tty(?:USB|ACM|S)\d+$/u, kind: 'serial' },
] as const;

/**
 * The ways to a printer that this computer has: device files, serial ports by the plug they are in, queues of the
 * spooler. Nothing is opened; whether a printer is behind one, only a test slip says. A network printer is not
 * searched for: its address stands on its own self-test slip.
 */
export async function findPrinters(root = '/'): Promise<readonly FoundPrinter[]> {
  const files = await Promise.all(
    PLACES.map(async ({ folder, name, kind }) => {
      const names = await namesIn(path.join(root, folder));
      return names
        .filter((each) => name.test(each))
        .toSorted()
        .map((each) => ({ kind, file: `${folder}/${each}` }));
    }),
  );
  const found: FoundPrinter[] = files.flat().map(({ kind, file }) => ({
    kind,
    address: kind === 'device' ? `device:${file}` : `serial:${file}@${USUAL_BAUD}`,
  }));
  const queues = (await spoolerQueues()).map(
    (queue) => ({ kind: 'cups', address: `cups:${queue}` }) as const,
  );
  return [...found, ...queues].filter(({ address }) => parsePrinterAddress(address).ok);
}

/** A folder that is not there holds nothing. */
async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

/** `lpstat -e` lists one queue a line; a system without a spooler has none. */
async function spoolerQueues(): Promise<readonly string[]> {
  const said = await run('lpstat', ['-e'], { timeout: ASK_MS }).catch(() => ({ stdout: '' }));
  return said.stdout.split('\n').filter((line) => line !== '');
}
