import { expect, test } from '@playwright/test';
import { startPrinter, type PrinterProcess } from './printer.ts';
import { openTill, scan, signIn, station, temporaryFolder, THANDI, typeByHand, type Till } from './till.ts';

const SIPHO = { name: 'Sipho Mahlangu', meter: '00426046843' } as const;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let printer: PrinterProcess;
let till: Till;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = await temporaryFolder();
  printer = await startPrinter();
  till = await openTill({ dataFolder: `${folder.path}/data`, printer: printer.address });
  await signIn(till.counter);
});

test.afterAll(async () => {
  await till.close();
  await printer.stop();
  await folder.remove();
});

type Hand = {
  readonly press: (key: string) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  keys: number;
};

/** Counts what a person presses; a scan is no key. */
function countKeys(): Hand {
  const hand: Hand = {
    keys: 0,
    press: async (key) => {
      hand.keys += 1;
      await till.counter.keyboard.press(key);
    },
    type: async (text) => {
      hand.keys += await typeByHand(till.counter, text);
    },
  };
  return hand;
}

/** A scanned meter with an amount typed for it, its quote on the screen. */
async function serve(meter: string, name: string, amount: string, hand: Hand): Promise<void> {
  await scan(till, meter);
  await expect(till.counter.getByRole('heading', { name })).toBeVisible();
  await hand.type(amount);
  await expect(till.counter.locator('table').getByText('VAT').first()).toBeVisible();
}

const field = (name: string) => till.counter.getByRole('textbox', { name });
const tokens = () => till.counter.locator('[data-token]');

type Part = {
  readonly account: string;
  readonly amount_minor: number;
  readonly received_minor: number;
  readonly reference: string | null;
};

async function rows<Row>(table: string): Promise<readonly Row[]> {
  const exported = await station('ledger', 'export', '--data', till.dataFolder);
  expect(exported.code, exported.err).toBe(0);
  return exported.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly table: string })
    .filter((row) => row.table === table) as unknown as readonly Row[];
}

async function lastParts(count: number): Promise<readonly unknown[]> {
  const parts = await rows<Part>('tender_part');
  return parts
    .slice(-count)
    .map((part) => [part.account, part.amount_minor, part.received_minor, part.reference]);
}

test('hands out change in at most four keys more', async () => {
  const hand = countKeys();
  await serve(THANDI.meter, THANDI.name, '60', hand);
  await hand.press('Enter');
  await expect(field('Cash received')).toBeFocused();
  const before = hand.keys;
  await hand.type('100');
  await expect(till.counter.getByText('ZAR 40.00')).toBeVisible();
  await hand.press('Enter');
  await expect(tokens()).toBeVisible();
  expect(hand.keys - before).toBeLessThanOrEqual(4);
  await expect(till.counter.getByRole('heading', { name: 'Change' })).toContainText('40.00');
  expect(await lastParts(1)).toEqual([['cash-drawer', 6_000, 10_000, null]]);
});

test('asks about change above the largest note', async () => {
  const hand = countKeys();
  await serve(SIPHO.meter, SIPHO.name, '20', hand);
  await hand.press('Enter');
  await hand.type('2000');
  await hand.press('Enter');
  await expect(till.counter.getByRole('alert')).toContainText('more than the largest note');
  await hand.type('20');
  await hand.press('Enter');
  await expect(tokens()).toBeVisible();
});

for (const way of [
  {
    key: 'F6',
    amount: '61',
    account: 'card',
    label: 'Number on the terminal’s slip',
    typed: 'slip 0042',
    kept: 'SLIP0042',
  },
  {
    key: 'F7',
    amount: '62',
    account: 'mobile-money',
    label: 'Reference in the message',
    typed: 'qk7abc',
    kept: 'QK7ABC',
  },
  {
    key: 'F11',
    amount: '63',
    account: 'cheque',
    label: 'Number of the cheque',
    typed: '000981',
    kept: '000981',
  },
] as const) {
  test(`sells by ${way.account} with ${way.key}, its reference and Enter`, async () => {
    const hand = countKeys();
    await serve(THANDI.meter, THANDI.name, way.amount, hand);
    const before = hand.keys;
    await hand.press(way.key);
    await expect(field(way.label)).toBeFocused();
    await hand.type(way.typed);
    await hand.press('Enter');
    await expect(tokens()).toBeVisible();
    expect(hand.keys - before).toBe(2 + way.typed.length);
    const [part] = (await lastParts(1)) as readonly [readonly [string, number, number, string]];
    expect([part[0], part[3]]).toEqual([way.account, way.kept]);
    await expect(till.counter.getByText('No change')).toBeVisible();
  });
}

