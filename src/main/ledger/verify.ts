import { err, ok, type Result } from '../../units/index.ts';
import { faultOf, StorageError, type LedgerReader, type SqlValue } from '../store/index.ts';
import type { OldHead } from './append.ts';
import {
  CHILD_COLUMNS,
  CHILD_TABLES,
  CHILDREN_LIMIT,
  childDigest,
  EPOCH_OPENED,
  RECORD_COLUMNS,
  recordHash,
  type ChildTable,
} from '../../batch/index.ts';

export type ChainSummary = {
  readonly records: number;
  readonly rows: number;
  readonly epoch: number;
  readonly sequence: number;
  /** Hash of the newest record in hex, or 64 zeros in an empty journal. */
  readonly head: string;
};

/**
 * The first row that is not as it was written. `row` names table and key, `record` its (epoch, sequence). Where a page is
 * damaged, `row` is the table and the last key before it, `record` the last one that is whole.
 */
export type ChainFault = {
  readonly row: string;
  readonly record: string;
  readonly reason:
    | 'row changed'
    | 'row missing'
    | 'row out of place'
    | 'record changed'
    | 'record missing'
    | 'numbers not gapless'
    | 'epoch not opened'
    | 'account unknown'
    | 'balance differs'
    | 'index differs'
    | 'page damaged'
    | 'anchor not met'
    | 'outside head not met'
    | 'schema changed';
};

export type VerifyOptions = {
  /** Told now and then how many records have been read, counted from the journal's first. */
  readonly onProgress?: ((records: number) => void) | undefined;
  /** Told each transfer that was found to be as it was written. */
  readonly onTransfer?: ((row: Readonly<Record<string, SqlValue>>) => void) | undefined;
};

/** Records between two reports of progress. */
const PROGRESS_RECORDS = 4_096;

type RawRow = Record<string, SqlValue>;

/** A page of this table is damaged; `row` has the last key that could be read. */
class DamagedPage extends Error {
  readonly row: string;

  constructor(table: string, lastKey: number) {
    super(`a damaged page of ${table} after ${lastKey}`);
    this.row = `${table} after ${lastKey}`;
  }
}

/** A table's rows from a key on, one held at a time. Throws DamagedPage at the first that can't be read. */
function* rowsFrom(reader: LedgerReader, table: string, key: string, first: number): Generator<RawRow> {
  let last = first - 1;
  try {
    const rows = reader.prepare(`SELECT * FROM ${table} WHERE ${key} >= ? ORDER BY ${key}`);
    for (const row of rows.iterate<RawRow>(first)) {
      last = Number(row[key]);
      yield row;
    }
  } catch (error) {
    const isDamage = error instanceof StorageError && faultOf(table, error).code === 'database-damaged';
    throw isDamage ? new DamagedPage(table, last) : error;
  }
}

/** Walks a table in key order. */
class ChildCursor {
  readonly table: ChildTable;
  readonly #rows: Generator<RawRow>;
  #next: RawRow | undefined;

  constructor(reader: LedgerReader, table: ChildTable, firstKey: number) {
    this.table = table;
    this.#rows = rowsFrom(reader, table, 'row_id', firstKey);
    this.#advance();
  }

  #advance(): void {
    const step = this.#rows.next();
    this.#next = step.done === true ? undefined : step.value;
  }

  peekKey(): number {
    return this.#next === undefined ? Number.POSITIVE_INFINITY : Number(this.#next['row_id']);
  }

  take(): RawRow {
    const row = this.#next ?? {};
    this.#advance();
    return row;
  }

  /** Lets go of the statement: a reader cannot be closed over a half-read one. */
  close(): void {
    this.#rows.return(undefined);
  }
}

/**
 * Reads the journal and recomputes every digest and hash. Returns the first row that was changed, removed,
 * added or moved, by name. With `newest`, only that many records at the end are read, on trust in the hash
 * before them: a check that stays short however long the journal is.
 */
export function verifyChain(reader: LedgerReader, newest?: number): Result<ChainSummary, ChainFault> {
  return verifyFrom(reader, newest === undefined ? EMPTY_CHAIN : summaryBefore(reader, newest));
}

/** The same from a place in the chain that is known to be whole: only what follows it is read. */
export function verifyFrom(
  reader: LedgerReader,
  start: ChainSummary,
  options: VerifyOptions = {},
): Result<ChainSummary, ChainFault> {
  let summary = start;
  const first = summary.records + 1;
  const cursors: ChildCursor[] = [];
  try {
    // On a damaged file the first row of any of them may fail, and those before it are open.
    for (const table of presentTables(reader)) {
      cursors.push(new ChildCursor(reader, table, first * CHILDREN_LIMIT));
    }
    const walk: Walk = {
      cursors,
      accounts: accountNames(reader),
      onTransfer: options.onTransfer ?? (() => undefined),
    };
    for (const record of rowsFrom(reader, 'record', 'record_id', first)) {
      const checked = checkRecord(record, walk, summary);
      if (!checked.ok) return checked;
      summary = checked.value;
      if (summary.records % PROGRESS_RECORDS === 0) options.onProgress?.(summary.records);
    }
    const stray = lowest(walk.cursors);
    if (stray && stray.peekKey() !== Number.POSITIVE_INFINITY) {
      return err({ row: `${stray.table} ${stray.peekKey()}`, record: 'none', reason: 'record missing' });
    }
    return ok(summary);
  } catch (error) {
    if (!(error instanceof DamagedPage)) throw error;
    const record = `after ${summary.epoch}/${summary.sequence}`;
    return err({ row: error.row, record, reason: 'page damaged' });
  } finally {
    for (const cursor of cursors) cursor.close();
  }
}

