import { randomBytes } from 'node:crypto';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMessageId } from '../../src/i18n/index.ts';
import { openGrower } from '../../bench/support/grow-ledger.ts';
import { growShifts } from '../../bench/support/grow-shifts.ts';
import { goesOnAt, grownFolder } from '../../bench/support/grown-folder.ts';
import type { SignedInOperator } from '../../src/contract/index.ts';
import {
  csvLines,
  ndjsonLines,
  REPORTS,
  runReport,
  type ReportResult,
} from '../../src/main/reports/index.ts';
import { salesFigures } from '../../src/main/shifts/index.ts';
import { openStation, type Station } from '../../src/main/station/index.ts';
import { reportSlip, type SlipPlace } from '../../src/main/station/shift-slips.ts';
import { paperOf, paperText } from '../../src/receipt/index.ts';
import { PrinterSimulator } from '../../src/simulators/printer/index.ts';

/**
 * Every report against the plain rows of the file, read once from the first to the last by a program of its own: no
 * report's SQL, no index, no view of it. The deep size has a million sales.
 */

const DEEP = process.env['KIOSKWATT_SIZE'] === 'deep';
const SALES = DEEP ? 1_000_000 : 600;
const A_SHIFT = DEEP ? 1_000 : 60;
const ZONE = 'Africa/Johannesburg';
const OFFSET_MS = 2 * 3_600_000;
const FIRST = '2026-01-05';
/** Names as they stand in the books: these four were never added, so their ids stand for them. */
const PEOPLE = ['abena', 'bilal', 'chipo', 'dalia'].map(
  (operatorId) => ({ operatorId, name: operatorId, role: 'supervisor' }) satisfies SignedInOperator,
);

const { folder, remove } = grownFolder('shifts');
let station: Station;
let simulator: PrinterSimulator;
let nowUnixMs = goesOnAt(folder, Date.UTC(2026, 0, 5, 6, 0));
let last: string;

beforeAll(async () => {
  simulator = new PrinterSimulator({ columns: 48, level: 'process-id', lineMs: 0, onEvent: () => undefined });
  const port = await simulator.listen(0);
  const opened = await openStation({
    dataFolder: folder,
    profile: 'training',
    printerAddress: `127.0.0.1:${port}`,
    now: () => nowUnixMs,
    random: (bytes) => randomBytes(bytes),
  });
  if (!opened.ok) throw new Error(opened.error.code);
  station = opened.value;
  const later = (ms: number): number => (nowUnixMs += ms);
  const ledger = openGrower(path.join(folder, 'ledger.db'));
  await growShifts({ station, ledger, later }, SALES, PEOPLE, A_SHIFT);
  ledger.close();
  last = new Date(nowUnixMs).toISOString().slice(0, 10);
}, 7_200_000);

afterAll(async () => {
  await station.close();
  await simulator.close();
  remove();
});

type Row = Record<string, string | number | null>;
type Sums = Map<string, number[]>;

function add(sums: Sums, key: string, ...figures: number[]): void {
  const known = sums.get(key) ?? figures.map(() => 0);
  sums.set(
    key,
    known.map((figure, at) => figure + (figures[at] ?? 0)),
  );
}

/** What the rows come to, by report. */
type Tally = Readonly<Record<(typeof COUNTED)[number], Sums>>;
const COUNTED = [
  'sales-by-day',
  'sales-by-hour',
  'sales-by-operator',
  'sales-by-resource',
  'sales-by-tariff',
  'sales-by-type',
  'sales-by-tender',
  'free-and-management-tokens',
  'unusual-purchases',
  'voids',
  'overrides',
  'corrections',
  'clocks',
  'keys',
  'reprints',
  'banking',
  'shifts',
  'doubts',
  'audit',
] as const;

