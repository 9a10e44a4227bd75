import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  copyDatabase,
  fileProblems,
  openReader,
  openWriter,
  schemaDifference,
  type DatabaseName,
  type Reader,
} from './index.ts';
import { MIGRATIONS } from './migrations/index.ts';

let root: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'kioskwatt-check-'));
  file = path.join(root, 'ledger.db');
});
afterEach(() => rmSync(root, { recursive: true }));

function make(name: DatabaseName, migrations = MIGRATIONS[name]): void {
  const opened = openWriter(name, file, { migrations });
  if (!opened.ok) throw new Error(opened.error.code);
  if (name === 'ledger')
    opened.value.transaction((tx) => {
      for (let n = 0; n < 500; n += 1)
        tx.prepare('INSERT INTO request VALUES (?, ?, ?)').run(`request-${n}`, 'call', '{}');
    });
  opened.value.close();
}

function read<Value>(name: DatabaseName, work: (reader: Reader<DatabaseName>) => Value, from = file): Value {
  const reader = openReader(name, from);
  if (!reader.ok) throw new Error(reader.error.code);
  try {
    return work(reader.value);
  } finally {
    reader.value.close();
  }
}

function forge(sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

describe('the schema', () => {
  it.each(['ledger', 'directory'] as const)('of a %s made now is as the migrations make it', (name) => {
    make(name);
    expect(read(name, (reader) => schemaDifference(name, reader, {}))).toBeUndefined();
  });

  it('of every older version is compared with that version', () => {
    for (let version = 1; version < MIGRATIONS.ledger.length; version += 1) {
      make('ledger', MIGRATIONS.ledger.slice(0, version));
      expect(read('ledger', (reader) => schemaDifference('ledger', reader, {}))).toBeUndefined();
      rmSync(file);
    }
  });

  it.each([
    ['DROP TRIGGER transfer_no_update', 'trigger transfer_no_update'],
    ['DROP INDEX sale_meter', 'index sale_meter'],
    ['CREATE TABLE guest (x)', 'table guest'],
    [
      "DROP TRIGGER account_no_update; UPDATE account SET kind = 'asset' WHERE account = 'tax'",
      'trigger account_no_update',
    ],
    ["INSERT INTO account VALUES ('mine', 'asset')", 'account mine'],
  ])('after %s differs at the %s', (sql, named) => {
    make('ledger');
    forge(sql);
    expect(read('ledger', (reader) => schemaDifference('ledger', reader, {}))).toBe(named);
  });

  it('names an account of another kind', () => {
    make('ledger');
    const trigger = new Database(file, { readonly: true })
      .prepare("SELECT sql FROM sqlite_schema WHERE name = 'account_no_update'")
      .pluck()
      .get();
    forge(
      `DROP TRIGGER account_no_update; UPDATE account SET kind = 'asset' WHERE account = 'tax'; ${String(trigger)}`,
    );
    expect(read('ledger', (reader) => schemaDifference('ledger', reader, {}))).toBe('account tax');
  });
});

describe('the pages', () => {
  it('are without problems in a new file', () => {
    make('ledger');
    expect(read('ledger', (reader) => fileProblems(reader, true))).toEqual([]);
    expect(read('ledger', (reader) => fileProblems(reader, false))).toEqual([]);
  });

  it('name a zeroed page', () => {
    make('ledger');
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, new Uint8Array(4096), 0, 4096, statSync(file).size - 4096);
    closeSync(descriptor);
    expect(read('ledger', (reader) => fileProblems(reader, true))[0]).toMatch(/page|malformed/iu);
  });
});

describe('a copy', () => {
  it('has the same rows and numbers, in one file', () => {
    make('ledger');
    const to = path.join(root, 'copy', 'ledger.db');
    expect(() => copyDatabase('ledger', file, to, {})).toThrow(/unable to open/u);
    const beside = path.join(root, 'copy.db');
    expect(copyDatabase('ledger', file, beside, {})).toEqual({ ok: true, value: null });
    const count = (reader: Reader<DatabaseName>): unknown =>
      reader.prepare('SELECT count(*) AS n FROM request').get();
    expect(read('ledger', count, beside)).toEqual({ n: 500 });
    expect(read('ledger', (reader) => schemaDifference('ledger', reader, {}), beside)).toBeUndefined();
    expect(readdirSync(root).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
  });

  it('takes no file of somebody else, and none over another', () => {
    writeFileSync(file, 'a text that is long enough');
    expect(copyDatabase('ledger', file, path.join(root, 'copy.db'), {})).toMatchObject({
      ok: false,
      error: { code: 'database-foreign' },
    });
    rmSync(file);
    make('ledger');
    expect(() => copyDatabase('ledger', file, file, {})).toThrow(/already exists/u);
  });
});
