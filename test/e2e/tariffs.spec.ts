import { expect, test } from '@playwright/test';
import { openTill, scan, temporaryFolder, THANDI, typeByHand, type Till } from './till.ts';

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

/** Blocks: what is beyond 50 units in a month costs more. */
const BLOCKS = {
  format: 'kioskwatt-tariff',
  formatVersion: 1,
  id: 'home-flat',
  version: 2,
  name: 'Prepaid Home, blocks',
  source: 'Invented for this test.',
  effectiveFrom: '2026-01-01T00:00',
  resource: 'electricity',
  meter: 'units',
  currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
  cashRounding: 'down',
  lineRounding: { mode: 'half-up', to: '0.01' },
  units: {
    rounding: [{ mode: 'down', to: '0.1' }],
    linesFrom: 'rounded',
    remainder: 'carry',
    preset: 'part',
  },
  stateMaxAgeHours: 24,
  windows: { month: { every: { months: 1 } } },
  stages: [
    {
      id: 'energy',
      kind: 'per-unit',
      label: 'Energy',
      role: 'energy',
      window: 'month',
      blocks: [{ upTo: '50', rate: '2.00' }, { rate: '3.00' }],
    },
  ],
  entitlements: [],
  limits: {},
};

test('a supervisor reads the prices, tries an amount, and reads in a list with and without faults', async () => {
  const { counter } = till;
  await counter.getByRole('option', { name: 'Joseph' }).click();
  await typeByHand(counter, '4321');
  await counter.keyboard.press('Enter');
  await counter.getByLabel('Meter, card, phone or name').waitFor();
  await counter.keyboard.press('F10');
  await counter.getByRole('option', { name: 'Price lists' }).focus();
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('option', { name: /Prepaid Home, flat/u })).toBeVisible();
  await expect(counter.getByText('VAT: 15 % added to Energy')).toBeVisible();

  const amount = counter.getByRole('textbox', { name: 'Try an amount' });
  await amount.focus();
  await typeByHand(counter, '100');
  await expect(counter.getByText('gives 42.6 kWh')).toBeVisible();

  const readIn = counter.getByRole('button', { name: 'Read in a file' });
  await readIn.focus();
  await counter.keyboard.press('Enter');
  const text = counter.getByRole('textbox', { name: /Paste the price list/u });
  await text.fill(
    JSON.stringify(
      { ...BLOCKS, stages: [{ ...BLOCKS.stages[0], blocks: [{ upTo: '50', rate: '-2' }, { rate: '3' }] }] },
      null,
      2,
    ),
  );
  await counter.getByRole('button', { name: 'Check and keep' }).focus();
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('alert')).toContainText(
    /Nothing was kept[\s\S]*Line \d+, stages\/0\/blocks\/0\/rate: this may not be less than nothing/u,
  );

  await text.fill(JSON.stringify(BLOCKS, null, 2));
  await counter.getByRole('button', { name: 'Check and keep' }).focus();
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('alert')).toContainText(
    /It began on 2026-01-01 00:00: the next sales to \d+ meters have these prices/u,
  );
  await expect(counter.getByRole('option', { name: /Prepaid Home, blocks/u })).toHaveCount(0);
  await counter.getByRole('button', { name: 'Keep it all the same' }).focus();
  await counter.keyboard.press('Enter');
  await expect(counter.getByText(/Prepaid Home, blocks version 2 is kept/u)).toBeVisible();
  await expect(counter.getByRole('option', { name: /Prepaid Home, blocks/u })).toContainText('in force');
  await expect(counter.getByRole('option', { name: /Prepaid Home, flat/u })).toContainText('past');

  await counter.keyboard.press('Escape');
  await counter.keyboard.press('Escape');
  await scan(till, THANDI.meter);
  await typeByHand(counter, '60');
  await expect(counter.getByText('30.0 kWh', { exact: true })).toBeVisible();
  await expect(
    counter.getByText(/40\.00 more reaches the next block, 3\.00 a unit instead of 2\.00/u),
  ).toBeVisible();
  expect(till.complaints).toEqual([]);
});