/** Reads every row of the file once, in order, and adds it up by hand. */
function tally(): Tally {
  const db = new Database(path.join(folder, 'ledger.db'), { readonly: true });
  const rows = (sql: string): IterableIterator<Row> => db.prepare(sql).iterate() as IterableIterator<Row>;
  const sums = Object.fromEntries(COUNTED.map((name) => [name, new Map()])) as unknown as Tally;
  const sales = new Map<
    string,
    { amount: number; resource: string; operator: string; tariff: string; row: number }
  >();
  const recorded = new Map<number, { day: string; atMs: number; saleId: string }>();
  const corrected = new Set<number>();
  /** Records of sales: those that earn their money, and those that took it. */
  const earning = new Set<number>();
  const paying = new Set<number>();
  const units = new Map<string, number>();
  const step = new Map<string, string>();
  const hidden = new Set(['sale-intended', 'sale-recorded', 'sale-closed']);
  let before = 0;
  for (const row of rows('SELECT * FROM record ORDER BY record_id')) {
    const recordId = Number(row['record_id']);
    const kind = String(row['kind']);
    const atMs = Number(row['at_unix_ms']);
    if (kind === 'sale-recorded')
      recorded.set(recordId, { day: String(row['business_date']), atMs, saleId: String(row['subject_id']) });
    if (kind === 'tender-corrected') corrected.add(recordId);
    if (!hidden.has(kind)) add(sums['audit'], kind, 1);
    if (kind === 'sale-void' || kind === 'sale-unissued') add(sums['voids'], kind, 1);
    if (kind === 'override-granted') add(sums['overrides'], kind, 1);
    if (kind === 'tender-corrected' || kind === 'dispute-opened') add(sums['corrections'], kind, 1);
    if (before > 0 && atMs - before > 86_400_000) add(sums['clocks'], kind, 1);
    before = atMs;
  }
  for (const row of rows('SELECT * FROM sale')) {
    sales.set(String(row['sale_id']), {
      amount: Number(row['amount_minor']),
      resource: String(row['resource']),
      operator: String(row['operator_id']),
      tariff: (JSON.parse(String(row['quote'])) as { tariff: { id: string } }).tariff.id,
      row: Number(row['row_id']),
    });
  }
  for (const row of rows('SELECT * FROM sale_step ORDER BY row_id'))
    step.set(String(row['sale_id']), String(row['step']));
  for (const row of rows('SELECT * FROM token')) {
    const saleId = String(row['sale_id']);
    if (row['token_class'] === 0) units.set(saleId, (units.get(saleId) ?? 0) + Number(row['units_tenths']));
    const special = row['token_class'] !== 0 || sales.get(saleId)?.amount === 0;
    if (special) add(sums['free-and-management-tokens'], 'all', 1, Number(row['units_tenths'] ?? 0));
    add(sums['keys'], `${row['module_id']} ${row['key_check']}`, 1);
  }
  for (const [recordId, { day, atMs, saleId: subject }] of recorded) {
    const sale = sales.get(subject)!;
    if (step.get(subject) === 'unissued') continue;
    earning.add(recordId);
    paying.add(Math.floor(sale.row / 1000));
    const hour = new Date(atMs + OFFSET_MS).toISOString().slice(11, 13);
    add(sums['sales-by-day'], day, 1, sale.amount);
    add(sums['sales-by-hour'], hour, 1, sale.amount);
    add(sums['sales-by-operator'], sale.operator, 1, sale.amount);
    add(sums['sales-by-tariff'], sale.tariff, 1, sale.amount);
    add(sums['sales-by-resource'], sale.resource, 1, sale.amount, units.get(subject) ?? 0);
  }
  for (const row of rows('SELECT * FROM transfer')) {
    const recordId = Math.floor(Number(row['row_id']) / 1000);
    const minor = Number(row['amount_minor']);
    const [debit, credit] = [String(row['debit_account']), String(row['credit_account'])];
    if (earning.has(recordId)) {
      if (debit === 'tender-held') add(sums['sales-by-type'], credit, minor);
      if (credit === 'tender-held') add(sums['sales-by-type'], debit, -minor);
    }
    if (paying.has(recordId) && credit === 'tender-held') add(sums['sales-by-tender'], debit, minor);
    if (corrected.has(recordId)) {
      add(sums['sales-by-tender'], debit, minor);
      add(sums['sales-by-tender'], credit, -minor);
    }
  }
  for (const [saleId, at] of step)
    if (at === 'in-doubt' || at === 'intended') add(sums['doubts'], at, sales.get(saleId)!.amount);
  for (const row of rows('SELECT * FROM print_job'))
    if (row['operator_id'] !== null) add(sums['reprints'], String(row['operator_id']), 1);
  for (const row of rows('SELECT * FROM deposit'))
    add(sums['banking'], String(row['account']), Number(row['amount_minor']));
  for (const row of rows("SELECT * FROM cycle_end WHERE kind = 'shift'")) {
    const figures = JSON.parse(String(row['figures'])) as {
      shift: { operatorId: string };
    };
    const variance = varianceOf(db, Number(row['row_id']), String(row['subject_id']));
    const { count, amount } = shiftSales(db, String(row['subject_id']), step);
    add(sums['shifts'], figures.shift.operatorId, 1, count, amount, variance);
  }
  db.close();
  return sums;
}

