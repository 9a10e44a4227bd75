/** The STS6 driver: one codec and one module over any byte stream. */
export type { ByteStream, Transport } from './byte-stream.ts';
export { Sts6Line, type LineOptions } from './line.ts';
export { sts6Module, type Sts6Deps } from './sts6-module.ts';
export { watchPlugs } from './transports/plugs.ts';
export {
  listSerialPlaces,
  serialNumberTransport,
  serialTransport,
  type SerialPlace,
} from './transports/serial.ts';
export { tcpTransport } from './transports/tcp.ts';
export { listUsbPlaces, usbTransport, watchUsb, type UsbPlace } from './transports/usb/usb.ts';
