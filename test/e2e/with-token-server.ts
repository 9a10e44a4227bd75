import { KEYS } from '../integration/prism-fixtures.ts';
import { writeTrainingSettings } from './training-folder.ts';

// Makes the data folder that is named one of a training till whose tokens come from a server: on the port, and with the
// certificate, that are named. A program of its own, because the keys' check values want this program's cryptography.

const [, , dataFolder = '', port = '', certificatePin = ''] = process.argv;
const keys = KEYS.map(({ sgc, krn, keyType, baseDate, ken, dkga, kcv }) => {
  return { sgc, krn, keyType, baseDate, ken, dkga, kcv };
});
const at = { host: '127.0.0.1', port: Number(port), certificatePin, realm: 'local', username: 'till' };
writeTrainingSettings(dataFolder, { modules: [{ driver: 'prism', ...at, allowKeyChange: false, keys }] });
