// A till of a real station, whose shift was opened while it trained, by the computer's own clock. It does what each line
// on its standard input says, and answers with a line of its own.

import { createInterface } from 'node:readline';
import { verifyBooks } from '../../src/main/ledger/index.ts';
import { codeOf, openSellingTill, SUPERVISOR } from '../integration/selling-till.ts';
import { openTrainingModule } from '../integration/training-module.ts';

const software = await openTrainingModule(() => Date.now());
const till = openSellingTill(Date.now(), software);

const tasks: Readonly<Record<string, () => Promise<string>>> = {
  open: async () => {
    const code = codeOf(await till.sell('Thandi Nkosi'));
    till.settings = { ...till.settings, profile: 'private' };
    return code;
  },
  sell: async () => codeOf(await till.sell('Sipho')),
  accept: async () => codeOf(await till.vending().acceptClock(SUPERVISOR, 'closed over the holidays')),
  verify: async () => (verifyBooks(till.ledger).ok ? 'ok' : 'broken'),
};

for await (const line of createInterface(process.stdin)) {
  till.now = Date.now();
  process.stdout.write(`${(await tasks[line]?.()) ?? 'unknown'}\n`);
}
till.remove();
