// `npm start`: builds what has changed, finds an Electron and opens the station in training mode (another profile with
// KIOSKWATT_PROFILE). On a Linux machine without a display it says so and makes the same training sale in the terminal.

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findElectron } from './electron-runtime.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { launcherSwitches, runtimeEnvironment } from './lib/launch.mjs';
import { assertNode24 } from './lib/node24.mjs';
import { projectRoot, run } from './lib/run.mjs';
import { Refusal, runMain, say } from './lib/say.mjs';
import { hasDisplay } from './lib/system.mjs';

await runMain(async () => {
  assertNode24();
  const env = { ...process.env, KIOSKWATT_PROFILE: process.env.KIOSKWATT_PROFILE || 'training' };
  return hasDisplay(env) ? openWindow(env) : sellInTerminal(env);
});

/** @param {NodeJS.ProcessEnv} env */
async function openWindow(env) {
  await ensureBuilt(env);
  const runtime = await findElectron(env);
  say(runtime.sentence);
  if (runtime.missing.length > 0) {
    throw new Refusal(runtime.missing.join('\n'));
  }
  say(`Opening Kioskwatt (${env.KIOSKWATT_PROFILE}).`);
  const args = [...launcherSwitches(), projectRoot, ...process.argv.slice(2)];
  const ended = await run(runtime.executable, args, {
    env: runtimeEnvironment(env, runtime),
    passOutput: true,
  });
  return ended.code;
}

/** @param {NodeJS.ProcessEnv} env */
async function sellInTerminal(env) {
  say('There is no display here (DISPLAY and WAYLAND_DISPLAY are empty), so no window can open.');
  say(
    'Making the training sale in the terminal instead; `xvfb-run -a npm start` would open the window unseen.',
  );
  // A folder of its own for each sale, left for a look at it: the command says where it is.
  const data = env.KIOSKWATT_DATA || (await mkdtemp(join(tmpdir(), 'kioskwatt-training-')));
  const station = ['src/cli/station.ts', 'training-sale', '--data', data];
  return (await run(process.execPath, station, { env, passOutput: true })).code;
}
