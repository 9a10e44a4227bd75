import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { luhnCheckDigit } from '../../src/sts/index.ts';
import { openTill, temporaryFolder, typeByHand, type Till } from './till.ts';

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

const HEADER =
  'customer_id,name,account,phone,address,meter_number,resource,sgc,krn,ti,ea,dkga,key_type,base_date,ken,tariff_id,blocked_reason';

function townsman(index: number): string {
  const payload = `00${(20_000_000 + index).toString()}`;
  const meter = `${payload}${luhnCheckDigit(payload)}`;
  return `t-${index},Kwabena Asante ${index},T${index},,${index} Mill Lane,${meter},electricity,201457,1,1,7,4,2,2014,255,home-flat,`;
}

test('a supervisor takes a file of customers, and finds one of them under a mistyped name', async () => {
  const { counter } = till;
  const file = `${folder.path}/town.csv`;
  const lines = Array.from({ length: 40 }, (_, index) => townsman(index));
  await writeFile(file, [HEADER, ...lines, townsman(3)].join('\n'));
  await counter.getByRole('option', { name: 'Joseph' }).click();
  await typeByHand(counter, '4321');
  await counter.keyboard.press('Enter');
  await counter.getByLabel('Meter, card, phone or name').waitFor();

  await counter.keyboard.press('F10');
  await counter.getByRole('option', { name: 'Customers from a file' }).focus();
  await counter.keyboard.press('Enter');
  await expect(counter.getByLabel('Name of the CSV file, with its folder')).toBeFocused();
  await counter.keyboard.insertText(`${folder.path}/nowhere.csv`);
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('alert')).toContainText('The file can’t be read (ENOENT)');
  await counter.keyboard.press('Control+a');
  await counter.keyboard.insertText(file);
  await counter.keyboard.press('Enter');
  await expect(counter.getByText('town.csv is taken.')).toBeVisible();
  await expect(counter.getByText('40 lines taken, 1 left out.')).toBeVisible();

  await counter.keyboard.press('Escape');
  await counter.keyboard.press('Escape');
  await typeByHand(counter, 'kwabena asnate 39');
  await expect(counter.getByRole('option', { name: /Kwabena Asante 39/u })).toBeVisible();
  expect(till.complaints).toEqual([]);
});
