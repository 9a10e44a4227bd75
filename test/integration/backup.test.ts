import { createHash } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runStationCommand } from '../../src/cli/station.ts';
import {
  listBackups,
  makeBackup,
  newestBackup,
  restoreBackup,
  startBackup,
  tokenFloorMinute,
  verifyBackup,
  verifyBooks,
  verifyChain,
  type BackupFault,
  type MadeBackup,
} from '../../src/main/ledger/index.ts';
import { openDataFolder, openWriter } from '../../src/main/store/index.ts';
import { MIGRATIONS } from '../../src/main/store/migrations/index.ts';
import type { Result } from '../../src/units/index.ts';
import { canMount } from '../fixtures/mounts.ts';
import { appendTestPayment } from './health-payment.ts';
import {
  forge,
  NOON,
  openTraining,
  overwrite,
  readLedger,
  sellOnce,
  startWriting,
  firstRow,
  recordCount,
} from './health-fixtures.ts';

const FILES = ['directory.db', 'ledger.db', 'station.json', 'keys.json'];
const HOUR = 3_600_000;

let root: string;
let sold: string;
let madeOnce: string;
/** Of each test its own: a data folder with one sale in it, and a backup of it. */
let folder: string;
let data: string;
let backup: string;
let backups: string;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'kioskwatt-backup-'));
  sold = path.join(root, 'sold');
  await sellOnce(sold, NOON, 'Thandi Nkosi');
  const made = makeFrom(sold, path.join(root, 'once'));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  madeOnce = made.value.backup;
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(path.join(root, 'test-'));
  data = path.join(folder, 'data');
  backups = path.join(folder, 'backups');
  backup = path.join(backups, path.basename(madeOnce));
  cpSync(sold, data, { recursive: true });
  cpSync(madeOnce, backup, { recursive: true });
});

function makeFrom(from: string, to: string, nowUnixMs = NOON + 60_000): Result<MadeBackup, BackupFault> {
  return makeBackup({ data: from, to, nowUnixMs, program: 'test' });
}

function restore(nowUnixMs = NOON + HOUR): ReturnType<typeof restoreBackup> {
  return restoreBackup({ backup, data, nowUnixMs });
}

/** Rewrites a manifest so that it agrees with the files again, as somebody who knows the format would. */
function agree(place: string): void {
  const file = path.join(place, 'manifest.json');
  const { digest, ...manifest } = JSON.parse(readFileSync(file, 'utf8')) as {
    digest: string;
    files: { name: string; bytes: number; sha256: string }[];
  };
  expect(digest).toHaveLength(64);
  for (const entry of manifest.files) {
    const bytes = readFileSync(path.join(place, entry.name));
    entry.bytes = bytes.length;
    entry.sha256 = createHash('sha256').update(bytes).digest('hex');
  }
  const again = createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
  writeFileSync(file, JSON.stringify({ ...manifest, digest: again }));
}

describe('a backup', () => {
  it('holds the station’s files, for their owner alone, with a manifest', () => {
    expect(readdirSync(madeOnce).toSorted()).toEqual([...FILES, 'manifest.json'].toSorted());
    for (const name of readdirSync(madeOnce))
      expect(statSync(path.join(madeOnce, name)).mode & 0o077).toBe(0);
    const verified = verifyBackup(madeOnce);
    if (!verified.ok) throw new Error(JSON.stringify(verified.error));
    const original = readLedger(sold, (reader) => verifyBooks(reader));
    expect(original.ok && verified.value.chain.head === original.value.head).toBe(true);
    expect(verified.value.manifest).toMatchObject({ program: 'test', createdUnixMs: NOON + 60_000 });
    expect(path.basename(madeOnce)).toMatch(/^backup-20261123T120100000Z-/u);
    expect(readdirSync(madeOnce)).toHaveLength(5);
  });

  it('of a ledger that another process writes is whole each time, and none disturbs another', async () => {
    const stop = await startWriting(data);
    const sequences: number[] = [];
    for (let n = 1; n <= 3; n += 1) {
      const made = await startBackup({ data, to: backups, nowUnixMs: NOON + n * HOUR, program: 'test' })
        .outcome;
      if (!made.ok) throw new Error(JSON.stringify(made.error));
      sequences.push(made.value.manifest.chain.sequence);
    }
    const written = await stop();
    expect(sequences[0]).toBeLessThan(sequences[2] ?? 0);
    expect(written + recordCount(sold)).toBeGreaterThanOrEqual(sequences[2] ?? 0);
    const listed = listBackups(backups);
    expect(listed.ok && listed.value.map(({ manifest }) => manifest?.chain.sequence)).toEqual([
      recordCount(sold),
      ...sequences,
    ]);
    if (listed.ok) for (const one of listed.value) expect(verifyBackup(one.backup).ok).toBe(true);
  });

  it.each(['copy', 'pages'])('cut off while at “%s” does not count, and harms no other', (stage) => {
    const program = path.join(import.meta.dirname, 'backup-to-death.ts');
    const killed = spawnSync(process.execPath, [program, data, backups, stage]);
    expect(killed.signal).toBe('SIGKILL');
    const listed = listBackups(backups);
    expect(listed.ok && listed.value.map(({ manifest }) => manifest !== null)).toEqual([true, false]);
    const half = (listed.ok && listed.value[1]?.backup) || '';
    const incomplete = { ok: false, error: { code: 'backup-incomplete', params: { backup: half } } };
    expect(verifyBackup(half)).toEqual(incomplete);
    expect(restoreBackup({ backup: half, data, nowUnixMs: NOON + HOUR })).toEqual(incomplete);
    expect(verifyBackup(backup).ok).toBe(true);
    const next = makeFrom(data, backups, NOON + 3 * HOUR);
    expect(next.ok).toBe(true);
  });
});

