import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addOperator } from '../../src/main/operators/index.ts';
import { openStation } from '../../src/main/station/index.ts';

// Makes the data folder that is named one of a training till with two custodians, Grace and Peter, a secure module on
// the port that is named, and the software module beside it. A program of its own: the test's process has no database.

const [, , dataFolder = '', port = ''] = process.argv;
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
  cashKeysMinor: [],
  modules: [{ driver: 'sts6', host: '127.0.0.1', port: Number(port) }, { driver: 'software' }],
};
writeFileSync(path.join(dataFolder, 'station.json'), JSON.stringify(settings));
const opened = await openStation({
  dataFolder,
  profile: 'training',
  now: Date.now,
  random: (bytes) => randomBytes(bytes),
});
if (!opened.ok) throw new Error(opened.error.code);
const station = opened.value;
const moment = { nowUnixMs: Date.now(), zone: settings.zone, operatorId: null };
for (const name of ['Grace', 'Peter']) {
  const added = await addOperator(station.ledger, { name, role: 'key-custodian', pin: '2468' }, moment);
  if (!added.ok) throw new Error(JSON.stringify(added.error));
}
await station.close();
