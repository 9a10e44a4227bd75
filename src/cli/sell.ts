import { calls, type CallFault, type CallName, type SaleView, type Session } from '../contract/index.ts';
import { groupToken, unitsText } from '../i18n/index.ts';
import { paperOf, paperText } from '../receipt/index.ts';
import { readReceipt } from '../main/printing/index.ts';
import type { Station } from '../main/station/index.ts';
import { err, ok, parseAmount, unitsTenths, type Result } from '../units/index.ts';
import type { Io } from './io.ts';

export type SellRequest = {
  /** Meter number, account, phone or name; it has to mean one meter. */
  readonly meter: string;
  /** As a cashier types it. */
  readonly amount: string;
  /** Cash handed over; the amount itself when left out. */
  readonly cash?: string | undefined;
  readonly operator: string;
  readonly pin: string;
  readonly requestId?: string | undefined;
  /** Codes of warnings to go past. */
  readonly acknowledge?: readonly string[] | undefined;
};

/** Signs in, finds the meter, asks for the quote and sells: the calls that the screen makes, in its order. */
export async function sell(station: Station, request: SellRequest): Promise<Result<SaleView, CallFault>> {
  const session = station.newSession();
  const signedIn = await station.handlers['operators.signIn'](
    { name: request.operator, pin: request.pin },
    session,
  );
  if (!signedIn.ok) return signedIn;
  if (!mayCall('sale.vend', session)) return err({ code: 'not-allowed', params: {}, retry: 'no' });
  const status = await station.handlers['station.status']({}, session);
  if (!status.ok) return status;
  const amount = typed(request.amount, status.value.currency);
  if (!amount.ok) return amount;
  const pan = await findOne(station, session, request.meter);
  if (!pan.ok) return pan;
  const quote = await station.handlers['sale.quote']({ pan: pan.value, amountMinor: amount.value }, session);
  if (!quote.ok) return quote;
  const cash =
    request.cash === undefined ? ok(quote.value.dueMinor) : typed(request.cash, status.value.currency);
  if (!cash.ok) return cash;
  const sale = await station.handlers['sale.vend'](
    {
      requestId: request.requestId ?? station.newId(),
      pan: pan.value,
      amountMinor: amount.value,
      quotedDueMinor: quote.value.dueMinor,
      quotedUnitsTenths: quote.value.unitsTenths,
      tender: { kind: 'cash', receivedMinor: cash.value },
      acknowledged: [...(request.acknowledge ?? [])],
    },
    session,
  );
  if (!sale.ok) return sale;
  if (sale.value.state !== 'recorded') {
    const { receiptNumber, doubt } = sale.value;
    const params = { receiptNumber, ...doubt?.params };
    return err({ code: 'sale-in-doubt', params, retry: 'after-recovery' });
  }
  if (!sale.value.printJob) return sale;
  await station.printing.settled(sale.value.printJob.jobId);
  return station.handlers['sale.get']({ saleId: sale.value.saleId }, session);
}

/** The same rule that the door to the windows keeps. */
export function mayCall(name: CallName, session: Session): boolean {
  const { roles } = calls[name];
  return roles === 'anyone' || (session.operator !== null && roles.includes(session.operator.role));
}

function typed(text: string, currency: Parameters<typeof parseAmount>[1]): Result<number, CallFault> {
  const amount = parseAmount(text, currency);
  if (amount.ok) return amount;
  const { code, ...params } = amount.error;
  return err({ code, params, retry: 'no' });
}

async function findOne(station: Station, session: Session, text: string): Promise<Result<string, CallFault>> {
  const found = await station.handlers['directory.search']({ text }, session);
  if (!found.ok) return found;
  const [first, second] = found.value.hits;
  if (!first || second)
    return err({ code: 'several-meters', params: { count: found.value.hits.length }, retry: 'no' });
  return ok(first.pan);
}

/** What a cashier sees after the tender key, in lines. */
export function saySale(io: Io, station: Station, sale: SaleView): void {
  const receipt = readReceipt(station.ledger, sale.saleId);
  for (const token of sale.tokens)
    io.out(`token ${token.position} of ${token.of}: ${groupToken(token.digits)}`);
  io.out(`units: ${unitsText(unitsTenths(sale.unitsTenths), sale.resource)}`);
  io.out(`slip: ${sale.printJob?.state ?? 'none'}`);
  if (receipt) io.out(`\n${paperText(paperOf(receipt, 48).lines, 48)}`);
}
