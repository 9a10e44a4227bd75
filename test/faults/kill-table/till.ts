import { randomBytes } from 'node:crypto';
import { Socket } from 'node:net';
import { parseArgs } from 'node:util';
import { bindingFromEnvironment } from '../../../src/cli/open.ts';
import { openStation, type Station } from '../../../src/main/station/index.ts';
import { amountMinor } from '../../../src/units/index.ts';

/**
 * A till that sells once, to each of `--pans`, and goes no further than it is told: it dies at a moment that only it
 * knows, or stands still there until it is killed. A line on standard output is what its cashier was told.
 */
const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: '' },
    passphrase: { type: 'string', default: '' },
    pans: { type: 'string', default: '' },
    printer: { type: 'string' },
    ends: { type: 'string', default: 'never' },
  },
});

/** Where the till ends by itself: before (1), inside (3), before (4), and inside (4). */
export type End =
  | 'never'
  | 'dies-before-intent'
  | 'dies-while-recording'
  | 'dies-when-recorded'
  | 'dies-before-first-byte'
  | 'stands-when-handed-over'
  | 'stands-when-sent';

const AMOUNT_MINOR = amountMinor(10_000);
const ends = values.ends as End;
let selling = false;

function die(at: End): void {
  if (ends === at) process.kill(process.pid, 'SIGKILL');
}

/** Nothing of this program runs any more; the kernel still sends what it was given. */
function stand(at: End): void {
  if (ends === at) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** Questions and the drawer's kick are shorter, a slip is longer. */
const SHORT_BYTES = 100;
type Write = (this: Socket, bytes: Uint8Array | string, ...more: readonly unknown[]) => boolean;
const write = Reflect.get(Socket.prototype, 'write') as Write;
/** Stands once a whole slip was given to the kernel: the queue never hears of it. */
const standingWrite: Write = function (this: Socket, bytes, ...more) {
  const went = write.call(this, bytes, ...more);
  const isPrinter = values.printer?.endsWith(`:${this.remotePort}`) === true;
  if (isPrinter && bytes.length > SHORT_BYTES) stand('stands-when-handed-over');
  return went;
};
Reflect.set(Socket.prototype, 'write', standingWrite);

async function open(): Promise<Station> {
  const opened = await openStation({
    dataFolder: values.folder,
    profile: 'training',
    passphrase: values.passphrase,
    now: Date.now,
    random: (bytes) => {
      if (selling) die('dies-before-intent');
      return randomBytes(bytes);
    },
    // Asked for while the sale's slip is made, which is in the recording transaction.
    fiscal: () => {
      die('dies-while-recording');
      return null;
    },
    ...(values.printer === undefined ? {} : { printerAddress: values.printer }),
    ...bindingFromEnvironment(),
  });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

const station = await open();
const session = station.newSession();
session.operator = { operatorId: 'amina', name: 'Amina', role: 'cashier' };
station.subscribe(() => {
  const [job] = station.printing.open();
  if (job?.state === 'sending') die('dies-before-first-byte');
  if (job?.state === 'sent') stand('stands-when-sent');
});
const items = [];
for (const pan of values.pans.split(',')) {
  const quote = await station.handlers['sale.quote']({ pan, amountMinor: AMOUNT_MINOR }, session);
  if (!quote.ok) throw new Error(quote.error.code);
  const { unitsTenths } = quote.value;
  items.push({ requestId: station.newId(), pan, amountMinor: AMOUNT_MINOR, quotedUnitsTenths: unitsTenths });
}
const tender = { kind: 'cash' as const, receivedMinor: AMOUNT_MINOR * items.length };
const basketId = station.newId();
selling = true;
const [only] = items;
if (items.length === 1 && only) await station.handlers['sale.vend']({ ...only, tender }, session);
else await station.handlers['basket.vend']({ requestId: basketId, items, tender }, session);
die('dies-when-recorded');
process.stdout.write('told\n');
setInterval(() => undefined, 60_000);
