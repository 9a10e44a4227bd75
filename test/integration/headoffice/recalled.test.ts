import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaperSlip, SaleView, SignedInOperator } from '../../../src/contract/index.ts';
import { openTill, type Till } from '../../../src/fleet/till.ts';
import { AUDIT_FILES } from '../../../src/headoffice/audit-queries.ts';
import { publish, report } from '../../../src/headoffice/index.ts';
import { balances, findSaleByReceipt, makeBackup, restoreBackup } from '../../../src/main/ledger/index.ts';
import { listOperators } from '../../../src/main/operators/index.ts';
import { civilInZone, civilToText, unixMs } from '../../../src/units/index.ts';
import { enrol, enrolledTill, MORNING, openOffice, withRole, type Clock, type Office } from './office.ts';

/**
 * A station's disk dies with two sales that head office has. One comes back from its slip, the other from head office, and
 * head office counts neither of them twice.
 */

const THANDI = '600727001234567821';
const ZONE = 'Africa/Johannesburg';
const MINUTE = 60_000;

let office: Office;
let till: Till;
let neighbour: Till;
const clock: Clock = { now: MORNING };

beforeAll(async () => {
  office = await openOffice();
  till = await enrolledTill(office, 'R1', clock);
  neighbour = await enrolledTill(office, 'R2', clock);
}, 180_000);
afterAll(async () => {
  await till.station.close();
  await neighbour.station.close();
  await office.close();
});

async function sell(minor: number): Promise<SaleView> {
  clock.now += 3 * MINUTE;
  const sale = await till.sell(THANDI, minor);
  if (!sale.ok) throw new Error(sale.error.code);
  return sale.value;
}

async function send(): Promise<unknown> {
  const visited = await till.station.exchange.visitNow();
  const outcomes = await office.import();
  expect(outcomes.map(({ verdict }) => verdict)).not.toContain('fork');
  // The answers to what was just sent.
  await till.station.exchange.visitNow();
  return visited.ok ? visited.value.packages : visited.error;
}

const slipOf = (sale: SaleView): PaperSlip => ({
  receiptNumber: sale.receiptNumber,
  at: civilToText(civilInZone(unixMs(sale.soldAtUnixMs), ZONE)),
  meterNumber: sale.meterNumber,
  amount: (sale.amountMinor / 100).toFixed(2),
  units: (sale.unitsTenths / 10).toFixed(1),
  tender: [{ account: 'cash-drawer', amount: (sale.receivedMinor / 100).toFixed(2) }],
  tokens: sale.tokens.map(({ digits }) => digits),
});

async function restoreTill(backup: string): Promise<void> {
  const folder = path.join(office.folder, 'R1');
  await till.station.close();
  clock.now += 10 * MINUTE;
  const restored = restoreBackup({ backup, data: folder, nowUnixMs: clock.now });
  if (!restored.ok) throw new Error(JSON.stringify(restored.error));
  if (!existsSync(path.join(folder, 'keys.json')))
    copyFileSync(path.join(restored.value.movedAside ?? '', 'keys.json'), path.join(folder, 'keys.json'));
  till = await openTill({
    folder,
    stationId: 'R1',
    exchange: { transport: { kind: 'folder', folder: office.exchange } },
    now: () => clock.now,
    random: (bytes) => randomBytes(bytes),
  });
  await enrol(office, till, folder, 'R1', clock);
}

const audit = async (name: string): Promise<readonly unknown[]> => {
  const file = AUDIT_FILES.find((each) => each.name === name);
  const options = { bankingDays: 3, salesADay: 4, quietDays: 30 };
  return office.database.use((session) =>
    session.query(file?.sql ?? '', file?.values(options as Parameters<typeof file.values>[0]) ?? []),
  );
};

describe('sales that a restored station lost and got back', () => {
  it('stand once in head office’s figures, whichever way they came', async () => {
    await sell(5_000);
    const made = makeBackup({
      data: path.join(office.folder, 'R1'),
      to: path.join(office.folder, 'backups'),
      nowUnixMs: clock.now,
      program: 'test',
    });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const [onPaper, onFile] = [await sell(4_200), await sell(3_100)];
    // The same meter buys at another station too.
    clock.now += 3 * MINUTE;
    expect(await neighbour.sell(THANDI, 2_000)).toMatchObject({ ok: true });
    expect(await neighbour.station.exchange.visitNow()).toMatchObject({ ok: true });
    await send();
    await restoreTill(made.value.backup);

    const [person] = listOperators(till.station.ledger);
    const supervisor: SignedInOperator = { ...person!, role: 'supervisor' };
    expect(await till.station.recallSlips([slipOf(onPaper)], supervisor)).toEqual({
      ok: true,
      value: [{ receiptNumber: onPaper.receiptNumber, outcome: 'recalled' }],
    });
    await send();
    const sent = await withRole(office, (database) =>
      publish(database, office.options.office, office.exchange, {
        station: 'R1',
        lines: [],
        full: false,
        tokenTimes: false,
        lost: true,
        effectiveFromUnixMs: clock.now,
        nowUnixMs: clock.now,
      }),
    );
    if (!sent.ok) throw new Error(sent.error.code);
    expect(await send()).toMatchObject([{ state: 'applied', left: 0 }]);
    await send();

    const { ledger } = till.station;
    expect(findSaleByReceipt(ledger, onPaper.receiptNumber)?.order.kind).toBe('from-paper');
    expect(findSaleByReceipt(ledger, onFile.receiptNumber)?.saleId).toBe(onFile.saleId);
    const sales = await report(office.database, 'sales');
    expect(sales.map((row) => [row['station'], row['sales'], row['amount_minor']])).toEqual([
      ['R1', 3, 12_300],
      ['R2', 1, 2_000],
    ]);
    const held = (await report(office.database, 'balances'))
      .filter((row) => row['station'] === 'R1' && row['net_minor'] !== 0)
      .map((row) => [row['account'], row['net_minor']]);
    const own = balances(ledger)
      .filter((row) => row.balanceMinor !== 0)
      .map((row) => [row.account, row.balanceMinor] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    expect(held).toEqual(own);
    for (const name of [
      'repeated-references',
      'equal-token-times',
      'tokens-without-money',
      'money-without-tokens',
    ])
      expect(await audit(name), name).toEqual([]);
    expect(await audit('purchase-patterns')).toMatchObject(
      ['many-a-day', 'several-stations'].map((pattern) => ({
        pattern,
        meter_pan: THANDI,
        sales: 4,
        stations: 'R1 R2',
        amount_minor: 14_300,
      })),
    );
  }, 180_000);
});
