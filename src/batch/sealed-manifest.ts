import type { z } from 'zod';
import { ok, type Result } from '../units/index.ts';
import { fault, type FileFault } from './faults.ts';
import { isSignedAs, type Domain } from './signature.ts';

/** No manifest comes near it: what is longer is not read. */
export const MANIFEST_LIMIT_BYTES = 1 << 20;

/** A manifest as it travels: its exact bytes, and a signature over them. */
export type SealedManifest = { readonly manifest: Uint8Array; readonly signature: Uint8Array };

/**
 * Verifies the bytes as they came, then reads them. `keys` are the public keys that may sign; the one that did is
 * returned. Nothing of an unsigned manifest is looked at.
 */
export function openManifest<Shape extends z.ZodType>(
  domain: Domain,
  sealed: SealedManifest,
  keys: readonly string[],
  shape: Shape,
  limitBytes = MANIFEST_LIMIT_BYTES,
): Result<{ readonly manifest: z.output<Shape>; readonly publicKey: string }, FileFault> {
  if (sealed.manifest.length > limitBytes) return fault('file-size', 'manifest', 'too long');
  const publicKey = keys.find((key) => isSignedAs(domain, sealed.manifest, sealed.signature, key));
  if (publicKey === undefined) return fault('file-signature', 'manifest', 'no known key signed it');
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(sealed.manifest));
  } catch {
    return fault('file-manifest', 'manifest', 'not JSON');
  }
  if (isFuture(data)) return fault('file-version', 'version', String(data.version));
  const parsed = shape.safeParse(data);
  if (parsed.success) return ok({ manifest: parsed.data, publicKey });
  const [issue] = parsed.error.issues;
  return fault('file-manifest', issue?.path.join('.') ?? '', issue?.message ?? 'invalid');
}

function isFuture(data: unknown): data is { readonly version: number } {
  return (
    typeof data === 'object' &&
    data !== null &&
    'version' in data &&
    typeof data.version === 'number' &&
    data.version > 1
  );
}

/** A manifest's bytes: JSON with two blanks, so that a person can read it, and a line feed at the end. */
export function manifestBytes(manifest: object): Uint8Array {
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
}
