import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  copyDatabase,
  openDataFolder,
  openReader,
  openWriter,
  faultOf,
  StorageError,
  updateDue,
  type LedgerWriter,
} from './index.ts';
import { canMount } from '../../../test/fixtures/mounts.ts';
import { copyBefore } from './migrate.ts';
import { MIGRATIONS, type Migration } from './migrations/index.ts';
import { networkFilesystem } from './network-filesystem.ts';

let root: string;
const opened: { close(): void }[] = [];

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'kioskwatt-store-'));
});
afterEach(() => {
  for (const part of opened.splice(0)) part.close();
  rmSync(root, { recursive: true, force: true });
});

function ledgerIn(file: string, migrations?: readonly Migration[]): LedgerWriter {
  const writer = openWriter('ledger', file, migrations === undefined ? {} : { migrations });
  if (!writer.ok) throw new Error(writer.error.code);
  opened.push(writer.value);
  return writer.value;
}

function holdForWriting(file: string): void {
  const other = new Database(file);
  opened.push(other);
  other.exec('BEGIN IMMEDIATE');
}

describe('the data folder', () => {
  it.runIf(process.platform !== 'win32')('is not made beside what can’t be looked at', () => {
    const loop = path.join(root, 'loop');
    symlinkSync(loop, loop);
    const folder = path.join(loop, 'data');
    expect(openDataFolder(folder)).toEqual({
      ok: false,
      error: { code: 'folder-not-a-folder', params: { folder, reason: 'ELOOP' } },
    });
  });

  it('is made for its owner alone and locked against a second writer, who is told of the first', () => {
    const folder = path.join(root, 'new', 'data');
    const first = openDataFolder(folder);
    if (!first.ok) throw new Error(first.error.code);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const second = openDataFolder(folder);
    expect(second).toMatchObject({ ok: false, error: { code: 'folder-locked' } });
    expect(!second.ok && 'holder' in second.error.params && second.error.params.holder).toContain(
      `process ${process.pid}`,
    );
    first.value.release();
    const third = openDataFolder(folder);
    expect(third.ok).toBe(true);
    if (third.ok) third.value.release();
  });

  it('frees the lock when its holder is killed', () => {
    const script = `import { openDataFolder } from ${JSON.stringify(path.join(import.meta.dirname, 'index.ts'))};
      const opened = openDataFolder(${JSON.stringify(root)});
      if (!opened.ok) process.exit(3);
      process.kill(process.pid, 'SIGKILL');`;
    expect(() =>
      execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: 'ignore' }),
    ).toThrow(/Command failed/u);
    const after = openDataFolder(root);
    expect(after.ok).toBe(true);
    if (after.ok) after.value.release();
  });

  it('refuses a file in its place', () => {
    const file = path.join(root, 'file');
    writeFileSync(file, '');
    expect(openDataFolder(file)).toMatchObject({ ok: false, error: { code: 'folder-not-a-folder' } });
    expect(openDataFolder(path.join(file, 'below'))).toMatchObject({
      ok: false,
      error: { code: 'folder-not-a-folder' },
    });
  });

  // Permission bits do not hold root back; a read-only mount does.
  const asRoot = process.getuid?.() === 0;
  it.skipIf(asRoot && !canMount())('refuses a folder that it can’t write to', () => {
    const folder = path.join(root, 'read-only');
    mkdirSync(folder);
    if (asRoot) execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', folder]);
    else chmodSync(folder, 0o500);
    try {
      expect(openDataFolder(folder)).toMatchObject({ ok: false, error: { code: 'folder-read-only' } });
    } finally {
      if (asRoot) execFileSync('umount', [folder]);
      else chmodSync(folder, 0o700);
    }
  });
});

describe('a network folder', () => {
  const table = [
    '22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw',
    '40 22 0:30 / /mnt/share\\040one rw,relatime - cifs //server/share rw',
    '41 22 0:31 / /mnt/nfs rw - nfs4 server:/export rw',
    '42 41 0:32 / /mnt/nfs/local rw - ext4 /dev/vdb rw',
    '43 22 0:33 / /mnt/ssh rw - fuse.sshfs host: rw',
  ].join('\n');

  it.each([
    ['/var/lib/kioskwatt', undefined],
    ['/mnt/share one/data', 'cifs'],
    ['/mnt/nfs/kioskwatt', 'nfs4'],
    ['/mnt/nfs/local/data', undefined],
    ['/mnt/nfsx', undefined],
    ['/mnt/ssh', 'fuse.sshfs'],
    ['\\\\server\\share\\data', 'UNC'],
    ['\\\\?\\C:\\data', undefined],
  ])('%s lies on %s', (folder, filesystem) => {
    expect(networkFilesystem(folder, table)).toBe(filesystem);
  });
});

