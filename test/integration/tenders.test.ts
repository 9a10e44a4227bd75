import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallFault, StationSettings, TenderRequest } from '../../src/contract/index.ts';
import { findMeter, loadSampleData, searchDirectory } from '../../src/main/directory/index.ts';
import { balances, openSales, verifyBooks, type RecordedSale } from '../../src/main/ledger/index.ts';
import { moduleFault, type ModuleFault, type SecureModule } from '../../src/main/secure-module/index.ts';
import { openWriter, type DirectoryWriter, type LedgerWriter } from '../../src/main/store/index.ts';
import { createVending, priceSale, type VendingDeps, type VendItem } from '../../src/main/vending/index.ts';
import { amountMinor, makeId, ok, type Result } from '../../src/units/index.ts';
import { moduleLike, openTrainingModule } from './training-module.ts';

const OPERATOR = { operatorId: 'amina', name: 'Amina', role: 'cashier' } as const;
const SUPERVISOR = { operatorId: 'joseph', name: 'Joseph', role: 'supervisor' } as const;
const NOON = Date.UTC(2026, 10, 23, 12, 0);
const SETTINGS: StationSettings = {
  version: 1,
  profile: 'training',
  stationId: 'T1',
  stationName: 'Test',
  receiptHeader: [],
  currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
  zone: 'Africa/Johannesburg',
  supplyGroups: { '201457': { offsetMinutes: 120 }, '123456': { offsetMinutes: 120 } },
  printer: null,
  receiptColumns: 48,
  cashKeysMinor: [],
};

let folder: string;
let ledger: LedgerWriter;
let directory: DirectoryWriter;
let software: SecureModule;
let module: SecureModule;
let now: number;
/** Message ids that the module was asked for, and how many sales were open in the ledger at that moment. */
let asked: { readonly messageId: string; readonly open: number }[];

beforeAll(async () => {
  software = await openTrainingModule(() => now);
});

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-tenders-'));
  ledger = opened('ledger');
  directory = opened('directory');
  directory.transaction((tx) => loadSampleData(tx));
  now = NOON;
  asked = [];
  module = behaving(() => 'well');
});
afterEach(() => {
  ledger.close();
  directory.close();
  rmSync(folder, { recursive: true });
});

function opened<Name extends 'ledger' | 'directory'>(name: Name) {
  const writer = openWriter<Name>(name, path.join(folder, `${name}.db`));
  if (!writer.ok) throw new Error(writer.error.code);
  return writer.value;
}

/** A module whose n-th answer is lost, or whose n-th request it refuses. */
function behaving(mood: (nth: number) => 'well' | 'lost' | 'refuses'): SecureModule {
  return moduleLike(() => software, {
    issueCredit: async (credit) => {
      asked.push({ messageId: credit.messageId, open: openSales(ledger).length });
      const how = mood(asked.length);
      const failed = (fault: ModuleFault) => ({ ok: false, error: fault }) as const;
      if (how === 'refuses') return failed(moduleFault('module-key-expired', { sgc: '201457', krn: 1 }));
      const issued = await software.issueCredit(credit);
      return how === 'lost' ? failed(moduleFault('module-timeout')) : issued;
    },
  });
}

function deps(): VendingDeps {
  return {
    ledger,
    directory,
    settings: SETTINGS,
    module: () => ok(module),
    now: () => now,
    random: (bytes) => randomBytes(bytes),
    makeSlip: () => () => undefined,
    operatorName: (id) => id,
    diskFault: () => null,
    beginSale: () => undefined,
  };
}

function panOf(text: string): string {
  const hits = searchDirectory(directory, text);
  const pan = hits.ok ? hits.value[0]?.pan : undefined;
  if (pan === undefined) throw new Error(`nobody is called ${text}`);
  return pan;
}

const newId = (): string => makeId<'request'>(now, randomBytes(10));

function item(name: string, minor: number): VendItem {
  const pan = panOf(name);
  const meter = findMeter(directory, pan);
  const priced = meter && priceSale(deps(), meter, amountMinor(minor), now);
  if (!priced?.ok) throw new Error('no price');
  return {
    requestId: newId(),
    pan,
    amountMinor: amountMinor(minor),
    quotedUnitsTenths: priced.value.unitsTenths,
  };
}

const card = (minor: number, reference: string | null = null) =>
  ({ account: 'card', amountMinor: minor, reference }) as const;
const mobile = (minor: number, reference: string) =>
  ({ account: 'mobile-money', amountMinor: minor, reference }) as const;
