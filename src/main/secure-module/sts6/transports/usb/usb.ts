import type { usb as UsbLibrary } from 'usb';
import { err, ok, type Result } from '../../../../../units/index.ts';
import { moduleFault, type ModuleFault, type ModuleFaultCode } from '../../../faults.ts';
import type { Transport } from '../../byte-stream.ts';
import { adapterOf, ADAPTERS, type Adapter } from './adapters.ts';
import type { UsbDevice } from './usb-device.ts';
import { usbTrouble, type UsbTrouble } from './usb-errors.ts';
import { openUsbStream } from './usb-stream.ts';

type Usb = typeof UsbLibrary;

/** An adapter that is plugged in. */
export type UsbPlace = {
  readonly serialNumber: string | null;
  readonly adapter: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly maker: string | null;
  readonly product: string | null;
};

const FAULTS: Readonly<Record<UsbTrouble, ModuleFaultCode>> = {
  late: 'module-missing',
  gone: 'module-missing',
  'no-usb': 'module-missing',
  'no-driver': 'module-permission',
  permission: 'module-permission',
  busy: 'module-busy',
  other: 'module-missing',
};

/** The library, or undefined where it has no binary for this system. */
async function library(): Promise<Usb | undefined> {
  return import('usb').then(
    (loaded) => loaded.usb,
    () => undefined,
  );
}

async function devices(): Promise<Result<readonly UsbDevice[], UsbTrouble>> {
  const usb = await library();
  if (!usb) return err('no-usb');
  try {
    return ok((await usb.getDevices()) as unknown as readonly UsbDevice[]);
  } catch (error) {
    return err(usbTrouble(error));
  }
}

type Names = Pick<UsbPlace, 'serialNumber' | 'maker' | 'product'>;

/** What a device calls itself. It is asked for that now: one that was pulled out since it was listed answers no more. */
function namesOf(device: UsbDevice): Result<Names, UsbTrouble> {
  try {
    const { serialNumber = null, manufacturerName: maker = null, productName: product = null } = device;
    return ok({ serialNumber, maker, product });
  } catch (error) {
    return err(usbTrouble(error));
  }
}

const NAMELESS: Names = { serialNumber: null, maker: null, product: null };

/** The adapters that are plugged in; `no-usb` where the system has no USB at all. */
export async function listUsbPlaces(
  adapters: readonly Adapter[] = ADAPTERS,
): Promise<Result<readonly UsbPlace[], UsbTrouble>> {
  const found = await devices();
  if (!found.ok) return found;
  const places = found.value.flatMap((device) => {
    const adapter = adapterOf(device, adapters);
    if (!adapter) return [];
    const names = namesOf(device);
    if (!names.ok && names.error === 'gone') return [];
    const { vendorId, productId } = device;
    return [{ ...(names.ok ? names.value : NAMELESS), adapter: adapter.name, vendorId, productId }];
  });
  return ok(places);
}

/**
 * A module behind a USB adapter that this program drives itself, known by the adapter's serial number whatever
 * port it is plugged into. `adapters`: which kinds count; those of modules unless given.
 */
export function usbTransport(serialNumber: string, adapters: readonly Adapter[] = ADAPTERS): Transport {
  const place = `usb:${serialNumber}`;
  const fault = (trouble: UsbTrouble): { readonly ok: false; readonly error: ModuleFault } =>
    err(moduleFault(FAULTS[trouble], { place }));
  return {
    place,
    async open() {
      const found = await devices();
      if (!found.ok) return fault(found.error);
      const device = found.value.find((each) => {
        const names = namesOf(each);
        return names.ok && names.value.serialNumber === serialNumber;
      });
      const adapter = device && adapterOf(device, adapters);
      if (!device || !adapter) return fault('gone');
      const stream = await openUsbStream(device, adapter);
      return stream.ok ? stream : fault(stream.error);
    },
  };
}

/**
 * Calls `onChange` whenever something is plugged in or out; the result ends that. Does nothing where there is no
 * USB: listening there would end the process.
 */
export async function watchUsb(onChange: (event: 'connect' | 'disconnect') => void): Promise<() => void> {
  const usb = await library();
  if (!usb || !(await devices()).ok) return () => undefined;
  const connected = (): void => onChange('connect');
  const disconnected = (): void => onChange('disconnect');
  usb.addEventListener('connect', connected);
  usb.addEventListener('disconnect', disconnected);
  // It begins to listen by and by: an answer to a later question is the nearest that tells when.
  await devices();
  return () => {
    usb.removeEventListener('connect', connected);
    usb.removeEventListener('disconnect', disconnected);
  };
}
