// Prepared things that are kept between runs: each is made in a temporary folder beside its place and renamed there
// when complete, so a half-made one is never found. A lock file keeps two runs from doing the same work twice; should
// both work all the same, the second finds the first one's folder and drops its own.

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Refusal, say } from './say.mjs';

const lockWaitMs = 20 * 60_000;

/**
 * The project's folder under the user's cache folder.
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheFolder(env) {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'kioskwatt');
}

/**
 * Returns `target`, a folder that `prepare` has filled once, now or earlier.
 * @param {string} target the folder's final place
 * @param {(folder: string) => Promise<void>} prepare fills an empty folder; when it throws, nothing is kept
 */
export async function prepareOnce(target, prepare) {
  if (existsSync(target)) {
    return target;
  }
  await mkdir(dirname(target), { recursive: true });
  await takeLock(`${target}.lock`);
  try {
    if (existsSync(target)) {
      return target;
    }
    const draft = await mkdtemp(`${target}.draft-`);
    try {
      await prepare(draft);
      await renameUnlessThere(draft, target);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    return target;
  } finally {
    await rm(`${target}.lock`, { force: true });
  }
}

/** @param {string} draft @param {string} target */
async function renameUnlessThere(draft, target) {
  try {
    await rename(draft, target);
  } catch (error) {
    if (!existsSync(target)) {
      throw error;
    }
  }
}

/** Waits until no living process holds the lock file, then holds it. @param {string} path */
async function takeLock(path) {
  const endMs = performance.now() + lockWaitMs;
  for (let told = false; performance.now() < endMs;) {
    try {
      await writeFile(path, `${process.pid}\n`, { flag: 'wx' });
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
        throw error;
      }
    }
    const holder = Number.parseInt(await readFile(path, 'utf8').catch(() => ''), 10);
    if (Number.isNaN(holder) || !isAlive(holder)) {
      await wait(200);
      await rm(path, { force: true });
      continue;
    }
    if (!told) {
      say(`Another run (process ${holder}) is preparing the same thing; waiting for it.`);
      told = true;
    }
    await wait(500);
  }
  throw new Refusal(`Waited too long for another run; if none is running, delete ${path} and try again.`);
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
