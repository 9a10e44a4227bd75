import { z } from 'zod';
import type { Result } from '../units/index.ts';
import type { FileFault } from './faults.ts';
import { placeShape, stationIdShape } from './manifest.ts';
import { hexShape } from './payload.ts';
import { manifestBytes, openManifest, type SealedManifest } from './sealed-manifest.ts';
import { signAs, type Signer } from './signature.ts';

/** What head office makes of a batch. Only the first two settle it. */
export const VERDICTS = [
  'accepted',
  'duplicate',
  'gap',
  'bad-signature',
  'damaged',
  'totals-mismatch',
  'fork',
  'new-epoch',
  'retired',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The fault that an answer means for the station, or null where the batch was taken. */
export const ACK_FAULT = {
  accepted: null,
  duplicate: null,
  gap: 'ack-gap',
  'bad-signature': 'ack-bad-signature',
  damaged: 'ack-damaged',
  'totals-mismatch': 'ack-totals-mismatch',
  fork: 'ack-fork',
  'new-epoch': 'ack-new-epoch',
  retired: 'ack-retired',
} as const satisfies Readonly<Record<Verdict, string | null>>;

/** Head office's answer to one batch, signed by its key. */
export const ackShape = z.strictObject({
  format: z.literal('kioskwatt-ack'),
  version: z.literal(1),
  station: stationIdShape,
  epoch: z.int().min(1),
  number: z.int().min(1),
  /** SHA-256 of the manifest as it came: an answer to these bytes and no others. */
  manifest: hexShape,
  verdict: z.enum(VERDICTS),
  /** Where the next batch has to begin, or null where nothing of the station is known. */
  expected: z
    .strictObject({ epoch: z.int().min(1), number: z.int().min(1), sequence: z.int().min(1) })
    .nullable(),
  /** The newest record that head office holds of this station. */
  head: placeShape.extend({ hash: hexShape }).nullable(),
  rows: z.strictObject({ added: z.int().min(0), known: z.int().min(0) }),
  /** What was wrong, line by line or by member; empty when nothing was. */
  reasons: z
    .array(
      z.strictObject({ where: z.string().max(200), code: z.string().max(60), reason: z.string().max(200) }),
    )
    .max(100),
  atUnixMs: z.int().min(0),
});
export type Ack = z.infer<typeof ackShape>;

export function sealAck(ack: Ack, signer: Signer): SealedManifest {
  const manifest = manifestBytes(ack);
  return { manifest, signature: signAs('ack', manifest, signer) };
}

/** Opens an acknowledgement; `keys` are those of head office that the station holds. */
export function openAck(
  sealed: SealedManifest,
  keys: readonly string[],
): Result<{ readonly manifest: Ack; readonly publicKey: string }, FileFault> {
  return openManifest('ack', sealed, keys, ackShape);
}

/** Endings of an acknowledgement's files behind its batch's name; the second one completes it. */
export const ACK_FILES = { signature: '.ack.sig', manifest: '.ack.json' } as const;
