import { civilFromMinutes, err, minutesFromEpoch, ok, type Result } from '../../../../units/index.ts';

/**
 * Fields of the line protocol: a letter for the type, the value, a tilde. `N` is a decimal number without
 * leading zeros, `P` printable text, `H` upper-case hexadecimal with whole bytes, `D` a moment CCYYMMDDhhmmss.
 */
export type FieldType = 'N' | 'P' | 'H' | 'D';

export type FieldSpec = {
  readonly name: string;
  readonly type: FieldType;
  /** The value may be left out: its text is then empty, and the value null. */
  readonly optional?: true;
};

/** A moment is in milliseconds of 1970 UTC; text and hexadecimal are strings. */
export type FieldValue = string | number | null;

type ValueOf<Spec extends FieldSpec> =
  | (Spec['type'] extends 'N' | 'D' ? number : string)
  | (Spec extends { readonly optional: true } ? null : never);

/** The values of a list of fields, by name. */
export type ValuesOf<Specs extends readonly FieldSpec[]> = {
  readonly [Spec in Specs[number] as Spec['name']]: ValueOf<Spec>;
};

export type FieldProblem = 'field-count' | 'field-type' | 'field-encoding';

const END = '~';
const MS_A_MINUTE = 60_000;
const MOMENT = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/u;

function momentText(unixMs: number): string {
  const seconds = Math.floor((unixMs % MS_A_MINUTE) / 1000);
  const { year, month, day, hour, minute } = civilFromMinutes(Math.floor(unixMs / MS_A_MINUTE));
  const two = (value: number): string => value.toString().padStart(2, '0');
  return `${year.toString().padStart(4, '0')}${[month, day, hour, minute, seconds].map(two).join('')}`;
}

function momentOf(text: string): number | undefined {
  const parts = MOMENT.exec(text)?.slice(1).map(Number);
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const minutes = minutesFromEpoch({ year, month, day, hour, minute });
  if (minutes === undefined || second > 59) return undefined;
  return minutes * MS_A_MINUTE + second * 1000;
}

function numberOf(text: string): number | undefined {
  return /^(?:0|[1-9]\d{0,14})$/u.test(text) ? Number(text) : undefined;
}

type TypeRow = {
  readonly decode: (text: string) => FieldValue | undefined;
  readonly encode: (value: FieldValue) => string;
};

/** How each type is read and written; `undefined` where a text is no value of the type. */
const TYPES: Readonly<Record<FieldType, TypeRow>> = {
  N: { decode: numberOf, encode: String },
  P: { decode: (text) => (/^[\x20-\x7d]+$/u.test(text) ? text : undefined), encode: String },
  H: { decode: (text) => (/^(?:[0-9A-F]{2})+$/u.test(text) ? text : undefined), encode: String },
  D: { decode: momentOf, encode: (value) => momentText(Number(value)) },
};

/** One field as text. Throws on a value that its type can't carry: that is a mistake of the program. */
function encodeField(spec: FieldSpec, value: FieldValue | undefined): string {
  if (value === null && spec.optional) return `${spec.type}${END}`;
  const text = value === null || value === undefined ? '' : TYPES[spec.type].encode(value);
  if (TYPES[spec.type].decode(text) === undefined) throw new RangeError(`${spec.name} is no ${spec.type}`);
  return `${spec.type}${text}${END}`;
}

export function encodeFields(
  specs: readonly FieldSpec[],
  values: Readonly<Record<string, FieldValue>>,
): string {
  return specs.map((spec) => encodeField(spec, values[spec.name])).join('');
}

/** Reads exactly the fields of a list, in their order, and nothing beside them. */
export function decodeFields(
  specs: readonly FieldSpec[],
  text: string,
): Result<Record<string, FieldValue>, FieldProblem> {
  const parts = text.split(END);
  if (parts.length !== specs.length + 1 || parts.at(-1) !== '') return err('field-count');
  const values: Record<string, FieldValue> = {};
  for (const [index, spec] of specs.entries()) {
    const part = parts[index]!;
    if (part[0] !== spec.type) return err('field-type');
    const body = part.slice(1);
    const value = body === '' && spec.optional ? null : TYPES[spec.type].decode(body);
    if (value === undefined) return err('field-encoding');
    values[spec.name] = value;
  }
  return ok(values);
}