describe('the newest backup', () => {
  const HERE = 1 * HOUR + NOON;
  const newest = (to = backups): ReturnType<typeof newestBackup> =>
    newestBackup({ data, to, nowUnixMs: HERE });
  const found = { ok: true, value: { createdUnixMs: NOON + 60_000, sameDisk: true } };

  it('is found without reading older ones, past one that was cut off and one from a clock ahead', () => {
    mkdirSync(path.join(backups, 'backup-20251123T120100000Z-0000', 'manifest.json'), { recursive: true });
    mkdirSync(path.join(backups, 'backup-20261123T124000000Z-0000'));
    expect(makeFrom(data, backups, NOON + 400 * 24 * HOUR).ok).toBe(true);
    expect(newest()).toEqual(found);
  });

  it('is none where there is none yet, and nobody’s word where the disk is not there', () => {
    expect(newest(path.join(folder, 'new'))).toEqual({ ok: true, value: null });
    const unplugged = path.join(folder, 'unplugged', 'backups');
    expect(newest(unplugged)).toMatchObject({ ok: false, error: { params: { reason: 'notAFolder' } } });
    writeFileSync(path.join(folder, 'file'), '');
    expect(newest(path.join(folder, 'file'))).toMatchObject({ ok: false, error: { code: 'backup-target' } });
  });
});

describe('a backup that was changed is refused by name:', () => {
  const refused = (file: string, reason: string): void =>
    expect(verifyBackup(backup)).toEqual({
      ok: false,
      error: { code: 'backup-changed', params: { backup, file, reason } },
    });

  it.each(FILES)('%s cut short, edited or gone', (name) => {
    const file = path.join(backup, name);
    overwrite(file, -20, new Uint8Array(1));
    refused(name, 'content');
    truncateSync(file, statSync(file).size - 10);
    refused(name, 'size');
    rmSync(file);
    refused(name, 'missing');
  });

  it('the manifest cut short, edited or gone', () => {
    const file = path.join(backup, 'manifest.json');
    const text = readFileSync(file, 'utf8');
    for (const wrong of [
      text.slice(0, -20),
      text.replace('"program": "test"', '"program": "tost"'),
      text.replace(/"sequence": \d+/u, '"sequence": 7'),
      '{}',
    ]) {
      writeFileSync(file, wrong);
      refused('manifest.json', 'content');
    }
    rmSync(file);
    expect(verifyBackup(backup)).toMatchObject({ ok: false, error: { code: 'backup-incomplete' } });
  });

  it('a journal file beside a database', () => {
    writeFileSync(path.join(backup, 'ledger.db-wal'), '');
    refused('ledger.db-wal', 'unexpected');
  });

  it('a ledger edited together with its manifest', () => {
    forge(path.join(backup, 'ledger.db'), "UPDATE token SET digits = '00000000000000000000'");
    agree(backup);
    expect(verifyBackup(backup)).toEqual({
      ok: false,
      error: { code: 'chain-broken', params: { row: firstRow(sold, 'token'), reason: 'row changed' } },
    });
    expect(restore()).toMatchObject({ ok: false, error: { code: 'chain-broken' } });
  });

  it('a database from a newer program', () => {
    const file = path.join(backup, 'ledger.db');
    const db = new Database(file);
    const known = Number(db.pragma('user_version', { simple: true }));
    db.pragma('user_version = 99');
    db.close();
    agree(backup);
    const newer = { ok: false, error: { code: 'database-newer', params: { file, found: 99, known } } };
    expect(verifyBackup(backup)).toEqual(newer);
    expect(restore()).toEqual(newer);
  });
});

