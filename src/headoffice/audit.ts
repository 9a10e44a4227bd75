import { readFileSync } from 'node:fs';
import path from 'node:path';
import { csvLine, type ChainValue } from '../batch/index.ts';
import type { Database, Row, Session } from './db.ts';
import { putFile } from './files.ts';
import { AUDIT_FILES, type AuditFile } from './audit-queries.ts';
import { redecode, type AuditKey } from './redecode.ts';
import { matchStatement } from './bank-statement.ts';

export type AuditOptions = {
  /** Days that a deposit may come after the Z whose money it is, and other bounds that a person sets. */
  readonly bankingDays: number;
  /** Sales to one meter in a day from which a pattern is shown. */
  readonly salesADay: number;
  /** Days without a purchase from which a meter that was sold to on three days or more is shown. */
  readonly quietDays: number;
  /** Keys at hand: every token of their groups is decoded again. */
  readonly keys: readonly AuditKey[];
  /** A bank statement in CSV, or undefined. */
  readonly statement?: string | undefined;
};

export type AuditFinding = Readonly<Record<string, ChainValue>>;

/** One file of findings: what it is called, its columns and its rows. */
export type AuditTable = {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly AuditFinding[];
};

/** Looks all that is held through, file by file. docs/formats/audit.md says what each column means. */
export async function audit(database: Database, options: AuditOptions): Promise<readonly AuditTable[]> {
  return database.use(async (session) => {
    const tables: AuditTable[] = [];
    for (const file of AUDIT_FILES) tables.push(await runFile(session, file, options));
    tables.push(await redecode(session, options.keys));
    if (options.statement !== undefined)
      tables.push(await matchStatement(session, readFileSync(options.statement, 'utf8')));
    return tables;
  });
}

async function runFile(session: Session, file: AuditFile, options: AuditOptions): Promise<AuditTable> {
  const rows = await session.query(file.sql, file.values(options));
  const { name, columns } = file;
  return { file: name, columns, rows: rows.map((row) => plain(columns, row)) };
}

function plain(columns: readonly string[], row: Row): AuditFinding {
  return Object.fromEntries(columns.map((column) => [column, (row[column] ?? null) as ChainValue]));
}

/** Writes a CSV file for each kind of finding, also for those without any: an empty one says that it was looked for. */
export function writeAudit(folder: string, tables: readonly AuditTable[]): void {
  for (const { file, columns, rows } of tables) {
    const lines = rows.map((row) => csvLine(columns.map((column) => row[column] ?? null)));
    putFile(path.join(folder, `${file}.csv`), csvLine([...columns]) + lines.join(''));
  }
}
