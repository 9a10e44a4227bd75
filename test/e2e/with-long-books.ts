import { join } from 'node:path';
import { growLedger, openGrower } from '../../bench/support/grow-ledger.ts';

// Adds so many sales to the folder that is named that the next start has a while to read.

const SALES = 30_000;

const ledger = openGrower(join(process.argv[2] ?? '', 'ledger.db'));
let nowUnixMs = Date.now() - 80_000_000;
growLedger({ ledger, later: (ms) => (nowUnixMs += ms) }, SALES);
ledger.close();
