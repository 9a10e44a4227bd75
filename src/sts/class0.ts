import { ok, RESOURCES, unitsTenths, type Result } from '../units/index.ts';
import { decodeAmount, encodeAmount, type AmountCodingError } from './amount.ts';
import { decodeCurrencyAmount, encodeCurrencyAmount, type CurrencyCodingError } from './currency-amount.ts';
import { packPayload, unpackPayload, type PackedToken } from './layout.ts';
import type { CreditFields, CreditToken, CurrencyCreditToken } from './token-fields.ts';
import { CREDIT, CURRENCY_CREDIT, isCurrencyToken } from './token-formats.ts';

const FIRST_CURRENCY_SUB_CLASS = 4;

function packUnits(fields: CreditToken): Result<PackedToken, AmountCodingError> {
  const amount = encodeAmount(fields.units);
  if (!amount.ok) return amount;
  const payload = packPayload(CREDIT, { rnd: fields.rnd, tid: fields.tid, amount: amount.value });
  return ok({ tokenClass: 0, subClass: RESOURCES.indexOf(fields.resource), payload });
}

function packCurrency(fields: CurrencyCreditToken): Result<PackedToken, CurrencyCodingError> {
  const coded = encodeCurrencyAmount(fields.amount);
  if (!coded.ok) return coded;
  const payload = packPayload(CURRENCY_CREDIT, { ...coded.value, tid: fields.tid });
  const subClass = FIRST_CURRENCY_SUB_CLASS + RESOURCES.indexOf(fields.resource);
  return ok({ tokenClass: 0, subClass, payload });
}

/** Class 0, TransferCredit: units or money for one of four resources. */
export function packCredit(
  fields: CreditFields,
): Result<PackedToken, AmountCodingError | CurrencyCodingError> {
  return fields.kind === 'credit' ? packUnits(fields) : packCurrency(fields);
}

/** The reverse of packCredit, for sub-classes 0 to 7. */
export function unpackCredit(subClass: number, payload: number): CreditFields {
  const resource = RESOURCES[subClass % FIRST_CURRENCY_SUB_CLASS]!;
  if (isCurrencyToken(0, subClass)) {
    const { tid, signExponent, amount } = unpackPayload(CURRENCY_CREDIT, payload);
    return { kind: 'currency-credit', resource, tid, amount: decodeCurrencyAmount({ signExponent, amount }) };
  }
  const { rnd, tid, amount } = unpackPayload(CREDIT, payload);
  return { kind: 'credit', resource, tid, rnd, units: unitsTenths(decodeAmount(amount)) };
}
