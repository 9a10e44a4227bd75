import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CallFault,
  SaleView,
  Session,
  StationSettings,
  TenderRequest,
} from '../../src/contract/index.ts';
import { PLAIN_ACCOUNT, putMeterAccount } from '../../src/main/directory/index.ts';
import { runBuild } from '../../src/main/exchange/index.ts';
import { balances, verifyBooks } from '../../src/main/ledger/index.ts';
import { readReceipt } from '../../src/main/printing/index.ts';
import { moduleFault, type SecureModule } from '../../src/main/secure-module/index.ts';
import { openStation, type Station } from '../../src/main/station/index.ts';
import { paperOf, paperText } from '../../src/receipt/index.ts';
import type { Result } from '../../src/units/index.ts';
import { moduleLike, openTrainingModule } from './training-module.ts';

/**
 * A day at a real station whose money has no minor digits, and at one whose money has three: debt, a monthly fee, tax,
 * change carried, coins, a split payment, a void, a correction, a drop, the Z, reports and a batch. Every figure below
 * was worked out by hand from the price list; each purchase first pays the fee (once) and a tenth of it for the debt, and
 * what is left, with what was carried, buys as many tenths as its energy and tax go into.
 */
type Case = {
  readonly currency: StationSettings['currency'];
  readonly rate: string;
  readonly vat: string;
  readonly to: string;
  readonly fee: string;
  readonly denominationsMinor: readonly number[];
  /** The first sale in cash, the second by card and cash, the third in cash whose coins don't come to it. */
  readonly sales: readonly {
    readonly amountMinor: number;
    readonly dueMinor: number;
    readonly cardMinor: number;
    readonly receivedMinor: number;
    readonly unitsTenths: number;
    readonly lines: Readonly<Record<string, number>>;
  }[];
  readonly float: readonly [denominationMinor: number, quantity: number];
  readonly dropped: readonly [denominationMinor: number, quantity: number];
  readonly correctedMinor: number;
  readonly counted: readonly (readonly [denominationMinor: number, quantity: number])[];
  readonly drawerMinor: number;
  readonly shortMinor: number;
  readonly cardMinor: number;
  readonly accounts: Readonly<Record<string, number>>;
  readonly soldMinor: number;
  /** How people and files write the first sale's amount and its change. */
  readonly written: { readonly amount: RegExp; readonly change: RegExp; readonly csv: string };
};

const SHILLING: Case = {
  currency: { code: 'UGX', minorDigits: 0, cashStepMinor: 50 },
  rate: '750',
  vat: '18',
  to: '1',
  fee: '100',
  denominationsMinor: [50, 100, 500, 1_000, 5_000, 10_000, 20_000, 50_000],
  sales: [
    // 20000 - 100 - 2000 = 17900; 20.2 x 750 = 15150, tax 2727; 20.3 would be 15225 + 2741. 23 are left.
    {
      amountMinor: 20_000,
      dueMinor: 20_000,
      cardMinor: 0,
      receivedMinor: 50_000,
      unitsTenths: 202,
      lines: { Service: 100, Arrears: 2_000, Energy: 15_150, VAT: 2_727 },
    },
    // 10000 - 1000 + 23 = 9023; 10.1 x 750 = 7575, tax 1363.5, up; 10.2 would be 7650 + 1377. 84 are left.
    {
      amountMinor: 10_000,
      dueMinor: 10_000,
      cardMinor: 6_000,
      receivedMinor: 5_000,
      unitsTenths: 101,
      lines: { Arrears: 1_000, Energy: 7_575, VAT: 1_364 },
    },
    // 5030 - 503 + 84 = 4611; 5.2 x 750 = 3900, tax 702; 5.3 would be 3975 + 716. 9 are left. There is no coin of 30.
    {
      amountMinor: 5_030,
      dueMinor: 5_000,
      cardMinor: 0,
      receivedMinor: 5_000,
      unitsTenths: 52,
      lines: { Arrears: 503, Energy: 3_900, VAT: 702 },
    },
  ],
  float: [5_000, 2],
  dropped: [20_000, 1],
  correctedMinor: 5_000,
  counted: [
    [1_000, 13],
    [500, 1],
    [50, 9],
  ],
  // 10000 + 20000 + 4000 + 5000 - 5000 - 20000.
  drawerMinor: 14_000,
  shortMinor: 50,
  cardMinor: 11_000,
  accounts: {
    'sales-electricity': -26_625,
    tax: -4_793,
    'debt-recovered': -3_503,
    fees: -100,
    'customer-balance': -9,
    rounding: 30,
  },
  soldMinor: 35_000,
  written: {
    amount: /20[,\u00a0\u202f ]000(?![.\d])/u,
    change: /30[,\u00a0\u202f ]000(?![.\d])/u,
    csv: '35000',
  },
};

