import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_FILES, packageName, sealPackage, type PackageLine } from '../../../src/batch/index.ts';
import { addOperator, listOperators } from '../../../src/main/operators/index.ts';
import { appendRecord, balances } from '../../../src/main/ledger/index.ts';
import { deposits, makeDeposit } from '../../../src/main/shifts/index.ts';
import { readSettings } from '../../../src/main/station/index.ts';
import { checkLimits } from '../../../src/main/vending/limits.ts';
import { parseMeterNumber } from '../../../src/sts/index.ts';
import { amountMinor } from '../../../src/units/index.ts';
import { publish, type PublishRequest } from '../../../src/headoffice/index.ts';
import { putPackage } from '../../../src/headoffice/publish.ts';
import type { Till } from '../../../src/fleet/till.ts';
import { errorSentences, translator } from '../../../src/i18n/index.ts';
import { enrolledTill, MORNING, openOffice, withRole, type Clock, type Office } from './office.ts';

const THANDI = '600727001234567821';
const OTHER = panOf('00763972502');
const ZONE = 'Africa/Johannesburg';
const HOUR_MS = 3_600_000;

function panOf(meterNumber: string): string {
  const parsed = parseMeterNumber(meterNumber);
  if (!parsed.ok) throw new Error(parsed.error.code);
  return parsed.value.pan;
}

let office: Office;
let till: Till;
const clock: Clock = { now: MORNING };

beforeAll(async () => {
  office = await openOffice();
  till = await enrolledTill(office, 'P1', clock);
  await till.station.exchange.visitNow();
}, 180_000);

afterAll(async () => {
  await till.station.close();
  await office.close();
});

async function send(lines: readonly PackageLine[], also: Partial<PublishRequest> = {}): Promise<number> {
  const request = {
    station: 'P1',
    lines,
    full: false,
    tokenTimes: false,
    lost: false,
    effectiveFromUnixMs: clock.now,
    nowUnixMs: clock.now,
    ...also,
  };
  const sent = await withRole(office, (database) =>
    publish(database, office.options.office, office.exchange, request),
  );
  if (!sent.ok) throw new Error(sent.error.code);
  return sent.value.number;
}

const allowance = (grant: Partial<Extract<PackageLine, { kind: 'allowance' }>>): PackageLine => ({
  kind: 'allowance',
  valueMinor: null,
  tokens: null,
  minutes: null,
  perSaleMinor: null,
  ...grant,
});

async function news(): Promise<unknown> {
  const visited = await till.station.exchange.visitNow();
  return visited.ok ? visited.value.packages : visited.error;
}

async function sell(minor: number, pan = THANDI): Promise<string> {
  clock.now += 120_000;
  const sale = await till.sell(pan, minor);
  return sale.ok ? 'sold' : sale.error.code;
}

const down = (): string => path.join(office.exchange, 'P1', 'down');

