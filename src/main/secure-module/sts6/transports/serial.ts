import { SerialPort } from 'serialport';
import { err, ok, type Result } from '../../../../units/index.ts';
import { moduleFault, type ModuleFault } from '../../faults.ts';
import type { Transport } from '../byte-stream.ts';
import { pump } from './pump.ts';

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

function openPort(path: string, place: string): ReturnType<Transport['open']> {
  return new Promise((resolve) => {
    const port = new SerialPort({ path, baudRate: BAUD_RATE, autoOpen: false, hupcl: false });
    port.open((error) => {
      if (error) {
        resolve(err(openFault(error.message, place)));
        return;
      }
      const shut = (): Promise<void> =>
        new Promise((done) => {
          if (port.isOpen) port.close(() => done());
          else done();
        });
      resolve(ok(pump(port, shut)));
    });
  });
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
