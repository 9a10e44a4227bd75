import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallFault, TenderRequest } from '../../src/contract/index.ts';
import { findMeter, putMeterAccount, putTariffVersion, upsertMeter } from '../../src/main/directory/index.ts';
import { SAMPLE_TARIFFS } from '../../src/main/directory/sample-data.ts';
import {
  balances,
  findSale,
  firstProjectionFault,
  journalLines,
  lastRecordedSale,
  openSales,
  readLostRecords,
  recallSale,
  verifyChain,
  type RecordedSale,
} from '../../src/main/ledger/index.ts';
import {
  moduleFault,
  nodeStsCrypto,
  TRAINING_KEYS,
  type SecureModule,
} from '../../src/main/secure-module/index.ts';
import {
  createVending,
  freeUnitsOf,
  limitsOf,
  nothingToBuy,
  meterPricing,
  priceSale,
  recoverOpenSales,
  OWN_AUTHORITY,
  type Authority,
  type MeterPricing,
  type Order,
} from '../../src/main/vending/index.ts';
import {
  createVirtualMeter,
  keyIn,
  tamper,
  type VirtualMeter,
} from '../../src/simulators/virtual-meter/index.ts';
import { deriveDecoderKey, KEY_TYPE, parseMeterNumber, type KeyType } from '../../src/sts/index.ts';
import {
  amountMinor,
  err,
  makeId,
  ok,
  unitsTenths,
  type Result,
  type SaleId,
} from '../../src/units/index.ts';
import {
  CASHIER,
  codeOf,
  openSellingTill,
  SUPERVISOR,
  type SellingTill,
  unexpected,
} from './selling-till.ts';
import { moduleLike, openTrainingModule } from './training-module.ts';

const NOON = Date.UTC(2026, 10, 23, 12, 0);
const DAY_MS = 86_400_000;
const THANDI = 'Thandi Nkosi';
const ALLOWED: Authority = { authoriserId: 'zodwa', secondId: 'themba', reason: 'meter test' };

let till: SellingTill;
let software: SecureModule;

beforeAll(async () => {
  software = await openTrainingModule(() => till.now);
});
beforeEach(() => {
  till = openSellingTill(NOON, software);
});
afterEach(() => till.remove());

function order(
  what: Order,
  options: { who?: string; authority?: Authority; requestId?: string; acknowledged?: string[] } = {},
) {
  const {
    who = THANDI,
    authority = ALLOWED,
    requestId = makeId<'request'>(till.now, randomBytes(10)),
    acknowledged,
  } = options;
  const request = { requestId, pan: till.panOf(who), order: what, authority, acknowledged };
  return till.vending().order(request, SUPERVISOR);
}

