/**
 * WAL with synchronous=FULL, said aloud: better-sqlite3 is compiled to fall back to NORMAL in WAL mode, which
 * loses acknowledged commits at a power cut. recursive_triggers makes REPLACE fire the triggers that refuse
 * deletion.
 */
export const WRITER_PRAGMAS = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'fullfsync = ON',
  'checkpoint_fullfsync = ON',
  'foreign_keys = ON',
  'recursive_triggers = ON',
  'trusted_schema = OFF',
  'cell_size_check = ON',
  'busy_timeout = 5000',
] as const;

/**
 * Pages that the write-ahead log may hold before a commit has to move them itself: 64 MB, a bound for imports; and
 * 256 MB for the ledger, whose checkpoints a thread makes long before.
 */
export const AUTO_CHECKPOINT_PAGES = { ledger: 64_000, directory: 16_000 } as const;
