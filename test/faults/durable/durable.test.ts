import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTill } from '../../../src/cli/crash-test/till-process.ts';
import { newFolder, SEED } from '../sizes.ts';
import { notDurable, ORDER_WORDS } from './disk-order.ts';

const PROGRAM = path.join(import.meta.dirname, 'do.ts');

describe('what has to be on the disk when it is done', () => {
  const root = realpathSync(newFolder('durable'));
  const trace = `${root}.trace`;

  /** Lets the program do it in a folder of its own; what a power cut would leave undone of it. */
  const lostOf = (what: string, from: string, to: string): readonly string[] => {
    const [strace = '', ...words] = ORDER_WORDS;
    execFileSync(strace, [...words, '-o', trace, process.execPath, PROGRAM, what, from, to]);
    return notDurable(trace, root);
  };
  const backupIn = (folder: string): string => path.join(folder, readdirSync(folder)[0] ?? '');

  beforeAll(async () => {
    await runTill({ folder: `${root}/data`, seed: SEED, sales: 3 });
  }, 120_000);

  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
    rmSync(trace, { force: true });
  });

  it('a file that is written over an old one', () => {
    mkdirSync(`${root}/files`);
    for (const _ of ['new', 'old']) expect(lostOf('write', '', `${root}/files/settings.json`)).toEqual([]);
  });

  it('a station’s new key', () => {
    mkdirSync(`${root}/keys`);
    expect(lostOf('key', '', `${root}/keys`)).toEqual([]);
    expect(readdirSync(`${root}/keys`).length).toBeGreaterThan(0);
  });

  it('a backup, in a folder that was not there and in one that was', () => {
    for (const _ of ['first', 'second'])
      expect(lostOf('backup', `${root}/data`, `${root}/backups`)).toEqual([]);
    expect(existsSync(path.join(backupIn(`${root}/backups`), 'manifest.json'))).toBe(true);
  });

  it('a restored folder, where nothing stood and over one that is moved aside', () => {
    const backup = backupIn(`${root}/backups`);
    for (const to of [`${root}/restored`, `${root}/data`]) {
      expect(lostOf('restore', backup, to)).toEqual([]);
      expect(existsSync(`${to}/ledger.db`)).toBe(true);
    }
  });
});
