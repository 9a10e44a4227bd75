import { cpSync, existsSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutPower } from '../../src/cli/crash-test.ts';
import {
  checkImages,
  traceSales,
  type ImageResult,
  type TracedSales,
} from '../../src/cli/crash-test/power-loss.ts';
import { runTill } from '../../src/cli/crash-test/till-process.ts';
import { IMAGES, newFolder, SEED } from './sizes.ts';

const CONTROL_IMAGES = 60;
/** Sales whose waits for the disk are counted: several times what a checkpoint waits for. */
const WAITED = 12;

type Waits = { readonly syncs: number; readonly beganLog: boolean };

/**
 * How often the thread that sells waited for the disk between the tender key and the token, sale by sale, and whether
 * it wrote the first page of a new log among that. Every wait counts, whatever file it is for: nobody may have a slip
 * under way meanwhile. What other threads wait for keeps no customer waiting.
 */
function waitsOf({ ops }: TracedSales): readonly Waits[] {
  const waits: Waits[] = [];
  let sale: Waits | undefined;
  let seller = 0;
  for (const op of ops) {
    if (op.op === 'said' && op.line.startsWith('tender')) {
      sale = { syncs: 0, beganLog: false };
      seller = op.thread;
    } else if (op.op === 'said' && op.line.startsWith('told')) {
      if (sale) waits.push(sale);
      sale = undefined;
    } else if (sale && op.thread === seller) {
      if (op.op === 'write' && op.file === 'ledger.db-wal' && op.offset === 0)
        sale = { ...sale, beganLog: true };
      if (op.op === 'sync') sale = { ...sale, syncs: sale.syncs + 1 };
    }
  }
  return waits;
}

describe(`${IMAGES} power cuts while a till sells, seed ${SEED}`, () => {
  const folder = newFolder('power');
  const work = existsSync('/dev/shm') ? '/dev/shm' : folder;
  let result: ImageResult;

  beforeAll(async () => {
    await runTill({ folder: `${folder}/fresh`, seed: SEED, sales: 0 });
    result = await cutPower(`${folder}/fresh`, folder, IMAGES, SEED);
  }, 3_600_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('loses no sale that a cashier was told of, whatever of the rest survives', () => {
    expect(result.acknowledged).toBeGreaterThan(IMAGES);
    expect(result.unsynced).toBeGreaterThan(IMAGES / 2);
    expect(result).toMatchObject({ lost: 0, lossy: 0, unreadable: 0 });
  });

  it('leaves books that keep every invariant, with a sale for all that the module was asked', () => {
    expect(result).toMatchObject({ tokensWithoutSale: 0, salesWithTwoTokens: 0, broken: [] });
  });

  it('leaves disks from which a station starts and settles what is open', () => {
    expect(result.started).toBeGreaterThan(0);
    expect(result.settled).toBeGreaterThan(0);
    expect(result.openForAPerson).toBe(0);
  });

  it('cut it while the log was moved into the file and begun anew', () => {
    expect(result.logRestarts).toBeGreaterThan(0);
  });

  it('waits for the disk twice between the tender key and the token', async () => {
    cpSync(`${folder}/fresh`, `${folder}/patient`, { recursive: true });
    const patient = { folder: `${folder}/patient`, seed: SEED, sales: WAITED, patient: true };
    const waits = waitsOf(await traceSales(patient));
    expect(waits.length).toBe(WAITED);
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
    expect(await checkImages(quiet, CONTROL_IMAGES, SEED, work)).toMatchObject({ lossy: 0, broken: [] });
    expect(waitsOf(quiet)).toEqual(Array.from({ length: 3 }, () => ({ syncs: 2, beganLog: false })));
  });

  it.each(['NORMAL', 'OFF', 'CHECKPOINT'] as const)(
    'sees the loss when synchronous is weakened: %s',
    async (weak) => {
      const control = await cutPower(`${folder}/fresh`, folder, CONTROL_IMAGES, SEED, weak);
      expect(control.lossy).toBeGreaterThan(CONTROL_IMAGES / 4);
      expect(control.lost).toBeGreaterThan(0);
    },
  );
});
