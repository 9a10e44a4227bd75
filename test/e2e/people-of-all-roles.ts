import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addOperator } from '../../src/main/operators/index.ts';
import { openDatabase, ZONE } from './training-folder.ts';

// Adds to the training folder that is named somebody of every role that training lacks, and shows the customer's
// display also without a second screen.

const [folder = ''] = process.argv.slice(2);
const ledger = openDatabase(folder, 'ledger');
const moment = { nowUnixMs: Date.now(), zone: ZONE, operatorId: null };
for (const [name, role] of [
  ['Ada', 'administrator'],
  ['Kofi', 'key-custodian'],
  ['Lina', 'auditor'],
] as const) {
  const added = await addOperator(ledger, { name, role, pin: '2468' }, moment);
  if (!added.ok) throw new Error(added.error.code);
}
ledger.close();
const file = join(folder, 'station.json');
const settings = JSON.parse(readFileSync(file, 'utf8')) as object;
writeFileSync(file, `${JSON.stringify({ ...settings, customerDisplay: 'on' }, null, 2)}\n`);
