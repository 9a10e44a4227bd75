import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StationSettings, TenderRequest } from '../../src/contract/index.ts';
import { findMeter, loadSampleData, putTariffVersion } from '../../src/main/directory/index.ts';
import { balances, openSales, verifyBooks, type Moment } from '../../src/main/ledger/index.ts';
import { moduleFault, type SecureModule } from '../../src/main/secure-module/index.ts';
import {
  correctTender,
  dropCash,
  openShift,
  payInOrOut,
  shiftSettings,
} from '../../src/main/shifts/index.ts';
import {
  openWriter,
  type DirectoryWriter,
  type LedgerWriter,
  type Writer,
} from '../../src/main/store/index.ts';
import {
  createVending,
  priceSale,
  recoverOpenSales,
  type VendingDeps,
  type VendItem,
} from '../../src/main/vending/index.ts';
import { amountMinor, makeId, ok, type SaleId, type UnitsTenths } from '../../src/units/index.ts';
import {
  ACCOUNTS,
  dueOf,
  PlainModel,
  sharesOf,
  START,
  type Account,
  type Item,
  type ModuleMood,
  type Pay,
} from './plain-model.ts';
import { unexpected } from './selling-till.ts';
import { moduleLike, openTrainingModule } from './training-module.ts';

/**
 * Random days against a model that is nothing but a few maps: the same refusals, the same money on each account and
 * held, the same tokens. fast-check prints the seed and the shortest day that differs.
 */

const RUNS = process.env['KIOSKWATT_SIZE'] === 'deep' ? 3_000 : 60;
const SEED = Number(process.env['KIOSKWATT_SEED'] ?? randomInt(2 ** 31));
const OPERATOR = { operatorId: 'amina', name: 'Amina', role: 'cashier' } as const;
const ZONE = 'Africa/Johannesburg';
const SUPERVISOR = { operatorId: 'joseph', name: 'Joseph', role: 'supervisor' } as const;
/** Money with two minor digits, with none and with three, each with other coins. */
const MONEY = [
  { currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 }, rate: '2.04', to: '0.01' },
  { currency: { code: 'UGX', minorDigits: 0, cashStepMinor: 50 }, rate: '204', to: '1' },
  { currency: { code: 'KWD', minorDigits: 3, cashStepMinor: 5 }, rate: '0.204', to: '0.001' },
] as const;
type Money = (typeof MONEY)[number];

/** What the meters measure, in their order. */
const RESOURCES = ['electricity', 'electricity', 'water', 'gas'] as const;

/** A note that every one of these moneys has here. */
const NOTE_MINOR = 1_000;
const FLOAT_NOTES = 5;

const priceList = (resource: string, { currency, rate, to }: Money): Record<string, unknown> => ({
  format: 'kioskwatt-tariff',
  formatVersion: 1,
  id: `model-${resource}`,
  version: 1,
  name: 'Model',
  effectiveFrom: '2020-01-01T00:00',
  resource,
  meter: 'units',
  currency,
  cashRounding: 'down',
  lineRounding: { mode: 'half-up', to },
  units: {
    rounding: [{ mode: 'down', to: '0.1' }],
    linesFrom: 'rounded',
    remainder: 'carry',
    preset: 'part',
  },
  stateMaxAgeHours: 24,
  windows: {},
  stages: [
    { id: 'energy', kind: 'per-unit', label: 'Energy', role: 'energy', rate },
    { id: 'vat', kind: 'percent', label: 'VAT', role: 'tax', rate: '15', method: 'added', of: ['energy'] },
  ],
  entitlements: [],
  limits: {},
});

const settingsOf = ({ currency }: Money): StationSettings => ({
  version: 1,
  profile: 'training',
  stationId: 'M1',
  stationName: 'Model',
  receiptHeader: [],
  currency,
  zone: ZONE,
  supplyGroups: { '201457': { offsetMinutes: 120 }, '123456': { offsetMinutes: 120 } },
  printer: null,
  receiptColumns: 48,
  cashKeysMinor: [],
  shifts: { denominationsMinor: [NOTE_MINOR] },
});

type Sell = {
  readonly do: 'sell';
  /** One meter, or the different ones of a basket. */
  readonly items: readonly Item[];
  readonly pay: Pay;
  readonly moods: readonly ModuleMood[];
  readonly insists: boolean;
};
type Step =
  | Sell
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'recover' }
  | { readonly do: 'repeat'; readonly otherwise: boolean }
  | { readonly do: 'close-first' }
  | { readonly do: 'reopen' }
  | { readonly do: 'drop'; readonly notes: number }
  | { readonly do: 'pay'; readonly direction: 'in' | 'out'; readonly minor: number }
  | Correction;
