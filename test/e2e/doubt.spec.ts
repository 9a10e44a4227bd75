import { expect, test, type Page } from '@playwright/test';
import {
  openTill,
  prepareFolder,
  scan,
  signIn,
  temporaryFolder,
  THANDI,
  typeByHand,
  type Till,
} from './till.ts';
import { expectAccessible } from './axe.ts';
import { startModule } from './module.ts';
import { SERVER_PASSWORD, startTokenServer } from './token-server.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;
const closing: (() => Promise<void>)[] = [];

test.beforeEach(async () => {
  test.setTimeout(180_000);
  folder = await temporaryFolder();
  closing.push(folder.remove);
});

test.afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function open(env: Readonly<Record<string, string>> = {}): Promise<Page> {
  till = await openTill({ dataFolder: `${folder.path}/data`, env });
  closing.push(till.close);
  await signIn(till.counter);
  return till.counter;
}

const SIZES = [
  [1024, 768],
  [1366, 768],
  [1920, 1080],
] as const;

/** A state as everybody can read it; and a picture of it at every size, where somebody asked for them. */
async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page, name);
  const to = process.env['KIOSKWATT_SHOTS'];
  if (to === undefined) return;
  for (const [width, height] of SIZES) {
    await till.app.evaluate(
      ({ BrowserWindow }, size) => {
        const counter = BrowserWindow.getAllWindows().find((each) =>
          each.webContents.getURL().endsWith('/counter.html'),
        );
        counter?.setContentSize(size[0], size[1]);
      },
      [width, height] as const,
    );
    // A window as large as the screen loses a line to its frame.
    await expect.poll(() => page.evaluate(`Math.abs(innerWidth - ${width})`)).toBeLessThanOrEqual(1);
    await page.screenshot({ path: `${to}/${name}-${width}x${height}.png`, animations: 'disabled' });
  }
}

/** Sells Thandi units for 100.00, up to where the module is asked. */
async function sellForCash(counter: Page): Promise<void> {
  await scan(till, THANDI.meter);
  await counter.locator('input[data-step="amount"]').waitFor();
  await typeByHand(counter, '100');
  await counter.keyboard.press('Enter');
  await counter.locator('input[data-step="cash"]').waitFor();
  await counter.keyboard.press('Enter');
}

const inDoubt = (counter: Page) => counter.getByRole('region', { name: 'Sale in doubt' });

/** A till with a token server, which loses the line of its first sale before the token is made. */
async function sellInVain(): Promise<Page> {
  const server = await startTokenServer();
  closing.push(server.stop);
  await prepareFolder('with-token-server.ts', `${folder.path}/data`, String(server.port), server.fingerprint);
  const counter = await open({ KIOSKWATT_PASSPHRASE: SERVER_PASSWORD });
  server.lose();
  await sellForCash(counter);
  await expect(inDoubt(counter)).toBeVisible({ timeout: 30_000 });
  return counter;
}

/** A server may be at work for twice ten seconds after a line was lost. */
const AT_WORK_MS = 60_000;

test('a customer who waits no longer gets the money back, which the counter names', async () => {
  const counter = await sellInVain();
  // Before anything else: the server is at work for some seconds only.
  await counter.keyboard.press('F8');
  await expect(counter.getByRole('alert')).toContainText('may still be making this token');
  await look(counter, 'doubt-at-work');
  const back = counter.getByRole('region', { name: 'Give back' });
  const giveUp = async (): Promise<boolean> => {
    await counter.keyboard.press('F8');
    return back.isVisible();
  };
  await expect.poll(giveUp, { timeout: AT_WORK_MS, intervals: [2_000] }).toBe(true);
  await expect(back).toContainText('100.00');
  await expect(back).toContainText('Cash');
  await expect(back).toContainText('The module made no token for this sale.');
  await look(counter, 'give-back');
  await counter.keyboard.press('Enter');
  await expect(counter.getByText('Nothing has been sold here yet.')).toBeVisible();
  await expect(counter.getByText('Sale in doubt')).toBeHidden();
});

/** Joseph takes over, and opens a page of the desk. */
async function asSupervisor(counter: Page, desk: string): Promise<void> {
  await counter.keyboard.press('Escape');
  await counter.keyboard.press('F12');
  await counter.getByRole('option', { name: 'Joseph' }).click();
  await signIn(counter, '4321');
  await counter.keyboard.press('F10');
  await counter.locator(`[role="option"][data-key="${desk}"]`).click();
}

test('a supervisor is shown the token of what is sold again', async () => {
  const counter = await sellInVain();
  await look(counter, 'doubt');
  await asSupervisor(counter, 'decisions');
  await expect(counter.getByRole('button', { name: 'Customer waits no longer' })).toBeVisible();
  await counter.getByLabel('Why (the books keep it)').first().fill('the server was exchanged');
  await counter.getByRole('button', { name: 'Sell again with a new token' }).click();
  const card = counter.getByRole('region', { name: 'No longer in doubt: the token is there' });
  await expect(card.locator('[data-token]')).toBeVisible({ timeout: 30_000 });
  await expect(card.getByRole('heading', { level: 3 }).first()).toBeFocused();
  await look(counter, 'decision-sold-again');
});

test("the day's end shows what its only doubt gives back, until that was seen", async () => {
  const counter = await sellInVain();
  await asSupervisor(counter, 'day');
  await counter.getByLabel('Why (the books keep it)').fill('the server was exchanged');
  await counter.keyboard.press('Enter');
  const back = counter.getByRole('region', { name: 'Give back' });
  await expect(back).toContainText('100.00', { timeout: 30_000 });
  await expect(back).toContainText('Cash');
  await expect(back.getByRole('heading', { name: 'Give back', exact: true })).toBeFocused();
  await look(counter, 'day-give-back');
  await counter.keyboard.press('Enter');
  await expect(back).toBeHidden();
  await expect(counter.locator('[aria-current="step"]')).toBeVisible();
});

test('a token that came by itself stands on the counter until somebody has seen it', async () => {
  const module = await startModule();
  closing.push(module.stop);
  await prepareFolder('with-one-module.ts', `${folder.path}/data`, String(module.port));
  const counter = await open();
  module.lose();
  await sellForCash(counter);
  await expect(inDoubt(counter)).toBeVisible({ timeout: 30_000 });
  await expect(counter.getByRole('button', { name: 'Customer waits no longer' })).toBeHidden();
  await counter.keyboard.press('Escape');
  const card = counter.getByText('No longer in doubt: the token is there');
  await expect(card).toBeVisible({ timeout: 60_000 });
  await look(counter, 'settled');
  await counter.keyboard.press('F11');
  await expect(counter.locator('[data-token]')).toBeVisible();
  await look(counter, 'settled-shown');
  await counter.keyboard.press('Escape');
  await expect(card).toBeHidden();
  // Its slip came out by itself.
  await expect(till.paper.getByText('Thandi Nkosi').first()).toBeVisible();
});
