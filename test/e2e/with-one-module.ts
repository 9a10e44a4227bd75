import { modulesAt, writeTrainingSettings } from './training-folder.ts';

// Makes the data folder that is named one of a training till whose only module answers on the port that is named.

const [, , dataFolder = '', port = ''] = process.argv;
writeTrainingSettings(dataFolder, { modules: modulesAt(Number(port)).slice(0, 1) });
