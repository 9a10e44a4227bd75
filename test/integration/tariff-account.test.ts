import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runStationCommand } from '../../src/cli/station.ts';
import type { SaleView, Session } from '../../src/contract/index.ts';
import { PLAIN_ACCOUNT, putMeterAccount, type MeterAccount } from '../../src/main/directory/index.ts';
import { balances } from '../../src/main/ledger/index.ts';
import { openStation, type Station } from '../../src/main/station/index.ts';
import { paperOf, paperText } from '../../src/receipt/index.ts';
import { readReceipt } from '../../src/main/printing/index.ts';

/** Noon in the training station's zone, in the year's last quarter. */
const NOON = Date.UTC(2026, 10, 23, 10, 0);
const HOUR = 3_600_000;
const METER = '00123456782';

let folder: string;
let station: Station;
let session: Session;
let now: number;
let pan: string;
let known: Session['operator'] = null;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-account-'));
  now = NOON;
  await open();
});
afterEach(async () => {
  await station.close();
  rmSync(folder, { recursive: true });
});

async function open(): Promise<void> {
  const opened = await openStation({
    dataFolder: path.join(folder, 'data'),
    profile: 'training',
    now: () => now,
    random: (bytes) => randomBytes(bytes),
  });
  if (!opened.ok) throw new Error(opened.error.code);
  station = opened.value;
  session = await supervisor(station);
  const found = await station.handlers['directory.search']({ text: METER }, session);
  if (!found.ok) throw new Error(found.error.code);
  pan = found.value.hits[0]!.pan;
}

/** A session of the supervisor's; signing in is slow on purpose, so its operator is asked for once. */
async function supervisor(at: Station): Promise<Session> {
  const own = at.newSession();
  if (known) return { ...own, operator: known };
  const signedIn = await at.handlers['operators.signIn']({ name: 'Joseph', pin: '4321' }, own);
  if (!signedIn.ok) throw new Error(signedIn.error.code);
  known = own.operator;
  return own;
}

type Parts = Readonly<Record<string, unknown>>;

const energy = (rate: string, parts: Parts = {}): Parts => ({
  id: 'energy',
  kind: 'per-unit',
  label: 'Energy',
  role: 'energy',
  rate,
  ...parts,
});
const FEE = {
  id: 'fee',
  kind: 'fixed',
  label: 'Service',
  role: 'fee',
  amount: '5.00',
  every: { months: 1 },
  maxPeriods: 3,
};
const debt = (take: unknown, parts: Parts = {}): Parts => ({
  id: 'arrears',
  kind: 'debt',
  label: 'Arrears',
  role: 'debt',
  debt: 'arrears',
  take,
  ...parts,
});

const priceList = (stages: readonly unknown[], parts: Parts = {}): string =>
  JSON.stringify({
    format: 'kioskwatt-tariff',
    formatVersion: 1,
    id: 'home-flat',
    version: 2,
    name: 'Home, new',
    effectiveFrom: '2026-11-01T00:00',
    resource: 'electricity',
    meter: 'units',
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    cashRounding: 'down',
    lineRounding: { mode: 'half-up', to: '0.01' },
    units: {
      rounding: [{ mode: 'down', to: '0.1' }],
      linesFrom: 'rounded',
      remainder: 'carry',
      preset: 'part',
    },
    stateMaxAgeHours: 24,
    windows: { month: { every: { months: 1 } } },
    stages,
    entitlements: [],
    limits: {},
    ...parts,
  });

async function importList(text: string, confirmed: boolean) {
  const reply = await station.handlers['tariffs.import'](
    { requestId: station.newId(), text, confirmed },
    session,
  );
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.value;
}

async function keep(stages: readonly unknown[], parts: Parts = {}): Promise<void> {
  expect(await importList(priceList(stages, parts), true)).toMatchObject({
    kept: { version: 2 },
    faults: [],
  });
}

function tell(account: Partial<MeterAccount>): void {
  station.directory.transaction((tx) =>
    expect(putMeterAccount(tx, pan, { ...PLAIN_ACCOUNT, ...account })).toMatchObject({ ok: true }),
  );
}

const quoteOf = (amountMinor: number) => station.handlers['sale.quote']({ pan, amountMinor }, session);

