import { childDigest, BATCH_COLUMNS, CHILD_COLUMNS, CHILD_TABLES, type ChainValue } from '../batch/index.ts';
import type { Row, Session } from './db.ts';

type EpochRow = { readonly old_epoch: number; readonly old_sequence: number };

/**
 * The records that a restored station lacks, with their rows, as `station ledger export` writes them: those of its
 * last epoch behind the record that the restored copy ends with.
 */
export async function rowsBeyond(session: Session, station: string): Promise<readonly string[]> {
  const [epoch] = await session.query<EpochRow>(
    'SELECT old_epoch, old_sequence FROM epoch WHERE station = $1 ORDER BY epoch DESC LIMIT 1',
    [station],
  );
  if (!epoch) return [];
  const { old_epoch: old, old_sequence: sequence } = epoch;
  const records = await session.query<Row & { record_id: number; hash: Uint8Array }>(
    `SELECT ${textColumns(BATCH_COLUMNS.record)}, hash FROM record
     WHERE station = $1 AND epoch = $2 AND sequence > $3 ORDER BY sequence`,
    [station, old, sequence],
  );
  const [before] = await session.query<{ hash: Uint8Array }>(
    'SELECT hash FROM record WHERE station = $1 AND epoch = $2 AND sequence = $3',
    [station, old, sequence],
  );
  const first = records[0];
  if (!first || !before) return [];
  const lines: string[] = [];
  let previous = hex(before.hash);
  for (const { hash, ...record } of records) {
    const ordered = { table: 'record', ...record, previous_hash: previous, hash: hex(hash) };
    lines.push(JSON.stringify(ordered));
    previous = hex(hash);
  }
  for (const table of CHILD_TABLES) {
    const rows = await session.query(
      `SELECT ${textColumns(CHILD_COLUMNS[table])} FROM ${table}
       WHERE station = $1 AND epoch = $2 AND row_id >= $3 ORDER BY row_id`,
      [station, old, first.record_id * 1000],
    );
    for (const row of rows) {
      const values = CHILD_COLUMNS[table].map((column) => row[column] as ChainValue);
      const digest = hex(childDigest(table, values));
      lines.push(JSON.stringify({ table, ...row, ...bytesAsHex(row), digest }));
    }
  }
  return lines;
}

/** A day as text: the driver would make a moment of it. */
function textColumns(columns: readonly string[]): string {
  return columns.map((column) => (column === 'business_date' ? 'business_date::text' : column)).join(', ');
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function bytesAsHex(row: Row): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row)
      .filter((entry): entry is [string, Uint8Array] => entry[1] instanceof Uint8Array)
      .map(([column, bytes]) => [column, hex(bytes)]),
  );
}
