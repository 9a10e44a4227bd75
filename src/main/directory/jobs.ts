import type { CallFault, SearchHit } from '../../contract/index.ts';
import type { Result } from '../../units/index.ts';
import type { ImportOutcome, ImportProgress } from './import/import-csv.ts';
import type { FileFault } from './import/read-csv.ts';

type DatabasePlace = {
  readonly database: string;
  /** A native SQLite binding for development runtimes. */
  readonly sqliteBinding?: string | undefined;
};

/** A file of customers to be taken, and where the lines that were left out are told. */
export type ImportJob = DatabasePlace & { readonly file: string; readonly report: string };

/** What a thread of the directory does; plain data, since it crosses to the thread. */
export type DirectoryJob =
  (DatabasePlace & { readonly kind: 'search' }) | (ImportJob & { readonly kind: 'import' });

export type SearchAsked = { readonly id: number; readonly text: string };
export type SearchAnswer = { readonly id: number; readonly found: Result<SearchHit[], CallFault> };

/** With the digest of the file that was read, in hexadecimal. */
export type ImportResult = Result<ImportOutcome & { readonly sha256: string }, FileFault>;
export type ImportMessage = { readonly progress?: ImportProgress; readonly outcome?: ImportResult };
