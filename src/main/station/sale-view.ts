import {
  keypadHelp,
  type CallFault,
  type CustomerView,
  type MoneyLine,
  type Phrase,
  type PrintJobView,
  type SaleState,
  type SaleView,
  type StationSettings,
} from '../../contract/index.ts';
import { UNIT_SIGNS } from '../../i18n/index.ts';
import { rational, type Resource } from '../../units/index.ts';
import type { QuoteLine } from '../../tariff/index.ts';
import { findSale, voidReason, type RecordedSale, type SaleStep } from '../ledger/index.ts';
import { latestJobOfSale, type PrintJob } from '../printing/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import { bookingOf, keyOfSale, type Booking, type StoredMeter } from '../vending/index.ts';
import { actionOfSale, tokenKind } from './token-kind.ts';

export const STATE_OF_STEP: Readonly<Record<SaleStep, SaleState>> = {
  intended: 'in-doubt',
  'in-doubt': 'in-doubt',
  issued: 'recorded',
  recorded: 'recorded',
  closed: 'recorded',
  void: 'void',
  unissued: 'unissued',
};

const BLANKED: CustomerView = { customerId: '', name: '', account: '', phone: '', address: '' };

/** The customer as the sale knew them; blank once retention has removed the personal data. */
export function customerOf(reader: LedgerReader | LedgerTx, sale: RecordedSale): CustomerView {
  const row = reader
    .prepare('SELECT customer FROM sale_private WHERE sale_id = ?')
    .get<{ customer: string }>(sale.saleId);
  return row ? (JSON.parse(row.customer) as CustomerView) : BLANKED;
}

/** Units of the credit token as decoded, or as quoted while there is none. */
export function unitsOf(sale: RecordedSale): number {
  const credit = sale.tokens.find((token) => token.tokenClass === 0);
  return credit?.unitsTenths ?? sale.unitsTenths;
}

/** What the customer asked for, before charges on top and rounding to coins. */
export function askedOf(sale: Pick<RecordedSale, 'quote'>): number {
  return bookingOf(sale).amountMinor;
}

/** The lines that add up to the tender, in words of the catalogues. */
export function moneyLines(
  sale: Pick<RecordedSale, 'quote' | 'resource'>,
  settings: StationSettings,
): readonly MoneyLine[] {
  return linesOfQuote(bookingOf(sale), sale.resource, settings);
}

export function linesOfQuote(
  quote: Booking,
  resource: Resource,
  settings: StationSettings,
): readonly MoneyLine[] {
  const shown = quote.lines
    .filter((line) => line.place !== 'included')
    .map((line) => moneyLine(line, resource, settings));
  if (quote.carriedMinor === 0) return shown;
  return [
    ...shown,
    { label: { id: 'line.carried', params: {} }, detail: null, amountMinor: quote.carriedMinor },
  ];
}

function moneyLine(line: QuoteLine, resource: Resource, settings: StationSettings): MoneyLine {
  const label =
    line.label === ''
      ? { id: `line.${line.role}`, params: {} }
      : { id: 'line.named', params: { name: line.label } };
  const { of, value } = line.base;
  if (of === 'none' || line.rate === '') return { label, detail: null, amountMinor: line.amountMinor };
  const base =
    of === 'units'
      ? `${value}\u00a0${UNIT_SIGNS[resource]}`
      : of === 'money'
        ? moneyBase(value, settings)
        : value;
  const params = { base, rate: line.rate, times: line.times ?? '1' };
  return { label, detail: { id: `line.detail.${of}`, params }, amountMinor: line.amountMinor };
}

/** `86.9` → `86.90`; a base that is no plain decimal is shown as the tariff computed it. */
function moneyBase(value: string, settings: StationSettings): string {
  const parsed = rational.parseDecimal(value);
  return parsed ? rational.formatDecimal(parsed, settings.currency.minorDigits) : value;
}

/** The receipt whose token this sale replaces, or null. */
export function replacedReceipt(reader: LedgerReader | LedgerTx, sale: RecordedSale): string | null {
  const { originalSaleId } = sale.order;
  return originalSaleId === null ? null : (findSale(reader, originalSaleId)?.receiptNumber ?? null);
}

export function printJobView(job: PrintJob): PrintJobView {
  return {
    jobId: job.jobId,
    saleId: job.saleId,
    state: job.state,
    copyNumber: job.copyNumber,
    problem:
      job.problem === null ? null : { id: `error.${job.problem.code}.cashier`, params: job.problem.params },
  };
}

/** The sign on the key that ends a token on most keypads. */
const ENTER_SIGN = ' (↵)';

/** What decides how a sale's tokens are keyed in. */
export function keyedIn(sale: RecordedSale): Parameters<typeof keypadHelp>[0] {
  const { keypadModel: model } = JSON.parse(sale.meter) as StoredMeter;
  return { tokens: sale.tokens.length, resource: sale.resource, model };
}

/** Which key a sale in doubt wants; `fault` is what was just said of it, which may be that there is no such key. */
function doubtOf(sale: RecordedSale, fault: CallFault | undefined): Phrase | null {
  if (STATE_OF_STEP[sale.step] !== 'in-doubt') return null;
  const { sgc, krn, ti } = fault?.params ?? {};
  return sgc === undefined || krn === undefined || ti === undefined
    ? { id: 'doubt.key', params: { ...keyOfSale(sale) } }
    : { id: 'doubt.no-key', params: { sgc, krn, ti } };
}

/** A sale as the screens show it; `fault` is the answer that has just left it in doubt. */
export function saleView(
  reader: LedgerReader,
  settings: StationSettings,
  sale: RecordedSale,
  training: boolean,
  fault?: CallFault,
): SaleView {
  const meter = JSON.parse(sale.meter) as StoredMeter;
  const job = latestJobOfSale(reader, sale.saleId);
  return {
    saleId: sale.saleId,
    receiptNumber: sale.receiptNumber,
    kind: sale.order.kind,
    replaces: replacedReceipt(reader, sale),
    state: STATE_OF_STEP[sale.step],
    doubt: doubtOf(sale, fault),
    customer: customerOf(reader, sale),
    pan: sale.meterPan,
    meterNumber: meter.meterNumber,
    resource: sale.resource,
    soldAtUnixMs: sale.atUnixMs,
    amountMinor: sale.amountMinor,
    receivedMinor: sale.receivedMinor,
    changeMinor: sale.receivedMinor - sale.amountMinor,
    tender: sale.tender.map(({ account, amountMinor, receivedMinor, reference }) => ({
      account,
      amountMinor,
      receivedMinor,
      reference,
    })),
    basket: sale.basket,
    unitsTenths: unitsOf(sale),
    lines: [...moneyLines(sale, settings)],
    tokens: sale.tokens.map((token) => ({
      kind: tokenKind(sale, token),
      does: tokenKind(sale, token) === 'management' ? actionOfSale(sale) : null,
      digits: token.digits,
      position: token.position,
      of: sale.tokens.length,
    })),
    help: [...keypadHelp(keyedIn(sale), ENTER_SIGN)],
    printJob: job ? printJobView(job) : null,
    refusal: sale.step === 'void' ? refusalOf(reader, sale) : null,
    training,
  };
}

function refusalOf(reader: LedgerReader, { saleId }: RecordedSale): SaleView['refusal'] {
  const reason = voidReason(reader, saleId);
  if (reason === undefined) return null;
  const { code, params } = JSON.parse(reason) as CallFault;
  return { code, params: { ...params } };
}
