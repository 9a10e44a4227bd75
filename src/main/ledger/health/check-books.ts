import path from 'node:path';
import { err, ok, type Result } from '../../../units/index.ts';
import {
  faultOf,
  fileProblems,
  openReader,
  readStationPublicKey,
  schemaDifference,
  type BindingOption,
  type ClosableReader,
  type DatabaseName,
  type LedgerReader,
} from '../../store/index.ts';
import { verifySinceAnchor } from '../anchor.ts';
import { chainHead } from '../append.ts';
import { EMPTY_CHAIN, verifyFrom, type ChainFault, type ChainSummary } from '../verify.ts';
import { verifyBooks } from '../verify-books.ts';
import type { Finding } from './faults.ts';

export const DATABASE_FILES: Readonly<Record<DatabaseName, string>> = {
  ledger: 'ledger.db',
  directory: 'directory.db',
};

export type CheckProgress = {
  readonly stage: 'pages' | 'chain';
  /** Records read of those there are; both 0 while pages are checked. */
  readonly records: number;
  readonly of: number;
};

export type CheckOptions = BindingOption & {
  readonly folder: string;
  /**
   * From the first record, with the balances, and every index beside its table; else the pages by themselves and
   * the chain since the newest anchor.
   */
  readonly whole: boolean;
  /** Only the chain, for who has compared the schemas and has no time for the pages. */
  readonly chainOnly?: boolean;
  readonly onProgress?: ((progress: CheckProgress) => void) | undefined;
};

/**
 * Checks both databases of a folder: their schemas, their pages and the chain. Reads only, and beside a
 * station that sells. Takes as long as reading the files: not for main's thread.
 */
export function checkBooks(options: CheckOptions): Result<ChainSummary, Finding> {
  if (!options.chainOnly) {
    options.onProgress?.({ stage: 'pages', records: 0, of: 0 });
    const directory = withReader('directory', options, (reader) => checkFile('directory', reader, options));
    if (!directory.ok) return directory;
  }
  return withReader('ledger', options, (reader) => {
    const file = options.chainOnly ? ok(null) : checkFile('ledger', reader, options);
    if (!file.ok) return file;
    const chain = checkChain(reader, options);
    if (chain.ok) return chain;
    return err(findingOf(chain.error, path.join(options.folder, DATABASE_FILES.ledger)));
  });
}

/** What a verification of a ledger found: the file gave way, or somebody wrote into it. */
export function findingOf({ row, reason }: ChainFault, file: string): Finding {
  return reason === 'page damaged' || reason === 'index differs'
    ? { code: 'database-damaged', params: { file, reason: `${reason}: ${row}` } }
    : { code: 'chain-broken', params: { row, reason } };
}

function withReader<Name extends DatabaseName, Value>(
  name: Name,
  options: CheckOptions,
  work: (reader: ClosableReader<Name>) => Result<Value, Finding>,
): Result<Value, Finding> {
  const file = path.join(options.folder, DATABASE_FILES[name]);
  const reader = openReader(name, file, options);
  if (!reader.ok) return reader;
  try {
    return reader.value.snapshot(() => work(reader.value));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'StorageError')) throw error;
    return err(faultOf(file, error));
  } finally {
    reader.value.close();
  }
}

function checkFile<Name extends DatabaseName>(
  name: Name,
  reader: ClosableReader<Name>,
  options: CheckOptions,
): Result<null, Finding> {
  const file = path.join(options.folder, DATABASE_FILES[name]);
  const damaged = (reason: string): Result<null, Finding> =>
    err({ code: 'database-damaged', params: { file, reason } });
  const difference = schemaDifference(name, reader, options);
  if (difference !== undefined) return damaged(`schema: ${difference}`);
  // A whole ledger's pages and indexes are gone through with its chain.
  if (options.whole && name === 'ledger') return ok(null);
  const [problem] = fileProblems(reader, !options.whole);
  return problem === undefined ? ok(null) : damaged(problem);
}

function checkChain(reader: LedgerReader, options: CheckOptions): Result<ChainSummary, ChainFault> {
  const of = chainHead(reader)?.recordId ?? 0;
  const onProgress = (records: number): void => options.onProgress?.({ stage: 'chain', records, of });
  if (!options.whole) {
    const key = readStationPublicKey(options.folder);
    // Whoever lacks the key trusts no anchor.
    return key.ok
      ? verifySinceAnchor(reader, key.value, { onProgress })
      : verifyFrom(reader, EMPTY_CHAIN, { onProgress });
  }
  const books = verifyBooks(reader, onProgress);
  if (!books.ok) return books;
  const { records, rows, epoch, sequence, head } = books.value;
  return ok({ records, rows, epoch, sequence, head });
}
