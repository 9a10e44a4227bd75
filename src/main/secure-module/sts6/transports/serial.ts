import { readSync, writeSync } from 'node:fs';
import { SerialPort } from 'serialport';
import { err, ok, type Result } from '../../../../units/index.ts';
import { moduleFault, type ModuleFault } from '../../faults.ts';
import type { ByteStream, Transport } from '../byte-stream.ts';

/** A serial line on this computer. `serialNumber` is the adapter's, where it has one. */
export type SerialPlace = { readonly path: string; readonly serialNumber: string | null };

const BAUD_RATE = 9600;

/** The serial lines that are there now; none where the system has no way to list them. */
export async function listSerialPlaces(): Promise<readonly SerialPlace[]> {
  try {
    const ports = await SerialPort.list();
    return ports.map(({ path, serialNumber }) => ({ path, serialNumber: serialNumber ?? null }));
  } catch {
    return [];
  }
}

/** What the system says about a device that does not open, in one place. */
function openFault(message: string, place: string): ModuleFault {
  if (/permission denied|access denied|EACCES/iu.test(message))
    return moduleFault('module-permission', { place });
  if (/resource busy|cannot lock|access is denied|EBUSY/iu.test(message))
    return moduleFault('module-busy', { place });
  return moduleFault('module-missing', { place });
}

/** No answer is longer; what comes beyond it is read in the next turn. */
const READ_BYTES = 4096;

type Port = Awaited<ReturnType<typeof SerialPort.binding.open>>;

/**
 * What the line does on the spot, or undefined when it can't now: the port's own way then waits, or says why. The
 * line never blocks, and the way over a thread and back, four times a token, is most of what a token waits for us.
 */
function atOnce(work: () => number): number | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** The next bytes of the line, or null when it has ended. Only lines that the system can poll are read on the spot. */
async function readSome(port: Port, into: Buffer): Promise<Uint8Array | null> {
  // A poller of a line that was closed must not be asked: it takes the process down.
  if (!port.isOpen) return null;
  if ('poller' in port) {
    await new Promise<void>((resolve) => port.poller.once('readable', () => resolve()));
    const { fd } = port;
    if (fd === null) return null;
    const count = atOnce(() => readSync(fd, into));
    // Readable and nothing there: the other side has hung up.
    if (count === 0) return null;
    if (count !== undefined) return Buffer.from(into.subarray(0, count));
  }
  const { bytesRead } = await port.read(into, 0, into.length);
  return Buffer.from(into.subarray(0, bytesRead));
}

async function writeAll(port: Port, bytes: Buffer): Promise<void> {
  const fd = 'poller' in port ? port.fd : null;
  const written = fd === null ? 0 : (atOnce(() => writeSync(fd, bytes)) ?? 0);
  if (written < bytes.length) await port.write(bytes.subarray(written));
}

function streamOf(port: Port): ByteStream {
  const into = Buffer.allocUnsafe(READ_BYTES);
  let reading: Promise<unknown> = Promise.resolve();
  return {
    read: () => {
      // Closed by us or gone: for who reads it is the same end, and who writes is told.
      const next = readSome(port, into).catch(() => null);
      reading = next;
      return next;
    },
    write: (bytes) => writeAll(port, Buffer.from(bytes)),
    close: async () => {
      // A device that was pulled out may refuse to be closed; it is let go of all the same.
      if (port.isOpen) await port.close().catch(() => undefined);
      await reading;
    },
  };
}

async function openPort(path: string, place: string): ReturnType<Transport['open']> {
  try {
    return ok(streamOf(await SerialPort.binding.open({ path, baudRate: BAUD_RATE, hupcl: false })));
  } catch (error) {
    return err(openFault(error instanceof Error ? error.message : String(error), place));
  }
}

/** Where the adapter of this serial number is now: it may come back under another path. */
async function pathOf(serialNumber: string, place: string): Promise<Result<string, ModuleFault>> {
  const found = (await listSerialPlaces()).find((port) => port.serialNumber === serialNumber);
  return found ? ok(found.path) : err(moduleFault('module-missing', { place }));
}

/** A module on a serial line, by its path (`/dev/ttyUSB0`, `COM3`). 9600 baud, 8 data bits, no parity. */
export function serialTransport(path: string): Transport {
  return { place: path, open: () => openPort(path, path) };
}

/** A module by its adapter's serial number, under whichever path it is found. */
export function serialNumberTransport(serialNumber: string): Transport {
  return {
    place: serialNumber,
    open: async () => {
      const path = await pathOf(serialNumber, serialNumber);
      return path.ok ? openPort(path.value, serialNumber) : path;
    },
  };
}
