import { expect, test } from '@playwright/test';
import { startPrinter, tokenOnSlip } from './printer.ts';
import { BLOCKED_METER, openTill, signIn, temporaryFolder, THANDI, typeByHand, type Till } from './till.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;
/** A port that was open a moment ago: nobody listens there. */
let closedPort: number;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = await temporaryFolder();
  const printer = await startPrinter();
  closedPort = Number(printer.address.split(':')[1]);
  await printer.stop();
  till = await openTill({ dataFolder: `${folder.path}/data`, printer: `127.0.0.1:${closedPort}` });
});

test.afterAll(async () => {
  await till.close();
  await folder.remove();
});

/** Begins a sale to Thandi, as far as the amount. */
async function toAmount(): Promise<void> {
  const { counter } = till;
  await counter.keyboard.press('F2');
  await typeByHand(counter, THANDI.meter);
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('textbox', { name: 'Amount' })).toBeFocused();
}

test('a wrong PIN is named, and the right one still signs in', async () => {
  const { counter } = till;
  await typeByHand(counter, '9999');
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('alert')).toContainText('Name or PIN is not right');
  await signIn(counter);
});

for (const [what, typed, sentence] of [
  ['a meter number of ten digits', '0012345678', 'has 11 or 13 digits (18 with its issuer); this one has 10'],
  ['a wrong check digit', '00123456783', 'The last digit does not fit the others'],
  ['a meter that nobody knows', '01234567897', 'is not in the directory'],
  ['a name that nobody has', 'zzyzx', 'Nothing found for “zzyzx”'],
] as const) {
  test(`${what} has its own sentence, and stays in the box`, async () => {
    const { counter } = till;
    await counter.keyboard.press('F2');
    await typeByHand(counter, typed);
    await counter.keyboard.press('Enter');
    const alert = counter.getByRole('alert');
    await expect(alert).toContainText(sentence);
    await expect(alert).toContainText('Tell the customer');
    await expect(counter.getByRole('combobox')).toHaveValue(typed);
  });
}

test('a blocked meter says why, and takes no amount', async () => {
  const { counter } = till;
  await counter.keyboard.press('F2');
  await typeByHand(counter, BLOCKED_METER);
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('alert')).toContainText('This meter is blocked for sales');
  await expect(counter.getByRole('textbox', { name: 'Amount' })).toBeHidden();
});

for (const [what, typed, sentence] of [
  ['no amount', '', 'Type the amount first'],
  ['zero', '0', 'The amount is zero'],
  ['a negative amount', '-50', 'An amount can’t be less than nothing'],
  ['an amount that is no number', '1o0', '“1o0” is not an amount'],
  ['half a cent', '1.005', 'This currency has 2 digits after the dot'],
  ['an amount that is far too large', '99999999999', 'The amount is too large for one sale'],
  ['an amount below the smallest', '0.10', 'The smallest sale to this meter is'],
  ['an amount above the largest', '50000000', 'The largest sale to this meter is'],
] as const) {
  test(`${what} has its own sentence, and stays in the field`, async () => {
    const { counter } = till;
    await toAmount();
    await typeByHand(counter, typed);
    await counter.keyboard.press('Enter');
    await expect(counter.getByRole('alert')).toContainText(sentence);
    await expect(counter.getByRole('textbox', { name: 'Amount' })).toHaveValue(typed);
  });
}

test('pasted text that is no amount is refused too', async () => {
  const { counter } = till;
  await toAmount();
  await counter.keyboard.insertText('a hundred');
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('alert')).toContainText('“a hundred” is not an amount');
});

test('too little cash is named with both figures', async () => {
  const { counter } = till;
  await toAmount();
  await typeByHand(counter, '100');
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('textbox', { name: 'Cash received' })).toBeFocused();
  await typeByHand(counter, '50');
  await expect(counter.getByText('Still missing')).toBeVisible();
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('alert')).toContainText(
    /\(ZAR\s50\.00\) is less than the amount \(ZAR\s100\.00\)/u,
  );
});

test('a closed printer port is named, the token is safe, and the slip prints when the printer is back', async () => {
  const { counter } = till;
  await toAmount();
  await typeByHand(counter, '100');
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('textbox', { name: 'Cash received' })).toBeFocused();
  await counter.keyboard.press('Enter');
  const token = await counter.locator('[data-token]').getAttribute('data-token');
  await expect(counter.getByRole('alert')).toContainText(
    `The printer at 127.0.0.1:${closedPort} does not answer`,
  );
  const printer = await startPrinter({ port: closedPort });
  try {
    await counter.keyboard.press('Enter');
    await printer.whenCut(1);
    const [slip] = printer.slips;
    expect(slip && tokenOnSlip(slip)).toBe(token);
    await expect(counter.getByText('The slip is printed.')).toBeVisible();
  } finally {
    await printer.stop();
  }
});

test('nothing of this was a complaint of the page, and only one sale was made', async () => {
  const { counter } = till;
  expect(till.complaints).toEqual([]);
  await toAmount();
  await expect(counter.getByRole('table', { name: 'Last purchases' }).getByRole('row')).toHaveCount(1);
});
