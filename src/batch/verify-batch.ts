import { ok, type Result } from '../units/index.ts';
import { BATCH_COLUMNS, parseRow, type BatchRow } from './batch-row.ts';
import {
  CHILD_COLUMNS,
  CHILDREN_LIMIT,
  childDigestText,
  RECORD_COLUMNS,
  recordHashHex,
  type ChainValue,
  type ChildTable,
} from './chained-tables.ts';
import { fault, type FileFault } from './faults.ts';
import { batchManifestShape, type BatchManifest } from './manifest.ts';
import { lineEnd, unpackLines } from './payload.ts';
import { scanRow } from './scan-row.ts';
import { openManifest, type SealedManifest } from './sealed-manifest.ts';
import { differenceOf, TotalsCount } from './totals.ts';

/** A record as it was found to be written, with its rows behind it. */
export type VerifiedRecord = {
  readonly recordId: number;
  readonly epoch: number;
  readonly sequence: number;
  /** 64 hexadecimal digits. */
  readonly hash: string;
  /** In the order of BATCH_COLUMNS. */
  readonly values: readonly ChainValue[];
  readonly children: readonly { readonly table: ChildTable; readonly values: readonly ChainValue[] }[];
};

export type VerifiedBatch = { readonly manifest: BatchManifest; readonly records: readonly VerifiedRecord[] };

/** Opens a batch's manifest: signature first, over the bytes as they came. `keys`: those of its station. */
export function openBatch(
  sealed: SealedManifest,
  keys: readonly string[],
): Result<{ readonly manifest: BatchManifest; readonly publicKey: string }, FileFault> {
  return openManifest('batch', sealed, keys, batchManifestShape);
}

/**
 * Reads the lines of a batch whose manifest was opened: sizes and digests, bounded unpacking, each row, the order
 * and gaplessness of the records, the chain computed again from `chain.before`, and last all totals. Each record goes
 * to `take` as soon as it is whole; it counts only when the outcome is good.
 */
export function walkPayload(
  manifest: BatchManifest,
  payload: Uint8Array,
  take: (record: VerifiedRecord) => void,
): Result<null, FileFault> {
  const unpacked = unpackLines(payload, manifest.payload);
  if (!unpacked.ok) return unpacked;
  const plain = unpacked.value;
  const walk = new ChainWalk(manifest, take);
  const count = new TotalsCount();
  let start = 0;
  for (let number = 1; start < plain.length; number += 1) {
    const end = lineEnd(plain, start);
    let row = scanRow(plain, start, end);
    if (!row) {
      const parsed = parseRow(plain.toString('utf8', start, end), number);
      if (!parsed.ok) return parsed;
      row = parsed.value;
    }
    const placed = walk.add(row, number);
    if (!placed.ok) return placed;
    count.add(row);
    start = end + 1;
  }
  const ended = walk.end();
  if (!ended.ok) return ended;
  const difference = differenceOf(manifest.totals, count.totals());
  return difference === undefined ? ok(null) : fault('file-totals', difference, 'differs from the rows');
}

/** The same with all records in memory at once. */
export function verifyPayload(
  manifest: BatchManifest,
  payload: Uint8Array,
): Result<VerifiedBatch, FileFault> {
  const records: VerifiedRecord[] = [];
  const walked = walkPayload(manifest, payload, (record) => records.push(record));
  return walked.ok ? ok({ manifest, records }) : walked;
}

const COLUMN = {
  recordId: BATCH_COLUMNS.record.indexOf('record_id'),
  epoch: BATCH_COLUMNS.record.indexOf('epoch'),
  sequence: BATCH_COLUMNS.record.indexOf('sequence'),
  childCount: BATCH_COLUMNS.record.indexOf('child_count'),
};

type OpenRecord = {
  readonly values: readonly ChainValue[];
  /** Digests of its rows as texts, one behind the other. */
  digests: string;
  readonly children: { table: ChildTable; values: readonly ChainValue[] }[];
};

