import {
  minuteOfTid,
  testsOf,
  tokenFormat,
  unpackPayload,
  type BaseDate,
  type DecodedToken,
  type TokenFields,
} from '../sts/index.ts';
import { civilToText, type Resource } from '../units/index.ts';

/** One field of a token's data block, with its place and what it means. */
export type ExplainedField = {
  readonly name: string;
  /** Most and least significant bit of the 64-bit data block. */
  readonly bits: string;
  readonly binary: string;
  readonly value: number;
  readonly meaning: string;
};

const UNIT: Readonly<Record<Resource, string>> = {
  electricity: 'kWh',
  water: 'm³',
  gas: 'm³',
  time: 'min',
};

/** Tenths as a decimal with its unit. */
export function unitsText(tenths: number, resource: Resource): string {
  return `${(tenths / 10).toFixed(1)} ${UNIT[resource]}`;
}

const HUNDRED_THOUSANDTHS = 100_000n;

/** Hundred-thousandths as a decimal of the base currency unit. */
export function currencyText(amount: bigint): string {
  const magnitude = amount < 0n ? -amount : amount;
  const fraction = (magnitude % HUNDRED_THOUSANDTHS).toString().padStart(5, '0');
  return `${amount < 0n ? '-' : ''}${magnitude / HUNDRED_THOUSANDTHS}.${fraction}`;
}

/** A token time on its base date's clock. */
export function tidText(tid: number, baseDate: BaseDate): string {
  return `${civilToText(minuteOfTid(baseDate, tid))} from base date ${baseDate}`;
}

function hexText(value: number, digits: number): string {
  return `0x${value.toString(16).toUpperCase().padStart(digits, '0')}`;
}

function valueMeaning(fields: TokenFields): string {
  switch (fields.kind) {
    case 'power-limit':
    case 'phase-unbalance-limit':
      return `${fields.watts} W`;
    case 'clear-credit':
      return fields.register === 0xffff ? 'every register' : `register ${fields.register}`;
    default:
      return '';
  }
}

function amountMeaning(fields: TokenFields): string {
  if (fields.kind === 'credit') return unitsText(fields.units, fields.resource);
  return fields.kind === 'currency-credit' ? `${currencyText(fields.amount)} of the currency unit` : '';
}

function meaningOf(name: string, value: number, fields: TokenFields, baseDate: BaseDate): string {
  switch (name) {
    case 'tid':
      return tidText(value, baseDate);
    case 'amount':
      return `${hexText(value, 4)}: ${amountMeaning(fields)}`;
    case 'value':
      return [hexText(value, 4), valueMeaning(fields)].filter(Boolean).join(': ');
    case 'keyPart':
      return hexText(value, 8);
    case 'control':
      return testsOf(value).join(', ');
    case 'signExponent':
      return `${value >= 8 ? 'minus' : 'plus'}, exponent's upper bits ${value % 8}`;
    default:
      return '';
  }
}

function binary(value: number, width: number): string {
  return value
    .toString(2)
    .padStart(width, '0')
    .replace(/(?<=.)(?=(?:.{4})+$)/gu, ' ');
}

function field(name: string, top: number, width: number, value: number, meaning: string): ExplainedField {
  const bits = width === 1 ? `${top}` : `${top}-${top - width + 1}`;
  return { name, bits, binary: binary(value, width), value, meaning };
}

function subClassMeaning(name: string, fields: TokenFields): string {
  return 'resource' in fields ? `${name}, ${fields.resource}` : name;
}

/** The fields of a decoded token's clear block, from its most significant bit down. */
export function explainFields(
  decoded: DecodedToken,
  ea: 7 | 11,
  baseDate: BaseDate,
): readonly ExplainedField[] {
  const { tokenClass, subClass, clearBlock, fields } = decoded;
  const format = tokenFormat(tokenClass, subClass, ea);
  if (!format) return [];
  const payload = (clearBlock.hi % 2 ** 28) * 2 ** 16 + (clearBlock.lo >>> 16);
  const values = unpackPayload(format.layout, payload);
  const explained = [field('subClass', 63, 4, subClass, subClassMeaning(format.name, fields))];
  const crc = clearBlock.lo % 2 ** 16;
  let top = 59;
  for (const [name, width] of format.layout) {
    const value = values[name] ?? 0;
    explained.push(field(name, top, width, value, meaningOf(name, value, fields, baseDate)));
    top -= width;
  }
  return [...explained, field('crc', 15, 16, crc, `${hexText(crc, 4)}, good`)];
}
