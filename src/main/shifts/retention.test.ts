import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { appendRecord, projectOpenSale, PURCHASE, saleChildren, type SaleStep } from '../ledger/index.ts';
import { openWriter, type LedgerTx, type LedgerWriter } from '../store/index.ts';
import { amountMinor, unitsTenths, type SaleId } from '../../units/index.ts';
import { BLANK_AT_ONCE, blankPersonal } from './retention.ts';

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2026, 0, 5);
const METER_PAN = '600727000000000009';
const saleIdOf = (n: number): SaleId => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as SaleId;

/** The nth sale, of the nth day. */
function sell(tx: LedgerTx, n: number, steps: readonly SaleStep[], saleId = saleIdOf(n)): void {
  const [atUnixMs, amount] = [FIRST + n * DAY_MS, amountMinor(5_000)];
  const facts = {
    saleId,
    requestId: `request-${n}`,
    messageId: `message-${n}`,
    receiptNumber: `T1-${n}`,
    atUnixMs,
    operatorId: 'amina',
    meterPan: METER_PAN,
    meter: '{}',
    customerDigest: new Uint8Array(32),
    resource: 'electricity',
    currency: 'ZAR',
    amountMinor: amount,
    tenderAccount: 'cash-drawer',
    receivedMinor: amount,
    unitsTenths: unitsTenths(10),
    tokenMinute: 28_333_333 + n,
    quote: '{}',
    order: PURCHASE,
    tender: [],
    basket: null,
  } as const;
  appendRecord(tx, {
    atUnixMs,
    businessDate: '2026-01-05',
    operatorId: 'amina',
    subjectId: saleId,
    kind: 'sale-intended',
    detail: {},
    children: [
      ...saleChildren(facts),
      ...steps.map(
        (step) => ({ table: 'sale_step', values: { sale_id: saleId, step, reason: null } }) as const,
      ),
    ],
  });
  projectOpenSale(tx, { saleId, meterPan: METER_PAN });
  tx.prepare('INSERT INTO sale_private VALUES (?, ?, ?)').run(
    saleId,
    '{"name":"Thandi"}',
    new Uint8Array(16),
  );
}

const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-retention-'));
let ledger: LedgerWriter;
let books = 0;
beforeEach(() => {
  const opened = openWriter('ledger', path.join(folder, `ledger-${(books += 1)}.db`));
  if (!opened.ok) throw new Error(opened.error.code);
  ledger = opened.value;
});
afterEach(() => ledger.close());
afterAll(() => rmSync(folder, { recursive: true }));

/** One walk from the first sale to the last: how many each stretch blanked. */
function walk(beforeUnixMs: number): readonly number[] {
  const done: number[] = [];
  for (let after: string | null = ''; after !== null;) {
    const from: string = after;
    const stretch = ledger.transaction((tx) => blankPersonal(tx, beforeUnixMs, from));
    done.push(stretch.sales);
    after = stretch.next;
  }
  return done;
}

const left = (): readonly string[] =>
  ledger
    .prepare('SELECT sale_id FROM sale_private ORDER BY sale_id')
    .all<{ sale_id: string }>()
    .map(({ sale_id }) => sale_id);

it('takes personal data from the oldest settled sales, past those that are not settled', () => {
  const [open, due, kept] = [3, BLANK_AT_ONCE + 7, 5];
  ledger.transaction((tx) => {
    for (let n = 1; n <= open + due + kept; n += 1)
      sell(tx, n, n <= open ? ['intended', 'in-doubt'] : ['intended', 'issued', 'recorded']);
  });
  const before = FIRST + (open + due) * DAY_MS + 1;
  expect(walk(before)).toEqual([BLANK_AT_ONCE - open, 7 + open]);
  expect(walk(before)).toEqual([0]);
  const [first, last] = [[1, 2, 3], Array.from({ length: kept }, (_, at) => open + due + 1 + at)];
  expect(left()).toEqual([...first, ...last].map(saleIdOf));
});

it('reaches an old sale behind more younger ones than it looks at in one go', () => {
  const [young, old] = [2 * BLANK_AT_ONCE + 1, 2];
  ledger.transaction((tx) => {
    // A clock that ran back: the ids of the young ones come first.
    for (let n = old + 1; n <= old + young; n += 1)
      sell(
        tx,
        n,
        ['intended', 'issued', 'recorded'],
        `0${saleIdOf(n).slice(1)}`.replace('-7000-', '-6000-') as SaleId,
      );
    for (let n = 1; n <= old; n += 1) sell(tx, n, ['intended', 'issued', 'recorded']);
  });
  expect(walk(FIRST + old * DAY_MS + 1)).toEqual([0, 0, old]);
  expect(left()).toHaveLength(young);
  expect(left()).not.toContain(saleIdOf(1));
});
