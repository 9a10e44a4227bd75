import { CHILD_TABLES, CHILDREN_LIMIT, type JournalLine, type JournalRow } from '../../batch/index.ts';
import type { LedgerReader } from '../store/index.ts';

/**
 * The records after one of them, each followed by its own rows in their order; one at a time, from one state of the
 * ledger. `last` is the newest record to be read, or all there are.
 */
export function* journalRows(reader: LedgerReader, after: number, last?: number): Generator<JournalLine> {
  const end = last ?? Number.MAX_SAFE_INTEGER / CHILDREN_LIMIT - 1;
  const firstRow = (after + 1) * CHILDREN_LIMIT;
  const cursors = CHILD_TABLES.map((table) => {
    const rows = reader
      .prepare(`SELECT * FROM ${table} WHERE row_id BETWEEN ? AND ? ORDER BY row_id`)
      .iterate<JournalRow>(firstRow, Math.floor(end) * CHILDREN_LIMIT + CHILDREN_LIMIT - 1);
    return { table, rows, next: rows.next() };
  });
  const records = reader
    .prepare('SELECT * FROM record WHERE record_id > ? AND record_id <= ? ORDER BY record_id')
    .iterate<JournalRow>(after, Math.floor(end));
  try {
    for (const row of records) {
      yield { table: 'record', row };
      const first = Number(row['record_id']) * CHILDREN_LIMIT;
      for (let place = 1; place <= Number(row['child_count']); place += 1) {
        const cursor = cursors.find(({ next }) => !next.done && next.value['row_id'] === first + place);
        if (!cursor || cursor.next.done) throw new Error(`row ${first + place} of the journal is missing`);
        yield { table: cursor.table, row: cursor.next.value };
        cursor.next = cursor.rows.next();
      }
    }
  } finally {
    records.return?.();
    for (const { rows } of cursors) rows.return?.();
  }
}
