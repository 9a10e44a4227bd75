import { makeBackup } from '../../src/main/ledger/index.ts';

/** Makes a backup and kills itself on the way: `node backup-to-death.ts DATA TO STAGE`. */
const [data = '', to = '', stage = ''] = process.argv.slice(2);
makeBackup({
  data,
  to,
  nowUnixMs: Date.UTC(2026, 10, 23, 14, 0),
  program: 'test',
  onProgress: (progress) => {
    if (progress.stage === stage) process.kill(process.pid, 'SIGKILL');
  },
});
