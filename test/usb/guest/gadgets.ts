import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  openSync,
  read,
  readFileSync,
  symlinkSync,
  write,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { Duplex } from 'node:stream';
import { SerialPort } from 'serialport';
import type { Adapter } from '../../../src/main/secure-module/sts6/transports/usb/adapters.ts';

/** USB devices made of the guest's own kernel (configfs) behind its dummy host controller. */

const CONFIGFS = '/sys/kernel/config/usb_gadget';

export type Gadget = {
  readonly serialNumber: string;
  readonly folder: string;
  plug(): void;
  unplug(): void;
};

type Plan = {
  readonly name: string;
  readonly controller: string;
  readonly productId: number;
  readonly serialNumber: string;
  /** The kernel's name of the function, `kind.instance`. */
  readonly function: string;
};

function gadget({ name, controller, productId, serialNumber, function: functionName }: Plan): Gadget {
  const root = path.join(CONFIGFS, name);
  const set = (file: string, text: string): void => writeFileSync(path.join(root, file), text);
  for (const folder of ['', 'strings/0x409', 'configs/c.1', `functions/${functionName}`]) {
    mkdirSync(path.join(root, folder), { recursive: true });
  }
  set('idVendor', '0x1209');
  set('idProduct', `0x${productId.toString(16)}`);
  set('strings/0x409/serialnumber', serialNumber);
  set('strings/0x409/product', name);
  symlinkSync(path.join(root, 'functions', functionName), path.join(root, 'configs/c.1', functionName));
  return {
    serialNumber,
    folder: root,
    plug: () => set('UDC', controller),
    unplug: () => set('UDC', '\n'),
  };
}

/** An adapter of vendor-specific bulk endpoints. It exists for these tests only: no module is known to have it. */
export const VENDOR_BULK: Adapter = {
  name: 'vendor-bulk',
  recognises: ({ vendorId, productId }) => vendorId === 0x1209 && productId <= 2,
  dataInterface: () => 0,
  controlInterface: () => undefined,
  setUp: [],
  headBytes: 0,
};

/** The kernel's own loopback device: what goes out comes in. */
export function loopbackGadget(run: string): Gadget {
  const plan = { name: `loop-${run}`, controller: 'dummy_udc.0', productId: 1, serialNumber: 'LOOP1' };
  return gadget({ ...plan, function: 'Loopback.0' });
}

/** A device with a far end in this guest: `serve` gets the stream to it, a new one whenever a plug makes one. */
export type Served = Gadget & { serve(work: (stream: Duplex) => void): void };

/** The kernel's CDC-ACM device. Its far end is hung up with every plug that is pulled. */
export function acmGadget(run: string): Served {
  const plan = { name: `acm-${run}`, controller: 'dummy_udc.1', productId: 3, serialNumber: 'ACM1' };
  const made = gadget({ ...plan, function: 'acm.usb0' });
  const number = readFileSync(path.join(made.folder, 'functions/acm.usb0/port_num'), 'utf8').trim();
  let serve = (_stream: Duplex): void => undefined;
  return {
    ...made,
    serve: (work) => void (serve = work),
    plug: () => {
      made.plug();
      // The one before was hung up, and may not have noticed yet: it must not keep the new one out.
      serve(new SerialPort({ path: `/dev/ttyGS${number}`, baudRate: 9600, lock: false }));
    },
  };
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

/** A block of functionfs.h: its kind, its length with this head, and what is in it. */
function block(kind: number, ...parts: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(kind);
  head.writeUInt32LE(8 + Buffer.concat(parts).length, 4);
  return Buffer.concat([head, ...parts]);
}

/** linux/usb/functionfs.h, second form: one vendor interface with a bulk endpoint each way, at both speeds. */
function functionDescriptors(): Buffer {
  const speed = (packetBytes: string): Buffer =>
    hex(`09 04 00 00 02 ff 00 00 01  07 05 01 02 ${packetBytes} 00  07 05 82 02 ${packetBytes} 00`);
  // Both speeds are there, with three descriptors each.
  const counts = hex('03000000 03000000 03000000');
  return block(3, counts, speed('4000'), speed('0002'));
}

/** One string in one language. */
function functionStrings(): Buffer {
  return block(2, hex('01000000 01000000 0904'), Buffer.from('module\0'));
}

const UNPLUGGED_MS = 20;

/** The device's two endpoint files as one stream. A read that ends with the plug begins again, a while after it. */
function endpointStream(folder: string): Duplex {
  const input = openSync(path.join(folder, 'ep1'), 'r');
  const output = openSync(path.join(folder, 'ep2'), 'w');
  const receive = (stream: Duplex): void =>
    read(input, Buffer.alloc(512), 0, 512, null, (error, count, bytes) => {
      // Without a plug every read ends at once.
      if (error) setTimeout(() => receive(stream), UNPLUGGED_MS).unref();
      else stream.push(bytes.subarray(0, count));
    });
  return new Duplex({
    read() {
      receive(this);
    },
    // An answer to a host that has gone is nobody's.
    write: (bytes: Buffer, _encoding, done) => write(output, bytes, () => done()),
  });
}

/** A device with two bulk endpoints of its own, out of FunctionFS; its far end is the stream. */
export function bulkGadget(run: string): Served {
  const plan = { name: `bulk-${run}`, controller: 'dummy_udc.0', productId: 2, serialNumber: 'BULK1' };
  const made = gadget({ ...plan, function: `ffs.${run}` });
  const folder = `/run/ffs-${run}`;
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'functionfs', run, folder]);
  const control = openSync(path.join(folder, 'ep0'), 'r+');
  writeSync(control, functionDescriptors());
  writeSync(control, functionStrings());
  return { ...made, serve: (work) => work(endpointStream(folder)) };
}