async function buy(amountMinor: number): Promise<SaleView> {
  const quoted = await quoteOf(amountMinor);
  if (!quoted.ok) throw new Error(JSON.stringify(quoted.error));
  const sold = await station.handlers['sale.vend'](
    {
      requestId: station.newId(),
      pan,
      amountMinor,
      quotedUnitsTenths: quoted.value.unitsTenths,
      quotedDueMinor: quoted.value.dueMinor,
      tender: { kind: 'cash', receivedMinor: quoted.value.dueMinor },
      acknowledged: ['warning-duplicate', 'warning-unusual-amount'],
    },
    session,
  );
  if (!sold.ok) throw new Error(JSON.stringify(sold.error));
  now += 60_000;
  return sold.value;
}

/** Amounts of a sale's lines by the utility's name, or by the id of their word. */
const linesOf = ({ lines }: SaleView): Record<string, number> =>
  Object.fromEntries(lines.map(({ label, amountMinor }) => [label.params['name'] ?? label.id, amountMinor]));

const balance = (account: string): number =>
  balances(station.ledger).find((row) => row.account === account)?.balanceMinor ?? 0;

const arrears = (balanceMinor: number): MeterAccount['statement'] => ({
  asOfUnixMs: NOON - HOUR,
  figures: { debts: { arrears: { openingMinor: 100_000, balanceMinor, instalmentMinor: 2500 } } },
});

describe('categories and quantities', () => {
  it('decide the price, and a meter without them is not sold to', async () => {
    await keep([
      { ...FEE, times: 'ampere', amount: '0.50' },
      energy('2.00', { when: { category: ['home'] } }),
      energy('4.00', { id: 'shop', when: { category: ['shop'] } }),
    ]);
    expect(await quoteOf(10_000)).toMatchObject({
      ok: false,
      error: { code: 'account-incomplete', params: { missing: 'category' } },
    });
    tell({ category: 'home' });
    expect(await quoteOf(10_000)).toMatchObject({
      ok: false,
      error: { code: 'account-incomplete', params: { missing: 'ampere' } },
    });
    tell({ category: 'home', quantities: { ampere: '20' } });
    // 20 x 0.50 = 10.00, then 90.00 at 2.00.
    const sale = await buy(10_000);
    expect([sale.unitsTenths, linesOf(sale)]).toEqual([450, { Service: 1000, Energy: 9000 }]);
    tell({ category: 'shop', quantities: { ampere: '20' } });
    expect(await buy(10_000)).toMatchObject({ unitsTenths: 250 });
  });
});

describe('the channel of this station', () => {
  it('is the counter when the settings name none', async () => {
    const bank = { id: 'bank', label: 'Bank', when: { channel: ['bank'] } };
    const counter = { id: 'counter', label: 'Counter', when: { channel: ['counter'] }, amount: '1.00' };
    await keep([{ ...FEE, ...bank }, { ...FEE, ...counter }, energy('2.00')]);
    const sale = await buy(1100);
    expect([sale.unitsTenths, linesOf(sale)]).toEqual([50, { Counter: 100, Energy: 1000 }]);
  });
});

/** What a slip says of debts, its spaces drawn together. */
function owedOnSlip({ saleId }: SaleView): readonly string[] {
  const receipt = readReceipt(station.ledger, saleId);
  if (!receipt) throw new Error('the sale has a slip');
  const lines = paperText(paperOf(receipt, 48).lines, 48).split('\n');
  return lines.filter((line) => line.startsWith('Debt ')).map((line) => line.trim().replaceAll(/ +/gu, ' '));
}

describe('debts', () => {
  it('shrink with what this ledger has recovered', async () => {
    await keep([FEE, debt({ share: { rate: '40', of: 'amount' } }), energy('2.00')]);
    tell({ statement: arrears(6000) });
    const first = await buy(10_000);
    expect([first.unitsTenths, linesOf(first)]).toEqual([275, { Service: 500, Arrears: 4000, Energy: 5500 }]);
    const second = await buy(10_000);
    expect([second.unitsTenths, linesOf(second)]).toEqual([400, { Arrears: 2000, Energy: 8000 }]);
    const third = await buy(10_000);
    expect([third.unitsTenths, linesOf(third)]).toEqual([500, { Energy: 10_000 }]);
    expect(balance('debt-recovered')).toBe(-6000);
    expect([first, second, third].map((sale) => owedOnSlip(sale))).toEqual([
      ['Debt before 60.00', 'Debt after 20.00'],
      ['Debt before 20.00', 'Debt after 0.00'],
      [],
    ]);
  });

  it('are what a newer statement says, less what was recovered here after it', async () => {
    await keep([debt('instalment'), energy('2.00')]);
    tell({ statement: arrears(6000) });
    expect(linesOf(await buy(10_000))['Arrears']).toBe(2500);
    // At the time of this statement the sale above was not made yet; somebody paid 30.00 at an office.
    tell({ statement: { ...arrears(3000)!, asOfUnixMs: NOON - HOUR / 2 } });
    expect(linesOf(await buy(10_000))['Arrears']).toBe(500);
    expect(linesOf(await buy(10_000))['Arrears']).toBeUndefined();
  });

  it('may take all of the money: a sale without a token, with its slip', async () => {
    await keep([debt('all'), energy('2.00')]);
    tell({ statement: arrears(50_000) });
    const sale = await buy(5000);
    expect([sale.unitsTenths, sale.tokens, linesOf(sale)]).toEqual([0, [], { Arrears: 5000 }]);
    expect(balance('debt-recovered')).toBe(-5000);
    expect(sale.printJob).not.toBeNull();
    const receipt = readReceipt(station.ledger, sale.saleId);
    if (!receipt) throw new Error('the sale has a slip');
    const paper = paperText(paperOf(receipt, 48).lines, 48);
    expect(paper).toContain('Arrears');
    expect(paper).toContain('50.00');
    expect(paper).not.toMatch(/\d{4} \d{4} \d{4} \d{4} \d{4}/u);
  });
});

