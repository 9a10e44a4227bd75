import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { promisify } from 'node:util';
import {
  listUsbPlaces,
  ModuleManager,
  serialTransport,
  Sts6Line,
  sts6Module,
  usbTransport,
  watchPlugs,
  type ByteStream,
  type CreditRequest,
  type IssuedTokens,
  type MeterKeys,
  type SecureModule,
  type Transport,
} from '../../../src/main/secure-module/index.ts';
import { ADAPTERS } from '../../../src/main/secure-module/sts6/transports/usb/adapters.ts';
import {
  serveModule,
  type LineFault,
  type Sts6Simulator,
} from '../../../src/simulators/sts6-module/index.ts';
import { tidOfMinute } from '../../../src/sts/index.ts';
import { civilAtOffset, makeId, ok, unitsTenths, unixMs } from '../../../src/units/index.ts';
import type { Control } from './control.ts';
import { acmGadget, bulkGadget, loopbackGadget, VENDOR_BULK, type Served } from './gadgets.ts';
import type { Runtime, TestName } from './names.ts';
import { busEvents, pluggedIn } from './plugs.ts';
import { sellMany } from './sales.ts';

export type Guest = {
  readonly runtime: Runtime;
  readonly control: Control;
  readonly module: Sts6Simulator;
  /** How many sales the test with faults makes. */
  readonly sales: number;
};

const execute = promisify(execFile);
const ADAPTER = 'STS0001';
const KERNEL_PORT = '/dev/ttyUSB0';
const ANSWER_MS = 5_000;
const DAY_MS = 86_400_000;

const METER: MeterKeys = {
  pan: '600727000000000009',
  ea: 7,
  dkga: 4,
  sgc: '201457',
  krn: 1,
  keyType: 2,
  ti: 1,
  baseDate: 2014,
  ken: 255,
};

let minute = 0;
/** A credit for the next minute: no two tests share a token time. */
function credit(): CreditRequest {
  minute += 1;
  const tid = tidOfMinute(2014, civilAtOffset(unixMs(Date.now() + minute * 60_000), 120));
  assert(tid.ok);
  return {
    messageId: makeId<'message'>(Date.now(), randomBytes(10)),
    meter: METER,
    resource: 'electricity',
    unitsTenths: unitsTenths(421),
    tokenTime: { baseDate: 2014, tid: tid.value },
  };
}

type Behind = { readonly line: Sts6Line; readonly module: SecureModule };

async function behind<Value>(transport: Transport, work: (module: Behind) => Promise<Value>): Promise<Value> {
  const line = new Sts6Line(transport, { timeoutMs: ANSWER_MS });
  const module = sts6Module(line, { profile: 'training', nowUnixMs: () => unixMs(Date.now()) });
  try {
    return await work({ line, module });
  } finally {
    await module.close();
  }
}

/** A token that the module itself decodes to what was asked. */
async function assertGood(module: SecureModule, request: CreditRequest, issued: IssuedTokens): Promise<void> {
  const verdict = await module.verify(issued.tokens[0]?.digits ?? '', METER);
  assert(verdict.ok && verdict.value.good, JSON.stringify(verdict));
  assert.deepEqual(verdict.value.tokenTime, request.tokenTime);
  assert.equal(verdict.value.unitsTenths, 421);
}

async function sell(module: SecureModule): Promise<void> {
  const request = credit();
  const issued = await module.issueCredit(request);
  assert(issued.ok, JSON.stringify(issued));
  await assertGood(module, request, issued.value);
}

async function untilThere(file: string): Promise<void> {
  const watcher = watch('/dev');
  try {
    while (!existsSync(file)) await once(watcher, 'change');
  } finally {
    watcher.close();
  }
}

async function failOf(module: SecureModule, request: CreditRequest): Promise<string> {
  const answer = await module.issueCredit(request);
  return answer.ok ? 'issued' : `${answer.error.code} ${answer.error.outcome}`;
}

const MOST_ASKS = 10;

/** A device that was just put back may not open at once: nothing is asked of it then, and a person asks again. */
async function askedUntilThere(
  module: SecureModule,
  request: CreditRequest,
): ReturnType<SecureModule['issueCredit']> {
  for (let asks = 1; ; asks += 1) {
    const answer = await module.issueCredit(request);
    if (answer.ok || answer.error.outcome === 'unknown' || asks === MOST_ASKS) return answer;
  }
}

/** A first answer is lost with its plug; the same request at the same token time gives one good token. */
async function pulledOut(
  serialNumber: string,
  module: SecureModule,
  pull: () => unknown,
  back: () => unknown,
): Promise<void> {
  const events = await busEvents();
  await sell(module);
  const request = credit();
  await pull();
  assert.equal(await failOf(module, request), 'module-disconnected unknown');
  await events.next('disconnect');
  await back();
  await events.next('connect');
  events.stop();
  await pluggedIn(serialNumber);
  const again = await askedUntilThere(module, request);
  assert(again.ok, JSON.stringify(again));
  await assertGood(module, request, again.value);
}

async function bytesBack(stream: ByteStream, sent: Uint8Array): Promise<Buffer> {
  let got = Buffer.alloc(0);
  const writing = stream.write(sent);
  while (got.length < sent.length) {
    const part = await stream.read();
    assert(part, 'the stream ended');
    got = Buffer.concat([got, part]);
  }
  await writing;
  return got;
}

