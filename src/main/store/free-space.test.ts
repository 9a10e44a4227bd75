import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canMount } from '../../../test/fixtures/mounts.ts';
import { decideSpace, openSpaceGate, openWriter, StorageError } from './index.ts';

describe('room to sell', () => {
  it.each([
    [5_000_000_000, 'held', false, 'ok'],
    [1_000_000_000, 'held', false, 'ok'],
    [999_999_999, 'held', false, 'low'],
    [200_000_000, 'none', false, 'low'],
    [199_999_999, 'held', false, 'stop'],
    [0, 'none', false, 'stop'],
    [5_000_000_000, 'released', false, 'stop'],
    [199_999_999, 'held', true, 'low'],
    [5_000_000_000, 'released', true, 'low'],
    [5_000_000_000, 'none', true, 'ok'],
  ] as const)('with %i bytes and the ballast %s (training: %s) is %s', (free, ballast, training, level) => {
    expect(decideSpace(free, ballast, training)).toBe(level);
  });

  it.each([
    [200_000_000, 'stop'],
    [233_554_431, 'stop'],
    [233_554_432, 'low'],
    [1_000_000_000, 'ok'],
  ] as const)('with %i bytes, once it was stopped, is %s', (free, level) => {
    expect(decideSpace(free, 'held', false, true)).toBe(level);
  });
});

// Where nothing may be mounted, the decision above and the retry of a transaction are what is tested.
describe.runIf(canMount())('a small disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-space-'));
  });
  afterEach(() => {
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });
  const mount = (megabytes: number): void =>
    void execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  const ballastFile = (): string => path.join(folder, 'ballast');

  it('has no ballast when there is no room beyond what stops selling', async () => {
    mount(220);
    const gate = openSpaceGate(folder, false);
    expect(await gate.fill()).toMatchObject({ level: 'low', ballast: 'none' });
    expect(existsSync(ballastFile())).toBe(false);
  });

  it('keeps 32 MB back, once, and finds them again', async () => {
    mount(300);
    const gate = openSpaceGate(folder, false);
    const [first, second] = await Promise.all([gate.fill(), gate.fill()]);
    expect(first).toMatchObject({ level: 'low', ballast: 'held' });
    expect(second).toEqual(first);
    expect(statSync(ballastFile()).size).toBe(32 * 1024 * 1024);
    expect(openSpaceGate(folder, false).state()).toEqual(first);
  });

  it('fills a ballast up that a power cut left short', async () => {
    mount(300);
    writeFileSync(ballastFile(), Buffer.alloc(1_000));
    const gate = openSpaceGate(folder, false);
    expect(gate.state().ballast).toBe('none');
    expect(await gate.fill()).toMatchObject({ ballast: 'held' });
    expect(statSync(ballastFile()).size).toBe(32 * 1024 * 1024);
  });

  it('stops below 200 MB and goes on when there is room again', () => {
    mount(300);
    const gate = openSpaceGate(folder, false);
    const filler = path.join(folder, 'filler');
    writeFileSync(filler, Buffer.alloc(150_000_000));
    expect(gate.state().level).toBe('stop');
    expect(openSpaceGate(folder, true).state().level).toBe('low');
    // A little more than what stops: not to be used up by the next sale.
    writeFileSync(filler, Buffer.alloc(gate.state().freeBytes + 150_000_000 - 210_000_000));
    expect(gate.state().level).toBe('stop');
    rmSync(filler);
    expect(gate.state().level).toBe('low');
  });

  it('of a training till is never said to be full for a ballast that it does not have', async () => {
    mount(300);
    const gate = openSpaceGate(folder, true);
    expect(await gate.fill()).toMatchObject({ ballast: 'none' });
    expect(gate.release()).toBe(false);
    expect(gate.state()).toMatchObject({ ballast: 'none' });
  });

  it('that is full gives the ballast up once, so that what is under way gets written', async () => {
    mount(300);
    const gate = openSpaceGate(folder, false);
    await gate.fill();
    const writer = openWriter('ledger', path.join(folder, 'ledger.db'), { onFull: gate.release });
    if (!writer.ok) throw new Error(writer.error.code);
    try {
      const write = (n: number): { readonly changes: number } =>
        writer.value.transaction((tx) =>
          tx
            .prepare('INSERT INTO request VALUES (?, ?, ?)')
            .run(`r${n}`, 'c', JSON.stringify('x'.repeat(500_000))),
        );
      write(0);
      writeFileSync(path.join(folder, 'filler'), Buffer.alloc(gate.state().freeBytes - 65_536));
      write(1);
      expect(gate.state()).toMatchObject({ level: 'stop', ballast: 'released' });
      expect(existsSync(ballastFile())).toBe(false);
      expect(writer.value.prepare('SELECT count(*) AS n FROM request').get()).toEqual({ n: 2 });
      const fillUp = (): void => {
        for (let n = 2; n < 200; n += 1) write(n);
      };
      expect(fillUp).toThrow(StorageError);
      expect(writer.value.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    } finally {
      writer.value.close();
    }
    rmSync(path.join(folder, 'filler'));
    expect(gate.state().level).toBe('stop');
    expect(await gate.fill()).toMatchObject({ level: 'low', ballast: 'held' });
  });
});
