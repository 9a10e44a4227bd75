import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type CDPSession, type Page } from '@playwright/test';
import { LAYOUTS, scanUnder, type Layout } from './keyboards.ts';
import { openTill, sellYesterday, signIn, temporaryFolder, THANDI, typeByHand, type Till } from './till.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;
let keys: CDPSession;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = await temporaryFolder();
  await sellYesterday(`${folder.path}/data`);
  till = await openTill({ dataFolder: `${folder.path}/data` });
  keys = await till.counter.context().newCDPSession(till.counter);
  await signIn(till.counter);
});

test.afterAll(async () => {
  await till.close();
  await folder.remove();
});

const layouts = Object.keys(LAYOUTS) as Layout[];
/** Thandi's meter as its card has it. */
const CARD = ';600727001234567821=00000207201457011?';

/** Thandi is served: her name stands above the amount. */
async function expectServed(counter: Page): Promise<void> {
  await expect(counter.getByRole('heading', { name: THANDI.name })).toBeVisible();
  await expect(counter.getByText('as last time')).toBeVisible();
}

for (const layout of layouts) {
  test(`a meter’s barcode lands in the box under the ${layout} layout, with another field focused`, async () => {
    const { counter } = till;
    await counter.keyboard.press('F2');
    await typeByHand(counter, 'lindiwe');
    await counter.getByRole('option').first().waitFor();
    await counter.keyboard.press('Enter');
    const amount = counter.getByRole('textbox', { name: 'Amount' });
    await expect(amount).toBeFocused();
    await typeByHand(counter, '75');
    await scanUnder(keys, layout, THANDI.meter);
    await expectServed(counter);
    await expect(amount).toHaveValue('');
  });

  test(`a meter card’s track 2 lands there under the ${layout} layout, with a button focused`, async () => {
    const { counter } = till;
    await counter.keyboard.press('F2');
    await counter.getByRole('button', { name: 'F1 Help' }).focus();
    await scanUnder(keys, layout, CARD);
    await expectServed(counter);
  });

  test(`an old receipt’s code finds its meter under the ${layout} layout, over the help`, async () => {
    const { counter, paper } = till;
    await counter.keyboard.press('F2');
    await counter.keyboard.press('F1');
    await counter.getByRole('radiogroup', { name: 'Look' }).waitFor();
    const code = await receiptCode(paper);
    await scanUnder(keys, layout, code);
    await expectServed(counter);
  });
}

/** The code at the foot of the slip that the paper window shows. */
let kept: string | undefined;
async function receiptCode(paper: Page): Promise<string> {
  kept ??= /KW1\.[A-Z0-9.]+/u.exec(
    (await paper.locator('[aria-label*="KW1."]').getAttribute('aria-label')) ?? '',
  )?.[0];
  expect(kept).toMatch(/^KW1\.[A-Z0-9.]{100,}$/u);
  return kept ?? '';
}

test('Tab ends a scan as Enter does, and moves no focus', async () => {
  const { counter } = till;
  await counter.keyboard.press('F2');
  await scanUnder(keys, 'French', THANDI.meter, 'Tab');
  await expectServed(counter);
  await expect(counter.getByRole('textbox', { name: 'Amount' })).toBeFocused();
});

test('nothing of a payment card stays on the screen', async () => {
  const { counter } = till;
  await counter.keyboard.press('F2');
  await scanUnder(keys, 'United States', ';4111111111111111=29121010000000000000?');
  await expect(counter.getByRole('alert')).toContainText('payment card');
  await expect(counter.getByLabel('Meter, card, phone or name')).toHaveValue('');
  expect(await counter.locator('body').innerText()).not.toContain('4111');
});

test('a scan on a page of the desk goes into the field that has the focus there', async () => {
  const { counter } = till;
  await counter.keyboard.press('F12');
  await counter.getByRole('option', { name: 'Joseph' }).click();
  await signIn(counter, '4321');
  await counter.keyboard.press('F10');
  await counter.getByRole('option', { name: /Customers from a file/iu }).click();
  const field = counter.getByRole('textbox');
  await field.focus();
  await scanUnder(keys, 'French', 'usb/meters.csv');
  await expect(field).toHaveValue('usb/meters.csv');
});

test('a prefix and a pause, where the station’s scanner is set up with them', async () => {
  const file = join(till.dataFolder, 'station.json');
  await till.close();
  const settings: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(
    file,
    JSON.stringify({ ...settings, scanner: { prefix: '~', suffix: '.', end: 'pause' } }, null, 2),
  );
  till = await openTill({ dataFolder: till.dataFolder });
  keys = await till.counter.context().newCDPSession(till.counter);
  await signIn(till.counter);
  await scanUnder(keys, 'Arabic', `${THANDI.meter}.`, null);
  await expectServed(till.counter);
});
