import { createHash } from 'node:crypto';
import { QR_DIGEST_BYTES, qrBody, qrMessage, qrText } from '../../receipt/index.ts';
import { civilInZone, unixMs } from '../../units/index.ts';
import type { RecordedSale } from '../ledger/index.ts';
import type { StationKey } from '../store/index.ts';

/**
 * The code on a sale's receipt, signed by the station: what was sold, to which meter, when, and a digest of the
 * tokens in the order in which the receipt prints them.
 */
export function signedCode(
  key: Pick<StationKey, 'sign'>,
  sale: RecordedSale,
  meterNumber: string,
  printedDigits: readonly string[],
  unitsTenths: number,
): string {
  const body = qrBody({
    saleId: sale.saleId,
    meterNumber,
    currency: sale.currency,
    amountMinor: sale.amountMinor,
    resource: sale.resource,
    unitsTenths,
    at: civilInZone(unixMs(sale.atUnixMs), 'UTC'),
    tokenDigest: createHash('sha256').update(printedDigits.join('')).digest().subarray(0, QR_DIGEST_BYTES),
  });
  return qrText(body, key.sign(qrMessage(body)));
}
