import type { Phrase, StationSettings } from '../../contract/index.ts';
import { moneyText } from '../../i18n/index.ts';
import { amountMinor, type AmountMinor } from '../../units/index.ts';
import { otherMetersOfPhone, type MeterRecord } from '../directory/index.ts';
import { earlierSales, type EarlierSale } from '../ledger/index.ts';
import type { DirectoryReader, LedgerReader } from '../store/index.ts';
import { workOf } from './work.ts';

/** What is asked once before a sale that is probably a mistake; the answer is kept with the sale. */
export const WARNINGS = [
  'warning-duplicate',
  'warning-unusual-amount',
  'warning-new-meter',
  'warning-paid-twice',
] as const;
export type Warning = (typeof WARNINGS)[number];

type Warned = Phrase & { readonly id: Warning };

type Deps = {
  readonly ledger: LedgerReader;
  readonly directory: DirectoryReader;
  readonly settings: StationSettings;
};

const DUPLICATE_WITHIN_MS = 15 * 60_000;
/** A meter's tokens take a minute each, at most ten ahead of the clock: it has no more in that time. */
const RECENT_SALES = 25;
const USUAL_SALES = 3;
const UNUSUAL_FACTOR = 5;
/** A phone with more meters than this is a landlord's or an agent's: which of them it buys for says nothing. */
const METERS_OF_ONE_PHONE = 10;

/** What speaks against this sale, each as a sentence with its code as the id. */
export function warningsOf(deps: Deps, meter: MeterRecord, sale: Asked): readonly Warned[] {
  const earlier = earlierSales(deps.ledger, meter.pan, ['credit'], RECENT_SALES);
  const found: Warned[] = [];
  const [last] = earlier;
  const same = sameAmountOf(earlier, sale);
  if (same) found.push({ id: 'warning-duplicate', params: same });
  const usual = usualLargest(earlier.slice(0, USUAL_SALES));
  if (usual !== undefined && sale.amountMinor >= usual * UNUSUAL_FACTOR) {
    found.push({
      id: 'warning-unusual-amount',
      params: { usual: moneyText(amountMinor(usual), deps.settings.currency) },
    });
  }
  const usualMeter = last ? undefined : usualMeterOf(deps, meter);
  if (usualMeter !== undefined) found.push({ id: 'warning-new-meter', params: { usual: usualMeter } });
  return found;
}

/** What speaks against a payment on a meter's account: the same was paid to the same debt, or into the balance, just now. */
export function paymentWarning(
  ledger: LedgerReader,
  pan: string,
  payment: Asked & { readonly debt: string | null },
): Warned | undefined {
  const earlier = earlierSales(ledger, pan, ['account-payment'], RECENT_SALES);
  const params = sameAmountOf(
    earlier.filter((sale) => (workOf(sale).debt ?? null) === payment.debt),
    payment,
  );
  return params && { id: 'warning-paid-twice', params };
}

type Asked = { readonly amountMinor: AmountMinor; readonly nowUnixMs: number };

/** The newest sale of the last minutes with the same amount: how long ago that is, and its receipt. */
function sameAmountOf(earlier: readonly EarlierSale[], asked: Asked): Phrase['params'] | undefined {
  const same = earlier.find(
    ({ amountMinor: minor, atUnixMs }) =>
      minor === asked.amountMinor && asked.nowUnixMs - atUnixMs < DUPLICATE_WITHIN_MS,
  );
  if (!same) return undefined;
  const minutes = Math.max(1, Math.round((asked.nowUnixMs - same.atUnixMs) / 60_000));
  return { minutes, receiptNumber: same.receiptNumber };
}

/** The meter that this one's phone has bought for last, when it never has for this one. */
function usualMeterOf({ ledger, directory }: Deps, meter: MeterRecord): string | undefined {
  const others = otherMetersOfPhone(directory, meter, METERS_OF_ONE_PHONE);
  if (others.length === METERS_OF_ONE_PHONE) return undefined;
  const bought = others.flatMap(({ pan, meterNumber }) =>
    earlierSales(ledger, pan, ['credit'], 1).map(({ atUnixMs }) => ({ meterNumber, atUnixMs })),
  );
  return bought.toSorted((a, b) => b.atUnixMs - a.atUnixMs)[0]?.meterNumber;
}

/** The largest of the last purchases, once there are enough of them to speak of a habit. */
function usualLargest(earlier: readonly EarlierSale[]): number | undefined {
  if (earlier.length < USUAL_SALES) return undefined;
  return Math.max(...earlier.map((sale) => sale.amountMinor));
}
