import { err, ok, type Result } from '../../units/index.ts';
import type { LedgerReader, SqlValue } from '../store/index.ts';
import {
  CHILD_COLUMNS,
  CHILD_TABLES,
  CHILDREN_LIMIT,
  childDigest,
  RECORD_COLUMNS,
  recordHash,
  type ChildTable,
} from './chained-tables.ts';

export type ChainSummary = {
  readonly records: number;
  readonly rows: number;
  readonly epoch: number;
  readonly sequence: number;
  /** Hash of the newest record in hex, or 64 zeros in an empty journal. */
  readonly head: string;
};

/** The first row that is not as it was written. `row` names table and key, `record` its (epoch, sequence). */
export type ChainFault = {
  readonly row: string;
  readonly record: string;
  readonly reason:
    | 'row changed'
    | 'row missing'
    | 'row out of place'
    | 'record changed'
    | 'record missing'
    | 'numbers not gapless';
};

type RawRow = Record<string, SqlValue>;

/** Walks a table in key order, one row held at a time. */
class ChildCursor {
  readonly table: ChildTable;
  readonly #rows: IterableIterator<RawRow>;
  #next: RawRow | undefined;

  constructor(reader: LedgerReader, table: ChildTable, firstKey: number) {
    this.table = table;
    this.#rows = reader
      .prepare(`SELECT * FROM ${table} WHERE row_id >= ? ORDER BY row_id`)
      .iterate<RawRow>(firstKey);
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
    this.#rows.return?.();
  }
}

/**
 * Reads the journal and recomputes every digest and hash. Returns the first row that was changed, removed,
 * added or moved, by name. With `newest`, only that many records at the end are read, on trust in the hash
 * before them: a check that stays short however long the journal is.
 */
export function verifyChain(reader: LedgerReader, newest?: number): Result<ChainSummary, ChainFault> {
  let summary = newest === undefined ? EMPTY : summaryBefore(reader, newest);
  const first = summary.records + 1;
  const cursors = CHILD_TABLES.map((table) => new ChildCursor(reader, table, first * CHILDREN_LIMIT));
  const records = reader
    .prepare('SELECT * FROM record WHERE record_id >= ? ORDER BY record_id')
    .iterate<RawRow>(first);
  try {
    for (const record of records) {
      const checked = checkRecord(record, cursors, summary);
      if (!checked.ok) return checked;
      summary = checked.value;
    }
    const stray = lowest(cursors);
    if (stray.peekKey() !== Number.POSITIVE_INFINITY) {
      return err({ row: `${stray.table} ${stray.peekKey()}`, record: 'none', reason: 'record missing' });
    }
    return ok(summary);
  } finally {
    for (const cursor of cursors) cursor.close();
  }
}

const EMPTY: ChainSummary = { records: 0, rows: 0, epoch: 1, sequence: 0, head: '0'.repeat(64) };

function summaryBefore(reader: LedgerReader, newest: number): ChainSummary {
  const row = reader
    .prepare('SELECT record_id, epoch, sequence, hash FROM record ORDER BY record_id DESC LIMIT 1 OFFSET ?')
    .get<{ record_id: number; epoch: number; sequence: number; hash: Uint8Array }>(newest);
  if (!row) return EMPTY;
  const head = Buffer.from(row.hash).toString('hex');
  return { records: row.record_id, rows: 0, epoch: row.epoch, sequence: row.sequence, head };
}

function lowest(cursors: readonly ChildCursor[]): ChildCursor {
  return cursors.reduce((a, b) => (b.peekKey() < a.peekKey() ? b : a));
}

function checkRecord(
  record: RawRow,
  cursors: readonly ChildCursor[],
  before: ChainSummary,
): Result<ChainSummary, ChainFault> {
  const recordId = Number(record['record_id']);
  const [epoch, sequence] = [Number(record['epoch']), Number(record['sequence'])];
  const named = (row: string, reason: ChainFault['reason']): Result<ChainSummary, ChainFault> =>
    err({ row, record: `${epoch}/${sequence}`, reason });
  const sameEpoch = epoch === before.epoch && sequence === before.sequence + 1;
  const newEpoch = epoch === before.epoch + 1 && sequence === 1;
  if (recordId !== before.records + 1 || !(sameEpoch || newEpoch)) {
    return named(`record ${before.records + 1}`, 'numbers not gapless');
  }
  const digests: Uint8Array[] = [];
  for (let line = 1; line <= Number(record['child_count']); line += 1) {
    const cursor = lowest(cursors);
    const key = cursor.peekKey();
    const expected = recordId * CHILDREN_LIMIT + line;
    if (key > expected) return named(`row ${expected}`, 'row missing');
    if (key < expected) return named(`${cursor.table} ${key}`, 'row out of place');
    const row = cursor.take();
    const digest = childDigest(
      cursor.table,
      CHILD_COLUMNS[cursor.table].map((column) => row[column] ?? null),
    );
    if (!sameBytes(digest, row['digest'])) return named(`${cursor.table} ${key}`, 'row changed');
    digests.push(digest);
  }
  const hash = recordHash(
    RECORD_COLUMNS.map((column) => record[column] ?? null),
    digests,
  );
  const linked = Buffer.from(record['previous_hash'] as Uint8Array).toString('hex') === before.head;
  if (!linked || !sameBytes(hash, record['hash'])) return named(`record ${recordId}`, 'record changed');
  const head = Buffer.from(hash).toString('hex');
  return ok({ records: recordId, rows: before.rows + digests.length, epoch, sequence, head });
}

function sameBytes(a: Uint8Array, b: SqlValue | undefined): boolean {
  return b instanceof Uint8Array && Buffer.from(a).equals(Buffer.from(b));
}