describe('a meter that other stations sell to', () => {
  it('is sold to provisionally, and the difference is a line of the next purchase', async () => {
    await keep([
      FEE,
      energy('2.00', {
        rate: undefined,
        window: 'month',
        blocks: [{ upTo: '50', rate: '2.00' }, { rate: '3.00' }],
      }),
    ]);
    tell({ soldElsewhere: true });
    const quoted = await quoteOf(10_500);
    expect(quoted.ok && quoted.value.notices.map(({ id }) => id)).toContain('notice.sold-elsewhere');
    const first = await buy(10_500);
    expect([first.unitsTenths, linesOf(first)]).toEqual([500, { Service: 500, Energy: 10_000 }]);
    // It had paid the month's charge and bought 20 units elsewhere: 30 at 2.00 and 20 at 3.00 were right.
    tell({
      soldElsewhere: true,
      statement: {
        asOfUnixMs: NOON - HOUR,
        figures: {
          windows: { month: { startedOn: '2026-11-01', quantity: 200 } },
          charges: { fee: { paidFor: '2026-11-01', owedMinor: 0, paidInPeriodMinor: 500 } },
        },
      },
    });
    const second = await buy(10_500);
    // 5.00 back, 20.00 owed: 90.00 at 3.00, the month having counted 70 units.
    expect(second.unitsTenths).toBe(300);
    expect(second.lines.map(({ amountMinor }) => amountMinor).toSorted((a, b) => a - b)).toEqual([
      -500, 2000, 9000,
    ]);
    const third = await buy(3000);
    expect([third.unitsTenths, linesOf(third)]).toEqual([100, { Energy: 3000 }]);
    expect(balances(station.ledger).reduce((sum, row) => sum + row.balanceMinor, 0)).toBe(0);
  });

  it('and an old statement make a sale provisional; the ledger alone is never old', async () => {
    await keep([FEE, energy('2.00')]);
    await buy(10_000);
    now += 72 * HOUR;
    const alone = await quoteOf(5000);
    expect(alone.ok && alone.value.notices).toEqual([]);
    tell({ statement: arrears(0) });
    const old = await quoteOf(5000);
    expect(old.ok && old.value.notices.map(({ id }) => id)).toEqual(['notice.state-too-old']);
  });
});

