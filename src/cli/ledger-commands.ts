import path from 'node:path';
import {
  exportJournal,
  journalLines,
  LEAST_HEAD_DIGITS,
  parseHead,
  verifyBooks,
  type BooksSummary,
  type ChainFault,
  type ExportFormat,
  type OutsideHead,
} from '../main/ledger/index.ts';
import {
  faultOf,
  openReader,
  schemaDifference,
  StorageError,
  type ClosableReader,
  type OpenFault,
} from '../main/store/index.ts';
import { bindingFromEnvironment } from './open.ts';
import { EXIT, sayFault, type Io } from './io.ts';

/** Runs `work` on one state of the ledger, beside a station that may be selling from it. */
export function withLedger(
  io: Io,
  flags: { readonly data: string; readonly json: boolean },
  work: (ledger: ClosableReader<'ledger'>) => number,
): number {
  const file = path.join(flags.data, 'ledger.db');
  const opened = openReader('ledger', file, bindingFromEnvironment());
  if (!opened.ok) return sayUnreadable(io, opened.error, flags.json);
  try {
    return opened.value.snapshot(() => work(opened.value));
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return sayUnreadable(io, faultOf(file, error), flags.json);
  } finally {
    opened.value.close();
  }
}

/** What is to be done about damage, for a person who has asked. */
const KEEP = 'Keep the file as it is and restore the last verified backup.';

/** The catalogue's words on damage are for a start, where somebody waits to sell. */
function sayUnreadable(io: Io, fault: OpenFault, json: boolean): number {
  if (fault.code !== 'database-damaged') return sayFault(io, fault, json);
  const { file, reason } = fault.params;
  if (json) io.out(JSON.stringify({ ok: false, error: fault }));
  else io.err(`The ledger ${file} is damaged (${reason}). ${KEEP}`);
  return EXIT.failed;
}

export type VerifyLedgerFlags = {
  readonly data: string;
  readonly json: boolean;
  /** A head that is known from outside: the chain has to hold it. */
  readonly head?: string | undefined;
  /** `EPOCH/SEQUENCE` of the record that it is the hash of. */
  readonly at?: string | undefined;
};

/**
 * Compares the schema, recomputes the whole chain and the balances, looks at every page and index; names the first row
 * that is not as it was written, or the table and the last key before a damaged page. With a head from outside, a tail that was cut off is found too.
 */
export function verifyLedger(io: Io, flags: VerifyLedgerFlags): number {
  const { data, json } = flags;
  const outside = parseOutside(flags);
  if (outside === 'unclear') {
    io.err(
      `--head is at least ${LEAST_HEAD_DIGITS} and at most 64 digits 0-9 a-f; --at is EPOCH/SEQUENCE of it.`,
    );
    return EXIT.usage;
  }
  return withLedger(io, { data, json }, (ledger) => {
    // A trigger that is gone protects nothing, and an account's kind stands in no record.
    const row = schemaDifference('ledger', ledger, bindingFromEnvironment());
    if (row !== undefined) return sayBroken(io, { row, record: 'none', reason: 'schema changed' }, json);
    const verified = verifyBooks(ledger, undefined, outside);
    return verified.ok ? sayWhole(io, verified.value, json) : sayBroken(io, verified.error, json);
  });
}

function parseOutside({ head, at }: VerifyLedgerFlags): OutsideHead | undefined | 'unclear' {
  if (head === undefined) return at === undefined ? undefined : 'unclear';
  const hash = parseHead(head);
  const place = at === undefined ? undefined : /^(\d{1,9})\/(\d{1,15})$/u.exec(at);
  if (hash === undefined || place === null) return 'unclear';
  return { hash, at: place && { epoch: Number(place[1]), sequence: Number(place[2]) } };
}

/** How a fault is said that isn't a row which somebody changed. */
const SENTENCES: Readonly<Partial<Record<ChainFault['reason'], (fault: ChainFault) => string>>> = {
  'outside head not met': ({ row, record }) =>
    `The ledger agrees with itself, but not with the head that was given: it lacks ${row}, record ${record}. Its end was cut off, or it is another ledger.`,
  'page damaged': ({ row, record }) =>
    `The ledger’s file is damaged: a page can’t be read, ${row}, record ${record}. ${KEEP}`,
  'index differs': ({ row }) =>
    `The ledger’s rows are as they were written, but ${row} doesn’t say what its table does. ${KEEP}`,
};

function sayBroken(io: Io, fault: ChainFault, json: boolean): number {
  const { row, record, reason } = fault;
  if (json) io.out(JSON.stringify({ ok: false, ...fault }));
  else
    io.err(
      SENTENCES[reason]?.(fault) ??
        `The ledger is not as it was written: ${reason} at ${row}, record ${record}.`,
    );
  return EXIT.failed;
}

function sayWhole(io: Io, books: BooksSummary, json: boolean): number {
  const { records, rows, epoch, sequence, head, transfers, balances } = books;
  if (json) {
    const turnover = books.turnover.map(({ currency, movedMinor }) => ({
      currency,
      movedMinor: String(movedMinor),
    }));
    const facts = { records, rows, epoch, sequence, head, transfers, turnover, balances };
    io.out(JSON.stringify({ ok: true, ...facts }));
    return EXIT.done;
  }
  io.out(
    `${records} records with ${rows} rows are as they were written; epoch ${epoch}, sequence ${sequence}.`,
  );
  io.out(`head ${head}`);
  io.out(`${transfers} transfers have two accounts each; every currency sums to zero.`);
  for (const row of balances)
    io.out(`${row.account.padEnd(20)} ${row.currency} ${String(row.balanceMinor).padStart(14)}`);
  return EXIT.done;
}

export type ExportFlags = {
  readonly data: string;
  readonly format: ExportFormat;
  /** A folder to write files into; standard output when left out, for NDJSON only. */
  readonly to?: string | undefined;
  readonly json: boolean;
};

/** Every row of the journal: as JSON lines on standard output, or as files with a manifest in a folder. */
export function exportLedger(io: Io, flags: ExportFlags): number {
  const { format, to } = flags;
  if (to === undefined && format === 'csv') {
    io.err('CSV is one file for each table: name a folder with --to.');
    return EXIT.usage;
  }
  return withLedger(io, flags, (ledger) => {
    if (to === undefined) {
      for (const line of journalLines(ledger)) io.out(line);
      return EXIT.done;
    }
    const written = exportJournal(ledger, format, to);
    if (!written.ok) return sayFault(io, written.error, flags.json);
    const { files, head } = written.value;
    if (flags.json) io.out(JSON.stringify({ ok: true, ...written.value }));
    else {
      for (const { name, rows } of files) io.out(`${path.join(to, name)}: ${rows} rows`);
      io.out(`up to ${head.epoch}/${head.sequence}, head ${head.hash}`);
    }
    return EXIT.done;
  });
}
