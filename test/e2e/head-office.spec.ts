import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { COMPLAINT_ABOUT_AXE, expectAccessible } from './axe.ts';
import { outOfReach } from './reach.ts';
import { openDayStation, type DayStation } from './day-station.ts';
import { openCounter, prepareFolder, temporaryFolder, typeByHand } from './till.ts';

/** A new station finds its head office: the first start, the code, the fingerprints, and what a package says. */

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let opened: DayStation;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(240_000);
  folder = await temporaryFolder();
  opened = await openDayStation(folder.path, false);
});

test.afterAll(async () => {
  await opened?.close();
  await folder.remove();
});

/** Whether everybody can read and reach what is shown; with a picture where somebody wants to look at it. */
async function look(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 1024, height: 768 });
  await expectAccessible(page, name);
  expect(await outOfReach(page), name).toEqual([]);
  const to = process.env['KIOSKWATT_PICTURES'];
  if (to !== undefined) await page.screenshot({ path: join(to, `${name}.png`) });
}

const state = (page: Page, text: string) => expect(page.locator('section[data-state]')).toContainText(text);

test('enrols at the first start by keyboard alone, and both sides show one fingerprint', async () => {
  test.setTimeout(240_000);
  const { counter } = opened.till;
  await counter.getByLabel('Name').waitFor();
  await typeByHand(counter, 'Ada');
  await counter.keyboard.press('Enter');
  for (const pin of ['2468', '2468']) {
    await typeByHand(counter, pin);
    await counter.keyboard.press('Enter');
  }
  await state(counter, 'Head office does not know this station yet.');
  await expect(counter.getByLabel('One-time code')).toBeFocused();
  await look(counter, 'enrol');
  await typeByHand(counter, 'abcd1');
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('alert')).toContainText('That is no one-time code');
  const { code } = JSON.parse(await opened.headOffice('station', 'add', 'K014', '--json')) as {
    code: string;
  };
  await counter.getByLabel('One-time code').fill('');
  await typeByHand(counter, code.toLowerCase().replaceAll('-', ''));
  await expect(counter.getByLabel('One-time code')).toHaveValue(code);
  await counter.keyboard.press('Enter');
  await state(counter, 'The request lies with head office');
  await look(counter, 'asked');
  // The request is on its way as soon as the code is taken; head office finds it when it looks next.
  await expect
    .poll(
      async () => {
        await opened.headOffice('import');
        return opened.headOffice('station', 'keys', 'K014');
      },
      { timeout: 120_000 },
    )
    .toMatch(/(?:[0-9a-f]{4} ?){4}/u);
  await counter.getByRole('button', { name: 'Look for the answer' }).press('Enter');
  await state(counter, 'Head office knows this station.');
  const own = await counter.locator('dl dd[data-large="true"]').first().innerText();
  expect(await opened.headOffice('station', 'keys', 'K014')).toContain(own.trim());
  await look(counter, 'enrolled');
  await counter.keyboard.press('Escape');
  await counter.getByLabel('Meter, card, phone or name').waitFor();
});

test('shows what a package says: messages, allowance, limits, roles', async () => {
  test.setTimeout(240_000);
  const { counter } = opened.till;
  const lines = join(folder.path, 'lines.ndjson');
  const said = [
    { kind: 'message', id: 'm1', text: 'Stock count on Friday', untilUnixMs: 4_000_000_000_000 },
    { kind: 'allowance', valueMinor: 5_000_000, tokens: 300, minutes: 2_880, perSaleMinor: 200_000 },
    {
      kind: 'limits',
      perSaleMinor: 150_000,
      perMeterDayMinor: null,
      perOperatorDayMinor: null,
      perOperatorShiftMinor: 900_000,
    },
    { kind: 'role', operator: 'Bola', role: 'supervisor' },
  ];
  writeFileSync(lines, said.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await opened.headOffice('publish', 'K014', '--lines', lines);
  await counter.keyboard.press('F10');
  await counter.locator('[role="option"][data-key="head-office"]').click();
  await counter.getByRole('button', { name: 'Send now' }).press('Enter');
  const page = counter.locator('main');
  await expect(page).toContainText('Stock count on Friday');
  await expect(page).toContainText('Package 1, taken');
  for (const text of ['R 50 000.00', 'R 1 500.00', 'R 9 000.00'])
    expect((await page.innerText()).replaceAll(/\s/gu, ' ')).toContain(text);
  await expect(page).toContainText('Bola, role');
  await expect(counter.locator('header meter')).toHaveAttribute('value', '100');
  await look(counter, 'said');
  await counter.getByRole('button', { name: 'Change the key' }).press('Enter');
  await look(counter, 'rotate');
  await counter.keyboard.press('Enter');
  await expect(page).toContainText('Fingerprint of the next key');
  await look(counter, 'next-key');
});

test('goes on as it was while a new code is not answered', async () => {
  const { counter } = opened.till;
  await counter.getByRole('button', { name: 'Enrol with a new code' }).press('Enter');
  await expect(counter.getByLabel('One-time code')).toBeFocused();
  await typeByHand(counter, 'abcdefghijklmnop');
  await counter.keyboard.press('Enter');
  await state(counter, 'a new enrolment is asked for');
  await expect(counter.getByRole('button', { name: 'Send now' })).toBeEnabled();
  await look(counter, 'asking');
});

test('takes another folder for its files, and none that is not there', async () => {
  test.setTimeout(120_000);
  const { counter } = opened.till;
  const page = counter.locator('main');
  await counter.getByRole('button', { name: 'Choose another folder' }).press('Enter');
  const field = counter.getByLabel('Folder', { exact: true });
  await expect(field).toBeFocused();
  // A path is one, also where everything else goes from right to left.
  await expect(field).toHaveAttribute('dir', 'ltr');
  await expect(field).toHaveAttribute('maxlength', '1000');
  const before = await field.inputValue();
  await field.fill(`${before}-is-not-there`);
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('alert')).toContainText('Plug the stick in');
  await look(counter, 'place');
  await expectAccessible(counter, 'where files go');
  const stick = join(folder.path, 'stick');
  mkdirSync(stick);
  await field.fill(stick);
  await counter.keyboard.press('Enter');
  await expect(field).toHaveCount(0);
  await expect(page).toContainText(stick);
  const settings = JSON.parse(readFileSync(join(folder.path, 'data', 'station.json'), 'utf8')) as {
    headOffice: { transport: { folder: string } };
  };
  expect(settings.headOffice.transport.folder).toBe(stick);
  // What is sent from now on lies there and nowhere else: the enrolment that waits for its answer, and batches.
  const filesIn = (place: string): string[] => readdirSync(place, { recursive: true }).map(String).toSorted();
  const left = filesIn(before);
  await counter.getByRole('button', { name: 'Send now' }).press('Enter');
  await expect
    .poll(() => filesIn(stick).filter((name) => /K014-0001-\d+\.v1\.ndjson\.gz$/u.test(name)))
    .not.toEqual([]);
  expect(filesIn(stick)).toContain(join('K014', 'up', 'K014.enrol.json'));
  expect(filesIn(before)).toEqual(left);
  await counter.getByRole('button', { name: 'Choose another folder' }).press('Enter');
  await field.fill(before);
  await counter.keyboard.press('Enter');
  await expect(field).toHaveCount(0);
  await expect(page).toContainText(before);
});

