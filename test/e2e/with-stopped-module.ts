import { writeModuleStopped } from '../../src/main/vending/book.ts';
import { modulesAt, openTraining, writeTrainingSettings, ZONE } from './training-folder.ts';

// Makes the data folder that is named one of a training till whose secure module, on the port that is named, was stopped
// after a wrong token; the software module beside it sells. A program of its own: the test's process has no database.

const [, , dataFolder = '', port = ''] = process.argv;
writeTrainingSettings(dataFolder, { modules: modulesAt(Number(port)) });
const station = await openTraining(dataFolder);
const moment = { nowUnixMs: Date.now(), zone: ZONE, operatorId: null };
station.ledger.transaction((tx) => writeModuleStopped(tx, moment, 'VSM-SIM-0001', { field: 'units' }));
await station.close();
