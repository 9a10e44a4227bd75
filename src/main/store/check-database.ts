import { connect, type BindingOption } from './database-file.ts';
import type { DatabaseName, Reader } from './handles.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { toStorageError } from './storage-error.ts';

/** Problems named at most; one is enough to stop. */
const PROBLEMS_NAMED = 10;

const NO_PROBLEM = /^(?:ok|\*{3} in database main \*{3})$/u;

/**
 * What SQLite itself finds wrong with a file, in its words; empty when nothing. `quick` leaves out whether
 * indexes agree with their tables.
 */
export function fileProblems(reader: Reader<DatabaseName>, quick: boolean): readonly string[] {
  const check = quick ? 'quick_check' : 'integrity_check';
  const problems: string[] = [];
  try {
    const rows = reader.prepare(`PRAGMA ${check}(${PROBLEMS_NAMED})`).iterate<Record<string, string>>();
    // What is wrong with pages comes as lines of one text, under a heading.
    for (const row of rows)
      problems.push(...(row[check] ?? '').split('\n').filter((line) => !NO_PROBLEM.test(line)));
  } catch (error) {
    // Some damage ends the check itself, mostly after it was named.
    problems.push(toStorageError(error).message);
  }
  return problems;
}

type SchemaRow = { readonly type: string; readonly name: string; readonly sql: string };
const SCHEMA = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'";
const FIXED_ROWS = 'SELECT account, kind FROM account ORDER BY account';

/**
 * The first table, index or trigger (or account) that is not as the migrations up to the file's own version
 * make it, or undefined: a trigger that was dropped or changed protects nothing.
 */
export function schemaDifference(
  name: DatabaseName,
  reader: Reader<DatabaseName>,
  options: BindingOption,
): string | undefined {
  const version = reader.prepare('PRAGMA user_version').get<{ user_version: number }>()?.user_version ?? 0;
  const wanted = connect(':memory:', false, options);
  try {
    for (const migration of MIGRATIONS[name].slice(0, version)) wanted.exec(migration.sql);
    const objects = (rows: readonly SchemaRow[]): string[] =>
      rows.map((row) => `${row.type} ${row.name}|${row.sql}`);
    const difference = firstDifference(
      objects(wanted.prepare(SCHEMA).all() as SchemaRow[]),
      objects(reader.prepare(SCHEMA).all<SchemaRow>()),
    );
    if (difference !== undefined || name === 'directory') return difference;
    const accounts = (rows: readonly { account: string; kind: string }[]): string[] =>
      rows.map((row) => `account ${row.account}|${row.kind}`);
    return firstDifference(
      accounts(wanted.prepare(FIXED_ROWS).all() as { account: string; kind: string }[]),
      accounts(reader.prepare(FIXED_ROWS).all<{ account: string; kind: string }>()),
    );
  } finally {
    wanted.close();
  }
}

/** The name of the first text that only one side has. */
function firstDifference(wanted: readonly string[], found: readonly string[]): string | undefined {
  const [left, right] = [new Set(wanted), new Set(found)];
  const odd = found.find((text) => !left.has(text)) ?? wanted.find((text) => !right.has(text));
  return odd?.slice(0, odd.indexOf('|'));
}
