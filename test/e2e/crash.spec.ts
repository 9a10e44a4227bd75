import { expect, test } from '@playwright/test';
import { openTill, signIn, temporaryFolder, type Till } from './till.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;

test.beforeEach(async () => {
  folder = await temporaryFolder();
  till = await openTill({ dataFolder: `${folder.path}/data` });
});

test.afterEach(async () => {
  await till.close();
  await folder.remove();
});

/** Kills the counter's page as a fault in it would, and waits until it is loaded again where that is expected. */
async function crash(comesBack: boolean): Promise<void> {
  await till.app.evaluate(async ({ BrowserWindow }, waits) => {
    const counter = BrowserWindow.getAllWindows().find((each) =>
      each.webContents.getURL().endsWith('/counter.html'),
    );
    if (!counter) throw new Error('the counter is open');
    const loaded = new Promise<void>((resolve) =>
      counter.webContents.once('did-finish-load', () => resolve()),
    );
    counter.webContents.forcefullyCrashRenderer();
    if (waits) await loaded;
  }, comesBack);
}

/** What the counter's page says; Playwright itself is cut off from a page that crashed. */
function counterText(): Promise<string> {
  return till.app.evaluate(async ({ BrowserWindow }) => {
    const counter = BrowserWindow.getAllWindows().find((each) =>
      each.webContents.getURL().endsWith('/counter.html'),
    );
    return String(await counter?.webContents.executeJavaScript('document.body.innerText'));
  });
}

test('a page that crashes comes back with the cashier still signed in', async () => {
  await signIn(till.counter);
  await crash(true);
  await expect.poll(counterText, { timeout: 20_000 }).toContain('Next customer');
});

test('a page that does nothing but crash ends in a screen that says so', async () => {
  for (let crashes = 0; crashes < 3; crashes += 1) {
    await crash(true);
    await expect.poll(counterText, { timeout: 20_000 }).toContain('Who is at the counter?');
  }
  await crash(false);
  const shown = (): boolean => till.app.windows().some((each) => each.url().includes('/fault.html'));
  await expect.poll(shown, { timeout: 20_000 }).toBe(true);
  const fault = till.app.windows().find((each) => each.url().includes('/fault.html'));
  await expect(fault?.getByRole('alert') ?? till.counter.locator('nothing')).toContainText(
    'Something unexpected happened',
  );
});
