import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedInOperator } from '../../contract/index.ts';
import { amountMinor, unitsTenths, type Result, type SaleId } from '../../units/index.ts';
import {
  appendRecord,
  balances,
  PURCHASE,
  saleChildren,
  type Account,
  type Moment,
  type SaleFacts,
} from '../ledger/index.ts';
import { openWriter, type LedgerTx, type LedgerWriter } from '../store/index.ts';
import { correctTender, openDispute, paidBy } from './corrections.ts';
import {
  deposits,
  endBanking,
  endSales,
  findCycle,
  findZ,
  lastCycle,
  makeDeposit,
  matchDeposit,
  salesFigures,
} from './cycles.ts';
import { shiftFigures } from './figures.ts';
import type { ShiftSettings } from './settings.ts';
import { findShift, openShifts, shiftHeldBy } from './shifts.ts';
import {
  closeShift,
  countShift,
  dropCash,
  endShift,
  handOver,
  openShift,
  payInOrOut,
  recordNoSale,
  sellingShift,
  shiftEntry,
} from './write.ts';

/** Who may do what with a drawer, and when: each rule by what it refuses and by what it leaves behind. */

const AMINA = { operatorId: 'amina', name: 'Amina', role: 'cashier' } as const;
const BRIAN = { operatorId: 'brian', name: 'Brian', role: 'cashier' } as const;
const JOSEPH = { operatorId: 'joseph', name: 'Joseph', role: 'supervisor' } as const;
const SETTINGS: ShiftSettings = {
  drawers: ['1', '2', '3'],
  closedByAnother: false,
  denominationsMinor: [100, 1_000],
  beneficiary: '',
};
const FIRST = Date.UTC(2026, 10, 23, 6);

const balanceOf = (account: Account): number =>
  balances(ledger).find((row) => row.account === account)?.balanceMinor ?? 0;

