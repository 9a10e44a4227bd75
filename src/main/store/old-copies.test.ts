import { mkdtempSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeOldCopies } from './index.ts';
import { copyBefore } from './migrate.ts';

const NOW = Date.UTC(2026, 10, 29);
const DAY = 86_400_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-copies-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A copy from before an update, made so many days ago. */
function copy(database: 'ledger.db' | 'directory.db', version: number, days: number): string {
  const file = copyBefore(path.join(folder, database), version);
  writeFileSync(file, 'copy');
  const at = (NOW - days * DAY) / 1000;
  utimesSync(file, at, at);
  return path.basename(file);
}

it('removes copies of more than thirty days, and never the newest of a database', async () => {
  const old = [copy('ledger.db', 3, 400), copy('ledger.db', 9, 31)];
  const young = copy('ledger.db', 11, 30);
  const newest = copy('ledger.db', 12, 29);
  const only = copy('directory.db', 2, 900);
  expect((await removeOldCopies(folder, NOW)).toSorted()).toEqual(old.toSorted());
  expect(readdirSync(folder).toSorted()).toEqual([only, young, newest].toSorted());
});

it('takes the newest by its version, whatever its age says', async () => {
  const newest = copy('ledger.db', 10, 500);
  const before = copy('ledger.db', 9, 40);
  expect(await removeOldCopies(folder, NOW)).toEqual([before]);
  expect(readdirSync(folder)).toEqual([newest]);
});

it('touches nothing that is named otherwise', async () => {
  const others = [
    'ledger.db',
    'ledger.db-wal',
    'ledger.db.v3.backup.kept',
    'my-ledger.db.v1.backup',
    'keys.json',
  ];
  for (const name of others) {
    writeFileSync(path.join(folder, name), '');
    utimesSync(path.join(folder, name), 0, 0);
  }
  copy('ledger.db', 4, 1);
  expect(await removeOldCopies(folder, NOW)).toEqual([]);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(others));
});

it('leaves everything to the next time in a folder that can’t be listed', async () => {
  expect(await removeOldCopies(path.join(folder, 'away'), NOW)).toEqual([]);
});

it('goes on past what can’t be removed', async () => {
  mkdirSync(path.join(folder, 'ledger.db.v1.backup'));
  utimesSync(path.join(folder, 'ledger.db.v1.backup'), 0, 0);
  const old = copy('ledger.db', 2, 50);
  copy('ledger.db', 3, 50);
  expect(await removeOldCopies(folder, NOW)).toEqual([old]);
});
