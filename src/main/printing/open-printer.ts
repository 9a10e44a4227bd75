import { deviceLink } from './device-link.ts';
import type { OpenLink } from './link.ts';
import type { PrinterAddress } from './printer-address.ts';
import { spoolerLink } from './spooler-link.ts';
import { tcpLink } from './tcp-link.ts';

/** The line that a printer's address stands for. */
export function printerLink(address: PrinterAddress): OpenLink {
  switch (address.kind) {
    case 'tcp':
      return tcpLink(address.to);
    case 'device':
      return deviceLink(address.file, address.baud);
    case 'spooler':
      return spoolerLink(address.queue);
  }
}
