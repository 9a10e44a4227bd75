import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  openTill,
  prepareFolder,
  scan,
  signIn,
  temporaryFolder,
  THANDI,
  typeByHand,
  type Till,
} from './till.ts';

/** A meter that may buy nothing more this month, and still has free units of its own to come. */
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  folder = await temporaryFolder();
  const dataFolder = join(folder.path, 'data');
  await prepareFolder('with-free-units.ts', dataFolder, 'used-up');
  till = await openTill({ dataFolder });
  await signIn(till.counter);
});

test.afterAll(async () => {
  await till.close();
  await folder.remove();
});

const SHOTS = process.env['KIOSKWATT_SHOTS'];

test('a window that is used up says that no amount buys anything, while free units are issued', async () => {
  const { counter } = till;
  await scan(till, THANDI.meter);
  await expect(counter.getByRole('textbox', { name: 'Amount' })).toBeFocused();
  const amount = counter.getByRole('region', { name: 'Amount' });
  const why = 'The price list limits the units in this period.';
  await expect(amount).toContainText(`No amount buys anything for this meter now. ${why}`);
  await expect(amount).not.toContainText(/From .* to /u);
  await expect(counter.getByText('Free basic electricity: 50.0 kWh due')).toBeVisible();
  await expect(counter.getByText('sell first')).toHaveCount(0);
  if (SHOTS !== undefined) await counter.screenshot({ path: join(SHOTS, 'nothing-to-buy.png') });
  await typeByHand(counter, '20');
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('alert')).toContainText(`Nothing can be sold to this meter now. ${why}`);
  await expect(amount).not.toContainText('No amount buys anything');
  if (SHOTS !== undefined) await counter.screenshot({ path: join(SHOTS, 'nothing-to-buy-typed.png') });
  await counter.keyboard.press('F3');
  await expect(counter.locator('[data-token]')).toBeVisible();
  await counter.keyboard.press('Escape');
  await counter.keyboard.press('F2');
  await scan(till, THANDI.meter);
  // Nothing is left that could be issued: the meter itself is refused now.
  await expect(counter.getByRole('alert')).toContainText('Nothing can be sold to this meter now.');
  await expect(counter.getByRole('textbox', { name: 'Amount' })).toHaveCount(0);
});
