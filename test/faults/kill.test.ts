import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runKills, type KillResult } from '../../src/cli/crash-test/kills.ts';
import { KILLS, newFolder, SEED } from './sizes.ts';

/** Half of them beside each kind of module. */
const HALF = KILLS / 2;

describe.each(['primitive', 'managed'] as const)(
  `tills killed ${HALF} times beside a %s module, seed ${SEED}`,
  (level) => {
    const folder = newFolder('kill');
    let result: KillResult;

    beforeAll(async () => {
      result = await runKills({ folder: `${folder}/data`, kills: HALF, seed: SEED, level });
    }, 7_200_000);

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('killed them, at moments and at system calls, and sold between', () => {
      expect(result.kills).toBe(HALF);
      expect(Object.keys(result.killedAt).length).toBeGreaterThan(2);
      expect(result.besideFaults).toBeGreaterThan(0);
      expect(result.acknowledged).toBeGreaterThan(HALF / 2);
      expect(result.tokensMade).toBeGreaterThan(0);
      expect(result.printed).toBeGreaterThan(0);
    });

    it('lost no sale that a cashier was told of', () => {
      expect(result.lost).toBe(0);
    });

    it('made no token without a sale and no sale with two tokens', () => {
      expect(result.tokensWithoutSale).toBe(0);
      expect(result.salesWithTwoTokens).toBe(0);
    });

    it('left books, paper and refusals as they should be', () => {
      expect(result.broken).toEqual([]);
      expect(result.openForAPerson).toBe(0);
    });
  },
);
