import { keypadHelp, type StationSettings } from '../../contract/index.ts';
import { translator, type Translator } from '../../i18n/index.ts';
import {
  receiptDocument,
  type ItemFacts,
  type ReceiptDocument,
  type ReceiptFacts,
  type TenderFacts,
  type TokenFacts,
} from '../../receipt/index.ts';
import type { AccountState } from '../../tariff/index.ts';
import { civilInZone, unixMs } from '../../units/index.ts';
import type { RecordedSale, SaleKind } from '../ledger/index.ts';
import { operatorById } from '../operators/index.ts';
import type { LedgerReader, StationKey } from '../store/index.ts';
import { workOf, type StoredMeter, type StoredPricing } from '../vending/index.ts';
import type { FiscalAdapter } from './fiscal.ts';
import { signedCode } from './receipt-code.ts';
import { customerOf, keyedIn, moneyLines, replacedReceipt, unitsOf } from './sale-view.ts';
import { actionOfSale, tokenKind } from './token-kind.ts';

/** Makes the slip of a sale that is being recorded. */
export type SlipMaker = (sale: RecordedSale, operatorName: string) => ReceiptDocument;

/** The slip of a recorded sale, in words that no later change of catalogue or tariff can alter. */
export function saleReceipt(
  ledger: LedgerReader,
  settings: StationSettings,
  sale: RecordedSale,
  operatorName: string,
  mark: 'training' | 'private' | null,
  key: Pick<StationKey, 'sign'>,
  fiscal: FiscalAdapter | undefined,
): ReceiptDocument {
  const { meterNumber } = JSON.parse(sale.meter) as StoredMeter;
  const customer = customerOf(ledger, sale);
  const tokens = printedTokens(sale);
  const fields = fiscal?.(sale) ?? null;
  const locale = customer.language ?? settings.language ?? 'en';
  return receiptDocument({
    locale,
    kind: RECEIPT_KIND[sale.order.kind],
    mark,
    header: settings.receiptHeader,
    stationName: settings.stationName,
    operatorName,
    items: [
      {
        customer: { name: customer.name, account: customer.account, address: customer.address },
        meterNumber,
        resource: sale.resource,
        tokens,
        lines: moneyLines(sale, settings),
        ...paidOff(sale),
        sts: stsOf(sale),
        ...helpOf(sale, translator(locale)),
      },
    ],
    currency: settings.currency,
    totalMinor: sale.amountMinor === 0 ? null : sale.amountMinor,
    tender: printedTender(sale),
    receiptNumber: sale.receiptNumber,
    ...whyOf(ledger, sale),
    saleId: sale.saleId,
    at: civilInZone(unixMs(sale.atUnixMs), settings.zone),
    ...(fields ? { fiscal: fields } : {}),
    qr: signedCode(
      key,
      sale,
      meterNumber,
      tokens.map(({ digits }) => digits),
      unitsOf(sale),
    ),
  });
}

/** How it was paid, cash as it was handed over; null where no money moved. */
function printedTender({ tender, receivedMinor, amountMinor }: RecordedSale): TenderFacts | null {
  if (tender.length === 0) return null;
  const parts = tender.map((part): TenderFacts['parts'][number] => ({
    kind: part.account === 'cash-drawer' ? 'cash' : part.account,
    amountMinor: part.receivedMinor,
    ...(part.reference === null ? {} : { reference: part.reference }),
  }));
  return { parts, changeMinor: receivedMinor - amountMinor };
}

const RECEIPT_KIND: Readonly<Record<SaleKind, ReceiptFacts['kind']>> = {
  credit: 'sale',
  free: 'free',
  'free-issue': 'free',
  'key-change': 'key-change',
  management: 'management',
  replacement: 'replacement',
  'account-payment': 'payment',
  'from-paper': 'sale',
};

/** In the order to key them in: key change first. */
function printedTokens(sale: RecordedSale): readonly TokenFacts[] {
  const does = actionOfSale(sale);
  const facts = sale.tokens.map((token): TokenFacts => {
    const kind = tokenKind(sale, token);
    return {
      kind,
      digits: token.digits,
      ...(token.unitsTenths === null ? {} : { unitsTenths: token.unitsTenths }),
      ...(kind === 'management' && does ? { heading: does } : {}),
    };
  });
  const isLast = ({ kind }: TokenFacts): number => (kind === 'key-change' ? 0 : 1);
  return facts.toSorted((a, b) => isLast(a) - isLast(b));
}

/** How this meter's tokens are keyed in, where there are any. */
function helpOf(sale: RecordedSale, translate: Translator): Pick<ItemFacts, 'help'> {
  const said = keypadHelp(keyedIn(sale), '').map(({ id, params }) => translate(id, params));
  return said.length === 0 ? {} : { help: said.join(' ') };
}

/** The key that the sale's last token was made for: the new one behind a key change. */
function stsOf(sale: RecordedSale): NonNullable<ItemFacts['sts']> {
  const { keys } = JSON.parse(sale.meter) as StoredMeter;
  const { sgc, krn, ti } = { ...keys, ...workOf(sale).keyChange };
  const two = (value: number): string => String(value).padStart(2, '0');
  return { sgc, krn, ti: two(ti), ea: two(keys.ea) };
}

/** Of a purchase, what the customer owes before and after; of a payment on an account, its debt or the balance. */
function paidOff(sale: RecordedSale): Pick<ItemFacts, 'debt' | 'balanceMinor'> {
  const { kind } = sale.order;
  if (kind !== 'account-payment' && kind !== 'credit') return {};
  const { debt } = workOf(sale);
  const { state, quote } = JSON.parse(sale.quote) as StoredPricing;
  if (kind === 'account-payment' && debt === undefined) return { balanceMinor: quote.after.balanceMinor };
  const owed = ({ debts }: AccountState): number =>
    Object.entries(debts)
      .filter(([id]) => debt === undefined || id === debt)
      .reduce((sum, [, { balanceMinor }]) => sum + balanceMinor, 0);
  const [beforeMinor, afterMinor] = [owed(state), owed(quote.after)];
  return kind === 'credit' && beforeMinor === 0 ? {} : { debt: { beforeMinor, afterMinor } };
}

/** The receipt that is replaced, the reason and who allowed it, where there are any. */
function whyOf(
  ledger: LedgerReader,
  sale: RecordedSale,
): Pick<ReceiptFacts, 'replaces' | 'reason' | 'authorisedBy'> {
  const { authoriserId, reason } = sale.order;
  const replaces = replacedReceipt(ledger, sale);
  const by = authoriserId === null ? undefined : operatorById(ledger, authoriserId)?.name;
  return {
    ...(replaces === null ? {} : { replaces }),
    ...(reason === null ? {} : { reason }),
    ...(by === undefined ? {} : { authorisedBy: by }),
  };
}
