import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PACKAGE_FILES, sealPackage, type PackageLine } from '../../src/batch/index.ts';
import { makeOfficeKey, openOfficeKey } from '../../src/headoffice/index.ts';
import { takePackages, type PackageDeps } from '../../src/main/exchange/take-package.ts';
import { runPackage } from '../../src/main/exchange/package-job.ts';
import {
  appendRecord,
  balances,
  findSale,
  journalLines,
  lastRecordedSale,
  makeBackup,
  projectOpenSale,
  readLost,
  recallFromExport,
  recallRecords,
  restoreBackup,
  saleChildren,
  stepChildren,
  tokenChild,
  verifyBooks,
  type RecallOutcome,
  type RecordedSale,
  type SaleFacts,
  type SaleStep,
} from '../../src/main/ledger/index.ts';
import { salesFigures } from '../../src/main/shifts/index.ts';
import { openWriter, type LedgerTx, type LedgerWriter } from '../../src/main/store/index.ts';
import { moduleAskedOf } from '../../src/main/vending/book.ts';
import { checkLimits } from '../../src/main/vending/limits.ts';
import { nextReceiptNumber } from '../../src/main/vending/index.ts';
import { amountMinor, type SaleId } from '../../src/units/index.ts';
import { TILL_SETTINGS } from './selling-till.ts';
import { NOON, readLedger, sellOnce } from './health-fixtures.ts';

/** A station that was restored and sold on, and then is told what the lost books said. */

const MINUTE = 60_000;

let root: string;
let data: string;
let backup: string;
let like: RecordedSale;

