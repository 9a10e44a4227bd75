import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
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

const SIPHO_METER = '00426046843';

/** Everything by the keyboard alone, in one till after another's customer. */
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = await temporaryFolder();
  await prepareFolder('with-free-units.ts', `${folder.path}/data`);
  till = await openTill({ dataFolder: `${folder.path}/data` });
  await signIn(till.counter);
});

test.afterEach(() => expect(till.complaints).toEqual([]));

test.afterAll(async () => {
  await till.close();
  await folder.remove();
});

const SHOTS = process.env['KIOSKWATT_SHOTS'];
async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

const press = (...keys: readonly string[]): Promise<void> =>
  keys.reduce((before, key) => before.then(() => till.counter.keyboard.press(key)), Promise.resolve());

const field = (name: string): Locator => till.counter.getByRole('textbox', { name, exact: true });

/** The next customer's meter is scanned once the box waits for it. */
async function serveNext(meter: string): Promise<void> {
  await press('F2');
  await expect(till.counter.locator('input[data-step="find"]')).toBeFocused();
  await scan(till, meter);
}

/** Opens the tool at a place of the list by arrow keys and Enter. */
async function openTool(place: number, title: string): Promise<void> {
  await press('F9');
  await expect(till.counter.getByRole('option', { name: 'Past sales' })).toBeFocused();
  await press(...Array.from({ length: place }, () => 'ArrowDown'), 'Enter');
  await expect(till.counter.getByRole('heading', { name: title })).toBeVisible();
}

async function tokens(): Promise<readonly string[]> {
  const cards = till.counter.locator('[data-token]');
  await expect(cards.first()).toBeVisible();
  const digits: string[] = [];
  for (let index = 0; index < (await cards.count()); index += 1)
    digits.push((await cards.nth(index).getAttribute('data-token')) ?? '');
  return digits;
}

test('free units are issued with one key, once a month', async () => {
  const { counter } = till;
  await scan(till, THANDI.meter);
  await expect(counter.getByText('Free basic electricity: 50.0 kWh due')).toBeVisible();
  await shot(counter, 'free-due');
  await press('F3');
  const [token] = await tokens();
  expect(token).toMatch(/^\d{20}$/u);
  await expect(counter.getByText('Free token')).toBeVisible();
  await shot(counter, 'free-issued');
  await press('Escape');
  await expect(counter.getByText('Free basic electricity: 50.0 kWh due')).toBeHidden();
  await serveNext(THANDI.meter);
  await expect(counter.getByText(/given for this period already\. The next is due on/u)).toBeVisible();
});

test('free units that come with a purchase are issued after it, and wait where the customer left', async () => {
  const { counter } = till;
  const due = counter.getByText('Winter relief: 5.0 kWh due');
  await serveNext(SIPHO_METER);
  await expect(
    counter.getByText('Winter relief comes with a purchase: sell first, then press F3.'),
  ).toBeVisible();
  await typeByHand(counter, '60');
  await expect(
    counter.getByText('5.0 kWh free units come with this purchase', { exact: false }),
  ).toBeVisible();
  await press('Enter');
  await counter.locator('input[data-step="cash"]').waitFor();
  await press('Enter');
  await tokens();
  await expect(due).toBeVisible();
  // Another customer comes between; the units are there when the meter is looked up again.
  await serveNext(SIPHO_METER);
  await expect(due).toBeVisible();
  await press('F3');
  const [token] = await tokens();
  expect(token).toMatch(/^\d{20}$/u);
  await expect(counter.getByText('Free token')).toBeVisible();
  await press('Escape');
  await expect(due).toBeHidden();
});

test('a payment on an account takes the debt down and gives change', async () => {
  const { counter } = till;
  await serveNext(THANDI.meter);
  await expect(field('Amount')).toBeFocused();
  await openTool(3, 'Payment on an account');
  await expect(field('Amount')).toBeFocused();
  await typeByHand(counter, '100');
  await press('Enter');
  await typeByHand(counter, '200');
  await shot(counter, 'pay');
  await press('Enter');
  await expect(counter.getByText('Change ZAR 100.00')).toBeVisible();
  await expect(counter.getByText('No token: the money was paid into the account.')).toBeVisible();
  await shot(counter, 'paid');
  await press('Escape', 'Escape');
  await openTool(3, 'Payment on an account');
  await expect(counter.getByRole('combobox', { name: 'What for' })).toContainText('loan: ZAR 150.00 owed');
  // The same once more is asked about, and the same keys are the answer.
  await typeByHand(counter, '100');
  await press('Enter', 'Enter');
  await expect(counter.getByRole('alert')).toContainText('was paid the same amount');
  await shot(counter, 'paid-twice');
  await press('Enter');
  await expect(counter.getByText('No token: the money was paid into the account.')).toBeVisible();
  await press('Escape', 'Escape');
});

test('a cashier makes an engineering token when a supervisor lets it happen', async () => {
  const { counter } = till;
  await openTool(4, 'Engineering tokens');
  await expect(counter.getByRole('combobox', { name: 'What the token does' })).toBeFocused();
  await press('Enter');
  await typeByHand(counter, 'seal checked');
  await shot(counter, 'engineering');
  await press('Enter');
  await expect(field('Name')).toBeFocused();
  await typeByHand(counter, 'Joseph');
  await press('Enter');
  await typeByHand(counter, '4321');
  await press('Enter');
  await typeByHand(counter, 'he looked at it');
  await press('Enter');
  await expect(counter.getByText('Clear the tamper state')).toBeVisible();
  expect(await tokens()).toHaveLength(1);
  await shot(counter, 'engineering-done');
  await press('Escape', 'Escape');
});

