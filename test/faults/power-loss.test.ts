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

type Waits = { readonly syncs: number; readonly beganLog: boolean };

/**
 * What a slip's next state takes of the log: three pages, where each of a sale's own commits takes ten and more. The slip
 * of the customer before may come to paper between this one's tender key and the token.
 */
const SLIP_PAGES = 6;
const PAGE_BYTES = 4096;

/**
 * How often the thread that sells waited for the disk between the tender key and the token, sale by sale, and whether
 * it wrote the first page of a new log among that. What other threads wait for keeps no customer waiting.
 */
function waitsOf({ ops }: TracedSales): readonly Waits[] {
  const waits: Waits[] = [];
  let sale: Waits | undefined;
  let seller = 0;
  let pages = 0;
  for (const op of ops) {
    if (op.op === 'said' && op.line.startsWith('tender')) {
      sale = { syncs: 0, beganLog: false };
      seller = op.thread;
      pages = 0;
    } else if (op.op === 'said' && op.line.startsWith('told')) {
      if (sale) waits.push(sale);
      sale = undefined;
    } else if (sale && op.thread === seller) {
      if (op.op === 'write' && op.file === 'ledger.db-wal') {
        if (op.data.length === PAGE_BYTES) pages += 1;
        if (op.offset === 0) sale = { ...sale, beganLog: true };
      }
      if (op.op !== 'sync') continue;
      const isSlip = pages > 0 && pages <= SLIP_PAGES;
      pages = 0;
      if (!isSlip) sale = { ...sale, syncs: sale.syncs + 1 };
    }
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

  it('waits for the disk twice between the tender key and the token', () => {
    const waits = waitsOf(traced);
    expect(waits.length).toBe(SALES);
    // One may commit between the moving of the log and the first page of the next, which is then its own to write.
    const [began, plain] = [waits.filter((each) => each.beganLog), waits.filter((each) => !each.beganLog)];
    expect(began.length).toBeLessThanOrEqual(1);
    expect(plain.map(({ syncs }) => syncs)).toEqual(plain.map(() => 2));
    for (const { syncs } of began) expect(syncs).toBe(3);
  });

  it('waits no more often for the first sale after a quiet while, in which the log was moved', async () => {
    cpSync(`${folder}/fresh`, `${folder}/quiet`, { recursive: true });
    // Longer than a counter has to be quiet for, and the disk's work after it.
    const quiet = await traceSales({ folder: `${folder}/quiet`, seed: SEED, sales: 3, pauseMs: 5_000 });
    const moved = quiet.ops.filter((op) => op.op === 'sync' && op.file === 'ledger.db');
    expect(moved.length).toBeGreaterThan(1);
    expect(waitsOf(quiet)).toEqual(Array.from({ length: 3 }, () => ({ syncs: 2, beganLog: false })));
  });

  it.each(['NORMAL', 'OFF'])('sees the loss when synchronous is %s', async (weak) => {
    const control = checkImages(await sell(weak, weak), CONTROL_IMAGES, SEED, work);
    expect(control.lossy).toBeGreaterThan(CONTROL_IMAGES / 4);
    expect(control.lost).toBeGreaterThan(0);
  });
});
