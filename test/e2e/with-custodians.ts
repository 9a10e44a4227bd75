import { addOperator } from '../../src/main/operators/index.ts';
import { modulesAt, openTraining, writeTrainingSettings, ZONE } from './training-folder.ts';

// Makes the data folder that is named one of a training till with two custodians, Grace and Peter, a secure module on
// the port that is named, and the software module beside it. A program of its own: the test's process has no database.

const [, , dataFolder = '', port = ''] = process.argv;
writeTrainingSettings(dataFolder, { modules: modulesAt(Number(port)) });
const station = await openTraining(dataFolder);
const moment = { nowUnixMs: Date.now(), zone: ZONE, operatorId: null };
for (const name of ['Grace', 'Peter']) {
  const added = await addOperator(station.ledger, { name, role: 'key-custodian', pin: '2468' }, moment);
  if (!added.ok) throw new Error(JSON.stringify(added.error));
}
await station.close();
