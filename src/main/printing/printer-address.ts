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
