import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amountMinor, type SaleId, unitsTenths } from '../../units/index.ts';
import { MIGRATIONS, openReader, openWriter, type LedgerTx, type LedgerWriter } from '../store/index.ts';
import {
  appendRecord,
  balances,
  projectOpenSale,
  PURCHASE,
  saleChildren,
  stepChildren,
  tokenChild,
  verifyChain,
} from './index.ts';
import { BATCH_COLUMNS, CHILD_COLUMNS, CHILD_TABLES, columnKind, RECORD_COLUMNS } from '../../batch/index.ts';

let folder: string;
let file: string;
let writer: LedgerWriter;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-journal-'));
  file = path.join(folder, 'ledger.db');
  const opened = openWriter('ledger', file);
  if (!opened.ok) throw new Error(opened.error.code);
  writer = opened.value;
});

afterEach(() => {
  writer.close();
  rmSync(folder, { recursive: true });
});

function sampleSale(tx: LedgerTx, n: number, fromBeforeTenderParts = false): void {
  const saleId = `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as SaleId;
  const sale = { saleId, meterPan: '600727000000000009' };
  const base = {
    atUnixMs: 1_700_000_000_000 + n,
    businessDate: '2023-11-14',
    operatorId: 'amina',
    subjectId: saleId,
  };
  const tender = [
    {
      account: 'card' as const,
      amountMinor: amountMinor(4_000),
      receivedMinor: amountMinor(4_000),
      reference: 'SLIP7',
      carriedFrom: n === 1 ? null : (saleId.replace(/.$/u, '1') as SaleId),
    },
    {
      account: 'cash-drawer' as const,
      amountMinor: amountMinor(6_000),
      receivedMinor: amountMinor(16_000),
      reference: null,
      carriedFrom: null,
    },
  ];
  const basket = { basketId: 'basket-1', position: n, size: 1_000 };
  appendRecord(tx, {
    ...base,
    kind: 'sale-intended',
    detail: { note: 'é' },
    transfers: [
      { debit: 'card', credit: 'tender-held', currency: 'ZAR', amountMinor: amountMinor(4_000) },
      { debit: 'cash-drawer', credit: 'tender-held', currency: 'ZAR', amountMinor: amountMinor(6_000) },
    ],
    children: [
      ...saleChildren({
        ...sale,
        requestId: `request-${n}`,
        messageId: `message-${n}`,
        receiptNumber: `R-${n}`,
        atUnixMs: base.atUnixMs,
        operatorId: 'amina',
        meter: '{"sgc":"201457"}',
        customerDigest: new Uint8Array(32),
        resource: 'electricity',
        currency: 'ZAR',
        amountMinor: amountMinor(10_000),
        tenderAccount: 'cash-drawer',
        receivedMinor: amountMinor(20_000),
        unitsTenths: unitsTenths(426),
        tokenMinute: 28_333_333 + n,
        quote: '{}',
        order: PURCHASE,
        tender: fromBeforeTenderParts ? [] : tender,
        basket: fromBeforeTenderParts ? null : basket,
      }),
      ...stepChildren(tx, sale, [{ step: 'intended', reason: null }]),
    ],
  });
  projectOpenSale(tx, sale);
  appendRecord(tx, {
    ...base,
    kind: 'sale-recorded',
    detail: {},
    transfers: [
      { debit: 'tender-held', credit: 'sales-electricity', currency: 'ZAR', amountMinor: amountMinor(8_696) },
      { debit: 'tender-held', credit: 'tax', currency: 'ZAR', amountMinor: amountMinor(1_304) },
    ],
    children: [
      tokenChild(saleId, {
        position: 1,
        digits: '12345678901234567890',
        tokenClass: 0,
        subclass: 0,
        tokenMinute: 28_333_333 + n,
        unitsTenths: unitsTenths(426),
        moduleId: 'software',
        keyCheck: 'abcdef',
      }),
      ...stepChildren(tx, sale, [
        { step: 'issued', reason: null },
        { step: 'recorded', reason: 'test' },
      ]),
    ],
  });
  projectOpenSale(tx, sale);
}

/** One row in each table that a sale leaves alone. */
function sampleShift(tx: LedgerTx, n: number): void {
  const operatorId = `operator-${n}`;
  tx.prepare(
    `INSERT INTO operator (operator_id, name, name_key, role, pin_cost, pin_block_size, pin_parallel,
       pin_salt, pin_hash, created_unix_ms) VALUES (?, ?, ?, 'cashier', 131072, 8, 1, ?, ?, 0)`,
  ).run(operatorId, `N${n}`, `n${n}`, new Uint8Array(16), new Uint8Array(32));
  const shift_id = `shift-${n}`;
  const figures = { from_record: 1, to_record: 2, head: '0'.repeat(64), figures: '{}' };
  const deposit = { account: 'safe', currency: 'ZAR', amount_minor: 500, beneficiary: 'Acacia Power' };
  const sale_id = `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  appendRecord(tx, {
    atUnixMs: 1_700_000_000_500 + n,
    businessDate: '2023-11-14',
    operatorId,
    subjectId: shift_id,
    kind: 'sample',
    detail: {},
    children: [
      { table: 'operator_state', values: { operator_id: operatorId, role: 'cashier', active: 1 } },
      {
        table: 'shift',
        values: { shift_id, number: n, drawer: '1', operator_id: operatorId, currency: 'ZAR' },
      },
      { table: 'shift_step', values: { shift_id, step: 'opened', reason: null } },
      { table: 'shift_entry', values: { shift_id } },
      {
        table: 'count_line',
        values: {
          subject_id: shift_id,
          account: 'cash-drawer',
          denomination_minor: 100,
          quantity: 5,
          amount_minor: 500,
        },
      },
      { table: 'cycle_end', values: { kind: 'shift', number: n, subject_id: shift_id, ...figures } },
      {
        table: 'deposit',
        values: { deposit_id: `deposit-${n}`, number: n, reference: `R${n}`, ...deposit },
      },
      {
        table: 'dispute',
        values: { dispute_id: `dispute-${n}`, number: n, sale_id, ground: 'meter', words: 'wrong meter' },
      },
      {
        table: 'sale_kind',
        values: {
          sale_id,
          kind: 'free-issue',
          work: '{"ground":"test"}',
          original_sale_id: null,
          authoriser_id: operatorId,
          second_id: null,
          reason: 'meter test',
          for_head_office: 1,
        },
      },
    ],
  });
}