/** What the closing of a shift moved to or from `variance`: the rows of its own record. */
function varianceOf(db: Database.Database, rowId: number, _shiftId: string): number {
  const first = rowId - (rowId % 1000);
  let sum = 0;
  for (const row of db
    .prepare('SELECT * FROM transfer WHERE row_id BETWEEN ? AND ?')
    .all(first, first + 999) as Row[]) {
    if (row['credit_account'] === 'variance') sum += Number(row['amount_minor']);
    if (row['debit_account'] === 'variance') sum -= Number(row['amount_minor']);
  }
  return sum;
}

function shiftSales(
  db: Database.Database,
  shiftId: string,
  step: ReadonlyMap<string, string>,
): { count: number; amount: number } {
  let [count, amount] = [0, 0];
  const saleOf = db.prepare('SELECT sale_id, amount_minor FROM sale WHERE row_id BETWEEN ? AND ?');
  for (const entry of db.prepare('SELECT row_id FROM shift_entry WHERE shift_id = ?').all(shiftId) as Row[]) {
    const rowId = Number(entry['row_id']);
    const first = rowId - (rowId % 1000);
    for (const sale of saleOf.all(first, first + 999) as Row[]) {
      if (!['issued', 'recorded', 'closed'].includes(step.get(String(sale['sale_id'])) ?? '')) continue;
      count += 1;
      amount += Number(sale['amount_minor']);
    }
  }
  return { count, amount };
}

/** Each report once: a million sales are read for it. */
const made = new Map<string, ReportResult>();
function report(name: string): ReportResult {
  const request = { name, from: FIRST, to: last, text: '', zone: ZONE };
  const result = made.get(name) ?? runReport(station.ledger, request);
  made.set(name, result);
  return result;
}

/** The rows of a report by their first column, the figures after it. */
function byFirst({ rows }: ReportResult): Record<string, number[]> {
  return Object.fromEntries(rows.map(([key, ...figures]) => [String(key), figures.map(Number)]));
}

const plain = (sums: Sums): Record<string, number[]> => Object.fromEntries(sums);

const SLIP_PLACE: SlipPlace = {
  locale: 'en',
  settings: {
    version: 1,
    profile: 'private',
    stationId: 'T1',
    stationName: 'Test',
    receiptHeader: [],
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    zone: ZONE,
    supplyGroups: {},
    printer: null,
    receiptColumns: 48,
    cashKeysMinor: [],
  },
  mark: null,
  operatorName: 'Test',
  nowUnixMs: 0,
};

/** The fields of a line of CSV (RFC 4180), by a reader of this test's own. */
function fieldsOf(line: string): readonly string[] {
  const fields: string[] = [];
  let rest = line;
  for (;;) {
    const [field = ''] = /^(?:"(?:[^"]|"")*"|[^,]*)/u.exec(rest) ?? [];
    fields.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (field.length === rest.length) return fields;
    rest = rest.slice(field.length + 1);
  }
}

