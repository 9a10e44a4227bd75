// Installing Debian packages: as root on Debian it is done, anywhere else the person gets the command.

import { run } from './run.mjs';
import { say } from './say.mjs';
import { aptLine, isDebian, isRoot, missingDebianPackages } from './system.mjs';

let updated = false;

/**
 * Sees to it that system packages are there, as far as this process may.
 * @param {readonly string[]} wanted Debian package names
 * @returns {Promise<boolean>} whether all are there now; when not, the person has been told how to get them. On systems
 *   that are not Debian nothing is known, and nothing is said: the check on the spot tells what is missing
 */
export async function ensureDebianPackages(wanted) {
  if (!isDebian() || wanted.length === 0) {
    return true;
  }
  const missing = await missingDebianPackages(wanted);
  if (missing.length === 0) {
    return true;
  }
  if (!isRoot()) {
    say(`System packages are missing; install them with: ${aptLine(missing)}`);
    return false;
  }
  say(`Installing system packages: ${missing.join(' ')}`);
  const installed = await installAsRoot(missing);
  if (!installed) {
    say(`They could not be installed; try by hand: ${aptLine(missing)}`);
  }
  return installed;
}

/** @param {readonly string[]} packages */
async function installAsRoot(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (!updated) {
    await run('apt-get', ['update', '-qq'], { env });
    updated = true;
  }
  const names = await Promise.all(packages.map(nameHere));
  const options = ['install', '-y', '-qq', '--no-install-recommends'];
  return (await run('apt-get', [...options, ...names], { env })).code === 0;
}

/** A library's name in this release: newer ones call some of them `…t64`. @param {string} name */
async function nameHere(name) {
  const newer = await run('apt-cache', ['show', '--no-all-versions', `${name}t64`], { capture: true });
  return newer.code === 0 ? `${name}t64` : name;
}
