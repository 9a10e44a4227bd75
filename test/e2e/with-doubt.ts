import { upsertCustomer, upsertMeter } from '../../src/main/directory/index.ts';
import { PUBLISHED_TEST_KEYS, Sts6Server, Sts6Simulator } from '../../src/simulators/sts6-module/index.ts';
import {
  modulesAt,
  openDatabase,
  openTraining,
  sell,
  signInAmina,
  THANDI,
  writeTrainingSettings,
} from './training-folder.ts';

// Makes the data folder that is named one of a till whose module went away in the middle of a sale, three quarters of
// an hour ago: nothing listens where it was, and a software module serves. Thandi Nkosi has a new meter beside the one that she bought for. A program
// of its own, because a clock that stands in the past belongs to no till that a person opens.

const dataFolder = process.argv[2] ?? '';
const now = (): number => Date.now() - 45 * 60_000;
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

// Notes of its own: no other till here has them.
writeTrainingSettings(dataFolder, { cashKeysMinor: [5_000, 15_000, 30_000], modules: modulesAt(port) });
const station = await openTraining(dataFolder, now);
const session = await signInAmina(station);
const stateOf = async (pan: string): Promise<string> => {
  const sale = await sell(station, session, pan, now);
  return sale.ok ? sale.value.state : sale.error.code;
};
const bought = await stateOf(THANDI);
isGoing = true;
const lost = await stateOf(SIPHO);
await station.close();
await server.close();
if (bought !== 'recorded' || lost !== 'in-doubt') throw new Error(`${bought}, ${lost}`);

const directory = openDatabase(dataFolder, 'directory');
directory.transaction((tx) => {
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
directory.close();
