import type { StationSettings } from '../../contract/index.ts';
import {
  receiptDocument,
  type ReceiptDocument,
  type TenderFacts,
  type TokenFacts,
} from '../../receipt/index.ts';
import { civilInZone, unixMs } from '../../units/index.ts';
import type { RecordedSale } from '../ledger/index.ts';
import type { LedgerTx, StationKey } from '../store/index.ts';
import type { StoredMeter } from '../vending/index.ts';
import type { FiscalAdapter } from './fiscal.ts';
import { signedCode } from './receipt-code.ts';
import { customerOf, moneyLines, unitsOf } from './sale-view.ts';

/** Makes the slip of a sale that is being recorded. */
export type SlipMaker = (tx: LedgerTx, sale: RecordedSale, operatorName: string) => ReceiptDocument;

/** The slip of a recorded sale, in words that no later change of catalogue or tariff can alter. */
export function saleReceipt(
  tx: LedgerTx,
  settings: StationSettings,
  sale: RecordedSale,
  operatorName: string,
  mark: 'training' | 'private' | null,
  key: Pick<StationKey, 'sign'>,
  fiscal: FiscalAdapter | undefined,
): ReceiptDocument {
  const { keys, meterNumber } = JSON.parse(sale.meter) as StoredMeter;
  const customer = customerOf(tx, sale);
  const tokens = printedTokens(sale);
  const fields = fiscal?.(sale) ?? null;
  return receiptDocument({
    locale: customer.language ?? settings.language ?? 'en',
    kind: 'sale',
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
        sts: {
          sgc: keys.sgc,
          krn: keys.krn,
          ti: String(keys.ti).padStart(2, '0'),
          ea: String(keys.ea).padStart(2, '0'),
        },
      },
    ],
    currency: settings.currency,
    totalMinor: sale.amountMinor,
    tender: printedTender(sale),
    receiptNumber: sale.receiptNumber,
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

/** In the order to key them in: key change first. */
function printedTokens(sale: RecordedSale): readonly TokenFacts[] {
  const facts = sale.tokens.map((token): TokenFacts => ({
    kind: token.tokenClass === 0 ? 'credit' : 'key-change',
    digits: token.digits,
    ...(token.unitsTenths === null ? {} : { unitsTenths: token.unitsTenths }),
  }));
  const isCredit = ({ kind }: TokenFacts): number => (kind === 'credit' ? 1 : 0);
  return facts.toSorted((a, b) => isCredit(a) - isCredit(b));
}
