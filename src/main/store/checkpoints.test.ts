import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCheckpoint } from './checkpoint-job.ts';
import { openCheckpoints } from './checkpoints.ts';
import type { LedgerWriter } from './handles.ts';
import { openWriter } from './open-database.ts';
import type { StorageError } from './storage-error.ts';

let folder: string;
let file: string;
let writer: LedgerWriter;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-checkpoints-'));
  file = path.join(folder, 'ledger.db');
  const opened = openWriter('ledger', file);
  if (!opened.ok) throw new Error(opened.error.code);
  writer = opened.value;
});

afterEach(() => {
  writer.close();
  rmSync(folder, { recursive: true });
});

const commit = (id: string): void =>
  writer.transaction((tx) =>
    tx.prepare("INSERT INTO request VALUES (?, 'x', '{}')").run(id),
  ) as unknown as void;

/** How many rows the file alone holds, without its log. */
function rowsInFile(): number {
  const alone = path.join(folder, 'alone.db');
  copyFileSync(file, alone);
  const db = new Database(alone, { readonly: true });
  try {
    return db.prepare('SELECT count(*) FROM request').pluck().get() as number;
  } finally {
    db.close();
  }
}

describe('a checkpoint beside the writer', () => {
  it('moves the log into the file, and begins the next one', () => {
    runCheckpoint({ file });
    commit('one');
    expect(rowsInFile()).toBe(0);
    runCheckpoint({ file });
    expect(rowsInFile()).toBe(1);
    // The log goes on from its beginning: it does not grow.
    const bytes = statSync(`${file}-wal`).size;
    commit('two');
    expect(statSync(`${file}-wal`).size).toBe(bytes);
    const [begun] = new Database(file).pragma('wal_checkpoint(PASSIVE)') as { log: number }[];
    expect(begun?.log).toBeLessThan(8);
  });

  it('lets a writer go first that is at work', () => {
    commit('one');
    writer.transaction((tx) => {
      tx.prepare("INSERT INTO request VALUES ('two', 'x', '{}')").run();
      runCheckpoint({ file });
    });
    expect(rowsInFile()).toBe(1);
  });

  it('comes by itself after many commits that left no quiet moment', async () => {
    const checkpoints = openCheckpoints({ file }, () => undefined);
    for (let n = 0; n < 200; n += 1) {
      commit(String(n));
      checkpoints.committed();
    }
    await vi.waitFor(() => expect(rowsInFile()).toBe(200), { timeout: 30_000, interval: 20 });
    await checkpoints.close();
  });

  it('has a fault of the disk refuse every later commit', async () => {
    const damaged = path.join(folder, 'damaged.db');
    writeFileSync(damaged, 'not a database, and long enough to have a header of one hundred bytes'.repeat(3));
    const fault = await new Promise<StorageError>((resolve) => {
      const checkpoints = openCheckpoints({ file: damaged }, resolve);
      for (let n = 0; n < 200; n += 1) checkpoints.committed();
    });
    expect(fault).toMatchObject({ sqliteCode: 'SQLITE_NOTADB', fatal: true });
    writer.heed(fault);
    expect(() => commit('refused')).toThrow('SQLITE_NOTADB');
  });
});
