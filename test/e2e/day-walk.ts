import { expect, type Locator, type Page } from '@playwright/test';
import type { DayStation } from './day-station.ts';
import { scan, THANDI, typeByHand } from './till.ts';

/** Takes a picture of the page as it is; a test leaves it out. */
export type TakePicture = (name: string) => Promise<void>;

const GRACE = { name: 'Grace', pin: '9876' } as const;
const CASHIER = { name: 'Amina', pin: '1234', role: 'Cashier' } as const;
const CHIEF = { name: 'Joseph', pin: '4321', role: 'Supervisor' } as const;
const MOST_KEYS = 60;

/**
 * A whole day at a station that nobody has used yet, by keyboard alone: its people, a drawer with its float, sales,
 * a drop, an X, a blind count that is ten short, the Z, the banking, the batch, the backup.
 */
export class DayWalk {
  readonly #station: DayStation;
  readonly #page: Page;
  readonly #take: TakePicture;

  constructor(dayStation: DayStation, take: TakePicture = () => Promise.resolve()) {
    this.#station = dayStation;
    this.#page = dayStation.till.counter;
    this.#take = take;
  }

  async #press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async #type(text: string): Promise<void> {
    await typeByHand(this.#page, text);
  }

  /** Presses a key until the focus is there. */
  async #until(key: string, target: Locator): Promise<void> {
    await target.waitFor();
    for (let pressed = 0; pressed < MOST_KEYS; pressed += 1) {
      if ((await target.and(this.#page.locator(':focus')).count()) > 0) return;
      await this.#press(key);
    }
    await expect(target).toBeFocused();
  }

  /** By arrows: a list takes letters typed soon after others for one word. */
  async #pick(list: Locator, text: string): Promise<void> {
    const chosen = list.locator('option:checked');
    await this.#press('Home');
    for (let pressed = 0; pressed < MOST_KEYS && (await chosen.textContent()) !== text; pressed += 1)
      await this.#press('ArrowDown');
    await expect(chosen).toHaveText(text);
  }

  /** From the counter to a page of the desk. */
  async #desk(title: string): Promise<void> {
    await this.#press('F10');
    await this.#choose(title);
    await expect(this.#page.getByRole('heading', { name: title, level: 2 })).toBeVisible();
  }

  /** One of the ways on that a list offers. */
  async #choose(title: string): Promise<void> {
    await this.#until('ArrowDown', this.#page.getByRole('option', { name: new RegExp(`^${title}`, 'u') }));
    await this.#press('Enter');
  }

