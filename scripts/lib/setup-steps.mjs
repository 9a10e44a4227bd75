// The steps of the set-up, each done only when needed. Built-ins only: nothing is installed yet when this runs.

import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDebianPackages } from './debian.mjs';
import { installedAsLocked, lockMark } from './lock-check.mjs';
import { npmCommand, projectRoot, run } from './run.mjs';
import { Refusal, say, sayWhileWaiting } from './say.mjs';
import { debianPackages, hasDisplay } from './system.mjs';

const modules = join(projectRoot, 'node_modules');
const stampFile = join(modules, '.kioskwatt-setup');

/**
 * @param {string} purpose `start`, `test` or `package`
 * @param {NodeJS.ProcessEnv} env
 */
export async function setUp(purpose, env) {
  const wanted = systemPackagesFor(purpose, hasDisplay(env));
  await installModules(env);
  await checkNode();
  // A refusal here is left to whoever needs the package: much of the project works without it.
  await ensureDebianPackages(wanted);
}

/**
 * The Debian packages a purpose needs. What a native build needs is not among them: whether one is needed is known only
 * once the runtime is chosen.
 * @param {string} purpose
 * @param {boolean} display whether there is a display
 * @returns {string[]}
 */
export function systemPackagesFor(purpose, display) {
  const screen = display ? [] : debianPackages.display;
  switch (purpose) {
    case 'start':
      // Without a display the sale runs in the terminal, where no window's library is needed.
      return display ? [...debianPackages.window] : [];
    case 'test':
      return [
        ...screen,
        ...debianPackages.window,
        ...debianPackages.faults,
        ...debianPackages.printing,
        ...debianPackages.exchange,
        ...debianPackages.modules,
        ...debianPackages.usb,
      ];
    case 'package':
      return [...screen, ...debianPackages.window];
    default:
      throw new Refusal('Say what to set up for: node scripts/setup.mjs start, test or package.');
  }
}

/** @param {NodeJS.ProcessEnv} env */
async function installModules(env) {
  const lock = await readFile(join(projectRoot, 'package-lock.json'), 'utf8');
  const mark = lockMark(lock, process.platform, process.arch);
  if ((await readOr(stampFile)) === mark) {
    return;
  }
  if (!installedAsLocked(lock, await readOr(join(modules, '.package-lock.json')))) {
    await installFresh(env, lock);
  }
  await writeFile(stampFile, mark);
}

/** @param {NodeJS.ProcessEnv} env @param {string} lock text of package-lock.json */
async function installFresh(env, lock) {
  say(
    existsSync(modules)
      ? 'The npm packages are not those of the lockfile.'
      : 'No npm packages are installed yet.',
  );
  const stop = sayWhileWaiting('Installing the npm packages (a minute or more the first time)');
  const installed = await npmInstall(env, ['ci']);
  stop();
  if (installed.code !== 0) {
    throw new Refusal(
      `${installed.output}\nnpm could not install the packages (code ${installed.code}, its own words are above). ` +
        'Check that the npm registry can be reached, then run the same command again.',
    );
  }
  if (!installedAsLocked(lock, await readOr(join(modules, '.package-lock.json')))) {
    throw new Refusal(
      'npm installed other versions than the lockfile asks for: package.json and package-lock.json do not agree.',
    );
  }
  say('The npm packages are installed.');
}

/** @param {NodeJS.ProcessEnv} env @param {readonly string[]} command */
function npmInstall(env, command) {
  const npm = npmCommand(env);
  // Development packages are named, because NODE_ENV=production or a user's setting would leave out what builds and tests.
  const options = ['--include=dev', '--loglevel=error', '--no-audit', '--no-fund'];
  return run(npm.command, [...npm.args, ...command, ...options], { capture: true, env });
}

/** npm scripts run on the Node that the packages bring along; its binary comes by an install script. */
async function checkNode() {
  if (process.platform === 'win32' || (await bringsNode24())) {
    return;
  }
  say('The packages bring no Node 24 yet: your npm left out its install script. Running that one now.');
  const npm = npmCommand(process.env);
  await run(npm.command, [...npm.args, 'rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts']);
  if (!(await bringsNode24())) {
    throw new Refusal(
      'Node 24 did not get installed: run `npm rebuild node --ignore-scripts=false` and look at its words.',
    );
  }
}

async function bringsNode24() {
  const asked = await run(join(modules, '.bin', 'node'), ['--version'], { capture: true });
  return asked.code === 0 && asked.output.startsWith('v24.');
}

/** @param {string} path */
async function readOr(path) {
  return readFile(path, 'utf8').catch(() => undefined);
}