function good(result: Result<RecordedSale, CallFault>): RecordedSale {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** The meter on the wall, which may hold another key than the directory says. */
function meterOnWall(
  who = THANDI,
  has: { krn?: number; sgc?: string; ti?: number; ea?: 7 | 11; keyType?: KeyType } = {},
): VirtualMeter {
  const record = findMeter(till.directory, till.panOf(who));
  const number = record && parseMeterNumber(record.pan);
  if (!record || !number?.ok) throw new Error('no meter');
  const held = { ...record, ...has };
  const { sgc, krn, ti, dkga, ea, keyType } = held;
  const vending = TRAINING_KEYS.find((key) => key.sgc === sgc && key.krn === krn && key.dkga === dkga);
  if (!vending) throw new Error('no key');
  const { baseDate, ken } = vending;
  const inputs = { dkga, ea, meter: number.value, sgc, keyType, tariffIndex: ti, keyRevision: krn, baseDate };
  const key = deriveDecoderKey(nodeStsCrypto, vending.key, inputs);
  if (!key.ok) throw new Error(key.error.code);
  const setup = {
    meter: number.value,
    decoderKey: key.value,
    sgc,
    keyType,
    keyRevision: krn,
    tariffIndex: ti,
  };
  return createVirtualMeter({ ...setup, keyExpiry: ken, madeAtTid: 0 }, 'K1');
}

/** Keys tokens in one after the other; gives the meter and what it said to each. */
function keyAll(
  meter: VirtualMeter,
  tokens: readonly string[],
): { meter: VirtualMeter; said: readonly string[] } {
  let at = meter;
  const said = tokens.map((digits) => {
    const { meter: after, reply } = keyIn(at, digits, till.now);
    at = after;
    return reply.result === 'refused' ? reply.error.code : reply.result;
  });
  return { meter: at, said };
}

const digitsOf = (sale: RecordedSale): readonly string[] => sale.tokens.map(({ digits }) => digits);

/** `tied` to a purchase: it takes the cheap units of a month, 50 at 1.00 before all others at 2.00. */
function giveFreeUnits(homeStation = true, tied = false, limits: object = {}, version = 2): void {
  const flat = SAMPLE_TARIFFS[0]!;
  const lifeline = {
    id: 'lifeline',
    label: 'Free basic electricity',
    units: '50',
    every: { months: 1 },
    homeStationOnly: true,
    withPurchaseOnly: tied,
    ...(tied ? { countsIn: 'month' } : {}),
  };
  const blocks = [{ upTo: '50', rate: '1.00' }, { rate: '2.00' }];
  const energy = { id: 'energy', kind: 'per-unit', label: 'Energy', role: 'energy', window: 'month', blocks };
  const priced = tied ? { windows: { month: { every: { months: 1 } } }, stages: [energy] } : {};
  const document = { ...(flat.document as object), version, entitlements: [lifeline], limits, ...priced };
  const pan = till.panOf(THANDI);
  till.directory.transaction((tx) => {
    putTariffVersion(tx, {
      ...flat,
      version,
      effectiveFromUnixMs: flat.effectiveFromUnixMs + version - 1,
      document,
    });
    putMeterAccount(tx, pan, {
      category: null,
      quantities: {},
      soldElsewhere: false,
      homeStation,
      statement: null,
    });
  });
}

describe('free units', () => {
  const FREE: Order = {
    kind: 'free',
    entitlement: 'lifeline',
    withSale: null,
    quotedUnitsTenths: unitsTenths(500),
  };

  it('are a token of their own that the meter takes, without money', async () => {
    giveFreeUnits();
    const sale = good(await order(FREE, { authority: OWN_AUTHORITY }));
    expect(sale).toMatchObject({ amountMinor: 0, receivedMinor: 0, unitsTenths: 500, step: 'recorded' });
    expect(sale.order).toMatchObject({ kind: 'free', authoriserId: null, reason: null });
    const { meter, said } = keyAll(meterOnWall(), digitsOf(sale));
    expect(said).toEqual(['Accept']);
    expect(meter.measuring.unitsTenths.electricity).toBe(500);
    expect(balances(till.ledger)).toEqual([]);
    expect(verifyChain(till.ledger).ok).toBe(true);
  });

  it('are refused a second time in the period, with the day on which the next are due', async () => {
    giveFreeUnits();
    good(await order(FREE));
    till.now += DAY_MS;
    const again = await order(FREE);
    expect(again).toMatchObject({
      ok: false,
      error: { code: 'free-units-taken', params: { name: 'Free basic electricity', next: '2026-12-01' } },
    });
    // A purchase in between does not give them back.
    good(await till.sell(THANDI));
    expect(codeOf(await order(FREE))).toBe('free-units-taken');
    till.now = Date.UTC(2026, 11, 1, 8, 0);
    expect(codeOf(await order(FREE))).toBe('ok');
  });

  it('are given only at the home station, and only as many as were shown', async () => {
    giveFreeUnits(false);
    expect(codeOf(await order(FREE))).toBe('free-units-not-home-station');
    giveFreeUnits(true);
    expect(codeOf(await order({ ...FREE, quotedUnitsTenths: unitsTenths(400) }))).toBe('quote-changed');
    expect(codeOf(await order({ ...FREE, entitlement: 'gift' }))).toBe('free-units-unknown');
    expect(openSales(till.ledger)).toEqual([]);
  });
});

describe('free units that come with a purchase', () => {
  const of = (withSale: SaleId | null): Order => ({
    kind: 'free',
    entitlement: 'lifeline',
    withSale,
    quotedUnitsTenths: unitsTenths(500),
  });
  const priced = (): MeterPricing => {
    const pricing = meterPricing(till.deps(), findMeter(till.directory, till.panOf(THANDI))!, till.now);
    if (!pricing.ok) throw new Error(pricing.error.code);
    return pricing.value;
  };
  const listed = () => freeUnitsOf(till.ledger, till.panOf(THANDI), priced());
  const due = () => listed().map(({ unitsTenths: units }) => units);

  it('are a token after it, once, and have the cheap units of the month', async () => {
    giveFreeUnits(true, true);
    expect(codeOf(await order(of(null)))).toBe('free-units-needs-purchase');
    expect(due()).toEqual([0]);
    // 100.00 at 2.00: the fifty units at 1.00 are the free ones.
    const bought = good(await till.sell(THANDI));
    expect(bought.unitsTenths).toBe(500);
    expect(due()).toEqual([500]);
    const requestId = makeId<'request'>(till.now, randomBytes(10));
    const free = good(await order(of(bought.saleId), { requestId, authority: OWN_AUTHORITY }));
    const again = good(await order(of(bought.saleId), { requestId, authority: OWN_AUTHORITY }));
    expect(again.saleId).toBe(free.saleId);
    const { meter, said } = keyAll(meterOnWall(), [...digitsOf(bought), ...digitsOf(free)]);
    expect(said).toEqual(['Accept', 'Accept']);
    expect(meter.measuring.unitsTenths.electricity).toBe(1000);
    expect(codeOf(await order(of(bought.saleId)))).toBe('free-units-taken');
    // Counted once: another 100.00 buys fifty units again, at 2.00, and brings none.
    till.now += DAY_MS;
    expect(good(await till.sell(THANDI)).unitsTenths).toBe(500);
    expect(due()).toEqual([0]);
    expect(verifyChain(till.ledger).ok).toBe(true);
  });

  it('wait through other sales, and a new month brings new ones with its first purchase', async () => {
    giveFreeUnits(true, true);
    till.now = Date.UTC(2026, 10, 29, 12, 0);
    const november = good(await till.sell(THANDI));
    till.now += DAY_MS;
    good(await till.sell(THANDI));
    till.now += DAY_MS;
    const december = good(await till.sell(THANDI));
    expect(due()).toEqual([500, 500]);
    expect(listed().map(({ withSale }) => withSale)).toEqual([november.saleId, december.saleId]);
    // Each is a token for its own purchase, in any order and once.
    good(await order(of(december.saleId)));
    expect(listed().map(({ withSale }) => withSale)).toEqual([november.saleId]);
    expect(codeOf(await order(of(december.saleId)))).toBe('free-units-taken');
    good(await order(of(november.saleId)));
    expect(codeOf(await order(of(november.saleId)))).toBe('free-units-taken');
  });

  it('are other units under another purchase: a request id serves one of them', async () => {
    giveFreeUnits(true, true);
    till.now = Date.UTC(2026, 10, 30, 12, 0);
    const november = good(await till.sell(THANDI));
    till.now += DAY_MS;
    const december = good(await till.sell(THANDI));
    const requestId = makeId<'request'>(till.now, randomBytes(10));
    const free = good(await order(of(november.saleId), { requestId }));
    for (const other of [december.saleId, null])
      expect(await order(of(other), { requestId })).toMatchObject({
        error: { code: 'request-differs', params: { receiptNumber: free.receiptNumber } },
      });
    expect(listed().map(({ withSale }) => withSale)).toEqual([december.saleId]);
    expect(good(await order(of(november.saleId), { requestId })).saleId).toBe(free.saleId);
  });

  it('are not given twice as units that are due by themselves since', async () => {
    giveFreeUnits(true, true);
    till.now = Date.UTC(2026, 10, 30, 12, 0);
    const bought = good(await till.sell(THANDI));
    good(await order(of(bought.saleId)));
    // From the next month on the price list gives them without a purchase.
    till.now += DAY_MS;
    giveFreeUnits(true, false, {}, 3);
    expect(listed()).toMatchObject([{ withSale: null, unitsTenths: 500, refusal: null }]);
    expect(await order(of(bought.saleId))).toMatchObject({
      error: { code: 'free-units-taken', params: { name: 'Free basic electricity' } },
    });
    expect(good(await order(of(null))).unitsTenths).toBe(500);
  });

  it('wait however many sales are made before they are asked for', async () => {
    giveFreeUnits(true, true);
    const bought = good(await till.sell(THANDI));
    for (let sale = 0; sale < 60; sale += 1) {
      till.now += 60_000;
      good(await till.sell(THANDI));
    }
    expect(due()).toEqual([500]);
    expect(good(await order(of(bought.saleId))).unitsTenths).toBe(500);
    expect(due()).toEqual([0]);
  });

  it('lower the largest amount that is shown to what the sale then takes', async () => {
    giveFreeUnits(true, true, { windowMaximum: { window: 'month', units: '80' } });
    const limits = limitsOf(till.deps(), priced());
    if (!limits.ok) throw new Error(limits.error.code);
    // Of the month's 80.0 units 50.0 are free, and with them goes the cheap block: 30.0 at 2.00, in steps of 0.10.
    expect(limits.value.maximum.amountMinor).toBe(6010);
    const meter = findMeter(till.directory, till.panOf(THANDI))!;
    expect(priceSale(till.deps(), meter, amountMinor(6020), till.now)).toMatchObject({
      error: { code: 'amount-above-maximum' },
    });
    expect(priceSale(till.deps(), meter, amountMinor(6010), till.now)).toMatchObject({
      value: { unitsTenths: 300 },
    });
  });

  it.each([
    // The month's 50.0 are all free: 0.1 would cost 0.20, and in steps of 0.10 less than that is 0.10.
    ['50', 20, 10, true],
    ['30', 20, 10, true],
    // One tenth is left: 0.20 and what buys no second.
    ['50.1', 20, 30, false],
  ] as const)('of a window of %s leave %s at least, %s at most', (window, minimum, maximum, isRefused) => {
    giveFreeUnits(true, true, { windowMaximum: { window: 'month', units: window } });
    const limits = limitsOf(till.deps(), priced());
    if (!limits.ok) throw new Error(limits.error.code);
    expect([limits.value.minimum.amountMinor, limits.value.maximum.amountMinor]).toEqual([minimum, maximum]);
    expect(nothingToBuy(limits.value)).toEqual(
      isRefused
        ? {
            code: 'nothing-to-buy',
            params: { amount: '', balance: 'none', reason: 'limit.window-units' },
            retry: 'no',
          }
        : undefined,
    );
  });

  it('wait on after a statement of head office that knows of none', async () => {
    giveFreeUnits(true, true);
    const bought = good(await till.sell(THANDI));
    till.now += DAY_MS;
    const statement = { asOfUnixMs: till.now - 1, figures: {} };
    const account = { category: null, quantities: {}, soldElsewhere: false, homeStation: true, statement };
    till.directory.transaction((tx) => putMeterAccount(tx, till.panOf(THANDI), account));
    expect(due()).toEqual([500]);
    const free = good(await order(of(bought.saleId)));
    expect(free.unitsTenths).toBe(500);
    expect(keyAll(meterOnWall(), [bought, free].flatMap(digitsOf)).said).toEqual(['Accept', 'Accept']);
    expect(due()).toEqual([0]);
  });

  it('are not there where the purchase came to nothing', async () => {
    giveFreeUnits(true, true);
    till.module = moduleLike(() => software, {
      issueCredit: async () => err(moduleFault('module-request', { reason: 'test' })),
    });
    expect(codeOf(await till.sell(THANDI))).toBe('module-request');
    till.module = software;
    expect(codeOf(await order(of(null)))).toBe('free-units-needs-purchase');
  });
});

describe('engineering tokens', () => {
  const cases: readonly [string, Order, (meter: VirtualMeter) => unknown, unknown][] = [
    [
      'a free issue',
      { kind: 'free-issue', unitsTenths: unitsTenths(256) },
      (m) => m.measuring.unitsTenths.electricity,
      256,
    ],
    [
      'a power limit',
      { kind: 'management', action: { kind: 'power-limit', watts: 4600 } },
      (m) => m.measuring.powerLimitWatts,
      4600,
    ],
    [
      'a limit that its coding rounds up',
      { kind: 'management', action: { kind: 'power-limit', watts: 20_001 } },
      (m) => m.measuring.powerLimitWatts,
      // t = 10 m + 16384: the first at or above 20001 is m = 362.
      20_004,
    ],
    [
      'a phase unbalance limit',
      { kind: 'management', action: { kind: 'phase-unbalance-limit', watts: 900 } },
      (m) => m.measuring.phaseUnbalanceWatts,
      900,
    ],
    [
      'a tariff rate',
      { kind: 'management', action: { kind: 'tariff-rate', rate: 77 } },
      (m) => m.measuring.tariffRate,
      77,
    ],
    [
      'a water meter factor',
      { kind: 'management', action: { kind: 'water-meter-factor', factor: 9 } },
      (m) => m.measuring.waterMeterFactor,
      9,
    ],
  ];

  it.each(cases)('%s is taken by the meter', async (_name, what, read, expected) => {
    const sale = good(await order(what));
    expect(sale.order).toMatchObject({ authoriserId: 'zodwa', secondId: 'themba', reason: 'meter test' });
    expect(sale.amountMinor).toBe(0);
    const { meter, said } = keyAll(meterOnWall(), digitsOf(sale));
    expect(said).toEqual(['Accept']);
    expect(read(meter)).toBe(expected);
  });

  it('clear a tampered meter, which takes no credit before', async () => {
    const credit = good(await till.sell(THANDI));
    const clear = good(await order({ kind: 'management', action: { kind: 'clear-tamper' } }));
    const wall = tamper(meterOnWall());
    expect(keyAll(wall, digitsOf(credit)).said).toEqual(['not-ready']);
    const { said } = keyAll(wall, [...digitsOf(clear), ...digitsOf(credit)]);
    expect(said).toEqual(['Accept', 'Accept']);
  });

  it('clear the credit of a register', async () => {
    const credit = good(await till.sell(THANDI));
    const clear = good(await order({ kind: 'management', action: { kind: 'clear-credit', register: 0 } }));
    const { meter, said } = keyAll(meterOnWall(), [...digitsOf(credit), ...digitsOf(clear)]);
    expect(said).toEqual(['Accept', 'Accept']);
    expect(meter.measuring.unitsTenths.electricity).toBe(0);
  });

  it('never share a token time with another token of the meter', async () => {
    const first = good(await till.sell(THANDI));
    const second = good(await order({ kind: 'management', action: { kind: 'clear-tamper' } }));
    const third = good(await order({ kind: 'free-issue', unitsTenths: unitsTenths(10) }));
    expect([second.tokenMinute, third.tokenMinute]).toEqual([first.tokenMinute + 1, first.tokenMinute + 2]);
  });

  it('are refused with values that no token can carry, and by a module that has none', async () => {
    const wrong = await order({ kind: 'management', action: { kind: 'power-limit', watts: 18_201_625 } });
    expect(codeOf(wrong)).toBe('management-value');
    const none = { ...software.capabilities, management: false, keyChange: false };
    till.module = moduleLike(() => software, { capabilities: none });
    expect(codeOf(await order({ kind: 'management', action: { kind: 'clear-tamper' } }))).toBe(
      'module-not-supported',
    );
    const to = { sgc: '201457', krn: 2, ti: 1 };
    expect(codeOf(await order({ kind: 'key-change', to, withSupplyGroup: false }))).toBe(
      'module-not-supported',
    );
  });

  it('answer the same request with the same token, and another order under its id with a refusal', async () => {
    const requestId = makeId<'request'>(till.now, randomBytes(10));
    const clear: Order = { kind: 'management', action: { kind: 'clear-tamper' } };
    const vending = till.vending();
    const asked = { requestId, pan: till.panOf(THANDI), order: clear, authority: ALLOWED };
    const [one, two] = await Promise.all([
      vending.order(asked, SUPERVISOR),
      vending.order(asked, SUPERVISOR),
    ]);
    expect(good(await order(clear, { requestId })).tokens).toEqual(good(one).tokens);
    expect(good(one).tokens).toEqual(good(two).tokens);
    expect(codeOf(await order({ kind: 'free-issue', unitsTenths: unitsTenths(1) }, { requestId }))).toBe(
      'request-differs',
    );
  });
});

describe('a key change', () => {
  it('gives two tokens, after which the meter takes credit of the new revision only', async () => {
    const before = good(await till.sell(THANDI));
    const change = good(
      await order({ kind: 'key-change', to: { sgc: '201457', krn: 2, ti: 1 }, withSupplyGroup: false }),
    );
    expect(change.tokens.map(({ tokenClass, subclass }) => [tokenClass, subclass])).toEqual([
      [2, 3],
      [2, 4],
    ]);
    const after = good(await till.sell(THANDI));
    expect(JSON.parse(after.meter)).toMatchObject({ keys: { krn: 2 } });
    // In the wrong order: the new credit does not open with the old key.
    const early = keyAll(meterOnWall(), digitsOf(after));
    expect(early.said).toEqual(['CRCError']);
    const { said } = keyAll(early.meter, [...digitsOf(before), ...digitsOf(change), ...digitsOf(after)]);
    expect(said).toEqual(['Accept', '1stKCT', 'Accept', 'Accept']);
  });

  it('of a meter whose base date is over is made, and credit comes under the new one', async () => {
    const { settings } = till;
    till.settings = {
      ...settings,
      supplyGroups: { ...settings.supplyGroups, '123457': { offsetMinutes: 120 } },
    };
    till.directory.transaction((tx) =>
      tx.prepare("UPDATE meter SET sgc = '123457', krn = 1 WHERE pan = ?").run(till.panOf(THANDI)),
    );
    const wall = meterOnWall();
    // No credit of 2026 counts from 1993: 24 bits of minutes end in 2024.
    expect(codeOf(await till.sell(THANDI))).toBe('token-time-range');
    const to: Order = { kind: 'key-change', to: { sgc: '123457', krn: 4, ti: 1 }, withSupplyGroup: false };
    const change = good(await order(to));
    const sold = good(await till.sell(THANDI));
    expect(keyAll(wall, [...digitsOf(change), ...digitsOf(sold)]).said).toEqual([
      '1stKCT',
      'Accept',
      'Accept',
    ]);
  });

  it('to another supply group tells the meter its group with a third token', async () => {
    till.settings = {
      ...till.settings,
      supplyGroups: { ...till.settings.supplyGroups, '201461': { offsetMinutes: 120 } },
    };
    const change = good(
      await order({ kind: 'key-change', to: { sgc: '201461', krn: 8, ti: 3 }, withSupplyGroup: false }),
    );
    expect(change.tokens.map(({ subclass }) => subclass)).toEqual([3, 4, 8]);
    const { meter, said } = keyAll(meterOnWall(), digitsOf(change));
    expect(said.at(-1)).toBe('Accept');
    expect(meter.measuring).toMatchObject({ sgc: '201461', keyRevision: 8, tariffIndex: 3 });
  });

  it('of an EA11 meter takes four tokens', async () => {
    const who = 'Nomvula Khumalo';
    const to = { sgc: '201457', krn: 2, ti: 1 };
    const change = good(await order({ kind: 'key-change', to, withSupplyGroup: false }, { who }));
    expect(change.tokens.map(({ subclass }) => subclass)).toEqual([3, 4, 8, 9]);
    expect(keyAll(meterOnWall(who), digitsOf(change)).said.at(-1)).toBe('Accept');
  });

  it('after another one holds too while the directory still says what it said before both', async () => {
    const to = (ti: number): Order => ({
      kind: 'key-change',
      to: { sgc: '201457', krn: 2, ti },
      withSupplyGroup: false,
    });
    const first = good(await order(to(1)));
    const second = good(await order(to(3)));
    const credit = good(await till.sell(THANDI));
    expect(JSON.parse(credit.meter)).toMatchObject({ keys: { krn: 2, ti: 3 }, listed: { krn: 1, ti: 1 } });
    const { meter, said } = keyAll(meterOnWall(), [first, second, credit].flatMap(digitsOf));
    expect(said).toEqual(['1stKCT', 'Accept', '1stKCT', 'Accept', 'Accept']);
    expect(meter.measuring).toMatchObject({ keyRevision: 2, tariffIndex: 3 });
    expect(firstProjectionFault(till.ledger)).toBeUndefined();
  });

  it('comes back with its sale where a copy of the ledger lacks both', async () => {
    good(await order({ kind: 'key-change', to: { sgc: '201457', krn: 2, ti: 1 }, withSupplyGroup: false }));
    const lost = readLostRecords(journalLines(till.ledger), { recordId: 0, hash: '0'.repeat(64) });
    if (!lost.ok) throw new Error(lost.error.code);
    const copy = openSellingTill(till.now, software);
    try {
      const moment = { nowUnixMs: copy.now, businessDate: '2026-11-23', operatorId: null };
      copy.ledger.transaction((tx) => {
        for (const record of lost.value)
          expect(recallSale(tx, moment, record)).toEqual({ outcome: 'recalled', reason: null });
      });
      expect(firstProjectionFault(copy.ledger)).toBeUndefined();
      const credit = good(await copy.sell(THANDI));
      expect(JSON.parse(credit.meter)).toMatchObject({ keys: { krn: 2 }, listed: { krn: 1 } });
      expect(verifyChain(copy.ledger).ok).toBe(true);
    } finally {
      copy.remove();
    }
  });

  it('with the supply group told is another request than without', async () => {
    const to: Order = { kind: 'key-change', to: { sgc: '201457', krn: 2, ti: 1 }, withSupplyGroup: false };
    const requestId = makeId<'request'>(till.now, randomBytes(10));
    const first = good(await order(to, { requestId }));
    expect(good(await order(to, { requestId })).saleId).toBe(first.saleId);
    expect(codeOf(await order({ ...to, withSupplyGroup: true }, { requestId }))).toBe('request-differs');
  });

  it('to what the meter has, or to a key that is not there, is refused', async () => {
    const to = (krn: number): Order => ({
      kind: 'key-change',
      to: { sgc: '201457', krn, ti: 1 },
      withSupplyGroup: false,
    });
    expect(codeOf(await order(to(1)))).toBe('key-change-same');
    expect(codeOf(await order(to(9)))).toBe('module-no-key');
  });
});

describe('a key change to a key of another type', () => {
  const [ordinary] = TRAINING_KEYS;
  const place = { sgc: '201457', krn: 1, ti: 1 };
  const move = (keyType: 1 | 2 | 3): Order => ({
    kind: 'key-change',
    to: { ...place, keyType },
    withSupplyGroup: false,
  });
  /** The directory's word for the meter's key. */
  const listedAs = (keyType: 1 | 2 | 3, more: { ti?: number } = {}, who = THANDI): void => {
    const { customer, ...meter } = findMeter(till.directory, till.panOf(who))!;
    till.directory.transaction((tx) =>
      upsertMeter(tx, { ...meter, customerId: customer.customerId, keyType, ...more }),
    );
  };

  beforeEach(async () => {
    const shared = TRAINING_KEYS.find(({ sgc, krn }) => sgc === '123456' && krn === 3);
    till.module = await openTrainingModule(
      () => till.now,
      [
        { ...ordinary!, keyType: KEY_TYPE.default },
        { ...shared!, keyType: KEY_TYPE.common },
      ],
    );
  });

  it('gives a new meter a key of its own, and credit only then', async () => {
    listedAs(KEY_TYPE.default);
    expect(codeOf(await till.sell(THANDI))).toBe('module-key-type');
    expect(till.balance('tender-held')).toBe(0);
    const change = good(await order(move(KEY_TYPE.unique)));
    const credit = good(await till.sell(THANDI));
    expect(JSON.parse(credit.meter)).toMatchObject({ keys: { keyType: KEY_TYPE.unique } });
    const { meter, said } = keyAll(meterOnWall(THANDI, { keyType: KEY_TYPE.default }), [
      ...digitsOf(change),
      ...digitsOf(credit),
    ]);
    expect(said).toEqual(['1stKCT', 'Accept', 'Accept']);
    expect(meter.measuring.keyType).toBe(KEY_TYPE.unique);
    expect(codeOf(await order(move(KEY_TYPE.unique)))).toBe('key-change-same');
    expect(verifyChain(till.ledger).ok).toBe(true);
    expect(firstProjectionFault(till.ledger)).toBeUndefined();
  });

  it('ends with newer words of the directory', async () => {
    listedAs(KEY_TYPE.default);
    good(await order(move(KEY_TYPE.unique)));
    listedAs(KEY_TYPE.default, { ti: 7 });
    expect(codeOf(await till.sell(THANDI))).toBe('module-key-type');
  });

  it('gives a meter of a group’s common key one of its own', async () => {
    const who = 'Sipho Mahlangu';
    listedAs(KEY_TYPE.common, {}, who);
    const wall = meterOnWall(who, { keyType: KEY_TYPE.common });
    const before = good(await till.sell(who));
    const to = { sgc: '123456', krn: 3, ti: 1, keyType: KEY_TYPE.unique };
    const change = good(await order({ kind: 'key-change', to, withSupplyGroup: false }, { who }));
    const after = good(await till.sell(who));
    const { said } = keyAll(wall, [...digitsOf(before), ...digitsOf(change), ...digitsOf(after)]);
    expect(said).toEqual(['Accept', '1stKCT', 'Accept', 'Accept']);
  });

  // From a key of the meter's own to one that many meters share: the standard has no such move.
  it('is refused where the standard knows no such move, and where the module has no such key', async () => {
    expect(codeOf(await order(move(KEY_TYPE.common)))).toBe('module-key-change');
    till.module = software;
    expect(codeOf(await order(move(KEY_TYPE.default)))).toBe('module-no-key');
    till.module = moduleLike(() => software, { level: 'managed' });
    expect(codeOf(await order(move(KEY_TYPE.default)))).toBe('module-not-supported');
  });

  it('stops the module when its tokens lead to another type', async () => {
    listedAs(KEY_TYPE.default);
    const real = till.module;
    const stays = { keyType: KEY_TYPE.default };
    till.module = moduleLike(() => real, {
      issueKeyChange: (request) => real.issueKeyChange({ ...request, to: { ...request.to, ...stays } }),
    });
    expect(await order(move(KEY_TYPE.unique))).toMatchObject({
      error: { code: 'token-mismatch', params: { field: 'key type' } },
    });
    expect(codeOf(await till.sell('Sipho Mahlangu'))).toBe('module-stopped');
  });

  it('asked for twice is one, and with another type is another request', async () => {
    listedAs(KEY_TYPE.default);
    const requestId = makeId<'request'>(till.now, randomBytes(10));
    const first = good(await order(move(KEY_TYPE.unique), { requestId }));
    expect(good(await order(move(KEY_TYPE.unique), { requestId })).saleId).toBe(first.saleId);
    expect(codeOf(await order(move(KEY_TYPE.common), { requestId }))).toBe('request-differs');
  });
});

describe('a purchase for a meter whose group has gone on to another revision', () => {
  const moveOn = (): void => {
    const group = { offsetMinutes: 120, keyRevision: 2 };
    till.settings = { ...till.settings, supplyGroups: { ...till.settings.supplyGroups, '201457': group } };
  };

  it('has the key change first and the credit under the new key, in one sale, once', async () => {
    moveOn();
    const sale = good(await till.sell(THANDI));
    expect(sale.tokens.map(({ tokenClass, subclass }) => [tokenClass, subclass])).toEqual([
      [2, 3],
      [2, 4],
      [0, 0],
    ]);
    const [first = '', second = '', credit = ''] = digitsOf(sale);
    const { meter, said } = keyAll(meterOnWall(), [credit, first, second, credit]);
    expect(said).toEqual(['CRCError', '1stKCT', 'Accept', 'Accept']);
    expect(meter.measuring).toMatchObject({ keyRevision: 2 });
    expect(meter.measuring.unitsTenths.electricity).toBe(sale.unitsTenths);
    const next = good(await till.sell(THANDI));
    expect(next.tokens).toHaveLength(1);
    expect(keyAll(meter, digitsOf(next)).said).toEqual(['Accept']);
    expect(verifyChain(till.ledger).ok).toBe(true);
  });

  it('is finished after a lost answer with the very same key change', async () => {
    moveOn();
    till.module = moduleLike(() => software, { issueCredit: async () => err(moduleFault('module-timeout')) });
    expect(codeOf(await till.sell(THANDI))).toBe('sale-in-doubt');
    till.module = software;
    expect(await recoverOpenSales(till.deps(), createVending(till.deps()), unexpected)).toEqual([]);
    const sale = lastRecordedSale(till.ledger);
    expect(keyAll(meterOnWall(), digitsOf(sale!)).said).toEqual(['1stKCT', 'Accept', 'Accept']);
  });

  it.each([
    // A module that names no key: the sale's own, which is the new one.
    [{}, { sgc: '201457', krn: 2, ti: 1 }],
    // The meter's present one, and one that only the module knows of.
    [
      { sgc: '201457', krn: 1 },
      { sgc: '201457', krn: 1, ti: 1 },
    ],
    [
      { sgc: '123456', krn: 4 },
      { sgc: '123456', krn: 4, ti: 'none' },
    ],
  ])('says which key is not listed any more: told of %o', async (told, key) => {
    moveOn();
    const lacking = async () => err(moduleFault('module-no-key', told));
    till.module = moduleLike(() => software, { issueCredit: async () => err(moduleFault('module-timeout')) });
    const sold = await till.sell(THANDI);
    const [open] = openSales(till.ledger);
    const { receiptNumber, saleId } = open!;
    // Nothing is known but that no answer came.
    expect(!sold.ok && sold.error.params).toEqual({ receiptNumber });
    till.module = moduleLike(() => software, { issueCredit: lacking, issueKeyChange: lacking });
    expect(await till.vending().recover(saleId, CASHIER)).toMatchObject({
      error: { code: 'sale-in-doubt', params: { receiptNumber, ...key } },
    });
    till.module = software;
    expect(good(await till.vending().recover(saleId, CASHIER)).tokens).toHaveLength(3);
  });

  it('says to which key a module changes the meter that lists none of that name', async () => {
    const keyChange = { sgc: '201457', krn: 7, ti: 3, ken: 255, keyType: null, rollOver: false };
    till.module = moduleLike(() => software, {
      issueCredit: async (request) => {
        const credit = await software.issueCredit(request);
        const { messageId, meter } = request;
        const to = { sgc: '201457', krn: 2, ti: 1, keyType: meter.keyType, baseDate: meter.baseDate };
        const change = await software.issueKeyChange({ messageId, meter, to, withSupplyGroup: false });
        if (!credit.ok || !change.ok) throw new Error('the real module makes both');
        const [first, ...rest] = change.value.tokens;
        return ok({ ...credit.value, tokens: [{ ...first!, keyChange }, ...rest, ...credit.value.tokens] });
      },
    });
    expect(await till.sell(THANDI)).toMatchObject({
      error: { code: 'sale-in-doubt', params: { sgc: '201457', krn: 7, ti: 3 } },
    });
  });

  it('is served as it is where the module has no key of the new revision', async () => {
    moveOn();
    till.settings.supplyGroups['201457']!.keyRevision = 9;
    const sale = good(await till.sell(THANDI));
    expect(keyAll(meterOnWall(), digitsOf(sale)).said).toEqual(['Accept']);
  });
});

describe('a replacement', () => {
  const replace = (saleId: SaleId, more: Partial<Extract<Order, { kind: 'replacement' }>> = {}): Order => ({
    kind: 'replacement',
    originalSaleId: saleId,
    corrected: {},
    newTimeProof: null,
    ...more,
  });

  it('is the sale’s own time and amount under the key that the meter really has', async () => {
    const wall = meterOnWall(THANDI, { krn: 2 });
    const sold = good(await till.sell(THANDI));
    const tried = keyAll(wall, digitsOf(sold));
    expect(tried.said).toEqual(['CRCError']);
    const cash = till.balance('cash-drawer');
    till.now += 3 * DAY_MS;
    const again = good(await order(replace(sold.saleId, { corrected: { krn: 2 } })));
    expect(again).toMatchObject({
      amountMinor: 0,
      tokenMinute: sold.tokenMinute,
      unitsTenths: sold.unitsTenths,
    });
    expect(again.order).toMatchObject({
      originalSaleId: sold.saleId,
      forHeadOffice: false,
      reason: 'meter test',
    });
    expect(again.tokens[0]).toMatchObject({
      tokenMinute: sold.tokenMinute,
      unitsTenths: sold.tokens[0]?.unitsTenths,
    });
    const { meter, said } = keyAll(tried.meter, digitsOf(again));
    expect(said).toEqual(['Accept']);
    expect(meter.measuring.unitsTenths.electricity).toBe(sold.unitsTenths);
    expect(till.balance('cash-drawer')).toBe(cash);
  });

  it('corrects the encryption that the record has wrong', async () => {
    const wall = meterOnWall(THANDI, { ea: 11 });
    const sold = good(await till.sell(THANDI));
    const again = good(await order(replace(sold.saleId, { corrected: { ea: 11 } })));
    expect(again.tokenMinute).toBe(sold.tokenMinute);
    expect(keyAll(wall, [...digitsOf(sold), ...digitsOf(again)]).said).toEqual(['CRCError', 'Accept']);
    const none = await order(replace(sold.saleId, { corrected: { dkga: 2 } }));
    expect(none).toMatchObject({ error: { code: 'module-no-key' } });
  });

  it('gives no second credit to a meter that took the first token', async () => {
    const sold = good(await till.sell(THANDI));
    const to: Order = { kind: 'key-change', to: { sgc: '201457', krn: 2, ti: 1 }, withSupplyGroup: false };
    const change = good(await order(to));
    const again = good(await order(replace(sold.saleId)));
    const { said } = keyAll(meterOnWall(), [...digitsOf(sold), ...digitsOf(change), ...digitsOf(again)]);
    expect(said).toEqual(['Accept', '1stKCT', 'Accept', 'UsedError']);
  });

  it('with the same key is a reprint, and is refused as that', async () => {
    const sold = good(await till.sell(THANDI));
    expect(codeOf(await order(replace(sold.saleId)))).toBe('replacement-same');
  });

  it('with a new time has proof and reason, and goes to head office', async () => {
    const sold = good(await till.sell(THANDI));
    const again = good(
      await order(replace(sold.saleId, { newTimeProof: 'meter shows Old; balance read on site' })),
    );
    expect(again.tokenMinute).toBeGreaterThan(sold.tokenMinute);
    expect(again.order).toMatchObject({
      forHeadOffice: true,
      reason: 'meter test',
      originalSaleId: sold.saleId,
    });
    expect(keyAll(meterOnWall(), digitsOf(again)).said).toEqual(['Accept']);
  });

  it('never goes to another meter', async () => {
    const sold = good(await till.sell(THANDI));
    const other = await order(replace(sold.saleId, { corrected: { krn: 2 } }), { who: 'Themba Nkosana' });
    expect(other).toMatchObject({
      error: { code: 'replacement-other-meter', params: { receiptNumber: sold.receiptNumber } },
    });
  });

  it('of a replacement is one of the first sale', async () => {
    const sold = good(await till.sell(THANDI));
    const second = good(await order(replace(sold.saleId, { corrected: { krn: 2 } })));
    const third = good(await order(replace(second.saleId, { corrected: { krn: 4 } })));
    expect(third.order.originalSaleId).toBe(sold.saleId);
    expect(third.tokenMinute).toBe(sold.tokenMinute);
  });

  it('asked for twice is one; of another sale, or for another key, it is another request', async () => {
    const sold = good(await till.sell(THANDI));
    till.now += 20 * 60_000;
    const later = good(await till.sell(THANDI, 20_000));
    const requestId = makeId<'request'>(till.now, randomBytes(10));
    const asked = replace(sold.saleId, { corrected: { krn: 2 } });
    const first = good(await order(asked, { requestId }));
    expect(good(await order(asked, { requestId })).saleId).toBe(first.saleId);
    for (const other of [
      replace(later.saleId, { corrected: { krn: 2 } }),
      replace(sold.saleId, { corrected: { krn: 4 } }),
      replace(sold.saleId, { corrected: { krn: 2, ti: 2 } }),
      replace(sold.saleId),
    ])
      expect(codeOf(await order(other, { requestId }))).toBe('request-differs');
  });

  it('changes nothing of what the account bought', async () => {
    const sold = good(await till.sell(THANDI));
    good(await order(replace(sold.saleId, { corrected: { krn: 2 } })));
    const next = good(await till.sell(THANDI, 20_000));
    const pricing = JSON.parse(next.quote) as { state: { balanceMinor: number } };
    const before = JSON.parse(sold.quote) as { quote: { after: { balanceMinor: number } } };
    expect(pricing.state.balanceMinor).toBe(before.quote.after.balanceMinor);
  });

  it('under a key whose base date the token’s time is beyond is refused before anything is written', async () => {
    const { settings } = till;
    const supplyGroups = { ...settings.supplyGroups, '123457': { offsetMinutes: 120 } };
    till.settings = { ...settings, supplyGroups };
    const sold = good(await till.sell(THANDI));
    // 2^24 minutes from 1993 end in November 2024.
    const none = await order(replace(sold.saleId, { corrected: { sgc: '123457', krn: 1 } }));
    expect(none).toMatchObject({ error: { code: 'token-time-range', params: { baseDate: 1993 } } });
    expect(openSales(till.ledger)).toEqual([]);
    expect(codeOf(await till.sell(THANDI, 20_000))).toBe('ok');
  });

  it('of a sale in doubt or without a token is refused', async () => {
    till.module = moduleLike(() => software, { issueCredit: async () => err(moduleFault('module-timeout')) });
    await till.sell(THANDI);
    const [open] = openSales(till.ledger);
    expect(codeOf(await order(replace(open!.saleId, { corrected: { krn: 2 } })))).toBe(
      'replacement-no-token',
    );
  });
});

const cashOf = (receivedMinor: number) => ({ account: 'cash-drawer', receivedMinor }) as const;

describe('a payment on an account', () => {
  const OWES = 25_000;
  beforeEach(() => {
    const pan = till.panOf(THANDI);
    const figures = { debts: { loan: { openingMinor: OWES, balanceMinor: OWES, instalmentMinor: 0 } } };
    const statement = { asOfUnixMs: NOON - DAY_MS, figures };
    const account = { category: null, quantities: {}, soldElsewhere: false, homeStation: true, statement };
    till.directory.transaction((tx) => putMeterAccount(tx, pan, account));
  });
  const pay = (minor: number, debt: string | null = 'loan', received = minor): Order => ({
    kind: 'account-payment',
    amountMinor: amountMinor(minor),
    tender: { kind: 'cash', receivedMinor: received },
    debt,
  });

  it('goes to the debt, needs no module, and is known to the next one', async () => {
    till.module = moduleLike(() => software, { identify: async () => err(moduleFault('module-missing')) });
    const sale = good(await order(pay(10_000, 'loan', 20_000)));
    expect(sale).toMatchObject({ step: 'recorded', tokens: [], amountMinor: 10_000, receivedMinor: 20_000 });
    expect(till.balance('debt-recovered')).toBe(-10_000);
    expect(till.balance('cash-drawer')).toBe(10_000);
    expect(till.balance('tender-held')).toBe(0);
    const above = await order(pay(15_010));
    expect(above).toMatchObject({
      error: { code: 'payment-above-debt', params: { owed: 'ZAR\u00a0150.00' } },
    });
    good(await order(pay(15_000)));
    expect(codeOf(await order(pay(10)))).toBe('debt-unknown');
  });

  it('of what was just paid to the same debt is asked about once, and the answer is kept with it', async () => {
    const first = good(await order(pay(10_000)));
    // Another debt, or another amount, is no second time.
    good(await order(pay(10_000, null)));
    good(await order(pay(5_000)));
    till.now += 5 * 60_000;
    const asked = await order(pay(10_000));
    expect(asked).toMatchObject({
      error: {
        code: 'warning-paid-twice',
        params: { minutes: 5, receiptNumber: first.receiptNumber },
        retry: 'safe',
      },
    });
    good(await order(pay(10_000), { acknowledged: ['warning-paid-twice'] }));
    const kept = till.ledger
      .prepare("SELECT detail FROM record WHERE kind = 'sale-intended' ORDER BY record_id DESC LIMIT 1")
      .get<{ detail: string }>();
    expect(JSON.parse(kept?.detail ?? '')).toMatchObject({ acknowledged: ['warning-paid-twice'] });
    till.now += 15 * 60_000;
    expect(codeOf(await order(pay(10_000, null)))).toBe('ok');
  });

  it('goes to the balance, which the next purchase spends', async () => {
    good(await order(pay(5_000, null)));
    expect(till.balance('customer-balance')).toBe(-5_000);
    const sold = good(await till.sell(THANDI, 10_000));
    const { quote } = JSON.parse(sold.quote) as {
      quote: { lines: readonly { kind: string; amountMinor: number }[] };
    };
    expect(quote.lines.find(({ kind }) => kind === 'balance')).toMatchObject({ amountMinor: -5_000 });
  });

  it('counts behind purchases of the same minute, whose tokens were given ahead of the clock', async () => {
    for (const minor of [10_000, 5_000, 7_000]) good(await till.sell(THANDI, minor));
    good(await order(pay(10_000)));
    good(await till.sell(THANDI, 2_000));
    const above = await order(pay(15_010));
    expect(above).toMatchObject({
      error: { code: 'payment-above-debt', params: { owed: 'ZAR\u00a0150.00' } },
    });
  });

  it('is taken by card, mobile money and in parts, each reference once for ever', async () => {
    const by = (minor: number, parts: Extract<TenderRequest, { kind: 'parts' }>['parts']): Order => ({
      kind: 'account-payment',
      amountMinor: amountMinor(minor),
      tender: { kind: 'parts', parts },
      debt: 'loan',
    });
    const card = { account: 'card', amountMinor: 4_000, reference: 'slip 17' } as const;
    const money = { account: 'mobile-money', amountMinor: 1_005, reference: 'QK7' } as const;
    const sale = good(await order(by(4_000, [card])));
    expect(sale.tender).toMatchObject([{ account: 'card', amountMinor: 4_000, reference: 'SLIP17' }]);
    // Coins that do not exist are no matter where nothing is paid in coins.
    good(await order(by(1_005, [money])));
    good(await order(by(3_000, [{ ...card, amountMinor: 2_000, reference: 'S18' }, cashOf(1_500)])));
    expect([till.balance('card'), till.balance('mobile-money'), till.balance('cash-drawer')]).toEqual([
      6_000, 1_005, 1_000,
    ]);
    expect(till.balance('debt-recovered')).toBe(-8_005);
    expect(till.balance('tender-held')).toBe(0);
    const again = await order(by(4_000, [card]));
    expect(again).toMatchObject({
      error: { code: 'reference-used', params: { receiptNumber: sale.receiptNumber } },
    });
    expect(codeOf(await order(by(4_000, [money])))).toBe('tender-too-little');
    expect(codeOf(await order(by(1_000, [{ ...money, reference: null, amountMinor: 1_000 }])))).toBe(
      'reference-missing',
    );
  });

  it('is refused in coins that do not exist or with too little cash', async () => {
    expect(codeOf(await order(pay(10_005)))).toBe('cash-step');
    expect(codeOf(await order(pay(10_000, 'loan', 5_000)))).toBe('cash-too-little');
    expect(balances(till.ledger)).toEqual([]);
  });
});

describe('an order whose answer is lost', () => {
  const clear: Order = { kind: 'management', action: { kind: 'power-limit', watts: 4_600 } };

  it('is in doubt, and recovery makes the token of the same time', async () => {
    till.module = moduleLike(() => software, {
      issueManagement: async () => err(moduleFault('module-timeout')),
    });
    expect(codeOf(await order(clear))).toBe('sale-in-doubt');
    const [open] = openSales(till.ledger);
    expect(open?.order.kind).toBe('management');
    till.now += 120_000;
    till.module = software;
    expect(await recoverOpenSales(till.deps(), createVending(till.deps()), unexpected)).toEqual([]);
    const settled = findSale(till.ledger, open!.saleId);
    expect(settled).toMatchObject({ step: 'recorded', tokenMinute: open!.tokenMinute });
    expect(settled?.tokens[0]?.tokenMinute).toBe(open!.tokenMinute);
    expect(keyAll(meterOnWall(), digitsOf(settled!)).said).toEqual(['Accept']);
  });

  it('is void without a transfer where the module is certain', async () => {
    till.module = moduleLike(() => software, {
      issueManagement: async () => err(moduleFault('module-request')),
    });
    expect(codeOf(await order(clear))).toBe('module-request');
    expect(openSales(till.ledger)).toEqual([]);
    expect(balances(till.ledger)).toEqual([]);
    expect(verifyChain(till.ledger).ok).toBe(true);
  });

  it('stops the module when the token does something else', async () => {
    till.module = moduleLike(() => software, {
      issueManagement: (request) =>
        software.issueManagement({ ...request, action: { kind: 'power-limit', watts: 9_200 } }),
    });
    const wrong = await order(clear);
    expect(wrong).toMatchObject({ error: { code: 'token-mismatch', params: { field: 'what it sets' } } });
    expect(codeOf(await till.sell('Themba Nkosana'))).toBe('module-stopped');
  });

  it('stops the module when a key change leads elsewhere, or its tokens come out of order', async () => {
    const to: Order = { kind: 'key-change', to: { sgc: '201457', krn: 2, ti: 1 }, withSupplyGroup: false };
    till.module = moduleLike(() => software, {
      issueKeyChange: (request) => software.issueKeyChange({ ...request, to: { ...request.to, krn: 4 } }),
    });
    expect(await order(to)).toMatchObject({
      error: { code: 'token-mismatch', params: { field: 'key revision' } },
    });
    till.remove();
    till = openSellingTill(NOON, software);
    till.module = moduleLike(() => software, {
      issueKeyChange: async (request) => {
        const made = await software.issueKeyChange(request);
        if (!made.ok) return made;
        const [first, second] = made.value.tokens;
        const tokens = [
          { ...second!, keyChange: first!.keyChange },
          { ...first!, keyChange: null },
        ];
        return { ok: true, value: { ...made.value, tokens } };
      },
    });
    expect(await order(to)).toMatchObject({ error: { code: 'token-mismatch', params: { field: 'token' } } });
  });

  it('is closed as unissued by a supervisor without money, and never sold again as a purchase', async () => {
    till.module = moduleLike(() => software, {
      issueManagement: async () => err(moduleFault('module-timeout')),
    });
    await order(clear);
    const [open] = openSales(till.ledger);
    const again = await till
      .vending()
      .sellAgain(open!.saleId, SUPERVISOR, 'again', makeId<'request'>(till.now, randomBytes(10)));
    expect(codeOf(again)).toBe('sell-again-purchases');
    expect(codeOf(till.vending().closeUnissued(open!.saleId, SUPERVISOR, 'not needed'))).toBe('ok');
    expect(balances(till.ledger)).toEqual([]);
  });
});
