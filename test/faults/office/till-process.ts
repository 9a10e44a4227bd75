// A till that sells and visits head office until somebody kills it. `argv`: the options as JSON. One line for each
// thing done: `ready`, `sold <digits>`, `visited`, and `through` when it has done all that it was asked for.

import { randomBytes } from 'node:crypto';
import { openTill } from '../../../src/fleet/till.ts';

const options = JSON.parse(process.argv[2] ?? '') as {
  readonly folder: string;
  readonly stationId: string;
  readonly exchange: string;
  readonly startUnixMs: number;
  readonly pans: readonly string[];
  readonly sales: number;
};
const say = (line: string): void => void process.stdout.write(`${line}\n`);

let now = options.startUnixMs;
const till = await openTill({
  folder: options.folder,
  stationId: options.stationId,
  exchange: { transport: { kind: 'folder', folder: options.exchange } },
  now: () => now,
  random: (bytes) => randomBytes(bytes),
});
say('ready');
for (let sale = 0; sale < options.sales; sale += 1) {
  now += 120_000;
  const sold = await till.sell(options.pans[sale % options.pans.length] ?? '', 1_000 + sale * 100);
  if (!sold.ok) throw new Error(`${sold.error.code} ${JSON.stringify(sold.error.params)}`);
  say(`sold ${sold.value.tokens.map(({ digits }) => digits).join(' ')}`);
  if (sale % 2 === 0) continue;
  const visited = await till.station.exchange.visitNow(true);
  say(visited.ok ? 'visited' : `not visited ${visited.error.code}`);
}
say('through');
// Stays until it is killed.
setInterval(() => undefined, 60_000);
