import { expect, test } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import {
  BLOCKED_METER,
  openTill,
  scan,
  signIn,
  temporaryFolder,
  THANDI,
  typeByHand,
  type Till,
} from './till.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let till: Till;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = await temporaryFolder();
  till = await openTill({ dataFolder: `${folder.path}/data` });
});

test.afterAll(async () => {
  await till.close();
  await folder.remove();
});

test('no screen has a serious violation, in any look', async () => {
  const { counter, paper } = till;
  await expectAccessible(counter, 'sign-in');
  await signIn(counter);
  await expectAccessible(counter, 'ready');
  await typeByHand(counter, 'nko');
  await expect(counter.getByRole('option').first()).toBeVisible();
  await expectAccessible(counter, 'customers found');
  await counter.keyboard.press('F2');
  await typeByHand(counter, '0012345678');
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('alert')).toBeVisible();
  await expectAccessible(counter, 'a problem');
  await counter.keyboard.press('F2');
  await scan(till, BLOCKED_METER);
  await expect(counter.getByRole('alert')).toBeVisible();
  await expectAccessible(counter, 'refused');
  await counter.keyboard.press('F2');
  await scan(till, THANDI.meter);
  await typeByHand(counter, '100');
  await expect(counter.getByText('42.6 kWh', { exact: true })).toBeVisible();
  await expectAccessible(counter, 'amount');
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('textbox', { name: 'Cash received' })).toBeFocused();
  await typeByHand(counter, '200');
  await expectAccessible(counter, 'cash');
  await counter.keyboard.press('Enter');
  await expect(counter.locator('[data-token]')).toBeVisible();
  await expect(paper.locator('pre').first()).toBeVisible();
  await expectAccessible(counter, 'token');
  await expectAccessible(paper, 'paper');
  await counter.keyboard.press('F1');
  await expect(counter.getByRole('radiogroup', { name: 'Look' })).toBeVisible();
  await expectAccessible(counter, 'help');
});

test('the token is read out digit by digit', async () => {
  const { counter } = till;
  await counter.keyboard.press('Escape');
  const token = await counter.locator('[data-token]').getAttribute('data-token');
  await expect(counter.getByText(`Token ${[...(token ?? '')].join(' ')}`)).toBeAttached();
});

test('where the computer has no voice, the button says so and the digits are shown group by group', async () => {
  const { counter } = till;
  expect(await counter.evaluate('speechSynthesis.getVoices().length')).toBe(0);
  const token = (await counter.locator('[data-token]').getAttribute('data-token')) ?? '';
  await counter.getByRole('button', { name: 'No voice here: show large' }).press('Enter');
  const large = counter.getByRole('dialog', { name: 'The token, group by group' });
  await expectAccessible(counter, 'the token in large digits');
  for (const group of token.match(/.{4}/gu) ?? []) {
    await expect(large.getByText(group, { exact: true })).toBeVisible();
    await counter.keyboard.press('Enter');
  }
  await expect(large).toBeHidden();
  await expect(counter.locator('[data-token]')).toBeVisible();
});

test('where the computer has a voice, the token is spoken digit by digit, and can be stopped', async () => {
  // No test machine has a voice: the computer's part is played, from the list of voices to the end of speaking.
  const reply = await till.counter.evaluate<string>(`
    globalThis.spoken = [];
    globalThis.SpeechSynthesisUtterance = class extends EventTarget {
      constructor(text) { super(); this.text = text; }
    };
    speechSynthesis.getVoices = () => [{ lang: 'en-ZA', localService: true, name: 'Thandeka' }];
    speechSynthesis.speak = (said) => void globalThis.spoken.push([said.text, said.voice.name, said.rate]);
    speechSynthesis.cancel = () => void globalThis.spoken.push('silence');
    speechSynthesis.dispatchEvent(new Event('voiceschanged'));
    'ready'`);
  expect(reply).toBe('ready');
  const card = till.counter.locator('[data-token]').first();
  const digits = (await card.getAttribute('data-token')) ?? '';
  expect(digits).toMatch(/^\d{20}$/u);
  await card.getByRole('button', { name: 'Read aloud' }).press('Enter');
  const stop = card.getByRole('button', { name: 'Stop reading' });
  await expect(stop).toBeVisible();
  const spoken = await till.counter.evaluate<[string, string, number][]>('globalThis.spoken');
  const [text, voice, rate] = spoken[0] ?? ['', '', 0];
  expect(text.replaceAll(/[^\d]/gu, '')).toBe(digits);
  expect(text.split(' ')).toHaveLength(20);
  expect([voice, rate < 1]).toEqual(['Thandeka', true]);
  await stop.press('Enter');
  await expect(card.getByRole('button', { name: 'Read aloud' })).toBeVisible();
  expect((await till.counter.evaluate<unknown[]>('globalThis.spoken')).at(-1)).toBe('silence');
});

test('a part of the strip says what to do when it is pressed, by keys alone', async () => {
  const { counter } = till;
  await counter.getByRole('button', { name: 'Printer ready' }).focus();
  await counter.keyboard.press('Enter');
  await expect(counter.getByRole('dialog')).toContainText('All is well; there is nothing to do.');
  await expectAccessible(counter, 'the strip’s advice');
  await counter.keyboard.press('Escape');
  await expect(counter.getByRole('dialog')).toBeHidden();
  await expect(counter.locator('[data-token]')).toBeVisible();
});

test('the look that is chosen stays', async () => {
  const { counter } = till;
  await counter.keyboard.press('F1');
  await counter.getByText('High contrast').click();
  await expect(counter.locator('html')).toHaveAttribute('data-look', 'contrast');
  await counter.reload();
  await expect(counter.locator('html')).toHaveAttribute('data-look', 'contrast');
});
