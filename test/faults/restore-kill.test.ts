import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkLedger, NOTHING_FOUND } from '../../src/cli/crash-test/invariants.ts';
import { runTill, type Told } from '../../src/cli/crash-test/till-process.ts';
import { makeBackup } from '../../src/main/ledger/index.ts';
import { openDataFolder, openReader } from '../../src/main/store/index.ts';
import { newFolder, SEED } from './sizes.ts';

const STATION = path.resolve(import.meta.dirname, '../../src/cli/station.ts');
/** A restore moves the old folder aside and puts the new one in place, each by one of these calls. */
const MOVES = { aside: 1, inPlace: 2 } as const;

describe(`a restore that is cut off, seed ${SEED}`, () => {
  const root = newFolder('restore-kill');
  const [made, data, backups] = ['made', 'data', 'backups'].map((name) => path.join(root, name)) as [
    string,
    string,
    string,
  ];
  let backup: string;
  let told: readonly Told[];

  beforeAll(async () => {
    const sold = await runTill({ folder: made, seed: SEED, sales: 3 });
    mkdirSync(backups);
    const copy = makeBackup({ data: made, to: backups, nowUnixMs: Date.now(), program: 'test' });
    if (!sold.finished || !copy.ok) throw new Error(sold.complaints);
    ({ told } = sold);
    ({ backup } = copy.value);
  });
  beforeEach(() => {
    for (const name of readdirSync(root))
      if (name.startsWith('data')) rmSync(path.join(root, name), { recursive: true });
    cpSync(made, data, { recursive: true });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  /** The command as a process of its own, under strace with what its n-th rename meets. */
  const restore = (move?: keyof typeof MOVES, meets = 'signal=SIGKILL'): ReturnType<typeof spawnSync> => {
    const words = [process.execPath, STATION, 'restore', '--from', backup, '--data', data, '--json'];
    const inject = move && `inject=rename:${meets}:when=${MOVES[move]}`;
    const under = inject
      ? ['strace', '-f', '-qq', '-e', 'trace=rename', '-e', inject, '-o', '/dev/null']
      : [];
    const [command = '', ...rest] = [...under, ...words];
    // A program that keeps what was compiled of it renames files too.
    const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
    return spawnSync(command, rest, { encoding: 'utf8', env });
  };

  const salesIn = (folder: string): ReturnType<typeof checkLedger> => {
    const ledger = openReader('ledger', path.join(folder, 'ledger.db'));
    if (!ledger.ok) throw new Error(ledger.error.code);
    try {
      return checkLedger(ledger.value, told);
    } finally {
      ledger.value.close();
    }
  };

  const besideData = (): string[] => readdirSync(root).filter((name) => name.startsWith('data.'));

  it('before the old folder is moved leaves that one in place, and it sells on', async () => {
    expect(restore('aside').signal).toBe('SIGKILL');
    expect(salesIn(data)).toEqual(NOTHING_FOUND);
    const after = await runTill({ folder: data, seed: SEED + 1, sales: 1 });
    expect(after.told.length, after.refused.join()).toBe(1);
  });

  it('between its two moves begins no new books: both folders are named, and the next restore finishes', async () => {
    expect(restore('inPlace').signal).toBe('SIGKILL');
    expect(existsSync(data)).toBe(false);
    const left = besideData().toSorted((one, other) => other.localeCompare(one));
    expect(left).toEqual([expect.stringMatching(/restoring/u), expect.stringMatching(/before-restore/u)]);
    expect(openDataFolder(data)).toEqual({
      ok: false,
      error: { code: 'restore-unfinished', params: { folder: data, found: left.join(', ') } },
    });
    expect(existsSync(data)).toBe(false);
    expect(restore()).toMatchObject({ status: 0 });
    expect(salesIn(data)).toEqual(NOTHING_FOUND);
    const after = await runTill({ folder: data, seed: SEED + 1, sales: 1 });
    expect(after.told.length, after.refused.join()).toBe(1);
  });

  it('by a fault of the disk puts the old folder back', () => {
    const refused = restore('inPlace', 'error=EIO');
    expect(JSON.parse(String(refused.stdout))).toMatchObject({
      error: { code: 'restore-target', params: { reason: 'EIO' } },
    });
    expect(refused.status).not.toBe(0);
    expect(besideData()).toEqual([]);
    expect(salesIn(data)).toEqual(NOTHING_FOUND);
  });
});
