import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { canMount } from '../../../test/fixtures/mounts.ts';
import { openSpaceGate, type SpaceGate } from '../store/index.ts';
import { watchDisk, type Disk } from './disk.ts';

// Where nothing may be mounted, the decision of the gate is what is tested.
describe.runIf(canMount())('a disk that was full once', () => {
  let folder: string;
  let gate: SpaceGate;
  let disk: Disk;
  let told: number;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300m', 'tmpfs', folder]);
    gate = openSpaceGate(folder, false);
    told = 0;
    disk = watchDisk(gate, () => (told += 1));
    disk.look();
    expect(await gate.fill()).toMatchObject({ ballast: 'held' });
    expect(gate.release()).toBe(true);
  });
  afterEach(async () => {
    await disk.close();
    vi.useRealTimers();
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });

  it('sells again after the first sale that it refused, without a restart', async () => {
    expect(disk.fault()).toMatchObject({ code: 'disk-full' });
    await gate.fill();
    expect(disk.fault()).toBeNull();
    expect(gate.state().ballast).toBe('held');
  });

  it('sells again by itself after a while', async () => {
    expect(disk.state().state).toBe('stop');
    await vi.advanceTimersByTimeAsync(60_000);
    await gate.fill();
    expect(disk.state().state).toBe('low');
  });
});

it('a disk that can’t be asked for its room has failed, and says so once', async () => {
  const place = mkdtempSync(path.join(tmpdir(), 'kioskwatt-disk-'));
  let told = 0;
  const disk = watchDisk(openSpaceGate(place, false), () => (told += 1));
  rmSync(place, { recursive: true });
  disk.look();
  await disk.close();
  disk.look();
  await disk.close();
  expect(disk.state()).toEqual({ state: 'failed', freeMegabytes: 0 });
  expect(told).toBe(1);
});
