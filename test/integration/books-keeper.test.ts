import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { lastAnchor, listBackups, verifyBackup } from '../../src/main/ledger/index.ts';
import { keepBooks, type BooksKeeper, type KeeperOptions } from '../../src/main/station/books-keeper.ts';
import {
  openStationKey,
  openWriter,
  type LedgerWriter,
  type StationKey,
} from '../../src/main/store/index.ts';
import { damageLeaf, firstRow, forge, NOON, sellOnce } from './health-fixtures.ts';

const DAY = 24 * 3_600_000;

let root: string;
let data: string;
let ledger: LedgerWriter;
let now: number;
let keeper: BooksKeeper | undefined;
let changes: number;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'kioskwatt-keeper-'));
  await sellOnce(path.join(root, 'sold'), NOON, 'Thandi Nkosi');
  return () => rmSync(root, { recursive: true, force: true });
});
beforeEach(() => {
  data = mkdtempSync(path.join(root, 'data-'));
  cpSync(path.join(root, 'sold'), data, { recursive: true });
  now = NOON + 60_000;
  changes = 0;
});
afterEach(async () => {
  vi.useRealTimers();
  await keeper?.close();
  ledger.close();
});

function keep(own: Partial<KeeperOptions> = {}): BooksKeeper {
  const opened = openWriter('ledger', path.join(data, 'ledger.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  ledger = opened.value;
  keeper = keepBooks({
    ledger,
    dataFolder: data,
    backupFolder: path.join(data, '..', `${path.basename(data)}-backups`),
    byItself: false,
    program: 'test',
    now: () => now,
    onChange: () => {
      changes += 1;
    },
    ...own,
  });
  return keeper;
}

/** A keeper, and the moment at which it says that something changed and this holds. */
function keepUntil(holds: () => boolean, own: Partial<KeeperOptions> = {}): Promise<void> {
  return new Promise((resolve) => {
    const onChange = (): void => {
      if (holds()) resolve();
    };
    keep({ onChange, ...own });
  });
}

/** The ledger is out of reach, under the writer that has it open, until what this returns is called. */
function outOfReach(): () => void {
  const file = path.join(data, 'ledger.db');
  renameSync(file, `${file}.away`);
  mkdirSync(file);
  return () => {
    rmdirSync(file);
    renameSync(`${file}.away`, file);
  };
}

function stationKey(): StationKey {
  const key = openStationKey(data);
  if (!key.ok) throw new Error(key.error.code);
  return key.value;
}

describe('the keeper of the books', () => {
  it('checks everything beside the writer and anchors what it found whole', async () => {
    expect(await keep().checkNow()).toBeNull();
    expect(lastAnchor(ledger, stationKey(), true)).toMatchObject({ atUnixMs: now });
    expect(keeper?.fault()).toBeNull();
    expect(changes).toBeGreaterThan(0);
  });

  it('stops sales with the name of what it found', async () => {
    forge(path.join(data, 'ledger.db'), "UPDATE token SET digits = '00000000000000000000'");
    await keep().checkNow();
    expect(keeper?.fault()).toEqual({
      code: 'books-damaged',
      params: { row: firstRow(data, 'token'), reason: 'row changed' },
      retry: 'no',
    });
    expect(keeper?.state().state).toBe('damaged');
  });

  it('makes a verified backup, once for two who ask at the same time', async () => {
    const [first, second] = await Promise.all([keep().backupNow(), keeper!.backupNow()]);
    expect(first).toBe(second);
    if (!first.ok) throw new Error(first.error.code);
    expect(verifyBackup(first.value.backup).ok).toBe(true);
    // A Z that was closed after it is not in it.
    expect(keeper?.dayEnd(now + 1).state).toBe('waiting');
    now += DAY;
    expect(keeper?.dayEnd(0).state).toBe('waiting');
  });

  // A second disk that every Linux has.
  it.runIf(process.platform === 'linux')(
    'counts a backup for the day’s end that is not lost with the books’ own disk',
    async () => {
      await keep().backupNow();
      expect(keeper?.dayEnd(0)).toEqual({ state: 'problem', problem: 'backup-same-disk' });
      await keeper?.close();
      ledger.close();
      const elsewhere = mkdtempSync('/dev/shm/kioskwatt-keeper-');
      try {
        await keep({ backupFolder: elsewhere }).backupNow();
        expect(keeper?.dayEnd(0)).toEqual({ state: 'done', problem: null });
        expect(keeper?.state().backup).toBe('good');
      } finally {
        rmSync(elsewhere, { recursive: true });
      }
    },
  );

  it('knows after a restart how the backups stand', async () => {
    await keep().backupNow();
    await keeper?.close();
    ledger.close();
    await keepUntil(() => keeper?.state().backup === 'same-disk');
    expect(keeper?.dayEnd(0).problem).toBe('backup-same-disk');
    await keeper?.close();
    ledger.close();
    await keepUntil(() => keeper?.state().backup === 'failed', {
      backupFolder: path.join(root, 'unplugged', 'backups'),
    });
    expect(keeper?.dayEnd(0).state).toBe('problem');
  });

  it('makes one more when a shift closes while one is being made', async () => {
    const folder = path.join(root, `${path.basename(data)}-two-shifts`);
    const made = (): readonly (number | undefined)[] => {
      const listed = listBackups(folder);
      return listed.ok ? listed.value.map(({ manifest }) => manifest?.createdUnixMs) : [];
    };
    mkdirSync(folder);
    const first = now;
    const settled = keepUntil(() => keeper?.dayEnd(first + 1).problem === 'backup-same-disk', {
      backupFolder: folder,
    });
    keeper?.backupSoon();
    now += 30_000;
    keeper?.backupSoon();
    keeper?.backupSoon();
    await settled;
    expect(made()).toEqual([first, now]);
  });

  it('lets old copies of updates go once a backup of these books was verified, and not before', async () => {
    const copies = ['ledger.db.v3.backup', 'ledger.db.v4.backup'];
    for (const name of copies) {
      writeFileSync(path.join(data, name), '');
      utimesSync(path.join(data, name), (now - 40 * DAY) / 1000, (now - 40 * DAY) / 1000);
    }
    const left = (): readonly string[] => readdirSync(data).filter((name) => name.endsWith('.backup'));
    const inside = path.join(data, 'inside');
    mkdirSync(inside);
    expect((await keep({ backupFolder: inside }).backupNow()).ok).toBe(false);
    expect(left()).toEqual(copies);
    await keeper?.close();
    ledger.close();
    expect((await keep().backupNow()).ok).toBe(true);
    expect(left()).toEqual(['ledger.db.v4.backup']);
  });

  it('lets no copy go by a clock that is not believed', async () => {
    const copies = ['ledger.db.v3.backup', 'ledger.db.v4.backup'];
    for (const name of copies) {
      writeFileSync(path.join(data, name), '');
      utimesSync(path.join(data, name), (now - 10 * DAY) / 1000, (now - 10 * DAY) / 1000);
    }
    now += 40 * DAY;
    expect((await keep().backupNow()).ok).toBe(true);
    expect(readdirSync(data).filter((name) => name.endsWith('.backup'))).toEqual(copies);
  });

  it('says when there is no folder, and when the folder can’t be used', async () => {
    expect(keep({ backupFolder: null, byItself: true }).state().backup).toBe('none');
    expect(keeper?.dayEnd(0).state).toBe('not-set-up');
    await keeper?.close();
    ledger.close();
    const inside = path.join(data, 'inside');
    mkdirSync(inside);
    expect((await keep({ backupFolder: inside }).backupNow()).ok).toBe(false);
    expect(keeper?.state().backup).toBe('failed');
    expect(keeper?.dayEnd(0).state).toBe('problem');
  });

  it.each([
    ['a damaged page', (file: string) => damageLeaf(file, 'token'), 'database-damaged'],
    ['a changed row', (file: string) => forge(file, "UPDATE token SET digits = '0'"), 'chain-broken'],
  ])('stops sales for %s that a backup met first', async (_what, harm, code) => {
    harm(path.join(data, 'ledger.db'));
    const changed = keepUntil(() => keeper?.fault() !== null);
    const made = await keeper?.backupNow();
    expect(made).toMatchObject({ ok: false, error: { code } });
    if (code === 'database-damaged')
      expect(made).toMatchObject({ error: { params: { file: path.join(data, 'ledger.db') } } });
    await changed;
    expect(keeper?.fault()).toMatchObject({ code: 'books-damaged' });
  });

  it('goes on where it can’t be read when the books were last checked', async () => {
    await keep().checkNow();
    await keeper?.close();
    ledger.close();
    damageLeaf(path.join(data, 'ledger.db'), 'verified_to');
    const changed = keepUntil(() => keeper?.fault() !== null, { byItself: true });
    await changed;
    // The look that follows the first check reads the same page, and is no reason to end the program.
    expect(await keeper?.checkNow()).toMatchObject({ code: 'database-damaged' });
    expect(keeper?.state().state).toBe('damaged');
  });

  it('names a file whose schema can’t be read', async () => {
    const file = path.join(data, 'ledger.db');
    keep();
    damageLeaf(file, 'sqlite_schema');
    expect(await keeper?.checkNow()).toMatchObject({ code: 'database-damaged', params: { file } });
    expect(keeper?.state().state).toBe('damaged');
  });

  it('tries a check that died once more, and the second time takes it for a finding', async () => {
    let deaths = 1;
    let started = 0;
    const end = (worker: Worker): void => {
      started += 1;
      if (started <= deaths) void worker.terminate();
    };
    process.on('worker', end);
    try {
      expect(await keep({ backupFolder: null }).checkNow()).toBeNull();
      expect(started).toBe(2);
      [deaths, started] = [2, 0];
      expect(await keeper?.checkNow()).toMatchObject({
        code: 'database-damaged',
        params: { file: path.join(data, 'ledger.db') },
      });
      expect(keeper?.fault()?.code).toBe('books-damaged');
    } finally {
      process.off('worker', end);
    }
  });

  it('takes two checks that there was no memory for as saying nothing about the books', async () => {
    const error = Object.assign(new Error('out of memory'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });
    const die = (worker: Worker): void => {
      worker.emit('error', error);
      void worker.terminate();
    };
    process.on('worker', die);
    try {
      expect(await keep({ backupFolder: null }).checkNow()).toMatchObject({ code: 'database-unreadable' });
    } finally {
      process.off('worker', die);
    }
    expect(keeper?.fault()).toBeNull();
    expect(keeper?.state().state).toBe('unread');
  });

  it('stops no sale while the books are only out of reach, and says so until it has read them', async () => {
    const file = path.join(data, 'ledger.db');
    keep({ backupFolder: null });
    const back = outOfReach();
    expect(await keeper?.checkNow()).toMatchObject({ code: 'database-unreadable', params: { file } });
    expect(keeper?.fault()).toBeNull();
    expect(keeper?.state().state).toBe('unread');
    expect(keeper?.found({ code: 'database-busy', params: { file } })).toEqual({
      code: 'books-unread',
      params: { file, reason: 'database-busy' },
      retry: 'safe',
    });
    expect(keeper?.fault()).toBeNull();
    back();
    expect(await keeper?.checkNow()).toBeNull();
    expect(keeper?.state().state).toBe('good');
  });

  it('reads books that were out of reach again by itself, however young the last check is', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let told: (() => void) | undefined;
    const until = (state: string): Promise<void> =>
      new Promise((resolve) => {
        told = () => {
          if (keeper?.state().state === state && lastAnchor(ledger, stationKey(), true)) resolve();
        };
      });
    const anchored = until('good');
    keep({ backupFolder: null, byItself: true, onChange: () => told?.() });
    await anchored;
    // Told within the check, which whoever asks at once would join.
    await nextTurn();
    const back = outOfReach();
    await keeper?.checkNow();
    expect(keeper?.state().state).toBe('unread');
    back();
    const read = until('good');
    vi.advanceTimersByTime(10 * 60_000);
    await read;
  });

  it('makes a backup that failed again by itself, some looks later, however young the newest is', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const folder = path.join(root, `${path.basename(data)}-retried`);
    let told: (() => void) | undefined;
    const until = (backup: string): Promise<void> =>
      new Promise((resolve) => {
        told = () => {
          if (keeper?.state().backup === backup && lastAnchor(ledger, stationKey(), true)) resolve();
        };
      });
    const made = until('same-disk');
    keep({ backupFolder: folder, byItself: true, onChange: () => told?.() });
    await made;
    renameSync(folder, `${folder}.away`);
    writeFileSync(folder, '');
    expect((await keeper!.backupNow()).ok).toBe(false);
    rmSync(folder);
    renameSync(`${folder}.away`, folder);
    expect(keeper?.state().backup).toBe('failed');
    const again = until('same-disk');
    for (let looks = 0; looks < 3; looks += 1) vi.advanceTimersByTime(10 * 60_000);
    await again;
    const listed = listBackups(folder);
    expect(listed.ok && listed.value).toHaveLength(2);
  });

  it('runs one check at a time', async () => {
    let started = 0;
    const count = (): void => void (started += 1);
    process.on('worker', count);
    try {
      await Promise.all([keep({ backupFolder: null }).checkNow(), keeper?.checkNow()]);
      expect(started).toBe(1);
    } finally {
      process.off('worker', count);
    }
  });

  it('by itself checks at its start, then verifies all and backs up what is due', async () => {
    const folder = path.join(root, `${path.basename(data)}-by-itself`);
    const anchored = (): boolean => lastAnchor(ledger, stationKey(), true) !== undefined;
    await keepUntil(() => anchored() && keeper?.state().backup === 'same-disk', {
      byItself: true,
      backupFolder: folder,
    });
    const listed = listBackups(folder);
    expect(listed.ok && listed.value.map(({ manifest }) => manifest?.program)).toEqual(['test']);
  });
});
