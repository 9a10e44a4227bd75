import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { startModule, type ModuleProcess } from './module.ts';
import { openTill, prepareFolder, signIn, station, temporaryFolder, typeByHand, type Till } from './till.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let module: ModuleProcess;
let till: Till;

/** A PIN is hashed slowly, on purpose. */
const PIN_MS = 60_000;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  folder = await temporaryFolder();
  module = await startModule('--transactions', '500');
  await prepareFolder('with-custodians.ts', `${folder.path}/data`, String(module.port));
  till = await openTill({ dataFolder: `${folder.path}/data` });
});

test.afterAll(async () => {
  await till.close();
  await module.stop();
  await folder.remove();
});

const DAY_MS = 86_400_000;
/** A key of nobody's; `openssl enc -des-ede3` of eight zero bytes begins with the check value. */
const CLEAR = {
  sgc: '600100',
  krn: 1,
  keyType: 2,
  baseDate: 2014,
  ken: 255,
  dkga: 2,
  kcv: 'D5D44F',
  key: '0123456789abcdef',
  issuedUntilUnixMs: (Math.floor(Date.now() / 1000) + 20 * 86_400) * 1000,
  refreshByUnixMs: Math.floor(Date.now() / 1000) * 1000 + 6 * DAY_MS,
};

const focused = (element: Locator): Promise<boolean> =>
  element.evaluate((each) => each === each.ownerDocument.activeElement);

/** Goes from stop to stop, as a person without a mouse does. */
async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let tabs = 0; tabs < 80 && !(await focused(element)); tabs += 1) await page.keyboard.press('Tab');
  await expect(element).toBeFocused();
}

async function press(page: Page, element: Locator): Promise<void> {
  await tabTo(page, element);
  await page.keyboard.press('Enter');
}

async function choose(page: Page, element: Locator, file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await press(page, element);
  await (await chooser).setFiles(file);
}

async function picture(page: Page, name: string): Promise<void> {
  const pictures = process.env['KIOSKWATT_PICTURES'];
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

/** Makes a key file for the module whose request the page has saved. */
async function keyFileFor(counter: Page, card: Locator): Promise<string> {
  await press(counter, card.getByRole('button', { name: 'Save its request for keys' }));
  const saved = await card.getByText(/^Saved: /u).innerText();
  const request = /^Saved: (.+?\.json)\./u.exec(saved)?.[1] ?? '';
  const keys = join(folder.path, 'clear.json');
  const to = request.replace('key-request', 'key-load');
  await writeFile(keys, JSON.stringify([CLEAR]));
  const made = await station('module', 'make-load', '--request', request, '--keys', keys, '--to', to);
  expect(made.code, made.err).toBe(0);
  return to;
}

/** The ceremony for one module: preview, a second person who mistypes first, load, read back. */
async function load(counter: Page, card: Locator, file: string): Promise<void> {
  await press(counter, card.getByRole('button', { name: 'Load keys' }));
  await choose(counter, counter.getByRole('button', { name: 'Choose the key file' }), file);
  const row = counter.getByRole('row', { name: /600100/u });
  await expect(row).toContainText('D5D44F');
  await picture(counter, 'modules-preview');
  await tabTo(counter, counter.getByLabel('Why (the books keep it)'));
  await typeByHand(counter, 'new supply group');
  await tabTo(counter, counter.getByLabel('Second person’s name'));
  await typeByHand(counter, 'Peter');
  const pin = counter.getByLabel('Second person’s PIN');
  await tabTo(counter, pin);
  await typeByHand(counter, '1111');
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('alert')).toBeVisible({ timeout: PIN_MS });
  await expect(pin).toHaveValue('');
  await tabTo(counter, pin);
  await typeByHand(counter, '2468');
  await counter.keyboard.press('Enter');
  await expect(counter.getByText(/^Loaded, read back from the module/u)).toBeVisible({ timeout: PIN_MS });
  await expect(counter.getByRole('row', { name: /600100/u })).toContainText('the same');
  await picture(counter, 'modules-loaded');
  await press(counter, counter.getByRole('button', { name: 'Back to the modules' }));
  await expect(card.getByRole('row', { name: /600100/u }).first()).toContainText('D5D44F');
}

