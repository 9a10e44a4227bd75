import { z } from 'zod';
import { ok, type Result } from '../units/index.ts';
import { chainedChange, directoryChangeShape } from './directory-change.ts';
import { fault, type FileFault } from './faults.ts';
import { stationIdShape } from './manifest.ts';
import { manifestBytes, openManifest, type SealedManifest } from './sealed-manifest.ts';
import { signAs, type Signer } from './signature.ts';

/** Endings of the files with a batch's personal values; they are put down before its manifest. */
export const PERSONAL_FILES = { signature: '.personal.sig', values: '.personal.json' } as const;

/** Far more than a day of corrections at one counter. */
export const PERSONAL_LIMIT_BYTES = 32 << 20;

const personalChangeShape = z.strictObject({
  /** The journal's own count of the record that holds the digests. */
  recordId: z.int().min(1),
  /** 16 bytes in hexadecimal. */
  salt: z.string().regex(/^[0-9a-f]{32}$/u),
  change: directoryChangeShape,
});
export type PersonalChange = z.infer<typeof personalChangeShape>;

/** What customers' and meters' changes in one batch say, for the records that hold no more than digests of it. */
export const personalFileShape = z.strictObject({
  format: z.literal('kioskwatt-personal'),
  version: z.literal(1),
  station: stationIdShape,
  epoch: z.int().min(1).max(9_999),
  number: z.int().min(1).max(99_999_999),
  changes: z.array(personalChangeShape).min(1).max(20_000),
});
export type PersonalFile = z.infer<typeof personalFileShape>;

/** Signs the personal values of a batch, as a kind of file of its own. */
export function sealPersonal(file: PersonalFile, signer: Signer): SealedManifest {
  const manifest = manifestBytes(file);
  return { manifest, signature: signAs('personal', manifest, signer) };
}

/** Verifies and reads personal values; `keys` are those that may sign. */
export function openPersonal(
  sealed: SealedManifest,
  keys: readonly string[],
): Result<PersonalFile, FileFault> {
  const opened = openManifest('personal', sealed, keys, personalFileShape, PERSONAL_LIMIT_BYTES);
  return opened.ok ? ok(opened.value.manifest) : opened;
}

/** Holds a change's values against what its record has in its detail: the digests have to come out. */
export function checkPersonal(change: PersonalChange, detail: unknown): Result<null, FileFault> {
  const chained = chainedChange(change.change, Buffer.from(change.salt, 'hex'));
  const told =
    typeof detail === 'object' && detail !== null && 'change' in detail ? detail.change : undefined;
  return JSON.stringify(chained) === JSON.stringify(told)
    ? ok(null)
    : fault('file-digest', `record ${change.recordId}`, 'differs from the chain');
}
