import type { StationSettings } from '../../contract/index.ts';
import { blankDirectoryChanges } from '../ledger/index.ts';
import { blankPersonal, type Blanked } from '../shifts/index.ts';
import { StorageError, type LedgerWriter } from '../store/index.ts';

/** A month of the rule: a retention of years is no matter of days. */
const MONTH_MS = 30.4375 * 86_400_000;
const LOOK_EVERY_MS = 10 * 60_000;
const SOON_MS = 5_000;

/** Blanks everything that is older than the rule, a little at a time. */
export function retain(ledger: LedgerWriter, months: number, nowUnixMs: number): Blanked {
  const before = Math.floor(nowUnixMs - months * MONTH_MS);
  ledger.transaction((tx) => blankDirectoryChanges(tx, before));
  let [sales, receipts] = [0, 0];
  for (;;) {
    const done = ledger.transaction((tx) => blankPersonal(tx, before));
    sales += done.sales;
    receipts += done.receipts;
    if (done.sales === 0) return { sales, receipts };
  }
}

/** Keeps to the station's rule while it runs: one small step now and then, and the next one soon while more is due. */
export function keepRetention(
  ledger: LedgerWriter,
  { retentionMonths }: StationSettings,
  now: () => number,
): { readonly close: () => void } {
  if (retentionMonths === undefined) return { close: () => undefined };
  let timer: NodeJS.Timeout | undefined;
  const step = (): number => {
    try {
      const before = Math.floor(now() - retentionMonths * MONTH_MS);
      return ledger.transaction((tx) => {
        blankDirectoryChanges(tx, before);
        return blankPersonal(tx, before).sales;
      });
    } catch (error) {
      // The writer keeps a fault of the disk and refuses the next sale by its name.
      if (!(error instanceof StorageError)) throw error;
      return 0;
    }
  };
  const plan = (afterMs: number): void => {
    timer = setTimeout(() => plan(step() > 0 ? SOON_MS : LOOK_EVERY_MS), afterMs).unref();
  };
  plan(LOOK_EVERY_MS);
  return { close: () => clearTimeout(timer) };
}