test('a past sale is found, copied, and its token checked', async () => {
  const { counter } = till;
  await serveNext(THANDI.meter);
  await expect(field('Amount')).toBeFocused();
  await typeByHand(counter, '100');
  await press('Enter');
  await expect(counter.getByRole('textbox', { name: 'Cash received' })).toBeFocused();
  await press('Enter');
  const [token = ''] = await tokens();
  await openTool(0, 'Past sales');
  await press('Enter');
  await expect(counter.getByRole('option').first()).toBeFocused();
  await expect(counter.getByRole('option')).toHaveCount(5);
  await shot(counter, 'past-list');
  await press('Enter');
  await expect(field('Reason')).toBeFocused();
  await typeByHand(counter, 'customer lost the slip');
  await press('Enter');
  await expect(counter.getByText('Copy 1 is on its way to the printer.')).toBeVisible();
  await shot(counter, 'past-sale');
  await press('Escape', 'Escape', 'Escape');

  await openTool(2, 'Check a token');
  await expect(field('Token, 20 digits')).toBeFocused();
  await typeByHand(counter, token);
  await press('Enter');
  await expect(counter.getByText('Good for this meter')).toBeVisible();
  await expect(counter.getByText('Credit: 42.6 kWh')).toBeVisible();
  await shot(counter, 'check-good');
  await press('Shift+Home', 'Delete');
  await typeByHand(
    counter,
    token.replace(/^./u, (first) => String((Number(first) + 1) % 7)),
  );
  await press('Enter');
  await expect(counter.getByText('Not good for this meter')).toBeVisible();
  await shot(counter, 'check-bad');
  await press('Escape', 'Escape');
});

test('a rejected token is followed to a printed answer', async () => {
  const { counter } = till;
  await openTool(1, 'My token was rejected');
  await press('Enter');
  await expect(counter.getByRole('option', { name: 'Yes, the same number' })).toBeFocused();
  await shot(counter, 'rejected-meter');
  await press('Enter');
  await expect(counter.getByRole('option', { name: 'Rejected or error' })).toBeFocused();
  await press('Enter');
  await expect(counter.getByText(/1844 6744 0738 4377 2416/u)).toBeVisible();
  await shot(counter, 'rejected-key');
  await press('ArrowDown', 'Enter');
  await expect(counter.getByText(/The record has the wrong key data/u)).toBeVisible();
  await press('Enter');
  await expect(counter.getByText('On its way to the printer.')).toBeVisible();
  await shot(counter, 'rejected-answer');
  await expect(till.paper.getByText('YOUR TOKEN')).toBeVisible();
  await press('Escape', 'Escape');
});

test('a supervisor changes a key with a second person, and replaces a token', async () => {
  const { counter } = till;
  await press('F12');
  await counter.getByRole('option', { name: 'Joseph' }).waitFor();
  await press('ArrowDown', 'Enter');
  await typeByHand(counter, '4321');
  await press('Enter');
  await counter.getByLabel('Meter, card, phone or name').waitFor();
  await scan(till, THANDI.meter);
  await expect(field('Amount')).toBeFocused();

  await openTool(0, 'Past sales');
  await press('Enter');
  await expect(counter.getByRole('option').first()).toBeFocused();
  await press('Enter');
  await expect(field('Reason')).toBeFocused();
  await press('Tab', 'Tab', 'Enter');
  await expect(counter.getByRole('heading', { name: /Replacement token · T014/u })).toBeVisible();
  await counter.getByRole('combobox', { name: 'Supply group and key revision that it has' }).focus();
  await typeByHand(counter, '201457 KRN 2');
  await press('Enter', 'Enter', 'Enter');
  await expect(field('Reason')).toBeFocused();
  await typeByHand(counter, 'meter shows revision 2');
  await shot(counter, 'replace');
  await press('Enter');
  await expect(counter.getByText(/Instead of the token on receipt T014/u)).toBeVisible();
  await shot(counter, 'replaced');
  await press('Escape', 'Escape', 'Escape', 'Escape');

  await openTool(4, 'Engineering tokens');
  await typeByHand(counter, 'Change');
  await press('Enter');
  await typeByHand(counter, '201457 KRN 2');
  await press('Enter', 'Enter', 'Enter');
  await expect(field('Reason')).toBeFocused();
  await typeByHand(counter, 'new revision');
  await press('Enter');
  await typeByHand(counter, 'Grace');
  await press('Enter');
  await typeByHand(counter, '1357');
  await shot(counter, 'key-change');
  await press('Enter');
  await expect(counter.getByText('Key change token 1 of 2: key in first, in this order')).toBeVisible();
  expect(await tokens()).toHaveLength(2);
  await shot(counter, 'key-changed');
  await press('Escape', 'Escape');
});

test('the sheet of test tokens is printed', async () => {
  const { counter } = till;
  await openTool(5, 'Meter test tokens');
  await press('Enter');
  await expect(counter.getByText('The sheet is on its way to the printer.')).toBeVisible();
  await expect(till.paper.getByText('METER TEST TOKENS')).toBeVisible();
  await shot(counter, 'sheet');
  await press('Escape', 'Escape');
});
