import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { appendRecord, projectOpenSale, PURCHASE, saleChildren, type SaleStep } from '../ledger/index.ts';
import { openWriter, type LedgerTx } from '../store/index.ts';
import { amountMinor, unitsTenths, type SaleId } from '../../units/index.ts';
import { BLANK_AT_ONCE, blankPersonal } from './retention.ts';

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2026, 0, 5);
const METER_PAN = '600727000000000009';
const saleIdOf = (n: number): SaleId => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as SaleId;

/** The nth sale, of the nth day. */
function sell(tx: LedgerTx, n: number, steps: readonly SaleStep[]): void {
  const [saleId, atUnixMs, amount] = [saleIdOf(n), FIRST + n * DAY_MS, amountMinor(5_000)];
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

it('takes personal data from the oldest settled sales, past those that are not settled', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-retention-'));
  const opened = openWriter('ledger', path.join(folder, 'ledger.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  const ledger = opened.value;
  const [open, due, kept] = [3, BLANK_AT_ONCE + 7, 5];
  ledger.transaction((tx) => {
    for (let n = 1; n <= open + due + kept; n += 1)
      sell(tx, n, n <= open ? ['intended', 'in-doubt'] : ['intended', 'issued', 'recorded']);
  });
  const before = FIRST + (open + due) * DAY_MS + 1;
  const done: number[] = [];
  for (let turn = 0; turn < 3; turn += 1)
    done.push(ledger.transaction((tx) => blankPersonal(tx, before)).sales);
  expect(done).toEqual([BLANK_AT_ONCE, 7, 0]);
  const left = ledger.prepare('SELECT sale_id FROM sale_private ORDER BY sale_id').all<{ sale_id: string }>();
  const [first, last] = [[1, 2, 3], Array.from({ length: kept }, (_, at) => open + due + 1 + at)];
  expect(left.map(({ sale_id }) => sale_id)).toEqual([...first, ...last].map(saleIdOf));
  ledger.close();
  rmSync(folder, { recursive: true });
});
