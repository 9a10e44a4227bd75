import path from 'node:path';
import {
  civilDateText,
  civilInZone,
  err,
  ok,
  unixMs,
  type Result,
  type SaleId,
} from '../../../units/index.ts';
import {
  openDataFolder,
  openWriter,
  type BindingOption,
  type LedgerReader,
  type LedgerTx,
  type LedgerWriter,
} from '../../store/index.ts';
import { chainHead } from '../append.ts';
import { epochOpened } from '../epoch.ts';
import { readLostRecords, type LostFault, type LostRecord } from '../lost-records.ts';
import { recallSale, type Differs, type Recalled, type RecallMoment } from '../recall-sale.ts';
import { findSale } from '../sales.ts';
import { DATABASE_FILES } from './check-books.ts';
import type { RestoreFault } from './faults.ts';
import { checkClock, zoneOf } from './restore.ts';

export type RecallOptions = BindingOption & {
  /** A folder that was restored; nobody may hold it. */
  readonly data: string;
  /** An export of the ledger that was lost, as JSON lines; more than what is missing may be in it. */
  readonly lines: Iterable<string>;
  readonly nowUnixMs: number;
  /** Somebody answers for a clock that is more than a day ahead of the books. */
  readonly clockIsRight?: boolean;
};

type NotRestored = {
  /** The ledger was never restored, so nothing is missing from it. */
  readonly code: 'recall-not-restored';
  readonly params: { readonly folder: string };
};

export type RecallFault = RestoreFault | LostFault | NotRestored;

/** A lost record that a person has to look at. */
export type LeftRecord = {
  /** `epoch/sequence`, as it was. */
  readonly record: string;
  readonly kind: string;
  /** Of its sale; null where it is no sale's, or the sale is neither here nor in the record. */
  readonly receiptNumber: string | null;
  /** `no-sale`: only sales are brought back. */
  readonly reason: Differs | 'no-sale';
};

export type RecallOutcome = {
  /** How many lost records went which way. */
  readonly counts: Readonly<Record<Recalled, number>>;
  readonly left: readonly LeftRecord[];
};

/**
 * Brings the sales back that the newest restore lost. Repeating it changes nothing. Records that are no sale's, and
 * those that can't stand beside what the copy says, are named and left alone.
 */
export function recallFromExport(options: RecallOptions): Result<RecallOutcome, RecallFault> {
  return withRestored(options, (ledger, moment) => {
    const lost = readLost(ledger, options.lines, options.data);
    return lost.ok ? ok(ledger.transaction((tx) => recallRecords(tx, moment, lost.value))) : lost;
  });
}

/** Opens a folder that nobody holds for what is brought back into it, once the clock is believed. */
export function withRestored<Value, Fault>(
  options: Pick<RecallOptions, 'data' | 'nowUnixMs' | 'clockIsRight' | 'sqliteBinding'>,
  work: (ledger: LedgerWriter, moment: RecallMoment) => Result<Value, Fault>,
): Result<Value, Fault | RestoreFault> {
  const zone = zoneOf(options.data);
  if (!zone.ok) return zone;
  const folder = openDataFolder(options.data, options.sqliteBinding);
  if (!folder.ok) return folder;
  try {
    const ledger = openWriter('ledger', folder.value.file(DATABASE_FILES.ledger), {
      ...options,
      mustExist: true,
    });
    if (!ledger.ok) return ledger;
    try {
      const clock = checkClock(options, chainHead(ledger.value)?.atUnixMs ?? 0, zone.value);
      if (!clock.ok) return clock;
      const { nowUnixMs } = options;
      const businessDate = civilDateText(civilInZone(unixMs(nowUnixMs), zone.value));
      return work(ledger.value, { nowUnixMs, businessDate, operatorId: null });
    } finally {
      ledger.value.close();
    }
  } finally {
    folder.value.release();
  }
}

/** The lost records among lines of an export, held against the end of what the newest restore brought. */
export function readLost(
  reader: LedgerReader | LedgerTx,
  lines: Iterable<string>,
  folder: string,
): Result<readonly LostRecord[], LostFault | NotRestored> {
  const opened = epochOpened(reader);
  if (!opened) return err({ code: 'recall-not-restored', params: { folder: path.resolve(folder) } });
  return readLostRecords(lines, { recordId: opened.recordId - 1, hash: opened.oldHead.hash });
}

/** Lost sign-ins leave nobody anything to do, and a restored station enrols anew. */
const NOTHING_TO_DO = /^(?:operator-(?:signed-in|refused)|enrolment-(?:asked|answered))$/u;

/** Brings back what can be, each record for itself, in the caller's transaction. */
export function recallRecords(
  tx: LedgerTx,
  moment: RecallMoment,
  lost: readonly LostRecord[],
): RecallOutcome {
  const counts: Record<Recalled, number> = { recalled: 0, known: 0, differs: 0, 'no-sale': 0 };
  const left: LeftRecord[] = [];
  const slips = new Map<string, SaleId>();
  for (const record of lost) {
    const { outcome, reason } = recallSale(tx, moment, record, slips);
    counts[outcome] += 1;
    if (reason === null && (outcome !== 'no-sale' || NOTHING_TO_DO.test(record.kind))) continue;
    left.push({
      record: `${record.epoch}/${record.sequence}`,
      kind: record.kind,
      receiptNumber: receiptOf(tx, record),
      reason: reason ?? 'no-sale',
    });
  }
  return { counts, left };
}

function receiptOf(tx: LedgerTx, { children, subjectId }: LostRecord): string | null {
  const own = children.find(({ table }) => table === 'sale')?.values['receipt_number'];
  return own === undefined ? (findSale(tx, subjectId as SaleId)?.receiptNumber ?? null) : String(own);
}