function fill(sales: number): void {
  for (let n = 1; n <= sales; n += 1) writer.transaction((tx) => sampleSale(tx, n));
}

/** Edits the file behind the ledger's back, triggers put aside, as a forger with a database tool would. */
function forge(sql: string, ...parameters: unknown[]): void {
  const db = new Database(file);
  db.pragma('foreign_keys = OFF');
  db.pragma('ignore_check_constraints = ON');
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string;
  }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  db.prepare(sql).run(...parameters);
  db.close();
}

function verifyFile(): ReturnType<typeof verifyChain> {
  const reader = openReader('ledger', file);
  if (!reader.ok) throw new Error(reader.error.code);
  try {
    return verifyChain(reader.value);
  } finally {
    reader.value.close();
  }
}

describe('the journal', () => {
  it('is whole after ordinary sales and its balances sum to zero', () => {
    fill(3);
    const verified = verifyChain(writer);
    expect(verified.ok && verified.value).toMatchObject({ records: 6, rows: 36, epoch: 1, sequence: 6 });
    const all = balances(writer);
    expect(all.reduce((sum, row) => sum + row.balanceMinor, 0)).toBe(0);
    expect(all.find((row) => row.account === 'cash-drawer')?.balanceMinor).toBe(18_000);
    expect(all.find((row) => row.account === 'card')?.balanceMinor).toBe(12_000);
    expect(all.find((row) => row.account === 'tender-held')?.balanceMinor).toBe(0);
  });

  it('protects every column of the schema', () => {
    for (const table of CHILD_TABLES) {
      const columns = writer
        .prepare(`SELECT name FROM pragma_table_info('${table}')`)
        .all<{ name: string }>();
      expect(columns.map((column) => column.name)).toEqual([...CHILD_COLUMNS[table], 'digest']);
    }
    const record = writer.prepare("SELECT name FROM pragma_table_info('record')").all<{ name: string }>();
    expect(record.map((column) => column.name)).toEqual([...RECORD_COLUMNS, 'hash']);
  });

  it('has columns of the kinds that head office takes', () => {
    const types = { INTEGER: ['whole'], BLOB: ['bytes'], TEXT: ['text', 'json', 'day'] };
    for (const table of ['record', ...CHILD_TABLES] as const) {
      const { sql = '' } =
        writer.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').get<{ sql: string }>(table) ?? {};
      const columns = writer
        .prepare(`SELECT name, type FROM pragma_table_info('${table}')`)
        .all<{ name: string; type: keyof typeof types }>();
      for (const { name, type } of columns.filter((column) => BATCH_COLUMNS[table].includes(column.name))) {
        const kind = columnKind(name);
        expect(types[type], `${table}.${name}`).toContain(kind);
        expect(kind === 'json', `${table}.${name}`).toBe(sql.includes(`json_valid(${name})`));
      }
    }
  });

  it('refuses UPDATE, DELETE and REPLACE on every table of the chain', () => {
    fill(1);
    writer.transaction((tx) => sampleShift(tx, 1));
    for (const table of ['record', ...CHILD_TABLES]) {
      const key = table === 'record' ? 'record_id' : 'row_id';
      expect(() =>
        writer.transaction((tx) => tx.prepare(`UPDATE ${table} SET ${key} = ${key}`).run()),
      ).toThrow(/append-only/u);
      expect(() => writer.transaction((tx) => tx.prepare(`DELETE FROM ${table}`).run())).toThrow(
        /append-only/u,
      );
      expect(() =>
        writer.transaction((tx) =>
          tx.prepare(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`).run(),
        ),
      ).toThrow(/append-only|without gaps/u);
    }
    expect(verifyChain(writer).ok).toBe(true);
  });

  it('keeps nothing of a transaction that throws', () => {
    fill(1);
    expect(() =>
      writer.transaction((tx) => {
        sampleSale(tx, 2);
        throw new Error('cut');
      }),
    ).toThrow('cut');
    expect(verifyChain(writer)).toMatchObject({ ok: true, value: { records: 2 } });
  });

  it('refuses a step that the table of steps does not allow', () => {
    fill(1);
    const sale = { saleId: '00000000-0000-7000-8000-000000000001' as SaleId, meterPan: '600727000000000009' };
    expect(() =>
      writer.transaction((tx) => stepChildren(tx, sale, [{ step: 'void', reason: null }])),
    ).toThrow(/from recorded to void/u);
  });
});

describe('a journal from before sales had kinds', () => {
  it('is brought up with every row, digest and hash as it was', () => {
    writer.close();
    rmSync(file);
    const before = MIGRATIONS.ledger.slice(0, 7);
    const old = openWriter('ledger', file, { migrations: before });
    if (!old.ok) throw new Error(old.error.code);
    writer = old.value;
    writer.transaction((tx) => [1, 2, 3].forEach((n) => sampleSale(tx, n, true)));
    const rows = writer.prepare('SELECT * FROM sale ORDER BY row_id').all();
    writer.close();
    const now = openWriter('ledger', file);
    if (!now.ok) throw new Error(now.error.code);
    writer = now.value;
    expect(writer.prepare('SELECT * FROM sale ORDER BY row_id').all()).toEqual(rows);
    expect(verifyChain(writer)).toMatchObject({ ok: true, value: { records: 6, rows: 27 } });
    expect(writer.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
    expect(() => writer.transaction((tx) => tx.prepare('DELETE FROM sale').run())).toThrow(/append-only/u);
  });

  it('keeps its kinds of sale through the layout that has those from paper', () => {
    writer.close();
    rmSync(file);
    const old = openWriter('ledger', file, { migrations: MIGRATIONS.ledger.slice(0, 18) });
    if (!old.ok) throw new Error(old.error.code);
    writer = old.value;
    writer.transaction((tx) => sampleSale(tx, 1));
    writer.transaction((tx) => sampleShift(tx, 1));
    const rows = writer.prepare('SELECT * FROM sale_kind').all();
    const chain = verifyChain(writer);
    writer.close();
    const now = openWriter('ledger', file);
    if (!now.ok) throw new Error(now.error.code);
    writer = now.value;
    expect(rows).toHaveLength(1);
    expect(writer.prepare('SELECT * FROM sale_kind').all()).toEqual(rows);
    expect(verifyChain(writer)).toEqual(chain);
    expect(chain.ok).toBe(true);
    for (const sql of ["UPDATE sale_kind SET kind = 'from-paper'", 'DELETE FROM sale_kind'])
      expect(() => writer.transaction((tx) => tx.prepare(sql).run())).toThrow(/append-only/u);
  });
});

describe('verification', () => {
  const columnsOf = (table: string): readonly string[] =>
    table === 'record'
      ? [...RECORD_COLUMNS, 'hash']
      : [...CHILD_COLUMNS[table as keyof typeof CHILD_COLUMNS], 'digest'];
  const cases = ['record', ...CHILD_TABLES].flatMap((table) =>
    columnsOf(table).map((column) => [table, column] as const),
  );

  it.each(cases)('finds a change in %s.%s and names its record', (table, column) => {
    fill(3);
    for (let n = 1; n <= 3; n += 1) writer.transaction((tx) => sampleShift(tx, n));
    const key = table === 'record' ? 'record_id' : 'row_id';
    const victim = writer
      .prepare(`SELECT ${key} AS key, "${column}" AS value FROM ${table} ORDER BY ${key} LIMIT 1 OFFSET 1`)
      .get<{
        key: number;
        value: unknown;
      }>();
    if (!victim) throw new Error('no row');
    writer.close();
    forge(`UPDATE ${table} SET "${column}" = ? WHERE ${key} = ?`, changed(victim.value), victim.key);
    const verified = verifyFile();
    expect(verified.ok).toBe(false);
    if (
      !verified.ok &&
      column !== 'record_id' &&
      column !== 'epoch' &&
      column !== 'sequence' &&
      column !== 'row_id'
    ) {
      const record = table === 'record' ? victim.key : Math.floor(victim.key / 1000);
      expect(verified.error.record).toBe(`1/${record}`);
      expect(verified.error.row).toContain(
        column === 'child_count'
          ? String(record)
          : table === 'record'
            ? `record ${record}`
            : `${table} ${victim.key}`,
      );
    }
    writer = reopen();
  });

  it('finds a removed row, a removed record and an added row', () => {
    fill(3);
    writer.close();
    forge('DELETE FROM transfer WHERE row_id = 4001');
    expect(verifyFile()).toMatchObject({ ok: false, error: { row: 'row 4001', reason: 'row missing' } });
    forge('DELETE FROM token WHERE row_id >= 6000');
    forge('DELETE FROM transfer WHERE row_id >= 4000');
    forge('DELETE FROM sale_step WHERE row_id >= 4000');
    forge('DELETE FROM record WHERE record_id = 4');
    expect(verifyFile().ok).toBe(false);
    writer = reopen();
  });

  function reopen(): LedgerWriter {
    const opened = openWriter('ledger', file);
    if (!opened.ok) throw new Error(opened.error.code);
    return opened.value;
  }
});

/** The same value with one digit or one letter changed. */
function changed(value: unknown): unknown {
  if (value === null) return 'x';
  if (typeof value === 'number') return value + 500;
  if (value instanceof Uint8Array) {
    const copy = Buffer.from(value);
    copy[0] = copy[0]! ^ 1;
    return copy;
  }
  const text = String(value);
  if (text.startsWith('{'))
    return text.endsWith('}') && text.length > 2 ? text.replace(/[a-z0-9é]/u, 'z') : '{"a":1}';
  return text.slice(0, -1) + (text.endsWith('7') ? '8' : '7');
}