type Correction = {
  readonly do: 'correct';
  /** Which of the sales so far, the newest is 0. */
  readonly back: number;
  readonly from: Account;
  readonly to: Account;
  readonly minor: number;
};

const item: fc.Arbitrary<Item> = fc.record({
  meter: fc.nat(RESOURCES.length - 1),
  minor: fc.constantFrom(1_000, 2_000, 5_000, 30_000),
});
const pay: fc.Arbitrary<Pay> = fc.record({
  by: fc.constantFrom('cash', 'cash', 'account', 'split'),
  account: fc.constantFrom('card', 'mobile-money', 'cheque'),
  reference: fc.option(fc.nat(3), { freq: 6 }),
  tenths: fc.integer({ min: 1, max: 9 }),
  sum: fc.constantFrom('right', 'right', 'right', 'over', 'short'),
});
const mood: fc.Arbitrary<ModuleMood> = fc.constantFrom('well', 'well', 'well', 'lost', 'refuses');
const sell = (most: number): fc.Arbitrary<Sell> =>
  fc.record({
    do: fc.constant('sell' as const),
    items: fc.uniqueArray(item, { minLength: 1, maxLength: most, selector: ({ meter }) => meter }),
    pay,
    moods: fc.tuple(mood, mood, mood),
    insists: fc.boolean(),
  });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: sell(1) },
  { weight: 2, arbitrary: sell(3) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'recover' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), otherwise: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ do: 'close-first' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), notes: fc.nat(3) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      direction: fc.constantFrom('in', 'out'),
      minor: fc.integer({ min: 1, max: 5_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('correct' as const),
      back: fc.nat(4),
      from: fc.constantFrom('cash-drawer' as const, ...ACCOUNTS),
      to: fc.constantFrom(...ACCOUNTS),
      minor: fc.constantFrom(1, 100, 1_000, 2_000, 30_000),
    }),
  },
);
const day = fc.record({
  money: fc.constantFrom(...MONEY),
  steps: fc.array(step, { minLength: 1, maxLength: 25 }),
});

/** The payment as the till is asked for it: some pay more or less than is due. */
function tenderOf(way: Pay, dueMinor: number, coinMinor: number): TenderRequest {
  const { by, account, reference, sum } = way;
  const { byAccount, inCash } = sharesOf(way, dueMinor, coinMinor);
  const receivedMinor = inCash + { right: 0, over: 10 * coinMinor, short: -coinMinor }[sum];
  if (by === 'cash') return { kind: 'cash', receivedMinor };
  const wrong = by === 'account' ? { right: 0, over: 10, short: -10 }[sum] : 0;
  const text = reference === null ? null : `ref ${reference}`;
  const part = { account, amountMinor: byAccount + wrong, reference: text };
  const cash = { account: 'cash-drawer' as const, receivedMinor };
  return { kind: 'parts', parts: by === 'account' ? [part] : [part, cash] };
}

let software: SecureModule;
let clock = START;

beforeAll(async () => {
  software = await openTrainingModule(() => clock);
});

/** How often each outcome was met, over all days. */
const met = new Map<string, number>();
function meet(outcome: string): string {
  met.set(outcome, (met.get(outcome) ?? 0) + 1);
  return outcome;
}

