import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { scan, station, THANDI, typeByHand, type Till } from './till.ts';

/** What is done on each screen: it is looked at, checked, or its picture is taken. */
export type Visit = (screen: string, page: Page) => Promise<void>;

const SIPHO_METER = '00426046843';

const entry = (page: Page, id: string) => page.locator(`[role="option"][data-key="${id}"]`);

/** What a page asks the station for is there, and so are its letters. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction('document.fonts.status === "loaded"');
}

async function serve(till: Till, meter: string, amount: string): Promise<void> {
  const { counter } = till;
  await scan(till, meter);
  await counter.locator('input[data-step="amount"]').waitFor();
  await typeByHand(counter, amount);
  await counter.locator('main caption.unseen').waitFor();
}

/** Other ways to pay than cash, warnings, and a basket. */
export async function payments(till: Till, visit: Visit): Promise<void> {
  const { counter } = till;
  const at = (step: string): Promise<void> => counter.locator(`input[data-step="${step}"]`).waitFor();
  await counter.keyboard.press('F2');
  await serve(till, THANDI.meter, '100');
  await counter.keyboard.press('F6');
  await at('reference');
  await visit('card', counter);
  await typeByHand(counter, '4111111111111111');
  await counter.keyboard.press('Enter');
  await counter.getByRole('alert').waitFor();
  await visit('card-number-refused', counter);
  await counter.keyboard.press('F8');
  await at('part-amount');
  await typeByHand(counter, '30');
  await visit('split', counter);
  await counter.keyboard.press('Enter');
  await at('reference');
  await typeByHand(counter, 'S42');
  await counter.keyboard.press('Enter');
  await at('cash');
  await visit('split-rest', counter);
  await counter.keyboard.press('F2');
  await scan(till, THANDI.meter);
  await at('amount');
  await counter.keyboard.press('*');
  await typeByHand(counter, '42.6');
  await counter.locator('main caption.unseen').waitFor();
  await visit('units', counter);
  await counter.keyboard.press('F2');
  await serve(till, THANDI.meter, '150');
  await counter.keyboard.press('Enter');
  await at('cash');
  await counter.keyboard.press('Enter');
  await counter.getByRole('alert').waitFor();
  await visit('warning', counter);
  await counter.keyboard.press('F2');
  await basket(till, visit);
}

/** A first purchase for a meter whose phone has bought for another one. */
export async function newMeter(till: Till, visit: Visit): Promise<void> {
  const { counter } = till;
  await serve(till, '00111111118', '100');
  await counter.keyboard.press('Enter');
  await counter.locator('input[data-step="cash"]').waitFor();
  // The keys are the notes of the settings that are enough.
  const notes = counter.getByRole('button').filter({ hasText: /^\D*\d+\.00\D*$/u });
  await expect(notes).toHaveText([/150\.00/u, /300\.00/u]);
  await counter.keyboard.press('Enter');
  await counter.getByRole('alert').waitFor();
  await visit('warning-new-meter', counter);
  await counter.keyboard.press('F2');
}

async function basket(till: Till, visit: Visit): Promise<void> {
  const { counter } = till;
  await serve(till, THANDI.meter, '70');
  await counter.keyboard.press('+');
  await counter.locator('input[data-step="find"][data-active="true"]').waitFor();
  await visit('basket', counter);
  await serve(till, SIPHO_METER, '45');
  await counter.keyboard.press('Enter');
  await counter.locator('input[data-step="cash"]').waitFor();
  await visit('basket-cash', counter);
  await counter.keyboard.press('Enter');
  await expect(counter.locator('[data-token]')).toHaveCount(2);
  await visit('basket-tokens', counter);
  await counter.keyboard.press('F2');
}

/** What may lie over a sale's token: its large digits, why a copy is wanted, the strip's advice; and free units. */
export async function overToken({ counter }: Till, visit: Visit): Promise<void> {
  await counter.locator('[data-token] button').press('Enter');
  await counter.getByRole('dialog').waitFor();
  await visit('token-large', counter);
  await counter.keyboard.press('Escape');
  await counter.keyboard.press('F5');
  await counter.locator('main fieldset legend').waitFor();
  await visit('copy-reasons', counter);
  await counter.keyboard.press('Escape');
  await counter.locator('header button').first().press('Enter');
  await counter.getByRole('dialog').waitFor();
  await visit('strip-advice', counter);
  await counter.keyboard.press('Escape');
}

export async function freeUnits(till: Till, visit: Visit): Promise<void> {
  const { counter } = till;
  await counter.keyboard.press('F2');
  await scan(till, THANDI.meter);
  await counter.locator('input[data-step="amount"]').waitFor();
  await counter.keyboard.press('F3');
  await counter.locator('[data-token]').waitFor();
  await visit('free-units', counter);
  await counter.keyboard.press('Escape');
}

/** The F9 pages, with the meter in hand that is being served. */
export async function tools(till: Till, visit: Visit): Promise<void> {
  const { counter } = till;
  await counter.keyboard.press('F9');
  await entry(counter, 'past').waitFor();
  await visit('tools', counter);
  const pages: Readonly<Record<string, (page: Page, visit: Visit) => Promise<void>>> = {
    past: pastSales,
    rejected,
    check: checkToken,
    pay,
    engineering,
    sheet: async () => undefined,
  };
  const shown = await counter
    .locator('[role="option"][data-key]')
    .evaluateAll((all) => all.map((each) => String(Reflect.get(each, 'dataset').key)));
  // The last one is the meter on the wall, in a window of its own. A new tool needs a way through it here.
  expect(shown.filter((id) => id !== 'practice-meter')).toEqual(Object.keys(pages));
  for (const [id, walk] of Object.entries(pages)) {
    await entry(counter, id).click();
    await counter.locator('main form').first().waitFor();
    await settled(counter);
    await visit(`tool-${id}`, counter);
    await walk(counter, visit);
    await counter.keyboard.press('Escape');
    await entry(counter, id).waitFor();
  }
  await counter.keyboard.press('Escape');
}

