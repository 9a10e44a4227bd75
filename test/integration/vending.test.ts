import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallFault, StationSettings } from '../../src/contract/index.ts';
import {
  findMeter,
  findTariffVersion,
  loadSampleData,
  putTariffVersion,
  searchDirectory,
  upsertMeter,
} from '../../src/main/directory/index.ts';
import {
  balances,
  findSale,
  lastRecordedSale,
  openSales,
  verifyChain,
  type RecordedSale,
} from '../../src/main/ledger/index.ts';
import { moduleFault, type ModuleFault, type SecureModule } from '../../src/main/secure-module/index.ts';
import {
  openWriter,
  StorageError,
  type DirectoryWriter,
  type LedgerWriter,
} from '../../src/main/store/index.ts';
import {
  createVending,
  priceSale,
  recoverOpenSales,
  type VendingDeps,
  type VendRequest,
} from '../../src/main/vending/index.ts';
import {
  amountMinor,
  makeId,
  ok,
  type AmountMinor,
  type Result,
  type SaleId,
} from '../../src/units/index.ts';
import { unexpected } from './selling-till.ts';
import { moduleLike, openTrainingModule } from './training-module.ts';

const OPERATOR = { operatorId: 'amina', name: 'Amina', role: 'cashier' } as const;
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

beforeAll(async () => {
  software = await openTrainingModule(() => now);
});

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-vending-'));
  openLedger();
  const opened = openWriter('directory', path.join(folder, 'directory.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  directory = opened.value;
  directory.transaction((tx) => loadSampleData(tx));
  module = software;
  now = NOON;
});
afterEach(() => {
  ledger.close();
  directory.close();
  rmSync(folder, { recursive: true });
});

