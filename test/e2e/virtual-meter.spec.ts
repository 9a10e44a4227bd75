import { expect, test, type Page } from '@playwright/test';
import { openTill, scan, signIn, temporaryFolder, THANDI, typeByHand, type Till } from './till.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  till = await openTill({ dataFolder: `${folder.path}/data` });
});

test.afterAll(async () => {
  await till.close();
  await folder.remove();
});

function meterWindow(): Page {
  const found = till.app.windows().find((each) => each.url().endsWith('/meter.html'));
  if (!found) throw new Error('training has a meter on the wall');
  return found;
}

test('the token from the slip brings the credit to the practice meter, once', async () => {
  const { counter } = till;
  await signIn(counter);
  await scan(till, THANDI.meter);
  await typeByHand(counter, '100');
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('textbox', { name: 'Cash received' })).toBeFocused();
  await counter.keyboard.press('Enter');
  const token = counter.locator('[data-token]');
  await expect(token).toBeVisible();
  const digits = (await token.getAttribute('data-token')) ?? '';

  // The last of the tools.
  await counter.keyboard.press('F9');
  await expect(counter.getByRole('option', { name: 'Past sales' })).toBeFocused();
  await counter.keyboard.press('End');
  await counter.keyboard.press('Enter');
  const meter = meterWindow();
  await expect(meter.getByText('The meter of Thandi Nkosi')).toBeVisible();
  await expect(meter.getByText('0.0 kWh')).toBeVisible();
  await meter.keyboard.type(digits);
  await meter.keyboard.press('Enter');
  await expect(meter.getByRole('status')).toContainText('ACCEPT');
  await expect(meter.getByText('42.6 kWh', { exact: true })).toBeVisible();

  await meter.keyboard.type(digits);
  await meter.keyboard.press('Enter');
  await expect(meter.getByRole('status')).toContainText('this token was used before');
  await expect(meter.getByText('42.6 kWh', { exact: true })).toBeVisible();

  // The same by touch, with a token of one wrong digit.
  for (const digit of digits.replace(/^./u, (first) => String((Number(first) + 1) % 7))) {
    await meter.getByRole('button', { name: digit, exact: true }).click();
  }
  await meter.getByRole('button', { name: 'Enter', exact: true }).click();
  await expect(meter.getByRole('status')).toContainText('REJECT');

  await meter.keyboard.press('Escape');
  await expect.poll(() => counter.evaluate('document.hasFocus()')).toBe(true);
  expect(till.complaints).toEqual([]);
});
