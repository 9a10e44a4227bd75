import { err, ok, type Result } from '../../units/index.ts';
import type { SqlValue } from '../store/index.ts';
import {
  CHILD_COLUMNS,
  CHILDREN_LIMIT,
  childDigest,
  RECORD_COLUMNS,
  recordHash,
  type ChildTable,
} from '../../batch/index.ts';

type Row = Readonly<Record<string, SqlValue>>;

/** A record that a copy lacks, as an export of the ledger that was lost has it. */
export type LostRecord = {
  readonly recordId: number;
  readonly epoch: number;
  readonly sequence: number;
  readonly kind: string;
  readonly subjectId: string | null;
  readonly operatorId: string | null;
  readonly atUnixMs: number;
  readonly businessDate: string;
  /** JSON, as it was written. */
  readonly detail: string;
  /** In hex. */
  readonly hash: string;
  readonly children: readonly { readonly table: ChildTable; readonly values: Row }[];
};

export type LostFault =
  | { readonly code: 'recall-unreadable'; readonly params: { readonly line: number } }
  /** `record`: the first that does not follow from the copy's head, or is not as it was written. */
  | { readonly code: 'recall-not-following'; readonly params: { readonly record: string } };

/** Columns that hold bytes; the export writes them in hexadecimal. */
const BYTES = new Set(['previous_hash', 'hash', 'digest', 'customer_digest']);

/**
 * Reads the lines of an export of the lost ledger and returns the records after `head` (record id and hash),
 * after making sure that each is as it was written and that they follow from that head without a gap: nobody
 * can slip a sale in.
 */
export function readLostRecords(
  lines: Iterable<string>,
  head: { readonly recordId: number; readonly hash: string },
): Result<readonly LostRecord[], LostFault> {
  const records: Row[] = [];
  const children = new Map<number, LostRecord['children'][number][]>();
  let line = 0;
  for (const text of lines) {
    line += 1;
    const row = parseRow(text);
    if (!row) return err({ code: 'recall-unreadable', params: { line } });
    const { table, values } = row;
    if (table === 'record') {
      if (Number(values['record_id']) > head.recordId) records.push(values);
      continue;
    }
    const recordId = Math.floor(Number(values['row_id']) / CHILDREN_LIMIT);
    if (recordId <= head.recordId) continue;
    const siblings = children.get(recordId) ?? [];
    siblings.push({ table: table as ChildTable, values });
    children.set(recordId, siblings);
  }
  return linkUp(records, children, head);
}

function linkUp(
  records: readonly Row[],
  children: ReadonlyMap<number, LostRecord['children']>,
  head: { readonly recordId: number; readonly hash: string },
): Result<readonly LostRecord[], LostFault> {
  const lost: LostRecord[] = [];
  let before = head;
  for (const values of records) {
    const recordId = Number(values['record_id']);
    const own = [...(children.get(recordId) ?? [])].sort(
      (a, b) => Number(a.values['row_id']) - Number(b.values['row_id']),
    );
    const record = checked(values, own);
    const previous = hexOf(values['previous_hash']);
    if (!record || recordId !== before.recordId + 1 || previous !== before.hash) {
      const name = `${String(values['epoch'])}/${String(values['sequence'])}`;
      return err({ code: 'recall-not-following', params: { record: name } });
    }
    lost.push(record);
    before = record;
  }
  return ok(lost);
}

/** The record when it and its rows hash to what it says, else undefined. */
function checked(values: Row, children: LostRecord['children']): LostRecord | undefined {
  const digests = children.map((child) =>
    childDigest(
      child.table,
      CHILD_COLUMNS[child.table].map((column) => child.values[column] ?? null),
    ),
  );
  const hash = Buffer.from(
    recordHash(
      RECORD_COLUMNS.map((column) => values[column] ?? null),
      digests,
    ),
  ).toString('hex');
  if (hash !== hexOf(values['hash']) || children.length !== values['child_count']) return undefined;
  const textOrNull = (value: SqlValue | undefined): string | null =>
    typeof value === 'string' ? value : null;
  return {
    recordId: Number(values['record_id']),
    epoch: Number(values['epoch']),
    sequence: Number(values['sequence']),
    kind: String(values['kind']),
    subjectId: textOrNull(values['subject_id']),
    operatorId: textOrNull(values['operator_id']),
    atUnixMs: Number(values['at_unix_ms']),
    businessDate: String(values['business_date']),
    detail: String(values['detail']),
    hash,
    children,
  };
}

function hexOf(value: SqlValue | undefined): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : '';
}

function parseRow(text: string): { table: string; values: Row } | undefined {
  try {
    const { table, ...columns } = JSON.parse(text) as Record<string, string | number | null>;
    if (table !== 'record' && !Object.hasOwn(CHILD_COLUMNS, String(table))) return undefined;
    const values = Object.entries(columns).map(([name, value]) => [
      name,
      BYTES.has(name) ? Buffer.from(String(value), 'hex') : value,
    ]);
    return { table: String(table), values: Object.fromEntries(values) as Row };
  } catch {
    return undefined;
  }
}