describe('opening a database', () => {
  it('writes each commit through to the disk', () => {
    const file = path.join(root, 'ledger.db');
    const script = `import { openWriter } from ${JSON.stringify(path.join(import.meta.dirname, 'index.ts'))};
      const opened = openWriter('ledger', ${JSON.stringify(file)});
      if (!opened.ok) process.exit(3);
      process.stderr.write('BEGIN-COMMITS\\n');
      for (let n = 0; n < 20; n += 1) opened.value.transaction((tx) => tx.prepare('INSERT INTO request VALUES (?, ?, ?)').run('r' + n, 'c', '{}'));
      process.stderr.write('END-COMMITS\\n');`;
    const log = path.join(root, 'trace');
    execFileSync(
      'strace',
      [
        '-f',
        '-o',
        log,
        '-e',
        'trace=fsync,fdatasync,write',
        process.execPath,
        '--input-type=module-typescript',
        '-e',
        script,
      ],
      { stdio: 'ignore' },
    );
    const trace = execFileSync('cat', [log], { encoding: 'utf8' });
    const between = trace.slice(trace.indexOf('BEGIN-COMMITS'), trace.indexOf('END-COMMITS'));
    const syncs = between.match(/f(data)?sync\(/gu) ?? [];
    expect(syncs.length).toBeGreaterThanOrEqual(20);
  });

  it('refuses a database from a newer program by its numbers, unchanged', () => {
    const file = path.join(root, 'ledger.db');
    ledgerIn(file).close();
    opened.length = 0;
    const db = new Database(file);
    db.pragma('user_version = 99');
    db.close();
    const known = MIGRATIONS.ledger.length;
    expect(openWriter('ledger', file)).toEqual({
      ok: false,
      error: { code: 'database-newer', params: { file, found: 99, known } },
    });
    expect(openReader('ledger', file)).toMatchObject({ ok: false, error: { code: 'database-newer' } });
  });

  it('refuses a file of somebody else, unchanged', () => {
    const text = path.join(root, 'text.db');
    writeFileSync(text, 'not a database, but long enough to be taken for one by its size');
    expect(openWriter('ledger', text)).toMatchObject({ ok: false, error: { code: 'database-foreign' } });
    const other = path.join(root, 'other.db');
    const db = new Database(other);
    db.exec('CREATE TABLE t (x)');
    db.close();
    expect(openWriter('ledger', other)).toMatchObject({ ok: false, error: { code: 'database-foreign' } });
    const directory = path.join(root, 'directory.db');
    const writer = openWriter('directory', directory);
    if (writer.ok) writer.value.close();
    expect(openWriter('ledger', directory)).toMatchObject({ ok: false, error: { code: 'database-foreign' } });
  });

  it('goes on with a file that a power cut left without marks', () => {
    const file = path.join(root, 'begun.db');
    const db = new Database(file);
    db.pragma('journal_mode = WAL');
    db.exec('CREATE TABLE t (x); DROP TABLE t;');
    db.close();
    expect(statSync(file).size).toBeGreaterThan(0);
    expect(ledgerIn(file).prepare('PRAGMA user_version').get()).toEqual({
      user_version: MIGRATIONS.ledger.length,
    });
  });

  it('says that a file is damaged', () => {
    const file = path.join(root, 'ledger.db');
    ledgerIn(file).close();
    opened.length = 0;
    truncateSync(file, 5000);
    expect(openWriter('ledger', file)).toMatchObject({ ok: false, error: { code: 'database-damaged' } });
  });

  it.each([
    ['a log that is out of reach', 'database-unreadable', (file: string) => mkdirSync(`${file}-wal`)],
    ['a file that another program holds', 'database-busy', holdForWriting],
  ])('sends nobody to a backup for %s', (_, code, disturb) => {
    const file = path.join(root, 'ledger.db');
    ledgerIn(file).close();
    opened.length = 0;
    disturb(file);
    expect(openWriter('ledger', file)).toMatchObject({ ok: false, error: { code, params: { file } } });
  });

  it.each([
    ['SQLITE_FULL', 'database-unreadable'],
    ['SQLITE_NOMEM', 'database-unreadable'],
    ['SQLITE_IOERR_NOMEM', 'database-unreadable'],
    ['SQLITE_BUSY_SNAPSHOT', 'database-busy'],
    ['SQLITE_CORRUPT_INDEX', 'database-damaged'],
    ['SQLITE_IOERR_SHORT_READ', 'database-damaged'],
  ])('calls what a read meets with %s %s', (sqliteCode, code) => {
    expect(faultOf('books', new StorageError(sqliteCode, 'of a read'))).toMatchObject({ code });
  });

  it('gives a reader no way to write', () => {
    const file = path.join(root, 'ledger.db');
    ledgerIn(file);
    const reader = openReader('ledger', file);
    if (!reader.ok) throw new Error(reader.error.code);
    opened.push(reader.value);
    const insert = reader.value.prepare("INSERT INTO request VALUES ('a', 'b', '{}') RETURNING 1");
    expect(() => insert.get()).toThrow(/readonly/u);
  });

  it('stops a writer for good when the disk fails, and says so once', () => {
    const file = path.join(root, 'ledger.db');
    const told: StorageError[] = [];
    const writer = openWriter('ledger', file, { onFatal: (error) => told.push(error) });
    if (!writer.ok) throw new Error(writer.error.code);
    opened.push(writer.value);
    const ioError = Object.assign(new Error('disk I/O error'), {
      name: 'SqliteError',
      code: 'SQLITE_IOERR_FSYNC',
    });
    const fails = (): never => {
      throw ioError;
    };
    expect(() => writer.value.transaction(fails)).toThrow(StorageError);
    expect(() => writer.value.transaction(() => 1)).toThrow(/SQLITE_IOERR_FSYNC/u);
    expect(told.map((error) => error.sqliteCode)).toEqual(['SQLITE_IOERR_FSYNC']);
  });

  it('tells of a damaged page that a plain query meets', () => {
    const file = path.join(root, 'ledger.db');
    const first = ledgerIn(file);
    first.transaction((tx) => {
      for (let n = 0; n < 2_000; n += 1)
        tx.prepare('INSERT INTO request VALUES (?, ?, ?)').run(`request-${n}`, 'call', '{}');
    });
    first.close();
    opened.length = 0;
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, new Uint8Array(4096), 0, 4096, statSync(file).size - 4096);
    closeSync(descriptor);
    const told: StorageError[] = [];
    const writer = openWriter('ledger', file, { onFatal: (error) => told.push(error) });
    if (!writer.ok) throw new Error(writer.error.code);
    opened.push(writer.value);
    expect(() => writer.value.prepare('SELECT * FROM request').all()).toThrow(StorageError);
    expect(told).toHaveLength(1);
    expect(told[0]?.sqliteCode).toMatch(/^SQLITE_(?:CORRUPT|IOERR)/u);
    expect(() => writer.value.transaction(() => 1)).toThrow(StorageError);
  });

  it('tries a transaction once more when room was made on a full disk', () => {
    const file = path.join(root, 'ledger.db');
    ledgerIn(file).close();
    opened.length = 0;
    let room = 1;
    const asked: number[] = [];
    const onFull = (): boolean => {
      asked.push(room);
      room -= 1;
      return room >= 0;
    };
    const writer = openWriter('ledger', file, { onFull });
    if (!writer.ok) throw new Error(writer.error.code);
    opened.push(writer.value);
    let tries = 0;
    const work = (): number => {
      tries += 1;
      if (tries === 1) throw new StorageError('SQLITE_FULL', 'database or disk is full');
      return tries;
    };
    expect(writer.value.transaction(work)).toBe(2);
    tries = 0;
    expect(() => writer.value.transaction(work)).toThrow('SQLITE_FULL');
    expect(asked).toEqual([1, 0]);
  });
});

