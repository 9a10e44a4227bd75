import { err, ok, type Result } from '../../units/index.ts';

/** Where a printer is reached over the network. */
export type TcpAddress = { readonly host: string; readonly port: number };

export type AddressError = { readonly code: 'printer-address'; readonly text: string };

const NAME =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/iu;
const IPV6 = /^[0-9a-f:.]{2,45}(?:%[a-z0-9]{1,16})?$/iu;

/**
 * Reads `host:port` or `[ipv6]:port`. Anything else is an error with the text that was given: a mistyped
 * address never becomes the name of a file.
 */
export function parseTcpAddress(text: string): Result<TcpAddress, AddressError> {
  const match = /^(?:\[([^\]]+)\]|([^:[\]/\\\s]+)):(\d{1,5})$/u.exec(text);
  const refused = err({ code: 'printer-address', text: text.slice(0, 100) } as const);
  if (!match) return refused;
  const [, six, name, digits] = match;
  const port = Number(digits);
  const host = six ?? name ?? '';
  const valid = six === undefined ? isHost(host) : IPV6.test(six) && six.includes(':');
  return valid && port >= 1 && port <= 65_535 ? ok({ host, port }) : refused;
}

/** A name, or an IPv4 address whose four numbers are in range. */
function isHost(host: string): boolean {
  if (!NAME.test(host)) return false;
  const numeric = /^[\d.]+$/u.test(host);
  const parts = host.split('.');
  return !numeric || (parts.length === 4 && parts.every((part) => Number(part) <= 255));
}

export function addressText({ host, port }: TcpAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Each way to a printer has its own beginning; a network address has none. */
export type PrinterAddress =
  | { readonly kind: 'tcp'; readonly to: TcpAddress }
  | { readonly kind: 'device'; readonly file: string; readonly baud: number | null }
  | { readonly kind: 'spooler'; readonly queue: string };

/** Speeds that receipt printers have switches for. */
const BAUDS = [4_800, 9_600, 19_200, 38_400, 57_600, 115_200];
const DEVICE = '/dev/[A-Za-z0-9_-]+(?:/[A-Za-z0-9_.:-]+){0,4}';

/**
 * Reads a printer setting: `host:port`, `device:/dev/usb/lp0`, `serial:/dev/ttyUSB0@9600` or `cups:queue`.
 * A file is only ever one that the setting calls a device.
 */
export function parsePrinterAddress(text: string): Result<PrinterAddress, AddressError> {
  const [, device] = new RegExp(`^device:(${DEVICE})$`, 'u').exec(text) ?? [];
  const [, serial, baud] = new RegExp(`^serial:(${DEVICE})@(\\d{4,6})$`, 'u').exec(text) ?? [];
  const [, queue] = /^cups:([A-Za-z0-9_][A-Za-z0-9_-]{0,126})$/u.exec(text) ?? [];
  const refused = err({ code: 'printer-address', text: text.slice(0, 100) } as const);
  if (text.includes('..')) return refused;
  if (device) return ok({ kind: 'device', file: device, baud: null });
  if (serial) {
    return BAUDS.includes(Number(baud)) ? ok({ kind: 'device', file: serial, baud: Number(baud) }) : refused;
  }
  if (queue) return ok({ kind: 'spooler', queue });
  const tcp = parseTcpAddress(text);
  return tcp.ok ? ok({ kind: 'tcp', to: tcp.value }) : tcp;
}
