import { startNewest } from '../../src/main/ledger/index.ts';
import { endWithThreads } from '../../src/main/shell/end-process.ts';
import { hangingBackup } from './hanging-backup.ts';

/** `DATA BACKUPS hangs|answers`: ends this process while a thread of it looks for the newest backup. */
const [data = '', to = '', how] = process.argv.slice(2);
const end = endWithThreads((code) => process.exit(code));
const disk = hangingBackup(to);
startNewest({ data, to, nowUnixMs: Date.now() }).outcome.catch(() => undefined);
await disk.isRead();
if (how === 'answers') disk.letGo();
await end(7);