describe('the selling allowance', () => {
  it('ends with its value, and a new package lifts it while the station runs', async () => {
    await send([allowance({ valueMinor: 15_000, perSaleMinor: 12_000 })]);
    expect(await news()).toMatchObject([{ state: 'applied', number: 1 }]);
    expect(await sell(12_010)).toBe('allowance-per-sale');
    expect(await sell(10_000)).toBe('sold');
    expect(await sell(5_010)).toBe('allowance-value');
    expect(await sell(5_000)).toBe('sold');
    expect(await sell(1_000)).toBe('allowance-value');
    const { cashier, customer } = errorSentences(translator('en'), {
      code: 'allowance-value',
      params: { left: 'R 0.00' },
      ref: 'x',
    });
    expect(cashier).toContain('Head office');
    expect(customer).not.toBe('');
    await send([allowance({ valueMinor: 2_000 })]);
    await news();
    expect(await sell(1_000)).toBe('sold');
  });

  it('ends with its count', async () => {
    await send([allowance({ tokens: 2 })]);
    await news();
    expect([await sell(1_000), await sell(1_100), await sell(1_200)]).toEqual([
      'sold',
      'sold',
      'allowance-tokens',
    ]);
  });

  it('ends with its time, and a clock turned back does not lengthen it', async () => {
    await send([allowance({ minutes: 120 })]);
    await news();
    expect(await sell(1_000)).toBe('sold');
    const granted = clock.now;
    clock.now += HOUR_MS;
    expect(await sell(1_000)).toBe('sold');
    clock.now += 2 * HOUR_MS;
    expect(await sell(1_000)).toBe('allowance-time');
    // What the station saw stays seen: back to the last sale, or to the grant, is not before the end.
    till.station.ledger.transaction((tx) =>
      tx.prepare('INSERT OR REPLACE INTO time_seen VALUES (1, ?)').run(clock.now),
    );
    clock.now = granted + HOUR_MS + 240_000;
    expect(await sell(1_000)).toBe('allowance-time');
    expect(() =>
      till.station.ledger.transaction((tx) => tx.prepare('UPDATE time_seen SET unix_ms = 1').run()),
    ).toThrow(/time does not run back/u);
    clock.now = granted + 4 * HOUR_MS;
    await send([allowance({})]);
    await news();
    expect(await sell(1_000)).toBe('sold');
  });
});

describe('what else a package brings', () => {
  it('blocks a meter and lets it go again', async () => {
    await send([{ kind: 'block', pan: THANDI, reason: 'tampered' }]);
    expect(await news()).toMatchObject([{ state: 'applied' }]);
    expect(await sell(1_000)).toBe('meter-blocked');
    await send([{ kind: 'block', pan: THANDI, reason: null }]);
    await news();
    expect(await sell(1_000)).toBe('sold');
  });

  it('tells the newest token time of other stations, which is not used again', async () => {
    const last = till.station.ledger
      .prepare('SELECT max(token_minute) AS minute FROM sale')
      .get<{ minute: number }>();
    const told = (last?.minute ?? 0) + 5;
    await send([{ kind: 'token-time', pan: THANDI, lastMinute: told }]);
    await news();
    clock.now -= 60_000;
    expect(await sell(1_000)).toBe('sold');
    const next = till.station.ledger
      .prepare('SELECT max(token_minute) AS minute FROM sale')
      .get<{ minute: number }>();
    expect(next?.minute).toBe(told + 1);
    clock.now += 10 * 60_000;
  });

  it('waits for its time', async () => {
    await send([{ kind: 'block', pan: THANDI, reason: 'moved' }], {
      effectiveFromUnixMs: clock.now + HOUR_MS,
    });
    expect(await news()).toMatchObject([{ state: 'waiting' }]);
    expect(await sell(1_000)).toBe('sold');
    clock.now += HOUR_MS;
    expect(await news()).toMatchObject([{ state: 'applied' }]);
    expect(await sell(1_000)).toBe('meter-blocked');
    await send([{ kind: 'block', pan: THANDI, reason: null }]);
    await news();
  });

  it('shows messages and changes how often the station calls', async () => {
    await send([
      { kind: 'message', id: 'm1', text: 'Stock count on Friday', untilUnixMs: clock.now + HOUR_MS },
      { kind: 'interval', everyMinutes: 10 },
    ]);
    await news();
    expect(till.station.exchange.everyMinutes()).toBe(10);
    expect(till.station.exchange.status().messages).toEqual(['Stock count on Friday']);
    clock.now += 2 * HOUR_MS;
    expect(till.station.exchange.status().messages).toEqual([]);
  });
});

