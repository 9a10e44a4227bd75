import { rmSync, writeFileSync } from 'node:fs';
import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLedger, NOTHING_FOUND } from '../../src/cli/crash-test/invariants.ts';
import { runTill, type Told, type TillRun } from '../../src/cli/crash-test/till-process.ts';
import { openReader } from '../../src/main/store/index.ts';
import { newFolder, SEED } from './sizes.ts';

const TILL = path.join(import.meta.dirname, 'clock-till.ts');

/** Where the library lies that answers for the clock; the command that ships with it knows. */
function fakeTimeLibrary(): string {
  return execFileSync('faketime', ['-f', '+0d', 'sh', '-c', 'echo $LD_PRELOAD'], { encoding: 'utf8' }).trim();
}

/** What makes a program take the time from a file, at every call. */
const clockFrom = (file: string): Record<string, string> => ({
  LD_PRELOAD: fakeTimeLibrary(),
  FAKETIME_TIMESTAMP_FILE: file,
  FAKETIME_NO_CACHE: '1',
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
  TZ: 'UTC',
});

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
    env = clockFrom(clockFile);
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

describe('a clock that jumps ahead under a station that does not train', () => {
  const folder = newFolder('ahead');
  const clockFile = `${folder}/clock`;

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('sells nothing until it is set right or somebody answers for it', async () => {
    writeFileSync(clockFile, '@2027-03-01 08:00:00\n');
    const till = spawn(process.execPath, [TILL], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...clockFrom(clockFile) },
    });
    const answers = createInterface(till.stdout)[Symbol.asyncIterator]();
    const at = async (clock: string, task: string): Promise<string> => {
      writeFileSync(clockFile, `@2027-${clock}:00\n`);
      till.stdin.write(`${task}\n`);
      const { value } = (await answers.next()) as { value: string };
      return `${clock} ${task}: ${value}`;
    };
    try {
      const said = [
        await at('03-01 08:00', 'open'),
        await at('03-02 07:59', 'sell'),
        await at('03-05 08:00', 'sell'),
        await at('03-05 09:00', 'sell'),
        await at('03-02 09:00', 'sell'),
        await at('03-05 09:00', 'sell'),
        await at('03-05 09:01', 'accept'),
        await at('03-05 09:02', 'sell'),
        await at('03-02 10:00', 'sell'),
        await at('03-05 09:10', 'sell'),
        await at('03-05 09:11', 'verify'),
      ];
      expect(said).toEqual([
        '03-01 08:00 open: ok',
        '03-02 07:59 sell: ok',
        '03-05 08:00 sell: clock-jumped',
        '03-05 09:00 sell: clock-jumped',
        '03-02 09:00 sell: ok',
        '03-05 09:00 sell: clock-jumped',
        '03-05 09:01 accept: ok',
        '03-05 09:02 sell: ok',
        '03-02 10:00 sell: clock-behind',
        '03-05 09:10 sell: ok',
        '03-05 09:11 verify: ok',
      ]);
    } finally {
      till.stdin.end();
    }
  });
});
