import { expect, test } from '@playwright/test';
import { startPrinter, tokenOnSlip, type PrinterProcess } from './printer.ts';
import {
  openTill,
  scan,
  sellYesterday,
  signIn,
  station,
  stationInElectron,
  temporaryFolder,
  THANDI,
  typeByHand,
  type Till,
} from './till.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let printer: PrinterProcess;
let till: Till;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = await temporaryFolder();
  await sellYesterday(`${folder.path}/data`);
  printer = await startPrinter();
  till = await openTill({ dataFolder: `${folder.path}/data`, printer: printer.address });
});

test.afterAll(async () => {
  await till.close();
  await printer.stop();
  await folder.remove();
});

/** The token on the screen, as digits. */
async function shownToken(): Promise<string> {
  return (await till.counter.locator('[data-token]').getAttribute('data-token')) ?? '';
}

type LedgerToken = { readonly table: string; readonly digits: string; readonly units_tenths: number };

async function ledgerTokens(): Promise<readonly LedgerToken[]> {
  const exported = await station('ledger', 'export', '--data', till.dataFolder);
  expect(exported.code, exported.err).toBe(0);
  const rows = exported.out.trim().split('\n');
  return rows.map((row): LedgerToken => JSON.parse(row)).filter((row) => row.table === 'token');
}

/** Counts what a person presses; a scan is no key. */
function countKeys(): {
  readonly enter: () => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  keys: number;
} {
  const counter = {
    keys: 0,
    enter: async (): Promise<void> => {
      counter.keys += 1;
      await till.counter.keyboard.press('Enter');
    },
    type: async (text: string): Promise<void> => {
      counter.keys += await typeByHand(till.counter, text);
    },
  };
  return counter;
}

test('serves a repeat customer in two keys after a scan, to the token and the job in the queue', async () => {
  const { counter } = till;
  await signIn(counter);
  const hand = countKeys();
  await scan(till, THANDI.meter);
  await expect(counter.getByText('as last time')).toBeVisible();
  await hand.enter();
  await expect(counter.getByRole('textbox', { name: 'Cash received' })).toBeFocused();
  await hand.enter();
  await expect(counter.locator('[data-token]')).toBeVisible();
  expect(hand.keys).toBeLessThanOrEqual(6);
  expect(hand.keys).toBe(2);
  await printer.whenCut(1);
});

test('sells by keyboard alone: an eleven-digit meter and three digits of money in 17 keys', async () => {
  const { counter } = till;
  const hand = countKeys();
  await hand.type(THANDI.meter);
  await hand.enter();
  await expect(counter.getByRole('heading', { name: THANDI.name })).toBeVisible();
  await hand.type('150');
  await expect(counter.getByText('63.9 kWh', { exact: true })).toBeVisible();
  await hand.enter();
  await expect(counter.getByRole('textbox', { name: 'Cash received' })).toBeFocused();
  await hand.enter();
  await expect(counter.locator('[data-token]')).toBeVisible();
  expect(hand.keys).toBe(17);
  await expect(counter.getByText('No change')).toBeVisible();
});

test('prints what the ledger holds, and the slip decodes to what was sold', async () => {
  await printer.whenCut(2);
  const token = await shownToken();
  expect(token).toMatch(/^\d{20}$/u);
  const [, slip] = printer.slips;
  expect(slip?.errors).toEqual([]);
  expect(slip && tokenOnSlip(slip)).toBe(token);
  expect(slip?.lines.some((line) => line.text.includes('TRAINING'))).toBe(true);
  const [yesterday, repeated, typed] = await ledgerTokens();
  expect([yesterday?.units_tenths, repeated?.units_tenths]).toEqual([426, 426]);
  expect(typed).toMatchObject({ digits: token, units_tenths: 639 });
  await expect(till.counter.getByText('The slip is printed.')).toBeVisible();
});

test('draws the same slip in the paper window', async () => {
  const token = await shownToken();
  const paper = await till.paper.locator('pre').allInnerTexts();
  expect(paper.join('\n').replace(/(\d{4})\s+(?=\d{4})/gu, '$1')).toContain(token);
});

test('asks once before the same amount is sold again at once', async () => {
  const { counter } = till;
  await scan(till, THANDI.meter);
  await expect(counter.getByText('as last time')).toBeVisible();
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('textbox', { name: 'Cash received' })).toBeFocused();
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('alert')).toContainText(/bought the same amount/u);
  expect(await ledgerTokens()).toHaveLength(3);
  await counter.keyboard.press('Enter');
  await expect(counter.locator('[data-token]')).toBeVisible();
  await printer.whenCut(3);
  const tokens = await ledgerTokens();
  expect(tokens).toHaveLength(4);
  expect(tokens[3]?.digits).toBe(await shownToken());
});