/**
 * Closing a file of its own takes every lock on it from a process. A program of somebody else's that then looks into the
 * books takes itself for the last one, and removes the log that the till goes on writing to.
 */
describe.runIf(process.platform === 'linux')('the lock on books that are open', () => {
  /** The kernel's list: number, kind, ..., read or write, process, device and inode, first and last byte. */
  const isLocked = (file: string): boolean =>
    readFileSync('/proc/locks', 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/u))
      .some((parts) => parts[4] === String(process.pid) && parts[5]?.endsWith(`:${statSync(file).ino}`));

  it.each([
    ['a reader', (file: string) => openReader('ledger', file)],
    ['a second writer', (file: string) => openWriter('ledger', file)],
    ['a copy', (file: string) => copyDatabase('ledger', file, `${file}.copy`, {})],
    [
      'the look for an older version',
      (file: string) => ({ ok: updateDue('ledger', file, {}) === undefined }),
    ],
  ])('stays when %s has come and gone', (_name, open) => {
    const file = path.join(root, 'ledger.db');
    ledgerIn(file).transaction((tx) => tx.prepare("INSERT INTO head_office_word VALUES ('word', '1')").run());
    expect(isLocked(file)).toBe(true);
    const beside = open(file);
    expect(beside.ok).toBe(true);
    if ('value' in beside && beside.value) beside.value.close();
    expect(isLocked(file)).toBe(true);
  });
});

