import { err, ok, type Result } from '../units/index.ts';
import { decodeAmount, encodeAmount, type AmountCodingError } from './amount.ts';
import { packPayload, unpackPayload, type PackedToken } from './layout.ts';
import type { FieldProblem, ManagementFields, TokenFieldError } from './token-fields.ts';
import { EXTENDED, MANAGEMENT } from './token-formats.ts';

/** The credit registers that a ClearCredit token names. */
export const CREDIT_REGISTERS = {
  electricity: 0,
  water: 1,
  gas: 2,
  time: 3,
  electricityCurrency: 4,
  waterCurrency: 5,
  gasCurrency: 6,
  timeCurrency: 7,
  all: 0xffff,
} as const;

/** The index of an extended token that sets a flag. */
export const FLAG_INDEX = 63;

/** The value of an extended token at FLAG_INDEX: which of 512 flags, and whether it is to be set. */
export function flagValue(flagIndex: number, isSet: boolean): number {
  return flagIndex * 2 + (isSet ? 1 : 0);
}

export type ManagementError = AmountCodingError | TokenFieldError;

const SUB_CLASS = {
  'power-limit': 0,
  'clear-credit': 1,
  'tariff-rate': 2,
  'clear-tamper': 5,
  'phase-unbalance-limit': 6,
  'water-meter-factor': 7,
  'extended-set': 10,
} as const;

function isRegister(value: number): boolean {
  return Object.values(CREDIT_REGISTERS).some((register) => register === value);
}

function within(field: string, value: number, bits: number): Result<number, TokenFieldError> {
  const fits = Number.isInteger(value) && value >= 0 && value < 2 ** bits;
  return fits ? ok(value) : err({ code: 'token-field-range', field, value });
}

/** The last sixteen bits of a token's payload. */
function valueField(fields: ManagementFields): Result<number, ManagementError> {
  switch (fields.kind) {
    case 'power-limit':
    case 'phase-unbalance-limit':
      return encodeAmount(fields.watts);
    case 'clear-credit':
      return isRegister(fields.register)
        ? ok(fields.register)
        : err({ code: 'token-field-range', field: 'register', value: fields.register });
    case 'tariff-rate':
      return within('rate', fields.rate, 16);
    case 'water-meter-factor':
      return within('factor', fields.factor, 16);
    case 'clear-tamper':
      return ok(0);
    default: {
      const index = within('index', fields.index, 6);
      if (!index.ok) return index;
      const value = within('value', fields.value, 10);
      return value.ok ? ok(index.value * 2 ** 10 + value.value) : value;
    }
  }
}

/** Class 2, the tokens that manage a meter, key changes apart. */
export function packManagement(fields: ManagementFields): Result<PackedToken, ManagementError> {
  const value = valueField(fields);
  if (!value.ok) return value;
  const payload = packPayload(MANAGEMENT, { rnd: fields.rnd, tid: fields.tid, value: value.value });
  return ok({ tokenClass: 2, subClass: SUB_CLASS[fields.kind], payload });
}

/** The reverse of packManagement; undefined for a sub-class that is none of these tokens. */
export function unpackManagement(
  subClass: number,
  payload: number,
): Result<ManagementFields, FieldProblem> | undefined {
  const { rnd, tid, value } = unpackPayload(MANAGEMENT, payload);
  switch (subClass) {
    case SUB_CLASS['power-limit']:
      return ok({ kind: 'power-limit', tid, rnd, watts: decodeAmount(value) });
    case SUB_CLASS['clear-credit']:
      if (!isRegister(value)) return err({ field: 'register', value });
      return ok({ kind: 'clear-credit', tid, rnd, register: value });
    case SUB_CLASS['tariff-rate']:
      return ok({ kind: 'tariff-rate', tid, rnd, rate: value });
    case SUB_CLASS['clear-tamper']:
      if (value !== 0) return err({ field: 'pad', value });
      return ok({ kind: 'clear-tamper', tid, rnd });
    case SUB_CLASS['phase-unbalance-limit']:
      return ok({ kind: 'phase-unbalance-limit', tid, rnd, watts: decodeAmount(value) });
    case SUB_CLASS['water-meter-factor']:
      return ok({ kind: 'water-meter-factor', tid, rnd, factor: value });
    case SUB_CLASS['extended-set']:
      return ok({ kind: 'extended-set', ...unpackPayload(EXTENDED, payload) });
    default:
      return undefined;
  }
}
