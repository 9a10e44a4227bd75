import { existsSync } from 'node:fs';
import path from 'node:path';
import { chainHead } from '../../main/ledger/index.ts';
import { openReader, type LedgerReader } from '../../main/store/index.ts';
import { bindingFromEnvironment } from '../open.ts';

const FIRST_UNIX_MS = Date.UTC(2026, 10, 23, 8, 0);

const fileOf = (folder: string): string => path.join(folder, 'ledger.db');

/** Reads a data folder's ledger. Throws where it cannot be opened. */
export function withLedger<Value>(folder: string, use: (ledger: LedgerReader) => Value): Value {
  const ledger = openReader('ledger', fileOf(folder), bindingFromEnvironment());
  if (!ledger.ok) throw new Error(JSON.stringify(ledger.error));
  try {
    return use(ledger.value);
  } finally {
    ledger.value.close();
  }
}

/**
 * The moment of a folder's newest entry, by the clock of the till that wrote it. A file that was cut off while it was
 * being made holds none yet.
 */
export function lastEntryUnixMs(folder: string): number {
  if (!existsSync(fileOf(folder))) return FIRST_UNIX_MS;
  try {
    return withLedger(folder, chainHead)?.atUnixMs ?? FIRST_UNIX_MS;
  } catch {
    return FIRST_UNIX_MS;
  }
}
