import { createServer, type AddressInfo, type Server } from 'node:net';
import { expect, test, type Page } from '@playwright/test';
import { startPrinter, tokenOnSlip, type PrinterOptions, type PrinterProcess } from './printer.ts';
import { openTill, signIn, station, temporaryFolder, THANDI, typeByHand, type Till } from './till.ts';

/** What a cashier's keys do after a print, and what a supervisor's do on the printer's page. */
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;
let printer: PrinterProcess;
let port: Server;
let started: readonly PrinterProcess[] = [];

async function switchOn(options: PrinterOptions = {}): Promise<PrinterProcess> {
  const another = await startPrinter(options);
  started = [...started, another];
  return another;
}

// Printers take their time here, and each test opens a till or two.
test.describe.configure({ timeout: 180_000 });

test.beforeEach(async () => {
  folder = await temporaryFolder();
});

test.afterEach(async () => {
  await till.close();
  for (const each of started) await each.stop();
  started = [];
  await folder.remove();
});

async function openWith(options: PrinterOptions): Promise<void> {
  printer = await switchOn(options);
  till = await openTill({ dataFolder: `${folder.path}/data`, printer: printer.address });
}

/** The manual's picture of what is on the screen, where pictures are asked for. */
async function picture(name: string): Promise<void> {
  const pictures = process.env['KIOSKWATT_PICTURES'];
  if (pictures === undefined) return;
  await till.app.evaluate(({ BrowserWindow }) => {
    const counter = BrowserWindow.getAllWindows().find((each) =>
      each.webContents.getURL().endsWith('/counter.html'),
    );
    counter?.setMinimumSize(0, 0);
    counter?.setContentSize(1366, 768);
  });
  // Looked at by the debugger: the page's own policy knows no scripts that are text, which waiting in it would need.
  await expect.poll(() => till.counter.evaluate('[innerWidth, innerHeight]')).toEqual([1366, 768]);
  await till.counter.screenshot({ path: `${pictures}/${name}-1366x768.png`, animations: 'disabled' });
}

/** The printer's page, as the supervisor, with the printer's address in it. */
async function openPrinterPage(address: string): Promise<void> {
  const { counter } = till;
  await counter.getByRole('option', { name: 'Joseph' }).click();
  await signIn(counter, '4321');
  await counter.keyboard.press('F10');
  await counter.getByRole('option', { name: /^Printer/u }).click();
  await counter.getByLabel(/Network address/u).fill(address);
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('heading', { name: address })).toBeVisible();
}

/** Sells and returns the token on the screen. */
async function sell(counter: Page, meter: string, amount: string): Promise<string> {
  await typeByHand(counter, meter);
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('textbox', { name: 'Amount' })).toBeFocused();
  await typeByHand(counter, amount);
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('textbox', { name: 'Cash received' })).toBeFocused();
  await counter.keyboard.press('Enter');
  return (await counter.locator('[data-token]').getAttribute('data-token')) ?? '';
}

const statusOf = (slip: PrinterProcess['slips'][number] | undefined): string | undefined =>
  /(?:ORIGINAL|COPY \d+)/u.exec(slip?.lines[0]?.text ?? '')?.[0];

test('the drawer opens at F7, and F6 says what keeps the printer from printing', async () => {
  await openWith({});
  const { counter } = till;
  await openPrinterPage(printer.address);
  await counter.keyboard.press('F7');
  await expect(counter.getByRole('alert')).toBeVisible();
  await counter.getByLabel('Cash drawer').selectOption({ index: 1 });
  await counter.getByLabel('Arabic words').selectOption({ label: 'The printer’s own letters (PC864)' });
  await expect(counter.getByLabel('Number of PC864 on this printer')).toHaveValue('37');
  await counter.keyboard.press('F8');
  await expect(counter.getByText(`Slips now go to ${printer.address}.`)).toBeVisible();
  await counter.keyboard.press('F7');
  await printer.whenKicked(1);
  await counter.keyboard.press('F5');
  await printer.whenCut(1);
  await expect(counter.getByText('This printer says itself when a slip is on paper.')).toBeVisible();
  await picture('printer-tested');
  expect(printer.slips[0]?.errors).toEqual([]);
  printer.order('cover-open');
  await counter.keyboard.press('F6');
  await expect(counter.getByText(/cover is open/u).first()).toBeVisible();
  await picture('printer-doctor');
  printer.order('mend');
  await counter.keyboard.press('F6');
  await expect(counter.getByText('The printer says that it is ready.')).toBeVisible();
});

