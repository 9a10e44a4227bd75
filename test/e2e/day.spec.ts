import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { openDayStation, type DayStation } from './day-station.ts';
import { DayWalk } from './day-walk.ts';
import { station, temporaryFolder } from './till.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let opened: DayStation;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(240_000);
  folder = await temporaryFolder();
  opened = await openDayStation(folder.path);
});

test.afterAll(async () => {
  await folder.remove();
});

test('a whole day by keyboard alone: people, float, sales, drop, X, count, Z, banking, batch, backup', async () => {
  test.setTimeout(300_000);
  const walk = new DayWalk(opened);
  await walk.setUp();
  await walk.openShift();
  await walk.sell();
  await walk.dropAndX();
  await walk.endDay();
  await walk.lookAround();
  expect(opened.till.complaints).toEqual([]);
});

test('its batch is taken by head office, its backup is whole, and its books are what was written', async () => {
  test.setTimeout(240_000);
  await opened.close();
  const taken = await opened.headOffice('import');
  expect(taken).toMatch(/K014 {2}1\/\d+ {2}accepted/u);
  const deposits = JSON.parse(await opened.headOffice('report', '--name', 'deposits', '--json')) as unknown;
  expect(JSON.stringify(deposits)).toContain('BAG-0001');
  const [newest = ''] = readdirSync(opened.backups).toSorted().toReversed();
  const backup = await station('verify-backup', `${opened.backups}/${newest}`);
  expect(backup.code, backup.err).toBe(0);
  const books = await station('ledger', 'verify', '--data', opened.till.dataFolder);
  expect(books.code, books.err).toBe(0);
  // What was short stands in the books by itself: 280 expected, 270 counted.
  expect(books.out).toMatch(/variance\s+ZAR\s+1000\b/u);
});