test('takes the keys away at once from whoever head office gives another role', async () => {
  test.setTimeout(240_000);
  const { counter } = opened.till;
  const added = await counter.evaluate(async () => {
    const bridge = Reflect.get(globalThis, 'kioskwatt') as {
      call: (name: string, input: object) => Promise<{ ok: boolean }>;
    };
    const chipo = { name: 'Chipo', role: 'administrator', pin: '1357' };
    return bridge.call('operators.add', { requestId: '0198c0de-0000-7000-8000-000000000001', ...chipo });
  });
  expect(added.ok).toBe(true);
  const lines = join(folder.path, 'roles.ndjson');
  writeFileSync(lines, `${JSON.stringify({ kind: 'role', operator: 'Ada', role: 'auditor' })}\n`);
  await opened.headOffice('publish', 'K014', '--lines', lines);
  const page = counter.locator('main');
  await counter.getByRole('button', { name: 'Send now' }).press('Enter');
  await expect(page).toContainText('Package 2, taken');
  for (const name of ['Send now', 'Change the key', 'Enrol with a new code'])
    await expect(counter.getByRole('button', { name })).toHaveCount(0);
  await look(counter, 'auditor');
  await counter.evaluate("localStorage.setItem('kioskwatt.language', 'ar')");
  await counter.reload();
  await counter.locator('input[data-step="find"]').waitFor();
  await counter.keyboard.press('F10');
  await counter.locator('[role="option"][data-key="head-office"]').click();
  await page.locator('section[data-state]').first().waitFor();
  await expect(counter.locator('html')).toHaveAttribute('dir', 'rtl');
  await look(counter, 'auditor-in-arabic');
  const complaints = opened.till.complaints.filter((complaint) => !complaint.includes(COMPLAINT_ABOUT_AXE));
  expect(complaints).toEqual([]);
});

test('is joined by a station that stood alone, from its desk', async () => {
  test.setTimeout(240_000);
  const alone = await temporaryFolder();
  const [data, exchange] = [join(alone.path, 'data'), join(alone.path, 'exchange')];
  await prepareFolder('make-private.ts', data, join(alone.path, 'backups'), exchange);
  const file = join(data, 'station.json');
  const { headOffice: _none, ...settings } = JSON.parse(readFileSync(file, 'utf8')) as Record<
    string,
    unknown
  >;
  writeFileSync(file, JSON.stringify(settings));
  const env = { KIOSKWATT_PROFILE: 'private', KIOSKWATT_PASSPHRASE: 'private' };
  const { counter, close } = await openCounter({ dataFolder: data, env });
  try {
    await counter.getByLabel('Name').waitFor();
    for (const text of ['Ada', '2468', '2468']) {
      await typeByHand(counter, text);
      await counter.keyboard.press('Enter');
    }
    await counter.getByLabel('Meter, card, phone or name').waitFor();
    await counter.keyboard.press('F10');
    await counter.locator('[role="option"][data-key="head-office"]').click();
    await state(counter, 'This station stands alone');
    await expect(counter.getByLabel('Folder', { exact: true })).toBeFocused();
    await counter.setViewportSize({ width: 1024, height: 768 });
    await look(counter, 'alone');
    await expectAccessible(counter, 'a station that stands alone');
    await typeByHand(counter, exchange);
    await counter.keyboard.press('Enter');
    await state(counter, 'Head office does not know this station yet.');
    await expect(counter.getByLabel('One-time code')).toBeFocused();
    await look(counter, 'joined');
  } finally {
    await close();
    await alone.remove();
  }
});