const CASH: Pay = { by: 'cash', account: 'card', reference: null, tenths: 5, sum: 'right' };
const CARD: Pay = { ...CASH, by: 'account', reference: 0 };
const buys = (meter: number, way: Pay, moods: readonly ModuleMood[] = []): Sell => {
  return { do: 'sell', items: [{ meter, minor: 1_000 }], pay: way, moods, insists: false };
};
const HALF: Pay = { ...CARD, by: 'split', account: 'mobile-money', reference: 2, tenths: 5 };
/** A day with every outcome: it comes before the random ones. */
const FIRST_DAY: readonly Step[] = [
  buys(0, CASH),
  { do: 'repeat', otherwise: true },
  buys(0, CASH),
  // Another amount between does not make the third one new.
  { ...buys(0, CASH), items: [{ meter: 0, minor: 2_000 }] },
  buys(0, CASH),
  buys(1, CARD),
  buys(2, CARD),
  buys(2, { ...CARD, account: 'mobile-money', reference: null }),
  buys(2, { ...CARD, sum: 'over' }),
  buys(2, { ...CARD, sum: 'short' }),
  buys(2, { ...CASH, sum: 'short' }),
  buys(2, CASH, ['refuses']),
  buys(2, CASH, ['lost']),
  buys(2, CASH),
  { do: 'recover' },
  { do: 'wait', minutes: 30 },
  {
    do: 'sell',
    items: [0, 1, 2].map((meter) => ({ meter, minor: 2_000 })),
    pay: { ...CARD, by: 'split', reference: 1, tenths: 4 },
    moods: ['lost', 'well', 'well'],
    insists: false,
  },
  // Paid half by phone, and it comes to nothing: what was paid by phone pays for that meter, and for no other.
  buys(3, HALF, ['refuses']),
  buys(3, HALF),
  buys(1, HALF),
  { do: 'correct', back: 0, from: 'mobile-money', to: 'card', minor: 100 },
  { do: 'correct', back: 0, from: 'mobile-money', to: 'cheque', minor: 401 },
  { do: 'correct', back: 1, from: 'cash-drawer', to: 'card', minor: 100 },
  { do: 'drop', notes: 2 },
  { do: 'drop', notes: 0 },
  { do: 'pay', direction: 'in', minor: 333 },
  { do: 'pay', direction: 'out', minor: 77 },
];

/** What it and every run come upon. */
const OUTCOMES = [
  'sold',
  'basket',
  'sale-in-doubt',
  'module-key-expired',
  'meter-has-open-sale',
  'warning-duplicate',
  'reference-missing',
  'reference-used',
  'tender-too-much',
  'tender-too-little',
  'cash-too-little',
  'request-differs',
  'split-void',
  'split-sold',
  'corrected',
  'correction-amount',
  'sale-not-recorded',
  'dropped',
  'count-invalid',
  'paid',
];

function moduleIn(nextMood: () => ModuleMood): SecureModule {
  return moduleLike(() => software, {
    issueCredit: async (credit) => {
      const how = nextMood();
      if (how === 'refuses')
        return { ok: false, error: moduleFault('module-key-expired', { sgc: '201457', krn: 1 }) };
      const issued = await software.issueCredit(credit);
      return how === 'lost' ? { ok: false, error: moduleFault('module-timeout') } : issued;
    },
  });
}

const notes = (quantity: number): { denominationMinor: number; quantity: number }[] => [
  { denominationMinor: NOTE_MINOR, quantity },
];

/** What a request is answered while its sale stands like this. */
const ALONE = {
  sold: 'sold',
  open: 'sale-in-doubt',
  void: 'module-key-expired',
  unissued: 'sale-unissued',
} as const;

/** A till over real files, driven step by step beside the model. */
class Day {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-model-'));
  readonly settings: StationSettings;
  readonly model: PlainModel;
  readonly directory: DirectoryWriter;
  readonly pans: readonly string[];
  ledger: LedgerWriter;
  /** What the module does with the next requests; well once they are used up. */
  moods: ModuleMood[] = [];
  last:
    | {
        readonly ask: (tender: TenderRequest) => Promise<string>;
        readonly tender: TenderRequest;
        readonly sold: readonly PlainModel['sales'][number][];
      }
    | undefined;

  constructor(money: Money) {
    this.settings = settingsOf(money);
    this.model = new PlainModel(money.currency.cashStepMinor, FLOAT_NOTES * NOTE_MINOR);
    this.ledger = this.open('ledger');
    this.directory = this.open('directory');
    this.directory.transaction((tx) => loadSampleData(tx));
    this.pans = this.directory
      .prepare(
        `SELECT pan FROM meter WHERE blocked_reason IS NULL AND resource = 'electricity'
         ORDER BY meter_row LIMIT ${RESOURCES.length}`,
      )
      .all<{ pan: string }>()
      .map(({ pan }) => pan);
    this.directory.transaction((tx) => {
      for (const [index, resource] of RESOURCES.entries()) {
        const document = priceList(resource, money);
        putTariffVersion(tx, { tariffId: `model-${resource}`, version: 1, effectiveFromUnixMs: 0, document });
        tx.prepare('UPDATE meter SET resource = ?, tariff_id = ? WHERE pan = ?').run(
          resource,
          `model-${resource}`,
          this.pans[index] ?? '',
        );
      }
    });
    const opening = {
      shiftId: this.newId(),
      drawer: '1',
      operatorId: OPERATOR.operatorId,
      currency: money.currency.code,
      float: notes(FLOAT_NOTES),
    };
    const opened = this.ledger.transaction((tx) =>
      openShift(tx, this.moment(), shiftSettings(this.settings), opening),
    );
    if (!opened.ok) throw new Error(opened.error.code);
  }

