import { cpSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLedger, NOTHING_FOUND, type Findings } from '../../src/cli/crash-test/invariants.ts';
import { checkIssued, startModule, type Issued } from '../../src/cli/crash-test/issued.ts';
import { checkPaper, printedSlips } from '../../src/cli/crash-test/paper.ts';
import { startPrinter, type Roll } from '../../src/cli/crash-test/printer-process.ts';
import { runTill, type Told } from '../../src/cli/crash-test/till-process.ts';
import { openReader, type LedgerReader } from '../../src/main/store/index.ts';
import { newFolder, SEED } from './sizes.ts';

/** The newest sale that has been recorded, whichever it is. */
const LAST = '(SELECT sale_id FROM token ORDER BY row_id DESC LIMIT 1)';

/** What is done to good books, and what the check has to say about it. */
const WRONGS: readonly (readonly [meaning: RegExp | keyof Findings, sql: string])[] = [
  [/no credit token/u, `DELETE FROM token WHERE sale_id = ${LAST}`],
  ['lost', `DELETE FROM token WHERE sale_id = ${LAST}`],
  ['lost', `UPDATE token SET digits = '00000000000000000000' WHERE sale_id = ${LAST}`],
  ['lost', `UPDATE sale SET receipt_number = 'T014-999999' WHERE sale_id = ${LAST}`],
  ['tokensWithoutSale', `DELETE FROM sale_step WHERE sale_id = ${LAST} AND step = 'recorded'`],
  [
    'salesWithTwoTokens',
    `INSERT INTO token SELECT row_id + 500, sale_id, 2, '11111111111111111111', token_class, subclass,
       token_minute, units_tenths, module_id, key_check, digest FROM token WHERE sale_id = ${LAST}`,
  ],
  [/same digits/u, 'UPDATE token SET digits = (SELECT min(digits) FROM token)'],
  [/another time/u, `UPDATE token SET token_minute = token_minute + 1 WHERE sale_id = ${LAST}`],
  [/do not rise/u, 'UPDATE sale SET token_minute = 5, meter_pan = (SELECT min(meter_pan) FROM sale)'],
  [/have a gap/u, `UPDATE sale SET receipt_number = 'T014-999999' WHERE sale_id = ${LAST}`],
  [/money held/u, "UPDATE transfer SET amount_minor = amount_minor + 1 WHERE debit_account = 'tender-held'"],
  [
    /a tender does not hold/u,
    "UPDATE transfer SET amount_minor = amount_minor + 1 WHERE debit_account = 'cash-drawer'",
  ],
  [
    /open_sale differs/u,
    `INSERT INTO open_sale SELECT sale_id, meter_pan, 'intended' FROM sale WHERE sale_id = ${LAST}`,
  ],
  [
    /has no slip/u,
    `DELETE FROM print_job WHERE receipt_row = (SELECT receipt_row FROM receipt WHERE sale_id = ${LAST})`,
  ],
  [/chain is broken/u, `UPDATE sale SET quote = '{}' WHERE sale_id = ${LAST}`],
];

/** The newest sale's message. */
const MESSAGE = `SELECT message_id FROM sale WHERE sale_id = ${LAST}`;

/** A module's word that does not agree with good books: what is done to the books, and to what the module made. */
const WRONGS_OF_TOKENS: readonly {
  readonly meaning: RegExp | keyof Findings;
  readonly what: string;
  readonly sql?: string;
  readonly also?: (issued: Issued, message: string) => void;
}[] = [
  {
    meaning: 'tokensWithoutSale',
    what: 'a token of a message that the books do not know',
    also: (issued) => issued.set('X', MADE),
  },
  {
    meaning: 'tokensWithoutSale',
    what: 'a sale that has another message',
    sql: `UPDATE sale SET message_id = 'Y' WHERE sale_id = ${LAST}`,
  },
  { meaning: 'tokensWithoutSale', what: 'a sale that became void', sql: stepInstead('void') },
  { meaning: 'tokensWithoutSale', what: 'a sale closed as unissued', sql: stepInstead('unissued') },
  {
    meaning: 'tokensWithoutSale',
    what: 'a recorded sale without its token',
    sql: `DELETE FROM token WHERE sale_id = ${LAST}`,
  },
  {
    meaning: 'salesWithTwoTokens',
    what: 'a second token with another time',
    also: (issued, message) => issued.set(message, [...(issued.get(message) ?? []), ...MADE]),
  },
  {
    meaning: /never made/u,
    what: 'other digits in the books',
    sql: `UPDATE token SET digits = '22222222222222222222' WHERE sale_id = ${LAST}`,
  },
  {
    meaning: /never made/u,
    what: 'a token that no module made',
    also: (issued, message) => issued.delete(message),
  },
];