const DINAR: Case = {
  currency: { code: 'KWD', minorDigits: 3, cashStepMinor: 5 },
  rate: '0.1235',
  vat: '5',
  to: '0.001',
  fee: '0.500',
  denominationsMinor: [5, 10, 50, 100, 250, 500, 1_000, 5_000, 10_000, 20_000],
  sales: [
    // 10.000 - 0.500 - 1.000 = 8.500; 65.5 x 0.1235 = 8.08925, tax 0.40445; 65.6 would be 8.102 + 0.405. 0.007 left.
    {
      amountMinor: 10_000,
      dueMinor: 10_000,
      cardMinor: 0,
      receivedMinor: 20_000,
      unitsTenths: 655,
      lines: { Service: 500, Arrears: 1_000, Energy: 8_089, VAT: 404 },
    },
    // 5.000 - 0.500 + 0.007 = 4.507; 34.7 x 0.1235 = 4.28545, tax 0.21425; 34.8 would be 4.298 + 0.215. 0.008 left.
    {
      amountMinor: 5_000,
      dueMinor: 5_000,
      cardMinor: 3_005,
      receivedMinor: 2_000,
      unitsTenths: 347,
      lines: { Arrears: 500, Energy: 4_285, VAT: 214 },
    },
    // 2.503 - 0.2503 + 0.008 = 2.261; 17.4 x 0.1235 = 2.1489, tax 0.10745; 17.5 would be 2.161 + 0.108. 0.005 left.
    {
      amountMinor: 2_503,
      dueMinor: 2_500,
      cardMinor: 0,
      receivedMinor: 2_500,
      unitsTenths: 174,
      lines: { Arrears: 250, Energy: 2_149, VAT: 107 },
    },
  ],
  float: [5_000, 2],
  dropped: [5_000, 1],
  correctedMinor: 2_500,
  counted: [
    [5_000, 3],
    [1_000, 1],
    [500, 1],
    [250, 1],
    [100, 2],
    [10, 4],
  ],
  // 10.000 + 10.000 + 1.995 + 2.500 - 2.500 - 5.000.
  drawerMinor: 16_995,
  shortMinor: 5,
  cardMinor: 5_505,
  accounts: {
    'sales-electricity': -14_523,
    tax: -725,
    'debt-recovered': -1_750,
    fees: -500,
    'customer-balance': -5,
    rounding: 3,
  },
  soldMinor: 17_500,
  written: { amount: /10\.000(?!\d)/u, change: /10\.000(?!\d)/u, csv: '17.500' },
};

const priceList = ({ currency, rate, vat, to, fee }: Case): string =>
  JSON.stringify({
    format: 'kioskwatt-tariff',
    formatVersion: 1,
    id: 'home-flat',
    version: 2,
    name: 'Home',
    effectiveFrom: '2026-11-01T00:00',
    resource: 'electricity',
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
    windows: { month: { every: { months: 1 } } },
    stages: [
      {
        id: 'fee',
        kind: 'fixed',
        label: 'Service',
        role: 'fee',
        amount: fee,
        every: { months: 1 },
        maxPeriods: 3,
      },
      {
        id: 'arrears',
        kind: 'debt',
        label: 'Arrears',
        role: 'debt',
        debt: 'arrears',
        take: { share: { rate: '10', of: 'amount' } },
      },
      { id: 'energy', kind: 'per-unit', label: 'Energy', role: 'energy', rate },
      { id: 'vat', kind: 'percent', label: 'VAT', role: 'tax', rate: vat, method: 'added', of: ['energy'] },
    ],
    entitlements: [],
    limits: {},
  });

const DAY = '2026-11-23';
const METER = '00123456782';

