import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyChain } from '../../src/main/ledger/index.ts';
import { openReader } from '../../src/main/store/index.ts';
import { seededRandom } from '../../src/simulators/printer/index.ts';
import { runTill } from '../../src/cli/crash-test/till-process.ts';
import { FLIPS, newFolder, SEED } from './sizes.ts';

const CHAINED = ['record', 'transfer', 'sale', 'sale_step', 'token'] as const;
const SECTOR_BYTES = 512;

/** Every row of the journal's tables as it can be read, or nothing when it cannot. */
function rowsOf(file: string): string | undefined {
  const db = new Database(file, { readonly: true });
  try {
    const rows = CHAINED.map((table) =>
      db.prepare(`SELECT * FROM ${table} NOT INDEXED ORDER BY 1`).raw().all(),
    );
    return JSON.stringify(rows, (_key, value: unknown) => value);
  } catch {
    return undefined;
  } finally {
    db.close();
  }
}

/** What opening and verifying say about a file: a name for what is wrong, or nothing. */
function faultOf(file: string): string | undefined {
  const ledger = openReader('ledger', file);
  if (!ledger.ok) return ledger.error.code;
  try {
    const verified = verifyChain(ledger.value);
    return verified.ok ? undefined : `${verified.error.reason} ${verified.error.row}`;
  } catch (error) {
    return String(error);
  } finally {
    ledger.value.close();
  }
}

type Damage = { readonly name: string; readonly harm: (content: Buffer, random: () => number) => void };

const DAMAGES: readonly Damage[] = [
  {
    name: 'a flipped bit',
    harm: (content, random) => {
      const at = Math.floor(random() * content.length);
      content[at] = (content[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    },
  },
  {
    name: 'a zeroed piece of 512 bytes',
    harm: (content, random) => {
      const at = SECTOR_BYTES * Math.floor((random() * content.length) / SECTOR_BYTES);
      content.fill(0, at, at + SECTOR_BYTES);
    },
  },
];

describe(`a damaged ledger, ${FLIPS} times each, seed ${SEED}`, () => {
  const folder = newFolder('damage');
  const whole = `${folder}/whole.db`;
  const work = mkdtempSync(`${folder}/work-`);

  beforeAll(async () => {
    await runTill({ folder: `${folder}/data`, seed: SEED, sales: 15 });
    cpSync(`${folder}/data/ledger.db`, whole);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is found whole before it is damaged', () => {
    expect(rowsOf(whole)).toBeDefined();
    expect(faultOf(whole)).toBeUndefined();
  });

  it.each(DAMAGES)('$name in the journal never passes', ({ harm }) => {
    const random = seededRandom(SEED);
    const content = readFileSync(whole);
    const before = rowsOf(whole);
    const file = `${work}/ledger.db`;
    const silent: number[] = [];
    let changed = 0;
    for (let n = 0; n < FLIPS; n += 1) {
      const harmed = Buffer.from(content);
      harm(harmed, random);
      writeFileSync(file, harmed);
      if (rowsOf(file) === before) continue;
      changed += 1;
      if (faultOf(file) === undefined) silent.push(n);
    }
    expect(changed).toBeGreaterThan(FLIPS / 10);
    expect(silent).toEqual([]);
  });

  it.each(CHAINED)('an edited cell of %s is named, whichever column it is in', (table) => {
    const file = `${work}/edited.db`;
    const columns = new Database(whole, { readonly: true })
      .prepare('SELECT name, type, "notnull" AS required FROM pragma_table_info(?)')
      .all(table) as { name: string; type: string; required: number }[];
    for (const { name, type, required } of columns) {
      cpSync(whole, file);
      const db = new Database(file);
      for (const verb of ['update', 'delete']) db.exec(`DROP TRIGGER ${table}_no_${verb}`);
      db.pragma('foreign_keys = OFF');
      db.pragma('ignore_check_constraints = ON');
      const other = { INTEGER: `${name} + 1`, BLOB: `zeroblob(length(${name}))`, TEXT: `${name} || '1'` }[
        type
      ];
      const last = `(SELECT max(rowid) FROM ${table})`;
      const value = required ? other : `CASE WHEN ${name} IS NULL THEN '1' ELSE ${other} END`;
      expect(db.prepare(`UPDATE ${table} SET ${name} = ${value} WHERE rowid = ${last}`).run().changes).toBe(
        1,
      );
      db.close();
      expect(faultOf(file), `${table}.${name}`).toMatch(/record|row|transfer|sale|token/u);
    }
  });
});
