import type { StationSettings } from '../../contract/index.ts';
import { believedUnixMs, blankDirectoryChanges } from '../ledger/index.ts';
import { blankPersonal, type Blanked } from '../shifts/index.ts';
import { StorageError, type LedgerWriter } from '../store/index.ts';

/** A month of the rule: a retention of years is no matter of days. */
const MONTH_MS = 30.4375 * 86_400_000;
const LOOK_EVERY_MS = 10 * 60_000;
const SOON_MS = 5_000;
/** Where there was nothing to take out a walk is quick: a day at the counter has to see its end. */
const NEXT_MS = 200;

/** Blanks everything that is older than the rule, a little at a time. */
export function retain(ledger: LedgerWriter, months: number, nowUnixMs: number): Blanked {
  const before = Math.floor(nowUnixMs - months * MONTH_MS);
  ledger.transaction((tx) => blankDirectoryChanges(tx, before));
  let [sales, receipts] = [0, 0];
  for (let after: string | null = ''; after !== null;) {
    const from: string = after;
    const done = ledger.transaction((tx) => blankPersonal(tx, before, from));
    sales += done.sales;
    receipts += done.receipts;
    after = done.next;
  }
  return { sales, receipts };
}

/** Keeps to the station's rule while it runs: a walk over all sales in small steps, and a pause after each walk. */
export function keepRetention(
  ledger: LedgerWriter,
  { retentionMonths }: StationSettings,
  now: () => number,
): { readonly close: () => void } {
  if (retentionMonths === undefined) return { close: () => undefined };
  let timer: NodeJS.Timeout | undefined;
  let after = '';
  const step = (): number => {
    // By a clock that jumped ahead everything would be old.
    const before = Math.floor(believedUnixMs(ledger, now()) - retentionMonths * MONTH_MS);
    let blanked = 0;
    try {
      const done = ledger.transaction((tx) => {
        if (after === '') blankDirectoryChanges(tx, before);
        return blankPersonal(tx, before, after);
      });
      after = done.next ?? '';
      blanked = done.sales;
    } catch (error) {
      // The writer keeps a fault of the disk and refuses the next sale by its name.
      if (!(error instanceof StorageError)) throw error;
      return LOOK_EVERY_MS;
    }
    if (after === '') return LOOK_EVERY_MS;
    return blanked > 0 ? SOON_MS : NEXT_MS;
  };
  const plan = (afterMs: number): void => {
    timer = setTimeout(() => {
      let nextMs = LOOK_EVERY_MS;
      try {
        nextMs = step();
      } finally {
        // Whatever becomes of an error that nobody foresaw, the rule holds on.
        plan(nextMs);
      }
    }, afterMs).unref();
  };
  plan(LOOK_EVERY_MS);
  return { close: () => clearTimeout(timer) };
}
