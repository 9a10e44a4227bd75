// One import of an exchange folder by a process of its own, so that its memory can be measured. `argv`: the options as
// JSON. One line: what became of each batch, and the most memory that the process ever held.

import { importFolder, openDatabase, openOfficeKey } from '../../../src/headoffice/index.ts';

const options = JSON.parse(process.argv[2] ?? '') as {
  readonly url: string;
  readonly folder: string;
  readonly exchange: string;
};
const database = await openDatabase({ url: options.url, folder: '', role: 'headoffice_import' });
const outcomes = await importFolder({
  database,
  office: openOfficeKey(options.folder),
  exchange: options.exchange,
  now: Date.now,
});
await database.close();
const said = outcomes.map(({ batch, verdict, reasons }) => ({
  station: batch.station,
  verdict,
  reason: reasons.map(({ code, where }) => `${code} ${where}`).join(', '),
}));
process.stdout.write(
  `${JSON.stringify({ said, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1_024) })}\n`,
);
