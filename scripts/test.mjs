// `npm test`: runs every lane, shows each lane's output, and ends with a line per lane and the plain sum of the executed
// tests, alone on the very last line. --deep runs the long versions (KIOSKWATT_SIZE=deep); --only check,e2e selects
// lanes. The exit code is 0 only when every lane ran and nothing failed.

import { join } from 'node:path';
import { runLane, lanes } from './lib/lanes.mjs';
import { summary } from './lib/counts.mjs';
import { assertNode24 } from './lib/node24.mjs';
import { projectRoot, withThisNode } from './lib/run.mjs';
import { Refusal, runMain, say } from './lib/say.mjs';

await runMain(async () => {
  assertNode24();
  const args = process.argv.slice(2);
  const size = args.includes('--deep') ? 'deep' : process.env.KIOSKWATT_SIZE || 'small';
  // Hundreds of programs and threads are started from the sources: each finds its types taken away already.
  const NODE_COMPILE_CACHE = join(projectRoot, 'node_modules', '.cache', 'kioskwatt-compiled');
  const env = { NODE_COMPILE_CACHE, ...withThisNode(process.env), KIOSKWATT_SIZE: size };
  const done = [];
  for (const lane of selected(args)) {
    say(`\n=== ${lane.name} (${size}) ===`);
    const ran = await runLane(lane, env);
    if (ran !== undefined) {
      done.push(ran);
    }
  }
  say('');
  process.stdout.write(`${summary(done).join('\n')}\n`);
  return done.some(({ result }) => result.failed > 0) ? 1 : 0;
});

/** @param {readonly string[]} args */
function selected(args) {
  const at = args.indexOf('--only');
  if (at < 0) {
    return lanes;
  }
  const names = (args[at + 1] ?? '').split(',');
  const unknown = names.filter((name) => !lanes.some((lane) => lane.name === name));
  if (unknown.length > 0) {
    throw new Refusal(
      `There is no lane "${unknown.join('", "')}"; there are ${lanes.map(({ name }) => name).join(', ')}.`,
    );
  }
  return lanes.filter(({ name }) => names.includes(name));
}
