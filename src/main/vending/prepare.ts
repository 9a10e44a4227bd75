import type { CallFault, SignedInOperator, StationSettings, TenderRequest } from '../../contract/index.ts';
import type { BaseDate } from '../../sts/index.ts';
import {
  amountMinor,
  civilAtOffset,
  makeId,
  ok,
  unixMs,
  type AmountMinor,
  type Result,
  type UnitsTenths,
} from '../../units/index.ts';
import { findMeter, toldTokenMinute, type MeterRecord } from '../directory/index.ts';
import {
  chainHead,
  keyChangeOf,
  lastReceiptNumber,
  lastTokenMinute,
  openSales,
  PURCHASE,
  tokenFloorMinute,
  type KeyData,
  type RecordedSale,
  type SaleFacts,
} from '../ledger/index.ts';
import type { MeterKeys, VendingKeyAttributes } from '../secure-module/index.ts';
import type { DirectoryReader, LedgerReader, LedgerTx } from '../store/index.ts';
import { refuse } from './faults.ts';
import type { KeyChange } from './key-due.ts';
import { bookingOf, type PricedSale, type StoredPricing } from './quote-sale.ts';
import { assignTokenMinute, TOKEN_MINUTES_AHEAD } from './token-time.ts';

/** One sale as it is asked for; what it is paid with belongs to the whole order. */
export type VendItem = {
  readonly requestId: string;
  readonly pan: string;
  readonly amountMinor: AmountMinor;
  /** Units that the cashier was shown: a different result is refused, not sold. */
  readonly quotedUnitsTenths: UnitsTenths;
  /** What the cashier was shown to take; the amount itself when left out. */
  readonly quotedDueMinor?: AmountMinor | undefined;
  /** Codes of the warnings that the cashier was shown and went past. */
  readonly acknowledged?: readonly string[];
};

export type VendRequest = VendItem & { readonly tender: TenderRequest };

/** What the `meter` column of a sale holds: all that is needed to ask the module again. */
export type StoredMeter = Pick<MeterRecord, 'meterNumber' | 'tariffId' | 'keypadModel'> & {
  readonly keys: MeterKeys;
  readonly offsetMinutes: number;
  /** The directory's word for the key, which an earlier key change may have gone past; not kept by older sales. */
  readonly listed?: KeyData | undefined;
};

/** What the module has to know about a meter; base date and expiry are those of the key that serves it. */
export function keysOf(meter: MeterRecord, key: VendingKeyAttributes): MeterKeys {
  const { pan, ea, dkga, sgc, krn, keyType, ti } = meter;
  return { pan, ea, dkga, sgc, krn, keyType, ti, baseDate: key.baseDate, ken: key.ken };
}

/** What the directory says of a meter's key, whatever sales here have made of it since. */
export function listedKey(directory: DirectoryReader, pan: string): KeyData | undefined {
  const meter = findMeter(directory, pan);
  return meter && { sgc: meter.sgc, krn: meter.krn, ti: meter.ti, keyType: meter.keyType };
}

export type PrepareDeps = {
  readonly ledger: LedgerReader;
  readonly directory: DirectoryReader;
  readonly settings: StationSettings;
  readonly nowUnixMs: number;
  readonly random: (bytes: number) => Uint8Array;
};

/**
 * A meter with the key that a sale here has given it since. The directory's word comes first again as soon as it
 * says something else than it did at that sale.
 */
export function meterAsKnown(ledger: LedgerReader, meter: MeterRecord): MeterRecord {
  const change = keyChangeOf(ledger, meter.pan);
  if (!change) return meter;
  const { was, now } = change;
  // Changes from before key types were kept moved none.
  const { keyType = meter.keyType } = was;
  const isAsBefore =
    meter.sgc === was.sgc && meter.krn === was.krn && meter.ti === was.ti && meter.keyType === keyType;
  if (!isAsBefore) return meter;
  return { ...meter, sgc: now.sgc, krn: now.krn, ti: now.ti, keyType: now.keyType ?? meter.keyType };
}

/** Whether this meter may be sold to at all; the same question the confirm panel asks. */
export function checkMeter(
  ledger: LedgerReader,
  meter: MeterRecord,
  keys: readonly VendingKeyAttributes[],
): Result<VendingKeyAttributes, CallFault> {
  if (meter.blockedReason !== null) return refuse('meter-blocked', { reason: meter.blockedReason });
  const [open] = openSales(ledger, meter.pan);
  if (open) return refuse('meter-has-open-sale', { receiptNumber: open.receiptNumber }, 'after-recovery');
  const key = servingKey(meter, keys);
  return key ? ok(key) : refuse('module-no-key', { sgc: meter.sgc, krn: meter.krn });
}

/** The vending key that makes this meter's tokens, or undefined when the module holds none. */
export function servingKey(
  { sgc, krn, keyType, dkga }: MeterRecord,
  keys: readonly VendingKeyAttributes[],
): VendingKeyAttributes | undefined {
  return keys.find(
    (key) => key.sgc === sgc && key.krn === krn && key.keyType === keyType && key.dkga === dkga,
  );
}

