import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { CALL_NAMES, EVENT_NAMES } from '../../src/contract/index.ts';
import { COMPLAINT_ABOUT_AXE, expectAccessible } from './axe.ts';
import { AMINA, openTill, scan, signIn, temporaryFolder, THANDI, typeByHand, type Till } from './till.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;
let display: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = await temporaryFolder();
  const dataFolder = `${folder.path}/data`;
  const first = await openTill({ dataFolder });
  expect(first.app.windows().some((page) => page.url().endsWith('/display.html'))).toBe(false);
  await first.close();
  const file = join(dataFolder, 'station.json');
  const settings: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...settings, customerDisplay: 'on' }, null, 2));
  till = await openTill({ dataFolder });
  const find = (): Page | undefined =>
    till.app.windows().find((page) => page.url().endsWith('/display.html'));
  await expect.poll(() => find() !== undefined).toBe(true);
  display = find() as Page;
});

test.afterAll(async () => {
  await till.close();
  await folder.remove();
});

/** All that the display says, in one line. */
const shown = async (): Promise<string> =>
  (await display.locator('main').innerText()).replace(/\s+/gu, ' ').trim();

test('shows nothing before somebody is served', async () => {
  await display.locator('main').waitFor({ state: 'attached' });
  expect(await shown()).toBe('');
  await expect(display.getByText('Training', { exact: true })).toBeVisible();
});

test('shows what to pay, what was received and the change, and nothing else', async () => {
  const { counter } = till;
  await signIn(counter);
  await scan(till, THANDI.meter);
  await expect(counter.getByRole('textbox', { name: 'Amount' })).toBeFocused();
  await typeByHand(counter, '60');
  await expect(display.getByText('ZAR 60.00')).toBeVisible();
  expect(await shown()).toBe('To pay ZAR 60.00');
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('textbox', { name: 'Cash received' })).toBeFocused();
  await typeByHand(counter, '200');
  await expect(display.getByText('ZAR 140.00')).toBeVisible();
  expect(await shown()).toBe('To pay ZAR 60.00 Received ZAR 200.00 Change ZAR 140.00');
  await expectAccessible(display, 'to pay');
});

test('shows change, token in groups and the receipt’s code, and nothing else', async () => {
  const { counter } = till;
  await counter.keyboard.press('Enter');
  const token = await counter.locator('[data-token]').getAttribute('data-token');
  await expect(display.locator('[data-token]')).toHaveAttribute('data-token', token ?? '');
  const groups = token?.replace(/(\d{4})(?=\d)/gu, '$1 ');
  expect(await shown()).toBe(`Change ZAR 140.00 Your token 25.5 kWh ${groups}`);
  await expect(display.getByLabel('The receipt’s code')).toBeVisible();
  expect(await display.locator('html').innerHTML()).not.toContain(THANDI.name);
  await expectAccessible(display, 'the token');
});

test('runs in the direction of its own language, whatever the counter speaks', async () => {
  const choose = (language: string): Promise<void> =>
    till.counter.evaluate(`localStorage.setItem('kioskwatt.language', '${language}')`);
  // Windows hear of a choice by the storage's event: this listener comes after the page's own.
  await display.evaluate(
    "addEventListener('storage', ({ newValue }) => { globalThis.heard = newValue; }), undefined",
  );
  await choose('ar');
  await expect.poll(() => display.evaluate('globalThis.heard')).toBe('ar');
  expect(await display.getAttribute('html', 'dir')).toBe('ltr');
  expect(await display.getAttribute('html', 'lang')).toBe('en');
  await choose('en');
});

test('can call nothing but its own call, and hears nothing but its own event', async () => {
  const answers = await display.evaluate(async (names) => {
    const bridge = Reflect.get(globalThis, 'kioskwatt') as {
      call: (name: string, input: object) => Promise<{ ok: boolean; error?: { code: string } }>;
    };
    const tried: [string, string][] = [];
    for (const name of names) {
      const reply = await bridge.call(name, {});
      tried.push([name, reply.ok ? 'ok' : (reply.error?.code ?? '')]);
    }
    return tried;
  }, CALL_NAMES);
  expect(answers.filter(([, code]) => code !== 'not-allowed')).toEqual([['display.show', 'ok']]);
  await display.evaluate((events) => {
    const heard: string[] = [];
    Reflect.set(globalThis, 'heard', heard);
    const bridge = Reflect.get(globalThis, 'kioskwatt') as { on: (name: string, then: () => void) => void };
    for (const name of events) bridge.on(name, () => heard.push(name));
  }, EVENT_NAMES);
  // A new sale changes the status, the paper, the slip and the display.
  const { counter } = till;
  await counter.keyboard.press('Enter');
  await expect.poll(shown).toBe('');
  const heard = await display.evaluate(() => Reflect.get(globalThis, 'heard') as string[]);
  expect([...new Set(heard)]).toEqual(['display-changed']);
});

test('forgets the last customer when the counter is locked', async () => {
  const { counter } = till;
  await counter.keyboard.press('F2');
  await scan(till, THANDI.meter);
  await expect(counter.getByText('as last time')).toBeVisible();
  await expect.poll(shown).toMatch(/^To pay ZAR/u);
  await counter.keyboard.press('F12');
  await counter.getByRole('option', { name: AMINA.name }).waitFor();
  await expect.poll(shown).toBe('');
  expect(till.complaints.filter((complaint) => complaint !== COMPLAINT_ABOUT_AXE)).toEqual([]);
});