describe('what head office says of people and amounts', () => {
  const none = { perSaleMinor: null, perMeterDayMinor: null, perOperatorDayMinor: null } as const;

  it('limits a sale, a meter’s day, a person’s day and a person’s shift, and lifts it again', async () => {
    // A day of its own, of which nothing is used up.
    clock.now += 20 * HOUR_MS;
    const limits = (given: object): PackageLine => ({ kind: 'limits', ...none, ...given });
    await send([limits({ perSaleMinor: 5_000 })]);
    expect(await news()).toMatchObject([{ state: 'applied' }]);
    expect([await sell(5_010), await sell(5_000)]).toEqual(['limit-per-sale', 'sold']);
    await send([limits({ perMeterDayMinor: 6_000 })]);
    await news();
    expect([await sell(1_010), await sell(1_000)]).toEqual(['limit-per-meter-day', 'sold']);
    expect(await sell(1_000, OTHER)).toBe('sold');
    await send([limits({ perOperatorDayMinor: 7_500 })]);
    await news();
    expect([await sell(510, OTHER), await sell(500, OTHER)]).toEqual(['limit-per-operator-day', 'sold']);
    const [{ sold } = { sold: 0 }] = till.station.ledger
      .prepare(
        `SELECT sum(amount_minor) AS sold FROM sale WHERE NOT EXISTS (SELECT 1 FROM sale_step
         WHERE sale_step.sale_id = sale.sale_id AND step IN ('void', 'unissued'))`,
      )
      .all<{ sold: number }>();
    // One shift is open since the folder was made.
    await send([limits({ perOperatorShiftMinor: sold + 1_000 })]);
    await news();
    expect([await sell(1_010, OTHER), await sell(1_000, OTHER)]).toEqual([
      'limit-per-operator-shift',
      'sold',
    ]);
    // Lowered below what was sold: no sale, but what moves no money.
    await send([limits({ perMeterDayMinor: 500 })]);
    await news();
    const settings = readSettings(path.join(office.folder, 'P1', 'station.json'));
    if (!settings.ok) throw new Error(settings.error.code);
    const businessDate = new Date(clock.now).toISOString().slice(0, 10);
    const free = { pan: OTHER, operatorId: '', businessDate, amountMinor: amountMinor(0) };
    expect(await sell(100, OTHER)).toBe('limit-per-meter-day');
    expect(checkLimits(till.station.ledger, settings.value, free)).toMatchObject({ ok: true });
    await send([limits({})]);
    await news();
    expect(await sell(1_000, OTHER)).toBe('sold');
  });

  it('gives roles that nobody at the station overrules, also to whoever comes later', async () => {
    const { handlers, ledger } = till.station;
    const person = (name: string, role: 'administrator' | 'supervisor' | 'cashier') =>
      addOperator(
        ledger,
        { name, role, pin: '2580' },
        { nowUnixMs: clock.now, zone: ZONE, operatorId: null },
      );
    const ada = await person('Ada', 'administrator');
    if (!ada.ok) throw new Error(ada.error.code);
    const bola = await person('Bola', 'supervisor');
    if (!bola.ok) throw new Error(bola.error.code);
    const roleOf = (name: string): unknown => listOperators(ledger).find((each) => each.name === name)?.role;
    await send([
      { kind: 'role', operator: ' bola ', role: 'cashier' },
      { kind: 'role', operator: 'Chidi', role: 'auditor' },
    ]);
    expect(await news()).toMatchObject([{ state: 'applied' }]);
    expect(roleOf('Bola')).toBe('cashier');
    const [change] = ledger
      .prepare(
        "SELECT detail FROM record WHERE kind = 'operator-role-changed' ORDER BY record_id DESC LIMIT 1",
      )
      .all<{ detail: string }>();
    expect(JSON.parse(change?.detail ?? '')).toMatchObject({
      from: 'supervisor',
      to: 'cashier',
      package: number(),
    });
    const change2 = { requestId: till.station.newId(), operatorId: bola.value, active: true };
    const session = { operator: { operatorId: ada.value, name: 'Ada', role: 'administrator' } } as const;
    expect(
      await handlers['operators.change']({ ...change2, role: 'supervisor' }, { ...session }),
    ).toMatchObject({ error: { code: 'operator-role-office', params: { role: 'cashier' } } });
    expect(await person('CHIDI', 'administrator' as const)).toMatchObject({
      error: { code: 'operator-role-office', role: 'auditor' },
    });
    // Null gives the choice back; the role stays until somebody chooses.
    await send([{ kind: 'role', operator: 'Bola', role: null }]);
    await news();
    expect(roleOf('Bola')).toBe('cashier');
    expect(
      await handlers['operators.change'](
        { ...change2, requestId: till.station.newId(), role: 'supervisor' },
        { ...session },
      ),
    ).toEqual({ ok: true, value: {} });
    expect(roleOf('Bola')).toBe('supervisor');
  });

  it('never takes the last administrator: refused as a whole, by line', async () => {
    const before = number();
    await send([
      { kind: 'block', pan: THANDI, reason: 'half' },
      { kind: 'role', operator: 'Ada', role: 'cashier' },
    ]);
    expect(await news()).toMatchObject([
      { fault: { code: 'file-row', params: { where: '2: role', reason: 'operator-last-administrator' } } },
    ]);
    expect(number()).toBe(before);
    expect(await sell(1_000)).toBe('sold');
    // With a successor in the same package, whatever the order of its lines.
    await send(
      [
        { kind: 'role', operator: 'Ada', role: 'auditor' },
        { kind: 'role', operator: 'Bola', role: 'administrator' },
      ],
      { full: true },
    );
    expect(await news()).toMatchObject([{ state: 'applied' }]);
    expect(
      listOperators(till.station.ledger)
        .filter(({ name }) => name !== 'Cashier')
        .map(({ name, role }) => `${name} ${role}`),
    ).toEqual(['Ada auditor', 'Bola administrator']);
  });
});

