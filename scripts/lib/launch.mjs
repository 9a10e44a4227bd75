// How the scripts start an Electron runtime: with which switches, variables and, if need be, on which display.

import { hasDisplay, isRoot } from './system.mjs';
import { which } from './run.mjs';
import { Refusal } from './say.mjs';

/**
 * Chromium does not start its sandbox for the superuser. A switch of the launchers only: the app never sets it.
 * @param {boolean} root
 * @returns {string[]}
 */
export function launcherSwitches(root = isRoot()) {
  return root ? ['--no-sandbox'] : [];
}

/**
 * The environment for an app that runs from the sources on this runtime.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ executable: string, nativeBinding?: string }} runtime
 * @returns {NodeJS.ProcessEnv}
 */
export function runtimeEnvironment(env, runtime) {
  const { KIOSKWATT_SQLITE_BINDING: _stale, ...rest } = env;
  return {
    ...rest,
    KIOSKWATT_ELECTRON: runtime.executable,
    ...(runtime.nativeBinding === undefined ? {} : { KIOSKWATT_SQLITE_BINDING: runtime.nativeBinding }),
  };
}

/**
 * A command as it has to be started to have a display: as it is where there is one, under xvfb-run otherwise.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ command: string, args: string[] }}
 */
export function onDisplay(command, args, env) {
  if (hasDisplay(env)) {
    return { command, args: [...args] };
  }
  if (which('xvfb-run', env) === undefined) {
    throw new Refusal(
      'There is no display, and xvfb-run, which makes one, is missing: sudo apt-get install -y xvfb xauth',
    );
  }
  // Without it the display starts anew whenever its last window closes, and refuses whoever comes at that moment.
  const screen = '-screen 0 1366x768x24 -noreset';
  return { command: 'xvfb-run', args: ['-a', '-s', screen, command, ...args] };
}
