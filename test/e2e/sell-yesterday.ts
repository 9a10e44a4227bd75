import { randomBytes } from 'node:crypto';
import { openStation } from '../../src/main/station/index.ts';
import { makeId } from '../../src/units/index.ts';

// Makes the data folder that is named one of a till at which Thandi Nkosi bought for 100.00 a day ago: a program
// of its own, because a clock that stands in the past belongs to no till that a person opens.

const DAY_MS = 86_400_000;
const now = (): number => Date.now() - DAY_MS;
const random = (bytes: number): Uint8Array => randomBytes(bytes);

const opened = await openStation({ dataFolder: process.argv[2] ?? '', profile: 'training', now, random });
if (!opened.ok) throw new Error(opened.error.code);
const station = opened.value;
const session = station.newSession();
const signedIn = await station.handlers['operators.signIn']({ name: 'Amina', pin: '1234' }, session);
if (!signedIn.ok) throw new Error(signedIn.error.code);
const pan = '600727001234567821';
const quote = await station.handlers['sale.quote']({ pan, amountMinor: 10_000 }, session);
if (!quote.ok) throw new Error(quote.error.code);
const sale = await station.handlers['sale.vend'](
  {
    requestId: makeId(now(), random(10)),
    pan,
    amountMinor: 10_000,
    quotedUnitsTenths: quote.value.unitsTenths,
    tender: { kind: 'cash', receivedMinor: 10_000 },
  },
  session,
);
if (!sale.ok) throw new Error(sale.error.code);
if (sale.value.printJob) await station.printing.settled(sale.value.printJob.jobId);
await station.close();
