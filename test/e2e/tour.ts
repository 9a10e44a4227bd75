import { expect, type Page } from '@playwright/test';
import { BLOCKED_METER, prepareFolder, scan, sellYesterday, THANDI, typeByHand, type Till } from './till.ts';
import {
  ceremony,
  drawer,
  freeUnits,
  newMeter,
  overToken,
  payments,
  reports,
  settled,
  tools,
  type Visit,
} from './tour-pages.ts';

export type { Visit } from './tour-pages.ts';

/** Who signs in, and with what; each sees other pages of the desk. */
const PEOPLE = [
  ['Joseph', '4321'],
  ['Ada', '2468'],
  ['Kofi', '2468'],
  ['Lina', '2468'],
] as const;
const CUSTODIAN = 'Kofi';

/** A training folder in which every screen has something to show. */
export async function prepareTour(dataFolder: string): Promise<void> {
  await sellYesterday(dataFolder);
  await prepareFolder('people-of-all-roles.ts', dataFolder);
  await prepareFolder('with-free-units.ts', dataFolder);
}

/**
 * Goes through every screen of a till, in whatever language it speaks: signing in, a sale step by step, what lies
 * over it, the customer's display, and every page of the desk that anybody finds there. A new page is in by itself.
 */
export async function tour(till: Till, visit: Visit): Promise<void> {
  const { counter } = till;
  const display = till.app.windows().find((page) => page.url().endsWith('/display.html'));
  await counter.getByRole('option', { name: 'Amina' }).waitFor();
  await visit('sign-in', counter);
  await signInAs(counter, 'Amina', '1234');
  await sale(till, visit, display);
  await overToken(till, visit);
  await over(till, visit);
  await tools(till, visit);
  await freeUnits(till, visit);
  await payments(till, visit);
  await lastToken(till, visit);
  await drawer(till, visit);
  const seen = new Set<string>();
  for (const [name, pin] of PEOPLE) {
    await counter.keyboard.press('F12');
    await signInAs(counter, name, pin);
    await desk(counter, visit, seen);
    if (name === CUSTODIAN) await ceremony(till, visit);
  }
}

/** A training folder of a till that is in trouble: a sale in doubt for long, and a customer with a new meter. */
export const prepareTrouble = (dataFolder: string): Promise<void> =>
  prepareFolder('with-doubt.ts', dataFolder);

/** The screens of a till that `prepareTrouble` has made, for a cashier and for whoever decides. */
export async function trouble(till: Till, visit: Visit): Promise<void> {
  const { counter } = till;
  await counter.getByRole('option', { name: 'Amina' }).waitFor();
  await signInAs(counter, 'Amina', '1234');
  await counter.locator('header [data-standing="stop"]').first().waitFor();
  await visit('doubt-overdue', counter);
  await counter.locator('header button').first().press('Enter');
  await counter.getByRole('dialog').waitFor();
  await visit('doubt-overdue-advice', counter);
  await counter.keyboard.press('Escape');
  await newMeter(till, visit);
  await counter.keyboard.press('F12');
  await signInAs(counter, 'Joseph', '4321');
  await visit('doubt-overdue-supervisor', counter);
  await counter.keyboard.press('F10');
  await counter.locator('[role="option"][data-key="decisions"]').click();
  await counter.locator('main form').first().waitFor();
  await visit('doubt-decision', counter);
}

async function signInAs(counter: Page, name: string, pin: string): Promise<void> {
  await counter.getByRole('option', { name }).click();
  await typeByHand(counter, pin);
  await counter.keyboard.press('Enter');
  await counter.locator('input[data-step="find"]').waitFor();
}

async function sale(till: Till, visit: Visit, display: Page | undefined): Promise<void> {
  const { counter } = till;
  await visit('ready', counter);
  await typeByHand(counter, 'nko');
  await counter.getByRole('option').first().waitFor();
  await visit('found', counter);
  await counter.keyboard.press('F2');
  await typeByHand(counter, '0012345678');
  await counter.keyboard.press('Enter');
  await counter.getByRole('alert').waitFor();
  await visit('problem', counter);
  await counter.keyboard.press('F2');
  await scan(till, BLOCKED_METER);
  await counter.getByRole('alert').waitFor();
  await visit('refused', counter);
  await counter.keyboard.press('F2');
  await scan(till, THANDI.meter);
  await counter.locator('input[data-step="amount"]').waitFor();
  await typeByHand(counter, '150');
  await expect(counter.locator('main')).toContainText('63.9');
  await visit('amount', counter);
  await counter.keyboard.press('Enter');
  await counter.locator('input[data-step="cash"]').waitFor();
  await typeByHand(counter, '200');
  await visit('cash', counter);
  if (display) await visit('customer-due', display);
  await counter.keyboard.press('Enter');
  await counter.locator('[data-token]').waitFor();
  await visit('token', counter);
  if (display) {
    await display.locator('[data-token]').waitFor();
    await visit('customer-token', display);
  }
  await till.paper.locator('pre').first().waitFor();
  await visit('paper', till.paper);
}

/** What lies over the counter for a while. */
async function over(till: Till, visit: Visit): Promise<void> {
  const { counter } = till;
  await counter.keyboard.press('F6');
  await expect(counter.locator('[data-token]')).toBeHidden();
  await visit('why', counter);
  await counter.keyboard.press('Escape');
  await counter.keyboard.press('F1');
  await counter.getByRole('radiogroup').first().waitFor();
  await visit('help', counter);
  await counter.keyboard.press('Escape');
}

async function lastToken({ counter }: Till, visit: Visit): Promise<void> {
  await counter.keyboard.press('F2');
  await counter.keyboard.press('F4');
  await counter.locator('[data-token]').waitFor();
  await visit('last-token', counter);
  await counter.keyboard.press('Escape');
}

/** Every page that this person finds at the desk and nobody before did. */
async function desk(counter: Page, visit: Visit, seen: Set<string>): Promise<void> {
  await counter.keyboard.press('F10');
  const entries = counter.locator('[role="option"][data-key]');
  await entries.first().waitFor();
  if (seen.size === 0) await visit('desk', counter);
  const ids = await entries.evaluateAll((all) =>
    all.map((entry) => String(Reflect.apply(Reflect.get(entry, 'getAttribute'), entry, ['data-key']))),
  );
  for (const id of ids.filter((each) => !seen.has(each))) {
    seen.add(id);
    await counter.locator(`[role="option"][data-key="${id}"]`).click();
    await counter.locator('main h2, main h1').first().waitFor();
    await settled(counter);
    await visit(`desk-${id}`, counter);
    if (id === 'reports') await reports(counter, visit);
    await counter.keyboard.press('Escape');
    await entries.first().waitFor();
  }
  await counter.keyboard.press('Escape');
}
