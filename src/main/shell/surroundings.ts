import { accessSync, constants, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { z } from 'zod';
import type { Surroundings } from './settings.ts';

const flavourShape = z.object({ flavour: z.enum(['dev', 'release']) });

/** Reads what this machine and this build say. */
export function readSurroundings(): Surroundings {
  return {
    env: process.env,
    platform: process.platform,
    homeFolder: homedir(),
    packaged: app.isPackaged,
    flavour: readFlavour(),
    canWrite,
  };
}

/** Only a package that says so is for selling; whatever else this is, it is for development. */
export function readFlavour(): 'dev' | 'release' {
  if (!app.isPackaged) return 'dev';
  try {
    const file = join(process.resourcesPath, 'build-flavour.json');
    return flavourShape.parse(JSON.parse(readFileSync(file, 'utf8'))).flavour;
  } catch {
    return 'dev';
  }
}

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