describe('reading in a price list', () => {
  it('that has begun asks first; one for later does not', async () => {
    const asked = await importList(priceList([energy('2.00')]), false);
    expect(asked).toMatchObject({ kept: null, faults: [], questions: [{ id: 'tariffs.question.at-once' }] });
    expect(asked.questions[0]?.params['meters']).toBeGreaterThan(10);
    expect(await buy(10_000)).toMatchObject({ unitsTenths: 426 });
    const later = priceList([energy('2.00')], { effectiveFrom: '2027-01-01T00:00' });
    expect(await importList(later, false)).toMatchObject({ kept: { state: 'coming' }, questions: [] });
    expect(await importList(later, false)).toMatchObject({ kept: { state: 'coming' }, questions: [] });
  });

  it('says what the accounts of its meters lack', async () => {
    const list = priceList(
      [
        { ...FEE, times: 'ampere' },
        energy('2.00', { when: { category: ['home'] } }),
        energy('0.10', { id: 'fee-bank', role: 'fee', when: { channel: ['bank'] } }),
      ],
      {
        effectiveFrom: '2027-01-01T00:00',
        entitlements: [
          {
            id: 'free',
            label: 'Free basic',
            units: '50',
            every: { months: 1 },
            homeStationOnly: true,
            withPurchaseOnly: true,
          },
        ],
      },
    );
    const before = await importList(list, false);
    const of = (id: string, questions = before.questions) =>
      questions.find((each) => each.id === `tariffs.question.${id}`)?.params;
    const meters = Number(of('category')?.['meters']);
    expect(of('category')).toMatchObject({ names: 'home' });
    expect(of('quantity')).toEqual({ meters, name: 'ampere' });
    expect(of('channel')).toEqual({ channel: 'counter', names: 'bank' });
    expect(of('free')).toEqual({ names: 'Free basic' });
    tell({ category: 'home', quantities: { ampere: '20' } });
    const after = (await importList(list, false)).questions;
    expect(of('category', after)?.['meters']).toBe(meters - 1);
    expect(of('quantity', after)?.['meters']).toBe(meters - 1);
    tell({ category: 'farm', quantities: { kva: '20' } });
    expect(of('category', (await importList(list, false)).questions)?.['meters']).toBe(meters);
  });

  it('refuses what would refuse every sale, and another content under a number that is taken', async () => {
    const off = { id: 'off', kind: 'percent', label: 'Off', role: 'subsidy', rate: '100', method: 'added' };
    const free = await importList(
      priceList([energy('2.00'), { ...off, of: ['energy'], rebate: true }]),
      true,
    );
    expect(free).toMatchObject({
      kept: null,
      faults: [{ params: { path: 'stages/1', reason: 'tariff-fault.rebate-too-high' } }],
    });
    await keep([energy('2.00')]);
    expect(await importList(priceList([energy('3.00')]), true)).toMatchObject({
      kept: null,
      faults: [{ params: { path: 'version', reason: 'tariff-fault.version-exists' } }],
    });
  });
});

describe('from a terminal', () => {
  const terminal = async (...argv: readonly string[]) => {
    const said = { out: [] as string[], err: [] as string[] };
    const io = {
      out: (line: string) => void said.out.push(line),
      err: (line: string) => void said.err.push(line),
    };
    const data = ['--data', path.join(folder, 'data'), '--operator', 'Joseph', '--pin', '4321'];
    const code = await runStationCommand([...argv, ...data], io);
    return { code, out: said.out.join('\n'), err: said.err.join('\n') };
  };
  const written = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };

  it('keeps a price list that has begun only with a yes, and accounts all or none', async () => {
    await station.close();
    // A terminal goes by the computer's clock, and so does the journal from then on.
    now = Date.now();
    const list = written(
      'list.json',
      priceList([debt('all'), energy('2.00', { when: { category: ['home'] } })]),
    );
    const first = await terminal('tariff', 'import', list);
    expect(first.code).toBe(1);
    expect(first.err).toMatch(/began on 2026-11-01 00:00.*next sales to \d+ meters/u);
    expect(first.err).toContain('With --yes');
    expect(await terminal('tariff', 'import', list, '--yes')).toMatchObject({ code: 0 });

    const account = {
      meter: METER,
      category: 'home',
      quantities: {},
      soldElsewhere: false,
      homeStation: true,
    };
    const { figures } = arrears(3000)!;
    const statement = { asOf: new Date(now - HOUR).toISOString(), figures };
    const file = (...accounts: readonly unknown[]): string =>
      written('accounts.json', JSON.stringify({ format: 'kioskwatt-accounts', formatVersion: 1, accounts }));
    const wrong = await terminal(
      'accounts',
      'import',
      file({ ...account, statement }, { ...account, meter: '11111111111', statement }),
    );
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('Nothing was kept')]);
    now = Date.now();
    await open();
    expect(await quoteOf(10_000)).toMatchObject({ ok: false, error: { code: 'account-incomplete' } });
    await station.close();
    expect(await terminal('accounts', 'import', file({ ...account, statement }))).toMatchObject({
      code: 0,
      out: '1 kept',
    });
    const odd = await terminal('accounts', 'import', file({ ...account, statement, colour: 'red' }));
    expect([odd.code, odd.err]).toEqual([1, expect.stringContaining('accounts/0')]);
    now = Date.now();
    await open();
    const sale = await buy(10_000);
    expect([sale.unitsTenths, linesOf(sale)]).toEqual([350, { Arrears: 3000, Energy: 7000 }]);
  });
});
