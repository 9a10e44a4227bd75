import { z } from 'zod';
import { LOCALES } from '../../../i18n/index.ts';
import { RESOURCES, type Resource } from '../../../units/index.ts';
import { KEY_TYPE, parseMeterNumber, type BaseDate, type KeyType } from '../../../sts/index.ts';
import type { CustomerRecord, NewMeter } from '../records.ts';

/** Control signs and marks of direction have no place in a name, on a screen or on paper. */
const HIDDEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const text = (atMost: number) =>
  z
    .string()
    .max(atMost, 'too-long')
    .refine((value) => !HIDDEN.test(value), 'control-signs');
const required = (atMost: number) => text(atMost).refine((value) => value !== '', 'empty');
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,4}$/u, 'not-a-number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, 'out-of-range');

/** What each column may hold; the documents say the same in `docs/formats/directory-csv.md`. */
export const columns = {
  customer_id: required(60),
  name: required(200),
  account: text(60),
  phone: text(40),
  address: text(200),
  meter_number: required(40).transform((value, context) => {
    const meter = parseMeterNumber(value);
    if (meter.ok) return meter.value.pan;
    context.addIssue({ code: 'custom', message: meter.error.code });
    return z.NEVER;
  }),
  resource: z.enum(RESOURCES as readonly [Resource, ...Resource[]], 'unknown-word'),
  sgc: z.string().regex(/^\d{6}$/u, 'not-six-digits'),
  krn: whole(1, 9),
  ti: whole(0, 99),
  ea: whole(7, 11).refine((value) => value !== 8 && value !== 10, 'out-of-range'),
  dkga: whole(1, 4),
  key_type: whole(KEY_TYPE.initialisation, KEY_TYPE.common).transform((value) => value as KeyType),
  base_date: z.enum(['1993', '2014', '2035'], 'unknown-word').transform((value) => Number(value) as BaseDate),
  ken: whole(0, 255),
  tariff_id: required(60),
  /** Of the customer's receipts. */
  language: z.enum([...LOCALES, ''], 'unknown-word').optional(),
  /** As the price list names it. */
  category: text(60).optional(),
  keypad_serial: text(40).optional(),
  keypad_model: text(40).optional(),
  blocked_reason: text(200).transform((value) => (value === '' ? null : value)),
} as const;

export type ColumnName = keyof typeof columns;
export const COLUMN_NAMES = Object.keys(columns) as readonly ColumnName[];

/** A file may do without these. */
export const OPTIONAL_COLUMNS: readonly ColumnName[] = [
  'language',
  'category',
  'keypad_serial',
  'keypad_model',
];

const line = z.object(columns);

export type LineValues = {
  readonly customer: CustomerRecord;
  /** Its number is all 18 digits. */
  readonly meter: NewMeter;
  /** Null for none; undefined where the file has no such column. */
  readonly category: string | null | undefined;
};

/** What is wrong with a line: the column and a word for the fault. */
export type ValueFault = { readonly column: ColumnName; readonly reason: string };

/** A line's texts by column, as values. */
export function readLine(cells: Readonly<Record<string, string>>): LineValues | ValueFault {
  const read = line.safeParse(cells);
  if (!read.success) {
    const [issue] = read.error.issues;
    return { column: String(issue?.path[0]) as ColumnName, reason: issue?.message ?? 'invalid' };
  }
  const { customer_id: customerId, name, account, phone, address, language, ...meter } = read.data;
  return {
    customer: { customerId, name, account, phone, address, ...(language ? { language } : {}) },
    meter: {
      customerId,
      meterNumber: meter.meter_number,
      resource: meter.resource,
      sgc: meter.sgc,
      krn: meter.krn,
      ti: meter.ti,
      ea: meter.ea,
      dkga: meter.dkga,
      keyType: meter.key_type,
      baseDate: meter.base_date,
      ken: meter.ken,
      tariffId: meter.tariff_id,
      blockedReason: meter.blocked_reason,
      ...(meter.keypad_serial === undefined ? {} : { keypadSerial: meter.keypad_serial || null }),
      ...(meter.keypad_model === undefined ? {} : { keypadModel: meter.keypad_model || null }),
    },
    category: meter.category === undefined ? undefined : meter.category || null,
  };
}
