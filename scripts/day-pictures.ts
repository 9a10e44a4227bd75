// Takes the pictures of the supervisor's manual through a whole day at a real station: `node scripts/day-pictures.ts
// [FOLDER]` writes <page>-<width>x<height>.png. A private station fills its screen, so each size has a screen of its
// own under xvfb-run.

import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { openDayStation } from '../test/e2e/day-station.ts';
import { DayWalk } from '../test/e2e/day-walk.ts';
import { PROJECT, temporaryFolder } from '../test/e2e/till.ts';
import { ensureBuilt } from './lib/build.mjs';

const SIZES = ['1024x768', '1366x768'];
const PICTURES = process.argv[2] ?? join(PROJECT, 'docs/manual/pictures');
/** Set where this program has been started on a screen of that size. */
const ON_SCREEN = process.env.KIOSKWATT_PICTURE_SIZE;

async function takeDay(size: string): Promise<void> {
  const folder = await temporaryFolder();
  const station = await openDayStation(folder.path);
  try {
    const { counter } = station.till;
    await counter.emulateMedia({ reducedMotion: 'reduce' });
    await expect.poll(() => counter.evaluate('`${innerWidth}x${innerHeight}`')).toBe(size);
    const walk = new DayWalk(station, async (name) => {
      await counter.evaluate(`document.documentElement.dataset.look = 'light'`);
      await counter.screenshot({ path: join(PICTURES, `${name}-${size}.png`), animations: 'disabled' });
    });
    await walk.setUp();
    await walk.openShift();
    await walk.sell();
    await walk.dropAndX();
    await walk.endDay();
    await walk.lookAround();
  } finally {
    await station.close();
    await folder.remove();
  }
}

if (ON_SCREEN === undefined) {
  await ensureBuilt();
  await mkdir(PICTURES, { recursive: true });
  for (const size of SIZES) {
    const args = ['-a', '-s', `-screen 0 ${size}x24`, process.execPath, ...process.argv.slice(1)];
    const env = { ...process.env, KIOSKWATT_PICTURE_SIZE: size };
    const { status } = spawnSync('xvfb-run', args, { stdio: 'inherit', env });
    if (status !== 0) process.exitCode = 1;
    else process.stdout.write(`${size} taken\n`);
  }
} else {
  await takeDay(ON_SCREEN);
}