test('a cashier is told what will stop sales', async () => {
  const { counter } = till;
  await signIn(counter);
  await expect(
    counter.getByText('Module licence, transactions left: 500. Tell your supervisor'),
  ).toBeVisible();
  await picture(counter, 'modules-strip-cashier');
  await counter.keyboard.press('F12');
});

test('the line to the module is let go of before a sleep, and taken up after it', async () => {
  const { app } = till;
  await expect.poll(() => module.lines()).toBe(1);
  await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'));
  await expect.poll(() => module.lines()).toBe(0);
  await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'));
  await expect.poll(() => module.lines()).toBe(1);
});

test('two custodians bring keys into both modules by keyboard alone', async () => {
  test.setTimeout(300_000);
  const { counter, app } = till;
  await counter.getByRole('option', { name: 'Grace' }).waitFor();
  while (!(await focused(counter.getByRole('option', { name: 'Grace' }))))
    await counter.keyboard.press('ArrowDown');
  await signIn(counter, '2468');
  await counter.keyboard.press('F10');
  await counter.getByRole('option', { name: /^Modules and keys/u }).waitFor();
  await counter.keyboard.press('Enter');
  const simulated = counter.getByRole('region', { name: 'VSM-SIM-0001' });
  const software = counter.getByRole('region', { name: /^SW-/u });
  await expect(simulated).toBeVisible();
  const forSimulated = await keyFileFor(counter, simulated);
  const forSoftware = await keyFileFor(counter, software);

  await press(counter, simulated.getByRole('button', { name: 'Load keys' }));
  const button = counter.getByRole('button', { name: 'Choose the key file' });
  await choose(counter, button, forSoftware);
  await expect(counter.getByRole('alert')).toContainText(/made for module SW-.*this one is VSM-SIM-0001/u);
  await picture(counter, 'modules-refused');
  await press(counter, counter.getByRole('button', { name: 'Back to the modules' }));

  await load(counter, simulated, forSimulated);
  await load(counter, software, forSoftware);
  await expect(simulated.getByText('Key 600100/1 is due for a refresh, days left: 6')).toBeVisible();
  await expect(simulated.getByText('Key 600100/1 may be used, days left: 20')).toBeVisible();
  for (const [width, height] of [
    [1024, 768],
    [1366, 768],
    [1920, 1080],
  ] as const) {
    await app.evaluate(
      ({ BrowserWindow }, size) => {
        const all = BrowserWindow.getAllWindows();
        const shown = all.find((each) => each.webContents.getURL().endsWith('/counter.html'));
        shown?.setFullScreen(false);
        shown?.setContentSize(size.width, size.height);
      },
      { width, height },
    );
    // A screen of that very width takes a pixel of the window.
    await expect
      .poll(() => counter.evaluate(`Math.abs(window.innerWidth - ${width})`))
      .toBeLessThanOrEqual(1);
    const isWide = await counter.locator('html').evaluate((page) => page.scrollWidth > page.clientWidth);
    expect(isWide, `${width} wide`).toBe(false);
    await picture(counter, `modules-${width}x${height}`);
  }

  // The books have both loads with both people, and no key.
  const books = await station('ledger', 'export', '--data', till.dataFolder);
  const loads = books.out.split('\n').filter((line) => line.includes('keys-loaded'));
  expect(loads).toHaveLength(2);
  for (const line of loads) {
    expect(line).toContain('new supply group');
    expect(line).toContain('secondOperatorId');
    expect(line).toContain('D5D44F');
  }
  expect(books.out.toLowerCase()).not.toContain(CLEAR.key);
});
