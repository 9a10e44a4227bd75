import path from 'node:path';
import { civilDateText, civilInZone, err, ok, unixMs, type Result } from '../../../units/index.ts';
import { openDataFolder, openWriter, type BindingOption, type LedgerWriter } from '../../store/index.ts';
import { epochOpened } from '../epoch.ts';
import { readLostRecords, type LostFault } from '../lost-records.ts';
import { recallSale, type Recalled } from '../recall-sale.ts';
import { DATABASE_FILES } from './check-books.ts';
import type { RestoreFault } from './faults.ts';
import { zoneOf } from './restore.ts';

export type RecallOptions = BindingOption & {
  /** A folder that was restored; nobody may hold it. */
  readonly data: string;
  /** An export of the ledger that was lost, as JSON lines; more than what is missing may be in it. */
  readonly lines: Iterable<string>;
  readonly nowUnixMs: number;
};

export type RecallFault =
  | RestoreFault
  | LostFault
  /** The ledger was never restored, so nothing is missing from it. */
  | { readonly code: 'recall-not-restored'; readonly params: { readonly folder: string } };

export type RecallOutcome = {
  /** How many lost records went which way. */
  readonly counts: Readonly<Record<Recalled, number>>;
  /** Lost records that a person has to look at: `epoch/sequence kind`. */
  readonly left: readonly string[];
};

/**
 * Brings the sales back that the newest restore lost, all of them or, when anything fails, none. Repeating it
 * changes nothing. Records that are no sale's, and sales with another token here, are named and left alone.
 */
export function recallFromExport(options: RecallOptions): Result<RecallOutcome, RecallFault> {
  const zone = zoneOf(options.data);
  if (!zone.ok) return zone;
  const folder = openDataFolder(options.data, options.sqliteBinding);
  if (!folder.ok) return folder;
  try {
    const ledger = openWriter('ledger', folder.value.file(DATABASE_FILES.ledger), options);
    if (!ledger.ok) return ledger;
    try {
      return recallInto(ledger.value, options, zone.value);
    } finally {
      ledger.value.close();
    }
  } finally {
    folder.value.release();
  }
}

/** Lost sign-ins leave nobody anything to do. */
const NOTHING_TO_DO = /^operator-(?:signed-in|refused)$/u;

function recallInto(
  ledger: LedgerWriter,
  { data, lines, nowUnixMs }: RecallOptions,
  zone: string,
): Result<RecallOutcome, RecallFault> {
  const opened = epochOpened(ledger);
  if (!opened) return err({ code: 'recall-not-restored', params: { folder: path.resolve(data) } });
  const lost = readLostRecords(lines, { recordId: opened.recordId - 1, hash: opened.oldHead.hash });
  if (!lost.ok) return lost;
  const moment = {
    nowUnixMs,
    businessDate: civilDateText(civilInZone(unixMs(nowUnixMs), zone)),
    operatorId: null,
  };
  const counts: Record<Recalled, number> = { recalled: 0, known: 0, differs: 0, 'no-sale': 0 };
  const left: string[] = [];
  ledger.transaction((tx) => {
    for (const record of lost.value) {
      const outcome = recallSale(tx, moment, record);
      counts[outcome] += 1;
      if (outcome === 'differs' || (outcome === 'no-sale' && !NOTHING_TO_DO.test(record.kind)))
        left.push(`${record.epoch}/${record.sequence} ${record.kind}`);
    }
  });
  return ok({ counts, left });
}
