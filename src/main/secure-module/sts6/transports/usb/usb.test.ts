import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { adapterOf } from './adapters.ts';
import type { UsbDevice } from './usb-device.ts';
import { usbTrouble } from './usb-errors.ts';
import { listUsbPlaces, usbTransport, watchUsb } from './usb.ts';

describe('what the library throws', () => {
  // As seen with usb 3.1.0 on Linux.
  it.each([
    ['transferIn error: Cancelled', 'late'],
    ['open error: permission denied (errno 13)', 'permission'],
    ['claimInterface error: interface is busy (errno 16)', 'busy'],
    ['getDevices error: /sys/bus/usb/devices/ not found (errno 2)', 'no-usb'],
    ['transferIn error: Fault', 'gone'],
    ['transferOut error: Disconnected', 'gone'],
    ['transferIn error: endpoint not found', 'gone'],
    ['open error: device not found (errno 19)', 'gone'],
    ['open error: NOT_SUPPORTED', 'no-driver'],
    ['something new', 'other'],
  ] as const)('%s is %s', (message, trouble) => {
    expect(usbTrouble(new Error(message))).toBe(trouble);
  });
});

const HAS_USB = existsSync('/sys/bus/usb/devices');

describe('this machine’s USB, or its absence', () => {
  it('is listed, or said not to be there', async () => {
    const listed = await listUsbPlaces();
    if (HAS_USB) expect(listed.ok).toBe(true);
    else expect(listed).toEqual({ ok: false, error: 'no-usb' });
  });

  it('has no adapter of that number: nothing was sent, and the place is named', async () => {
    const opened = await usbTransport('NO-SUCH-ADAPTER').open();
    expect(opened).toMatchObject({
      ok: false,
      error: { code: 'module-missing', outcome: 'not-issued', params: { place: 'usb:NO-SUCH-ADAPTER' } },
    });
  });

  it('can be watched, and no longer be watched', async () => {
    const stop = await watchUsb(() => undefined);
    expect(stop).not.toThrow();
  });
});

describe('an adapter is recognised', () => {
  const device = (more: Partial<UsbDevice>): UsbDevice =>
    ({ vendorId: 0x1234, productId: 1, deviceClass: 0, bus: '1', ports: [1], ...more }) as UsbDevice;
  const face = (interfaceNumber: number, interfaceClass: number, interfaceSubclass: number) => ({
    interfaceNumber,
    alternate: { interfaceClass, interfaceSubclass, endpoints: [] },
  });
  const modem = { configurationValue: 1, interfaces: [face(0, 2, 2), face(1, 10, 0)] };

  it('FTDI’s by its numbers, also where its interfaces may not be read', () => {
    const locked = device({ vendorId: 0x0403, productId: 0x6001 });
    Object.defineProperty(locked, 'configuration', {
      get: () => {
        throw new Error('open error: permission denied (errno 13)');
      },
    });
    expect(adapterOf(locked)?.name).toBe('ftdi');
  });

  it('a CDC one by its interfaces, whatever its class says', () => {
    for (const deviceClass of [0, 2, 0xef]) {
      expect(adapterOf(device({ deviceClass, configuration: modem }))?.name).toBe('cdc-acm');
    }
  });

  it('nothing else is: a hub, a keyboard, a disk, a network adapter', () => {
    const faces = [9, 3, 8].map((each) => ({ configurationValue: 1, interfaces: [face(0, each, 0)] }));
    const network = { configurationValue: 1, interfaces: [face(0, 2, 6), face(1, 10, 0)] };
    const found = [...faces, network].map((configuration) => adapterOf(device({ configuration })));
    expect(found.filter((adapter) => adapter !== undefined)).toEqual([]);
  });
});
