import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StationSettings } from '../../src/contract/index.ts';
import { findMeter, loadSampleData } from '../../src/main/directory/index.ts';
import { balances, openSales, verifyChain } from '../../src/main/ledger/index.ts';
import { moduleFault, type SecureModule } from '../../src/main/secure-module/index.ts';
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
} from '../../src/main/vending/index.ts';
import { amountMinor, makeId, ok, type UnitsTenths } from '../../src/units/index.ts';
import { moduleLike, openTrainingModule } from './training-module.ts';

/**
 * Random days against a model that is nothing but a few maps: the same refusals, the same money in the drawer
 * and held, the same tokens. fast-check prints the seed and the shortest day that differs.
 */

const RUNS = process.env['KIOSKWATT_SIZE'] === 'deep' ? 3_000 : 60;
const START = Date.UTC(2026, 10, 23, 6, 0);
const OPERATOR = { operatorId: 'amina', name: 'Amina', role: 'cashier' } as const;
const SUPERVISOR = { operatorId: 'joseph', name: 'Joseph', role: 'supervisor' } as const;
const SETTINGS: StationSettings = {
  version: 1,
  profile: 'training',
  stationId: 'M1',
  stationName: 'Model',
  receiptHeader: [],
  currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
  zone: 'Africa/Johannesburg',
  supplyGroups: { '201457': { offsetMinutes: 120 }, '123456': { offsetMinutes: 120 } },
  printer: null,
  receiptColumns: 48,
  cashKeysMinor: [],
};

type ModuleMood = 'well' | 'lost' | 'refuses';
type Step =
  | {
      readonly do: 'sell';
      readonly meter: number;
      readonly amount: number;
      readonly module: ModuleMood;
      readonly insist: boolean;
    }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'recover' }
  | { readonly do: 'repeat' }
  | { readonly do: 'close-first' }
  | { readonly do: 'reopen' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('sell' as const),
      meter: fc.nat(2),
      amount: fc.constantFrom(1_000, 2_000, 5_000, 30_000),
      module: fc.constantFrom<ModuleMood>('well', 'well', 'well', 'lost', 'refuses'),
      insist: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'recover' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'repeat' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'close-first' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
);

type ModelSale = {
  readonly meter: number;
  readonly amount: number;
  minute: number;
  state: 'open' | 'sold' | 'void' | 'unissued';
  soldAt: number;
};

/** The plain model: what ought to happen, from the rules as a cashier would tell them. */
class Model {
  readonly sales: ModelSale[] = [];
  now = START;

  expected(meter: number, amount: number, module: ModuleMood, insist: boolean): string {
    if (this.sales.some((sale) => sale.meter === meter && sale.state === 'open'))
      return 'meter-has-open-sale';
    const sold = this.sales
      .filter((sale) => sale.meter === meter && sale.state === 'sold')
      .toSorted((a, b) => b.minute - a.minute);
    const [last] = sold;
    const again = last?.amount === amount && this.now - last.soldAt < 15 * 60_000;
    const usual = sold.length >= 3 ? Math.max(...sold.slice(0, 3).map((sale) => sale.amount)) : undefined;
    if (again && !insist) return 'warning-duplicate';
    if (usual !== undefined && amount >= 5 * usual && !insist) return 'warning-unusual-amount';
    if (this.nextMinute(meter) - this.minuteNow > 10) return 'token-time-full';
    return { well: 'sold', lost: 'sale-in-doubt', refuses: 'module-key-expired' }[module];
  }

  get minuteNow(): number {
    return Math.floor(this.now / 60_000) + 120;
  }

  nextMinute(meter: number): number {
    const used = this.sales.filter((sale) => sale.meter === meter).map((sale) => sale.minute);
    const next = Math.max(this.minuteNow, ...used.map((minute) => minute + 1));
    return next % 1440 === 1 ? next + 1 : next;
  }

  sum(...states: readonly ModelSale['state'][]): number {
    return this.sales
      .filter((sale) => states.includes(sale.state))
      .reduce((sum, sale) => sum + sale.amount, 0);
  }
}

let software: SecureModule;
let clock = START;

beforeAll(async () => {
  software = await openTrainingModule(() => clock);
});

function moduleIn(mood: () => ModuleMood): SecureModule {
  return moduleLike(() => software, {
    issueCredit: async (credit) => {
      if (mood() === 'refuses')
        return { ok: false, error: moduleFault('module-key-expired', { sgc: '201457', krn: 1 }) };
      const issued = await software.issueCredit(credit);
      return mood() === 'lost' ? { ok: false, error: moduleFault('module-timeout') } : issued;
    },
  });
}

/** A till over real files, driven step by step beside the model. */
class Day {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-model-'));
  readonly model = new Model();
  readonly directory: DirectoryWriter;
  readonly pans: readonly string[];
  ledger: LedgerWriter;
  mood: ModuleMood = 'well';
  last:
    | { readonly request: Parameters<ReturnType<typeof createVending>['vend']>[0]; readonly code: string }
    | undefined;

