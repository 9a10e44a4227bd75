import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launch, prepareFolder, sellYesterday, temporaryFolder, windowWith } from './till.ts';

test('a start that has much to read says so, and how far it is, until the counter is there', async () => {
  test.setTimeout(180_000);
  const folder = await temporaryFolder();
  const dataFolder = join(folder.path, 'data');
  await sellYesterday(dataFolder);
  await prepareFolder('with-long-books.ts', dataFolder);
  const app = await launch({ dataFolder });
  const reading = await windowWith(app, 'start');
  await expect(reading.getByRole('heading')).toHaveText('The books are being read');
  await expect(reading.getByRole('progressbar')).toBeVisible();
  await expect(reading.locator('main')).toContainText(/Read: \d+ %/u);
  const counter = await windowWith(app, 'counter');
  await counter.getByRole('option', { name: 'Amina' }).waitFor();
  await expect.poll(() => app.windows().some((each) => each.url().includes('/start.html'))).toBe(false);
  await app.close();
  await folder.remove();
});
