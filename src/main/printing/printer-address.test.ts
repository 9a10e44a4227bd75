import { describe, expect, it } from 'vitest';
import { addressText, parsePrinterAddress, parseTcpAddress } from './printer-address.ts';

describe('the address of a network printer', () => {
  it.each([
    ['192.168.1.50:9100', { host: '192.168.1.50', port: 9100 }],
    ['printer:9100', { host: 'printer', port: 9100 }],
    ['till-printer.shop.example:9101', { host: 'till-printer.shop.example', port: 9101 }],
    ['[::1]:9100', { host: '::1', port: 9100 }],
    ['[fe80::1%eth0]:9100', { host: 'fe80::1%eth0', port: 9100 }],
  ])('%s', (text, address) => {
    expect(parseTcpAddress(text)).toEqual({ ok: true, value: address });
    expect(addressText(address)).toBe(text);
  });

  it.each([
    '',
    'printer',
    '192.168.1.50',
    '192.168.1.500:9100',
    '192.168.1:9100',
    '::1:9100',
    '[::1]',
    '[printer]:9100',
    'tcp://printer:9100',
    '/dev/usb/lp0',
    '\\\\.\\COM3',
    'printer:0',
    'printer:65536',
    'printer:91000000',
    ' printer:9100',
    'printer:9100/',
    '-printer:9100',
    'two words:9100',
  ])('%j is refused, and never a file', (text) => {
    expect(parseTcpAddress(text)).toEqual({ ok: false, error: { code: 'printer-address', text } });
  });
});

describe('a printer setting', () => {
  it.each([
    ['till:9100', { kind: 'tcp', to: { host: 'till', port: 9100 } }],
    ['device:/dev/usb/lp0', { kind: 'device', file: '/dev/usb/lp0', baud: null }],
    ['serial:/dev/ttyUSB0@38400', { kind: 'device', file: '/dev/ttyUSB0', baud: 38_400 }],
    ['cups:Till_1', { kind: 'spooler', queue: 'Till_1' }],
  ])('%s', (text, address) => {
    expect(parsePrinterAddress(text)).toEqual({ ok: true, value: address });
  });

  it.each([
    '/dev/usb/lp0',
    'device:/tmp/receipts',
    'device:/dev/../tmp/receipts',
    'device:lp0',
    'serial:/dev/ttyUSB0',
    'serial:/dev/ttyUSB0@12345',
    'cups:-o',
    'cups:two words',
    'usb:lp0',
  ])('%j is refused', (text) => {
    expect(parsePrinterAddress(text)).toEqual({ ok: false, error: { code: 'printer-address', text } });
  });
});
