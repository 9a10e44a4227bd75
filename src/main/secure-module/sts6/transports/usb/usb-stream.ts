import { readlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { UsbDevice } from './usb-device.ts';
import { err, ok, type Result } from '../../../../../units/index.ts';
import type { ByteStream } from '../../byte-stream.ts';
import type { Adapter } from './adapters.ts';
import { usbTrouble, type UsbTrouble } from './usb-errors.ts';

/** How long one read waits: `close` waits for it, and nothing may cut it short. */
const READ_SLICE_MS = 250;
/** A read that runs out of time at once, so often in a row, is one of a device that has gone. */
const MOST_EARLY_READS = 20;
const WRITE_MS = 2_000;

type Ends = { readonly input: number; readonly output: number; readonly packetBytes: number };

/** Runs one request of the library; its errors become words here and nowhere else. */
async function tried<Value>(work: () => Promise<Value>): Promise<Result<Value, UsbTrouble>> {
  try {
    return ok(await work());
  } catch (error) {
    return err(usbTrouble(error));
  }
}

function endsOf(device: UsbDevice, interfaceNumber: number): Ends | undefined {
  const found = device.configuration?.interfaces.find((each) => each.interfaceNumber === interfaceNumber);
  const bulk = found?.alternate.endpoints.filter(({ type }) => type === 'bulk') ?? [];
  const input = bulk.find(({ direction }) => direction === 'in');
  const output = bulk.find(({ direction }) => direction === 'out');
  return input && output
    ? { input: input.endpointNumber, output: output.endpointNumber, packetBytes: input.packetSize }
    : undefined;
}

/**
 * Which driver of the Linux kernel has an interface, by the system's own tree. `usbfs` is another program: a
 * kernel driver may be sent away, a program never.
 */
async function kernelDriver(device: UsbDevice, interfaceNumber: number): Promise<string | undefined> {
  const place = `${Number(device.bus)}-${device.ports.join('.')}`;
  const configuration = device.configuration?.configurationValue ?? 1;
  const link = `/sys/bus/usb/devices/${place}:${configuration}.${interfaceNumber}/driver`;
  return readlink(link).then(
    (target) => path.basename(target),
    () => undefined,
  );
}

/** An opened adapter as a stream of the bytes that are the module's. */
class UsbStream implements ByteStream {
  readonly #device: UsbDevice;
  readonly #ends: Ends;
  readonly #headBytes: number;
  readonly #claimed: readonly number[];
  readonly #detached: readonly number[];
  #reading: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(device: UsbDevice, ends: Ends, headBytes: number, held: Held) {
    this.#device = device;
    this.#ends = ends;
    this.#headBytes = headBytes;
    this.#claimed = held.claimed;
    this.#detached = held.detached;
  }

  read(): Promise<Uint8Array | null> {
    const read = this.#next();
    this.#reading = read;
    return read;
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      if (this.#ended) throw new Error('the device is closed');
      const done = await this.#device.transferOut(
        this.#ends.output,
        Uint8Array.from(bytes.subarray(at)),
        WRITE_MS,
      );
      if (done.status !== 'ok' || done.bytesWritten <= 0) throw new Error('the device took no bytes');
      at += done.bytesWritten;
    }
  }

  async close(): Promise<void> {
    this.#ended = true;
    // A device that is closed under a read stays open and can't be opened again.
    await this.#reading;
    await letGo(this.#device, { claimed: this.#claimed, detached: this.#detached });
  }

  /** One packet at a time: a read that runs out of time throws away what it had. */
  async #next(): Promise<Uint8Array | null> {
    const { input, packetBytes } = this.#ends;
    let early = 0;
    while (!this.#ended && early < MOST_EARLY_READS) {
      const begun = performance.now();
      const read = await tried(() => this.#device.transferIn(input, packetBytes, READ_SLICE_MS));
      if (!read.ok && read.error === 'late') {
        early = performance.now() - begun < READ_SLICE_MS / 2 ? early + 1 : 0;
        continue;
      }
      if (!read.ok || read.value.status !== 'ok' || !read.value.data) break;
      const { data } = read.value;
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).subarray(this.#headBytes);
      if (bytes.length > 0) return bytes;
    }
    this.#ended = true;
    return null;
  }
}

type Held = { readonly claimed: readonly number[]; readonly detached: readonly number[] };

/** Gives everything back, last first; of a device that is gone nothing is left to give back. */
async function letGo(device: UsbDevice, { claimed, detached }: Held): Promise<void> {
  for (const number of claimed.toReversed()) await tried(() => device.releaseInterface(number));
  for (const number of detached) await tried(() => device.attachKernelDriver(number));
  await tried(() => device.close());
}

/** The kernel needs a moment to bind its driver, and to let go of it: an interface is busy then, with nobody's name. */
const SETTLE_TRIES = 10;
const SETTLE_MS = 50;

async function claim(device: UsbDevice, number: number): Promise<Result<'free' | 'detached', UsbTrouble>> {
  let detached = false;
  for (let tries = 1; ; tries += 1) {
    const claimed = await tried(() => device.claimInterface(number));
    if (claimed.ok) return ok(detached ? 'detached' : 'free');
    const driver = claimed.error === 'busy' ? await kernelDriver(device, number) : 'usbfs';
    if (driver === 'usbfs' || tries === SETTLE_TRIES) {
      if (detached) await tried(() => device.attachKernelDriver(number));
      return claimed;
    }
    if (driver === undefined) {
      await wait(SETTLE_MS);
      continue;
    }
    const away = await tried(() => device.detachKernelDriver(number));
    if (!away.ok) return away;
    detached = true;
  }
}

async function setUp(device: UsbDevice, adapter: Adapter, index: number): Promise<Result<null, UsbTrouble>> {
  for (const { type, recipient, request, value, data } of adapter.setUp) {
    const setup = { requestType: type, recipient, request, value, index } as const;
    // The library wants bytes even where there are none.
    const sent = await tried(() => device.controlTransferOut(setup, Uint8Array.from(data ?? [])));
    if (!sent.ok) return sent;
  }
  return ok(null);
}

type Interfaces = { readonly control: number | undefined; readonly data: number; readonly ends: Ends };

function interfacesOf(device: UsbDevice, adapter: Adapter): Interfaces | undefined {
  const data = adapter.dataInterface(device);
  const ends = data === undefined ? undefined : endsOf(device, data);
  return data === undefined || !ends ? undefined : { control: adapter.controlInterface(device), data, ends };
}

/** Opens an adapter, without the kernel's driver where there is one, and sets its line. */
export async function openUsbStream(
  device: UsbDevice,
  adapter: Adapter,
): Promise<Result<ByteStream, UsbTrouble>> {
  const opened = await tried(() => device.open());
  if (!opened.ok) return opened;
  const claimed: number[] = [];
  const detached: number[] = [];
  const fail = async (trouble: UsbTrouble): Promise<Result<ByteStream, UsbTrouble>> => {
    await letGo(device, { claimed, detached });
    return err(trouble);
  };
  const found = await tried(async () => interfacesOf(device, adapter));
  if (!found.ok || !found.value) return fail(found.ok ? 'other' : found.error);
  const { control, data, ends } = found.value;
  for (const number of [control, data].filter((each) => each !== undefined)) {
    const got = await claim(device, number);
    if (!got.ok) return fail(got.error);
    claimed.push(number);
    if (got.value === 'detached') detached.push(number);
  }
  const ready = await setUp(device, adapter, control ?? 0);
  return ready.ok
    ? ok(new UsbStream(device, ends, adapter.headBytes, { claimed, detached }))
    : fail(ready.error);
}