const cash = (receivedMinor: number) => ({ account: 'cash-drawer', receivedMinor }) as const;
const parts = (...list: Extract<TenderRequest, { kind: 'parts' }>['parts']): TenderRequest => ({
  kind: 'parts',
  parts: list,
});
const sell = (name: string, minor: number, tender: TenderRequest) =>
  createVending(deps()).vend({ ...item(name, minor), tender }, OPERATOR);
const code = (result: Result<unknown, CallFault>): string => (result.ok ? 'sold' : result.error.code);

/** What each account stands at; those that stand at nothing are left out. */
function money(): Record<string, number> {
  const all = balances(ledger).filter((row) => row.balanceMinor !== 0);
  const tenders = ['cash-drawer', 'card', 'mobile-money', 'cheque', 'tender-held'];
  return Object.fromEntries(
    all.filter(({ account }) => tenders.includes(account)).map((row) => [row.account, row.balanceMinor]),
  );
}

function sold(result: Result<RecordedSale, CallFault>): RecordedSale {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

const THANDI = 'Thandi Nkosi';
const SIPHO = 'Sipho Mahlangu';
const LINDIWE = 'Lindiwe Dlamini';

describe('a sale with several tenders', () => {
  it('puts each part on its own account, and change back to cash', async () => {
    const sale = sold(
      await sell(THANDI, 10_000, parts(card(6_000, 'slip 1'), mobile(1_000, 'm1'), cash(5_000))),
    );
    expect(
      sale.tender.map((part) => [part.account, part.amountMinor, part.receivedMinor, part.reference]),
    ).toEqual([
      ['card', 6_000, 6_000, 'SLIP1'],
      ['mobile-money', 1_000, 1_000, 'M1'],
      ['cash-drawer', 3_000, 5_000, null],
    ]);
    expect(sale).toMatchObject({ tenderAccount: 'card', receivedMinor: 12_000 });
    expect(money()).toEqual({ card: 6_000, 'mobile-money': 1_000, 'cash-drawer': 3_000 });
    expect(verifyBooks(ledger).ok).toBe(true);
  });

  it('gives each part back where it came from when no token was made', async () => {
    module = behaving(() => 'refuses');
    expect(code(await sell(THANDI, 10_000, parts(card(6_000), cash(4_000))))).toBe('module-key-expired');
    expect(money()).toEqual({});
    const back = ledger
      .prepare(
        `SELECT credit_account AS account, amount_minor AS minor FROM transfer WHERE debit_account = 'tender-held' ORDER BY row_id`,
      )
      .all();
    expect(back).toEqual([
      { account: 'card', minor: 6_000 },
      { account: 'cash-drawer', minor: 4_000 },
    ]);
  });

  it('holds all parts while the outcome is unknown, and gives them back by a supervisor’s word', async () => {
    module = behaving(() => 'lost');
    const tender = parts(mobile(7_000, 'M9'), cash(3_000));
    expect(code(await sell(THANDI, 10_000, tender))).toBe('sale-in-doubt');
    expect(money()).toEqual({ 'mobile-money': 7_000, 'cash-drawer': 3_000, 'tender-held': -10_000 });
    const [open] = openSales(ledger);
    const closed = createVending(deps()).closeUnissued(open!.saleId, SUPERVISOR, 'nobody saw it');
    expect(closed.ok).toBe(true);
    expect(money()).toEqual({});
  });

  it('answers the same request with the same sale, and another payment under it with a refusal', async () => {
    const request = { ...item(THANDI, 10_000), tender: parts(card(4_000, 'A'), cash(6_000)) };
    const vending = createVending(deps());
    const first = sold(await vending.vend(request, OPERATOR));
    expect(sold(await vending.vend(request, OPERATOR)).saleId).toBe(first.saleId);
    const other = { ...request, tender: parts(card(5_000, 'A'), cash(5_000)) };
    expect(code(await vending.vend(other, OPERATOR))).toBe('request-differs');
    expect(asked).toHaveLength(1);
  });
});

describe('a reference', () => {
  it('pays once for ever; the refusal names the earlier sale', async () => {
    const first = sold(await sell(THANDI, 10_000, parts(mobile(10_000, 'qk7 abc'))));
    now += 20 * 3_600_000;
    const again = await sell(SIPHO, 10_000, parts(mobile(10_000, ' QK7ABC ')));
    expect(again).toMatchObject({
      ok: false,
      error: {
        code: 'reference-used',
        params: { receiptNumber: first.receiptNumber, time: '2026-11-23 14:00', meter: '00123456782' },
      },
    });
    expect(code(await sell(SIPHO, 10_000, parts(card(10_000, 'QK7ABC'))))).toBe('sold');
    expect(asked).toHaveLength(2);
  });

  it('pays for the same meter once more when its sale came to nothing, and for no more than it was', async () => {
    module = behaving((nth) => (nth === 1 ? 'refuses' : 'well'));
    expect(code(await sell(THANDI, 10_000, parts(mobile(10_000, 'M1'))))).toBe('module-key-expired');
    expect(code(await sell(SIPHO, 10_000, parts(mobile(10_000, 'M1'))))).toBe('reference-used');
    expect(code(await sell(THANDI, 12_000, parts(mobile(12_000, 'M1'))))).toBe('reference-used');
    expect(code(await sell(THANDI, 10_000, parts(mobile(10_000, 'M1'))))).toBe('sold');
    now += 3_600_000;
    expect(code(await sell(THANDI, 10_000, parts(mobile(10_000, 'M1'))))).toBe('reference-used');
    expect(money()).toEqual({ 'mobile-money': 10_000 });
  });

  it('stands for money handed back by a supervisor no more, but for what is sold instead', async () => {
    module = behaving((nth) => (nth === 1 ? 'lost' : 'well'));
    await sell(THANDI, 10_000, parts(mobile(10_000, 'M1')));
    const [open] = openSales(ledger);
    const again = await createVending(deps()).sellAgain(open!.saleId, SUPERVISOR, 'time has passed', newId());
    expect(sold(again).tender).toMatchObject([{ reference: 'M1', carriedFrom: open!.saleId }]);
    now += 3_600_000;
    expect(code(await sell(THANDI, 10_000, parts(mobile(10_000, 'M1'))))).toBe('reference-used');
    expect(money()).toEqual({ 'mobile-money': 10_000 });
  });

  it('cannot be written twice past the checks: the ledger itself refuses', async () => {
    const sale = sold(await sell(THANDI, 10_000, parts(mobile(10_000, 'M1'))));
    const write = (from: string | null): void =>
      void ledger.transaction((tx) =>
        tx
          .prepare(
            `INSERT INTO tender_part
               SELECT row_id + 500, sale_id, 2, ?, 100, 100, ?, ?, ? FROM sale WHERE sale_id = ?`,
          )
          .run('mobile-money', from === null ? 'M1' : 'M2', from, new Uint8Array(32), sale.saleId),
      );
    expect(() => write(null)).toThrow(/UNIQUE/u);
    expect(() => write(sale.saleId)).toThrow(/carried on/u);
  });
});

describe('a basket', () => {
  const basket = (tender: TenderRequest) => ({
    requestId: newId(),
    items: [item(THANDI, 10_000), item(SIPHO, 5_000), item(LINDIWE, 2_000)],
    tender,
  });
  const vend = (request: ReturnType<typeof basket>) => createVending(deps()).vendBasket(request, OPERATOR);
  const steps = (sales: Result<readonly RecordedSale[], CallFault>): readonly string[] =>
    sales.ok ? sales.value.map(({ step }) => step) : [sales.error.code];

  it('is one commit of intents before the module is asked for the first, then each sale by itself', async () => {
    const sales = await vend(basket(parts(card(12_000, 'S1'), cash(10_000))));
    expect(steps(sales)).toEqual(['recorded', 'recorded', 'recorded']);
    expect(asked.map(({ open }) => open)).toEqual([3, 2, 1]);
    if (!sales.ok) return;
    expect(sales.value.map(({ basket: place }) => [place?.position, place?.size])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(
      sales.value.map((sale) =>
        sale.tender.map((part) => [part.account, part.amountMinor, part.receivedMinor]),
      ),
    ).toEqual([
      [['card', 10_000, 10_000]],
      [
        ['card', 2_000, 2_000],
        ['cash-drawer', 3_000, 3_000],
      ],
      [['cash-drawer', 2_000, 7_000]],
    ]);
    expect(sales.value[1]?.tender[0]?.carriedFrom).toBe(sales.value[0]?.saleId);
    expect(new Set(sales.value.map(({ receiptNumber }) => receiptNumber)).size).toBe(3);
    expect(money()).toEqual({ card: 12_000, 'cash-drawer': 5_000 });
    expect(verifyBooks(ledger).ok).toBe(true);
  });

  it('answers the same request with the same sales, and sells nothing twice', async () => {
    const request = basket({ kind: 'cash', receivedMinor: 17_000 });
    const first = await vend(request);
    const again = await vend(request);
    expect(again).toEqual(first);
    expect(asked).toHaveLength(3);
    const other = { ...request, tender: parts(card(17_000)) };
    expect(code(await vend(other))).toBe('request-differs');
  });

  it('keeps nothing when one of its sales is refused before the module is asked', async () => {
    const request = basket({ kind: 'cash', receivedMinor: 17_000 });
    const stale = { ...request.items[2]!, quotedUnitsTenths: request.items[0]!.quotedUnitsTenths };
    expect(code(await vend({ ...request, items: [...request.items.slice(0, 2), stale] }))).toBe(
      'quote-changed',
    );
    const twice = { ...request, items: [...request.items, { ...request.items[0]!, requestId: newId() }] };
    expect(code(await vend(twice))).toBe('basket-meter-twice');
    expect(code(await vend({ ...request, tender: { kind: 'cash', receivedMinor: 16_990 } }))).toBe(
      'cash-too-little',
    );
    expect(ledger.prepare('SELECT count(*) AS n FROM sale').get()).toEqual({ n: 0 });
    expect(asked).toEqual([]);
  });

  it('goes on after a refusal: that sale is void and its part of the money goes back', async () => {
    module = behaving((nth) => (nth === 2 ? 'refuses' : 'well'));
    const sales = await vend(basket(parts(card(12_000, 'S1'), cash(5_000))));
    expect(steps(sales)).toEqual(['recorded', 'void', 'recorded']);
    expect(money()).toEqual({ card: 10_000, 'cash-drawer': 2_000 });
  });

  it('stops at a doubt: what the module was not asked for is void, the doubt is held and settled later', async () => {
    module = behaving((nth) => (nth === 2 ? 'lost' : 'well'));
    const request = basket(parts(card(12_000, 'S1'), cash(5_000)));
    const sales = await vend(request);
    expect(steps(sales)).toEqual(['recorded', 'in-doubt', 'void']);
    expect(asked).toHaveLength(2);
    expect(money()).toEqual({ card: 12_000, 'cash-drawer': 3_000, 'tender-held': -5_000 });
    const [open] = openSales(ledger);
    module = behaving(() => 'well');
    expect(code(await createVending(deps()).recover(open!.saleId, OPERATOR))).toBe('sold');
    expect(steps(await vend(request))).toEqual(['recorded', 'recorded', 'void']);
    expect(verifyBooks(ledger).ok).toBe(true);
  });

  it('asks about each meter by its number: the answer about one is none about the next', async () => {
    const request = (): ReturnType<typeof basket> => basket({ kind: 'cash', receivedMinor: 17_000 });
    expect(steps(await vend(request()))).toEqual(['recorded', 'recorded', 'recorded']);
    const answered = ['warning-duplicate'];
    const again = request();
    const [first, ...rest] = again.items;
    const items = [{ ...first!, acknowledged: answered }, ...rest];
    expect(await vend({ ...again, items })).toMatchObject({
      error: { code: 'warning-duplicate', params: { pan: rest[0]?.pan, meter: '00426046843' } },
    });
    const all = again.items.map((each) => ({ ...each, acknowledged: answered }));
    expect(steps(await vend({ ...again, items: all }))).toEqual(['recorded', 'recorded', 'recorded']);
  });

  it('asks for nothing more behind a doubt, however many sales come after it', async () => {
    module = behaving((nth) => (nth === 1 ? 'lost' : 'well'));
    const sales = await vend(basket({ kind: 'cash', receivedMinor: 17_000 }));
    expect(steps(sales)).toEqual(['in-doubt', 'void', 'void']);
    expect(asked).toHaveLength(1);
    expect(money()).toEqual({ 'cash-drawer': 10_000, 'tender-held': -10_000 });
  });

  it('counts its earlier sales into the ceilings of the later ones', async () => {
    const limited = { ...SETTINGS, limits: { perOperatorDayMinor: amountMinor(16_000) } };
    const vending = createVending({ ...deps(), settings: limited });
    const request = basket({ kind: 'cash', receivedMinor: 17_000 });
    expect(code(await vending.vendBasket(request, OPERATOR))).toBe('limit-per-operator-day');
    expect(ledger.prepare('SELECT count(*) AS n FROM sale').get()).toEqual({ n: 0 });
  });

  it('is done with as a whole when the next customer comes', async () => {
    await vend(basket({ kind: 'cash', receivedMinor: 17_000 }));
    now += 60_000;
    await sell('Grace Phiri', 3_000, { kind: 'cash', receivedMinor: 3_000 });
    const last = ledger.prepare(`SELECT count(*) AS n FROM sale_step WHERE step = 'closed'`).get();
    expect(last).toEqual({ n: 3 });
  });
});
