import { SAMPLE_TARIFFS } from '../../src/main/directory/sample-data.ts';
import { putMeterAccount, putTariffVersion } from '../../src/main/directory/index.ts';
import { addOperator } from '../../src/main/operators/index.ts';
import { openDatabase, openTraining, THANDI, ZONE } from './training-folder.ts';

// Makes the data folder that is named one whose price list gives 50 kWh a month for nothing and 5 with a purchase, and where Thandi Nkosi
// owes 250.00 on a loan. With `used-up` behind it, no more than those 5 may be had in a month. A program of its own, because the till holds the folder while it is open.

const [, , dataFolder = '', isUsedUp] = process.argv;
await (await openTraining(dataFolder)).close();

const [flat] = SAMPLE_TARIFFS;
if (!flat) throw new Error('no sample tariff');
const lifeline = {
  id: 'lifeline',
  label: 'Free basic electricity',
  units: '50',
  every: { months: 1 },
  homeStationOnly: true,
  withPurchaseOnly: false,
};
const gift = {
  ...lifeline,
  id: 'gift',
  label: 'Winter relief',
  units: '5',
  homeStationOnly: false,
  withPurchaseOnly: true,
  ...(isUsedUp ? { countsIn: 'month' } : {}),
};
const window = {
  windows: { month: { every: { months: 1 } } },
  limits: { windowMaximum: { window: 'month', units: '5' } },
};
const loan = { openingMinor: 25_000, balanceMinor: 25_000, instalmentMinor: 0 };
const directory = openDatabase(dataFolder, 'directory');
directory.transaction((tx) => {
  putTariffVersion(tx, {
    ...flat,
    version: 2,
    effectiveFromUnixMs: flat.effectiveFromUnixMs + 60_000,
    document: {
      ...(flat.document as object),
      version: 2,
      effectiveFrom: '2020-01-01T00:01',
      entitlements: [lifeline, gift],
      ...(isUsedUp ? window : {}),
    },
  });
  putMeterAccount(tx, THANDI, {
    category: null,
    quantities: {},
    soldElsewhere: false,
    homeStation: true,
    statement: { asOfUnixMs: Date.now() - 60_000, figures: { debts: { loan } } },
  });
});
directory.close();

// A second person for what takes two.
const ledger = openDatabase(dataFolder, 'ledger');
const moment = { nowUnixMs: Date.now(), zone: ZONE, operatorId: null };
const grace = await addOperator(ledger, { name: 'Grace', role: 'key-custodian', pin: '1357' }, moment);
if (!grace.ok) throw new Error(grace.error.code);
ledger.close();
