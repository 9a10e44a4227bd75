import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amountMinor, type SaleId, unitsTenths } from '../../units/index.ts';
import { MIGRATIONS, openWriter, type LedgerTx, type LedgerWriter } from '../store/index.ts';
import {
  allowanceLeft,
  appendRecord,
  CLOCK_ACCEPTED,
  grantAllowance,
  type AllowanceGrant,
  projectOpenSale,
  PURCHASE,
  saleChildren,
  verifyBooks,
} from './index.ts';
import type { SaleStep } from './index.ts';

const AT_UNIX_MS = Date.UTC(2026, 0, 5);
const GRANTED = { valueMinor: 1_000_000, tokens: 1_000, minutes: null, perSaleMinor: null };
const METER_PAN = '600727000000000009';
const BASE = { atUnixMs: AT_UNIX_MS, businessDate: '2026-01-05', operatorId: 'amina' };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-allowance-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function open(file: string, versions = MIGRATIONS.ledger.length): LedgerWriter {
  const migrations = MIGRATIONS.ledger.slice(0, versions);
  const opened = openWriter('ledger', path.join(folder, file), { migrations });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

const saleIdOf = (n: number): SaleId => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as SaleId;

function sell(tx: LedgerTx, n: number, amount: number): void {
  const [saleId, minor] = [saleIdOf(n), amountMinor(amount)];
  appendRecord(tx, {
    ...BASE,
    kind: 'sale-intended',
    subjectId: saleId,
    detail: {},
    children: [
      ...saleChildren({
        saleId,
        requestId: `request-${n}`,
        messageId: `message-${n}`,
        receiptNumber: `T1-${n}`,
        atUnixMs: AT_UNIX_MS,
        operatorId: 'amina',
        meterPan: METER_PAN,
        meter: '{}',
        customerDigest: new Uint8Array(32),
        resource: 'electricity',
        currency: 'ZAR',
        amountMinor: minor,
        tenderAccount: 'cash-drawer',
        receivedMinor: minor,
        unitsTenths: unitsTenths(10),
        tokenMinute: 28_333_333 + n,
        quote: '{}',
        order: PURCHASE,
        tender: [],
        basket: null,
      }),
      { table: 'sale_step', values: { sale_id: saleId, step: 'intended', reason: null } },
    ],
  });
  projectOpenSale(tx, { saleId, meterPan: METER_PAN });
}

function step(tx: LedgerTx, n: number, name: SaleStep): void {
  const saleId = saleIdOf(n);
  const children = [{ table: 'sale_step', values: { sale_id: saleId, step: name, reason: null } } as const];
  appendRecord(tx, { ...BASE, kind: `sale-${name}`, subjectId: saleId, detail: {}, children });
  projectOpenSale(tx, { saleId, meterPan: METER_PAN });
}

function grant(tx: LedgerTx, number: number, granted: AllowanceGrant = GRANTED): void {
  const keep = "INSERT INTO head_office_package VALUES (?, ?, x'7b7d', x'00')";
  tx.prepare(keep).run(number, AT_UNIX_MS);
  grantAllowance(tx, number, granted, AT_UNIX_MS);
}

/** What happens at a station, on plain lists: sold since the newest grant, less what came to nothing. */
class Model {
  readonly sales: { amount: number; grants: number; end: SaleStep | null }[] = [];
  grants = 0;

  left(): { valueMinor: number; tokens: number } | undefined {
    if (this.grants === 0) return undefined;
    const counted = this.sales.filter(
      ({ grants, end }) => grants === this.grants && end !== 'void' && end !== 'unissued',
    );
    const value = counted.reduce((sum, { amount }) => sum + amount, 0);
    return {
      valueMinor: Math.max(0, GRANTED.valueMinor - value),
      tokens: Math.max(0, GRANTED.tokens - counted.length),
    };
  }
}

const deed = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('sell' as const), amount: fc.integer({ min: 1, max: 90_000 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      which: fc.nat(40),
      end: fc.constantFrom('void' as const, 'unissued' as const, 'in-doubt' as const, 'recorded' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('grant' as const) }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never;

function act(tx: LedgerTx, model: Model, done: Deed): void {
  if (done.kind === 'grant') {
    model.grants += 1;
    grant(tx, model.grants);
  } else if (done.kind === 'sell') {
    model.sales.push({ amount: done.amount, grants: model.grants, end: null });
    sell(tx, model.sales.length, done.amount);
  } else {
    const unsettled = model.sales.filter(({ end }) => end === null);
    const sale = unsettled[done.which % Math.max(1, unsettled.length)];
    if (!sale) return;
    sale.end = done.end;
    step(tx, model.sales.indexOf(sale) + 1, done.end);
  }
}

describe('the selling allowance', () => {
  it('is what was granted less what was sold since, whatever became of the sales', () => {
    let run = 0;
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const ledger = open(`run-${(run += 1)}.db`);
        const model = new Model();
        try {
          ledger.transaction((tx) => {
            for (const done of deeds) {
              act(tx, model, done);
              const left = model.left();
              if (left) expect(allowanceLeft(ledger, AT_UNIX_MS)).toMatchObject(left);
              else expect(allowanceLeft(ledger, AT_UNIX_MS)).toBeUndefined();
            }
          });
          expect(verifyBooks(ledger)).toMatchObject({ ok: true });
        } finally {
          ledger.close();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is a gauge of its nearest bound, which reads 0 only where nothing is left', () => {
    const ledger = open('gauge.db');
    const percentAt = (minutes: number): number | undefined =>
      allowanceLeft(ledger, AT_UNIX_MS + minutes * 60_000)?.percent;
    const granted = { valueMinor: 100_000, tokens: null, minutes: 600, perSaleMinor: null };
    ledger.transaction((tx) => grant(tx, 1, granted));
    expect(percentAt(0)).toBe(100);
    expect(percentAt(150)).toBe(75);
    ledger.transaction((tx) => sell(tx, 1, 90_000));
    expect(percentAt(150)).toBe(10);
    ledger.transaction((tx) => sell(tx, 2, 9_990));
    expect(percentAt(150)).toBe(1);
    ledger.transaction((tx) => sell(tx, 3, 10));
    expect(percentAt(150)).toBe(0);
    ledger.close();
  });

  it('is not used up by a clock that jumped, until that is accepted', () => {
    const ledger = open('jumped.db');
    const monthLater = AT_UNIX_MS + 30 * 86_400_000;
    ledger.transaction((tx) => {
      appendRecord(tx, { ...BASE, kind: 'test', subjectId: null, detail: {} });
      grant(tx, 1, { valueMinor: null, tokens: null, minutes: 600, perSaleMinor: null });
    });
    expect(allowanceLeft(ledger, monthLater)?.minutes).toBe(600);
    const accepted = { ...BASE, atUnixMs: monthLater, kind: CLOCK_ACCEPTED, subjectId: null, detail: {} };
    ledger.transaction((tx) => appendRecord(tx, accepted));
    expect(allowanceLeft(ledger, monthLater)?.minutes).toBe(0);
    ledger.close();
  });

  it('is taken over from a ledger that kept no total', () => {
    const old = open('old.db', 10);
    old.transaction((tx) => {
      sell(tx, 1, 7_000);
      grant(tx, 1);
      sell(tx, 2, 300);
      grant(tx, 2);
      for (const [at, amount] of [5_000, 1_100, 40_000, 900].entries()) sell(tx, 3 + at, amount);
      step(tx, 1, 'unissued');
      step(tx, 4, 'void');
    });
    old.close();
    const ledger = open('old.db');
    // 5,000 + 40,000 + 900 by three sales: what was given back is from before, or no sale.
    expect(allowanceLeft(ledger, AT_UNIX_MS)).toMatchObject({
      valueMinor: 954_100,
      tokens: 997,
      percent: 96,
    });
    ledger.transaction((tx) => step(tx, 5, 'unissued'));
    expect(allowanceLeft(ledger, AT_UNIX_MS)).toMatchObject({ valueMinor: 994_100, tokens: 998 });
    ledger.close();
  });

  it('is found to be wrong by a verification where its total was changed', () => {
    const ledger = open('changed.db');
    ledger.transaction((tx) => {
      grant(tx, 1);
      sell(tx, 1, 5_000);
      tx.prepare('UPDATE allowance_used SET amount_minor = amount_minor - 1').run();
    });
    expect(verifyBooks(ledger)).toMatchObject({
      ok: false,
      error: { row: 'allowance_used 1', reason: 'row changed' },
    });
    ledger.close();
  });
});
