// Head office's import, over and over until somebody kills it. `argv`: the options as JSON. One line for each step.

import { importFolder, openDatabase, openOfficeKey } from '../../../src/headoffice/index.ts';

const options = JSON.parse(process.argv[2] ?? '') as {
  readonly url: string;
  readonly folder: string;
  readonly exchange: string;
  readonly archive: string;
};
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const database = await openDatabase({ url: options.url, folder: '', role: 'headoffice_import' });
say('ready');
for (;;) {
  const outcomes = await importFolder({
    database,
    office: openOfficeKey(options.folder),
    exchange: options.exchange,
    archive: options.archive,
    now: Date.now,
    onStep: say,
  });
  for (const { batch, verdict } of outcomes) say(`${batch.number} ${verdict}`);
  say('round');
}
