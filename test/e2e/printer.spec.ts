import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { startPrinter, type PrinterProcess } from './printer.ts';
import { openTill, temporaryFolder, typeByHand, type Till } from './till.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;
let printer: PrinterProcess;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  printer = await startPrinter();
  till = await openTill({ dataFolder: `${folder.path}/data` });
});

test.afterAll(async () => {
  await till.close();
  await printer.stop();
  await folder.remove();
});

const SIZES = [
  { width: 1024, height: 768 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;

test('a supervisor finds the printer, tests it and puts it to use, by keyboard alone', async () => {
  const { counter, app } = till;
  await counter.getByRole('option', { name: 'Joseph' }).click();
  await typeByHand(counter, '4321');
  await counter.keyboard.press('Enter');
  await counter.getByLabel('Meter, card, phone or name').waitFor();
  await counter.keyboard.press('F10');
  await counter.getByRole('option', { name: /^Printer/u }).waitFor();
  await counter.keyboard.press('End');
  await counter.keyboard.press('Home');
  while (
    !(await counter
      .getByRole('option', { name: /^Printer/u })
      .evaluate((each) => each === each.ownerDocument.activeElement))
  ) {
    await counter.keyboard.press('ArrowDown');
  }
  await counter.keyboard.press('Enter');
  const field = counter.getByLabel(/Network address/u);
  await expect(field).toBeVisible();
  for (
    let tabs = 0;
    tabs < 80 && !(await field.evaluate((each) => each === each.ownerDocument.activeElement));
    tabs += 1
  ) {
    await counter.keyboard.press('Tab');
  }
  await expect(field).toBeFocused();
  await typeByHand(counter, printer.address);
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('heading', { name: printer.address })).toBeVisible();
  await counter.keyboard.press('F5');
  await expect(counter.getByText('This printer says itself when a slip is on paper.')).toBeVisible();
  await printer.whenCut(1);
  await counter.keyboard.press('F8');
  await expect(counter.getByText(`Slips now go to ${printer.address}.`)).toBeVisible();
  const settings = JSON.parse(await readFile(`${till.dataFolder}/station.json`, 'utf8')) as {
    printer: string;
  };
  expect(settings.printer).toBe(printer.address);
  await counter.keyboard.press('F6');
  await expect(counter.getByText('The printer says that it is ready.')).toBeVisible();
  for (const { width, height } of SIZES) {
    await app.evaluate(
      ({ BrowserWindow }, size) => {
        for (const window of BrowserWindow.getAllWindows()) {
          if (window.webContents.getURL().endsWith('/counter.html')) {
            window.setFullScreen(false);
            window.setSize(size.width, size.height);
          }
        }
      },
      { width, height },
    );
    await expect(counter.getByRole('button', { name: /Use this printer/u })).toBeVisible();
    const wide = await counter.locator('html').evaluate((page) => page.scrollWidth > page.clientWidth);
    expect(wide, `${width} wide`).toBe(false);
    const pictures = process.env['KIOSKWATT_PICTURES'];
    if (pictures !== undefined) await counter.screenshot({ path: `${pictures}/printer-${width}.png` });
  }
});
