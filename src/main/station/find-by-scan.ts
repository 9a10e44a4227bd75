import type { CallFault, SearchHit } from '../../contract/index.ts';
import { isReceiptCode, parseQr } from '../../receipt/index.ts';
import { checkMeterCardExpiry, parseMeterCard, type MeterCardError } from '../../sts/index.ts';
import { civilInZone, unixMs, type Result } from '../../units/index.ts';
import { refuse } from '../vending/index.ts';

type Search = (text: string) => Promise<Result<SearchHit[], CallFault>>;

/** What a reader sends: track 2 alone, or behind track 1; some leave out the start and end signs. */
const TRACK_2 = /(?:^|;)(\d{12,19}=\d*)(?:\?|$)/u;
/** A track 1 without a second one: no meter card has it alone. */
const TRACK_1 = /^%[A-Z]\d{12,19}\^/u;
/** How the number on every meter card begins: the industry's prefix, or zeros before a 13-digit meter number. */
const METER_ISSUERS = /^(?:600727|0000)\d{12,14}=/u;

const FAULT_OF_CARD: Readonly<Record<MeterCardError['code'], string>> = {
  'card-format': 'card-damaged',
  'card-field': 'card-damaged',
  'card-expired': 'card-expired',
  'meter-number-text': 'card-damaged',
  'meter-number-length': 'card-damaged',
  'meter-number-issuer': 'card-damaged',
  'meter-number-check-digit': 'card-damaged',
};

/**
 * Finds the meter that a scanned text stands for: the code of an old receipt, or a meter card's track 2. What is
 * neither goes to `search`. A payment card is refused (`card-not-meter`), and nothing of it is kept or repeated.
 */
export async function findByScan(
  text: string,
  search: Search,
  clock: { readonly nowUnixMs: number; readonly zone: string },
): ReturnType<Search> {
  const scanned = text.replace(/\p{Cc}/gu, '').trim();
  if (isReceiptCode(scanned)) return findByReceipt(scanned, search);
  const track2 = TRACK_2.exec(scanned)?.[1];
  if (track2 === undefined) return TRACK_1.test(scanned) ? refuse('card-not-meter') : search(scanned);
  if (!METER_ISSUERS.test(track2)) return refuse('card-not-meter');
  const card = parseMeterCard(track2);
  if (!card.ok) return refuse(FAULT_OF_CARD[card.error.code]);
  const valid = checkMeterCardExpiry(card.value, civilInZone(unixMs(clock.nowUnixMs), clock.zone));
  if (!valid.ok) {
    const { expires } = card.value;
    const month = `${expires?.year ?? ''}-${String(expires?.month ?? '').padStart(2, '0')}`;
    return refuse(FAULT_OF_CARD[valid.error.code], { month });
  }
  return search(card.value.meter.pan);
}

/**
 * An old receipt's code stands for its meter. Whether a station signed it does not matter here: nothing is given
 * for it but what anybody may look up by the meter's number.
 */
async function findByReceipt(text: string, search: Search): ReturnType<Search> {
  const code = parseQr(text);
  if (!code.ok) return refuse('receipt-code-damaged');
  const { meterNumber } = code.value;
  return meterNumber === null ? refuse('receipt-code-no-meter') : search(meterNumber);
}
