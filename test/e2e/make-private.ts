import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { loadSampleData } from '../../src/main/directory/index.ts';
import { createKeyFile, TRAINING_KEYS } from '../../src/main/secure-module/index.ts';
import { writeSettings } from '../../src/main/station/index.ts';
import { openWriter } from '../../src/main/store/index.ts';

// Makes the folder that is named first a private station that nobody has used yet: settings, the published test
// keys, invented customers, no people. Backups go to the second folder, files for head office to the third.

const [folder = '', backupFolder = '', exchange = ''] = process.argv.slice(2);
for (const each of [folder, backupFolder, exchange]) mkdirSync(each, { recursive: true, mode: 0o700 });
writeSettings(path.join(folder, 'station.json'), {
  version: 1,
  profile: 'private',
  stationId: 'K014',
  stationName: 'Kiosk 014',
  receiptHeader: ['Acacia Power', '12 Market Square'],
  currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
  zone: 'Africa/Johannesburg',
  supplyGroups: Object.fromEntries(TRAINING_KEYS.map(({ sgc }) => [sgc, { offsetMinutes: 120 }])),
  printer: null,
  receiptColumns: 48,
  cashKeysMinor: [2_000, 5_000, 10_000, 20_000],
  shifts: {
    drawers: ['1', '2'],
    denominationsMinor: [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000],
    beneficiary: 'Acacia Power, First Market Bank 62 1044 7781',
  },
  backupFolder,
  headOffice: { transport: { kind: 'folder', folder: exchange } },
});
const keys = await createKeyFile(path.join(folder, 'keys.json'), 'private', 'private', TRAINING_KEYS);
if (!keys.ok) throw new Error(keys.error.code);
const directory = openWriter('directory', path.join(folder, 'directory.db'));
if (!directory.ok) throw new Error(directory.error.code);
directory.value.transaction((tx) => loadSampleData(tx));
directory.value.close();
