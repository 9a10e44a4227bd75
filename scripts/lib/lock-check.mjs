// Whether node_modules holds what package-lock.json asks for, without asking npm: that question alone takes npm seconds.

import { createHash } from 'node:crypto';

/**
 * The mark that a finished installation leaves: another lockfile, system or processor makes another mark.
 * @param {string} lock text of package-lock.json
 * @param {string} platform
 * @param {string} arch
 */
export function lockMark(lock, platform, arch) {
  const hash = createHash('sha256').update(lock).digest('hex');
  return `${platform}-${arch} ${hash}\n`;
}

/**
 * Whether npm's own record of an installation says that every package of the lockfile is there in its version, and
 * nothing else. Packages that may be absent on this system (optional ones) are allowed to be.
 * @param {string} lock text of package-lock.json
 * @param {string | undefined} record text of node_modules/.package-lock.json, undefined when there is none
 */
export function installedAsLocked(lock, record) {
  if (record === undefined) {
    return false;
  }
  const wanted = packagesOf(lock);
  const installed = packagesOf(record);
  for (const [place, entry] of wanted) {
    const found = installed.get(place);
    if (found === undefined ? !entry.optional : found.version !== entry.version) {
      return false;
    }
  }
  return [...installed.keys()].every((place) => wanted.has(place));
}

/** @param {string} text @returns {Map<string, { version: string, optional: boolean }>} by place in node_modules */
function packagesOf(text) {
  const packages = JSON.parse(text).packages ?? {};
  return new Map(
    Object.entries(packages)
      .filter(([place]) => place !== '')
      .map(([place, entry]) => [
        place,
        { version: entry.version, optional: entry.optional === true || entry.peer === true },
      ]),
  );
}