/** Holds what the cashier was shown against what the sale comes to. */
export function checkQuoted(item: VendItem, priced: PricedSale): Result<true, CallFault> {
  const shown = item.quotedDueMinor ?? item.amountMinor;
  return priced.unitsTenths === item.quotedUnitsTenths && priced.quote.tenderMinor === shown
    ? ok(true)
    : refuse('quote-changed', {}, 'safe');
}

/** Whether a sale is what this request made, but for its payment. */
export function isSameItem(sale: RecordedSale, item: VendItem): boolean {
  return (
    sale.order.kind === 'credit' &&
    sale.requestId === item.requestId &&
    sale.meterPan === item.pan &&
    bookingOf(sale).amountMinor === (item.amountMinor as number)
  );
}

/** The facts of an intent but for its payment and its number. */
export type PreparedSale = Omit<
  SaleFacts,
  'customerDigest' | 'receiptNumber' | 'tenderAccount' | 'receivedMinor' | 'tender' | 'basket'
>;

/** All the facts of the intent, `change` first where the meter's key is due to be another, with the ids and the token time that stay whatever becomes of it. */
export function prepareSale(
  deps: PrepareDeps,
  request: VendItem,
  operator: SignedInOperator,
  meter: MeterRecord,
  key: VendingKeyAttributes,
  priced: PricedSale,
  change: KeyChange | null,
): Result<PreparedSale, CallFault> {
  const { settings, nowUnixMs } = deps;
  const group = settings.supplyGroups[meter.sgc];
  if (!group) return refuse('module-no-key', { sgc: meter.sgc, krn: meter.krn });
  const minute = nextTokenMinute(deps, meter.pan, (change?.key ?? key).baseDate, group.offsetMinutes);
  if (!minute.ok) return minute;
  const stored: StoredMeter = {
    keys: keysOf(meter, key),
    meterNumber: meter.meterNumber,
    tariffId: meter.tariffId,
    offsetMinutes: group.offsetMinutes,
    keypadModel: meter.keypadModel,
    listed: listedKey(deps.directory, meter.pan),
  };
  const { state, quote, statementAsOfUnixMs } = priced;
  const pricing: StoredPricing = { tariff: quote.tariff, state, quote, statementAsOfUnixMs };
  return ok({
    saleId: makeId<'sale'>(nowUnixMs, deps.random(10)),
    messageId: makeId<'message'>(nowUnixMs, deps.random(10)),
    requestId: request.requestId,
    atUnixMs: nowUnixMs,
    operatorId: operator.operatorId,
    meterPan: meter.pan,
    meter: JSON.stringify(stored),
    resource: meter.resource,
    currency: settings.currency.code,
    amountMinor: amountMinor(priced.quote.tenderMinor),
    unitsTenths: priced.unitsTenths,
    tokenMinute: minute.value,
    quote: JSON.stringify(pricing),
    order: change ? { ...PURCHASE, work: JSON.stringify({ keyChange: change.target }) } : PURCHASE,
  });
}

/** The token time that a meter's next token takes, in minutes from 1970 on its supply group's clock. */
export function nextTokenMinute(
  deps: PrepareDeps,
  pan: string,
  baseDate: BaseDate,
  offsetMinutes: number,
): Result<number, CallFault> {
  const clock = civilAtOffset(unixMs(deps.nowUnixMs), offsetMinutes);
  const minute = assignTokenMinute(clock, baseDate, lastUsedMinute(deps, pan, offsetMinutes));
  return minute.ok ? minute : refuse(minute.error.code, minute.error.params, 'safe');
}

/**
 * The last minute that this meter's next token has to leave behind. After a restore that is also every minute
 * which a lost sale may have used, up to ten ahead of the clock of then.
 */
function lastUsedMinute(
  { ledger, directory }: PrepareDeps,
  pan: string,
  offsetMinutes: number,
): number | undefined {
  const floor = tokenFloorMinute(ledger);
  const used = [
    lastTokenMinute(ledger, pan),
    // Other stations' tokens, as far as head office has told.
    toldTokenMinute(directory, pan),
    floor === undefined ? undefined : floor + offsetMinutes + TOKEN_MINUTES_AHEAD - 1,
  ].filter((minute) => minute !== undefined);
  return used.length === 0 ? undefined : Math.max(...used);
}

/** Counts on from the newest receipt, inside the transaction that writes the next one. */
export function nextReceiptNumber(tx: LedgerTx, stationId: string): string {
  const last = lastReceiptNumber(tx);
  const count = last === undefined ? 0 : Number(last.slice(last.lastIndexOf('-') + 1));
  // Sales that a restored copy lacks had numbers too: an epoch's receipts are told apart from the last one's.
  const epoch = chainHead(tx)?.epoch ?? 1;
  const prefix = epoch === 1 ? stationId : `${stationId}E${epoch}`;
  return `${prefix}-${String(count + 1).padStart(6, '0')}`;
}