describe(`reports over ${SALES} sales`, { timeout: 3_600_000 }, () => {
  let sums: Tally;
  beforeAll(() => {
    sums = tally();
  }, 3_600_000);

  it('is a ledger of that many', () => {
    const sold = [...sums['sales-by-day'].values()].reduce((sum, [count = 0]) => sum + count, 0);
    expect(sold).toBeGreaterThanOrEqual(SALES);
    expect(sums['sales-by-operator'].size).toBe(PEOPLE.length);
  });

  it.each([
    'sales-by-day',
    'sales-by-hour',
    'sales-by-operator',
    'sales-by-resource',
    'sales-by-tariff',
    'sales-by-type',
    'sales-by-tender',
  ] as const)('%s', (name) => {
    const result = report(name);
    expect(byFirst(result)).toEqual(plain(sums[name]));
    const foot = result.totals.filter((total) => total !== null);
    const own = [...sums[name].values()].reduce<number[]>(
      (total, figures) => figures.map((figure, at) => figure + (total[at] ?? 0)),
      [],
    );
    expect(foot).toEqual(own);
  });

  it.each(['voids', 'overrides', 'corrections', 'clocks', 'audit'] as const)('%s', (name) => {
    const kinds: Sums = new Map();
    for (const [, kind] of report(name).rows) add(kinds, String(kind), 1);
    expect(plain(kinds)).toEqual(plain(sums[name]));
    // A person reads words, whatever kind of record it is.
    expect([...kinds.keys()].filter((kind) => !isMessageId(`kind.${kind}`))).toEqual([]);
  });

  it('keys, reprints, doubts, deposits and special tokens', () => {
    const uses = report('keys').rows.map(([module, key, count]) => [`${module} ${key}`, [Number(count)]]);
    expect(Object.fromEntries(uses)).toEqual(plain(sums['keys']));
    const reprints = [...sums['reprints'].values()].reduce((sum, [count = 0]) => sum + count, 0);
    expect(report('reprints').rows).toHaveLength(reprints);
    const doubts = [...sums['doubts'].values()].reduce((sum, [amount = 0]) => sum + amount, 0);
    expect(report('doubts').totals.at(-1)).toBe(doubts);
    const banked = [...sums['banking'].values()].reduce((sum, [amount = 0]) => sum + amount, 0);
    expect(report('banking').totals[3]).toBe(banked);
    const [tokens = 0, tokenUnits = 0] = sums['free-and-management-tokens'].get('all') ?? [];
    expect(report('free-and-management-tokens').totals.slice(-2)).toEqual([tokens, tokenUnits]);
  });

  it('shifts, each with its sales and what was over or short', () => {
    const own: Sums = new Map();
    for (const [, , , operator, count, amount, variance] of report('shifts').rows)
      add(own, String(operator), 1, Number(count), Number(amount), Number(variance));
    expect(plain(own)).toEqual(plain(sums['shifts']));
  });

  it('a run of sales', () => {
    const figures = salesFigures(station.ledger);
    const [count, amountMinor] = [...sums['sales-by-day'].values()].reduce(
      ([counts = 0, amounts = 0], [one = 0, amount = 0]) => [counts + one, amounts + amount],
      [0, 0],
    );
    expect([figures.count, figures.amountMinor]).toEqual([count, amountMinor]);
    expect(Object.fromEntries(figures.byAccount.map((each) => [each.account, [each.amountMinor]]))).toEqual(
      plain(sums['sales-by-type']),
    );
  });

  it.each(REPORTS.map(({ name }) => name))('%s comes to the same on paper and in its files', (name) => {
    const result = report(name);
    const place = { currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 }, zone: ZONE } as const;
    const [head, ...lines] = csvLines(result, place).map(fieldsOf);
    expect(head).toEqual(result.columns.map(({ id }) => id));
    expect(lines).toHaveLength(result.rows.length);
    // Cents, tenths and counts, out of the text that a spreadsheet reads.
    const inText = result.columns.map(({ total, kind }, at) => {
      const whole = kind === 'money' ? 100 : kind === 'units' ? 10 : 1;
      return total ? lines.reduce((sum, line) => sum + Math.round(Number(line[at]) * whole), 0) : null;
    });
    expect(inText).toEqual(result.totals);
    const objects = ndjsonLines(result).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(objects.map((each) => Object.values(each))).toEqual(result.rows);
    const document = reportSlip(SLIP_PLACE, result);
    const onPaper = paperText(paperOf(document, 48).lines, 48);
    for (const [at, total] of result.totals.entries()) {
      if (total === null) continue;
      const { kind = 'count' } = result.columns[at] ?? {};
      const text =
        kind === 'money' ? (total / 100).toFixed(2) : kind === 'units' ? (total / 10).toFixed(1) : total;
      expect(onPaper).toMatch(new RegExp(`\\s${String(text)}\\s*$`, 'mu'));
    }
    // A chart is drawn from columns that the table beside it has.
    const ids = result.columns.map(({ id }) => id);
    expect(
      [result.chart?.across ?? ids[0], ...(result.chart?.up ?? [])].filter((id) => !ids.includes(id!)),
    ).toEqual([]);
  });

  it('leaves no report out', () => {
    expect(REPORTS.map(({ name }) => name).toSorted()).toEqual([...COUNTED].toSorted());
  });
});
