import { z } from 'zod';
import { hexShape, payloadShape } from './payload.ts';
import { totalsShape } from './totals.ts';

export const stationIdShape = z.string().regex(/^[A-Z0-9]{1,12}$/u);
export const publicKeyShape = hexShape;

/** The kind of a record that begins an epoch; its detail names the head that it continues from. */
export const EPOCH_OPENED = 'epoch-opened';

/** A record's public number. Sequence 0 is the place before an epoch's first record. */
export const placeShape = z.strictObject({ epoch: z.int().min(1), sequence: z.int().min(0) });
export type Place = z.infer<typeof placeShape>;

/** What a batch says of itself. Signed as bytes; fields are only ever added, and head office learns them first. */
export const batchManifestShape = z.strictObject({
  format: z.literal('kioskwatt-batch'),
  version: z.literal(1),
  station: stationIdShape,
  profile: z.enum(['private', 'production']),
  /** The first 16 digits of the SHA-256 of the public key that signed. */
  keyId: z.string().regex(/^[0-9a-f]{16}$/u),
  /** Batches are numbered from 1 in each epoch. */
  epoch: z.int().min(1).max(9_999),
  number: z.int().min(1).max(99_999_999),
  /** SHA-256 of the manifest of the batch before it in this epoch; null for the first. */
  previousManifest: hexShape.nullable(),
  first: placeShape,
  last: placeShape,
  /** The journal's own count of the first record, from 1. */
  firstRecordId: z.int().min(1),
  /** Hash of the record before the first (zeros at a journal's beginning), and of the last. */
  chain: z.strictObject({ before: hexShape, after: hexShape }),
  totals: totalsShape,
  payload: payloadShape,
  versions: z.strictObject({
    program: z.string().max(40),
    ledger: z.int().min(1),
    /** Number of the newest package from head office that was applied; 0 before the first. */
    package: z.int().min(0),
  }),
  clock: z.strictObject({
    /** The station's clock when the range was closed. */
    createdUnixMs: z.int().min(0),
    /** When the batch before it was closed; null for the first. A clock that ran back shows here. */
    previousUnixMs: z.int().min(0).nullable(),
    /** Another one after each start of the program, with the milliseconds that passed since then. */
    boot: z.string().max(40),
    upMs: z.int().min(0),
  }),
  /** Announces the station's next key; whatever comes after this batch is signed by it. */
  nextKey: publicKeyShape.optional(),
});
export type BatchManifest = z.infer<typeof batchManifestShape>;

/** `T014-0001-00000007.v1`: what the three files of a batch are called, but for their endings. */
export function batchName(batch: Pick<BatchManifest, 'station' | 'epoch' | 'number'>): string {
  const epoch = String(batch.epoch).padStart(4, '0');
  return `${batch.station}-${epoch}-${String(batch.number).padStart(8, '0')}.v1`;
}

export type BatchId = { readonly station: string; readonly epoch: number; readonly number: number };

const BATCH_NAME = /^([A-Z0-9]{1,12})-(\d{4})-(\d{8})\.v(\d+)$/u;

/** Reads a batch's name; undefined for anything else. */
export function parseBatchName(name: string): (BatchId & { readonly version: number }) | undefined {
  const [, station, epoch, number, version] = BATCH_NAME.exec(name) ?? [];
  if (station === undefined) return undefined;
  return { station, epoch: Number(epoch), number: Number(number), version: Number(version) };
}

/** Endings of a batch's files, in the order in which they are put down: the manifest last, and with it the batch. */
export const BATCH_FILES = {
  payload: '.ndjson.gz',
  signature: '.manifest.sig',
  manifest: '.manifest.json',
} as const;
