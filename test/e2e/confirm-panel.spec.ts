import { expect, test } from '@playwright/test';
import {
  BLOCKED_METER,
  openTill,
  prepareFolder,
  scan,
  sellYesterday,
  signIn,
  temporaryFolder,
  THANDI,
  typeByHand,
  type Till,
} from './till.ts';

/** What is read back to a customer before any money is taken, element by element. */
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  folder = await temporaryFolder();
  const dataFolder = `${folder.path}/data`;
  await sellYesterday(dataFolder);
  await prepareFolder('with-free-units.ts', dataFolder);
  till = await openTill({ dataFolder });
  await signIn(till.counter);
  for (const amount of ['61', '70', '80']) await sell(amount);
});

test.afterAll(async () => {
  await till.close();
  await folder.remove();
});

const panel = () => till.counter.getByRole('region', { name: 'Customer' });
const amountPanel = () => till.counter.getByRole('region', { name: 'Amount' });

async function serve(meter: string, amount: string): Promise<void> {
  await till.counter.keyboard.press('F2');
  await scan(till, meter);
  await expect(till.counter.getByRole('textbox', { name: 'Amount' })).toBeFocused();
  await typeByHand(till.counter, amount);
  await expect(till.counter.locator('table').getByText('VAT').first()).toBeVisible();
}

async function toCash(): Promise<void> {
  await till.counter.keyboard.press('Enter');
  await expect(till.counter.getByRole('textbox', { name: 'Cash received' })).toBeFocused();
  await till.counter.keyboard.press('Enter');
}

async function sell(amount: string): Promise<void> {
  await serve(THANDI.meter, amount);
  await toCash();
  await till.counter.locator('[data-token]').waitFor();
}

test('says who it is, where, which meter and account, and by which price list', async () => {
  await serve(THANDI.meter, '90');
  await expect(panel().getByRole('heading', { name: THANDI.name })).toBeVisible();
  for (const text of [
    '12 Acacia St, Unit 4',
    '0012 3456 782',
    '100201',
    '+27 82 555 0101',
    'Prepaid Home, flat',
  ])
    await expect(panel().getByText(text, { exact: true })).toBeVisible();
});

test('shows what is owed, and the last three purchases with money and units, the newest first', async () => {
  await expect(panel()).toContainText(/Debt left.{0,6}ZAR.250\.00/u);
  const rows = panel().getByRole('table', { name: 'Last purchases' }).getByRole('row');
  await expect(rows).toHaveCount(3);
  for (const [at, amount] of ['80.00', '70.00', '61.00'].entries())
    await expect(rows.nth(at)).toContainText(new RegExp(`${amount}.*\\d+\\.\\d.kWh`, 'u'));
});

test('offers the free units that are due, with their key', async () => {
  await expect(till.counter.getByText('Free basic electricity: 50.0 kWh due')).toBeVisible();
  // What came with the purchases before stands first.
  await expect(till.counter.getByText('Winter relief: 5.0 kWh due')).toBeVisible();
  await expect(till.counter.getByRole('button', { name: 'F3 Issue Winter relief' })).toBeVisible();
});

test('names the smallest and the largest amount, each with its reason', async () => {
  await expect(amountPanel()).toContainText(/From .?ZAR.0\.\d0.? to .?ZAR.5.000\.00/u);
  await expect(amountPanel()).toContainText(/ZAR.0\.\d0: .?The smallest token costs .?ZAR.0\.\d0/u);
  await expect(amountPanel()).toContainText(/The price list sets a largest purchase of .?ZAR.5.000\.00/u);
});

test('asks once before the same again, and names the meter', async () => {
  await serve(THANDI.meter, '80');
  await toCash();
  const alert = till.counter.getByRole('alert');
  await expect(alert).toContainText(new RegExp(`Meter .?${THANDI.meter}.? bought the same amount`, 'u'));
  await expect(alert).toContainText(/receipt .?T014-000004/u);
  await till.counter.keyboard.press('Escape');
  await expect(till.counter.getByRole('alert')).toBeHidden();
  await expect(till.counter.locator('[data-token]')).toHaveCount(0);
});

test('asks whether it is the right meter when it buys much more than ever', async () => {
  await serve(THANDI.meter, '400');
  await toCash();
  const alert = till.counter.getByRole('alert');
  await expect(alert).toContainText(
    new RegExp(`much more than meter .?${THANDI.meter}.? usually buys .at most .?ZAR.80\\.00`, 'u'),
  );
  await expect(alert).toContainText('Read the meter number back');
  await till.counter.keyboard.press('F2');
});

test('says why nothing may be sold, takes no amount and gives no free units', async () => {
  await scan(till, BLOCKED_METER);
  await expect(till.counter.getByRole('alert')).toContainText('meter reported stolen');
  await expect(till.counter.getByRole('textbox', { name: 'Amount' })).toHaveCount(0);
  await expect(till.counter.getByRole('button', { name: /^F3/u })).toHaveCount(0);
  await till.counter.keyboard.press('F2');
});

test('takes another way to pay that was pressed while the meter was looked up', async () => {
  // Faster than a person and slower than a scanner: all of it is there before the station has answered.
  await typeByHand(till.counter, THANDI.meter);
  await till.app.evaluate(({ BrowserWindow }) => {
    const counter = BrowserWindow.getAllWindows().find((each) =>
      each.webContents.getURL().endsWith('/counter.html'),
    );
    for (const keyCode of ['Enter', '9', '5', 'F6']) {
      counter?.webContents.sendInputEvent({ type: 'keyDown', keyCode });
      if (keyCode.length === 1) counter?.webContents.sendInputEvent({ type: 'char', keyCode });
      counter?.webContents.sendInputEvent({ type: 'keyUp', keyCode });
    }
  });
  await expect(till.counter.getByRole('textbox', { name: 'Number on the terminal’s slip' })).toBeFocused();
  await expect(till.counter.getByText('ZAR 95.00').first()).toBeVisible();
  expect(till.complaints).toEqual([]);
});
