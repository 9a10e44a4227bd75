import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import Database from 'better-sqlite3';
import {
  openFault,
  openTill,
  signIn,
  startAgain,
  station,
  temporaryFolder,
  THANDI,
  typeByHand,
} from './till.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

test.beforeEach(async () => {
  folder = await temporaryFolder();
});

test.afterEach(async () => {
  await folder.remove();
});

/** What the start screen says, and that it closes with the program at one key. */
async function expectFault(
  options: { dataFolder: string; profileFolder?: string; env?: Record<string, string> },
  sentence: string | RegExp,
): Promise<void> {
  const { app, window } = await openFault({ profileFolder: join(folder.path, 'profile'), ...options });
  await expect(window.getByRole('alert')).toContainText(sentence);
  await expect(window.getByRole('alert')).toContainText('Tell the customer');
  await expect(window.locator('body')).not.toContainText(/\bat .+:\d+:\d+/u);
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  // The window is gone before the key is up again.
  await Promise.allSettled([window.keyboard.press('Enter')]);
  expect(await ended).toBe(1);
}

/** A data folder that a station has been opened on. */
async function usedFolder(): Promise<string> {
  const path = join(folder.path, 'data');
  const sold = await station('training-sale', '--data', path, '--json');
  expect(sold.code, sold.err).toBe(0);
  return path;
}

// Linux has a folder that refuses every user, the superuser too.
if (process.platform === 'linux') {
  test('a folder that can’t be written to', async () => {
    await expectFault({ dataFolder: '/sys/kioskwatt' }, 'The data folder /sys/kioskwatt can’t be written to');
  });
}

test('a file where the folder should be', async () => {
  const file = join(folder.path, 'data');
  await writeFile(file, 'not a folder');
  await expectFault({ dataFolder: file }, `The data folder ${file} can’t be used`);
});

test('a database from a newer version', async () => {
  const dataFolder = await usedFolder();
  const database = new Database(join(dataFolder, 'ledger.db'));
  database.pragma('user_version = 999');
  database.close();
  await expectFault({ dataFolder }, /was written by a newer Kioskwatt \(version 999, this one knows \d+\)/u);
});

test('a database that is not ours', async () => {
  const dataFolder = join(folder.path, 'data');
  await mkdir(dataFolder);
  await writeFile(join(dataFolder, 'ledger.db'), 'This is a letter to my grandmother.\n'.repeat(300));
  await expectFault({ dataFolder }, /ledger\.db is (?:not a Kioskwatt database|damaged)/u);
});

test('books that are gone from a folder that was used', async () => {
  const dataFolder = await usedFolder();
  const ledger = join(dataFolder, 'ledger.db');
  await rm(ledger);
  await expectFault({ dataFolder }, `There is no ${ledger}, or nothing in it.`);
  await expect(access(ledger)).rejects.toThrow('ENOENT');
});

test('a ledger that was changed by hand', async () => {
  const dataFolder = await usedFolder();
  const database = new Database(join(dataFolder, 'ledger.db'));
  const triggers = database.prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`).all();
  for (const trigger of triggers) database.exec(`DROP TRIGGER "${Object(trigger).name}"`);
  database.exec('UPDATE transfer SET amount_minor = amount_minor + 1');
  // Whoever leaves them out is found by the table's name before any row is read.
  for (const trigger of triggers) database.exec(Object(trigger).sql);
  database.close();
  await expectFault({ dataFolder }, 'The ledger has been changed at row');
});

test('a setting that is not right', async () => {
  await expectFault(
    { dataFolder: join(folder.path, 'data'), env: { KIOSKWATT_PROFILE: 'live' } },
    'The setting KIOSKWATT_PROFILE is not right',
  );
});

test('a development build and the production profile', async () => {
  await expectFault(
    { dataFolder: join(folder.path, 'data'), env: { KIOSKWATT_PROFILE: 'production' } },
    'can’t be used for production',
  );
});

test('a till that can’t open shows its fault and nothing else', async () => {
  const { app } = await openFault({
    dataFolder: join(folder.path, 'data'),
    env: { KIOSKWATT_PROFILE: 'private' },
  });
  try {
    const shown = (): Promise<string[]> =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .filter((window) => window.isVisible())
          .map((window) => new URL(window.webContents.getURL()).pathname),
      );
    await expect.poll(shown).toEqual(['/fault.html']);
  } finally {
    await app.close();
  }
});

test('a second start brings the open window forward, and says so', async () => {
  const dataFolder = join(folder.path, 'data');
  const till = await openTill({ dataFolder });
  try {
    const second = await startAgain({ dataFolder });
    expect(second.code).toBe(0);
    expect(second.err).toContain('already open');
    await expectFault(
      { dataFolder, profileFolder: join(folder.path, 'other') },
      'is already running on this data folder',
    );
    await signIn(till.counter);
  } finally {
    await till.close();
  }
});

test('a wrong passphrase keeps the keys closed, and says so before money is taken', async () => {
  const till = await openTill({
    dataFolder: join(folder.path, 'data'),
    env: { KIOSKWATT_PASSPHRASE: 'not this one' },
  });
  try {
    const { counter } = till;
    await signIn(counter);
    await expect(counter.getByText('Module locked')).toBeVisible();
    await typeByHand(counter, THANDI.meter);
    await counter.keyboard.press('Enter');
    await expect(counter.getByRole('alert')).toContainText('The passphrase is not right');
  } finally {
    await till.close();
  }
});
