import { cpSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLedger, NOTHING_FOUND, type Findings } from '../../src/cli/crash-test/invariants.ts';
import { runTill, type Told } from '../../src/cli/crash-test/till-process.ts';
import { openReader } from '../../src/main/store/index.ts';
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

describe(`what the fault tests hold books against, seed ${SEED}`, () => {
  const folder = newFolder('invariants');
  const whole = `${folder}/data/ledger.db`;
  let told: readonly Told[];

  beforeAll(async () => {
    ({ told } = await runTill({ folder: `${folder}/data`, seed: SEED, sales: 6 }));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const findings = (file: string): Findings => {
    const ledger = openReader('ledger', file);
    if (!ledger.ok) throw new Error(JSON.stringify(ledger.error));
    try {
      return checkLedger(ledger.value, told);
    } finally {
      ledger.value.close();
    }
  };

  it('finds nothing in good books', () => {
    expect(told.length).toBe(6);
    expect(findings(whole)).toEqual(NOTHING_FOUND);
  });

  it.each(WRONGS)('says %s after: %s', (meaning, sql) => {
    const file = `${folder}/wrong.db`;
    cpSync(whole, file);
    const db = new Database(file);
    db.pragma('foreign_keys = OFF');
    for (const trigger of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()) {
      db.exec(`DROP TRIGGER ${String(trigger)}`);
    }
    expect(db.prepare(sql).run().changes).toBeGreaterThan(0);
    db.close();
    const found = findings(file);
    if (meaning instanceof RegExp) expect(found.broken.join('\n')).toMatch(meaning);
    else expect(found[meaning]).toBeGreaterThan(0);
  });
});