let sold: string;
beforeAll(async () => {
  sold = mkdtempSync(path.join(tmpdir(), 'kioskwatt-conflict-sold-'));
  await sellOnce(sold, NOON, 'Thandi Nkosi');
  like = readLedger(sold, (reader) => lastRecordedSale(reader)!);
});
afterAll(() => rmSync(sold, { recursive: true, force: true }));

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'kioskwatt-conflict-'));
  data = path.join(root, 'data');
  cpSync(sold, data, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write<Value>(work: (tx: LedgerTx) => Value): Value {
  const writer = openWriter('ledger', path.join(data, 'ledger.db'));
  if (!writer.ok) throw new Error(writer.error.code);
  try {
    return writer.value.transaction(work);
  } finally {
    writer.value.close();
  }
}

function back(): void {
  const made = makeBackup({
    data,
    to: path.join(root, 'backups'),
    nowUnixMs: NOON + 40 * MINUTE,
    program: 't',
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  backup = made.value.backup;
}

/** Puts the backup in place; returns the export of the books that are lost by it. */
function restore(): readonly string[] {
  const lines = readLedger(data, (reader) => [...journalLines(reader)]);
  const restored = restoreBackup({ backup, data, nowUnixMs: NOON + 60 * MINUTE });
  if (!restored.ok) throw new Error(JSON.stringify(restored.error));
  return lines;
}

function recall(lines: readonly string[]): RecallOutcome {
  const recalled = recallFromExport({ data, lines, nowUnixMs: NOON + 90 * MINUTE });
  if (!recalled.ok) throw new Error(JSON.stringify(recalled.error));
  return recalled.value;
}

/** A sale of R 100.00 by mobile money; `receipt` makes its ids too. */
function saleOf(receipt: string, reference: string): SaleFacts {
  const amount = { amountMinor: like.amountMinor, receivedMinor: like.amountMinor };
  const number = Number(receipt.slice(-3));
  return {
    ...like,
    saleId: `sale-${receipt}` as SaleId,
    requestId: `request-${receipt}`,
    messageId: `message-${receipt}`,
    receiptNumber: receipt,
    tenderAccount: 'mobile-money',
    receivedMinor: like.amountMinor,
    tokenMinute: like.tokenMinute + number,
    tender: [{ account: 'mobile-money', ...amount, reference, carriedFrom: null }],
  };
}

function step(
  tx: LedgerTx,
  sale: SaleFacts,
  minute: number,
  kind: string,
  steps: readonly SaleStep[],
  also: Partial<Parameters<typeof appendRecord>[1]> = {},
): void {
  appendRecord(tx, {
    kind,
    atUnixMs: NOON + minute * MINUTE,
    businessDate: '2026-11-23',
    operatorId: sale.operatorId,
    subjectId: sale.saleId,
    detail: {},
    ...also,
    children: [
      ...(also.children ?? []),
      ...stepChildren(
        tx,
        sale,
        steps.map((each) => ({ step: each, reason: null })),
      ),
    ],
  });
  projectOpenSale(tx, sale);
}

const money = (
  debit: 'mobile-money' | 'tender-held',
  credit: 'tender-held' | 'sales-electricity' | 'mobile-money',
) => [{ debit, credit, currency: 'ZAR', amountMinor: like.amountMinor }];

const intend = (sale: SaleFacts, minute: number): void =>
  write((tx) =>
    step(tx, sale, minute, 'sale-intended', ['intended'], {
      detail: { acknowledged: [], moduleId: 'module-A' },
      transfers: money('mobile-money', 'tender-held'),
      children: saleChildren(sale),
    }),
  );

const record = (sale: SaleFacts, minute: number, digit: string): void =>
  write((tx) =>
    step(tx, sale, minute, 'sale-recorded', ['issued', 'recorded'], {
      transfers: money('tender-held', 'sales-electricity'),
      children: [
        tokenChild(sale.saleId, {
          ...like.tokens[0]!,
          digits: digit.repeat(20),
          tokenMinute: sale.tokenMinute,
        }),
      ],
    }),
  );

const voidIt = (sale: SaleFacts, minute: number): void =>
  write((tx) =>
    step(tx, sale, minute, 'sale-void', ['void'], { transfers: money('tender-held', 'mobile-money') }),
  );

const tokenHere = (sale: SaleFacts): string | undefined =>
  readLedger(data, (reader) => findSale(reader, sale.saleId)?.tokens[0]?.digits);
const whole = (): boolean => readLedger(data, (reader) => verifyBooks(reader)).ok;

describe('what the lost books say beside what was sold since', () => {
  const doubtful = (): SaleFacts => saleOf('T1-000901', 'REF1');
  const other = (): SaleFacts => saleOf('T1-000902', 'REF2');

  it('leaves a sale that went another way, and brings the others back', () => {
    intend(doubtful(), 30);
    back();
    voidIt(doubtful(), 41);
    intend(other(), 42);
    record(other(), 43, '1');
    const lines = restore();
    // Recovery got the token after all.
    record(doubtful(), 61, '2');
    expect(recall(lines)).toEqual({
      counts: { recalled: 2, known: 0, differs: 1, 'no-sale': 0 },
      left: [{ record: '1/8', kind: 'sale-void', receiptNumber: 'T1-000901', reason: 'step' }],
    });
    expect([tokenHere(doubtful()), tokenHere(other())]).toEqual(['2'.repeat(20), '1'.repeat(20)]);
    expect(
      readLedger(data, (reader) => balances(reader)).find(({ account }) => account === 'mobile-money')
        ?.balanceMinor,
    ).toBe(2 * like.amountMinor);
    expect(whole()).toBe(true);
    expect(recall(lines).counts).toMatchObject({ recalled: 0, known: 2, differs: 1 });
  });

  it('leaves a sale whose payment has paid another since, with everything that follows from it', () => {
    back();
    const lost = saleOf('T1-000903', 'MPESA77');
    intend(lost, 42);
    record(lost, 43, '1');
    intend(other(), 44);
    record(other(), 45, '3');
    const lines = restore();
    intend(saleOf('T1E2-000904', 'MPESA77'), 61);
    record(saleOf('T1E2-000904', 'MPESA77'), 62, '4');
    const left = { receiptNumber: 'T1-000903' };
    expect(recall(lines)).toMatchObject({
      counts: { recalled: 2, differs: 2 },
      left: [
        { ...left, kind: 'sale-intended', reason: 'reference' },
        { receiptNumber: null, kind: 'sale-recorded', reason: 'missing' },
      ],
    });
    expect([tokenHere(lost), tokenHere(other())]).toEqual([undefined, '3'.repeat(20)]);
    expect(whole()).toBe(true);
  });

  it('leaves a sale whose receipt number or id is another’s', () => {
    back();
    intend(saleOf('T1-000905', 'A'), 42);
    intend(saleOf('T1-000906', 'B'), 43);
    const lines = restore();
    intend({ ...saleOf('T1E2-000001', 'C'), receiptNumber: 'T1-000905' }, 61);
    intend({ ...saleOf('T1E2-000002', 'D'), messageId: 'message-T1-000906' }, 62);
    expect(recall(lines).left.map(({ reason }) => reason)).toEqual(['receipt', 'id']);
    expect(whole()).toBe(true);
  });

  it('takes a doubt that is settled here for known', () => {
    intend(doubtful(), 30);
    back();
    write((tx) => step(tx, doubtful(), 41, 'sale-in-doubt', ['in-doubt']));
    record(doubtful(), 42, '2');
    const lines = restore();
    record(doubtful(), 61, '2');
    expect(recall(lines)).toMatchObject({ counts: { recalled: 0, known: 2 }, left: [] });
  });

  it('leaves what the tables refuse, and nothing of it behind', () => {
    back();
    intend(other(), 42);
    intend(doubtful(), 43);
    const lines = restore();
    // Hashes are no signatures: whoever writes an export can make them fit.
    const outcomes = write((tx) => {
      const lost = readLost(tx, lines, data);
      if (!lost.ok) throw new Error(lost.error.code);
      const forged = lost.value.map((each) => ({
        ...each,
        children: each.children.map(({ table, values }) => ({
          table,
          values: values['receipt_number'] === 'T1-000902' ? { ...values, meter_pan: '17' } : values,
        })),
      }));
      return recallRecords(tx, { nowUnixMs: NOON, businessDate: '2026-11-23', operatorId: null }, forged);
    });
    expect(outcomes).toEqual({
      counts: { recalled: 1, known: 0, differs: 1, 'no-sale': 0 },
      left: [{ record: '1/7', kind: 'sale-intended', receiptNumber: 'T1-000902', reason: 'row' }],
    });
    expect(whole()).toBe(true);
  });
});

describe('a clock far ahead of the books', () => {
  const DAYS = 24 * 60 * MINUTE;

  it('becomes no truth by a recall', () => {
    back();
    intend(saleOf('T1-000903', 'MPESA77'), 42);
    const lines = restore();
    const at = (nowUnixMs: number, clockIsRight: boolean): unknown =>
      recallFromExport({ data, lines, nowUnixMs, clockIsRight });
    expect(at(NOON + 400 * DAYS, false)).toMatchObject({
      ok: false,
      error: {
        code: 'restore-clock',
        params: { clock: '2027-12-28 14:00', last: '2026-11-23 15:00' },
      },
    });
    expect(at(NOON, true)).toMatchObject({ ok: false, error: { code: 'clock-behind' } });
    expect(readLedger(data, (reader) => findSale(reader, 'sale-T1-000903' as SaleId))).toBeUndefined();
    expect(at(NOON + 3 * DAYS, true)).toMatchObject({ ok: true, value: { counts: { recalled: 1 } } });
  });
});

describe('a package with rows that a restored station lost', () => {
  const inbox = (): string => path.join(data, 'inbox');

  async function take(lines: readonly string[]): Promise<unknown> {
    const keys = path.join(root, 'office');
    mkdirSync(keys);
    makeOfficeKey(keys);
    const office = openOfficeKey(keys);
    const all: PackageLine[] = [
      ...lines.map((line) => ({ kind: 'lost', line }) as const),
      { kind: 'interval', everyMinutes: 7 },
    ];
    const nowUnixMs = NOON + 90 * MINUTE;
    const made = sealPackage(
      { station: 'T1', number: 1, base: null, effectiveFromUnixMs: NOON, createdUnixMs: NOON },
      all,
      office,
    );
    mkdirSync(inbox(), { recursive: true });
    const base = path.join(inbox(), 'T1-00000001.package.v1');
    writeFileSync(base + PACKAGE_FILES.payload, made.payload);
    writeFileSync(base + PACKAGE_FILES.signature, made.signature);
    writeFileSync(base + PACKAGE_FILES.manifest, made.manifest);
    const writer = openWriter('ledger', path.join(data, 'ledger.db'));
    if (!writer.ok) throw new Error(writer.error.code);
    try {
      return await takePackages(packageDeps(writer.value, nowUnixMs), office.publicKey);
    } finally {
      writer.value.close();
    }
  }

  const packageDeps = (ledger: LedgerWriter, nowUnixMs: number): PackageDeps => ({
    folder: data,
    stationId: 'T1',
    zone: 'Africa/Johannesburg',
    ledger,
    now: () => nowUnixMs,
    undisturbed: (work) => work(),
    applyPackage: (job) => Promise.resolve(runPackage(job)),
  });

  const applied = (): unknown =>
    readLedger(data, (reader) =>
      JSON.parse(
        reader.prepare("SELECT detail FROM record WHERE kind = 'package-applied'").get<{ detail: string }>()!
          .detail,
      ),
    );

  it('is taken with all that can be, and its record says what was left', async () => {
    back();
    const lost = saleOf('T1-000903', 'MPESA77');
    intend(lost, 42);
    write((tx) =>
      appendRecord(tx, {
        kind: 'safe-drop',
        atUnixMs: NOON + 43 * MINUTE,
        businessDate: '2026-11-23',
        operatorId: null,
        subjectId: null,
        detail: {},
        transfers: [{ debit: 'safe', credit: 'cash-drawer', currency: 'ZAR', amountMinor: like.amountMinor }],
      }),
    );
    const fine = saleOf('T1-000908', 'MPESA79');
    intend(fine, 44);
    const lines = restore();
    intend(saleOf('T1E2-000904', 'MPESA77'), 61);
    expect(await take(lines)).toEqual([
      { name: 'T1-00000001.package.v1', state: 'applied', number: 1, left: 2 },
    ]);
    expect(readdirSync(inbox())).toEqual([]);
    expect(applied()).toMatchObject({
      number: 1,
      lost: {
        recalled: 1,
        known: 0,
        left: [
          { kind: 'sale-intended', receiptNumber: 'T1-000903', reason: 'reference' },
          { kind: 'safe-drop', receiptNumber: null, reason: 'no-sale' },
        ],
      },
    });
    expect(readLedger(data, (reader) => findSale(reader, fine.saleId)?.step)).toBe('intended');
    expect(whole()).toBe(true);
  });

  it('is taken without them where they don’t follow from these books', async () => {
    back();
    intend(saleOf('T1-000903', 'MPESA77'), 42);
    const lines = restore();
    expect(await take(lines.filter((line) => !line.includes('"table":"tender_part"')))).toMatchObject([
      { state: 'applied', left: 1 },
    ]);
    expect(applied()).toMatchObject({ lost: { refused: { code: 'recall-not-following' } } });
    expect(
      readLedger(data, (reader) =>
        reader.prepare("SELECT value FROM head_office_word WHERE name = 'interval'").all(),
      ),
    ).toHaveLength(1);
  });
});

describe('a sale that was brought back', () => {
  it('has a number that the next sale does not count on from', () => {
    back();
    intend(saleOf('T1-000002', 'MPESA77'), 42);
    const lines = restore();
    for (const [minute, number] of ['T1E2-000002', 'T1E2-000003'].entries()) {
      expect(write((tx) => nextReceiptNumber(tx, 'T1'))).toBe(number);
      intend(saleOf(number, number), 61 + minute);
    }
    expect(recall(lines).counts).toMatchObject({ recalled: 1 });
    expect(write((tx) => nextReceiptNumber(tx, 'T1'))).toBe('T1E2-000004');
  });

  it('counts against the limits of the day on which it was made', () => {
    back();
    intend(saleOf('T1-000903', 'MPESA77'), 42);
    const lines = restore();
    const next = { pan: like.meterPan, operatorId: like.operatorId, amountMinor: like.amountMinor };
    const sells = (businessDate: string, perMeterDayMinor: number): string =>
      readLedger(data, (reader) => {
        const limits = { perMeterDayMinor: amountMinor(perMeterDayMinor) };
        const checked = checkLimits(reader, { ...TILL_SETTINGS, limits }, { ...next, businessDate });
        return checked.ok ? 'sells' : checked.error.code;
      });
    expect(sells('2026-11-23', 20_000)).toBe('sells');
    recall(lines);
    expect(sells('2026-11-23', 20_000)).toBe('limit-per-meter-day');
    expect(sells('2026-11-23', 30_000)).toBe('sells');
    expect(sells('2026-11-24', 10_000)).toBe('sells');
  });

  it('counts in the run of sales with its money, and its doubt goes to the module that was asked', () => {
    back();
    const lost = saleOf('T1-000903', 'MPESA77');
    intend(lost, 42);
    record(lost, 43, '1');
    const open = saleOf('T1-000908', 'MPESA79');
    intend(open, 44);
    recall(restore());
    const figures = readLedger(data, (reader) => salesFigures(reader));
    const { count, byAccount } = figures;
    expect({ count, minor: figures.amountMinor }).toEqual({ count: 2, minor: 20_000 });
    expect(byAccount.reduce((sum, each) => sum + each.amountMinor, 0)).toBe(20_000);
    expect(readLedger(data, (reader) => moduleAskedOf(reader, open.saleId))).toBe('module-A');
  });
});
