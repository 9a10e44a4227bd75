import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { openHome, makeHome, openDatabase } from '../headoffice/index.ts';
import { parseMeterNumber } from '../sts/index.ts';
import { assert } from '../units/index.ts';
import { FAULTS, runFleet, type Fault } from './fleet.ts';

/** Meters of the training directory that the fleet sells to. */
const METERS = ['00123456782', '00180340630', '00763972502', '00084700541', '00342347853', '00158267807'];

function panOf(number: string): string {
  const parsed = parseMeterNumber(number);
  assert(parsed.ok, 'a meter of the training directory has a good number');
  return parsed.value.pan;
}

type Flags = {
  readonly to: string;
  readonly stations: string;
  readonly days: string;
  readonly sales: string;
  readonly faults: boolean;
};

/** Runs a fleet against a head office in the same folder: `fleet --to FOLDER --stations 20 --days 7`. */
async function main(flags: Flags): Promise<void> {
  const folder = path.resolve(flags.to);
  mkdirSync(folder, { recursive: true });
  const url = process.env['DATABASE_URL'];
  assert(url !== undefined, 'a fleet needs a server: DATABASE_URL');
  const place = { folder: path.join(folder, 'office'), url };
  await makeHome(place);
  const home = await openHome(place, 'headoffice_import');
  assert(home, 'head office was just made');
  const publisher = await openDatabase({ url, folder: '', role: 'headoffice_publish' });
  const planted: readonly Fault[] = flags.faults ? FAULTS : [];
  const { database, office, exchange, archive } = home;
  const fleet = await runFleet({
    folder,
    stations: Number(flags.stations),
    days: Number(flags.days),
    salesADay: Number(flags.sales),
    startUnixMs: Date.now() - Number(flags.days) * 86_400_000,
    pans: METERS.map(panOf),
    faults: new Map(planted.map((fault, index) => [index, fault])),
    random: (bytes) => randomBytes(bytes),
    transport: () => ({ kind: 'folder', folder: exchange }),
    office: { database, office, exchange, archive, now: Date.now },
    publisher,
    onProgress: (line) => process.stderr.write(`${line}\n`),
  });
  for (const { batch, verdict } of fleet.outcomes)
    process.stdout.write(`${batch.station}  ${batch.epoch}/${batch.number}  ${verdict}\n`);
  await fleet.close();
  await publisher.close();
  await database.close();
}

if (process.argv[1] === import.meta.filename) {
  const program = new Command('fleet')
    .description('Runs stations through days of selling, with faults, against a head office.')
    .requiredOption('--to <folder>', 'an empty folder')
    .option('--stations <count>', 'stations', '7')
    .option('--days <count>', 'days', '2')
    .option('--sales <count>', 'sales a day and station', '10')
    .option('--no-faults', 'plants no faults');
  program.parse();
  await main(program.opts<Flags>());
}