test('shows the earlier sale of a used reference before the end, and takes no card number', async () => {
  const { counter } = till;
  const hand = countKeys();
  await serve(SIPHO.meter, SIPHO.name, '30', hand);
  await hand.press('F7');
  await hand.type('QK7 abc');
  await hand.press('Enter');
  await expect(counter.getByRole('alert')).toContainText('This reference has paid already: receipt');
  await expect(counter.getByRole('alert')).toContainText(THANDI.meter);
  await hand.press('Escape');
  await expect(field('Reference in the message')).toHaveValue('QK7 abc');
  await hand.press('F6');
  await counter.keyboard.press('Control+a');
  await hand.type('4111 1111 1111 1111');
  await hand.press('Enter');
  await expect(counter.getByRole('alert')).toContainText('cards’ numbers are not kept here');
  await expect(field('Number on the terminal’s slip')).toHaveValue('');
  await expect(counter.locator('body')).not.toContainText('4111 1111');
  await hand.press('F2');
});

test('splits a sale over a card, mobile money and cash, Escape undoing one step at a time', async () => {
  const { counter } = till;
  const hand = countKeys();
  await serve(THANDI.meter, THANDI.name, '200', hand);
  await hand.press('F8');
  await expect(field('Amount by Card')).toBeFocused();
  await hand.type('120');
  await hand.press('Enter');
  await hand.type('S9');
  await hand.press('Enter');
  await expect(counter.getByText('Still to pay')).toBeVisible();
  await hand.press('Escape');
  await expect(field('Number on the terminal’s slip')).toHaveValue('S9');
  await hand.press('Enter');
  await expect(field('Cash received')).toBeFocused();
  await hand.press('F8');
  await hand.press('F7');
  await hand.type('30');
  await hand.press('Enter');
  await hand.type('MM77');
  await hand.press('Enter');
  await expect(field('Cash received')).toBeFocused();
  await hand.type('100');
  await hand.press('Enter');
  await expect(tokens()).toBeVisible();
  await expect(counter.getByRole('heading', { name: 'Change' })).toContainText('50.00');
  expect(await lastParts(3)).toEqual([
    ['card', 12_000, 12_000, 'S9'],
    ['mobile-money', 3_000, 3_000, 'MM77'],
    ['cash-drawer', 5_000, 10_000, null],
  ]);
});

test('sells by units: the field switches with one key and the price is shown', async () => {
  const { counter } = till;
  const hand = countKeys();
  await scan(till, SIPHO.meter);
  await expect(counter.getByRole('heading', { name: SIPHO.name })).toBeVisible();
  await hand.press('*');
  await hand.type('42.6');
  await expect(counter.getByText('Costs', { exact: true })).toBeVisible();
  await hand.press('Enter');
  await expect(field('Cash received')).toBeFocused();
  await hand.press('Enter');
  await expect(tokens()).toBeVisible();
  const sold = await rows<{ readonly units_tenths: number }>('token');
  expect(sold.at(-1)?.units_tenths).toBeGreaterThanOrEqual(426);
});

