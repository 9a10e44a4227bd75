import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chainHead } from '../../src/main/ledger/index.ts';
import { openReader } from '../../src/main/store/index.ts';

const MINUTE_MS = 60_000;

export type GrownFolder = { readonly folder: string; readonly remove: () => void };

/**
 * Where a station is grown. `KIOSKWATT_GROWN` names a folder that stays: what one run has grown there, the next one
 * finds, and adds to it. Without it the folder is made anew and removed again.
 */
export function grownFolder(name: string): GrownFolder {
  const kept = process.env['KIOSKWATT_GROWN'];
  if (kept !== undefined) {
    const folder = path.join(kept, name);
    mkdirSync(folder, { recursive: true });
    return { folder, remove: () => undefined };
  }
  const folder = mkdtempSync(path.join(process.env['KIOSKWATT_TMP'] ?? tmpdir(), `kioskwatt-${name}-`));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The moment at which a till in a folder goes on: where its ledger ends, or at `firstUnixMs`. */
export function goesOnAt(dataFolder: string, firstUnixMs: number): number {
  const ledger = openReader('ledger', path.join(dataFolder, 'ledger.db'));
  if (!ledger.ok) return firstUnixMs;
  try {
    const newest = chainHead(ledger.value)?.atUnixMs ?? 0;
    return Math.max(firstUnixMs, newest + MINUTE_MS);
  } finally {
    ledger.value.close();
  }
}
