// Does one thing that has to be on the disk when it is done, then says so; its calls are traced.

import { makeBackup, restoreBackup } from '../../../src/main/ledger/index.ts';
import { openStationKey, writeDurably } from '../../../src/main/store/index.ts';

const [what = '', from = '', to = ''] = process.argv.slice(2);
const nowUnixMs = Date.UTC(2027, 0, 5, 8, 0);

const ways: Readonly<Record<string, () => { readonly ok: boolean } | void>> = {
  write: () => writeDurably(to, 'new'),
  key: () => openStationKey(to),
  backup: () => makeBackup({ data: from, to, nowUnixMs, program: 'test' }),
  restore: () => restoreBackup({ backup: from, data: to, nowUnixMs }),
};
const done = ways[what]?.();
if (done && !done.ok) throw new Error(JSON.stringify(done));
process.stdout.write('done\n');
process.exit();
