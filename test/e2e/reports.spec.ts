import { expect, test, type Locator } from '@playwright/test';
import { COMPLAINT_ABOUT_AXE, expectAccessible } from './axe.ts';
import { outOfReach } from './reach.ts';
import { openTill, signIn, temporaryFolder, typeByHand, type Till } from './till.ts';

const PICTURES = process.env['KIOSKWATT_PICTURES'];

/** The days of a report, typed by hand. */
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = await temporaryFolder();
  till = await openTill({ dataFolder: `${folder.path}/data` });
  const { counter } = till;
  await counter.getByRole('option', { name: 'Joseph' }).click();
  await signIn(counter, '4321');
  await counter.keyboard.press('F10');
  await counter.getByRole('option', { name: 'Reports' }).click();
  await expect(counter.getByLabel('Report', { exact: true })).toBeFocused();
});

test.afterEach(() =>
  expect(till.complaints.filter((complaint) => complaint !== COMPLAINT_ABOUT_AXE)).toEqual([]),
);

test.afterAll(async () => {
  await till?.close();
  await folder.remove();
});

const day = (name: 'First day' | 'Last day'): Locator =>
  till.counter.getByRole('textbox', { name, exact: true });

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await till.counter.keyboard.press(key);
}

/** Empties the field and types into it. */
async function retype(field: Locator, text: string): Promise<void> {
  await field.focus();
  await press('Control+A', 'Delete');
  await typeByHand(till.counter, text);
}

test('a month is changed in the middle of a day, and digits of any script are digits', async () => {
  const from = day('First day');
  await retype(from, '20261129');
  await expect(from).toHaveValue('2026-11-29');
  await press('ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'Backspace');
  await expect(from).toHaveValue('2026-1-29');
  await typeByHand(till.counter, '0');
  await expect(from).toHaveValue('2026-10-29');
  // A sign that is none of a day moves nothing.
  await typeByHand(till.counter, 'x');
  await press('Backspace', 'Backspace');
  await expect(from).toHaveValue('2026--29');
  await typeByHand(till.counter, '٩');
  await expect(from).toHaveValue('2026-9-29');
  await press('Tab');
  await expect(from).toHaveValue('2026-09-29');
  await retype(from, '٢٠٢٦١١٢٨');
  await expect(from).toHaveValue('2026-11-28');
});

test('a day that the calendar has not is named, and has the focus', async () => {
  const { counter } = till;
  const said = counter.getByRole('alert');
  await retype(day('Last day'), '20260231');
  await retype(day('First day'), '20260230');
  await expect(said).toHaveCount(0);
  const run = counter.getByRole('button', { name: 'Run' });
  await expect(run).toBeEnabled();
  const report = counter.getByLabel('Report', { exact: true });
  const places = async (): Promise<readonly (number | null)[]> => {
    const boxes = await Promise.all([report, day('First day'), run].map((each) => each.boundingBox()));
    return boxes.map((box) => box && Math.round(box.y));
  };
  const before = await places();
  await counter.getByLabel('Report', { exact: true }).focus();
  await press('Enter');
  await expect(day('First day')).toBeFocused();
  await expect(day('First day')).toHaveAccessibleDescription(
    'There is no such day. Type it as year-month-day.',
  );
  await expect(said).toHaveCount(2);
  // What is said below the days moves nothing beside them.
  expect(await places()).toEqual(before);
  if (PICTURES !== undefined) await counter.screenshot({ path: `${PICTURES}/no-such-day.png` });
  await retype(day('First day'), '20261101');
  await expect(said).toHaveCount(1);
  await run.click();
  await expect(day('Last day')).toBeFocused();
  await retype(day('Last day'), '20261129');
  await expect(said).toHaveCount(0);
  await press('Enter');
  await expect(counter.getByRole('region', { name: 'Result' })).toBeVisible();
});

test('a calendar in the language of the screen is gone through by keys and by finger', async () => {
  const { counter } = till;
  const from = day('First day');
  await retype(from, '20261031');
  const calendar = counter.getByRole('dialog', { name: 'Calendar for: First day' });
  const open = counter.getByRole('button', { name: 'Calendar for: First day' });
  await open.click();
  await expect(calendar.getByRole('heading')).toHaveText('October 2026');
  await expect(calendar.getByRole('columnheader').first()).toHaveText('Mon');
  await expect(calendar.getByRole('button', { name: 'Sat, 31 Oct 2026' })).toBeFocused();
  if (PICTURES !== undefined) await counter.screenshot({ path: `${PICTURES}/calendar.png` });
  await press('ArrowRight');
  await expect(calendar.getByRole('heading')).toHaveText('November 2026');
  await press('ArrowDown', 'ArrowLeft', 'PageUp', 'Enter');
  await expect(calendar).toBeHidden();
  await expect(from).toHaveValue('2026-10-07');
  await open.click();
  await calendar.getByRole('button', { name: 'Month after' }).click();
  await calendar.getByRole('button', { name: 'Mon, 23 Nov 2026' }).click();
  await expect(from).toHaveValue('2026-11-23');
  await open.click();
  await expectAccessible(counter, 'calendar');
  expect(await outOfReach(counter)).toEqual([]);
  await press('Escape');
  await expect(calendar).toBeHidden();
  // Only the calendar is left, not the page.
  await expect(from).toHaveValue('2026-11-23');
});