/** What a walk along the chain carries with it. */
type Walk = {
  readonly cursors: readonly ChildCursor[];
  readonly accounts: ReadonlySet<string>;
  readonly onTransfer: (row: RawRow) => void;
};

function accountNames(reader: LedgerReader): ReadonlySet<string> {
  const rows = reader.prepare('SELECT account FROM account').all<{ account: string }>();
  return new Set(rows.map(({ account }) => account));
}

/** A copy made by an older program lacks the tables that came later; a table that was removed shows by its rows. */
export function presentTables(reader: LedgerReader): readonly ChildTable[] {
  const present = reader.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'");
  const names = new Set(present.all<{ name: string }>().map(({ name }) => name));
  return CHILD_TABLES.filter((table) => names.has(table));
}

/** Where a journal begins. */
export const EMPTY_CHAIN: ChainSummary = { records: 0, rows: 0, epoch: 1, sequence: 0, head: '0'.repeat(64) };

/** The chain up to a record and on trust in its hash; undefined when there is none of that number. */
export function summaryOf(reader: LedgerReader, recordId: number): ChainSummary | undefined {
  if (recordId === 0) return EMPTY_CHAIN;
  const row = reader
    .prepare('SELECT epoch, sequence, hash FROM record WHERE record_id = ?')
    .get<{ epoch: number; sequence: number; hash: Uint8Array }>(recordId);
  if (!row) return undefined;
  const head = Buffer.from(row.hash).toString('hex');
  return { records: recordId, rows: 0, epoch: row.epoch, sequence: row.sequence, head };
}

function summaryBefore(reader: LedgerReader, newest: number): ChainSummary {
  const row = reader
    .prepare('SELECT record_id AS recordId FROM record ORDER BY record_id DESC LIMIT 1 OFFSET ?')
    .get<{ recordId: number }>(newest);
  return (row && summaryOf(reader, row.recordId)) ?? EMPTY_CHAIN;
}

function lowest(cursors: readonly ChildCursor[]): ChildCursor | undefined {
  let best = cursors[0];
  for (const cursor of cursors) if (best && cursor.peekKey() < best.peekKey()) best = cursor;
  return best;
}

type Fault = (
  row: string,
  reason: ChainFault['reason'],
) => { readonly ok: false; readonly error: ChainFault };

function checkRecord(record: RawRow, walk: Walk, before: ChainSummary): Result<ChainSummary, ChainFault> {
  const recordId = Number(record['record_id']);
  const [epoch, sequence] = [Number(record['epoch']), Number(record['sequence'])];
  const named: Fault = (row, reason) => err({ row, record: `${epoch}/${sequence}`, reason });
  const sameEpoch = epoch === before.epoch && sequence === before.sequence + 1;
  const newEpoch = epoch === before.epoch + 1 && sequence === 1;
  if (recordId !== before.records + 1 || !(sameEpoch || newEpoch)) {
    return named(`record ${before.records + 1}`, 'numbers not gapless');
  }
  const children = checkChildren(recordId, Number(record['child_count']), walk, named);
  if (!children.ok) return children;
  const digests = children.value;
  const hash = recordHash(
    RECORD_COLUMNS.map((column) => record[column] ?? null),
    digests,
  );
  const linked = sameBytes(Buffer.from(before.head, 'hex'), record['previous_hash']);
  if (!linked || !sameBytes(hash, record['hash'])) return named(`record ${recordId}`, 'record changed');
  if (newEpoch && !opensEpoch(record, before)) return named(`record ${recordId}`, 'epoch not opened');
  const head = Buffer.from(hash).toString('hex');
  return ok({ records: recordId, rows: before.rows + digests.length, epoch, sequence, head });
}

/** Takes a record's rows in their order and returns their digests. */
function checkChildren(
  recordId: number,
  count: number,
  walk: Walk,
  named: Fault,
): Result<readonly Uint8Array[], ChainFault> {
  const digests: Uint8Array[] = [];
  for (let line = 1; line <= count; line += 1) {
    const cursor = lowest(walk.cursors);
    const key = cursor?.peekKey() ?? Number.POSITIVE_INFINITY;
    const expected = recordId * CHILDREN_LIMIT + line;
    if (!cursor || key > expected) return named(`row ${expected}`, 'row missing');
    const name = `${cursor.table} ${key}`;
    if (key < expected) return named(name, 'row out of place');
    const row = cursor.take();
    const digest = childDigest(
      cursor.table,
      CHILD_COLUMNS[cursor.table].map((column) => row[column] ?? null),
    );
    if (!sameBytes(digest, row['digest'])) return named(name, 'row changed');
    if (cursor.table === 'transfer') {
      const sides = [row['debit_account'], row['credit_account']].map(String);
      if (!sides.every((account) => walk.accounts.has(account))) return named(name, 'account unknown');
      walk.onTransfer(row);
    }
    digests.push(digest);
  }
  return ok(digests);
}

/** Whether the first record of an epoch names the head that it follows. */
function opensEpoch(record: RawRow, before: ChainSummary): boolean {
  if (record['kind'] !== EPOCH_OPENED) return false;
  const { oldHead } = JSON.parse(String(record['detail'])) as { readonly oldHead?: OldHead };
  return (
    oldHead?.epoch === before.epoch && oldHead.sequence === before.sequence && oldHead.hash === before.head
  );
}

function sameBytes(a: Uint8Array, b: SqlValue | undefined): boolean {
  return b instanceof Uint8Array && Buffer.from(a).equals(Buffer.from(b));
}
