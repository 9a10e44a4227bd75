import type { Phrase, StationSettings } from '../../contract/index.ts';
import { moneyText } from '../../i18n/index.ts';
import { amountMinor, type AmountMinor } from '../../units/index.ts';
import { lastPurchases, type RecordedSale } from '../ledger/index.ts';
import type { LedgerReader } from '../store/index.ts';

/** What is asked once before a sale that is probably a mistake; the answer is kept with the sale. */
export const WARNINGS = ['warning-duplicate', 'warning-unusual-amount'] as const;
export type Warning = (typeof WARNINGS)[number];

const DUPLICATE_WITHIN_MS = 15 * 60_000;
const USUAL_SALES = 3;
const UNUSUAL_FACTOR = 5;

/** What speaks against this sale, each as a sentence with its code as the id. */
export function warningsOf(
  ledger: LedgerReader,
  settings: StationSettings,
  sale: { readonly pan: string; readonly amountMinor: AmountMinor; readonly nowUnixMs: number },
): readonly (Phrase & { readonly id: Warning })[] {
  const earlier = lastPurchases(ledger, sale.pan, USUAL_SALES);
  const found: (Phrase & { readonly id: Warning })[] = [];
  const [last] = earlier;
  const sinceMs = last ? sale.nowUnixMs - last.atUnixMs : Number.POSITIVE_INFINITY;
  if (last && last.amountMinor === sale.amountMinor && sinceMs < DUPLICATE_WITHIN_MS) {
    const params = { minutes: Math.max(1, Math.round(sinceMs / 60_000)), receiptNumber: last.receiptNumber };
    found.push({ id: 'warning-duplicate', params });
  }
  const usual = usualLargest(earlier);
  if (usual !== undefined && sale.amountMinor >= usual * UNUSUAL_FACTOR) {
    found.push({
      id: 'warning-unusual-amount',
      params: { usual: moneyText(amountMinor(usual), settings.currency) },
    });
  }
  return found;
}

/** The largest of the last purchases, once there are enough of them to speak of a habit. */
function usualLargest(earlier: readonly RecordedSale[]): number | undefined {
  if (earlier.length < USUAL_SALES) return undefined;
  return Math.max(...earlier.map((sale) => sale.amountMinor));
}