async function pastSales(page: Page, visit: Visit): Promise<void> {
  await page.keyboard.press('Enter');
  const found = page.locator('[role="option"][data-key]');
  await found.first().waitFor();
  await visit('tool-past-found', page);
  await found.last().click();
  await page.locator('[data-token]').first().waitFor();
  await visit('tool-past-sale', page);
  await page.locator('main p button').last().click();
  await page.locator('main select').first().waitFor();
  await settled(page);
  await visit('tool-replace', page);
  await page.locator('main form input:not([hidden])').last().fill('wrong tariff index');
  await page.locator('main form button:not([hidden])').last().click();
  await page.locator('main form input[type="password"]').waitFor();
  await visit('override', page);
  // One step back each: the sale, then what was found.
  await page.keyboard.press('Escape');
  await page.locator('[data-token]').first().waitFor();
  await page.keyboard.press('Escape');
  await found.first().waitFor();
}

async function rejected(page: Page, visit: Visit): Promise<void> {
  await page.keyboard.press('Enter');
  await entry(page, 'rejected.meter.no').waitFor();
  await visit('tool-rejected-question', page);
  await entry(page, 'rejected.meter.no').click();
  await page.locator('main q').waitFor();
  await visit('tool-rejected-answer', page);
}

async function checkToken(page: Page, visit: Visit): Promise<void> {
  await page.locator('main form input:not([hidden])').first().fill('12345678901234567890');
  await page.keyboard.press('Enter');
  await page.getByRole('status').waitFor();
  await visit('tool-check-verdict', page);
}

async function pay(page: Page, visit: Visit): Promise<void> {
  await page.locator('main form input:not([hidden])').first().fill('25');
  await page.locator('main form button:not([hidden])').last().click();
  await page.locator('main section h3').waitFor();
  await visit('tool-pay-outcome', page);
}

async function engineering(page: Page, visit: Visit): Promise<void> {
  await page.locator('main select').first().selectOption('key-change');
  await visit('tool-engineering-key', page);
}

/** What a cashier does with the drawer, up to a shift that waits for a supervisor. */
export async function drawer({ counter }: Till, visit: Visit): Promise<void> {
  await counter.keyboard.press('F10');
  await entry(counter, 'drawer').click();
  const ids = ['drop', 'x', 'pay', 'no-sale', 'hand-over', 'end'];
  for (const id of ids) {
    await entry(counter, id).click();
    await counter.locator('main form').waitFor();
    await settled(counter);
    await visit(`drawer-${id}`, counter);
    if (id === 'end') break;
    await counter.keyboard.press('Escape');
  }
  await counter.keyboard.press('Enter');
  await counter.locator('form[data-pad="true"]').waitFor();
  await visit('drawer-count', counter);
  await counter.locator('main form button:not([hidden])').last().click();
  await counter.locator('form[data-pad="true"]').waitFor({ state: 'detached' });
  await settled(counter);
  await visit('drawer-close', counter);
  await counter.keyboard.press('Escape');
  await counter.keyboard.press('Escape');
}

/** A report with its chart, and the audit trail in words. */
export async function reports(counter: Page, visit: Visit): Promise<void> {
  const which = counter.locator('main select').first();
  for (const name of ['sales-by-hour', 'audit']) {
    await which.selectOption(name);
    await counter.locator('main form button:not([hidden])').last().click();
    await counter.locator('main section[aria-label] table').first().waitFor();
    await settled(counter);
    await visit(`report-${name}`, counter);
  }
}

/** A key of nobody's; `openssl enc -des-ede3` of eight zero bytes begins with the check value. */
const KEY = {
  sgc: '600100',
  krn: 1,
  keyType: 2,
  baseDate: 2014,
  ken: 255,
  dkga: 2,
  kcv: 'D5D44F',
  key: '0123456789abcdef',
};

/** What custodians do: a module's request for keys, the file that came for it, and the keys read back. */
export async function ceremony({ counter }: Till, visit: Visit): Promise<void> {
  await counter.keyboard.press('F10');
  await entry(counter, 'modules').click();
  const buttons = counter.locator('main section').first().locator('button');
  await buttons.first().click();
  const said = await counter.locator('main section output').innerText();
  const request = /\/\S+?\.json/u.exec(said)?.[0] ?? '';
  const keys = join(dirname(request), 'clear.json');
  const to = join(dirname(request), 'key-load.json');
  await writeFile(keys, JSON.stringify([KEY]));
  const made = await station('module', 'make-load', '--request', request, '--keys', keys, '--to', to);
  expect(made.code, made.err).toBe(0);
  await visit('module-request', counter);
  await buttons.nth(1).click();
  const chooser = counter.waitForEvent('filechooser');
  await counter.locator('main button').first().press('Enter');
  await (await chooser).setFiles(to);
  await counter.locator('main form').waitFor();
  await visit('module-load', counter);
  const fields = counter.locator('main form input:not([hidden])');
  for (const [index, text] of ['new supply group', 'Grace', '1357'].entries())
    await fields.nth(index).fill(text);
  await counter.keyboard.press('Enter');
  await counter.locator('main output').waitFor();
  await visit('module-loaded', counter);
  await counter.keyboard.press('Escape');
  await counter.keyboard.press('Escape');
  await counter.keyboard.press('Escape');
}
