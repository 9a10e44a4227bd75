import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { launch, prepareFolder, sellYesterday, temporaryFolder, windowWith } from './till.ts';

const SHOTS = process.env['KIOSKWATT_SHOTS'];

test('a start that has much to read says so, and how far it is, until the counter is there', async () => {
  test.setTimeout(180_000);
  const folder = await temporaryFolder();
  const dataFolder = join(folder.path, 'data');
  await sellYesterday(dataFolder);
  await prepareFolder('with-long-books.ts', dataFolder);
  const app = await launch({ dataFolder });
  const shown: number[] = [];
  const watch = (page: Page): void => {
    page.on('framenavigated', (frame) => {
      const [, stage, percent] = /start\.html#(\w+)-(\d+)$/u.exec(frame.url()) ?? [];
      if (stage === 'read') shown.push(Number(percent));
    });
  };
  app.windows().forEach(watch);
  app.on('window', watch);
  const reading = await windowWith(app, 'start');
  await expect(reading.getByRole('heading')).toHaveText('The books are being read');
  await expect(reading.getByRole('progressbar')).toBeVisible();
  // Text and bar are looked at in one moment: they go on while the test runs.
  const atOnce = await reading.evaluate<{ bar: number; text: string }>(
    "({ bar: document.querySelector('progress').value, text: document.querySelector('main').innerText })",
  );
  expect(atOnce.bar).toBeGreaterThanOrEqual(0);
  expect(atOnce.text).toContain(`Read: ${atOnce.bar} %`);
  const counter = await windowWith(app, 'counter');
  await counter.getByRole('option', { name: 'Amina' }).waitFor();
  await expect.poll(() => app.windows().some((each) => each.url().includes('/start.html'))).toBe(false);
  expect(new Set(shown).size).toBeGreaterThan(1);
  expect(shown).toEqual(shown.toSorted((a, b) => a - b));
  expect(
    shown.every((percent) => percent >= 0 && percent <= 100),
    String(shown),
  ).toBe(true);
  await app.close();
  await folder.remove();
});

test('the window of a start says of each thing that takes long what it is', async () => {
  const folder = await temporaryFolder();
  const app = await launch({ dataFolder: join(folder.path, 'data') });
  await (await windowWith(app, 'counter')).getByRole('option', { name: 'Amina' }).waitFor();
  const said = [
    ['read-70', 'The books are being read', 'Read: 70 %'],
    ['copy-40', 'The books are being copied', 'Copied: 40 %'],
    ['update', 'The books are being brought up to date', 'The old books are copied.'],
  ] as const;
  for (const [address, title, text] of said) {
    const [page] = await Promise.all([
      app.waitForEvent('window'),
      app.evaluate(({ BrowserWindow }, url) => {
        void new BrowserWindow({ width: 960, height: 420 }).loadURL(url);
      }, `app://kioskwatt/start.html#${address}`),
    ]);
    await expect(page.getByRole('heading')).toHaveText(title);
    await expect(page.getByRole('main')).toContainText(text);
    await expect(page.getByRole('progressbar')).toBeVisible();
    await expectAccessible(page, `start, ${address}`);
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `start-${address}.png`) });
    await page.close();
  }
  await app.close();
  await folder.remove();
});