  async #signIn(who: { readonly name: string; readonly pin: string }): Promise<void> {
    const option = this.#page.getByRole('option', { name: who.name });
    await option.waitFor();
    for (let pressed = 0; pressed < 6; pressed += 1) {
      if ((await option.getAttribute('aria-selected')) === 'true') break;
      await this.#press('ArrowDown');
    }
    await expect(option).toHaveAttribute('aria-selected', 'true');
    await this.#type(who.pin);
    await this.#press('Enter');
    await this.#page.getByLabel('Meter, card, phone or name').waitFor();
  }

  async #lock(): Promise<void> {
    await this.#press('F2', 'F12');
    await this.#page.getByRole('listbox').waitFor();
  }

  /** The first start: the administrator, who adds a cashier and a supervisor. */
  async setUp(): Promise<void> {
    const page = this.#page;
    await page.getByRole('heading', { name: 'The first start' }).waitFor();
    await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
    await this.#type(GRACE.name);
    await this.#press('Enter');
    await this.#type(GRACE.pin);
    await this.#press('Enter');
    await this.#type(GRACE.pin);
    await this.#take('first-start');
    await this.#press('Enter');
    await page.getByLabel('Meter, card, phone or name').waitFor();
    await this.#desk('People');
    for (const { name, role, pin } of [CASHIER, CHIEF]) {
      await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
      await this.#type(name);
      await this.#press('Enter');
      await this.#type(role.slice(0, 1));
      await this.#press('Enter');
      await this.#type(pin);
      await this.#press('Enter');
      await page.getByRole('button', { name: `${name} ${role}` }).waitFor();
    }
    await this.#take('people');
    await this.#press('F2');
    await this.#setDrawers();
    await this.#lock();
  }

  /** What is wrong with a name is said and nothing is lost; what is right is kept. */
  async #setDrawers(): Promise<void> {
    const page = this.#page;
    await this.#desk('Drawers and money');
    await expect(page.getByLabel('Drawers here')).toBeFocused();
    await page.keyboard.press('End');
    await this.#type('; 1');
    await this.#press('Enter', 'Enter', 'Enter');
    await expect(page.getByLabel('Bank account in the name of')).toBeFocused();
    await this.#type('Acacia Power, Harbour Bank 11 2033');
    await this.#press('Enter');
    await expect(page.getByRole('alert')).toContainText('Two drawers have the same name');
    await this.#until('Shift+Tab', page.getByLabel('Drawers here'));
    await page.keyboard.press('End');
    await this.#press('Backspace', 'Backspace', 'Backspace');
    await this.#press('Enter', 'Enter', 'Enter', 'Enter');
    await expect(page.getByText('Saved. It counts from now on.')).toBeVisible();
    await this.#take('drawers');
  }

  /** A cashier without a shift is led to the drawer and counts the float: 2 × 50, 5 × 10, 10 × 5. */
  async openShift(): Promise<void> {
    const page = this.#page;
    await this.#signIn(CASHIER);
    await page.getByRole('heading', { name: 'No shift is open for you' }).waitFor();
    await this.#take('no-shift');
    await this.#press('Enter');
    await expect(page.getByLabel('200.00', { exact: true })).toBeFocused();
    await this.#press('Enter', 'Enter');
    await this.#type('2');
    await this.#press('ArrowDown', 'ArrowDown');
    await this.#type('5');
    await this.#press('Enter');
    await this.#type('10');
    await expect(page.getByText('ZAR 200.00')).toBeVisible();
    await this.#take('open-shift');
    await this.#until('Enter', page.getByLabel('Drawer', { exact: true }));
    await this.#press('Enter');
    await page.getByRole('heading', { name: 'Next customer' }).waitFor();
    await expect(page.getByText('Shift 1', { exact: true })).toBeVisible();
  }

  /** Sells for 50, 100 and 30, paid with 50, 200 and 30: 180 is in the drawer beside the float. */
  async sell(): Promise<void> {
    const page = this.#page;
    const sales = [
      ['50', ''],
      ['100', '200'],
      ['30', ''],
    ] as const;
    for (const [index, [amount, handed]] of sales.entries()) {
      await this.#press('F2');
      await scan({ app: this.#station.till.app }, THANDI.meter);
      await page.getByText(THANDI.name).first().waitFor();
      await this.#type(amount);
      await page.getByText('VAT').waitFor();
      await this.#press('Enter');
      await expect(page.getByRole('textbox', { name: 'Cash received' })).toBeFocused();
      if (handed !== '') await this.#type(handed);
      await this.#press('Enter');
      await page.locator('[data-token]').waitFor();
      await this.#station.printer.whenCut(index + 1);
    }
    await this.#press('F2');
  }

  /** A hundred goes into the safe; then an X, which a supervisor lets the cashier see. */
  async dropAndX(): Promise<void> {
    const page = this.#page;
    await this.#desk('My drawer');
    await expect(page.getByRole('option', { name: /^Into the safe/u })).toBeFocused();
    await this.#take('drawer');
    await this.#press('Enter');
    await expect(page.getByLabel('200.00', { exact: true })).toBeFocused();
    await this.#press('ArrowDown');
    await this.#type('1');
    await this.#until('Enter', page.getByLabel('0.10', { exact: true }));
    await this.#take('drop');
    await this.#press('Enter');
    await expect(page.getByText('Into the safe: kept.')).toBeVisible();
    await this.#choose('X report');
    const form = page.getByRole('form', { name: /^A supervisor lets this happen once/u });
    await form.waitFor();
    await this.#type(CHIEF.name);
    await this.#press('Enter');
    await this.#type(CHIEF.pin);
    await this.#press('Enter');
    await this.#type('midday');
    await this.#take('override');
    await this.#press('Enter');
    const cash = page.getByRole('table', { name: 'Cash' });
    await expect(cash.getByRole('row', { name: /^Expected/u })).toContainText('280.00');
    await this.#take('x-report');
    await this.#press('Escape');
    await page.getByRole('option', { name: /^X report/u }).waitFor();
    await this.#lock();
  }

  /** The supervisor's page, which leads from one step to the next until it is green. */
  async endDay(): Promise<void> {
    await this.#signIn(CHIEF);
    await this.#desk('The day’s end');
    await this.#count();
    await this.#closeAndBank();
    await this.#sendAndBackUp();
  }

  /** Whoever left the drawer open is named with a reason; then it is counted blind, ten short. */
  async #count(): Promise<void> {
    const page = this.#page;
    await expect(page.getByLabel('Reason')).toBeFocused();
    await this.#take('day-end-count');
    await this.#type('Amina has gone home');
    await this.#press('Enter');
    await expect(page.getByLabel('200.00', { exact: true })).toBeFocused();
    await expect(page.getByText('280.00')).toHaveCount(0);
    await this.#type('1');
    await this.#press('ArrowDown', 'ArrowDown');
    await this.#type('1');
    await this.#press('ArrowDown');
    await this.#type('1');
    await this.#take('blind-count');
    const last = page.getByLabel('Together', { exact: true }).last();
    await this.#until('Enter', last);
    await this.#press('Enter');
    const row = page.getByRole('row', { name: /^Cash/u });
    await expect(row).toContainText('280.00');
    await expect(row).toContainText('270.00');
    await expect(row).toContainText('-10.00');
    await this.#take('variance');
  }

  async #closeAndBank(): Promise<void> {
    const page = this.#page;
    const { printer } = this.#station;
    await expect(page.getByRole('button', { name: /Looked at, go on/u })).toBeFocused();
    await this.#press('Enter');
    await expect(page.getByRole('button', { name: /Close the shift, print the Z/u })).toBeFocused();
    await this.#take('close-shift');
    const before = printer.slips.length;
    await this.#press('Enter');
    await printer.whenCut(before + 1);
    expect(textOf(printer, before)).toMatch(/Z report 1[^]*Over or short\s+ZAR -10\.00/u);

    // 100 dropped and 270 counted, less the float of 200 that came out of the safe.
    await expect(page.getByLabel('Reference')).toBeFocused();
    await expect(page.getByLabel('Amount')).toHaveValue('170.00');
    await this.#type('BAG-0001');
    await this.#take('banking');
    await this.#press('Enter', 'Enter');
    await page.getByText('One deposit goes on the slip. ZAR 0.00 stays in the safe.').waitFor();
    await this.#until('Tab', page.getByRole('button', { name: 'End the banking, print the slip' }));
    await this.#press('Enter');
    await printer.whenCut(before + 2);
    const slip = textOf(printer, before + 1);
    expect(slip).toMatch(/Banking 1[^]*BAG-0001\s+ZAR 170\.00/u);
    expect(slip).toContain('Harbour Bank');
  }

  async #sendAndBackUp(): Promise<void> {
    const page = this.#page;
    const batch = page.getByRole('button', { name: /^Batch sent to head office/u });
    if (!(await batch.innerText()).includes('Done')) {
      const send = page.getByRole('button', { name: /Send to head office/u });
      if (await send.isVisible()) {
        await this.#take('batch');
        await this.#until('Tab', send);
        await this.#press('Enter');
      }
    }
    await expect(batch).toContainText('Done', { timeout: 30_000 });
    const backup = page.getByRole('button', { name: /^Backup made and verified/u });
    await expect(backup).toContainText('Done', { timeout: 30_000 });
    await expect(page.getByText('Everything is done. Good night.')).toBeVisible({ timeout: 30_000 });
    await this.#take('day-end-green');
    await this.#press('Escape', 'Escape');
  }

  /** The other pages of the supervisor's desk, each looked at once. */
  async lookAround(): Promise<void> {
    const page = this.#page;
    await this.#desk('Shifts');
    await expect(page.getByRole('table', { name: 'Cash' })).toContainText('-10.00');
    await this.#take('z-report');
    await this.#press('Escape', 'Escape');
    await this.#desk('Banking');
    await expect(page.getByRole('row', { name: /^BAG-0001/u })).toContainText('170.00');
    await this.#take('banking-page');
    await this.#press('Escape', 'Escape');
    await this.#desk('Reports');
    await expect(page.getByLabel('Report', { exact: true })).toBeFocused();
    for (const [text, column, name] of [
      ['Sales by hour', 'Hour', 'report-hours'],
      ['Sales by tender', 'Account', 'report-tenders'],
      ['Audit trail', 'What', 'report-audit'],
    ] as const) {
      await this.#until('Shift+Tab', page.getByLabel('Report', { exact: true }));
      await this.#pick(page.getByLabel('Report', { exact: true }), text);
      await this.#press('Enter');
      await page.getByRole('columnheader', { name: column, exact: true }).waitFor();
      if (name === 'report-audit') {
        // Words and labelled values, not what the books call it.
        await expect(page.getByRole('cell', { name: 'Drawers and money set up anew' })).toBeVisible();
        await expect(
          page.getByRole('cell', { name: /Account holder: Acacia Power, Harbour Bank/u }),
        ).toBeVisible();
      }
      await this.#take(name);
    }
    await this.#press('Escape', 'Escape');
    await this.#desk('Corrections and cases');
    await this.#take('corrections');
    await this.#press('Escape', 'Escape');
    await this.#desk('Decisions');
    await this.#take('decisions');
    await this.#press('Escape', 'Escape');
  }
}

function textOf({ slips }: DayStation['printer'], index: number): string {
  return (slips[index]?.lines ?? []).map(({ text }) => text).join('\n');
}