describe.runIf(process.platform === 'linux')('a connection to a file that is not opened after all', () => {
  /** What this process has open below the test's folder. The list's own number is gone once it is read. */
  const openFiles = (): string[] =>
    readdirSync('/proc/self/fd')
      .map((fd) => path.join('/proc/self/fd', fd))
      .flatMap((link) => (lstatSync(link, { throwIfNoEntry: false }) ? [readlinkSync(link)] : []))
      .filter((target) => target.startsWith(root));

  it('is closed when a migration fails, and the file is opened again by whoever has the right one', () => {
    const file = path.join(root, 'ledger.db');
    const [first] = MIGRATIONS.ledger;
    ledgerIn(file, [first!]).close();
    opened.length = 0;
    const fails = { version: 2, name: 'fails', sql: 'CREATE TABLE half (a); INSERT INTO nowhere VALUES (1)' };
    expect(openWriter('ledger', file, { migrations: [first!, fails] })).toMatchObject({
      ok: false,
      error: { code: 'database-damaged', params: { reason: expect.stringContaining('nowhere') } },
    });
    expect(openFiles()).toEqual([]);
    expect(ledgerIn(file).prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get()).toBe(undefined);
  });

  it('is closed when the file turns out damaged, for a writer, a reader and a copy', () => {
    const file = path.join(root, 'ledger.db');
    ledgerIn(file).close();
    opened.length = 0;
    truncateSync(file, 5000);
    const tries = [
      openWriter('ledger', file),
      openReader('ledger', file),
      copyDatabase('ledger', file, `${file}.copy`, {}),
    ];
    expect(tries.map((each) => each.ok)).toEqual([false, false, false]);
    expect(openFiles()).toEqual([]);
  });
});

