import { rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLedger, NOTHING_FOUND } from '../../src/cli/crash-test/invariants.ts';
import { runTill, type Told, type TillRun } from '../../src/cli/crash-test/till-process.ts';
import { openReader } from '../../src/main/store/index.ts';
import { newFolder, SEED } from './sizes.ts';

/** Where the library lies that answers for the clock; the command that ships with it knows. */
function fakeTimeLibrary(): string {
  return execFileSync('faketime', ['-f', '+0d', 'sh', '-c', 'echo $LD_PRELOAD'], { encoding: 'utf8' }).trim();
}

describe(`a clock that jumps while a till sells, seed ${SEED}`, () => {
  const folder = newFolder('clock');
  const clockFile = `${folder}/clock`;
  const told: Told[] = [];
  let env: Record<string, string>;

  const setClock = (text: string): void => writeFileSync(clockFile, `${text}\n`);

  /** Sells; after so many sales the clock is set to something else. */
  const sell = async (
    seed: number,
    sales: number,
    then?: { after: number; clock: string },
  ): Promise<TillRun> => {
    let seen = 0;
    const run = await runTill({
      folder: `${folder}/data`,
      seed,
      sales,
      clock: 'computer',
      env,
      onLine: (line) => {
        if (line.startsWith('told') && (seen += 1) === then?.after) setClock(then.clock);
      },
    });
    told.push(...run.told);
    return run;
  };

  beforeAll(async () => {
    env = {
      LD_PRELOAD: fakeTimeLibrary(),
      FAKETIME_TIMESTAMP_FILE: clockFile,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      TZ: 'UTC',
    };
    setClock('@2027-03-01 08:00:00');
    await sell(SEED, 3);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('sells by the computer’s clock', () => {
    expect(told.length).toBe(3);
  });

  it('refuses to sell when the clock has gone back between two days', async () => {
    setClock('@2027-02-27 08:00:00');
    expect(await sell(SEED + 1, 3)).toMatchObject({ told: [], refused: ['clock-behind'] });
  });

  it('sells again as soon as the clock is right', async () => {
    setClock('@2027-03-01 09:00:00');
    expect((await sell(SEED + 2, 3)).told.length).toBe(3);
  });

  it('refuses from the moment on at which the clock goes back while the till sells', async () => {
    setClock('@2027-03-01 10:00:00');
    const run = await sell(SEED + 3, 400, { after: 3, clock: '@2027-03-01 07:00:00' });
    expect(run.refused).toEqual(['clock-behind']);
    expect(run.told.length).toBeGreaterThanOrEqual(3);
    expect(run.told.length).toBeLessThan(400);
  });

  it('never used a token time twice, and kept its books in order', async () => {
    setClock('@2027-03-01 11:00:00');
    expect((await sell(SEED + 4, 3)).told.length).toBe(3);
    const ledger = openReader('ledger', `${folder}/data/ledger.db`);
    if (!ledger.ok) throw new Error(JSON.stringify(ledger.error));
    try {
      expect(checkLedger(ledger.value, told)).toEqual(NOTHING_FOUND);
    } finally {
      ledger.value.close();
    }
  });
});
