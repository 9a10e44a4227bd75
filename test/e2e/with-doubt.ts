import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { upsertCustomer, upsertMeter } from '../../src/main/directory/index.ts';
import { openStation } from '../../src/main/station/index.ts';
import { openWriter } from '../../src/main/store/index.ts';
import { PUBLISHED_TEST_KEYS, Sts6Server, Sts6Simulator } from '../../src/simulators/sts6-module/index.ts';
import { makeId } from '../../src/units/index.ts';

// Makes the data folder that is named one of a till whose module went away in the middle of a sale, three quarters of
// an hour ago: nothing listens where it was, and a software module serves. Thandi Nkosi has a new meter beside the one that she bought for. A program
// of its own, because a clock that stands in the past belongs to no till that a person opens.

const dataFolder = process.argv[2] ?? '';
const now = (): number => Date.now() - 45 * 60_000;
const random = (bytes: number): Uint8Array => randomBytes(bytes);
const THANDI = '600727001234567821';
const SIPHO = '600727004260468435';

let isGoing = false;
const module = new Sts6Simulator({
  moduleId: 'VSM-SIM-0001',
  keys: PUBLISHED_TEST_KEYS,
  capacity: 20,
  nowUnixMs: now,
  windowMs: 2 * 86_400_000,
  transactions: 1_000_000,
});
const server = new Sts6Server(module, {
  serviceMs: { token: 0, other: 0 },
  lateMs: 8_000,
  nextFault: (command) => (isGoing && command === 'VC' ? 'unplug-after' : 'none'),
});
const port = await server.listen();

mkdirSync(dataFolder, { recursive: true });
const settings = {
  version: 1,
  profile: 'training',
  stationId: 'T014',
  stationName: 'Kiosk 014',
  receiptHeader: ['Acacia Power'],
  currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
  zone: 'Africa/Johannesburg',
  supplyGroups: { '123456': { offsetMinutes: 120 }, '201457': { offsetMinutes: 120 } },
  printer: null,
  receiptColumns: 48,
  // Notes of its own: no other till here has them.
  cashKeysMinor: [5_000, 15_000, 30_000],
  modules: [{ driver: 'sts6', host: '127.0.0.1', port }, { driver: 'software' }],
};
writeFileSync(path.join(dataFolder, 'station.json'), JSON.stringify(settings));
const opened = await openStation({ dataFolder, profile: 'training', now, random });
if (!opened.ok) throw new Error(opened.error.code);
const station = opened.value;
const session = station.newSession();
await station.handlers['operators.signIn']({ name: 'Amina', pin: '1234' }, session);

async function sell(pan: string): Promise<string> {
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
  return sale.ok ? sale.value.state : sale.error.code;
}

const bought = await sell(THANDI);
isGoing = true;
const lost = await sell(SIPHO);
await station.close();
await server.close();
if (bought !== 'recorded' || lost !== 'in-doubt') throw new Error(`${bought}, ${lost}`);

const directory = openWriter('directory', path.join(dataFolder, 'directory.db'));
if (!directory.ok) throw new Error(directory.error.code);
directory.value.transaction((tx) => {
  const customerId = 'thandi-at-work';
  const phone = '+27 82 555 0101';
  upsertCustomer(tx, { customerId, name: 'Thandi Nkosi', account: '100299', phone, address: '4 Mill Lane' });
  const meter = {
    ea: 7,
    dkga: 4,
    sgc: '201457',
    krn: 1,
    ti: 1,
    keyType: 2,
    baseDate: 2014,
    ken: 255,
  } as const;
  const more = { resource: 'electricity', tariffId: 'home-flat', blockedReason: null } as const;
  const made = upsertMeter(tx, { ...meter, ...more, meterNumber: '00111111118', customerId });
  if (!made.ok) throw new Error(made.error.code);
});
directory.value.close();
