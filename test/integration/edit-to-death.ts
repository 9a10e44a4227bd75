import { openFromTerminal } from '../../src/cli/open.ts';

/**
 * Corrects a customer's phone number at the till of the folder that is named, and is killed at the commit that is
 * named: `directory` before the directory has it, `settled` before the ledger knows that the directory has it.
 */
const [data = '', at = ''] = process.argv.slice(2);
const opened = await openFromTerminal({ data, profile: 'training' });
if (!opened.ok) throw new Error(opened.error.code);
const station = opened.value;
const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('not reached');
};
let ledgerCommits = 0;
const toLedger = station.ledger.transaction.bind(station.ledger);
Object.assign(station.directory, at === 'directory' ? { transaction: die } : {});
Object.assign(station.ledger, {
  transaction: (work: Parameters<typeof toLedger>[0]) => {
    ledgerCommits += 1;
    // The first is the journal's, the second settles.
    if (at === 'settled' && ledgerCommits === 2) die();
    return toLedger(work);
  },
});
const session = station.newSession();
session.operator = { operatorId: 'joseph', name: 'Joseph', role: 'supervisor' };
const answer = await station.handlers['customers.putCustomer'](
  {
    requestId: '01890a5d-ac96-774b-bcce-b302099a8057',
    customerId: 'training-100201',
    texts: {
      name: 'Thandi Nkosi',
      account: '100201',
      phone: '0723',
      address: '12 Acacia St, Unit 4',
      language: '',
    },
  },
  session,
);
process.stdout.write(JSON.stringify(answer));