describe('a place for backups is refused', () => {
  const refused = (to: string, reason: string): void =>
    expect(makeFrom(data, to)).toMatchObject({
      ok: false,
      error: { code: 'backup-target', params: { folder: to, reason } },
    });

  it('inside the data folder, by whatever way', () => {
    refused(data, 'insideData');
    refused(path.join(data, 'backups'), 'insideData');
    symlinkSync(data, path.join(folder, 'link'));
    refused(path.join(folder, 'link', 'backups'), 'insideData');
    expect(existsSync(path.join(data, 'backups'))).toBe(false);
  });

  it('when it is no folder, or the disk is not there', () => {
    writeFileSync(path.join(folder, 'file'), '');
    refused(path.join(folder, 'file'), 'notAFolder');
    refused(path.join(folder, 'unplugged', 'backups'), 'notAFolder');
    expect(existsSync(path.join(folder, 'unplugged'))).toBe(false);
  });

  it('when the data folder is none, and nothing is left behind', () => {
    const to = path.join(folder, 'elsewhere');
    expect(makeFrom(folder, to)).toEqual({
      ok: false,
      error: { code: 'backup-source', params: { folder, file: 'directory.db' } },
    });
    rmSync(path.join(data, 'station.json'));
    expect(makeFrom(data, to)).toMatchObject({ ok: false, error: { params: { file: 'station.json' } } });
    expect(existsSync(to)).toBe(false);
  });

  it.runIf(canMount()).each([
    ['has no room', 'size=1m', 'noRoom'],
    ['can’t be written to', 'ro', 'notWritable'],
  ])('when its disk %s', (_what, options, reason) => {
    const disk = path.join(folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]);
    try {
      refused(disk, reason);
      expect(readdirSync(disk)).toEqual([]);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});

describe('a restore', () => {
  it('begins a new epoch that names the old head, keeps the old folder, and sells on', async () => {
    await sellOnce(data, NOON + 10 * 60_000, '00041057183');
    const lost = readLedger(data, (reader) => verifyBooks(reader));
    const restored = restore();
    if (!restored.ok) throw new Error(JSON.stringify(restored.error));
    const { movedAside, old, epoch } = restored.value;
    expect({ epoch, oldEpoch: old.epoch, oldSequence: old.sequence }).toEqual({
      epoch: 2,
      oldEpoch: 1,
      oldSequence: recordCount(sold),
    });
    expect(readLedger(movedAside ?? '', (reader) => verifyBooks(reader))).toEqual(lost);
    const first = readLedger(data, (reader) =>
      reader.prepare('SELECT kind, detail, business_date AS day FROM record WHERE epoch = 2').get<{
        kind: string;
        detail: string;
        day: string;
      }>(),
    );
    expect(first).toMatchObject({ kind: 'epoch-opened', day: '2026-11-23' });
    expect(JSON.parse(first?.detail ?? '')).toEqual({
      reason: 'restored',
      backup: path.basename(backup),
      backupUnixMs: NOON + 60_000,
      tokenFloorMinute: (NOON + HOUR) / 60_000,
      oldHead: { epoch: 1, sequence: recordCount(sold), hash: old.head },
    });
    expect(readLedger(data, (reader) => tokenFloorMinute(reader))).toBe((NOON + HOUR) / 60_000);
    expect(readLedger(data, (reader) => verifyChain(reader))).toMatchObject({
      ok: true,
      value: { records: recordCount(sold) + 1, epoch: 2, sequence: 1 },
    });
    expect(await sellOnce(data, NOON + HOUR, 'Thandi Nkosi')).toMatch(/^\d{20}$/u);
    const after = readLedger(data, (reader) => verifyBooks(reader));
    expect(after).toMatchObject({ ok: true, value: { epoch: 2 } });
    expect(after.ok && after.value.sequence).toBeGreaterThanOrEqual(3);
    const again = makeFrom(data, backups, NOON + 2 * HOUR);
    expect(again.ok && again.value.manifest.chain.epoch).toBe(2);
  });

  it('makes the same folder in a new or an empty place', () => {
    for (const name of ['new', 'empty']) {
      const place = path.join(folder, name);
      if (name === 'empty') mkdirSync(place);
      const restored = restoreBackup({ backup, data: place, nowUnixMs: NOON + HOUR });
      expect(restored).toMatchObject({ ok: true, value: { movedAside: null, epoch: 2 } });
      expect(readdirSync(place).toSorted()).toEqual(FILES.toSorted());
    }
    expect(readdirSync(folder).toSorted()).toEqual(['backups', 'data', 'empty', 'new']);
  });

  it('is refused over a folder that a station holds', async () => {
    const before = readFileSync(path.join(data, 'ledger.db'));
    const held = openDataFolder(data);
    if (!held.ok) throw new Error(held.error.code);
    try {
      expect(restore()).toMatchObject({ ok: false, error: { code: 'folder-locked' } });
    } finally {
      held.value.release();
    }
    expect(readFileSync(path.join(data, 'ledger.db')).equals(before)).toBe(true);
    expect(readdirSync(folder).toSorted()).toEqual(['backups', 'data']);
    const station = await openTraining(data, NOON + HOUR);
    await station.close();
  });

  it('is refused while the clock is behind the backup', () => {
    expect(restore(NOON + 30_000)).toEqual({
      ok: false,
      error: { code: 'clock-behind', params: { clock: '2026-11-23 14:00', last: '2026-11-23 14:01' } },
    });
    expect(readdirSync(folder).toSorted()).toEqual(['backups', 'data']);
  });

  it('is refused into the backup, under nothing, and over a file', () => {
    const into = (place: string): ReturnType<typeof restoreBackup> =>
      restoreBackup({ backup, data: place, nowUnixMs: NOON + HOUR });
    const reason = (text: string): object => ({
      ok: false,
      error: { code: 'restore-target', params: { reason: text } },
    });
    expect(into(path.join(backup, 'data'))).toMatchObject(reason('insideBackup'));
    expect(into(backups)).toMatchObject(reason('insideBackup'));
    expect(into(path.join(folder, 'not', 'there'))).toMatchObject(reason('noParent'));
    writeFileSync(path.join(folder, 'file'), '');
    expect(into(path.join(folder, 'file'))).toMatchObject(reason('notAFolder'));
    expect(verifyBackup(backup).ok).toBe(true);
  });

  it('of an older program’s backup brings it up to date', () => {
    const older = path.join(folder, 'older');
    cpSync(data, older, { recursive: true });
    for (const name of readdirSync(older).filter((one) => one.startsWith('ledger.db')))
      rmSync(path.join(older, name));
    const file = path.join(older, 'ledger.db');
    const first = openWriter('ledger', file, { migrations: MIGRATIONS.ledger.slice(0, 1) });
    if (!first.ok) throw new Error(first.error.code);
    first.value.transaction((tx) => appendTestPayment(tx, 1));
    first.value.close();
    const made = makeFrom(older, backups, NOON + 2 * HOUR);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    expect(made.value.manifest.chain.records).toBe(1);
    const place = path.join(folder, 'brought-up');
    expect(
      restoreBackup({ backup: made.value.backup, data: place, nowUnixMs: NOON + 3 * HOUR }),
    ).toMatchObject({
      ok: true,
      value: { epoch: 2 },
    });
    expect(readLedger(place, (reader) => reader.prepare('PRAGMA user_version').get())).toEqual({
      user_version: MIGRATIONS.ledger.length,
    });
    expect(readLedger(place, (reader) => verifyBooks(reader))).toMatchObject({
      ok: true,
      value: { records: 2 },
    });
  });
});

describe('a restore by a clock far ahead of the backup', () => {
  const DAY = 24 * HOUR;

  it('is refused with both times, and changes nothing, until somebody answers for it', () => {
    expect(restore(NOON + 400 * DAY)).toEqual({
      ok: false,
      error: { code: 'restore-clock', params: { clock: '2027-12-28 14:00', last: '2026-11-23 14:01' } },
    });
    expect(readLedger(data, (reader) => tokenFloorMinute(reader))).toBeUndefined();
    expect(readdirSync(folder).toSorted()).toEqual(['backups', 'data']);
    const answered = restoreBackup({ backup, data, nowUnixMs: NOON + 3 * DAY, clockIsRight: true });
    expect(answered).toMatchObject({ ok: true, value: { epoch: 2 } });
  });

  it('is believed for a day', () => {
    expect(restore(NOON + DAY)).toMatchObject({ ok: true });
  });
});

describe('the commands', () => {
  it('make, list, verify and restore, one JSON line each', async () => {
    const run = async (...words: string[]): Promise<Record<string, unknown>> => {
      const lines: string[] = [];
      const code = await runStationCommand([...words, '--json'], {
        out: (line) => lines.push(line),
        err: (line) => lines.push(line),
      });
      const said = JSON.parse(lines.join('\n')) as Record<string, unknown>;
      expect(said['ok']).toBe(code === 0);
      return said;
    };
    const made = await run('backup', '--data', data, '--to', backups);
    expect(made).toMatchObject({ ok: true, sameDisk: true, manifest: { program: '0.1.0' } });
    const listed = await run('backups', backups);
    expect(listed['backups']).toHaveLength(2);
    const place = String(made['backup']);
    expect(await run('verify-backup', place)).toMatchObject({
      ok: true,
      chain: { epoch: 1, sequence: recordCount(sold) },
    });
    expect(await run('restore', '--from', place, '--data', data)).toMatchObject({ ok: true, epoch: 2 });
    expect(await run('ledger', 'verify', '--data', data)).toMatchObject({ ok: true, epoch: 2, transfers: 4 });
    expect(await run('backup', '--data', data, '--to', data)).toMatchObject({
      ok: false,
      error: { code: 'backup-target' },
    });
  });
});