  constructor() {
    this.ledger = this.open('ledger');
    this.directory = this.open('directory');
    this.directory.transaction((tx) => loadSampleData(tx));
    this.pans = this.directory
      .prepare(
        "SELECT pan FROM meter WHERE blocked_reason IS NULL AND resource = 'electricity' ORDER BY meter_row LIMIT 3",
      )
      .all<{ pan: string }>()
      .map(({ pan }) => pan);
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
      settings: SETTINGS,
      module: () => ok(moduleIn(() => this.mood)),
      now: () => this.model.now,
      random: (bytes) => randomBytes(bytes),
      diskFault: () => null,
      beginSale: () => undefined,
      queueSlip: () => undefined,
      operatorName: (id) => id,
    };
  }

  async sell(wanted: Extract<Step, { do: 'sell' }>): Promise<void> {
    const pan = this.pans[wanted.meter] ?? '';
    const amount = amountMinor(wanted.amount);
    const meter = findMeter(this.directory, pan);
    const priced = meter && priceSale(this.deps(), meter, amount, this.model.now);
    const request = {
      requestId: makeId<'request'>(this.model.now, randomBytes(10)),
      pan,
      amountMinor: amount,
      quotedUnitsTenths: priced?.ok ? priced.value.unitsTenths : (0 as UnitsTenths),
      tender: { kind: 'cash', receivedMinor: amount } as const,
      acknowledged: wanted.insist ? ['warning-duplicate', 'warning-unusual-amount'] : [],
    };
    this.mood = wanted.module;
    const expected = this.model.expected(wanted.meter, wanted.amount, wanted.module, wanted.insist);
    const minute = this.model.nextMinute(wanted.meter);
    const sale = await createVending(this.deps()).vend(request, OPERATOR);
    const code = sale.ok ? 'sold' : sale.error.code;
    expect(code).toBe(expected);
    this.last = { request, code };
    const state = { sold: 'sold', 'sale-in-doubt': 'open', 'module-key-expired': 'void' }[code] as
      ModelSale['state'] | undefined;
    if (state) this.model.sales.push({ meter: wanted.meter, amount, minute, state, soldAt: this.model.now });
    if (sale.ok) expect(sale.value.tokenMinute).toBe(minute);
  }

  async step(wanted: Step): Promise<void> {
    switch (wanted.do) {
      case 'sell':
        return this.sell(wanted);
      case 'wait':
        this.model.now += wanted.minutes * 60_000;
        return undefined;
      case 'recover':
        this.mood = 'well';
        expect(await recoverOpenSales(this.deps(), createVending(this.deps()))).toEqual([]);
        for (const sale of this.model.sales) if (sale.state === 'open') sale.state = 'sold';
        return undefined;
      case 'repeat':
        return this.repeat();
      case 'close-first':
        return this.closeFirst();
      case 'reopen':
        this.ledger.close();
        this.ledger = this.open('ledger');
        return undefined;
    }
  }

  /** Once more the very same request: nothing new may come of it. */
  async repeat(): Promise<void> {
    if (!this.last || !['sold', 'sale-in-doubt'].includes(this.last.code)) return;
    const before = this.ledger.prepare('SELECT count(*) AS n FROM record').get();
    await createVending(this.deps()).vend(this.last.request, OPERATOR);
    expect(this.ledger.prepare('SELECT count(*) AS n FROM record').get()).toEqual(before);
  }

  closeFirst(): void {
    const [open] = openSales(this.ledger);
    if (!open) return;
    const closed = createVending(this.deps()).closeUnissued(open.saleId, SUPERVISOR, 'model');
    expect(closed.ok).toBe(true);
    const known = this.model.sales.find((sale) => sale.state === 'open');
    if (known) known.state = 'unissued';
  }

  check(): void {
    const all = balances(this.ledger);
    const of = (account: string): number => all.find((row) => row.account === account)?.balanceMinor ?? 0;
    expect(of('cash-drawer')).toBe(this.model.sum('open', 'sold'));
    expect(of('tender-held') + 0).toBe(-this.model.sum('open') + 0);
    expect(all.reduce((sum, row) => sum + row.balanceMinor, 0)).toBe(0);
    const tokens = this.ledger.prepare('SELECT count(*) AS n FROM token').get<{ n: number }>();
    expect(tokens?.n).toBe(this.model.sales.filter((sale) => sale.state === 'sold').length);
    expect(openSales(this.ledger)).toHaveLength(
      this.model.sales.filter((sale) => sale.state === 'open').length,
    );
    expect(verifyChain(this.ledger).ok).toBe(true);
  }

  end(): void {
    this.ledger.close();
    this.directory.close();
    rmSync(this.folder, { recursive: true });
  }
}

describe('the till beside a plain model', () => {
  it(`agrees on ${RUNS} random days`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const day = new Day();
        try {
          for (const each of steps) {
            await day.step(each);
            clock = day.model.now;
          }
          day.check();
        } finally {
          day.end();
        }
      }),
      { numRuns: RUNS },
    );
  }, 3_600_000);
});
