import { cpSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLedger, NOTHING_FOUND } from '../../src/cli/crash-test/invariants.ts';
import { runTill, type TillRun, type Told } from '../../src/cli/crash-test/till-process.ts';
import { openReader } from '../../src/main/store/index.ts';
import { newFolder, SEED } from './sizes.ts';

/** What the disk answers instead of doing what it was asked. Calls are counted from the program's start. */
const FAULTS = [
  { name: 'EIO on fsync', call: 'fsync', error: 'EIO', from: 16, to: 18 },
  { name: 'ENOSPC on pwrite64', call: 'pwrite64', error: 'ENOSPC', from: 150, to: 400 },
  {
    name: 'EROFS on pwrite64, as of a disk that was remounted read-only',
    call: 'pwrite64',
    error: 'EROFS',
    from: 150,
    to: 9_999,
  },
  { name: 'EIO on pwrite64', call: 'pwrite64', error: 'EIO', from: 201, to: 202 },
] as const;

const SALES = 12;

describe(`a disk that fails under a selling till, seed ${SEED}`, () => {
  const folder = newFolder('storage');

  beforeAll(async () => {
    await runTill({ folder: `${folder}/fresh`, seed: SEED, sales: 0 });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const sellAgain = async (data: string, told: readonly Told[]): Promise<void> => {
    const after = await runTill({ folder: data, seed: SEED + 1, sales: 2 });
    expect(after.told.length, after.refused.join()).toBe(2);
    const ledger = openReader('ledger', `${data}/ledger.db`);
    if (!ledger.ok) throw new Error(JSON.stringify(ledger.error));
    try {
      expect(checkLedger(ledger.value, [...told, ...after.told])).toEqual(NOTHING_FOUND);
    } finally {
      ledger.value.close();
    }
  };

  const saidHonestly = (run: TillRun): void => {
    expect(run.complaints).not.toMatch(/at .*\.ts:/u);
    expect(run.differing).toEqual([]);
    expect(run.refused).toEqual(['storage-failed']);
    expect(run.told.length).toBeGreaterThan(0);
    expect(run.told.length).toBeLessThan(SALES);
  };

  it.each(FAULTS)(
    '$name: says that the storage failed, and loses nothing',
    async ({ call, error, from, to }) => {
      const data = `${folder}/${error}-${call}`;
      cpSync(`${folder}/fresh`, data, { recursive: true });
      const inject = `inject=${call}:error=${error}:when=${from}..${to}`;
      const under = [
        'strace',
        '-f',
        '--seccomp-bpf',
        '-qq',
        '-e',
        `trace=${call}`,
        '-e',
        inject,
        '-o',
        '/dev/null',
      ];
      const run = await runTill({ folder: data, seed: SEED, sales: SALES, under });
      saidHonestly(run);
      await sellAgain(data, run.told);
    },
  );

  it('a full disk: says that the storage failed, and sells again once there is room', async () => {
    // The small disk lives as long as the mount namespace: the copy made at its end is what was on it.
    const data = `${folder}/full`;
    const script = `mkdir -p ${data} && mount -t tmpfs -o size=1400k none ${data} && cp ${folder}/fresh/* ${data}/ && "$@"; code=$?;
      cp -r ${data} ${folder}/full-kept && exit $code`;
    const alone = process.getuid?.() === 0 ? ['unshare', '-m'] : ['unshare', '-rm'];
    const under = [...alone, 'sh', '-c', script, 'sh'];
    const run = await runTill({ folder: data, seed: SEED, sales: 60, under });
    expect(run.refused).toEqual(['storage-failed']);
    expect(run.told.length).toBeGreaterThan(0);
    expect(run.told.length).toBeLessThan(60);
    await sellAgain(`${folder}/full-kept`, run.told);
  });
});
