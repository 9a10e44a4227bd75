import { expect, test, type Page } from '@playwright/test';
import { COMPLAINT_ABOUT_AXE, expectAccessible } from './axe.ts';
import { AMINA, openTill, scan, temporaryFolder, THANDI, typeByHand, type Till } from './till.ts';

/** A customer whose receipts are in French, and one whose name and receipts are Arabic. */
const ELODIE_METER = '00084700541';
const FATIMA_METER = '00418302758';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = await temporaryFolder();
  till = await openTill({ dataFolder: `${folder.path}/data` });
  for (const page of [till.counter, till.paper]) await page.emulateMedia({ reducedMotion: 'reduce' });
});

test.afterAll(async () => {
  await till.close();
  await folder.remove();
});

async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let n = 0; n < times; n += 1) await page.keyboard.press(key);
}

/** Sells from the empty sale screen for the exact cash, in whatever language. */
async function sell(page: Page, meter: string): Promise<void> {
  await scan(till, meter);
  await page.locator('input[data-step="amount"]').waitFor();
  await typeByHand(page, '150');
  await expect(page.locator('p[aria-live="polite"]').first()).toContainText('kWh');
  await page.keyboard.press('Enter');
  await page.locator('input[data-step="cash"]').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('[data-token]').waitFor();
}

test('one key changes the language before anybody has signed in, and Arabic runs from right to left', async () => {
  const { counter } = till;
  const html = counter.locator('html');
  await press(counter, 'Alt+L');
  await expect(counter.getByRole('heading', { name: 'Qui est au guichet' })).toBeVisible();
  await expect(counter.getByText('non encore relue')).toBeVisible();
  await press(counter, 'Alt+L', 3);
  await expect(html).toHaveAttribute('lang', 'ar');
  await expect(html).toHaveAttribute('dir', 'rtl');
  await expect(counter.getByRole('heading', { name: 'من على الشباك؟' })).toBeVisible();
  await expectAccessible(counter, 'sign-in in Arabic');
});

test('every screen of a sale is accessible in Arabic, in every look', async () => {
  const { counter } = till;
  await typeByHand(counter, AMINA.pin);
  await press(counter, 'Enter');
  await counter.locator('input[data-step="find"]').waitFor();
  await expectAccessible(counter, 'ready');
  await typeByHand(counter, 'nko');
  await expect(counter.getByRole('option').first()).toBeVisible();
  await expectAccessible(counter, 'found');
  await press(counter, 'F2');
  await scan(till, THANDI.meter);
  await counter.locator('input[data-step="amount"]').waitFor();
  await typeByHand(counter, '150');
  await expect(counter.locator('p[aria-live="polite"]').first()).toContainText('kWh');
  await expectAccessible(counter, 'amount');
  await press(counter, 'Enter');
  await counter.locator('input[data-step="cash"]').waitFor();
  await expectAccessible(counter, 'cash');
  await press(counter, 'Enter');
  await counter.locator('[data-token]').waitFor();
  await expectAccessible(counter, 'token');
  await press(counter, 'F1');
  await expect(counter.getByRole('radiogroup')).toHaveCount(3);
  await expectAccessible(counter, 'help');
  await press(counter, 'Escape');
});

test('a token keeps its order from left to right among Arabic words', async () => {
  const { counter } = till;
  const card = counter.locator('[data-token]');
  const digits = (await card.getAttribute('data-token')) ?? '';
  const boxes = await card.locator('p[aria-hidden="true"] span').evaluateAll((spans) =>
    spans.map((span) => {
      const { left, top } = span.getBoundingClientRect();
      return { text: span.textContent ?? '', left, top };
    }),
  );
  const seen = boxes.toSorted((a, b) => a.top - b.top || a.left - b.left).map(({ text }) => text);
  expect(seen.join('')).toBe(digits);
});

test('a receipt is in the customer’s language, whatever the screen speaks', async () => {
  const { counter, paper } = till;
  await press(counter, 'F2');
  await sell(counter, ELODIE_METER);
  await expect(paper.locator('article')).toContainText('Code de recharge');
  await press(counter, 'F2');
  await sell(counter, FATIMA_METER);
  await expect(paper.locator('article')).toContainText('رمز الشحن');
  await expect(paper.locator('article')).toContainText('فاطمة الزهراء حسن');
});

test('language and size of the text are remembered, and the largest loses nothing', async () => {
  const { counter } = till;
  await press(counter, 'Control+Equal', 5);
  await expect(counter.locator('html')).toHaveAttribute('data-text-size', '200');
  const beyond = await counter.locator('html').evaluate((page) => page.scrollWidth - page.clientWidth);
  expect(beyond).toBeLessThanOrEqual(0);
  await expect(counter.locator('[data-token]')).toBeVisible();
  await counter.reload();
  await expect(counter.locator('html')).toHaveAttribute('lang', 'ar');
  await expect(counter.locator('html')).toHaveAttribute('data-text-size', '200');
  await press(counter, 'Control+Digit0');
  await expect(counter.locator('html')).toHaveAttribute('data-text-size', '100');
  expect(till.complaints.filter((each) => each !== COMPLAINT_ABOUT_AXE)).toEqual([]);
});