/** Computes the chain as the rows go by: a record is closed when the next one begins. */
class ChainWalk {
  readonly #manifest: BatchManifest;
  readonly #take: (record: VerifiedRecord) => void;
  #records = 0;
  #newest: VerifiedRecord | undefined;
  #previous: Uint8Array;
  #open: OpenRecord | undefined;

  constructor(manifest: BatchManifest, take: (record: VerifiedRecord) => void) {
    this.#manifest = manifest;
    this.#take = take;
    this.#previous = Buffer.from(manifest.chain.before, 'hex');
  }

  add({ table, values, digest }: BatchRow, line: number): Result<null, FileFault> {
    if (table !== 'record')
      return this.#addChild(table, values, digest ?? childDigestText(table, values), line);
    const closed = this.#close();
    if (!closed.ok) return closed;
    if (!this.#follows(values)) return fault('file-order', line, 'not the next record');
    this.#open = { values, digests: '', children: [] };
    return ok(null);
  }

  #addChild(
    table: ChildTable,
    values: readonly ChainValue[],
    digest: string,
    line: number,
  ): Result<null, FileFault> {
    const open = this.#open;
    if (!open) return fault('file-order', line, 'before its record');
    const expected = Number(open.values[COLUMN.recordId]) * CHILDREN_LIMIT + open.children.length + 1;
    if (values[0] !== expected || CHILD_COLUMNS[table][0] !== 'row_id')
      return fault('file-order', line, 'not the next row');
    open.digests += digest;
    open.children.push({ table, values });
    return ok(null);
  }

  /** Whether a record is the manifest's first, or the one after the last: by count, epoch and sequence. */
  #follows(values: readonly ChainValue[]): boolean {
    const [epoch, sequence] = [Number(values[COLUMN.epoch]), Number(values[COLUMN.sequence])];
    const { first, firstRecordId } = this.#manifest;
    if (values[COLUMN.recordId] !== firstRecordId + this.#records) return false;
    const before = this.#newest;
    if (!before) return epoch === first.epoch && sequence === first.sequence;
    const next = epoch === before.epoch && sequence === before.sequence + 1;
    return next || (epoch === before.epoch + 1 && sequence === 1);
  }

  #close(): Result<null, FileFault> {
    const open = this.#open;
    if (!open) return ok(null);
    const { values, digests, children } = open;
    const epoch = Number(values[COLUMN.epoch]);
    const sequence = Number(values[COLUMN.sequence]);
    if (values[COLUMN.childCount] !== children.length)
      return fault('file-count', `${epoch}/${sequence}`, 'rows of the record');
    const hash = recordHashHex(hashedColumns(values, this.#previous), digests);
    const recordId = Number(values[COLUMN.recordId]);
    this.#newest = { recordId, epoch, sequence, hash, values, children };
    this.#records += 1;
    this.#take(this.#newest);
    this.#previous = Buffer.from(hash, 'hex');
    this.#open = undefined;
    return ok(null);
  }

  end(): Result<null, FileFault> {
    const closed = this.#close();
    if (!closed.ok) return closed;
    const { last, chain, epoch } = this.#manifest;
    if (last.epoch > epoch) return fault('file-order', 'last.epoch', 'beyond the batch’s epoch');
    const newest = this.#newest;
    if (!newest || newest.epoch !== last.epoch || newest.sequence !== last.sequence)
      return fault('file-order', 'last', 'not the last record');
    if (newest.hash !== chain.after) return fault('file-chain', 'chain.after', 'differs from the rows');
    return ok(null);
  }
}

const PREVIOUS_HASH = RECORD_COLUMNS.indexOf('previous_hash');

/** A record's columns as they are hashed: the previous hash does not travel and is put back in its place. */
function hashedColumns(values: readonly ChainValue[], previous: Uint8Array): readonly ChainValue[] {
  return [...values.slice(0, PREVIOUS_HASH), previous, ...values.slice(PREVIOUS_HASH)];
}