  moment(): Moment {
    return { nowUnixMs: this.model.now, zone: ZONE, operatorId: OPERATOR.operatorId };
  }

  open<Name extends 'ledger' | 'directory'>(name: Name): Writer<Name> {
    const opened = openWriter<Name>(name, path.join(this.folder, `${name}.db`));
    if (!opened.ok) throw new Error(opened.error.code);
    return opened.value;
  }

  deps(): VendingDeps {
    return {
      ledger: this.ledger,
      directory: this.directory,
      settings: this.settings,
      module: () => ok(moduleIn(() => this.moods.shift() ?? 'well')),
      now: () => this.model.now,
      random: (bytes) => randomBytes(bytes),
      diskFault: () => null,
      beginSale: () => undefined,
      makeSlip: () => () => undefined,
      operatorName: (id) => id,
    };
  }

  #itemOf({ meter, minor }: Item): VendItem {
    const pan = this.pans[meter] ?? '';
    const amount = amountMinor(minor);
    const found = findMeter(this.directory, pan);
    const priced = found && priceSale(this.deps(), found, amount, this.model.now);
    return {
      requestId: this.newId(),
      pan,
      amountMinor: amount,
      quotedUnitsTenths: priced?.ok ? priced.value.unitsTenths : (0 as UnitsTenths),
    };
  }

  newId(): string {
    return makeId<'request'>(this.model.now, randomBytes(10));
  }

  async sell({ items, pay: way, moods, insists }: Sell): Promise<void> {
    const acknowledged = insists ? ['warning-duplicate', 'warning-unusual-amount'] : [];
    const orders = items.map((each) => ({ ...this.#itemOf(each), acknowledged }));
    const refusal = this.model.refusal(items, way, insists);
    const tender = tenderOf(way, dueOf(items), this.model.coinMinor);
    this.moods = [...moods];
    const requestId = this.newId();
    const ask = async (asked: TenderRequest): Promise<string> => {
      const vending = createVending(this.deps());
      const [only, ...others] = orders;
      const sold =
        only && others.length === 0
          ? await vending.vend({ ...only, tender: asked }, OPERATOR)
          : await vending.vendBasket({ requestId, items: orders, tender: asked }, OPERATOR);
      return sold.ok ? 'sold' : sold.error.code;
    };
    const code = await ask(tender);
    this.moods = [];
    meet(items.length > 1 && code === 'sold' ? 'basket' : code);
    if (refusal !== null) {
      expect(code).toBe(refusal);
      return;
    }
    const sold = this.model.sell(items, way, moods);
    const [first] = sold;
    if (way.by === 'split' && first) meet(`split-${first.state}`);
    // A basket's answer has every sale as it stands; one by itself that came to nothing is a refusal.
    expect(code).toBe(sold.length > 1 ? 'sold' : ALONE[first?.state ?? 'sold']);
    this.last = first?.state === 'void' ? undefined : { ask, tender, sold };
    const kept = this.ledger
      .prepare('SELECT token_minute AS minute FROM sale ORDER BY row_id DESC LIMIT ?')
      .all<{ minute: number }>(sold.length);
    expect(kept.map(({ minute }) => minute).toReversed()).toEqual(sold.map(({ minute }) => minute));
  }

  async step(wanted: Step): Promise<void> {
    switch (wanted.do) {
      case 'sell':
        return this.sell(wanted);
      case 'wait':
        this.model.now += wanted.minutes * 60_000;
        return undefined;
      case 'recover':
        expect(await recoverOpenSales(this.deps(), createVending(this.deps()), unexpected)).toEqual([]);
        for (const sale of this.model.sales) if (sale.state === 'open') sale.state = 'sold';
        return undefined;
      case 'repeat':
        return this.repeat(wanted.otherwise);
      case 'close-first':
        return this.closeFirst();
      case 'reopen':
        this.ledger.close();
        this.ledger = this.open('ledger');
        return undefined;
      case 'drop':
        return this.drop(wanted.notes);
      case 'pay':
        return this.pay(wanted.direction, wanted.minor);
      case 'correct':
        return this.correct(wanted);
    }
  }

  drop(count: number): void {
    const { operatorId } = OPERATOR;
    const dropped = this.ledger.transaction((tx) =>
      dropCash(tx, this.moment(), shiftSettings(this.settings), operatorId, notes(count)),
    );
    const refusal = this.model.drop(count * NOTE_MINOR);
    expect(dropped.ok ? null : meet(dropped.error.code)).toBe(refusal);
    if (dropped.ok) meet('dropped');
  }

  pay(direction: 'in' | 'out', minor: number): void {
    const paid = this.ledger.transaction((tx) =>
      payInOrOut(tx, this.moment(), OPERATOR.operatorId, { direction, amountMinor: minor, reason: 'model' }),
    );
    expect(paid.ok).toBe(true);
    this.model.pay(direction, minor);
    meet('paid');
  }

  correct({ back, from, to, minor }: Correction): void {
    const known = this.model.sales.at(-1 - back);
    if (!known) return;
    const kept = this.ledger
      .prepare('SELECT sale_id AS saleId FROM sale ORDER BY row_id DESC LIMIT 1 OFFSET ?')
      .get<{ saleId: SaleId }>(back);
    const saleId = kept!.saleId;
    const corrected = this.ledger.transaction((tx) =>
      correctTender(tx, this.moment(), { saleId, from, to, amountMinor: minor, reason: 'model' }),
    );
    expect(corrected.ok ? null : meet(corrected.error.code)).toBe(this.model.correct(known, from, to, minor));
    if (corrected.ok) meet('corrected');
  }

  /** Once more the same request, or another payment under its id: nothing new may come of either. */
  async repeat(otherwise: boolean): Promise<void> {
    if (!this.last) return;
    const { ask, tender, sold } = this.last;
    const records = (): unknown => this.ledger.prepare('SELECT count(*) AS n FROM record').get();
    const before = records();
    if (otherwise)
      expect(meet(await ask({ kind: 'cash', receivedMinor: 99_999_990 }))).toBe('request-differs');
    else expect(await ask(tender)).toBe(sold.length > 1 ? 'sold' : ALONE[sold[0]?.state ?? 'sold']);
    expect(records()).toEqual(before);
  }

  closeFirst(): void {
    const [open] = openSales(this.ledger);
    if (!open) return;
    const closed = createVending(this.deps()).closeUnissued(open.saleId, SUPERVISOR, 'model');
    expect(closed.ok).toBe(true);
    const known = this.model.sales.find((sale) => sale.state === 'open');
    if (known) known.state = 'unissued';
  }

  /** Every account that the model knows, after every step. */
  checkBalances(): void {
    const { model } = this;
    const all = balances(this.ledger);
    const of = (account: string): number => all.find((row) => row.account === account)?.balanceMinor ?? 0;
    expect(ACCOUNTS.map(of)).toEqual(ACCOUNTS.map((account) => model.held(account)));
    expect(of('tender-held') + 0).toBe(-model.inDoubtMinor() + 0);
    expect(of('safe')).toBe(model.safeMinor);
    expect(all.reduce((sum, row) => sum + row.balanceMinor, 0)).toBe(0);
    expect(all.every((row) => row.currency === this.settings.currency.code)).toBe(true);
    for (const resource of ['electricity', 'water', 'gas'] as const) {
      const isSold = model.sales.some((sale) => sale.state === 'sold' && RESOURCES[sale.meter] === resource);
      expect(of(`sales-${resource}`) < 0).toBe(isSold);
    }
  }

  check(): void {
    const { model } = this;
    this.checkBalances();
    const tokens = this.ledger.prepare('SELECT count(*) AS n FROM token').get<{ n: number }>();
    expect(tokens?.n).toBe(model.count('sold'));
    expect(openSales(this.ledger)).toHaveLength(model.count('open'));
    expect(verifyBooks(this.ledger).ok).toBe(true);
  }

  end(): void {
    this.ledger.close();
    this.directory.close();
    rmSync(this.folder, { recursive: true });
  }
}

describe('the till beside a plain model', () => {
  it(`agrees on ${RUNS} random days, seed ${SEED}`, async () => {
    await fc.assert(
      fc.asyncProperty(day, async ({ money, steps }) => {
        const till = new Day(money);
        try {
          for (const each of steps) {
            await till.step(each);
            till.checkBalances();
            clock = till.model.now;
          }
          till.check();
        } finally {
          till.end();
        }
      }),
      { numRuns: RUNS, seed: SEED, examples: MONEY.map((money) => [{ money, steps: [...FIRST_DAY] }]) },
    );
    console.info(JSON.stringify(Object.fromEntries(met)));
    expect([...met.keys()]).toEqual(expect.arrayContaining(OUTCOMES));
  }, 3_600_000);
});
