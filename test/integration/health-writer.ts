import path from 'node:path';
import { openWriter } from '../../src/main/store/index.ts';
import { appendTestPayment } from './health-payment.ts';

/** Appends records to a ledger until its standard input ends: `node health-writer.ts FOLDER`; says how many. */
const [folder = ''] = process.argv.slice(2);
const opened = openWriter('ledger', path.join(folder, 'ledger.db'));
if (!opened.ok) throw new Error(JSON.stringify(opened.error));
const ledger = opened.value;
let written = 0;
const next = setInterval(() => {
  ledger.transaction((tx) => appendTestPayment(tx, written));
  written += 1;
}, 0);
process.stdin
  .on('end', () => {
    clearInterval(next);
    ledger.close();
    process.stdout.write(`${written}\n`);
  })
  .resume();
process.stdout.write('ready\n');
