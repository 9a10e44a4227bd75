import { BATCH_COLUMNS, CHILD_TABLES, CHILDREN_LIMIT, type JournalLine } from '../../batch/index.ts';
import type { LedgerReader, SqlValue } from '../store/index.ts';

const RECORD_ID = BATCH_COLUMNS.record.indexOf('record_id');
const CHILD_COUNT = BATCH_COLUMNS.record.indexOf('child_count');

/**
 * The records after one of them, each followed by its own rows in their order; one at a time, from one state of the
 * ledger. `last` is the newest record to be read, or all there are.
 */
export function* journalRows(reader: LedgerReader, after: number, last?: number): Generator<JournalLine> {
  const end = Math.floor(last ?? Number.MAX_SAFE_INTEGER / CHILDREN_LIMIT - 1);
  const rowRange = [(after + 1) * CHILDREN_LIMIT, end * CHILDREN_LIMIT + CHILDREN_LIMIT - 1] as const;
  const cursors = CHILD_TABLES.map((table) => {
    const sql = `SELECT ${BATCH_COLUMNS[table].join(', ')} FROM ${table} WHERE row_id BETWEEN ? AND ? ORDER BY row_id`;
    const rows = reader.prepare(sql).iterateValues(...rowRange);
    return { table, rows, values: nextOf(rows) };
  });
  const columns = [...BATCH_COLUMNS.record, 'previous_hash', 'hash'].join(', ');
  const records = reader
    .prepare(`SELECT ${columns} FROM record WHERE record_id > ? AND record_id <= ? ORDER BY record_id`)
    .iterateValues(after, end);
  try {
    for (const record of records) {
      const [previousHash, hash] = record.splice(BATCH_COLUMNS.record.length);
      yield { table: 'record', values: record, previousHash: bytes(previousHash), hash: bytes(hash) };
      const first = Number(record[RECORD_ID]) * CHILDREN_LIMIT;
      for (let place = 1; place <= Number(record[CHILD_COUNT]); place += 1) {
        const cursor = cursors.find(({ values }) => values?.[0] === first + place);
        if (!cursor?.values) throw new Error(`row ${first + place} of the journal is missing`);
        yield { table: cursor.table, values: cursor.values };
        cursor.values = nextOf(cursor.rows);
      }
    }
  } finally {
    records.return?.();
    for (const { rows } of cursors) rows.return?.();
  }
}

function nextOf(rows: Iterator<SqlValue[]>): SqlValue[] | undefined {
  const next = rows.next();
  return next.done ? undefined : next.value;
}

function bytes(value: SqlValue | undefined): Uint8Array | undefined {
  return value instanceof Uint8Array ? value : undefined;
}