/** A sale over a device of the guest's own, whose module sits at its far end; then one that the plug cuts. */
async function gadgetSale(guest: Guest, device: Served): Promise<void> {
  const faults: LineFault[] = [];
  const setup = {
    serviceMs: { token: 0, other: 0 },
    lateMs: 0,
    nextFault: () => faults.shift() ?? 'none',
  };
  device.serve((stream) => serveModule(guest.module, stream, () => device.unplug(), setup));
  device.plug();
  await pluggedIn(device.serialNumber);
  await behind(usbTransport(device.serialNumber, [VENDOR_BULK, ...ADAPTERS]), async ({ module }) => {
    await pulledOut(
      device.serialNumber,
      module,
      () => faults.push('unplug-after'),
      () => device.plug(),
    );
  });
  device.unplug();
}

export const SCENARIOS: Readonly<Record<TestName, (guest: Guest) => Promise<void>>> = {
  'the bus lists the adapter with its maker and number': async () => {
    const places = await listUsbPlaces();
    assert(places.ok);
    const found = places.value.find(({ serialNumber }) => serialNumber === ADAPTER);
    assert.deepEqual(found && [found.adapter, found.vendorId, found.productId], ['ftdi', 0x0403, 0x6001]);
    assert.match(found?.maker ?? '', /QEMU/u);
  },

  'a sale through the adapter, which the kernel’s driver gets back afterwards': async () => {
    await untilThere(KERNEL_PORT);
    await behind(usbTransport(ADAPTER), async ({ module }) => {
      await sell(module);
      assert(!existsSync(KERNEL_PORT), 'the kernel’s driver is still there');
    });
    await untilThere(KERNEL_PORT);
  },

  'a second opening of the adapter is told that it is busy': async () => {
    const first = await usbTransport(ADAPTER).open();
    assert(first.ok, JSON.stringify(first));
    const second = await usbTransport(ADAPTER).open();
    assert.equal(second.ok ? 'open' : second.error.code, 'module-busy');
    await first.value.close();
    const third = await usbTransport(ADAPTER).open();
    assert(third.ok, JSON.stringify(third));
    await third.value.close();
  },

  'an account without the right is told so': async () => {
    const [, program = ''] = process.argv;
    const { stdout } = await execute(process.execPath, [program, 'without-rights', ADAPTER]);
    assert.deepEqual(JSON.parse(stdout), { opened: 'module-permission', isListed: true });
  },

  'the kernel’s own driver and serialport carry the same sale': async () => {
    await untilThere(KERNEL_PORT);
    await behind(serialTransport(KERNEL_PORT), async ({ module }) => sell(module));
  },

  'pulled out in the middle of a sale: unknown, heard of, and good again once it is back': async ({
    control,
  }) => {
    await behind(usbTransport(ADAPTER), async ({ module }) => {
      const pull = () => control.ask({ order: 'fault', faults: ['unplug-after'] });
      await pulledOut(ADAPTER, module, pull, () => undefined);
    });
  },

  'the manager of modules hears the plug go and come back': async ({ control }) => {
    const line = new Sts6Line(usbTransport(ADAPTER), { timeoutMs: ANSWER_MS });
    const module = sts6Module(line, { profile: 'training', nowUnixMs: () => unixMs(Date.now()) });
    const changed = new EventTarget();
    const manager = new ModuleManager([{ driver: 'sts6', place: ADAPTER, module: ok(module) }], {
      nowUnixMs: () => unixMs(Date.now()),
      // It never looks by itself: what it knows, it has heard.
      lookMs: { well: DAY_MS, ill: DAY_MS },
      onChange: () => changed.dispatchEvent(new Event('status')),
    });
    const until = async (status: string): Promise<void> => {
      while (manager.status.status !== status) await once(changed, 'status');
    };
    const stop = await watchPlugs(() => void manager.lookAfresh());
    try {
      await manager.look();
      await until('ready');
      await control.ask({ order: 'unplug' });
      await until('missing');
      await control.ask({ order: 'plug' });
      await until('ready');
    } finally {
      stop();
      await manager.close();
    }
  },

  'asleep and awake again': async () => {
    await behind(usbTransport(ADAPTER), async ({ line, module }) => {
      await sell(module);
      await line.suspend();
      assert.equal(await failOf(module, credit()), 'module-missing not-issued');
      line.resume();
      await sell(module);
    });
  },

  'the kernel’s loopback device gives every byte back, and its plug is heard': async ({ runtime }) => {
    const device = loopbackGadget(runtime);
    device.plug();
    await pluggedIn(device.serialNumber);
    const events = await busEvents();
    const opened = await usbTransport(device.serialNumber, [VENDOR_BULK]).open();
    assert(opened.ok, JSON.stringify(opened));
    const sent = randomBytes(20_000);
    assert.deepEqual(await bytesBack(opened.value, sent), sent);
    const rest = opened.value.read();
    device.unplug();
    assert.equal(await rest, null);
    await events.next('disconnect');
    await opened.value.close();
    device.plug();
    await events.next('connect');
    events.stop();
    device.unplug();
    await pluggedIn(device.serialNumber, false);
  },

  'a sale through a CDC-ACM adapter, pulled out in the middle of the next': (guest) =>
    gadgetSale(guest, acmGadget(guest.runtime)),

  'a sale through bulk endpoints, pulled out in the middle of the next': (guest) =>
    gadgetSale(guest, bulkGadget(guest.runtime)),

  'sales with a fault in every third command': ({ control, sales }) => sellMany(control, ADAPTER, sales),
};