test('works out the change, and holds it until the next key', async () => {
  const { counter } = till;
  await typeByHand(counter, 'thandi');
  await expect(counter.getByRole('option', { name: THANDI.name })).toBeVisible();
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('textbox', { name: 'Amount' })).toBeFocused();
  await typeByHand(counter, '60');
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('textbox', { name: 'Cash received' })).toBeFocused();
  // Three digits and Enter: within the four keys that cash and change may cost.
  await typeByHand(counter, '200');
  await expect(counter.getByText('ZAR 140.00')).toBeVisible();
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('heading', { name: /^Change\s*ZAR\s140\.00$/u })).toBeVisible();
  await printer.whenCut(4);
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('heading', { name: 'Next customer' })).toBeVisible();
});

test('goes back without losing what was typed', async () => {
  const { counter } = till;
  await typeByHand(counter, THANDI.meter);
  await counter.keyboard.press('Enter');
  await expect(counter.getByText('as last time')).toBeVisible();
  await typeByHand(counter, '75');
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('textbox', { name: 'Cash received' })).toBeFocused();
  await counter.keyboard.press('Escape');
  await expect(counter.getByRole('textbox', { name: 'Amount' })).toHaveValue('75');
  await counter.keyboard.press('Escape');
  await expect(counter.getByRole('combobox')).toHaveValue(THANDI.meter);
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('textbox', { name: 'Amount' })).toHaveValue('75');
  await counter.keyboard.press('F2');
  await expect(counter.getByRole('combobox')).toHaveValue('');
});

test('takes a scan into the box while an amount is being typed', async () => {
  const { counter } = till;
  await typeByHand(counter, 'thandi');
  await counter.keyboard.press('Enter');
  await expect(counter.getByText('as last time')).toBeVisible();
  await typeByHand(counter, '20');
  await scan(till, '00426046843');
  await expect(counter.getByText('0042 6046 843')).toBeVisible();
  await expect(counter.getByRole('textbox', { name: 'Amount' })).toHaveValue('');
  await counter.keyboard.press('F2');
});

test('prints a marked copy of the last token', async () => {
  const { counter } = till;
  await counter.keyboard.press('F4');
  await expect(counter.getByRole('heading', { name: 'Last token' })).toBeVisible();
  await counter.keyboard.press('F5');
  await expect(counter.getByRole('group', { name: 'Why a copy?' })).toBeVisible();
  await counter.keyboard.press('F6');
  await printer.whenCut(5);
  const copy = printer.slips[4];
  expect(copy && tokenOnSlip(copy)).toBe(await shownToken());
  expect(copy?.lines.some((line) => line.text.includes('COPY 1'))).toBe(true);
  await counter.keyboard.press('Escape');
});

test('hides everything behind the lock', async () => {
  const { counter } = till;
  await counter.keyboard.press('F12');
  await expect(counter.getByRole('heading', { name: 'Who is at the counter?' })).toBeVisible();
  await expect(counter.getByText(THANDI.name)).toBeHidden();
});

test('complains of nothing, and finds every sale again after a restart', async () => {
  expect(till.complaints).toEqual([]);
  const before = await ledgerTokens();
  await till.close();
  till = await openTill({ dataFolder: till.dataFolder, printer: printer.address });
  await signIn(till.counter);
  await till.counter.keyboard.press('F4');
  await expect(till.counter.locator(`[data-token="${before.at(-1)?.digits}"]`)).toBeVisible();
  expect(await ledgerTokens()).toEqual(before);
});

test('verifies its books from the command line in Electron, without a display', async () => {
  await till.close();
  const verified = await stationInElectron('ledger', 'verify', '--json', '--data', till.dataFolder);
  expect(verified.code, verified.err).toBe(0);
  expect(verified.out).toContain('"ok":true');
  const [token] = await ledgerTokens();
  const read = await station(
    'verify-token',
    token?.digits ?? '',
    '--meter',
    THANDI.meter,
    '--data',
    till.dataFolder,
    '--json',
  );
  expect(JSON.parse(read.out)).toMatchObject({ ok: true, good: true });
  till = await openTill({ dataFolder: till.dataFolder, printer: printer.address });
});
