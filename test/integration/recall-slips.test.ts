import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sell } from '../../src/cli/sell.ts';
import { runStationCommand } from '../../src/cli/station.ts';
import type { PaperSlip } from '../../src/contract/index.ts';
import {
  balances,
  findSaleByReceipt,
  journalLines,
  lastRecordedSale,
  lastTokenMinute,
  makeBackup,
  recallFromExport,
  restoreBackup,
  verifyBooks,
  type RecordedSale,
} from '../../src/main/ledger/index.ts';
import { salesFigures } from '../../src/main/shifts/index.ts';
import { openWriter } from '../../src/main/store/index.ts';
import { writeInDoubt, writeUnissued } from '../../src/main/vending/book.ts';
import { NOON, openTraining, readLedger, sellOnce } from './health-fixtures.ts';

/** A training till sells, is backed up, sells once more, and its disk dies: the slip of that last sale is left. */

const MINUTE = 60_000;
const METER = '00041057183';

let root: string;
let restored: string;
let data: string;
let lostLines: readonly string[];
let lost: RecordedSale;
let earlier: RecordedSale;
let second: RecordedSale;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'kioskwatt-slips-'));
  restored = path.join(root, 'restored');
  await sellOnce(restored, NOON, 'Thandi Nkosi');
  earlier = readLedger(restored, (reader) => lastRecordedSale(reader)!);
  const made = makeBackup({
    data: restored,
    to: path.join(root, 'b'),
    nowUnixMs: NOON + MINUTE,
    program: 't',
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  await sellOnce(restored, NOON + 10 * MINUTE, METER);
  lost = readLedger(restored, (reader) => lastRecordedSale(reader)!);
  lostLines = readLedger(restored, (reader) => [...journalLines(reader)]);
  await sellOnce(restored, NOON + 20 * MINUTE, 'Thandi Nkosi');
  second = readLedger(restored, (reader) => lastRecordedSale(reader)!);
  const back = restoreBackup({ backup: made.value.backup, data: restored, nowUnixMs: NOON + 60 * MINUTE });
  if (!back.ok) throw new Error(JSON.stringify(back.error));
}, 240_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

beforeEach(() => {
  data = mkdtempSync(path.join(root, 'data-'));
  cpSync(restored, data, { recursive: true });
  vi.useFakeTimers({ toFake: ['Date'], now: NOON + 90 * MINUTE });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(data, { recursive: true, force: true });
});

/** As it stands on the paper: 14:10 in Johannesburg. */
function slip(of: RecordedSale = lost, at = '2026-11-23 14:10'): PaperSlip {
  const { meterNumber } = JSON.parse(of.meter) as { readonly meterNumber: string };
  const digits = of.tokens[0]?.digits ?? '';
  return {
    receiptNumber: of.receiptNumber,
    at,
    meterNumber,
    amount: '100.00',
    units: (of.unitsTenths / 10).toFixed(1),
    tender: [{ account: 'cash-drawer', amount: '100.00' }],
    tokens: [digits.replaceAll(/\d{4}(?=\d)/gu, '$& ')],
    cashier: 'Amina',
  };
}

type Said = {
  readonly ok: boolean;
  readonly error?: { readonly code: string; readonly params: Readonly<Record<string, string>> };
  readonly slips?: readonly { readonly receiptNumber: string; readonly outcome: string }[];
};

async function recall(slips: readonly unknown[], who: readonly string[] = ['Joseph', '4321']): Promise<Said> {
  const file = path.join(data, 'slips.json');
  writeFileSync(file, JSON.stringify({ format: 'kioskwatt-slips', version: 1, slips }));
  const lines: string[] = [];
  const io = { out: (line: string) => void lines.push(line), err: (line: string) => void lines.push(line) };
  const [operator = '', pin = ''] = who;
  const words = ['--from', file, '--data', data, '--operator', operator, '--pin', pin, '--json'];
  const code = await runStationCommand(['recall-slips', ...words], io);
  const said = JSON.parse(lines.at(-1) ?? '') as Said;
  expect(said.ok).toBe(code === 0);
  return said;
}

/** What a supervisor's word does to the lost sale while it is in doubt. */
function endUnissued(): void {
  const ledger = openWriter('ledger', path.join(data, 'ledger.db'));
  if (!ledger.ok) throw new Error(JSON.stringify(ledger.error));
  const moment = { nowUnixMs: NOON + 85 * MINUTE, zone: 'Africa/Johannesburg', operatorId: lost.operatorId };
  const sale = (): RecordedSale => findSaleByReceipt(ledger.value, lost.receiptNumber)!;
  try {
    ledger.value.transaction((tx) => writeInDoubt(tx, moment, sale(), 'module-no-answer'));
    ledger.value.transaction((tx) => writeUnissued(tx, moment, sale(), 'nobody has seen it', null));
  } finally {
    ledger.value.close();
  }
}

const here = (): RecordedSale | undefined =>
  readLedger(data, (reader) => findSaleByReceipt(reader, lost.receiptNumber));
const books = (): unknown => readLedger(data, (reader) => verifyBooks(reader));
const balance = (account: string): number | undefined =>
  readLedger(data, (reader) => balances(reader)).find((row) => row.account === account)?.balanceMinor;

describe('a sale that only its slip shows', () => {
  it('comes back as such, with its token and its money, once', async () => {
    const [cash = 0, sold = 0] = [balance('cash-drawer'), balance(`sales-${lost.resource}`)];
    expect(await recall([slip()])).toEqual({
      ok: true,
      slips: [{ receiptNumber: lost.receiptNumber, outcome: 'recalled' }],
    });
    expect(await recall([slip(), slip()])).toMatchObject({
      slips: [{ outcome: 'known' }, { outcome: 'known' }],
    });
    expect(here()).toMatchObject({
      step: 'recorded',
      meterPan: lost.meterPan,
      amountMinor: 10_000,
      unitsTenths: lost.unitsTenths,
      tokenMinute: lost.tokenMinute,
      operatorId: lost.operatorId,
      atUnixMs: NOON + 10 * MINUTE,
      messageId: `unknown:${lost.receiptNumber}`,
      order: { kind: 'from-paper' },
      tokens: [{ digits: lost.tokens[0]?.digits, keyCheck: lost.tokens[0]?.keyCheck, moduleId: 'unknown' }],
    });
    expect(books()).toMatchObject({ ok: true });
    expect([balance('cash-drawer'), balance(`sales-${lost.resource}`), balance('tender-held') ?? 0]).toEqual([
      cash + 10_000,
      sold - 10_000,
      0,
    ]);
    expect(readLedger(data, (reader) => lastTokenMinute(reader, lost.meterPan))).toBe(lost.tokenMinute);
    const details = readLedger(data, (reader) =>
      reader
        .prepare("SELECT detail, operator_id FROM record WHERE kind = 'sale-recalled'")
        .all<{ detail: string; operator_id: string | null }>(),
    );
    expect(details.map(({ detail }) => JSON.parse(detail) as unknown)).toMatchObject([
      { from: 'paper', was: { kind: 'sale-intended' }, businessDate: '2026-11-23' },
      { from: 'paper', was: { kind: 'sale-recorded' }, atUnixMs: NOON + 10 * MINUTE },
    ]);
    expect(details.every(({ operator_id: who }) => who !== null && who !== lost.operatorId)).toBe(true);
    const { count, byAccount } = readLedger(data, (reader) => salesFigures(reader));
    expect([count, byAccount.reduce((sum, each) => sum + each.amountMinor, 0)]).toEqual([2, 20_000]);
  });

  it('is known to a later recall from the lost books', async () => {
    await recall([slip()]);
    const again = recallFromExport({ data, lines: lostLines, nowUnixMs: NOON + 95 * MINUTE });
    expect(again).toMatchObject({
      ok: true,
      value: { counts: { recalled: 0, known: 2, differs: 0 }, left: [] },
    });
    expect(books()).toMatchObject({ ok: true });
  });

  it('is known where the lost books brought it back before', async () => {
    const first = recallFromExport({ data, lines: lostLines, nowUnixMs: NOON + 80 * MINUTE });
    expect(first).toMatchObject({ ok: true, value: { counts: { recalled: 2 } } });
    expect(await recall([slip()])).toMatchObject({ slips: [{ outcome: 'known' }] });
  });

  it('is told apart where the lost books say otherwise', async () => {
    await recall([{ ...slip(), amount: '90.00', tender: [{ account: 'cash-drawer', amount: '90.00' }] }]);
    const again = recallFromExport({ data, lines: lostLines, nowUnixMs: NOON + 95 * MINUTE });
    expect(again).toMatchObject({
      ok: true,
      value: { counts: { recalled: 0, differs: 2 }, left: [{ reason: 'receipt' }, { reason: 'missing' }] },
    });
  });
});

describe('slips of one payment', () => {
  it('share its number: it stands with the first, and is carried on to the other', async () => {
    const tender = [{ account: 'mobile-money' as const, amount: '100.00', reference: 'qk7 81h' }];
    const both = [slip(), slip(second, '2026-11-23 14:20')].map((each) => ({ ...each, tender }));
    expect(await recall(both)).toMatchObject({ slips: [{ outcome: 'recalled' }, { outcome: 'recalled' }] });
    const parts = [lost, second].map(({ receiptNumber }) =>
      readLedger(data, (reader) => findSaleByReceipt(reader, receiptNumber)),
    );
    expect(parts.map((sale) => sale?.tender)).toMatchObject([
      [{ account: 'mobile-money', reference: 'QK781H', carriedFrom: null }],
      [{ account: 'mobile-money', reference: 'QK781H', carriedFrom: parts[0]?.saleId }],
    ]);
    expect(balance('mobile-money')).toBe(20_000);
    expect(books()).toMatchObject({ ok: true });
  });
});

describe('a sale from its slip at the counter', () => {
  it('is found, shown, and no obstacle to the next; nobody explains what is not known', async () => {
    await recall([slip()]);
    const saleId = here()?.saleId ?? '';
    const station = await openTraining(data, NOON + 95 * MINUTE);
    try {
      const session = station.newSession();
      const { handlers } = station;
      await handlers['operators.signIn']({ name: 'Joseph', pin: '4321' }, session);
      const found = await handlers['sale.search']({ text: lost.receiptNumber, before: null }, session);
      expect(found).toMatchObject({ ok: true, value: { sales: [{ receiptNumber: lost.receiptNumber }] } });
      expect(await handlers['sale.get']({ saleId }, session)).toMatchObject({
        ok: true,
        value: { kind: 'from-paper', amountMinor: 10_000, unitsTenths: lost.unitsTenths, lines: [] },
      });
      const explained = await handlers['purchase.explain']({ saleId }, session);
      expect(explained).toMatchObject({ ok: false, error: { code: 'not-a-purchase' } });
      expect(await handlers['meter.panel']({ pan: lost.meterPan }, session)).toMatchObject({ ok: true });
      const next = await sell(station, { meter: METER, amount: '50', operator: 'Amina', pin: '1234' });
      expect(next).toMatchObject({ ok: true, value: { receiptNumber: 'T014E2-000002' } });
      expect(next.ok && next.value.tokens[0]?.digits).not.toBe(lost.tokens[0]?.digits);
    } finally {
      await station.close();
    }
  });
});

describe('a slip that is not taken', () => {
  const other = (digits: string): string =>
    digits.replace(/\d$/u, (digit) => String((Number(digit) + 1) % 10));
  const cases: readonly (readonly [string, () => Partial<PaperSlip>, string])[] = [
    ['a token that does not decode', () => ({ tokens: [other(lost.tokens[0]!.digits)] }), 'token'],
    ['other units', () => ({ units: '1.0' }), 'units'],
    ['another time', () => ({ at: '2026-11-23 14:32' }), 'minute'],
    ['a time after the restore', () => ({ at: '2026-11-23 15:05' }), 'after'],
    ['a time before the backup', () => ({ at: '2026-11-23 13:50' }), 'before'],
    ['no such time', () => ({ at: '2026-11-31 14:10' }), 'time'],
    ['another station’s number', () => ({ receiptNumber: 'X9-000002' }), 'receipt'],
    ['a number of this epoch', () => ({ receiptNumber: lost.receiptNumber.replace('-', 'E2-') }), 'receipt'],
    ['the number of another sale', () => ({ receiptNumber: earlier.receiptNumber }), 'taken'],
    ['a meter that nobody knows', () => ({ meterNumber: '01234567897' }), 'meter'],
    ['a second token', () => ({ tokens: [lost.tokens[0]!.digits, '0'.repeat(20)] }), 'kind'],
  ];
  it.each(cases)('has %s', async (_what, wrong, reason) => {
    const before = readLedger(data, (reader) => reader.prepare('SELECT count(*) AS n FROM sale').get());
    const { receiptNumber } = { ...slip(), ...wrong() };
    // One that is good stands in the same file: it does not come back either.
    const said = await recall([slip(), { ...slip(), ...wrong() }]);
    expect(said.error).toMatchObject({ code: 'slip-refused', params: { receipt: receiptNumber, reason } });
    expect(readLedger(data, (reader) => reader.prepare('SELECT count(*) AS n FROM sale').get())).toEqual(
      before,
    );
  });

  it.each([
    ['no amount', { amount: 'R 100' }, 'amount-not-a-number'],
    ['hundredths of a cent', { amount: '100.001' }, 'amount-too-precise'],
    ['too little handed over', { amount: '120.00' }, 'cash-too-little'],
    [
      'mobile money without its number',
      { tender: [{ account: 'mobile-money', amount: '100.00' }] },
      'reference-missing',
    ],
  ] as const)('has %s', async (_what, wrong, code) => {
    expect((await recall([{ ...slip(), ...wrong }])).error?.code).toBe(code);
    expect(here()).toBeUndefined();
  });

  it('is of a sale that the books ended without a token', async () => {
    const intent = lostLines
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
      .find(({ kind, subject_id: subject }) => kind === 'sale-intended' && subject === lost.saleId);
    const last = Number(intent?.['record_id']);
    const lines = lostLines.filter((line) => {
      const row = JSON.parse(line) as Readonly<Record<string, unknown>>;
      return Math.floor(Number(row['record_id'] ?? Number(row['row_id']) / 1000)) <= last;
    });
    const back = recallFromExport({ data, lines, nowUnixMs: NOON + 80 * MINUTE });
    expect(back).toMatchObject({ ok: true, value: { counts: { recalled: 1 } } });
    endUnissued();
    expect((await recall([slip()])).error).toMatchObject({
      code: 'slip-refused',
      params: { receipt: lost.receiptNumber, reason: 'ended' },
    });
  });

  it('is typed by a cashier, or stands in a file that is none', async () => {
    expect((await recall([slip()], ['Amina', '1234'])).error?.code).toBe('not-allowed');
    expect((await recall([{ ...slip(), tokens: ['12'] }])).error).toMatchObject({ code: 'slip-file' });
    expect(here()).toBeUndefined();
  });

  it('is of a folder that was never restored', async () => {
    rmSync(data, { recursive: true });
    await sellOnce(data, NOON, 'Thandi Nkosi');
    expect((await recall([slip()])).error?.code).toBe('recall-not-restored');
  });
});

describe('the example of the format', () => {
  it('is read, and its made-up token is not good here', async () => {
    const file = path.join(import.meta.dirname, '../../docs/formats/paper-slips.example.json');
    const { slips } = JSON.parse(readFileSync(file, 'utf8')) as { readonly slips: readonly PaperSlip[] };
    expect((await recall(slips)).error).toMatchObject({
      code: 'slip-refused',
      params: { reason: 'token' },
    });
  });
});
