import {
  BATCH_COLUMNS,
  CHILD_TABLES,
  CHILDREN_LIMIT,
  columnKind,
  type JournalLine,
  type JournalRow,
  type RowTable,
} from '../../batch/index.ts';
import type { LedgerReader } from '../store/index.ts';

/** A row as it stands in a line: the table's name first, bytes as hexadecimal digits. */
function lineColumns(table: RowTable): string {
  const columns = BATCH_COLUMNS[table].map((column) =>
    columnKind(column) === 'bytes' ? `lower(hex(${column})) AS ${column}` : column,
  );
  return [`'${table}' AS "table"`, ...columns].join(', ');
}

/**
 * The records after one of them, each followed by its own rows in their order; one at a time, from one state of the
 * ledger. `last` is the newest record to be read, or all there are.
 */
export function* journalRows(reader: LedgerReader, after: number, last?: number): Generator<JournalLine> {
  const end = Math.floor(last ?? Number.MAX_SAFE_INTEGER / CHILDREN_LIMIT - 1);
  const rowRange = [(after + 1) * CHILDREN_LIMIT, end * CHILDREN_LIMIT + CHILDREN_LIMIT - 1] as const;
  const cursors = CHILD_TABLES.map((table) => {
    const sql = `SELECT ${lineColumns(table)} FROM ${table} WHERE row_id BETWEEN ? AND ? ORDER BY row_id`;
    const rows = reader.prepare(sql).iterate<JournalRow>(...rowRange);
    return { table, rows, row: nextOf(rows) };
  });
  const columns = `${lineColumns('record')}, previous_hash, hash`;
  const records = reader
    .prepare(`SELECT ${columns} FROM record WHERE record_id > ? AND record_id <= ? ORDER BY record_id`)
    .iterate<JournalRow & { readonly previous_hash: Uint8Array; readonly hash: Uint8Array }>(after, end);
  try {
    for (const { previous_hash: previousHash, hash, ...row } of records) {
      yield { table: 'record', row, previousHash, hash };
      const first = Number(row['record_id']) * CHILDREN_LIMIT;
      for (let place = 1; place <= Number(row['child_count']); place += 1) {
        const cursor = cursors.find((each) => each.row?.['row_id'] === first + place);
        if (!cursor?.row) throw new Error(`row ${first + place} of the journal is missing`);
        yield { table: cursor.table, row: cursor.row };
        cursor.row = nextOf(cursor.rows);
      }
    }
  } finally {
    records.return?.();
    for (const { rows } of cursors) rows.return?.();
  }
}

function nextOf(rows: Iterator<JournalRow>): JournalRow | undefined {
  const next = rows.next();
  return next.done ? undefined : next.value;
}
