import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStation, type Station } from '../../src/main/station/index.ts';
import { canMount } from '../fixtures/mounts.ts';
import { NOON, startFault } from './health-fixtures.ts';

describe.runIf(canMount())('a start on a disk without a byte of room', () => {
  let root: string;
  let disk: string;
  let data: string;

  beforeEach(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'kioskwatt-full-'));
    disk = path.join(root, 'disk');
    data = path.join(disk, 'data');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=320m', 'tmpfs', disk]);
    const program = path.join(import.meta.dirname, '../e2e/make-private.ts');
    execFileSync(process.execPath, [program, data, path.join(root, 'backups'), path.join(root, 'exchange')]);
    await (await open()).close();
    expect(existsSync(path.join(data, 'ballast'))).toBe(true);
  });
  afterEach(() => {
    execFileSync('umount', [disk]);
    rmSync(root, { recursive: true });
  });

  const options = (): Parameters<typeof openStation>[0] => ({
    dataFolder: data,
    profile: 'private',
    passphrase: 'private',
    now: () => NOON,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  });
  const open = async (): Promise<Station> => {
    const opened = await openStation(options());
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    return opened.value;
  };
  const fillUp = (): void => {
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(path.join(disk, 'filler'), Buffer.alloc(bavail * bsize));
    expect(statfsSync(disk).bavail).toBe(0);
  };
  const leftovers = (): string[] => readdirSync(data).filter((name) => name.startsWith('.probe-'));

  it('gives up the room that is kept back, sells nothing, and has it back once there is room', async () => {
    fillUp();
    const station = await open();
    const state = async (): Promise<string> => {
      const status = await station.handlers['station.status']({}, { operator: null });
      return status.ok ? status.value.disk.state : status.error.code;
    };
    try {
      expect(await state()).toBe('stop');
      expect(existsSync(path.join(data, 'ballast'))).toBe(false);
      rmSync(path.join(disk, 'filler'));
      expect(await state()).toBe('low');
    } finally {
      await station.close();
    }
    await (await open()).close();
    expect(existsSync(path.join(data, 'ballast'))).toBe(true);
    expect(leftovers()).toEqual([]);
  });

  it('says how much has to be free where nothing is kept back, and with so much sells and keeps room back', async () => {
    rmSync(path.join(data, 'ballast'));
    fillUp();
    expect(await startFault(options())).toEqual({
      code: 'folder-full',
      // 200 to sell, twice the room that is kept back (32 MiB each), and two for the start itself.
      params: { folder: data, megabytes: 270 },
    });
    expect(leftovers()).toEqual([]);
    truncateSync(path.join(disk, 'filler'), statSync(path.join(disk, 'filler')).size - 270_000_000);
    const station = await open();
    const status = await station.handlers['station.status']({}, { operator: null });
    await station.close();
    expect(status).toMatchObject({ ok: true, value: { disk: { state: 'low' } } });
    expect(existsSync(path.join(data, 'ballast'))).toBe(true);
  });
});
