import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { listUsbPlaces, watchUsb } from '../../../src/main/secure-module/index.ts';
import { ADAPTERS } from '../../../src/main/secure-module/sts6/transports/usb/adapters.ts';
import { VENDOR_BULK } from './gadgets.ts';

type Kind = 'connect' | 'disconnect';

/** Events of the bus, each of which can be waited for, also when it came before. */
export async function busEvents(): Promise<{ next(kind: Kind): Promise<void>; stop(): void }> {
  const seen: string[] = [];
  const arrived = new EventTarget();
  const stop = await watchUsb((kind) => {
    seen.push(kind);
    arrived.dispatchEvent(new Event('some'));
  });
  return {
    stop,
    next: async (kind) => {
      while (!seen.includes(kind)) await once(arrived, 'some');
      seen.splice(seen.indexOf(kind), 1);
    },
  };
}

async function isThere(serialNumber: string): Promise<boolean> {
  const places = await listUsbPlaces([...ADAPTERS, VENDOR_BULK]);
  return places.ok && places.value.some((place) => place.serialNumber === serialNumber);
}

const LOOK_AGAIN_MS = 100;

/** Waits until a device is plugged in, or out. The list is what counts, whatever was heard of it. */
export async function pluggedIn(serialNumber: string, wanted = true): Promise<void> {
  while ((await isThere(serialNumber)) !== wanted) await wait(LOOK_AGAIN_MS);
}
