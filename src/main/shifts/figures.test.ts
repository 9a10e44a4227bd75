import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { amountMinor, unitsTenths, type SaleId } from '../../units/index.ts';
import { appendRecord, PURCHASE, saleChildren, type SaleFacts } from '../ledger/index.ts';
import { openWriter, type LedgerReader, type LedgerWriter, type SqlValue } from '../store/index.ts';
import { salesFigures } from './cycles.ts';
import { closingFigures, shiftFigures } from './figures.ts';
import { shiftEntry } from './write.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-figures-'));
let ledger: LedgerWriter;

beforeAll(() => {
  const opened = openWriter('ledger', path.join(folder, 'ledger.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  ledger = opened.value;
  const digest = new Uint8Array(32);
  ledger.transaction((tx) => {
    tx.prepare(
      `INSERT INTO record (record_id, epoch, sequence, kind, at_unix_ms, business_date, detail, child_count,
         previous_hash, hash) VALUES (1, 1, 1, 'shift-opened', 1, '2026-11-23', '{}', 2, ?, ?)`,
    ).run(digest, digest);
    tx.prepare("INSERT INTO shift VALUES (1001, 'a-shift', 1, '1', 'amina', 'ZAR', ?)").run(digest);
    tx.prepare("INSERT INTO shift_step VALUES (1002, 'a-shift', 'opened', NULL, ?)").run(digest);
    tx.prepare("INSERT INTO shift_entry VALUES (1003, 'a-shift', ?)").run(digest);
  });
});

afterAll(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

/** How SQLite goes about every query that is made of a ledger. */
function plansOf(work: (reader: LedgerReader) => unknown): readonly string[] {
  const plans: string[] = [];
  const explained = (sql: string, params: readonly SqlValue[]): void => {
    // The newest row by its key is called a scan too, and ends with its first step.
    if (sql.endsWith('DESC LIMIT 1')) return;
    const steps = ledger.prepare(`EXPLAIN QUERY PLAN ${sql}`).all<{ detail: string }>(...params);
    plans.push(...steps.map(({ detail }) => detail));
  };
  const spy = {
    prepare: (sql: string) => {
      const statement = ledger.prepare(sql);
      return {
        ...statement,
        get: (...params: readonly SqlValue[]) => (explained(sql, params), statement.get(...params)),
        all: (...params: readonly SqlValue[]) => (explained(sql, params), statement.all(...params)),
      };
    },
  };
  work(spy as unknown as LedgerReader);
  return plans;
}

const saleIdOf = (n: number): SaleId => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as SaleId;

/** A shift as its opening leaves it in the journal. */
function openIn(shiftId: string, number: number): void {
  ledger.transaction((tx) =>
    appendRecord(tx, {
      kind: 'shift-opened',
      atUnixMs: number,
      businessDate: '2026-11-23',
      operatorId: 'amina',
      subjectId: shiftId,
      detail: {},
      children: [
        {
          table: 'shift',
          values: { shift_id: shiftId, number, drawer: '1', operator_id: 'amina', currency: 'ZAR' },
        },
        { table: 'shift_step', values: { shift_id: shiftId, step: 'opened', reason: null } },
        shiftEntry(shiftId),
      ],
    }),
  );
}

const CUSTOMER = new Uint8Array(32);

/** A sale over the counter in that shift, with what it was paid with in parts, or as it was once, without. */
function sellFor(
  n: number,
  amount: number,
  received: number,
  parts: SaleFacts['tender'],
  shiftId = 'a-shift',
  taken: readonly string[] = ['intended', 'issued', 'recorded'],
  quote: unknown = {},
): void {
  const saleId = saleIdOf(n);
  const sale: SaleFacts = {
    saleId,
    requestId: `request-${n}`,
    messageId: `message-${n}`,
    receiptNumber: `T1-${n}`,
    atUnixMs: n,
    operatorId: 'amina',
    meterPan: '600727000000000009',
    meter: '{}',
    customerDigest: CUSTOMER,
    resource: 'electricity',
    currency: 'ZAR',
    amountMinor: amountMinor(amount),
    tenderAccount: 'cash-drawer',
    receivedMinor: amountMinor(received),
    unitsTenths: unitsTenths(10),
    tokenMinute: 28_333_333 + n,
    quote: JSON.stringify(quote),
    order: PURCHASE,
    tender: parts,
    basket: null,
  };
  const steps = taken.map(
    (step) => ({ table: 'sale_step', values: { sale_id: saleId, step, reason: null } }) as const,
  );
  ledger.transaction((tx) =>
    appendRecord(tx, {
      kind: 'sale-intended',
      atUnixMs: n,
      businessDate: '2026-11-23',
      operatorId: 'amina',
      subjectId: saleId,
      detail: {},
      children: [...saleChildren(sale), ...steps, shiftEntry(shiftId)],
    }),
  );
}

it('count the cash of a sale from before tender parts beside that of newer ones', () => {
  const part = { reference: null, carriedFrom: null } as const;
  sellFor(2, 5_000, 6_000, []);
  sellFor(3, 7_000, 7_500, [
    { ...part, account: 'cash-drawer', amountMinor: amountMinor(4_000), receivedMinor: amountMinor(4_500) },
    {
      ...part,
      account: 'card',
      amountMinor: amountMinor(3_000),
      receivedMinor: amountMinor(3_000),
      reference: 'A-1',
    },
  ]);
  expect(shiftFigures(ledger, 'a-shift')?.handed).toEqual({ receivedMinor: 10_500, changeMinor: 1_500 });
});

/** What a sale's money became. */
function earned(n: number, minor: number): void {
  const saleId = saleIdOf(n);
  const transfer = { debit: 'tender-held', credit: 'sales-electricity', currency: 'ZAR' } as const;
  ledger.transaction((tx) =>
    appendRecord(tx, {
      kind: 'sale-recorded',
      atUnixMs: n,
      businessDate: '2026-11-23',
      operatorId: 'amina',
      subjectId: saleId,
      detail: {},
      transfers: [{ ...transfer, amountMinor: amountMinor(minor) }],
      children: [{ table: 'sale_step', values: { sale_id: saleId, step: 'recorded', reason: null } }],
    }),
  );
}

it('are what a shift is closed with only where its sales came to what was paid for them', () => {
  openIn('a-whole-shift', 2);
  sellFor(4, 5_000, 5_000, [], 'a-whole-shift', ['intended', 'issued']);
  earned(4, 5_000);
  expect(closingFigures(ledger, 'a-whole-shift')).toEqual({
    ok: true,
    value: shiftFigures(ledger, 'a-whole-shift'),
  });
  sellFor(5, 5_000, 5_000, [], 'a-whole-shift', ['intended', 'issued']);
  earned(5, 4_999);
  expect(closingFigures(ledger, 'a-whole-shift')).toMatchObject({
    error: { row: 'account tender-held', reason: 'balance differs' },
  });
  expect(closingFigures(ledger, 'no-shift')).toEqual({ ok: true, value: undefined });
});

it('are what a shift is closed with where a price list left change owed, and only with that change', () => {
  const sold = { quote: { changeMinor: 40 } };
  openIn('a-shift-of-change', 3);
  sellFor(6, 5_000, 5_000, [], 'a-shift-of-change', ['intended', 'issued'], sold);
  earned(6, 4_960);
  expect(closingFigures(ledger, 'a-shift-of-change')).toMatchObject({
    ok: true,
    value: {
      sales: { amountMinor: 5_000 },
      byAccount: [{ account: 'sales-electricity', amountMinor: 4_960 }],
    },
  });
  sellFor(7, 5_000, 5_000, [], 'a-shift-of-change', ['intended', 'issued'], sold);
  earned(7, 4_959);
  expect(closingFigures(ledger, 'a-shift-of-change')).toMatchObject({
    error: { row: 'account tender-held', reason: 'balance differs' },
  });
});

const WHOLE_TABLE = /SCAN (?:record|transfer|sale|sale_step|token|shift_entry|tender_part|done)\b|AUTOMATIC/u;

it.each([
  ['a shift’s figures', (reader: LedgerReader) => shiftFigures(reader, 'a-shift')],
  ['the figures of a run of sales', (reader: LedgerReader) => salesFigures(reader)],
] as const)('%s are read from their own rows, never from a whole table', (_name, work) => {
  const plans = plansOf(work);
  expect(plans.length).toBeGreaterThan(5);
  expect(plans.filter((plan) => WHOLE_TABLE.test(plan))).toEqual([]);
});
