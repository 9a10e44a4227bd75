import { z } from 'zod';
import {
  BATCH_COLUMNS,
  EPOCH_OPENED,
  placeShape,
  walkPayload,
  type BatchManifest,
  type FileFault,
  type Place,
  type VerifiedRecord,
} from '../batch/index.ts';
import { ok, type Result } from '../units/index.ts';
import { CopyText, type TableCopy } from './copy-text.ts';

/** A batch whose manifest was opened: plain data, since it may cross to a thread. */
export type CheckJob = {
  readonly manifest: BatchManifest;
  readonly payload: Uint8Array;
  /** Records at its beginning that are held already: they are checked and not copied. */
  readonly known: number;
};

/** A record that begins an epoch. */
export type OpenedEpoch = {
  /** Its place in the batch, from 0. */
  readonly index: number;
  readonly epoch: number;
  readonly openedUnixMs: number;
  /** The head that it continues from; null where it says none. */
  readonly old: Place | null;
};

/** What is to be known of a checked batch, with its rows ready for the database. */
export type CheckedBatch = {
  readonly records: number;
  /** Hashes of all records, 64 hexadecimal digits each, in their order. */
  readonly hashes: string;
  /** Rows of the records that are copied, their own among them. */
  readonly rows: number;
  /** First days of the months that they lie in. */
  readonly months: readonly string[];
  readonly epochs: readonly OpenedEpoch[];
  readonly copies: readonly TableCopy[];
};

export const HASH_DIGITS = 64;

const KIND = BATCH_COLUMNS.record.indexOf('kind');
const DETAIL = BATCH_COLUMNS.record.indexOf('detail');
const AT = BATCH_COLUMNS.record.indexOf('at_unix_ms');
const BUSINESS_DATE = BATCH_COLUMNS.record.indexOf('business_date');

/** Checks a batch's lines whole, and makes its rows ready. The first fault is returned. */
export function checkBatch({ manifest, payload, known }: CheckJob): Result<CheckedBatch, FileFault> {
  const copy = new CopyText(manifest.station);
  let hashes = '';
  let records = 0;
  const months = new Set<string>();
  const epochs: OpenedEpoch[] = [];
  let rows = 0;
  const walked = walkPayload(manifest, payload, (record) => {
    if (record.sequence === 1) epochs.push(openedEpoch(record, records));
    records += 1;
    hashes += record.hash;
    if (records <= known) return;
    rows += 1 + record.children.length;
    months.add(`${String(record.values[BUSINESS_DATE]).slice(0, 7)}-01`);
    copy.add(record);
  });
  if (!walked.ok) return walked;
  return ok({
    records,
    hashes,
    rows,
    months: [...months],
    epochs,
    copies: copy.copies(),
  });
}

function openedEpoch({ values, epoch }: VerifiedRecord, index: number): OpenedEpoch {
  const detail: unknown = values[KIND] === EPOCH_OPENED ? JSON.parse(String(values[DETAIL])) : null;
  const { data } = detailShape.safeParse(detail);
  return { index, epoch, openedUnixMs: Number(values[AT]), old: data?.oldHead ?? null };
}

const detailShape = z.object({ oldHead: placeShape.loose() });

/** Where a record of a batch has its place, by its index from 0: a batch is gapless. */
export function placeAt(
  manifest: BatchManifest,
  { epochs }: Pick<CheckedBatch, 'epochs'>,
  index: number,
): Place {
  const opened = epochs.findLast((epoch) => epoch.index <= index);
  if (opened) return { epoch: opened.epoch, sequence: index - opened.index + 1 };
  return { epoch: manifest.first.epoch, sequence: manifest.first.sequence + index };
}
