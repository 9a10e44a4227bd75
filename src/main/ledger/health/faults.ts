import type { FolderFault, OpenFault } from '../../store/index.ts';

/**
 * What a check of the books can find; each is a code of the catalogue. A finding stops sales, unless it only keeps the
 * books from being read for now.
 */
export type Finding =
  OpenFault | { readonly code: 'chain-broken'; readonly params: { row: string; reason: string } };

export type BackupFault =
  | Finding
  | {
      /** Nothing was written there. `detail`: bytes that are lacking, or the system's own code. */
      readonly code: 'backup-target';
      readonly params: {
        folder: string;
        reason: 'insideData' | 'notAFolder' | 'notWritable' | 'noRoom';
        detail: string;
      };
    }
  /** The data folder lacks a file that no station is without. */
  | { readonly code: 'backup-source'; readonly params: { folder: string; file: string } }
  /** Without a manifest: its making was cut off, and it does not count. */
  | { readonly code: 'backup-incomplete'; readonly params: { backup: string } }
  | {
      readonly code: 'backup-changed';
      readonly params: {
        backup: string;
        file: string;
        reason: 'missing' | 'size' | 'content' | 'unexpected';
      };
    };

export type RestoreFault =
  | BackupFault
  | FolderFault
  | { readonly code: 'restore-target'; readonly params: { folder: string; reason: string } }
  | {
      /** `last`: the newest time that the backup, or the restored books, know. */
      readonly code: 'clock-behind' | 'restore-clock';
      readonly params: { clock: string; last: string };
    }
  | { readonly code: 'config-invalid'; readonly params: { path: string; reason: string } };
