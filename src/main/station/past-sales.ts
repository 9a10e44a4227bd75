import type { CallFault, FoundSale, StationSettings } from '../../contract/index.ts';
import { parseMeterNumber } from '../../sts/index.ts';
import { ok, parseAmount, parseCivilMinute, type Result, type SaleId } from '../../units/index.ts';
import { searchSales, type RecordedSale, type SaleCriteria } from '../ledger/index.ts';
import type { LedgerReader } from '../store/index.ts';
import { refuse, type StoredMeter } from '../vending/index.ts';
import { customerOf, STATE_OF_STEP, unitsOf } from './sale-view.ts';

const AT_ONCE = 20;
const TOKEN = /^\d{20}$/u;
const METER_LENGTHS: readonly number[] = [11, 13];

/** What one word of a search says, or undefined when it says nothing. */
function criterionOf(word: string, settings: StationSettings): Result<SaleCriteria, CallFault> | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/u.test(word))
    return parseCivilMinute(`${word}T00:00`) ? ok({ day: word }) : undefined;
  if (/^\d+$/u.test(word) && METER_LENGTHS.includes(word.length)) {
    const meter = parseMeterNumber(word);
    return meter.ok ? ok({ pan: meter.value.pan }) : refuse('meter-check-digit');
  }
  if (/^[A-Z0-9]{1,14}-\d{1,9}$/iu.test(word)) return ok({ receiptNumber: word });
  const amount = parseAmount(word, settings.currency);
  return amount.ok && amount.value > 0 ? ok({ amountMinor: amount.value }) : undefined;
}

/**
 * What a text looks for: a token in any grouping, or words that are each a day, a meter number, a receipt number or
 * an amount. A word that is none of these refuses the search: a list that leaves something out is no answer.
 */
export function parseSaleSearch(text: string, settings: StationSettings): Result<SaleCriteria, CallFault> {
  const digits = text.replace(/[\s-]/gu, '');
  if (TOKEN.test(digits)) return ok({ tokenDigits: digits });
  let criteria: SaleCriteria = {};
  for (const word of text.trim().split(/\s+/u)) {
    const found = criterionOf(word, settings);
    if (!found) return refuse('sale-search-unclear', { word: word.slice(0, 40) });
    if (!found.ok) return found;
    criteria = { ...criteria, ...found.value };
  }
  return ok(criteria);
}

/** Past sales, newest first. */
export function findPastSales(
  reader: LedgerReader,
  settings: StationSettings,
  text: string,
  before: SaleId | null,
): Result<{ sales: FoundSale[]; more: boolean }, CallFault> {
  const criteria = text.trim() === '' ? ok({}) : parseSaleSearch(text, settings);
  if (!criteria.ok) return criteria;
  const { sales, more } = searchSales(reader, criteria.value, AT_ONCE, before);
  return ok({ sales: sales.map((sale) => foundSale(reader, sale)), more });
}

function foundSale(reader: LedgerReader, sale: RecordedSale): FoundSale {
  const { meterNumber } = JSON.parse(sale.meter) as StoredMeter;
  return {
    saleId: sale.saleId,
    receiptNumber: sale.receiptNumber,
    kind: sale.order.kind,
    state: STATE_OF_STEP[sale.step],
    soldAtUnixMs: sale.atUnixMs,
    name: customerOf(reader, sale).name,
    pan: sale.meterPan,
    meterNumber,
    resource: sale.resource,
    amountMinor: sale.amountMinor,
    unitsTenths: unitsOf(sale),
  };
}
