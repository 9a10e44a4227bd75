import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLedger, NOTHING_FOUND } from '../../src/cli/crash-test/invariants.ts';
import { traceSales } from '../../src/cli/crash-test/power-loss.ts';
import { runTill, type TillRun, type Told } from '../../src/cli/crash-test/till-process.ts';
import { openSales } from '../../src/main/ledger/index.ts';
import { openReader, type LedgerReader } from '../../src/main/store/index.ts';
import { canFailOwnDisk, canMountWithin } from '../fixtures/mounts.ts';
import { newFolder, SEED } from './sizes.ts';

/** What the disk answers instead of doing what it was asked. Calls are counted from the program's start. */
const FAULTS = [
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
/** A sale writes several times as often as it waits for the disk. */
const SWEPT_WRITES = process.env['KIOSKWATT_SIZE'] === 'deep' ? ['pwrite64'] : [];
/** Words that begin a mount namespace of its own, for root and for others. */
const ALONE = process.getuid?.() === 0 ? ['unshare', '-m'] : ['unshare', '-rm'];

/** Words that make some calls of a thread, counted from its start, fail. */
const failing = (call: string, error: string, from: number, to: number): readonly string[] =>
  `strace -f --seccomp-bpf -qq -o /dev/null -e trace=${call} -e inject=${call}:error=${error}:when=${from}..${to}`.split(
    ' ',
  );

describe(`a disk that fails under a selling till, seed ${SEED}`, () => {
  const folder = newFolder('storage');

  beforeAll(async () => {
    await runTill({ folder: `${folder}/fresh`, seed: SEED, sales: 0 });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const readLedger = <Value>(data: string, read: (ledger: LedgerReader) => Value): Value => {
    const ledger = openReader('ledger', `${data}/ledger.db`);
    if (!ledger.ok) throw new Error(JSON.stringify(ledger.error));
    try {
      return read(ledger.value);
    } finally {
      ledger.value.close();
    }
  };

  const sellAgain = async (data: string, told: readonly Told[]): Promise<void> => {
    const after = await runTill({ folder: data, seed: SEED + 1, sales: 2 });
    expect(after.told.length, after.refused.join()).toBe(2);
    expect(readLedger(data, (ledger) => checkLedger(ledger, [...told, ...after.told]))).toEqual(
      NOTHING_FOUND,
    );
  };

  /** Which of the selling thread's calls belong to its second sale, from its tender key to the next one's. */
  const callsOfASale = async (kind: 'sync' | 'write'): Promise<readonly number[]> => {
    const data = `${folder}/calls-${kind}`;
    cpSync(`${folder}/fresh`, data, { recursive: true });
    const { ops } = await traceSales({ folder: data, seed: SEED, sales: 3, patient: true });
    const seller = ops.find((op) => op.op === 'said')?.thread;
    const calls: number[] = [];
    let [sales, call] = [0, 0];
    for (const op of ops) {
      if (op.op === 'said' && op.line.startsWith('tender')) sales += 1;
      if (op.op !== kind || op.thread !== seller) continue;
      call += 1;
      if (sales === 2) calls.push(call);
    }
    return calls;
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
      const under = failing(call, error, from, to);
      const run = await runTill({ folder: data, seed: SEED, sales: SALES, under });
      saidHonestly(run);
      await sellAgain(data, run.told);
    },
  );

  /** One call after the other of a whole sale fails; what each left open, and that nothing was lost by it. */
  const sweep = async (call: string, kind: 'sync' | 'write'): Promise<readonly number[]> => {
    const left: number[] = [];
    for (const at of await callsOfASale(kind)) {
      const data = `${folder}/${call}-${at}`;
      cpSync(`${folder}/fresh`, data, { recursive: true });
      const under = failing(call, 'EIO', at, at);
      const run = await runTill({ folder: data, seed: SEED, sales: 3, patient: true, under });
      expect(run.differing, `${call} ${at}`).toEqual([]);
      expect(run.refused, `${call} ${at}`).toEqual(['storage-failed']);
      left.push(readLedger(data, (ledger) => openSales(ledger).length));
      await sellAgain(data, run.told);
    }
    return left;
  };

  it('EIO on any fsync of a sale: says so, and loses nothing whether or not the sale is left open', async () => {
    const left = await sweep('fsync', 'sync');
    // Both waits of the sale itself, and those of its slip.
    expect(left.length).toBeGreaterThanOrEqual(4);
    expect(new Set(left)).toEqual(new Set([0, 1]));
  });

  it.each(SWEPT_WRITES)('EIO on any %s of a sale: says so, and loses nothing', async (call) => {
    expect(new Set(await sweep(call, 'write'))).toEqual(new Set([0, 1]));
  });

  // Only root has a disk of its own that the system itself stops writing to; others have the injected EROFS.
  it.runIf(canFailOwnDisk())(
    'a disk with ext4 that the system makes read-only: says so, and loses nothing',
    async () => {
      const [data, image] = [`${folder}/read-only`, `${folder}/disk.img`];
      const script = `mkdir -p ${data} && truncate -s 48M ${image} && mkfs.ext4 -q ${image} &&
        mount -o loop,errors=remount-ro ${image} ${data} && cp ${folder}/fresh/* ${data}/ &&
        echo "disk $(basename $(findmnt -n -o SOURCE ${data}))" && "$@"; code=$?;
        touch ${data}/written && code=99; cp -r ${data} ${folder}/read-only-kept; umount ${data}; exit $code`;
      let disk = '';
      let sold = 0;
      const run = await runTill({
        folder: data,
        seed: SEED,
        sales: 60,
        under: ['unshare', '-m', 'sh', '-c', script, 'sh'],
        onLine: (line) => {
          if (line.startsWith('disk ')) disk = line.slice('disk '.length);
          if (line.startsWith('told') && (sold += 1) === 3)
            writeFileSync(`/sys/fs/ext4/${disk}/trigger_fs_error`, '1');
        },
      });
      expect(run.code, run.complaints).toBe(0);
      expect(run.refused).toEqual(['storage-failed']);
      expect(run.told.length).toBeGreaterThanOrEqual(3);
      expect(run.told.length).toBeLessThan(60);
      await sellAgain(`${folder}/read-only-kept`, run.told);
    },
  );

  it.runIf(canMountWithin(ALONE))(
    'a full disk: says that the storage failed, and sells again once there is room',
    async () => {
      // The small disk lives as long as the mount namespace: the copy made at its end is what was on it.
      const data = `${folder}/full`;
      const script = `mkdir -p ${data} && mount -t tmpfs -o size=1400k none ${data} && cp ${folder}/fresh/* ${data}/ && "$@"; code=$?;
      cp -r ${data} ${folder}/full-kept && exit $code`;
      const under = [...ALONE, 'sh', '-c', script, 'sh'];
      const run = await runTill({ folder: data, seed: SEED, sales: 60, under });
      expect(run.refused).toEqual(['storage-failed']);
      expect(run.told.length).toBeGreaterThan(0);
      expect(run.told.length).toBeLessThan(60);
      await sellAgain(`${folder}/full-kept`, run.told);
    },
  );
});