const MADE = [{ tokenTime: '7', digits: '00000000000000000000' }];

function stepInstead(step: string): string {
  return `UPDATE sale_step SET step = '${step}' WHERE row_id =
    (SELECT max(row_id) FROM sale_step WHERE sale_id = ${LAST})`;
}

/** Good books' slips that did not come out, or came out too often. */
const WRONGS_OF_PAPER: readonly (readonly [meaning: RegExp, slip: { originals: number; copies: number }])[] =
  [
    [/never came out/u, { originals: 0, copies: 0 }],
    [/came out twice without a mark/u, { originals: 2, copies: 0 }],
  ];

describe(`what the fault tests hold books against, seed ${SEED}`, () => {
  const folder = newFolder('invariants');
  const whole = `${folder}/data/ledger.db`;
  const issued: Issued = new Map();
  const roll: Roll = new Map();
  let told: readonly Told[];

  beforeAll(async () => {
    const [module, printer] = await Promise.all([startModule(issued), startPrinter(roll)]);
    const devices = { module: module.port, printer: printer.address };
    ({ told } = await runTill({ folder: `${folder}/data`, seed: SEED, sales: 6, ...devices }));
    await Promise.all([module.kill(), printer.kill()]);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const reading = <Value>(file: string, use: (ledger: LedgerReader) => Value): Value => {
    const ledger = openReader('ledger', file);
    if (!ledger.ok) throw new Error(JSON.stringify(ledger.error));
    try {
      return use(ledger.value);
    } finally {
      ledger.value.close();
    }
  };

  const check = (ledger: LedgerReader): Findings => checkLedger(ledger, told);

  /** A copy of the good books after a change that the program's own triggers would have refused. */
  const changed = (sql?: string): string => {
    const file = `${folder}/wrong.db`;
    cpSync(whole, file);
    if (sql === undefined) return file;
    const db = new Database(file);
    db.pragma('foreign_keys = OFF');
    for (const trigger of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()) {
      db.exec(`DROP TRIGGER ${String(trigger)}`);
    }
    expect(db.prepare(sql).run().changes).toBeGreaterThan(0);
    db.close();
    return file;
  };

  const expectFound = (found: Findings, meaning: RegExp | keyof Findings): void => {
    if (meaning instanceof RegExp) expect(found.broken.join('\n')).toMatch(meaning);
    else expect(found[meaning]).toBeGreaterThan(0);
  };

  it('finds nothing in good books', () => {
    expect(told.length).toBe(6);
    expect(issued.size).toBe(6);
    expect(reading(whole, check)).toEqual(NOTHING_FOUND);
    expect(reading(whole, (ledger) => checkIssued(ledger, issued))).toEqual(NOTHING_FOUND);
    const printed = reading(whole, printedSlips);
    expect(printed.length).toBeGreaterThan(0);
    expect(checkPaper(printed, roll)).toEqual([]);
  });

  it.each(WRONGS)('says %s after: %s', (meaning, sql) => {
    expectFound(reading(changed(sql), check), meaning);
  });

  it.each(WRONGS_OF_TOKENS)('says $meaning of $what', ({ meaning, sql, also }) => {
    const message = reading(whole, (ledger) => ledger.prepare(MESSAGE).get<{ message_id: string }>());
    const made: Issued = new Map(issued);
    also?.(made, message?.message_id ?? '');
    expectFound(
      reading(changed(sql), (ledger) => checkIssued(ledger, made)),
      meaning,
    );
  });

  it('lets a sale in doubt have a token that its books do not know yet', () => {
    const file = changed(stepInstead('in-doubt'));
    expect(reading(file, (ledger) => checkIssued(ledger, issued))).toEqual(NOTHING_FOUND);
  });

  it.each(WRONGS_OF_PAPER)('says %s of a printed slip that came out %j', (meaning, slip) => {
    const printed = reading(whole, printedSlips);
    const { receiptNumber = '' } = printed[0] ?? {};
    expect(checkPaper(printed, new Map(roll).set(receiptNumber, slip)).join('\n')).toMatch(meaning);
  });
});