describe('migrations', () => {
  it.each(['ledger', 'directory'] as const)('of the %s are numbered without gaps', (name) => {
    expect(MIGRATIONS[name].map((migration) => migration.version)).toEqual(
      MIGRATIONS[name].map((_, index) => index + 1),
    );
  });

  it('bring every older version to the newest, with a copy made before', () => {
    for (let from = 1; from < MIGRATIONS.ledger.length; from += 1) {
      const file = path.join(root, `from-${from}.db`);
      ledgerIn(file, MIGRATIONS.ledger.slice(0, from)).close();
      const writer = openWriter('ledger', file);
      if (!writer.ok) throw new Error(writer.error.code);
      const copy = new Database(copyBefore(file, from), { readonly: true });
      expect(statSync(copyBefore(file, from)).mode & 0o777).toBe(0o600);
      expect(copy.pragma('user_version', { simple: true })).toBe(from);
      expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
      copy.close();
      expect(writer.value.prepare('PRAGMA user_version').get()).toEqual({
        user_version: MIGRATIONS.ledger.length,
      });
      writer.value.close();
    }
    opened.length = 0;
  });

  it('leave no half copy when what they copy can’t be read to its end', () => {
    const file = path.join(root, 'half.db');
    ledgerIn(file, MIGRATIONS.ledger.slice(0, 1)).close();
    opened.length = 0;
    const old = new Database(file);
    old.pragma('journal_mode = DELETE');
    old.exec('CREATE TABLE filler (content TEXT); INSERT INTO filler VALUES (zeroblob(200000))');
    const pageBytes = Number(old.pragma('page_size', { simple: true }));
    const pages = Number(old.pragma('page_count', { simple: true }));
    old.close();
    // The last pages are that row's own, each with the next one's number: what comes before them is read and copied.
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, Buffer.alloc(4, 0xff), 0, 4, (pages - 3) * pageBytes);
    closeSync(descriptor);
    // SQLite calls the disk full when a page's number lies beyond all pages; there is room enough.
    expect(openWriter('ledger', file)).toMatchObject({
      ok: false,
      error: { code: 'database-damaged', params: { reason: expect.stringContaining('SQLITE_FULL') } },
    });
    expect(readdirSync(root).filter((name) => name.endsWith('.backup'))).toEqual([]);
  });

  describe('on a disk without room', () => {
    /** An older ledger of two megabytes and a half. */
    const older = (file: string): void => {
      ledgerIn(file, MIGRATIONS.ledger.slice(0, 1)).close();
      opened.length = 0;
      const old = new Database(file);
      old.exec('CREATE TABLE filler (content BLOB); INSERT INTO filler VALUES (randomblob(2400000))');
      old.close();
    };
    const versionOf = (file: string): unknown => {
      const db = new Database(file, { readonly: true });
      const found = [db.pragma('user_version', { simple: true }), db.pragma('quick_check', { simple: true })];
      db.close();
      return found;
    };
    const noRoom = (file: string, megabytes: number): unknown => ({
      ok: false,
      error: { code: 'database-no-room', params: { file, megabytes } },
    });

    const mounts = canMount();
    const onDisk = (size: string, work: (disk: string) => void): void => {
      const disk = path.join(root, 'disk');
      mkdirSync(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk]);
      try {
        work(disk);
      } finally {
        execFileSync('umount', ['-l', disk]);
      }
    };

    it.runIf(mounts)('say so of a copy that does not fit, and open once there is room', () =>
      onDisk('4m', (disk) => {
        const file = path.join(disk, 'ledger.db');
        older(path.join(root, 'old.db'));
        copyFileSync(path.join(root, 'old.db'), file);
        expect(openWriter('ledger', file)).toEqual(noRoom(file, 6));
        expect(existsSync(copyBefore(file, 1))).toBe(false);
        expect(versionOf(file)).toEqual([1, 'ok']);
        execFileSync('mount', ['-o', 'remount,size=16m', disk]);
        ledgerIn(file);
        expect(versionOf(file)).toEqual([MIGRATIONS.ledger.length, 'ok']);
        expect(versionOf(copyBefore(file, 1))).toEqual([1, 'ok']);
      }),
    );

    it.runIf(mounts)('say so of a migration that does not fit beside the copy', () =>
      onDisk('7m', (disk) => {
        const file = path.join(disk, 'ledger.db');
        older(path.join(root, 'old.db'));
        copyFileSync(path.join(root, 'old.db'), file);
        const grows = { version: 2, name: 'grows', sql: 'CREATE TABLE copied AS SELECT * FROM filler' };
        const refused = openWriter('ledger', file, { migrations: [MIGRATIONS.ledger[0]!, grows] });
        expect(refused).toMatchObject({ ok: false, error: { code: 'database-no-room', params: { file } } });
        expect(versionOf(file)).toEqual([1, 'ok']);
        expect(versionOf(copyBefore(file, 1))).toEqual([1, 'ok']);
      }),
    );

    it.runIf(mounts)('say so of books of this version when nothing at all is left', () =>
      onDisk('4m', (disk) => {
        const file = path.join(disk, 'ledger.db');
        ledgerIn(file).close();
        opened.length = 0;
        const { size } = statSync(file);
        const descriptor = openSync(path.join(disk, 'everything'), 'w');
        expect(() => {
          for (;;) writeSync(descriptor, Buffer.alloc(4096));
        }).toThrow('ENOSPC');
        closeSync(descriptor);
        expect(openWriter('ledger', file)).toEqual(
          noRoom(file, Math.max(1, Math.ceil((2 * size) / 1_000_000))),
        );
        rmSync(path.join(disk, 'everything'));
        ledgerIn(file);
      }),
    );
  });

  it('find among open slips those that the next sale has a say in', () => {
    const file = path.join(root, 'slips.db');
    const old = ledgerIn(file, MIGRATIONS.ledger.slice(0, 11));
    old.transaction((tx) => {
      tx.prepare("INSERT INTO receipt (receipt_row, document) VALUES (1, '{}')").run();
      const job = tx.prepare('INSERT INTO print_job VALUES (?, ?, 1, 0, ?, NULL, NULL)');
      const event = tx.prepare(
        "INSERT INTO print_event (job_row, at_unix_ms, state, cause, copy_number, operator_id) VALUES (?, 0, ?, ?, 0, 'amina')",
      );
      const jobs: readonly (readonly [number | null, ...(readonly (readonly [string, string])[])])[] = [
        [5000, ['queued', 'vend']],
        [6000, ['queued', 'vend'], ['sending', 'auto'], ['failed-before-first-byte', 'transport']],
        [7000, ['queued', 'vend'], ['queued', 'next-sale']],
        [8000, ['queued', 'vend'], ['sending', 'auto'], ['sent', 'transport']],
        [null, ['queued', 'copy']],
      ];
      for (const [index, [until, ...events]] of jobs.entries()) {
        job.run(index + 1, `job-${index + 1}`, until);
        for (const [printState, cause] of events) event.run(index + 1, printState, cause);
        tx.prepare('INSERT INTO open_print_job VALUES (?)').run(index + 1);
      }
    });
    old.close();
    opened.length = 0;
    const rows = ledgerIn(file).prepare('SELECT * FROM open_print_job ORDER BY job_row').all();
    expect(rows).toEqual([
      { job_row: 1, asked_until_unix_ms: 5000 },
      { job_row: 2, asked_until_unix_ms: 6000 },
      { job_row: 3, asked_until_unix_ms: 0 },
      { job_row: 4, asked_until_unix_ms: Number.MAX_SAFE_INTEGER },
      { job_row: 5, asked_until_unix_ms: 0 },
    ]);
  });

  it('keep the open sales, and list the transfers of what goes to the bank', () => {
    const file = path.join(root, 'lean.db');
    const old = ledgerIn(file, MIGRATIONS.ledger.slice(0, 14));
    old.transaction((tx) => {
      const sale = tx.prepare(
        `INSERT INTO sale VALUES (?, ?, ?, ?, ?, 0, 'amina', '600727000000000009', '{}', zeroblob(32), 'water', 'ZAR',
           100, 'cash-drawer', 100, 10, 1, '{}', zeroblob(32))`,
      );
      const open = tx.prepare("INSERT INTO open_sale VALUES (?, '600727000000000009', ?)");
      for (const [row, id, step] of [
        [2, 'sale-2', 'in-doubt'],
        [1, 'sale-1', 'intended'],
      ] as const) {
        sale.run(row, id, id, id, id);
        open.run(id, step);
      }
    });
    old.close();
    opened.length = 0;
    const ledger = ledgerIn(file);
    expect(ledger.prepare('SELECT * FROM open_sale ORDER BY sale_id').all()).toEqual([
      { sale_id: 'sale-1', meter_pan: '600727000000000009', step: 'intended' },
      { sale_id: 'sale-2', meter_pan: '600727000000000009', step: 'in-doubt' },
    ]);
    for (const side of ['debit', 'credit'] as const) {
      const plan = ledger
        .prepare(
          `EXPLAIN QUERY PLAN SELECT sum(amount_minor) FROM transfer
           WHERE ${side}_account IN ('safe', 'cheque') AND ${side}_account = ? AND currency = ?`,
        )
        .all<{ detail: string }>('safe', 'ZAR');
      expect(plan.map(({ detail }) => detail).join()).toContain(`COVERING INDEX transfer_to_bank_${side}`);
    }
  });

  it('keep records, parts and personal data, and what their lists refused', () => {
    const file = path.join(root, 'books.db');
    const old = ledgerIn(file, MIGRATIONS.ledger.slice(0, 16));
    const record = `INSERT INTO record VALUES (?, ?, ?, 'x', 0, '2026-11-23', NULL, NULL, '{}', 0, zeroblob(32), zeroblob(32))`;
    const part = `INSERT INTO tender_part VALUES (?, ?, ?, 'cash-drawer', 100, 100, NULL, NULL, zeroblob(32))`;
    const kept = {
      record: 'SELECT record_id, epoch, sequence FROM record',
      tender_part: 'SELECT row_id, sale_id, position FROM tender_part',
      sale_private: 'SELECT * FROM sale_private ORDER BY sale_id',
    };
    old.transaction((tx) => {
      for (const [row, epoch, sequence] of [
        [1, 1, 1],
        [2, 1, 2],
        [3, 2, 1],
      ] as const)
        tx.prepare(record).run(row, epoch, sequence);
      for (const [row, id] of [
        [2001, 'sale-2'],
        [1001, 'sale-1'],
      ] as const) {
        tx.prepare(
          `INSERT INTO sale VALUES (?, ?, ?, ?, ?, 0, 'amina', '600727000000000009', '{}', zeroblob(32), 'water', 'ZAR',
             100, 'cash-drawer', 100, 10, 1, '{}', zeroblob(32))`,
        ).run(row, id, id, id, id);
        tx.prepare(part).run(row + 1, id, 1);
        tx.prepare("INSERT INTO sale_private VALUES (?, '{}', zeroblob(16))").run(id);
      }
    });
    const before = Object.values(kept).map((sql) => old.prepare(sql).all());
    old.close();
    opened.length = 0;
    const ledger = ledgerIn(file);
    expect(before[0]).toHaveLength(3);
    expect(Object.values(kept).map((sql) => ledger.prepare(sql).all())).toEqual(before);
    const insert = (sql: string, ...values: readonly (number | string)[]): void =>
      void ledger.transaction((tx) => tx.prepare(sql).run(...values));
    expect(() => insert(record, 4, 2, 3)).toThrow('without gaps');
    expect(() => insert(record, 5, 2, 2)).toThrow('without gaps');
    expect(() => insert(record, 4, 2, 1)).toThrow('UNIQUE');
    expect(() => insert(part, 2003, 'sale-2', 1)).toThrow('stands once');
    expect(() => insert(part, 3001, 'sale-2', 2)).toThrow('in the record of its sale');
    insert(record, 4, 2, 2);
    insert(part, 2005, 'sale-2', 2);
    // Before the row that has the place as well as behind it.
    for (const row of [2003, 2004, 2006, 2999])
      expect(() => insert(part, row, 'sale-2', 2)).toThrow('stands once');
    insert(part, 2004, 'sale-2', 3);
    for (const table of ['record', 'tender_part']) {
      expect(() => insert(`DELETE FROM ${table}`)).toThrow('append-only');
    }
  });

  it('leave the old version whole when one of them fails', () => {
    const file = path.join(root, 'fails.db');
    ledgerIn(file, MIGRATIONS.ledger.slice(0, 1)).close();
    opened.length = 0;
    const broken: Migration = { version: 2, name: 'broken', sql: 'CREATE TABLE half (x); SELECT nonsense;' };
    expect(openWriter('ledger', file, { migrations: [MIGRATIONS.ledger[0]!, broken] })).toMatchObject({
      ok: false,
      error: { code: 'database-damaged' },
    });
    const db = new Database(file, { readonly: true });
    expect(db.pragma('user_version', { simple: true })).toBe(1);
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'half'").get()).toEqual({ n: 0 });
    db.close();
  });

  it.each(['ledger', 'directory'] as const)(
    'make this schema of the %s, and no other without a new migration',
    async (name) => {
      const writer = openWriter(name, path.join(root, `${name}.db`));
      if (!writer.ok) throw new Error(writer.error.code);
      opened.push(writer.value);
      const rows = writer.value
        .prepare(
          "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'customer_text_%' ORDER BY type, name",
        )
        .all<{ sql: string }>();
      const text = `${rows.map(({ sql }) => sql.replaceAll(/ {2,}/gu, ' ')).join(';\n\n')};\n`;
      await expect(text).toMatchFileSnapshot(
        path.join(import.meta.dirname, `../../../test/fixtures/schema/${name}.sql`),
      );
    },
  );

  it('leave nothing but the database behind', () => {
    ledgerIn(path.join(root, 'ledger.db')).close();
    opened.length = 0;
    expect(readdirSync(root)).toEqual(['ledger.db']);
    expect(existsSync(path.join(root, 'ledger.db-wal'))).toBe(false);
  });
});