function openLedger(): void {
  const opened = openWriter('ledger', path.join(folder, 'ledger.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  ledger = opened.value;
}

const slips: string[] = [];
function deps(): VendingDeps {
  return {
    ledger,
    directory,
    settings: SETTINGS,
    module: () => ok(module),
    now: () => now,
    random: (bytes) => randomBytes(bytes),
    makeSlip: (sale) => () => void slips.push(sale.saleId),
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

function request(changes: Partial<VendRequest> = {}): VendRequest {
  const pan = changes.pan ?? panOf('Thandi Nkosi');
  const amount = changes.amountMinor ?? amountMinor(10_000);
  const meter = findMeter(directory, pan);
  const priced = meter && priceSale(deps(), meter, amount, now);
  return {
    requestId: makeId<'request'>(now, randomBytes(10)),
    pan,
    amountMinor: amount,
    quotedUnitsTenths: priced?.ok ? priced.value.unitsTenths : (0 as VendRequest['quotedUnitsTenths']),
    tender: { kind: 'cash', receivedMinor: amount },
    ...changes,
  };
}

const sell = (changes: Partial<VendRequest> = {}): Promise<Result<RecordedSale, CallFault>> =>
  createVending(deps()).vend(request(changes), OPERATOR);

function balance(account: string): number {
  return balances(ledger).find((row) => row.account === account)?.balanceMinor ?? 0;
}

function code(result: Result<RecordedSale, CallFault>): string {
  return result.ok ? 'sold' : result.error.code;
}

/** The module with one method put out of order. */
function faulty(
  issueCredit: (real: SecureModule['issueCredit']) => SecureModule['issueCredit'],
): SecureModule {
  return moduleLike(() => software, {
    issueCredit: issueCredit((credit) => software.issueCredit(credit)),
  });
}

const lostReply = faulty((real) => async (credit) => {
  await real(credit);
  return { ok: false, error: moduleFault('module-timeout') };
});

describe('an ordinary sale', () => {
  it('ends with its token, its money and its slip in the books', async () => {
    const sale = await sell({ tender: { kind: 'cash', receivedMinor: amountMinor(20_000) } });
    expect(sale).toMatchObject({
      ok: true,
      value: { step: 'recorded', receivedMinor: 20_000, unitsTenths: 426 },
    });
    const saleId = sale.ok ? sale.value.saleId : '';
    expect(slips).toContain(saleId);
    expect(balance('cash-drawer')).toBe(10_000);
    expect(balance('tender-held')).toBe(0);
    expect(balance('sales-electricity') + balance('tax') + balance('customer-balance')).toBe(-10_000);
    const steps = ledger
      .prepare('SELECT step FROM sale_step WHERE sale_id = ? ORDER BY row_id')
      .all<{ step: string }>(saleId);
    expect(steps.map(({ step }) => step)).toEqual(['intended', 'issued', 'recorded']);
    expect(verifyChain(ledger).ok).toBe(true);
  });

  it('is closed by the next one', async () => {
    const first = await sell();
    await sell({ pan: panOf('0100876543214') });
    expect(first.ok && findSale(ledger, first.value.saleId)?.step).toBe('closed');
  });

  it('spends what the last purchase left on the account', async () => {
    await sell();
    expect(balance('customer-balance')).toBe(-6);
    now += 60_000;
    await sell();
    const second = lastRecordedSale(ledger);
    expect(second?.quote).toContain('"balanceMinor":6');
  });

  it('takes the next free minute for each further token of a meter, ten at most', async () => {
    const minutes: number[] = [];
    const acknowledged = ['warning-duplicate'];
    for (let n = 0; n < 11; n += 1) {
      const sale = await sell({ acknowledged });
      if (sale.ok) minutes.push(sale.value.tokenMinute);
    }
    expect(minutes.map((minute) => minute - minutes[0]!)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(code(await sell({ acknowledged }))).toBe('token-time-full');
  });
});

describe('the same request again', () => {
  it('gives the stored outcome and no second token', async () => {
    const vending = createVending(deps());
    const asked = request();
    const first = await vending.vend(asked, OPERATOR);
    const again = await vending.vend(asked, OPERATOR);
    expect(again.ok && first.ok && again.value.tokens).toEqual(first.ok && first.value.tokens);
    expect(ledger.prepare('SELECT count(*) AS n FROM token').get()).toEqual({ n: 1 });
  });

  it('joins the one that is under way', async () => {
    const vending = createVending(deps());
    const asked = request();
    const [first, second] = await Promise.all([vending.vend(asked, OPERATOR), vending.vend(asked, OPERATOR)]);
    expect(second).toEqual(first);
    expect(ledger.prepare('SELECT count(*) AS n FROM sale').get()).toEqual({ n: 1 });
  });

  it('is kept apart from another request for the same meter while the first is under way', async () => {
    const vending = createVending(deps());
    const outcomes = await Promise.all([
      vending.vend(request(), OPERATOR),
      vending.vend(request(), OPERATOR),
    ]);
    expect(outcomes.map(code).toSorted()).toEqual(['meter-has-open-sale', 'sold']);
  });
});

describe('a lost reply', () => {
  it('leaves the sale in doubt with the money held, and recovery gives it its token at the same time', async () => {
    module = lostReply;
    expect(code(await sell())).toBe('sale-in-doubt');
    const [open] = openSales(ledger);
    expect(open?.step).toBe('in-doubt');
    expect(balance('tender-held')).toBe(-10_000);
    expect(balance('cash-drawer')).toBe(10_000);
    expect(code(await sell())).toBe('meter-has-open-sale');
    module = software;
    now += 3_600_000;
    expect(await recoverOpenSales(deps(), createVending(deps()), unexpected)).toEqual([]);
    const sale = open && findSale(ledger, open.saleId);
    expect(sale?.step).toBe('recorded');
    expect(sale?.tokens[0]?.tokenMinute).toBe(open?.tokenMinute);
    expect(balance('tender-held')).toBe(0);
    expect(verifyChain(ledger).ok).toBe(true);
  });

  it('survives the program: a new one finds the intent and finishes it', async () => {
    module = faulty(() => () => new Promise(() => undefined));
    void sell();
    await expect.poll(() => openSales(ledger).length).toBe(1);
    ledger.close();
    openLedger();
    module = software;
    expect(openSales(ledger)[0]?.step).toBe('intended');
    expect(await recoverOpenSales(deps(), createVending(deps()), unexpected)).toEqual([]);
    expect(lastRecordedSale(ledger)?.tokens).toHaveLength(1);
  });

  const unchecked: readonly ModuleFault['code'][] = ['module-locked', 'module-timeout'];
  it.each(unchecked)('is what a token becomes that nobody could check: %s', async (fault) => {
    module = { ...faulty((real) => real), verify: async () => ({ ok: false, error: moduleFault(fault) }) };
    expect(code(await sell())).toBe('sale-in-doubt');
    expect(openSales(ledger)[0]?.step).toBe('in-doubt');
    expect(ledger.prepare('SELECT count(*) AS n FROM token').get()).toEqual({ n: 0 });
    module = software;
    expect(await recoverOpenSales(deps(), createVending(deps()), unexpected)).toEqual([]);
    expect(lastRecordedSale(ledger)?.tokens).toHaveLength(1);
    expect(balance('cash-drawer')).toBe(10_000);
  });

  it('is not settled by a refusal: the token may exist from the first time', async () => {
    module = lostReply;
    await sell();
    module = faulty(() => async () => ({ ok: false, error: moduleFault('module-key-expired') }));
    const [open] = openSales(ledger);
    const outcome = await createVending(deps()).recover(open?.saleId as SaleId, OPERATOR);
    expect(code(outcome)).toBe('sale-in-doubt');
    expect(openSales(ledger)).toHaveLength(1);
  });
});

describe('a module that refuses', () => {
  it('leaves a void sale, the money given back, and the meter free', async () => {
    module = faulty(() => async () => ({
      ok: false,
      error: moduleFault('module-key-expired', { sgc: '201457', krn: 1 }),
    }));
    expect(code(await sell())).toBe('module-key-expired');
    expect(balance('cash-drawer')).toBe(0);
    expect(balance('tender-held')).toBe(0);
    expect(openSales(ledger)).toEqual([]);
    module = software;
    expect(code(await sell())).toBe('sold');
  });
});

describe('a disk that fails while the slip is made', () => {
  it('is the fault of the call; the sale stays open, and its token comes with the next try', async () => {
    const failing: VendingDeps = {
      ...deps(),
      makeSlip: () => {
        throw new StorageError('SQLITE_IOERR_READ', 'disk I/O error');
      },
    };
    expect(await createVending(failing).vend(request(), OPERATOR)).toMatchObject({
      error: { code: 'storage-failed', params: { reason: 'SQLITE_IOERR_READ' }, retry: 'after-recovery' },
    });
    const [open] = openSales(ledger);
    if (!open) throw new Error('no open sale');
    expect(balance('tender-held')).toBe(-10_000);
    expect(await createVending(deps()).recover(open.saleId, OPERATOR)).toMatchObject({
      ok: true,
      value: { step: 'recorded', tokenMinute: open.tokenMinute },
    });
    expect(balance('tender-held')).toBe(0);
  });
});

describe('a module that must not be used any more', () => {
  it.each(['module-tampered', 'module-application'] as const)('%s locks vending', async (reason) => {
    const { moduleId } = await software.identify().then((identity) => {
      if (!identity.ok) throw new Error(identity.error.code);
      return identity.value;
    });
    module = faulty(() => async () => ({ ok: false, error: moduleFault(reason, { moduleId }) }));
    expect(code(await sell())).toBe(reason === 'module-tampered' ? 'module-tampered' : 'sale-in-doubt');
    module = software;
    expect(code(await sell({ pan: panOf('Sipho') }))).toBe('module-stopped');
  });
});

describe('a token that is not what was sold', () => {
  const wrong: readonly [string, SecureModule][] = [
    [
      'more units',
      faulty((real) => (credit) => real({ ...credit, unitsTenths: (credit.unitsTenths + 1) as never })),
    ],
    ['another resource', faulty((real) => (credit) => real({ ...credit, resource: 'water' }))],
    [
      'another time',
      faulty(
        (real) => (credit) =>
          real({ ...credit, tokenTime: { ...credit.tokenTime, tid: credit.tokenTime.tid + 2 } }),
      ),
    ],
    [
      'another meter',
      faulty(
        (real) => (credit) => real({ ...credit, meter: { ...credit.meter, pan: '600727000000000009' } }),
      ),
    ],
    [
      'the older digits',
      faulty((real) => async (credit) => {
        const issued = await real(credit);
        return issued.ok
          ? ok({
              ...issued.value,
              tokens: issued.value.tokens.map((token) => ({ ...token, digits: '12345678901234567890' })),
            })
          : issued;
      }),
    ],
  ];

  it.each(wrong)('stops the module and shows nobody the token: %s', async (_name, bad) => {
    module = bad;
    expect(code(await sell())).toBe('token-mismatch');
    expect(ledger.prepare('SELECT count(*) AS n FROM token').get()).toEqual({ n: 0 });
    expect(openSales(ledger)).toHaveLength(1);
    module = software;
    expect(code(await sell({ pan: panOf('0100876543214') }))).toBe('module-stopped');
    expect(verifyChain(ledger).ok).toBe(true);
  });
});

describe('a refusal at the till leaves nothing behind', () => {
  const minor = (value: number): AmountMinor => amountMinor(value);
  const cases: readonly [string, () => Partial<VendRequest>][] = [
    ['meter-unknown', () => ({ pan: '600727111111111153' })],
    ['meter-blocked', () => ({ pan: panOf('00793432709') })],
    ['amount-below-minimum', () => ({ amountMinor: minor(10) })],
    ['amount-above-maximum', () => ({ amountMinor: minor(500_010) })],
    ['cash-too-little', () => ({ tender: { kind: 'cash', receivedMinor: minor(9_990) } })],
    ['cash-step', () => ({ tender: { kind: 'cash', receivedMinor: minor(10_001) } })],
    ['quote-changed', () => ({ quotedUnitsTenths: 425 as VendRequest['quotedUnitsTenths'] })],
  ];

  it.each(cases)('%s', async (expected, changes) => {
    expect(code(await sell(changes()))).toBe(expected);
    expect(ledger.prepare('SELECT count(*) AS n FROM record').get()).toEqual({ n: 0 });
  });

  it('clock-behind', async () => {
    await sell();
    now -= 1_000;
    const before = ledger.prepare('SELECT count(*) AS n FROM record').get();
    expect(code(await sell({ pan: panOf('0100876543214') }))).toBe('clock-behind');
    expect(ledger.prepare('SELECT count(*) AS n FROM record').get()).toEqual(before);
  });
});

describe('every sample meter', () => {
  it('is served, or refused with its reason', async () => {
    const pans = directory.prepare('SELECT pan FROM meter ORDER BY meter_row').all<{ pan: string }>();
    const outcomes: string[] = [];
    for (const { pan } of pans) outcomes.push(code(await sell({ pan })));
    expect(outcomes.filter((outcome) => outcome !== 'sold')).toEqual(['meter-blocked']);
    expect(verifyChain(ledger).ok).toBe(true);
  });
});

describe('a sale that is probably a mistake', () => {
  it('is asked about once, and the answer is kept with it', async () => {
    await sell();
    now += 120_000;
    const asked = await sell();
    expect(asked).toMatchObject({ ok: false, error: { code: 'warning-duplicate', params: { minutes: 2 } } });
    expect(code(await sell({ acknowledged: ['warning-duplicate'] }))).toBe('sold');
    const kept = ledger
      .prepare("SELECT detail FROM record WHERE kind = 'sale-intended' ORDER BY record_id DESC LIMIT 1")
      .get<{ detail: string }>();
    expect(JSON.parse(kept?.detail ?? '')).toEqual({
      acknowledged: ['warning-duplicate'],
      moduleId: expect.stringMatching(/^SW-/u) as string,
    });
  });

  it('is the same amount as any purchase of the last minutes, not of the newest alone', async () => {
    expect(code(await sell())).toBe('sold');
    now += 60_000;
    expect(code(await sell({ amountMinor: amountMinor(5_000) }))).toBe('sold');
    now += 60_000;
    expect(await sell()).toMatchObject({ error: { code: 'warning-duplicate', params: { minutes: 2 } } });
  });

  it('is an amount far above what the meter usually buys', async () => {
    for (const amount of [5_000, 6_000, 7_000]) {
      await sell({ amountMinor: amountMinor(amount) });
      now += 60_000;
    }
    expect(code(await sell({ amountMinor: amountMinor(34_990) }))).toBe('sold');
    now += 60_000;
    expect(code(await sell({ amountMinor: amountMinor(350_000) }))).toBe('warning-unusual-amount');
  });

  it('is a meter that this phone never bought for, when it bought for another', async () => {
    const thandi = findMeter(directory, panOf('Thandi Nkosi'));
    if (!thandi) throw new Error('the sample customers are there');
    const add = (meterNumber: string, resource: 'electricity' | 'water'): string => {
      directory.transaction((tx) => {
        const { customer, ...meter } = thandi;
        const tariffId = resource === 'water' ? 'water-flat' : thandi.tariffId;
        const added = { ...meter, meterNumber, resource, tariffId, customerId: customer.customerId };
        if (!upsertMeter(tx, added).ok) throw new Error(meterNumber);
      });
      return panOf(meterNumber);
    };
    const [second, water] = [add('00000002352', 'electricity'), add('00000002360', 'water')];
    expect(code(await sell({ pan: second }))).toBe('sold');
    const asked = await sell();
    expect(asked).toMatchObject({
      ok: false,
      error: { code: 'warning-new-meter', params: { usual: '00000002352', meter: thandi.meterNumber } },
    });
    // What the same phone buys of another resource is no mistake.
    expect(code(await sell({ pan: water }))).toBe('sold');
    expect(code(await sell({ acknowledged: ['warning-new-meter'] }))).toBe('sold');
    now += 20 * 60_000;
    expect(code(await sell())).toBe('sold');
  });

  it('is not asked about after a quarter of an hour', async () => {
    await sell();
    now += 15 * 60_000;
    expect(code(await sell())).toBe('sold');
  });
});

describe('the station’s own ceilings', () => {
  const limited = (limits: StationSettings['limits']): VendingDeps => ({
    ...deps(),
    settings: { ...SETTINGS, limits },
  });
  const sellUnder = async (
    limits: StationSettings['limits'],
    changes: Partial<VendRequest> = {},
  ): Promise<string> => code(await createVending(limited(limits)).vend(request(changes), OPERATOR));

  it('hold per sale, per meter and per operator in a business day', async () => {
    expect(await sellUnder({ perSaleMinor: 9_990 })).toBe('limit-per-sale');
    expect(await sellUnder({ perMeterDayMinor: 15_000 })).toBe('sold');
    now += 20 * 60_000;
    expect(await sellUnder({ perMeterDayMinor: 15_000 })).toBe('limit-per-meter-day');
    expect(await sellUnder({ perOperatorDayMinor: 15_000 }, { pan: panOf('0100876543214') })).toBe(
      'limit-per-operator-day',
    );
    now += 23 * 3_600_000;
    expect(await sellUnder({ perMeterDayMinor: 15_000 })).toBe('sold');
  });

  it('do not count sales that came to nothing', async () => {
    module = faulty(() => async () => ({ ok: false, error: moduleFault('module-key-expired') }));
    await sell();
    module = software;
    expect(await sellUnder({ perMeterDayMinor: 10_000 })).toBe('sold');
  });
});

describe('a sale in doubt before a supervisor', () => {
  const JOSEPH = { operatorId: 'joseph', name: 'Joseph', role: 'supervisor' } as const;

  it('is closed as unissued: the money goes back, the meter is free, a new sale takes a later time', async () => {
    module = lostReply;
    await sell();
    const [open] = openSales(ledger);
    if (!open) throw new Error('no open sale');
    const vending = createVending(deps());
    expect(vending.closeUnissued(open.saleId, JOSEPH, 'module was replaced')).toMatchObject({
      ok: true,
      value: { step: 'unissued' },
    });
    expect(vending.closeUnissued(open.saleId, JOSEPH, 'again')).toMatchObject({ ok: true });
    expect(balance('cash-drawer')).toBe(0);
    expect(balance('tender-held')).toBe(0);
    module = software;
    const next = await sell();
    expect(next.ok && next.value.tokenMinute).toBe(open.tokenMinute + 1);
    expect(verifyChain(ledger).ok).toBe(true);
  });

  it('is not closed when it is settled', async () => {
    const sale = await sell();
    const outcome = createVending(deps()).closeUnissued(
      sale.ok ? sale.value.saleId : ('' as SaleId),
      JOSEPH,
      'mistake',
    );
    expect(code(outcome)).toBe('sale-not-in-doubt');
  });
});

describe('what the customer pays is not what was asked for', () => {
  /** Puts a second version of the flat price in force, with something changed. */
  function reprice(change: (document: { stages: unknown[] } & Record<string, unknown>) => void): void {
    const flat = findTariffVersion(directory, 'home-flat', 1);
    if (!flat) throw new Error('the sample has a flat price');
    const document = structuredClone(flat.document) as { stages: unknown[] } & Record<string, unknown>;
    Object.assign(document, { version: 2 });
    change(document);
    const version = {
      tariffId: 'home-flat',
      version: 2,
      effectiveFromUnixMs: flat.effectiveFromUnixMs + 1,
      document,
    };
    directory.transaction((tx) => expect(putTariffVersion(tx, version).ok).toBe(true));
  }

  it('where cash is rounded to coins: 2.39 is sold for 2.30', async () => {
    const asked = {
      amountMinor: amountMinor(239),
      tender: { kind: 'cash', receivedMinor: amountMinor(230) },
    } as const;
    expect(code(await sell({ ...asked }))).toBe('quote-changed');
    const sale = await sell({ ...asked, quotedDueMinor: amountMinor(230) });
    expect(sale).toMatchObject({ ok: true, value: { amountMinor: 230, receivedMinor: 230 } });
    expect(balance('cash-drawer')).toBe(230);
    expect(balances(ledger).reduce((sum, row) => sum + row.balanceMinor, 0)).toBe(0);
  });

  it('where a charge comes on top of the amount', async () => {
    reprice((document) =>
      document.stages.unshift({
        id: 'fee',
        kind: 'fixed',
        label: 'Counter fee',
        role: 'fee',
        amount: '3.50',
        every: 'purchase',
        onTop: true,
      }),
    );
    const due = {
      quotedDueMinor: amountMinor(10_350),
      tender: { kind: 'cash', receivedMinor: amountMinor(10_400) },
    } as const;
    const sale = await sell({ amountMinor: amountMinor(10_000), ...due });
    if (!sale.ok) throw new Error(JSON.stringify(sale.error));
    expect(sale).toMatchObject({ ok: true, value: { amountMinor: 10_350, unitsTenths: 426 } });
    expect(balance('fees')).toBe(-350);
  });

  it('where a price list gives back what is left of the money: it is refused, before money is taken', async () => {
    reprice((document) => {
      document['units'] = { ...(document['units'] as object), remainder: 'change' };
    });
    expect(await sell()).toMatchObject({ error: { code: 'tariff-refused', params: { reason: 'change' } } });
    expect(openSales(ledger)).toEqual([]);
    expect(balance('cash-drawer')).toBe(0);
  });

  it('never is nothing for units: a price that rounds away is refused', async () => {
    reprice((document) => Object.assign(document, { lineRounding: { mode: 'half-up', to: '1000' } }));
    expect(code(await sell())).toBe('tariff-refused');
    expect(openSales(ledger)).toEqual([]);
  });
});

describe('a request id', () => {
  it('never answers with another sale', async () => {
    const vending = createVending(deps());
    const asked = request();
    await vending.vend(asked, OPERATOR);
    for (const other of [
      { pan: panOf('0100876543214') },
      { amountMinor: amountMinor(5_000) },
      { tender: { kind: 'cash', receivedMinor: amountMinor(20_000) } as const },
    ]) {
      expect(code(await vending.vend({ ...asked, ...other }, OPERATOR))).toBe('request-differs');
    }
    expect(ledger.prepare('SELECT count(*) AS n FROM sale').get()).toEqual({ n: 1 });
  });

  it('of a basket that is being sold waits for all of its sales, in whatever order its fields come', async () => {
    let [reached, release] = [(): void => undefined, (): void => undefined];
    const asked = new Promise<void>((resolve) => (reached = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    const slow = moduleLike(() => module, {
      issueCredit: async (each) => {
        reached();
        await released;
        return module.issueCredit(each);
      },
    });
    const vending = createVending({ ...deps(), module: () => ok(slow) });
    const requestId = makeId<'request'>(now, randomBytes(10));
    const other = { ...request(), pan: panOf('0100876543214') };
    const items = [request(), other];
    const tender = { kind: 'cash', receivedMinor: amountMinor(20_000) } as const;
    const first = vending.vendBasket({ requestId, items, tender }, OPERATOR);
    await asked;
    const second = vending.vendBasket({ tender, items, requestId }, OPERATOR);
    release();
    const sold = await first;
    expect(sold.ok && sold.value.map(({ step }) => step)).toEqual(['recorded', 'recorded']);
    expect(await second).toEqual(sold);
  });

  it('under which two different things are asked at once serves the first', async () => {
    const vending = createVending(deps());
    const asked = request();
    const other = { ...asked, pan: panOf('0100876543214') };
    const basket = {
      requestId: makeId<'request'>(now, randomBytes(10)),
      items: [asked],
      tender: asked.tender,
    };
    const outcomes = await Promise.all([
      vending.vend(asked, OPERATOR),
      vending.vend(other, OPERATOR),
      vending.vendBasket(basket, OPERATOR),
      // The same question, with an answer to a warning beside it: it waits for the sale that is made.
      vending.vend({ ...asked, acknowledged: [] }, OPERATOR),
    ]);
    const said = outcomes.map((outcome) => (outcome.ok ? 'sold' : outcome.error.code));
    expect(said).toEqual(['sold', 'request-differs', 'request-differs', 'sold']);
    expect(ledger.prepare('SELECT count(*) AS n FROM sale').get()).toEqual({ n: 1 });
    expect(balance('cash-drawer')).toBe(10_000);
  });
});
