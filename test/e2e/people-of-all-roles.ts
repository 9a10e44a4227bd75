import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addOperator } from '../../src/main/operators/index.ts';
import { openWriter } from '../../src/main/store/index.ts';

// Adds to the training folder that is named somebody of every role that training lacks, and shows the customer's
// display also without a second screen.

const [folder = ''] = process.argv.slice(2);
const opened = openWriter('ledger', join(folder, 'ledger.db'));
if (!opened.ok) throw new Error(opened.error.code);
const moment = { nowUnixMs: Date.now(), zone: 'Africa/Johannesburg', operatorId: null };
for (const [name, role] of [
  ['Ada', 'administrator'],
  ['Kofi', 'key-custodian'],
  ['Lina', 'auditor'],
] as const) {
  const added = await addOperator(opened.value, { name, role, pin: '2468' }, moment);
  if (!added.ok) throw new Error(added.error.code);
}
opened.value.close();
const file = join(folder, 'station.json');
const settings = JSON.parse(readFileSync(file, 'utf8')) as object;
writeFileSync(file, `${JSON.stringify({ ...settings, customerDisplay: 'on' }, null, 2)}\n`);
