// Builds the app into out/ when it is not there or older than its sources.

import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, run } from './run.mjs';
import { Refusal, say } from './say.mjs';

const stampFile = join(projectRoot, 'out', '.built-from');
const inputs = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json'];

/** Builds when needed. @param {NodeJS.ProcessEnv} env */
export async function ensureBuilt(env = process.env) {
  const mark = await sourcesMark(projectRoot, inputs);
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === mark) {
    return;
  }
  say('Building the app ...');
  const vite = join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const built = await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], { env });
  if (built.code !== 0) {
    throw new Refusal('The app could not be built; the lines above say why.');
  }
  await writeFile(stampFile, mark);
}

/**
 * A mark that changes when a file below the inputs comes, goes or changes.
 * @param {string} root
 * @param {readonly string[]} names files and folders below the root; absent ones count as such
 */
export async function sourcesMark(root, names) {
  const hash = createHash('sha256');
  for (const name of names) {
    for (const line of await describe(join(root, name), name)) {
      hash.update(`${line}\n`);
    }
  }
  return hash.digest('hex');
}

/** @param {string} path @param {string} name @returns {Promise<string[]>} */
async function describe(path, name) {
  const about = await stat(path).catch(() => undefined);
  if (about === undefined) {
    return [`${name} absent`];
  }
  if (!about.isDirectory()) {
    return [`${name} ${about.size} ${about.mtimeMs}`];
  }
  const children = (await readdir(path)).filter((child) => !child.endsWith('.test.ts')).toSorted();
  const lines = await Promise.all(children.map((child) => describe(join(path, child), `${name}/${child}`)));
  return lines.flat();
}