const number = (): number =>
  till.station.ledger.prepare('SELECT max(number) AS n FROM head_office_package').get<{ n: number }>()?.n ??
  0;

describe('a package that can’t be taken', () => {
  const put = (
    at: number,
    lines: readonly PackageLine[],
    station = 'P1',
    signer = office.options.office,
  ): void => {
    const head = { station, number: at, base: null, effectiveFromUnixMs: 0, createdUnixMs: 0 };
    putPackage(office.exchange, 'P1', at, sealPackage(head, lines, signer));
  };

  it('changes nothing, and the path of the fault is named', async () => {
    const before = number();
    const meter = { ...METER, customerId: 'nobody' };
    put(before + 1, [{ kind: 'block', pan: THANDI, reason: 'half' }, meter]);
    const refused = {
      state: 'refused',
      fault: { code: 'file-row', params: { where: '2: meterNumber', reason: 'customer-unknown' } },
    };
    expect(await news()).toMatchObject([refused]);
    expect(number()).toBe(before);
    expect(await sell(1_000)).toBe('sold');
    expect(till.station.exchange.status().problem).toBe('package-refused');
  });

  it('is refused when it was applied before, is older, or is for another station', async () => {
    const before = number();
    put(before, [allowance({})]);
    expect(await news()).toMatchObject([{ fault: { code: 'file-order', params: { where: 'number' } } }]);
    put(1, [allowance({ valueMinor: 9_000_000 })]);
    expect(await news()).toMatchObject([{ fault: { code: 'file-order', params: { where: 'number' } } }]);
    put(before + 1, [allowance({})], 'P2');
    expect(await news()).toMatchObject([{ fault: { code: 'file-manifest', params: { where: 'station' } } }]);
    expect(number()).toBe(before);
  });

  it('is refused when a byte of it changed or somebody else signed it', async () => {
    const before = number();
    put(before + 1, [allowance({})]);
    const file = path.join(
      down(),
      packageName({ station: 'P1', number: before + 1 }) + PACKAGE_FILES.payload,
    );
    const bytes = readFileSync(file);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(await news()).toMatchObject([{ fault: { code: 'file-digest' } }]);
    const other = path.join(office.folder, 'other');
    mkdirSync(other, { recursive: true });
    const { makeOfficeKey, openOfficeKey } = await import('../../../src/headoffice/index.ts');
    makeOfficeKey(other);
    put(before + 1, [allowance({})], 'P1', openOfficeKey(other));
    expect(await news()).toMatchObject([{ fault: { code: 'file-signature' } }]);
    expect(number()).toBe(before);
    expect(readdirSync(down())).toEqual([]);
  });

  it('has no room for a key', () => {
    for (const line of [
      { ...METER, vendingKey: 'ABABABABABABABAB' },
      { kind: 'key', sgc: '201457', key: 'AB' },
    ])
      expect(() => put(99, [line as unknown as PackageLine])).toThrow(/unrecognized|invalid/iu);
  });

  const METER = {
    kind: 'meter',
    meterNumber: '11111111115',
    customerId: 'training-100201',
    resource: 'electricity',
    sgc: '201457',
    krn: 1,
    ti: 1,
    ea: 7,
    dkga: 4,
    keyType: 2,
    baseDate: 2014,
    ken: 255,
    tariffId: 'home-flat',
    blockedReason: null,
  } as const;

  it('tells a station which of its deposits the bank has, once', async () => {
    const { ledger } = till.station;
    const moment = { nowUnixMs: clock.now, zone: 'Africa/Johannesburg', operatorId: null };
    const made = (reference: string, minor: number): void => {
      const deposit = { depositId: reference, reference, account: 'safe', currency: 'ZAR' } as const;
      const done = ledger.transaction((tx) =>
        makeDeposit(tx, moment, { ...deposit, amountMinor: minor, beneficiary: '' }),
      );
      if (!done.ok) throw new Error(done.error.code);
    };
    ledger.transaction((tx) =>
      appendRecord(tx, {
        kind: 'safe-drop',
        atUnixMs: clock.now,
        businessDate: '2026-11-24',
        operatorId: null,
        subjectId: null,
        detail: {},
        transfers: [
          { debit: 'safe', credit: 'cash-drawer', currency: 'ZAR', amountMinor: amountMinor(90_000) },
        ],
      }),
    );
    made('BAG-1', 30_000);
    made('BAG-2', 20_000);
    made('BAG-3', 10_000);
    await till.station.exchange.visitNow();
    await office.import();
    const statement = [
      'date,reference,amount_minor,currency',
      '2026-11-24,BAG-1,30000,ZAR',
      '2026-11-24,BAG-2,19000,ZAR',
      '2026-11-24,BAG-9,10000,ZAR',
    ].join('\n');
    await send([], { statement });
    expect(await news()).toMatchObject([{ state: 'applied' }]);
    const states = (): Record<string, boolean> =>
      Object.fromEntries(
        deposits(ledger, 10).map((deposit) => [deposit.reference, deposit.matchedUnixMs !== null]),
      );
    expect(states()).toEqual({ 'BAG-1': true, 'BAG-2': false, 'BAG-3': false });
    for (const account of ['bank', 'deposited'] as const)
      expect(balances(ledger)).toContainEqual({ account, currency: 'ZAR', balanceMinor: 30_000 });

    // Head office knows by the station's own record that this one is settled, and says it no more.
    await till.station.exchange.visitNow();
    await office.import();
    const before = ledger.prepare("SELECT count(*) AS n FROM record WHERE kind = 'deposit-matched'").get();
    await send([], { statement });
    await news();
    expect(ledger.prepare("SELECT count(*) AS n FROM record WHERE kind = 'deposit-matched'").get()).toEqual(
      before,
    );
    const [{ counts } = { counts: '' }] = ledger
      .prepare("SELECT detail AS counts FROM record WHERE kind = 'package-applied' ORDER BY record_id DESC")
      .all<{ counts: string }>();
    expect(JSON.parse(counts)).toMatchObject({ counts: {} });
  });
});