test('“Not printed” is one key, until the next customer', async () => {
  await openWith({ level: 'status' });
  const { counter } = till;
  await openPrinterPage(printer.address);
  await counter.keyboard.press('F5');
  // It is given as long as the slowest printer takes before it is said to prove nothing.
  const proved = counter.getByText(
    /This printer tells its paper and cover, but not whether a slip came out/u,
  );
  await expect(proved).toBeVisible({ timeout: 60_000 });
  expect(printer.slips).toHaveLength(1);
  await counter.keyboard.press('F8');
  await expect(counter.getByText(`Slips now go to ${printer.address}.`)).toBeVisible();
  await counter.keyboard.press('Escape');
  await counter.keyboard.press('Escape');
  await counter.getByLabel('Meter, card, phone or name').waitFor();

  const token = await sell(counter, THANDI.meter, '50');
  await expect(counter.getByText('The slip went to the printer. See that it came out.')).toBeVisible();
  await counter.keyboard.press('F7');
  await expect(counter.getByText(/You said that this slip did not come out/u)).toBeVisible();
  await counter.keyboard.press('F5');
  await printer.whenCut(3);
  expect(printer.slips.slice(1).map(statusOf)).toEqual(['ORIGINAL', 'COPY 1']);
  expect(printer.slips.slice(1).map(tokenOnSlip)).toEqual([token, token]);
  await expect(counter.getByText('The slip went to the printer. See that it came out.')).toBeVisible();

  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('heading', { name: 'Next customer' })).toBeVisible();
  await counter.keyboard.press('F7');
  await expect(counter.getByText(/did not come out/u)).toHaveCount(0);
  await sell(counter, '00426046843', '20');
  await printer.whenCut(4);
  expect(statusOf(printer.slips[3])).toBe('ORIGINAL');
});

test('a copy is printed with one key for its reason, and the reason is kept in the books', async () => {
  await openWith({});
  const { counter } = till;
  await signIn(counter);
  const token = await sell(counter, THANDI.meter, '50');
  await expect(counter.getByText('The slip is printed.')).toBeVisible();
  await counter.keyboard.press('F5');
  const why = counter.getByRole('group', { name: 'Why a copy?' });
  await expect(why.getByRole('button')).toHaveText([/Customer lost it/u, /Torn/u, /Never/u, /office/u]);
  await picture('copy-why');
  await counter.keyboard.press('Escape');
  await expect(why).toBeHidden();
  await counter.keyboard.press('F5');
  await counter.keyboard.press('F6');
  await printer.whenCut(2);
  expect(printer.slips.map(statusOf)).toEqual(['ORIGINAL', 'COPY 1']);
  expect(printer.slips.map(tokenOnSlip)).toEqual([token, token]);
  await expect(counter.getByText('The slip is printed.')).toBeVisible();
  const exported = await station('ledger', 'export', '--data', till.dataFolder);
  expect(exported.code, exported.err).toBe(0);
  const copies = exported.out.split('\n').filter((row) => row.includes('receipt-copied'));
  expect(copies).toHaveLength(1);
  expect(copies[0]).toContain('unreadable');
});

test('a slip that stops in its middle for paper goes on when the roll is changed, once', async () => {
  await openWith({ lineMs: 100 });
  const { counter } = till;
  await signIn(counter);
  const stopped = printer.whenLines(6).then(() => printer.order('paper-out'));
  const token = await sell(counter, THANDI.meter, '50');
  await stopped;
  await expect(counter.getByRole('alert')).toContainText('The printer is out of paper.');
  await picture('paper-out');
  const shown = await counter.locator('[data-token]').getAttribute('data-token');
  expect(shown).toBe(token);
  expect(printer.slips).toHaveLength(0);
  printer.order('mend');
  await printer.whenCut(1);
  await expect(counter.getByText('The slip is printed.')).toBeVisible();
  expect(printer.slips.map(tokenOnSlip)).toEqual([token]);
});

test('a slip that was being sent when the program was killed is asked about, never printed by itself', async () => {
  // The line to a printer is opened after the slip is written down as being sent: the program dies at that moment.
  const killed = new Promise<void>((resolve) => {
    port = createServer(() => {
      const program = till.app.process();
      program.once('exit', () => resolve());
      program.kill('SIGKILL');
    });
  });
  await new Promise<void>((resolve) => void port.listen(0, '127.0.0.1', resolve));
  const { port: number } = port.address() as AddressInfo;
  till = await openTill({ dataFolder: `${folder.path}/data`, printer: `127.0.0.1:${number}` });
  await signIn(till.counter);
  await till.counter.keyboard.press('F2');
  await typeByHand(till.counter, THANDI.meter);
  await till.counter.keyboard.press('Enter');
  await expect(till.counter.getByRole('textbox', { name: 'Amount' })).toBeFocused();
  await typeByHand(till.counter, '50');
  await till.counter.keyboard.press('Enter');
  await expect(till.counter.getByRole('textbox', { name: 'Cash received' })).toBeFocused();
  await Promise.all([killed, till.counter.keyboard.press('Enter').catch(() => undefined)]);
  port.close();

  printer = await switchOn();
  till = await openTill({ dataFolder: `${folder.path}/data`, printer: printer.address });
  const { counter } = till;
  await signIn(counter);
  await expect(counter.getByRole('heading', { name: 'Did this slip come out?' })).toBeVisible();
  await picture('slip-asked');
  await counter.keyboard.press('F7');
  await expect(counter.getByText(/You said that this slip did not come out/u)).toBeVisible();
  expect(printer.slips).toHaveLength(0);
  await counter.keyboard.press('F5');
  await printer.whenCut(1);
  expect(printer.slips.map(statusOf)).toEqual(['COPY 1']);
  await expect(counter.getByRole('heading', { name: 'Did this slip come out?' })).toHaveCount(0);
  await counter.keyboard.press('F4');
  const token = await counter.locator('[data-token]').getAttribute('data-token');
  expect(printer.slips.map(tokenOnSlip)).toEqual([token]);
});
