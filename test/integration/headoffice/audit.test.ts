import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  audit,
  makeSchema,
  openDatabase,
  readAuditKeys,
  report,
  writeAudit,
  type AuditTable,
  type Database,
} from '../../../src/headoffice/index.ts';

/** Rows are put into the tables by hand: an irregularity that no till makes has to be planted. */

const METER = '600727001234567821';
const OTHER = '600727007639725020';
const QUIET = '600727001803406300';
/** Published: STS 531-1-07 Ed2.2, CTSA01-1. 0.1 kWh at 2014-03-01 13:00 for key revision 1 of group 201457. */
const PUBLISHED = {
  pan: '600727000000000009',
  token: '70630503470028726114',
  minute: Date.UTC(2014, 2, 1, 13) / 60_000,
  meter: { ea: 7, dkga: 4, sgc: '201457', krn: 1, keyType: 2, ti: 1, baseDate: 2014 },
};
const AUDIT_KEYS = path.join(import.meta.dirname, '../../fixtures/headoffice/audit-keys.json');
const DAY = '2026-11-24';

let folder: string;
let database: Database;
let tables: readonly AuditTable[];
let rowId = 0;

async function put(table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  rowId += 1;
  const place = {
    station: 'A1',
    business_date: DAY,
    epoch: 1,
    ...(table === 'record' ? {} : { row_id: rowId }),
  };
  const all = { ...place, ...row };
  const names = Object.keys(all);
  const marks = names.map((_name, index) => `$${index + 1}`);
  await database.use((session) =>
    session.query(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks.join(', ')})`,
      Object.values(all),
    ),
  );
}

type Planted = {
  readonly id: string;
  readonly station?: string;
  readonly pan?: string;
  readonly day?: string;
  readonly minute?: number;
  readonly amount?: number;
  readonly steps?: readonly string[];
  readonly token?: boolean;
  readonly money?: boolean;
  readonly tender?: string;
  readonly reference?: string;
  readonly carriedFrom?: string;
  /** How it was paid, where that is not one part of `tender`; none as of a sale from before there were parts. */
  readonly parts?: readonly (readonly [account: string, amount: number])[];
  readonly receipt?: string;
  /** The token that was written down, and its units; whatever digits, for a meter whose key is not at hand, without. */
  readonly published?: { readonly digits: string; readonly units: number };
};

let sequence = 0;

/** A sale with what belongs to one, but for what is left out. */
async function sale(planted: Planted): Promise<void> {
  const {
    id,
    station = 'A1',
    pan = OTHER,
    day = DAY,
    minute = 29_000_000 + rowId,
    amount = 10_000,
  } = planted;
  const { published } = planted;
  const { steps = ['intended', 'recorded'], token = true, money = true, tender = 'cash-drawer' } = planted;
  const place = { station, business_date: day };
  sequence += 1;
  const record = sequence;
  const head = { record_id: record, sequence: record, kind: 'sale-intended', subject_id: id, detail: '{}' };
  await put('record', { ...place, ...head, hash: Buffer.alloc(32) });
  rowId = Math.max(rowId, record * 1000);
  const amounts = { amount_minor: amount, received_minor: amount };
  const what = {
    meter_pan: pan,
    resource: 'electricity',
    currency: 'ZAR',
    tender_account: tender,
    units_tenths: 426,
    token_minute: minute,
  };
  await put('sale', {
    ...place,
    sale_id: id,
    receipt_number: planted.receipt ?? `R-${id}`,
    ...amounts,
    ...what,
    meter: JSON.stringify({ keys: published ? PUBLISHED.meter : { ...PUBLISHED.meter, sgc: '999999' } }),
    quote: '{}',
  });
  for (const step of steps) await put('sale_step', { ...place, sale_id: id, step });
  if (money) {
    const accounts = { debit_account: tender, credit_account: 'tender-held' };
    await put('transfer', { ...place, ...accounts, currency: 'ZAR', amount_minor: amount });
  }
  const whole = amount > 0 ? [[tender, amount] as const] : [];
  for (const [index, [account, minor]] of (planted.parts ?? whole).entries())
    await put('tender_part', {
      ...place,
      sale_id: id,
      position: index + 1,
      account,
      amount_minor: minor,
      received_minor: minor,
      reference: account === 'cash-drawer' ? null : (planted.reference ?? null),
      carried_from: account === 'cash-drawer' ? null : (planted.carriedFrom ?? null),
    });
  if (token)
    await put('token', {
      ...place,
      sale_id: id,
      digits: published?.digits ?? String(rowId).padStart(20, '0'),
      token_class: 0,
      subclass: 0,
      units_tenths: published?.units ?? 426,
      token_minute: minute,
    });
}

/** As a station sends it that lost the sale and got it back: once more, in its next epoch. */
async function recalled(id: string): Promise<void> {
  for (const table of ['sale', 'token'])
    await database.use((session) =>
      session.query(
        `INSERT INTO ${table} SELECT (jsonb_populate_record(${table}, '{"epoch": 2}')).* FROM ${table} WHERE sale_id = $1`,
        [id],
      ),
    );
}

async function batch(number: number, clock: object): Promise<void> {
  const manifest = Buffer.from(JSON.stringify({ clock }));
  await database.use((session) =>
    session.query(
      `INSERT INTO batch (station, epoch, number, manifest_sha256, manifest, signature, rows_added, rows_known, ack,
         ack_signature, created_unix_ms) VALUES ('A1', 1, $1, 'x', $2, $2, 0, 0, $2, $2, 0)`,
      [number, manifest],
    ),
  );
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-audit-'));
  database = await openDatabase({ url: undefined, folder: path.join(folder, 'pg'), role: null });
  await makeSchema(database);
  for (const month of ['2026-06-01', '2026-11-01'])
    await database.use((session) => session.query('SELECT ensure_month($1)', [month]));
  for (const station of ['A1', 'A2'])
    await database.use((session) =>
      session.query(`INSERT INTO station (station, state) VALUES ($1, 'active')`, [station]),
    );
  await sale({ id: 'plain' });
  await sale({ id: 'first', pan: METER, minute: 28_000_000 });
  await sale({ id: 'second', pan: METER, minute: 28_000_000, station: 'A2' });
  await sale({ id: 'third', pan: METER, minute: 28_000_005, station: 'A2', amount: 0, money: false });
  await put('sale_kind', {
    station: 'A2',
    sale_id: 'third',
    kind: 'replacement',
    original_sale_id: 'second',
    work: '{}',
  });
  await put('token', { sale_id: 'nowhere', digits: '9'.repeat(20), token_class: 0 });
  await sale({ id: 'unearned', money: false });
  await sale({ id: 'returned', steps: ['intended', 'recorded', 'unissued'] });
  await sale({ id: 'open', steps: ['intended', 'in-doubt'], token: false });
  await sale({ id: 'empty', token: false });
  await sale({ id: 'gone', steps: ['intended', 'void'], token: false });
  await sale({ id: 'card1', tender: 'card', reference: '4711' });
  await sale({ id: 'card2', tender: 'card', reference: '4711', station: 'A2' });
  await sale({ id: 'basket1', tender: 'card', reference: '4712' });
  await sale({ id: 'basket2', tender: 'card', reference: '4712', carriedFrom: 'basket1' });
  await sale({ id: 'basket3', tender: 'card', reference: '4712', carriedFrom: 'basket2' });
  // Another station's payment, a sale that was paid otherwise, and a sale that came afterwards carry nothing on.
  await sale({ id: 'abroad1', tender: 'card', reference: '4713' });
  await sale({ id: 'abroad2', tender: 'card', reference: '4713', carriedFrom: 'abroad1', station: 'A2' });
  await sale({ id: 'other1', tender: 'card', reference: '4714' });
  await sale({ id: 'other2', tender: 'card', reference: '4714', carriedFrom: 'plain' });
  await sale({ id: 'turned1', tender: 'card', reference: '4715', carriedFrom: 'turned2' });
  await sale({ id: 'turned2', tender: 'card', reference: '4715' });
  for (const id of ['twin1', 'twin2']) await sale({ id, tender: 'card', receipt: 'R-0001' });
  const read = { pan: PUBLISHED.pan, tender: 'card' };
  const { token: digits, minute } = PUBLISHED;
  await sale({ ...read, id: 'reads', minute, published: { digits, units: 1 } });
  await sale({ ...read, id: 'more', minute: minute + 5, published: { digits, units: 2 } });
  await sale({
    ...read,
    id: 'altered',
    minute: minute + 10,
    published: { digits: `8${digits.slice(1)}`, units: 1 },
  });
  await sale({ id: 'old', day: '2026-11-20', station: 'A2', amount: 5_000 });
  const split = [
    ['card', 5_000],
    ['cash-drawer', 3_000],
  ] as const;
  await sale({ id: 'split', day: '2026-11-20', station: 'A2', amount: 8_000, tender: 'card', parts: split });
  await sale({ id: 'partless', day: '2026-11-20', station: 'A2', amount: 2_000, parts: [] });
  for (const day of ['01', '08', '15'])
    await sale({ id: `quiet${day}`, pan: QUIET, day: `2026-06-${day}`, tender: 'card' });
  sequence += 2;
  await sale({ id: 'after', tender: 'card' });
  for (const id of ['second', 'empty', 'more', 'quiet15']) await recalled(id);
  await batch(1, { createdUnixMs: 1_000_000, boot: 'a', upMs: 0 });
  await batch(2, { createdUnixMs: 5_000_000, boot: 'a', upMs: 1_000_000 });
  await batch(3, { createdUnixMs: 4_000_000, boot: 'b', upMs: 0 });
  const bank = { deposit_id: 'd', account: 'bank', currency: 'ZAR' };
  for (const [number, reference, amount_minor] of [
    [1, 'DEP, 1', 30_000],
    [2, 'DEP-2', 500],
    [3, 'DEP-2', 600],
    [4, 'DEP-4', 700],
  ] as const)
    await put('deposit', { ...bank, number, reference, amount_minor });
  const statement = path.join(folder, 'statement.csv');
  writeFileSync(
    statement,
    'date,reference,amount_minor,currency\r\n' +
      '2026-11-25,"DEP, 1",30000,ZAR\r\n2026-11-25,DEP-2,600,ZAR\r\n2026-11-25,DEP-2,501,ZAR\r\n' +
      '2026-11-25,DEP-9,900,ZAR\r\n',
  );
  const keys = readAuditKeys(AUDIT_KEYS);
  const options = { bankingDays: 3, salesADay: 4, quietDays: 60, keys, statement };
  tables = await audit(database, options);
}, 240_000);

afterAll(async () => {
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

const rowsOf = (file: string): AuditTable['rows'] => tables.find((table) => table.file === file)?.rows ?? [];

type DataField = {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date';
  readonly constraints?: {
    readonly required?: boolean;
    readonly pattern?: string;
    readonly minimum?: number;
    readonly enum?: readonly string[];
  };
};
type DataPackage = {
  readonly resources: readonly {
    readonly path: string;
    readonly schema: { readonly fields: readonly DataField[] };
  }[];
};

/** Whether a value is one of a column, by the rules of Frictionless' Table Schema that the package uses. */
function fits({ type, constraints = {} }: DataField, value: string): boolean {
  if (value === '') return constraints.required !== true;
  const { pattern, minimum, enum: words } = constraints;
  if (type === 'integer' && !/^-?\d+$/u.test(value)) return false;
  if (type === 'date' && !/^\d{4}-\d\d-\d\d$/u.test(value)) return false;
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(value)) return false;
  if (minimum !== undefined && Number(value) < minimum) return false;
  return words === undefined || words.includes(value);
}

/** Fields of a CSV whose quoted fields hold no line ends. */
function plainCsv(text: string): string[][] {
  return text
    .split('\r\n')
    .slice(0, -1)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/gu)].map(([, quoted, plain = '']) =>
        quoted === undefined ? plain : quoted.replaceAll('""', '"'),
      ),
    );
}

describe('the audit', () => {
  it('finds equal token times, with the replacement to issue and the one that was issued', () => {
    expect(rowsOf('equal-token-times')).toEqual([
      {
        meter_pan: METER,
        token_minute: 28_000_000,
        station: 'A2',
        receipt_number: 'R-second',
        other_station: 'A1',
        other_receipt_number: 'R-first',
        units_tenths: 426,
        replace_at_minute: 28_000_006,
        replaced_by: 'R-third',
      },
    ]);
  });

  it('finds tokens without money, and money without tokens', () => {
    const tokens = rowsOf('tokens-without-money').map(({ sale_id, reason }) => [sale_id, reason]);
    expect(tokens).toEqual([
      ['nowhere', 'no-sale'],
      ['returned', 'money-returned'],
      ['unearned', 'no-money'],
    ]);
    const money = rowsOf('money-without-tokens').map(({ receipt_number, state }) => [receipt_number, state]);
    expect(money).toEqual([
      ['R-empty', 'recorded'],
      ['R-open', 'in-doubt'],
    ]);
  });

  it('finds clocks that jumped or ran back, and records that are not held', () => {
    expect(rowsOf('clock-jumps').map(({ number, jump_ms }) => [number, jump_ms])).toEqual([
      [2, 3_000_000],
      [3, -1_000_000],
    ]);
    const gap = rowsOf('missing-sequences')
      .filter(({ station }) => station === 'A1')
      .at(-1);
    expect(gap).toMatchObject({ epoch: 1, from_sequence: sequence - 2, to_sequence: sequence - 1 });
  });

  it('finds references that paid twice, but not those that were carried on', () => {
    expect(rowsOf('repeated-references')).toEqual([
      { kind: 'card', reference: '4711', uses: 2, stations: 'A1 A2' },
      { kind: 'card', reference: '4713', uses: 2, stations: 'A1 A2' },
      { kind: 'card', reference: '4714', uses: 2, stations: 'A1' },
      { kind: 'card', reference: '4715', uses: 2, stations: 'A1' },
      { kind: 'deposit', reference: 'DEP-2', uses: 2, stations: 'A1' },
      { kind: 'receipt', reference: 'R-0001', uses: 2, stations: 'A1' },
    ]);
  });

  it('finds tokens that do not read as they were recorded, and leaves those alone that do', () => {
    const rows = rowsOf('token-differs').map(({ receipt_number, field, recorded, decoded }) =>
      [receipt_number, field, recorded, decoded].join(' '),
    );
    expect(rows.slice(1)).toEqual([
      `R-more units_tenths 2 1`,
      `R-more token_minute ${PUBLISHED.minute + 5} ${PUBLISHED.minute}`,
    ]);
    // One digit is another one: no token has so large a number.
    expect(rows[0]).toBe('R-altered token good FormatError');
  });

  it('finds cash that waits too long, and deposits that the bank has not', () => {
    expect(rowsOf('late-banking')).toEqual([
      // 5,000, the 3,000 of a payment with a card, 2,000 without parts, and the 10,000 that were sold afterwards.
      { station: 'A2', currency: 'ZAR', unbanked_minor: 20_000, oldest_day: '2026-11-20', days: 4 },
    ]);
    expect(rowsOf('bank-statement').map(({ reference, reason }) => [reference, reason])).toEqual([
      ['DEP-2', 'amount-differs'],
      ['DEP-4', 'not-on-statement'],
      ['DEP-9', 'no-deposit'],
    ]);
  });

  it('stands beside a report whose sums are those of the sales, to the tender', async () => {
    const rows = (await report(database, 'sales')).filter(({ station }) => station === 'A2');
    const same = { station: 'A2', resource: 'electricity', currency: 'ZAR' };
    expect(rows).toEqual([
      { ...same, day: '2026-11-20', tender: 'card', sales: 1, amount_minor: 5_000, units_tenths: 426 },
      {
        ...same,
        day: '2026-11-20',
        tender: 'cash-drawer',
        sales: 2,
        amount_minor: 10_000,
        units_tenths: 852,
      },
      { ...same, day: DAY, tender: 'card', sales: 2, amount_minor: 20_000, units_tenths: 852 },
      { ...same, day: DAY, tender: 'cash-drawer', sales: 2, amount_minor: 10_000, units_tenths: 852 },
    ]);
  });

  it('finds patterns: many in a day, several stations, and a meter that buys no more', () => {
    const patterns = rowsOf('purchase-patterns').map(({ pattern, meter_pan, sales }) => [
      pattern,
      meter_pan,
      sales,
    ]);
    expect(patterns).toContainEqual(['several-stations', METER, 3]);
    expect(patterns).toContainEqual(['stopped', QUIET, 3]);
    expect(patterns.filter(([pattern, pan]) => pattern === 'many-a-day' && pan === OTHER)).toHaveLength(1);
  });

  it('refuses a statement that it cannot read, and says where', async () => {
    const file = path.join(folder, 'bad.csv');
    const options = { bankingDays: 3, salesADay: 4, quietDays: 60, keys: [], statement: file };
    writeFileSync(file, 'reference,amount_minor,currency\nA,12.50,ZAR\n');
    await expect(audit(database, options)).rejects.toThrow(/row 2 .* 12\.50/u);
    writeFileSync(file, 'reference,amount\n');
    await expect(audit(database, options)).rejects.toThrow(/no column amount_minor/u);
  });

  it('writes a file for each kind, whose columns are those that are published', () => {
    const to = path.join(folder, 'findings');
    writeAudit(to, tables);
    const page = readFileSync(path.join(import.meta.dirname, '../../../docs/formats/audit.md'), 'utf8');
    const published = [...page.matchAll(/^\| `([a-z-]+\.csv)` \| ([^|]+) \|/gmu)].map(
      ([, file = '', columns = '']) => [
        file,
        [...columns.matchAll(/`([a-z_0-9]+)`/gu)].map(([, name]) => name).join(','),
      ],
    );
    const written = tables.map(({ file }) => [
      `${file}.csv`,
      readFileSync(path.join(to, `${file}.csv`), 'utf8').split('\r\n')[0],
    ]);
    expect(Object.fromEntries(written)).toEqual(Object.fromEntries(published));
  });

  it('writes nothing that its schema for programs does not say', () => {
    const to = path.join(folder, 'described');
    writeAudit(to, tables);
    const formats = path.join(import.meta.dirname, '../../../docs/formats');
    const { resources } = JSON.parse(
      readFileSync(path.join(formats, 'audit.datapackage.json'), 'utf8'),
    ) as DataPackage;
    expect(resources.map(({ path: file }) => file).toSorted()).toEqual(
      tables.map(({ file }) => `${file}.csv`).toSorted(),
    );
    let values = 0;
    for (const { path: file, schema } of resources) {
      const [header, ...rows] = plainCsv(readFileSync(path.join(to, file), 'utf8'));
      expect(header, file).toEqual(schema.fields.map(({ name }) => name));
      for (const row of rows)
        for (const [index, field] of schema.fields.entries()) {
          values += 1;
          expect({
            file,
            field: field.name,
            fits: fits(field, row[index] ?? ''),
            value: row[index],
          }).toMatchObject({
            fits: true,
          });
        }
      // Each kind but alarms and restores is planted, so that its columns are seen filled.
      if (!['alarms.csv', 'restores.csv'].includes(file)) expect(rows.length, file).toBeGreaterThan(0);
    }
    expect(values).toBeGreaterThan(100);
  });
});
