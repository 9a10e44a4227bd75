import { applyChange } from '../directory/index.ts';
import { openDirectoryChanges, settleDirectoryChange } from '../ledger/index.ts';
import type { DirectoryWriter, LedgerWriter } from '../store/index.ts';

/**
 * Puts every change of the journal that the directory may lack into it, oldest first. Killed anywhere, it does the
 * rest the next time and nothing twice. Throws StorageError.
 */
export function applyOpenChanges(ledger: LedgerWriter, directory: DirectoryWriter): void {
  for (const { changeId, change } of openDirectoryChanges(ledger)) {
    if (change) directory.transaction((tx) => applyChange(tx, changeId, change));
    ledger.transaction((tx) => settleDirectoryChange(tx, changeId));
  }
}