test('sells to two meters with one payment', async () => {
  const { counter } = till;
  const hand = countKeys();
  await serve(THANDI.meter, THANDI.name, '70', hand);
  await hand.press('+');
  await expect(counter.getByRole('heading', { name: 'Basket' })).toBeVisible();
  await serve(SIPHO.meter, SIPHO.name, '45', hand);
  await hand.press('Enter');
  await expect(counter.getByText('ZAR 115.00').first()).toBeVisible();
  await hand.type('150');
  await hand.press('Enter');
  await expect(tokens()).toHaveCount(2);
  expect(hand.keys).toBe(10);
  await expect(counter.getByRole('heading', { name: 'Change' })).toContainText('35.00');
  const basket = await rows<{ readonly basket_id: string; readonly position: number }>('basket_sale');
  expect(basket.map(({ position }) => position)).toEqual([1, 2]);
  expect(basket[0]?.basket_id).toBe(basket[1]?.basket_id);
  expect(await lastParts(2)).toEqual([
    ['cash-drawer', 7_000, 7_000, null],
    ['cash-drawer', 4_500, 8_000, null],
  ]);
  await printer.whenCut(9);
});

test('does the same by touch alone', async () => {
  const { counter } = till;
  const touch = async (name: string): Promise<void> =>
    counter.getByRole('button', { name, exact: true }).click();
  await counter.keyboard.press('F2');
  await touch('Show digits');
  for (const digit of SIPHO.meter) await touch(digit);
  await touch('Next step');
  await expect(counter.getByRole('heading', { name: SIPHO.name })).toBeVisible();
  for (const digit of '55') await touch(digit);
  await touch('F7 Mobile money');
  await field('Reference in the message').fill('TOUCH1');
  await counter.getByRole('button', { name: /^Enter Take/u }).click();
  await expect(tokens()).toBeVisible();
  expect(await lastParts(1)).toEqual([['mobile-money', 5_500, 5_500, 'TOUCH1']]);
  await touch('Hide digits');
});

test('leaves Enter to the next step after a finger on the digits or on a note', async () => {
  const { counter } = till;
  const touch = async (name: string): Promise<void> =>
    counter.getByRole('button', { name, exact: true }).click();
  await counter.keyboard.press('F2');
  await touch('Show digits');
  for (const digit of SIPHO.meter) await touch(digit);
  await expect(counter.getByRole('combobox')).toBeFocused();
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('heading', { name: SIPHO.name })).toBeVisible();
  for (const digit of '56') await touch(digit);
  const amount = counter.locator('input[data-step="amount"]');
  await expect(amount).toBeFocused();
  // A field that comes filled goes on behind what stands there.
  await counter.keyboard.press('Escape');
  await expect(counter.getByRole('combobox')).toBeFocused();
  await counter.keyboard.press('Enter');
  await expect(amount).toBeFocused();
  await expect(amount).toHaveJSProperty('selectionStart', 2);
  await counter.keyboard.press('Enter');
  await expect(field('Cash received')).toBeFocused();
  await touch('100.00');
  await expect(field('Cash received')).toBeFocused();
  await counter.keyboard.press('Enter');
  await expect(tokens()).toBeVisible();
  expect(await lastParts(1)).toEqual([['cash-drawer', 5_600, 10_000, null]]);
  await touch('Hide digits');
});

test('leaves the caret in a count of the drawer when its digits are touched', async () => {
  const { counter } = till;
  await counter.keyboard.press('F2');
  await counter.keyboard.press('F10');
  await counter.locator('[role="option"][data-key="drawer"]').click();
  await counter.getByRole('option', { name: 'Into the safe' }).click();
  const counts = counter.locator('form[data-pad="true"] input:not([hidden])');
  await expect(counts.first()).toBeFocused();
  await counter.getByRole('button', { name: '3', exact: true }).click();
  await expect(counts.first()).toHaveValue('3');
  await expect(counts.first()).toBeFocused();
  await counter.keyboard.press('Enter');
  await expect(counts.first()).toHaveValue('3');
  await expect(counts.nth(1)).toBeFocused();
  await counter.keyboard.press('Escape');
  await counter.keyboard.press('Escape');
  await counter.keyboard.press('Escape');
});

test('leaves a whole ledger, and no page has complained', async () => {
  const verified = await station('ledger', 'verify', '--data', till.dataFolder);
  expect(verified.code, verified.err + verified.out).toBe(0);
  expect(till.complaints).toEqual([]);
});
