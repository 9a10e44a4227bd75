import { expect, test, type Page } from '@playwright/test';
import { startModule, type ModuleProcess } from './module.ts';
import { openTill, prepareFolder, signIn, temporaryFolder, typeByHand, type Till } from './till.ts';

/** A module that was stopped beside one that sells: who hears of it, and how it comes back. */

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let module: ModuleProcess;
let till: Till;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  folder = await temporaryFolder();
  module = await startModule();
  await prepareFolder('with-stopped-module.ts', `${folder.path}/data`, String(module.port));
  till = await openTill({ dataFolder: `${folder.path}/data` });
});

test.afterAll(async () => {
  await till.close();
  await module.stop();
  await folder.remove();
});

async function picture(page: Page, name: string): Promise<void> {
  const pictures = process.env['KIOSKWATT_PICTURES'];
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

const STOPPED = 'Module VSM-SIM-0001 stopped';

async function openPage(counter: Page, key: string): Promise<void> {
  await counter.keyboard.press('F10');
  await counter.locator(`[role="option"][data-key="${key}"]`).press('Enter');
}

test('a cashier sees it in the strip, and sells with the other one', async () => {
  const { counter } = till;
  await signIn(counter);
  const strip = counter.getByRole('list', { name: 'State of the station' });
  await expect(strip.getByText(STOPPED)).toBeVisible();
  await expect(strip.getByText('Module ready')).toBeVisible();
  await picture(counter, 'stopped-strip');
  await counter.keyboard.press('F12');
});

test('a supervisor sees which one it is, and lets it work again with a reason', async () => {
  const { counter } = till;
  await counter.getByRole('option', { name: 'Joseph' }).click();
  await signIn(counter, '4321');
  await openPage(counter, 'modules');
  const card = counter.getByRole('region', { name: 'VSM-SIM-0001' });
  await expect(
    card.getByText('A supervisor lets it work again under Decisions, with a reason.'),
  ).toBeVisible();
  await picture(counter, 'stopped-modules');
  await counter.keyboard.press('Escape');
  await openPage(counter, 'decisions');
  const form = counter.getByRole('form', { name: 'Secure module VSM-SIM-0001 is stopped' });
  await expect(form).toBeVisible();
  await picture(counter, 'stopped-decisions');
  await form.getByLabel('Why (the books keep it)').focus();
  await typeByHand(counter, 'its maker has looked into it');
  await counter.keyboard.press('Enter');
  await expect(form).toBeHidden();
  await expect(counter.getByText(STOPPED)).toHaveCount(0);
});