let folder: string;
let ledger: LedgerWriter;
let nowUnixMs = FIRST;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-rules-'));
  const opened = openWriter('ledger', path.join(folder, 'ledger.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  ledger = opened.value;
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

const by = ({ operatorId }: SignedInOperator): Moment => ({
  nowUnixMs: (nowUnixMs += 1_000),
  zone: 'Africa/Johannesburg',
  operatorId,
});
const cash = (quantity: number, denominationMinor = 1_000) => [{ denominationMinor, quantity }];
const counted = (quantity: number) => ({ cash: cash(quantity), slips: [] });
/** What a refusal is called, or `ok`; a refusal leaves nothing behind. */
function tried(work: (tx: LedgerTx) => Result<unknown, { readonly code: string }>): string {
  const records = (): unknown => ledger.prepare('SELECT count(*) AS n FROM record').get();
  const before = records();
  const done = ledger.transaction(work);
  if (!done.ok) expect(records()).toEqual(before);
  return done.ok ? 'ok' : done.error.code;
}
const open = (
  who: SignedInOperator,
  drawer: string,
  float = cash(5),
  shiftId = `of-${who.operatorId}`,
): string =>
  tried((tx) =>
    openShift(tx, by(who), SETTINGS, { shiftId, drawer, operatorId: who.operatorId, currency: 'ZAR', float }),
  );
const end = (who: SignedInOperator, shiftId: string, reason: string | null = null): string =>
  tried((tx) => endShift(tx, by(who), who, shiftId, reason));
const count = (who: SignedInOperator, shiftId: string, quantity: number): string =>
  tried((tx) => countShift(tx, by(who), SETTINGS, who, shiftId, counted(quantity)));
const close = (who: SignedInOperator, shiftId: string, settings = SETTINGS): string =>
  tried((tx) => closeShift(tx, by(who), settings, who, shiftId));
const kinds = (): readonly string[] =>
  ledger
    .prepare('SELECT kind FROM record ORDER BY record_id')
    .all<{ kind: string }>()
    .map(({ kind }) => kind);
const cashIn = (shiftId: string): number | undefined =>
  shiftFigures(ledger, shiftId)?.expected.find(({ account }) => account === 'cash-drawer')?.amountMinor;

const saleIdOf = (n: number): SaleId => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as SaleId;

/** A recorded sale of 50.00 in cash in a shift. */
function sell(shiftId: string, n: number): SaleId {
  const saleId = saleIdOf(n);
  const sale: SaleFacts = {
    saleId,
    requestId: `request-${n}`,
    messageId: `message-${n}`,
    receiptNumber: `T1-${n}`,
    atUnixMs: nowUnixMs,
    operatorId: 'amina',
    meterPan: '600727000000000009',
    meter: '{}',
    customerDigest: new Uint8Array(32),
    resource: 'electricity',
    currency: 'ZAR',
    amountMinor: amountMinor(5_000),
    tenderAccount: 'cash-drawer',
    receivedMinor: amountMinor(5_000),
    unitsTenths: unitsTenths(10),
    tokenMinute: 28_333_333 + n,
    quote: '{}',
    order: PURCHASE,
    tender: [],
    basket: null,
  };
  const record = {
    ...by(AMINA),
    atUnixMs: nowUnixMs,
    businessDate: '2026-11-23',
    subjectId: saleId,
    detail: {},
  };
  const money = { currency: 'ZAR', amountMinor: amountMinor(5_000) } as const;
  const step = (name: string) =>
    ({ table: 'sale_step', values: { sale_id: saleId, step: name, reason: null } }) as const;
  ledger.transaction((tx) => {
    appendRecord(tx, {
      ...record,
      kind: 'sale-intended',
      transfers: [{ debit: 'cash-drawer', credit: 'tender-held', ...money }],
      children: [...saleChildren(sale), step('intended'), shiftEntry(shiftId)],
    });
    appendRecord(tx, {
      ...record,
      kind: 'sale-recorded',
      transfers: [{ debit: 'tender-held', credit: 'sales-electricity', ...money }],
      children: [step('issued'), step('recorded')],
    });
  });
  return saleId;
}

describe('a drawer', () => {
  it('has one open shift, and a person one drawer', () => {
    expect(open(AMINA, '4')).toBe('drawer-unknown');
    expect(open(AMINA, '1', cash(5, 700))).toBe('count-invalid');
    expect(open(AMINA, '1', [...cash(5), ...cash(2)])).toBe('count-invalid');
    expect(open(AMINA, '1')).toBe('ok');
    expect(open(BRIAN, '1')).toBe('drawer-in-use');
    expect(open(AMINA, '3', cash(1), 'second')).toBe('shift-held');
    expect(open(BRIAN, '2')).toBe('ok');
    // In use until its Z, not until its selling ends.
    expect(end(AMINA, 'of-amina')).toBe('ok');
    expect(open(JOSEPH, '1')).toBe('drawer-in-use');
    expect(open(AMINA, '3', cash(1), 'second')).toBe('shift-held');
  });

  it('is sold from, dropped from and paid from only by whoever has it open', () => {
    const all = (who: SignedInOperator): readonly string[] => [
      tried((tx) => sellingShift(tx, who.operatorId)),
      tried((tx) => dropCash(tx, by(who), SETTINGS, who.operatorId, cash(1))),
      tried((tx) =>
        payInOrOut(tx, by(who), who.operatorId, { direction: 'out', amountMinor: 100, reason: 'tea' }),
      ),
      tried((tx) => recordNoSale(tx, by(who), who.operatorId, 'change')),
    ];
    expect(all(AMINA)).toEqual(Array(4).fill('no-open-shift'));
    open(AMINA, '1');
    expect(all(AMINA)).toEqual(Array(4).fill('ok'));
    // 50 of float, 10 into the safe, 1 for tea.
    expect(cashIn('of-amina')).toBe(3_900);
    expect(kinds()).toEqual(['shift-opened', 'safe-drop', 'paid-out', 'no-sale']);
    expect(tried((tx) => dropCash(tx, by(AMINA), SETTINGS, 'amina', []))).toBe('count-invalid');
    end(AMINA, 'of-amina');
    expect(all(AMINA)).toEqual(Array(4).fill('shift-ended'));
  });
});

describe('the end of a shift', () => {
  it('is the holder’s, or a supervisor’s with a reason', () => {
    open(AMINA, '1');
    expect(end(BRIAN, 'of-amina', 'not mine')).toBe('shift-not-yours');
    expect(end(JOSEPH, 'of-amina')).toBe('reason-needed');
    expect(end(JOSEPH, 'of-amina', '  ')).toBe('reason-needed');
    expect(end(JOSEPH, 'of-amina', 'went home ill')).toBe('ok');
    const last = ledger
      .prepare('SELECT kind, operator_id AS who, detail FROM record ORDER BY record_id DESC LIMIT 1')
      .get();
    expect(last).toEqual({ kind: 'shift-force-ended', who: 'joseph', detail: '{"reason":"went home ill"}' });
    // The drawer stays Amina's to answer for, and may be counted and closed in her place.
    expect(findShift(ledger, 'of-amina')).toMatchObject({ operatorId: 'amina', step: 'ended' });
    expect(count(BRIAN, 'of-amina', 5)).toBe('shift-not-yours');
    expect(count(JOSEPH, 'of-amina', 4)).toBe('ok');
    expect(close(BRIAN, 'of-amina')).toBe('shift-not-yours');
    expect(close(JOSEPH, 'of-amina')).toBe('ok');
    expect(findZ(ledger, 1)?.figures).toMatchObject({
      closedBy: 'joseph',
      variances: [{ varianceMinor: -1_000 }],
    });
  });

  it('goes one way: ended, counted as often as it takes, closed', () => {
    open(AMINA, '1');
    expect(count(AMINA, 'of-amina', 5)).toBe('shift-step');
    expect(close(AMINA, 'of-amina')).toBe('shift-step');
    expect(end(AMINA, 'of-amina')).toBe('ok');
    expect(end(AMINA, 'of-amina')).toBe('shift-step');
    expect(close(AMINA, 'of-amina')).toBe('shift-step');
    expect(count(AMINA, 'of-amina', 4)).toBe('ok');
    expect(count(AMINA, 'of-amina', 5)).toBe('ok');
    // Both counts stay; the newest one counts.
    const lines = ledger.prepare('SELECT quantity FROM count_line WHERE row_id > 2000 ORDER BY row_id').all();
    expect(lines).toEqual([{ quantity: 4 }, { quantity: 5 }]);
    expect(close(AMINA, 'of-amina')).toBe('ok');
    expect(findZ(ledger, 1)?.figures.variances).toMatchObject([{ countedMinor: 5_000, varianceMinor: 0 }]);
    for (const work of [end, (who: SignedInOperator, id: string) => count(who, id, 1), close])
      expect(work(JOSEPH, 'of-amina')).toBe('shift-step');
    expect(end(AMINA, 'nobody’s')).toBe('shift-unknown');
  });

  it('is closed by somebody else where the station says so', () => {
    const another = { ...SETTINGS, closedByAnother: true };
    open(AMINA, '1');
    end(AMINA, 'of-amina');
    count(AMINA, 'of-amina', 5);
    expect(close(AMINA, 'of-amina', another)).toBe('shift-same-person');
    expect(close(JOSEPH, 'of-amina', another)).toBe('ok');
    // A supervisor's own drawer too.
    open(JOSEPH, '1');
    end(JOSEPH, 'of-joseph');
    count(JOSEPH, 'of-joseph', 5);
    expect(close(JOSEPH, 'of-joseph', another)).toBe('shift-same-person');
  });

  it('books what is short or over, empties the drawer into the safe, and numbers its Zs without a gap', () => {
    for (const [index, quantity] of [4, 5, 7].entries()) {
      expect(open(AMINA, '1', cash(5), `shift-${index}`)).toBe('ok');
      end(AMINA, `shift-${index}`);
      count(AMINA, `shift-${index}`, quantity);
      expect(close(AMINA, `shift-${index}`)).toBe('ok');
      expect(balanceOf('cash-drawer')).toBe(0);
    }
    // 10 short, even, 20 over: a debit of what is missing.
    expect(balanceOf('variance')).toBe(-1_000);
    expect(balanceOf('safe')).toBe(1_000);
    expect([1, 2, 3].map((number) => findZ(ledger, number)?.subjectId)).toEqual([
      'shift-0',
      'shift-1',
      'shift-2',
    ]);
    expect(findZ(ledger, 4)).toBeUndefined();
  });
});

describe('a handover', () => {
  const hand = (from: SignedInOperator, to: SignedInOperator, shiftId: string, quantity: number): string =>
    tried((tx) =>
      handOver(tx, by(from), SETTINGS, from, to, {
        shiftId,
        newShiftId: `then-${to.operatorId}`,
        count: counted(quantity),
      }),
    );

  it('closes the one shift and opens the next with the same cash, all of it or nothing', () => {
    open(AMINA, '1');
    open(BRIAN, '2');
    expect(hand(JOSEPH, JOSEPH, 'of-amina', 5)).toBe('shift-not-yours');
    expect(hand(AMINA, AMINA, 'of-amina', 5)).toBe('shift-same-person');
    expect(hand(AMINA, BRIAN, 'of-amina', 5)).toBe('shift-held');
    expect(hand(AMINA, JOSEPH, 'of-amina', 4)).toBe('ok');
    expect(findZ(ledger, 1)?.figures).toMatchObject({
      closedBy: 'joseph',
      variances: [{ varianceMinor: -1_000 }],
    });
    expect(shiftHeldBy(ledger, 'amina')).toBeUndefined();
    expect(shiftHeldBy(ledger, 'joseph')).toMatchObject({
      shiftId: 'then-joseph',
      drawer: '1',
      step: 'opened',
    });
    expect(cashIn('then-joseph')).toBe(4_000);
    expect(
      openShifts(ledger)
        .map(({ drawer }) => drawer)
        .toSorted(),
    ).toEqual(['1', '2']);
  });
});

describe('a correction', () => {
  it('moves a tender within an open shift, and leaves the sale as it is', () => {
    open(AMINA, '1');
    const saleId = sell('of-amina', 1);
    const before = ledger.prepare('SELECT * FROM sale').all();
    const correct = (
      minor: number,
      from: 'cash-drawer' | 'card' = 'cash-drawer',
      to: 'cash-drawer' | 'card' = 'card',
    ) =>
      tried((tx) =>
        correctTender(tx, by(JOSEPH), { saleId, from, to, amountMinor: minor, reason: 'by card' }),
      );
    expect(correct(5_001)).toBe('correction-amount');
    expect(correct(100, 'card')).toBe('correction-amount');
    expect(correct(3_000)).toBe('ok');
    expect(correct(2_001)).toBe('correction-amount');
    expect(correct(1_000, 'card', 'cash-drawer')).toBe('ok');
    expect(paidBy(ledger, saleId, 'cash-drawer')).toBe(3_000);
    // 50 of float and what is left of the sale in cash.
    expect(cashIn('of-amina')).toBe(8_000);
    expect(ledger.prepare('SELECT * FROM sale').all()).toEqual(before);
    end(AMINA, 'of-amina');
    expect(correct(100)).toBe('ok');
    count(AMINA, 'of-amina', 8);
    close(AMINA, 'of-amina');
    expect(correct(100)).toBe('correction-shift-closed');
  });

  it('of an amount or a meter is a numbered case', () => {
    open(AMINA, '1');
    const saleId = sell('of-amina', 1);
    const numbers = ['amount', 'meter'].map((ground, index) =>
      ledger.transaction((tx) =>
        openDispute(tx, by(JOSEPH), {
          disputeId: `case-${index}`,
          saleId,
          ground: ground as 'meter',
          words: 'why',
        }),
      ),
    );
    expect(numbers).toEqual([
      { ok: true, value: 1 },
      { ok: true, value: 2 },
    ]);
    const unknown = { disputeId: 'x', saleId: saleIdOf(9), ground: 'meter', words: 'why' } as const;
    expect(tried((tx) => openDispute(tx, by(JOSEPH), unknown))).toBe('sale-unknown');
  });
});

describe('the three cycles', () => {
  it('end apart from each other', () => {
    open(AMINA, '1');
    sell('of-amina', 1);
    const endOfSales = (id: string): string => {
      const figures = salesFigures(ledger);
      return tried((tx) => endSales(tx, by(JOSEPH), id, figures));
    };
    expect(endOfSales('sales-1')).toBe('ok');
    // The drawer goes on, and so does the banking.
    expect(sellingShift(ledger, 'amina').ok).toBe(true);
    expect(lastCycle(ledger, 'banking')).toBeUndefined();
    sell('of-amina', 2);
    sell('of-amina', 3);
    const stale = salesFigures(ledger);
    expect(endOfSales('sales-2')).toBe('ok');
    expect(tried((tx) => endSales(tx, by(JOSEPH), 'sales-3', stale))).toBe('cycle-changed');
    end(AMINA, 'of-amina');
    count(AMINA, 'of-amina', 20);
    close(AMINA, 'of-amina');
    expect(tried((tx) => endBanking(tx, by(JOSEPH), 'banking-1', 'ZAR'))).toBe('ok');
    type Counted = { readonly count: number };
    expect([1, 2].map((number) => findCycle<Counted>(ledger, 'sales', number)?.figures.count)).toEqual([
      1, 2,
    ]);
    // The Z has the shift's three sales, whichever run of sales they were in.
    expect(findZ(ledger, 1)?.figures.sales).toEqual({ count: 3, amountMinor: 15_000 });
    expect(lastCycle(ledger, 'banking')?.figures).toMatchObject({ safeMinor: 15_000, deposits: [] });
  });

  it('follow a deposit until it is found at the bank', () => {
    open(AMINA, '1');
    tried((tx) => dropCash(tx, by(AMINA), SETTINGS, 'amina', cash(5)));
    tried((tx) =>
      payInOrOut(tx, by(AMINA), 'amina', { direction: 'in', amountMinor: 5_000, reason: 'change' }),
    );
    tried((tx) => dropCash(tx, by(AMINA), SETTINGS, 'amina', cash(5)));
    const deposit = (depositId: string, reference: string, minor: number): string =>
      tried((tx) =>
        makeDeposit(tx, by(JOSEPH), {
          depositId,
          reference,
          account: 'safe',
          currency: 'ZAR',
          amountMinor: minor,
          beneficiary: '',
        }),
      );
    expect(deposit('first', 'BAG-1', 5_001)).toBe('deposit-too-much');
    expect(deposit('first', 'BAG-1', 3_000)).toBe('ok');
    expect(deposit('second', 'BAG-1', 1_000)).toBe('deposit-reference');
    expect(deposit('second', 'BAG-2', 2_001)).toBe('deposit-too-much');
    expect(deposit('second', 'BAG-2', 2_000)).toBe('ok');
    expect(balanceOf('deposited')).toBe(5_000);
    const match = (depositId: string): string =>
      tried((tx) => matchDeposit(tx, by(JOSEPH), depositId, { packageNumber: 3 }));
    expect(match('third')).toBe('deposit-unknown');
    expect(match('first')).toBe('ok');
    // Told twice, booked once.
    expect(match('first')).toBe('ok');
    expect(balanceOf('deposited')).toBe(2_000);
    expect(balanceOf('bank')).toBe(3_000);
    expect(deposits(ledger, 5).map(({ number, matchedUnixMs }) => [number, matchedUnixMs !== null])).toEqual([
      [2, false],
      [1, true],
    ]);
  });
});