function must<Value>(result: Result<Value, CallFault>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe.each([SHILLING, DINAR])(
  'a day in $currency.code, with $currency.minorDigits minor digits',
  (day) => {
    const { currency } = day;
    const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-currency-'));
    let nowUnixMs = Date.UTC(2026, 10, 23, 8, 0);
    let station: Station;
    let cashier: Session;
    let chief: Session;
    let pan: string;
    let shiftId: string;
    let refuses = false;
    const sold: SaleView[] = [];

    const id = (): { requestId: string } => ({ requestId: station.newId() });
    const notes = (
      ...each: readonly (readonly [number, number])[]
    ): { denominationMinor: number; quantity: number }[] =>
      each.map(([denominationMinor, quantity]) => ({ denominationMinor, quantity }));

    function settings(): StationSettings {
      return {
        version: 1,
        profile: 'training',
        stationId: 'K1',
        stationName: 'Kiosk',
        receiptHeader: [],
        currency,
        zone: 'Africa/Johannesburg',
        supplyGroups: { '201457': { offsetMinutes: 120 }, '123456': { offsetMinutes: 120 } },
        printer: null,
        receiptColumns: 48,
        cashKeysMinor: [],
        shifts: { denominationsMinor: [...day.denominationsMinor] },
      };
    }

    async function vend(amountMinor: number, tender: TenderRequest): Promise<Result<SaleView, CallFault>> {
      nowUnixMs += 120_000;
      const quote = must(await station.handlers['sale.quote']({ pan, amountMinor }, cashier));
      const { unitsTenths: quotedUnitsTenths, dueMinor: quotedDueMinor } = quote;
      const acknowledged = ['warning-duplicate', 'warning-unusual-amount'];
      return station.handlers['sale.vend'](
        { ...id(), pan, amountMinor, quotedUnitsTenths, quotedDueMinor, tender, acknowledged },
        cashier,
      );
    }

    async function reportOf(name: string) {
      const { jobId } = must(
        await station.handlers['report.start']({ name, from: DAY, to: DAY, text: '' }, chief),
      );
      const running = async () => must(await station.handlers['report.job']({ jobId }, chief));
      await expect.poll(async () => (await running()).state, { timeout: 60_000 }).not.toBe('running');
      return { jobId, report: (await running()).report! };
    }

    const slipOf = (saleId: string): string => {
      const receipt = readReceipt(station.ledger, saleId);
      if (!receipt) throw new Error('the sale has a slip');
      return paperText(paperOf(receipt, 48).lines, 48);
    };

    beforeAll(async () => {
      const data = path.join(folder, 'data');
      mkdirSync(data, { mode: 0o700 });
      writeFileSync(path.join(data, 'station.json'), JSON.stringify(settings()));
      const software: SecureModule = await openTrainingModule(() => nowUnixMs);
      const module = moduleLike(() => software, {
        issueCredit: async (credit) =>
          refuses
            ? { ok: false, error: moduleFault('module-key-expired', { sgc: '201457', krn: 1 }) }
            : software.issueCredit(credit),
      });
      const opened = await openStation({
        dataFolder: data,
        profile: 'training',
        module,
        now: () => nowUnixMs,
        random: (bytes) => randomBytes(bytes),
      });
      if (!opened.ok) throw new Error(JSON.stringify(opened.error));
      station = opened.value;
      cashier = station.newSession();
      chief = station.newSession();
      const { handlers } = station;
      must(await handlers['operators.signIn']({ name: 'Amina', pin: '1234' }, cashier));
      must(await handlers['operators.signIn']({ name: 'Joseph', pin: '4321' }, chief));
      const imported = must(
        await handlers['tariffs.import']({ ...id(), text: priceList(day), confirmed: true }, chief),
      );
      expect(imported).toMatchObject({ kept: { version: 2 }, faults: [] });
      pan = must(await handlers['directory.search']({ text: METER }, cashier)).hits[0]!.pan;
      const debts = { arrears: { openingMinor: 90_000, balanceMinor: 90_000, instalmentMinor: 100 } };
      station.directory.transaction((tx) =>
        putMeterAccount(tx, pan, {
          ...PLAIN_ACCOUNT,
          statement: { asOfUnixMs: nowUnixMs - 3_600_000, figures: { debts } },
        }),
      );
      const opening = { ...id(), drawer: '1', float: notes(day.float) };
      ({ shiftId } = must(await handlers['shift.open'](opening, cashier)));
    }, 120_000);

    afterAll(async () => {
      await station.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it('prices every sale to the last minor unit, and says so on its slip', async () => {
      for (const { amountMinor, dueMinor, cardMinor, receivedMinor, unitsTenths, lines } of day.sales) {
        const card = { account: 'card', amountMinor: cardMinor, reference: null } as const;
        const tender: TenderRequest =
          cardMinor === 0
            ? { kind: 'cash', receivedMinor }
            : { kind: 'parts', parts: [card, { account: 'cash-drawer', receivedMinor }] };
        const sale = must(await vend(amountMinor, tender));
        sold.push(sale);
        expect(sale).toMatchObject({ state: 'recorded', unitsTenths });
        expect(sale.tokens).toHaveLength(1);
        const paid = sale.tender.reduce((sum, part) => sum + part.amountMinor, 0);
        expect(paid).toBe(dueMinor);
        const named = sale.lines.flatMap(({ label, amountMinor: minor }) =>
          label.params['name'] === undefined ? [] : [[label.params['name'], minor] as const],
        );
        expect(Object.fromEntries(named)).toEqual(lines);
      }
      const slip = slipOf(sold[0]!.saleId);
      expect(slip).toMatch(new RegExp(`TOTAL .*${day.written.amount.source}`, 'u'));
      expect(slip).toMatch(new RegExp(`Change .*${day.written.change.source}`, 'u'));
      expect(slip).toContain(currency.code);
    });

    it('takes no coin that there is not, and gives a refused sale’s money back', async () => {
      const odd = await vend(day.sales[0]!.amountMinor, {
        kind: 'cash',
        receivedMinor: day.sales[0]!.amountMinor + 1,
      });
      expect(odd).toMatchObject({ ok: false, error: { code: 'cash-step' } });
      refuses = true;
      const refused = await vend(day.sales[0]!.amountMinor, {
        kind: 'cash',
        receivedMinor: day.sales[0]!.amountMinor,
      });
      refuses = false;
      expect(refused).toMatchObject({ ok: false, error: { code: 'module-key-expired' } });
    });

    it('is found by its amount as it is typed', async () => {
      const text = currency.minorDigits === 0 ? '20000' : '10.000';
      const { sales } = must(await station.handlers['sale.search']({ text, before: null }, cashier));
      expect(sales.filter(({ state }) => state !== 'void').map(({ saleId }) => saleId)).toEqual([
        sold[0]!.saleId,
      ]);
      const tooFine = currency.minorDigits === 0 ? '20000.5' : '10.0005';
      const none = await station.handlers['sale.search']({ text: tooFine, before: null }, cashier);
      expect(none).toMatchObject({ ok: false, error: { code: 'sale-search-unclear' } });
    });

    it('closes with what was counted, to the last minor unit', async () => {
      const { handlers } = station;
      must(await handlers['shift.drop']({ ...id(), cash: notes(day.dropped) }, cashier));
      const correction = {
        saleId: sold[0]!.saleId,
        from: 'cash-drawer',
        to: 'card',
        amountMinor: day.correctedMinor,
        reason: 'was paid by card',
      } as const;
      must(await handlers['correction.tender']({ ...id(), ...correction }, chief));
      must(await handlers['shift.end']({ ...id(), shiftId, reason: null }, cashier));
      const slips = [{ account: 'card', quantity: 2, amountMinor: day.cardMinor } as const];
      must(
        await handlers['shift.count'](
          { ...id(), shiftId, count: { cash: notes(...day.counted), slips } },
          cashier,
        ),
      );
      must(await handlers['shift.close']({ ...id(), shiftId }, chief));
      const z = must(await handlers['shift.z']({ number: 1 }, chief));
      expect(z.variances).toContainEqual({
        account: 'cash-drawer',
        expectedMinor: day.drawerMinor,
        countedMinor: day.drawerMinor - day.shortMinor,
        varianceMinor: -day.shortMinor,
      });
      expect(z.variances).toContainEqual({
        account: 'card',
        expectedMinor: day.cardMinor,
        countedMinor: day.cardMinor,
        varianceMinor: 0,
      });
      expect(z.sales).toEqual({ count: 3, amountMinor: day.soldMinor });
    });

    it('has each account where its prices put it, and all of them at zero together', () => {
      const all = balances(station.ledger);
      expect(new Set(all.map((row) => row.currency))).toEqual(new Set([currency.code]));
      const earned = Object.fromEntries(
        all.filter(({ account }) => account in day.accounts).map((row) => [row.account, row.balanceMinor]),
      );
      expect(earned).toEqual(day.accounts);
      expect(all.find(({ account }) => account === 'tender-held')?.balanceMinor ?? 0).toBe(0);
      expect(all.reduce((sum, row) => sum + row.balanceMinor, 0)).toBe(0);
      expect(verifyBooks(station.ledger).ok).toBe(true);
    });

    it('comes to the same in a report, in its file and in a batch', async () => {
      const { jobId, report } = await reportOf('sales-by-day');
      const at = report.columns.findIndex(({ kind }) => kind === 'money');
      expect(report.totals[at]).toBe(day.soldMinor);
      const saved = must(await station.handlers['report.save']({ ...id(), jobId, format: 'csv' }, chief));
      const rows = readFileSync(saved.file, 'utf8').trim().split('\r\n');
      expect(rows[1]?.split(',')).toContain(day.written.csv);
      const built = await runBuild({ ledgerFile: path.join(folder, 'data', 'ledger.db'), after: 0 });
      const { resources } = built!.facts.totals;
      // Sales that were begun: the refused one too.
      expect(resources).toMatchObject([{ resource: 'electricity', currency: currency.code, sales: 4 }]);
      for (const [account, netMinor] of Object.entries(day.accounts))
        expect(built!.facts.totals.accounts).toContainEqual(
          expect.objectContaining({ account, currency: currency.code, netMinor }),
        );
    });
  },
);
