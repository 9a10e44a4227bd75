import type { UsbDevice } from './usb-device.ts';

type Control = {
  readonly type: 'vendor' | 'class';
  readonly recipient: 'device' | 'interface';
  readonly request: number;
  readonly value: number;
  readonly data?: Uint8Array;
};

/** One way of carrying a serial line over USB, as data: how it is recognised, set up and read. */
export type Adapter = {
  readonly name: string;
  /** Whether a device is of this kind, as far as can be seen without opening it. */
  readonly recognises: (device: UsbDevice) => boolean;
  /** The interface with the two bulk endpoints of an open device, or undefined when it has none. */
  readonly dataInterface: (device: UsbDevice) => number | undefined;
  /** Interfaces that are claimed beside it. */
  readonly controlInterface: (device: UsbDevice) => number | undefined;
  /** 9600 baud, eight bits, no parity, one stop bit, no flow control, both lines up. */
  readonly setUp: readonly Control[];
  /** Bytes at the head of every packet that are the adapter's own. */
  readonly headBytes: number;
};

const FTDI_VENDOR = 0x0403;
const FTDI_PRODUCTS: readonly number[] = [0x6001, 0x6010, 0x6011, 0x6014, 0x6015];
const COMMUNICATIONS = 2;
const ABSTRACT_CONTROL = 2;
const DATA = 10;
/** A device of that class, one that leaves it to its interfaces, or one of several functions. */
const CLASSES_OF_CDC: readonly number[] = [COMMUNICATIONS, 0, 0xef];
const VENDOR_SPECIFIC = 0xff;

function interfaceWith(device: UsbDevice, ...wanted: readonly (number | undefined)[]): number | undefined {
  const [interfaceClass, subclass] = wanted;
  return device.configuration?.interfaces.find(
    ({ alternate }) =>
      alternate.interfaceClass === interfaceClass &&
      (subclass === undefined || alternate.interfaceSubclass === subclass),
  )?.interfaceNumber;
}

const ftdi = (request: number, value: number): Control => ({
  type: 'vendor',
  recipient: 'device',
  request,
  value,
});

/**
 * FTDI's converters. Requests as the kernel's own driver makes them: reset, 8N1, no flow control, a divisor of
 * 312½ of 3 MHz, a packet at least every 2 ms, DTR and RTS up. Each packet in begins with two bytes of status.
 */
const FTDI: Adapter = {
  name: 'ftdi',
  recognises: ({ vendorId, productId }) => vendorId === FTDI_VENDOR && FTDI_PRODUCTS.includes(productId),
  dataInterface: (device) => interfaceWith(device, VENDOR_SPECIFIC),
  controlInterface: () => undefined,
  setUp: [ftdi(0, 0), ftdi(4, 0x0008), ftdi(2, 0), ftdi(3, 0x4138), ftdi(9, 2), ftdi(1, 0x0303)],
  headBytes: 2,
};

/** Line coding of CDC PSTN 1.2 §6.3.11: rate, one stop bit, no parity, eight bits. */
const LINE_CODING = Uint8Array.of(0x80, 0x25, 0, 0, 0, 0, 8);

/** Network adapters have a data interface too: only the one that controls it tells them apart. */
const acmInterface = (device: UsbDevice): number | undefined =>
  interfaceWith(device, COMMUNICATIONS, ABSTRACT_CONTROL);

const CDC_ACM: Adapter = {
  name: 'cdc-acm',
  recognises: ({ deviceClass }) => CLASSES_OF_CDC.includes(deviceClass),
  dataInterface: (device) => (acmInterface(device) === undefined ? undefined : interfaceWith(device, DATA)),
  controlInterface: acmInterface,
  setUp: [
    { type: 'class', recipient: 'interface', request: 0x20, value: 0, data: LINE_CODING },
    { type: 'class', recipient: 'interface', request: 0x22, value: 3 },
  ],
  headBytes: 0,
};

/** Adapters that modules come with. No protocol over vendor-specific bulk endpoints has been published. */
export const ADAPTERS: readonly Adapter[] = [FTDI, CDC_ACM];

/** Whether the interfaces of a device that may be a CDC one say so; they can't be read without the right to it. */
function hasInterfaces(device: UsbDevice, adapter: Adapter): boolean {
  try {
    return adapter.dataInterface(device) !== undefined;
  } catch {
    return device.deviceClass === COMMUNICATIONS;
  }
}

/** The adapter that a device is, or undefined. */
export function adapterOf(device: UsbDevice, adapters: readonly Adapter[] = ADAPTERS): Adapter | undefined {
  return adapters.find(
    (adapter) => adapter.recognises(device) && (adapter === FTDI || hasInterfaces(device, adapter)),
  );
}
