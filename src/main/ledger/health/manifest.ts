import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../../../units/index.ts';
import { writeDurably } from '../../store/index.ts';
import type { BackupFault } from './faults.ts';

export const MANIFEST_FILE = 'manifest.json';

const hexShape = z.string().regex(/^[0-9a-f]{64}$/u);

/** What a backup holds and what was found when it was checked; docs/formats/backup.md. */
const manifestShape = z.strictObject({
  format: z.literal('kioskwatt-backup'),
  version: z.literal(1),
  createdUnixMs: z.int().min(0),
  program: z.string().max(40),
  chain: z.strictObject({
    records: z.int().min(0),
    rows: z.int().min(0),
    epoch: z.int().min(1),
    sequence: z.int().min(0),
    head: hexShape,
  }),
  files: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z]+\.(?:db|json)$/u),
        bytes: z.int().min(0),
        sha256: hexShape,
      }),
    )
    .max(16),
  /** SHA-256 of the manifest without this member, written as JSON without blanks. */
  digest: hexShape,
});

export type Manifest = z.infer<typeof manifestShape>;

function digestOf(manifest: Omit<Manifest, 'digest'>): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
}

/** The last file of a backup to be written: with it, and not before, the backup counts. */
export function writeManifest(backup: string, manifest: Omit<Manifest, 'digest'>): Manifest {
  const whole: Manifest = { ...manifest, digest: digestOf(manifest) };
  writeDurably(path.join(backup, MANIFEST_FILE), `${JSON.stringify(whole, null, 2)}\n`);
  return whole;
}

export function readManifest(backup: string): Result<Manifest, BackupFault> {
  const file = path.join(backup, MANIFEST_FILE);
  if (!existsSync(file)) return err({ code: 'backup-incomplete', params: { backup } });
  const manifest = parseManifest(readFileSync(file, 'utf8'));
  if (manifest) return ok(manifest);
  return err({ code: 'backup-changed', params: { backup, file: MANIFEST_FILE, reason: 'content' } });
}

function parseManifest(text: string): Manifest | undefined {
  try {
    const parsed = manifestShape.safeParse(JSON.parse(text));
    if (!parsed.success) return undefined;
    const { digest, ...rest } = parsed.data;
    return digestOf(rest) === digest ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
