import { expect, test, type Page } from '@playwright/test';
import { COMPLAINT_ABOUT_AXE, expectAccessible } from './axe.ts';
import { openTill, signIn, station, temporaryFolder, typeByHand, type Till } from './till.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = await temporaryFolder();
  till = await openTill({ dataFolder: `${folder.path}/data` });
  await till.counter.getByRole('option', { name: 'Joseph' }).click();
  await signIn(till.counter, '4321');
});

test.afterAll(async () => {
  await till.close();
  await folder.remove();
});

/** Tab until the control with this name has the focus: everything is reached by keys alone. */
async function tabTo(
  page: Page,
  role: 'button' | 'textbox' | 'combobox',
  name: string | RegExp,
): Promise<void> {
  const wanted = page.getByRole(role, { name }).first();
  await wanted.waitFor();
  for (let presses = 0; presses < 40; presses += 1) {
    if (
      await wanted.evaluate((element) => Reflect.apply(Reflect.get(element, 'matches'), element, [':focus']))
    )
      return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${String(name)}`);
}

async function openPage(page: Page, title: RegExp): Promise<void> {
  await page.keyboard.press('F10');
  await page.getByRole('option', { name: title }).waitFor();
  // Typing a letter or two goes to the entry, as in any list.
  await page.getByRole('option', { name: title }).press('Enter');
}

test('corrects a customer by keys alone, and the till knows it at once', async () => {
  const { counter } = till;
  await openPage(counter, /^Customers and meters/u);
  await typeByHand(counter, 'lindiwe');
  await counter.keyboard.press('Enter');
  await tabTo(counter, 'button', /Lindiwe Dlamini/u);
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('heading', { name: 'Lindiwe Dlamini' })).toBeVisible();
  await tabTo(counter, 'button', 'Correct the customer');
  await counter.keyboard.press('Enter');
  await tabTo(counter, 'textbox', 'Phone');
  await counter.keyboard.press('Control+A');
  await typeByHand(counter, '0745551234');
  // A busy computer may hand the digits over as fast as a scanner; the Enter behind them is then the scanner's.
  await expect(async () => {
    await counter.keyboard.press('Enter');
    await expect(counter.getByRole('status')).toHaveText('Saved, and written into the journal.', {
      timeout: 3_000,
    });
  }).toPass();
  await expect(counter.getByText('0745551234')).toBeVisible();
  await expectAccessible(counter, 'an entry');
});

test('says which field is wrong, and keeps what was typed', async () => {
  const { counter } = till;
  await tabTo(counter, 'button', 'New meter');
  await counter.keyboard.press('Enter');
  await typeByHand(counter, '01000000017');
  await tabTo(counter, 'textbox', 'Supply group code');
  await typeByHand(counter, '201457');
  await expect(async () => {
    await counter.keyboard.press('Enter');
    await expect(counter.getByRole('alert')).toContainText('“Meter number” has one wrong digit', {
      timeout: 3_000,
    });
  }).toPass();
  await expect(counter.getByRole('textbox', { name: 'Meter number' })).toHaveValue('01000000017');
  await expectAccessible(counter, 'a meter form');
});

test('adds the meter by touch, and it can be sold to', async () => {
  const { counter } = till;
  await counter.getByRole('textbox', { name: 'Meter number' }).fill('01000000016');
  await counter.getByRole('combobox', { name: 'Key derivation' }).selectOption('4');
  await counter.getByRole('combobox', { name: 'Price list' }).selectOption('home-flat');
  await counter.getByRole('combobox', { name: 'Keypad’s model' }).selectOption('hash');
  await counter.getByRole('button', { name: 'Save' }).click();
  await expect(counter.getByRole('status')).toBeVisible();
  await expect(counter.getByText('0100 0000 016', { exact: true })).toBeVisible();
  await expect(counter.getByRole('listitem').filter({ hasText: '0100 0000 016' })).toContainText(
    'Ends with #',
  );
  for (let steps = 0; steps < 3; steps += 1) await counter.keyboard.press('Escape');
  await counter.keyboard.press('F2');
  await typeByHand(counter, '01000000016');
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('heading', { name: 'Lindiwe Dlamini' })).toBeVisible();
  await expect(counter.getByRole('textbox', { name: 'Amount' })).toBeFocused();
});

test('moves it to another customer', async () => {
  const { counter } = till;
  await counter.keyboard.press('F2');
  await openPage(counter, /^Customers and meters/u);
  await counter.getByRole('textbox').fill('01000000016');
  await counter.keyboard.press('Enter');
  await counter.getByRole('button', { name: /Lindiwe Dlamini/u }).click();
  const meter = counter.getByRole('listitem').filter({ hasText: '0100 0000 016' });
  await meter.getByRole('button', { name: 'Move to another customer' }).click();
  await counter.getByRole('textbox', { name: 'Whose is it now?' }).fill('thandi');
  await counter.keyboard.press('Enter');
  await counter
    .getByRole('button', { name: /Thandi Nkosi/u })
    .first()
    .click();
  await expect(counter.getByRole('heading', { name: 'Thandi Nkosi' })).toBeVisible();
  await expect(counter.getByText('0100 0000 016', { exact: true })).toBeVisible();
  const exported = await station('ledger', 'export', '--data', till.dataFolder);
  const kinds = exported.out
    .trim()
    .split('\n')
    .map((row): { readonly table: string; readonly kind: string } => JSON.parse(row))
    .filter(({ table, kind }) => table === 'record' && /^(?:customer|meter)-/u.test(kind))
    .map(({ kind }) => kind);
  expect(kinds).toEqual(['customer-changed', 'meter-added', 'meter-moved']);
  expect(exported.out).not.toContain('0745551234');
});

test('nothing differs where head office has said nothing', async () => {
  const { counter } = till;
  for (let steps = 0; steps < 3; steps += 1) await counter.keyboard.press('Escape');
  await openPage(counter, /^Differences/u);
  await expect(counter.getByText('Nothing differs.')).toBeVisible();
  await expectAccessible(counter, 'differences');
});

test('says of head office that training has none', async () => {
  const { counter } = till;
  await counter.keyboard.press('Escape');
  await openPage(counter, /^Head office/u);
  const how = counter.locator('section[data-state]');
  await expect(how).toContainText('Training sends nothing to head office.');
  await expect(how).not.toContainText('folder');
  expect(till.complaints.filter((complaint) => complaint !== COMPLAINT_ABOUT_AXE)).toEqual([]);
});
