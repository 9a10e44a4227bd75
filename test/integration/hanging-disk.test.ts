import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepBooks } from '../../src/main/station/books-keeper.ts';
import { openWriter } from '../../src/main/store/index.ts';
import { hangingBackup } from './hanging-backup.ts';
import { NOON, sellOnce } from './health-fixtures.ts';

describe.runIf(process.platform !== 'win32')('a disk for backups that no longer answers', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'kioskwatt-hang-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('keeps no station from closing its books', { timeout: 60_000 }, async () => {
    const data = path.join(root, 'data');
    await sellOnce(data, NOON, 'Thandi Nkosi');
    const disk = hangingBackup(path.join(root, 'backups'));
    const ledger = openWriter('ledger', path.join(data, 'ledger.db'));
    if (!ledger.ok) throw new Error(ledger.error.code);
    const keeper = keepBooks({
      ledger: ledger.value,
      dataFolder: data,
      backupFolder: path.join(root, 'backups'),
      byItself: false,
      program: 'test',
      now: () => NOON,
      onChange: () => undefined,
    });
    try {
      await disk.isRead();
      await keeper.close();
    } finally {
      disk.letGo();
      ledger.value.close();
    }
  });

  const end = (how: 'hangs' | 'answers'): ReturnType<typeof spawnSync> => {
    const program = path.join(import.meta.dirname, 'end-while-hanging.ts');
    const words = [program, root, path.join(root, 'backups'), how];
    return spawnSync(process.execPath, words, { timeout: 60_000, killSignal: 'SIGTERM', encoding: 'utf8' });
  };

  it('keeps no program from ending', { timeout: 90_000 }, () => {
    expect(end('hangs')).toMatchObject({ signal: 'SIGKILL', stderr: '' });
  });

  it('is waited for where it answers in time', { timeout: 90_000 }, () => {
    expect(end('answers')).toMatchObject({ status: 7, signal: null, stderr: '' });
  });
});
