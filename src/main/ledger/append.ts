import { assert, type AmountMinor } from '../../units/index.ts';
import type { LedgerReader, LedgerTx, SqlValue } from '../store/index.ts';
import type { Account } from './accounts.ts';
import {
  CHILD_COLUMNS,
  CHILD_TABLES,
  CHILDREN_LIMIT,
  childDigestText,
  EPOCH_OPENED,
  RECORD_COLUMNS,
  recordHashHex,
  type ChildTable,
} from '../../batch/index.ts';

export type TransferDraft = {
  readonly debit: Account;
  readonly credit: Account;
  readonly currency: string;
  /** More than zero: a correction is a transfer the other way round. */
  readonly amountMinor: AmountMinor;
};

/** A child row but for its key, its place and its digest, which the journal gives it. */
export type ChildDraft = {
  readonly table: Exclude<ChildTable, 'transfer'>;
  readonly values: Readonly<Record<string, SqlValue>>;
};

export type RecordDraft = {
  readonly kind: string;
  readonly atUnixMs: number;
  /** The utility's calendar day, `YYYY-MM-DD`, computed once by the caller. */
  readonly businessDate: string;
  readonly operatorId: string | null;
  readonly subjectId: string | null;
  /** Whatever else belongs to it; whole numbers, strings, lists and objects only. */
  readonly detail: unknown;
  readonly transfers?: readonly TransferDraft[];
  readonly children?: readonly ChildDraft[];
};

export type ChainHead = {
  readonly recordId: number;
  readonly epoch: number;
  readonly sequence: number;
  readonly atUnixMs: number;
  readonly hash: Uint8Array;
};

/** One text per table: the handle keeps one statement per text, and a text made anew would be hashed anew. */
const INSERT = {
  record: insertInto('record', [...RECORD_COLUMNS, 'hash']),
  ...(Object.fromEntries(
    CHILD_TABLES.map((table) => [table, insertInto(table, [...CHILD_COLUMNS[table], 'digest'])]),
  ) as Record<ChildTable, string>),
};

function insertInto(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
}

/** The newest record, or undefined in an empty journal. */
export function chainHead(reader: LedgerReader | LedgerTx): ChainHead | undefined {
  const row = reader
    .prepare(
      'SELECT record_id, epoch, sequence, at_unix_ms, hash FROM record ORDER BY record_id DESC LIMIT 1',
    )
    .get<{ record_id: number; epoch: number; sequence: number; at_unix_ms: number; hash: Uint8Array }>();
  if (!row) return undefined;
  return {
    recordId: row.record_id,
    epoch: row.epoch,
    sequence: row.sequence,
    atUnixMs: row.at_unix_ms,
    hash: row.hash,
  };
}

/**
 * Adds one record with its transfers and rows to the journal, inside the caller's transaction. The head is
 * read in that transaction, so that two writers can never continue from the same record.
 */
export function appendRecord(tx: LedgerTx, draft: RecordDraft): ChainHead {
  const head = chainHead(tx);
  return append(tx, draft, head, { epoch: head?.epoch ?? 1, sequence: (head?.sequence ?? 0) + 1 });
}

/** How an epoch's first record names the end of the one before it. */
export type OldHead = { readonly epoch: number; readonly sequence: number; readonly hash: string };

/**
 * Begins the next epoch: its record has the next epoch's number and sequence 1, and names the head that it
 * continues from (all zeros after an empty journal) beside `detail`.
 */
export function openEpoch(
  tx: LedgerTx,
  draft: Pick<RecordDraft, 'atUnixMs' | 'businessDate' | 'operatorId'> & {
    readonly detail: Readonly<Record<string, unknown>>;
  },
): ChainHead {
  const head = chainHead(tx);
  const oldHead: OldHead = {
    epoch: head?.epoch ?? 1,
    sequence: head?.sequence ?? 0,
    hash: Buffer.from(head?.hash ?? new Uint8Array(32)).toString('hex'),
  };
  const record = { ...draft, kind: EPOCH_OPENED, subjectId: null, detail: { ...draft.detail, oldHead } };
  return append(tx, record, head, { epoch: oldHead.epoch + 1, sequence: 1 });
}

function append(
  tx: LedgerTx,
  draft: RecordDraft,
  head: ChainHead | undefined,
  place: { readonly epoch: number; readonly sequence: number },
): ChainHead {
  const recordId = (head?.recordId ?? 0) + 1;
  const { epoch, sequence } = place;
  // An outcome has to be written down even when the clock has run back meanwhile; the journal's time does not.
  const atUnixMs = Math.max(draft.atUnixMs, head?.atUnixMs ?? draft.atUnixMs);
  const rows: { table: ChildTable; values: Readonly<Record<string, SqlValue>> }[] = [
    ...(draft.transfers ?? []).map(transferRow),
    ...(draft.children ?? []),
  ];
  assert(rows.length < CHILDREN_LIMIT, 'a record has fewer rows than its limit');
  const children = rows.map((row, index) => prepareChild(recordId * CHILDREN_LIMIT + index + 1, row));
  const record: Record<(typeof RECORD_COLUMNS)[number], SqlValue> = {
    record_id: recordId,
    epoch,
    sequence,
    kind: draft.kind,
    at_unix_ms: atUnixMs,
    business_date: draft.businessDate,
    operator_id: draft.operatorId,
    subject_id: draft.subjectId,
    detail: JSON.stringify(draft.detail),
    child_count: children.length,
    previous_hash: head?.hash ?? new Uint8Array(32),
  };
  const values = RECORD_COLUMNS.map((column) => record[column]);
  const hash = Buffer.from(recordHashHex(values, children.map(({ digest }) => digest).join('')), 'hex');
  tx.prepare(INSERT.record).run(...values, hash);
  for (const { table, values: row, digest } of children) {
    tx.prepare(INSERT[table]).run(...row, Buffer.from(digest, 'latin1'));
  }
  return { recordId, epoch, sequence, atUnixMs, hash };
}

function transferRow(transfer: TransferDraft): {
  table: ChildTable;
  values: Readonly<Record<string, SqlValue>>;
} {
  assert(transfer.amountMinor > 0, 'a transfer moves more than nothing');
  assert(transfer.debit !== transfer.credit, 'a transfer has two sides');
  return {
    table: 'transfer',
    values: {
      debit_account: transfer.debit,
      credit_account: transfer.credit,
      currency: transfer.currency,
      amount_minor: transfer.amountMinor,
    },
  };
}

type PreparedChild = {
  readonly table: ChildTable;
  readonly values: readonly SqlValue[];
  /** One sign for each byte. */
  readonly digest: string;
};

function prepareChild(
  rowId: number,
  row: { readonly table: ChildTable; readonly values: Readonly<Record<string, SqlValue>> },
): PreparedChild {
  const given: Readonly<Record<string, SqlValue>> = { ...row.values, row_id: rowId };
  const values = CHILD_COLUMNS[row.table].map((column) => {
    const value = given[column];
    assert(value !== undefined, `${row.table}.${column} is given`);
    return value;
  });
  return { table: row.table, values, digest: childDigestText(row.table, values) };
}
