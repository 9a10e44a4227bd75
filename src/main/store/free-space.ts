import { randomBytes } from 'node:crypto';
import { rmSync, statfsSync, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

const MEGABYTE = 1_000_000;
/** Below this no sale is begun: the outcome of a sale has to fit, and so has a backup's beginning. */
export const STOP_BYTES = 200 * MEGABYTE;
/** Below this a person is told while there is still time. */
export const LOW_BYTES = 1_000 * MEGABYTE;
/** Room kept back for the moment when everything else is used up. */
export const BALLAST_BYTES = 32 * (1 << 20);
/** What stopped goes on from here: a disk that is about as full as may be doesn't stop and go on with each sale. */
export const RESUME_BYTES = STOP_BYTES + BALLAST_BYTES;
/** With this much a station sells that has given its ballast up: the ballast is made again first. */
export const REFILL_BYTES = RESUME_BYTES + BALLAST_BYTES;
const BALLAST_FILE = 'ballast';

export type SpaceLevel = 'ok' | 'low' | 'stop';
/** `released`: the disk has been full, and the room kept back has been given up. */
export type Ballast = 'held' | 'released' | 'none';
export type SpaceState = {
  readonly level: SpaceLevel;
  readonly freeBytes: number;
  readonly ballast: Ballast;
};

/**
 * Whether there is room to sell. A folder whose ballast had to be released stops whatever the figure says,
 * until the ballast is there again; one that is stopped goes on with some room more. Training is warned and never stopped.
 */
export function decideSpace(
  freeBytes: number,
  ballast: Ballast,
  training: boolean,
  stopped = false,
): SpaceLevel {
  const needed = stopped ? RESUME_BYTES : STOP_BYTES;
  if (freeBytes < needed || ballast === 'released') return training ? 'low' : 'stop';
  return freeBytes < LOW_BYTES ? 'low' : 'ok';
}

/** Watches the disk under a data folder. */
export type SpaceGate = {
  /** One look at the disk: a system call, no more. */
  readonly state: () => SpaceState;
  /** Makes the ballast when there is room for it beyond what lets a station go on. Training has none. */
  readonly fill: () => Promise<SpaceState>;
  /** Gives the ballast up; true when that made room. For the writer's `onFull`. */
  readonly release: () => boolean;
};

/** Gives the ballast of a folder that is not open up, for a start that has no room; true when that made some. */
export function releaseBallast(folder: string): boolean {
  const file = path.join(folder, BALLAST_FILE);
  const held = isWhole(file);
  rmSync(file, { force: true });
  return held;
}

export function openSpaceGate(folder: string, training: boolean): SpaceGate {
  const file = path.join(folder, BALLAST_FILE);
  let ballast: Ballast = isWhole(file) ? 'held' : 'none';
  let stopped = false;
  const state = (): SpaceState => {
    const freeBytes = freeBytesOf(folder);
    const level = decideSpace(freeBytes, ballast, training, stopped);
    stopped = level === 'stop';
    return { level, freeBytes, ballast };
  };
  let filling: Promise<SpaceState> | undefined;
  const fill = async (): Promise<SpaceState> => {
    const roomy = !training && freeBytesOf(folder) >= REFILL_BYTES;
    if (ballast !== 'held' && roomy && (await writeBallast(file))) ballast = 'held';
    return state();
  };
  return {
    state,
    fill: () => (filling ??= fill().finally(() => (filling = undefined))),
    release: () => {
      const held = releaseBallast(folder);
      ballast = training ? 'none' : 'released';
      return held;
    },
  };
}

/** A power cut may leave the name without the room. */
function isWhole(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) >= BALLAST_BYTES;
}

/** Bytes that this account may still write. */
export function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Random bytes, since a file system that compresses keeps no room for zeros. False when they don't fit. */
async function writeBallast(file: string): Promise<boolean> {
  const beside = `${file}.new`;
  const chunk = randomBytes(1 << 20);
  try {
    const handle = await open(beside, 'w', 0o600);
    try {
      for (let written = 0; written < BALLAST_BYTES; written += chunk.length) await handle.write(chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
    return true;
  } catch {
    await rm(beside, { force: true });
    return false;
  }
}
