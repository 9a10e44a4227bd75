import { cpSync, existsSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkImages,
  traceSales,
  type ImageResult,
  type TracedSales,
} from '../../src/cli/crash-test/power-loss.ts';
import { runTill } from '../../src/cli/crash-test/till-process.ts';
import { IMAGES, newFolder, SEED } from './sizes.ts';

const WEAK = new URL('weak-commits.ts', import.meta.url).pathname;
const SALES = 12;
const CONTROL_IMAGES = 60;

/** How often the disk was waited for between the tender key and the token, sale by sale. */
function waitsOf({ ops }: TracedSales): readonly number[] {
  let syncs = Number.NaN;
  const waits: number[] = [];
  for (const op of ops) {
    if (op.op === 'sync') syncs += 1;
    else if (op.op === 'said' && op.line.startsWith('tender')) syncs = 0;
    else if (op.op === 'said' && op.line.startsWith('told')) waits.push(syncs);
  }
  return waits;
}

describe(`${IMAGES} power cuts while a till sells, seed ${SEED}`, () => {
  const folder = newFolder('power');
  const work = existsSync('/dev/shm') ? '/dev/shm' : folder;
  let traced: TracedSales;
  let result: ImageResult;

  const sell = async (name: string, weak?: string): Promise<TracedSales> => {
    cpSync(`${folder}/fresh`, `${folder}/${name}`, { recursive: true });
    const words =
      weak === undefined ? {} : { nodeOptions: ['--import', WEAK], env: { KIOSKWATT_WEAK: weak } };
    return traceSales({ folder: `${folder}/${name}`, seed: SEED, sales: SALES, ...words });
  };

  beforeAll(async () => {
    await runTill({ folder: `${folder}/fresh`, seed: SEED, sales: 0 });
    traced = await sell('full');
    result = checkImages(traced, IMAGES, SEED, work);
  }, 3_600_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('loses no sale that a cashier was told of, whatever of the rest survives', () => {
    expect(result.acknowledged).toBeGreaterThan(IMAGES);
    expect(result.unsynced).toBeGreaterThan(IMAGES / 2);
    expect(result).toMatchObject({ lost: 0, lossy: 0, unreadable: 0 });
  });

  it('leaves books that keep every invariant', () => {
    expect(result).toMatchObject({ tokensWithoutSale: 0, salesWithTwoTokens: 0, broken: [] });
  });

  it('waits for the disk at most twice between the tender key and the token', () => {
    const waits = waitsOf(traced);
    expect(waits.length).toBe(SALES);
    expect(Math.min(...waits)).toBeGreaterThan(0);
    // A sale that begins in the very moment in which the log is moved may meet the disk's work for that, once.
    expect(Math.max(...waits)).toBeLessThanOrEqual(3);
    expect(waits.filter((count) => count > 2).length).toBeLessThanOrEqual(1);
  });

  it('waits no more often for the first sale after a quiet while, in which the log was moved', async () => {
    cpSync(`${folder}/fresh`, `${folder}/quiet`, { recursive: true });
    // Longer than a counter has to be quiet for, and the disk's work after it.
    const quiet = await traceSales({ folder: `${folder}/quiet`, seed: SEED, sales: 3, pauseMs: 5_000 });
    const moved = quiet.ops.filter((op) => op.op === 'sync' && op.file === 'ledger.db');
    expect(moved.length).toBeGreaterThan(1);
    const waits = waitsOf(quiet);
    expect(waits.length).toBe(3);
    expect(Math.max(...waits)).toBeLessThanOrEqual(2);
  });

  it.each(['NORMAL', 'OFF'])('sees the loss when synchronous is %s', async (weak) => {
    const control = checkImages(await sell(weak, weak), CONTROL_IMAGES, SEED, work);
    expect(control.lossy).toBeGreaterThan(CONTROL_IMAGES / 4);
    expect(control.lost).toBeGreaterThan(0);
  });
});
