import { assert } from '../../../units/index.ts';
import { WIRE, type WireField, type WireValue } from './wire.ts';

/** What a field holds, as a table entry; the TypeScript type of its value follows from it. */
export type Shape = Scalar | ListShape | TextsShape | StructShape;
type Scalars = {
  readonly bool: boolean;
  readonly i16: number;
  readonly i32: number;
  readonly i64: bigint;
  readonly double: number;
  readonly string: string;
};
type Scalar = keyof Scalars;
type ListShape = { readonly list: Shape };
/** A map from text to text. */
type TextsShape = { readonly texts: true };
type FieldShape = { readonly id: number; readonly shape: Shape; readonly optional?: true };
export type Fields = Readonly<Record<string, FieldShape>>;
export type StructShape = { readonly fields: Fields };

type OptionalNames<F> = {
  [Name in keyof F]: F[Name] extends { readonly optional: true } ? Name : never;
}[keyof F];
type Held<F> = F extends { readonly shape: infer S } ? ValueOf<S> : never;
type StructOf<F> = { readonly [Name in Exclude<keyof F, OptionalNames<F>>]: Held<F[Name]> } & {
  readonly [Name in OptionalNames<F>]?: Held<F[Name]> | undefined;
};

/** The value that belongs to a shape. */
export type ValueOf<S> = S extends Scalar
  ? Scalars[S]
  : S extends { readonly list: infer Item }
    ? readonly ValueOf<Item>[]
    : S extends { readonly texts: true }
      ? ReadonlyMap<string, string>
      : S extends { readonly fields: infer F }
        ? StructOf<F>
        : never;

/** A field that is always there. */
export function field<const S extends Shape>(
  id: number,
  shape: S,
): { readonly id: number; readonly shape: S } {
  return { id, shape };
}

/** A field that may be left out. */
export function optional<const S extends Shape>(
  id: number,
  shape: S,
): { readonly id: number; readonly shape: S; readonly optional: true } {
  return { id, shape, optional: true };
}

const RANGES: Readonly<Record<'i16' | 'i32', number>> = { i16: 2 ** 15, i32: 2 ** 31 };
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textToWire(value: unknown): WireValue {
  return { type: WIRE.string, bytes: Buffer.from(value as string, 'utf8') };
}

function wholeToWire(shape: 'i16' | 'i32', value: unknown): WireValue {
  const whole = value as number;
  const limit = RANGES[shape];
  assert(Number.isInteger(whole) && whole >= -limit && whole < limit, `a figure fits ${shape}`);
  return { type: WIRE[shape], value: whole };
}

function toWire(shape: Shape, value: unknown): WireValue {
  if (shape === 'bool') return { type: WIRE.bool, value: value as boolean };
  if (shape === 'i64') return { type: WIRE.i64, value: value as bigint };
  if (shape === 'double') return { type: WIRE.double, value: value as number };
  if (shape === 'string') return textToWire(value);
  if (shape === 'i16' || shape === 'i32') return wholeToWire(shape, value);
  if ('list' in shape) {
    const items = (value as readonly unknown[]).map((item) => toWire(shape.list, item));
    return { type: WIRE.list, of: typeCode(shape.list), items };
  }
  if ('fields' in shape) return { type: WIRE.struct, fields: fieldsToWire(shape.fields, value) };
  const entries = [...(value as ReadonlyMap<string, string>)].map(
    ([key, text]) => [textToWire(key), textToWire(text)] as const,
  );
  return { type: WIRE.map, keys: WIRE.string, values: WIRE.string, entries };
}

function typeCode(shape: Shape): number {
  if (typeof shape === 'string') return WIRE[shape];
  if ('list' in shape) return WIRE.list;
  return 'fields' in shape ? WIRE.struct : WIRE.map;
}

function fieldsToWire(fields: Fields, value: unknown): readonly WireField[] {
  const given = value as Readonly<Record<string, unknown>>;
  return Object.entries(fields)
    .filter(([name, { optional: mayLack }]) => !(mayLack && given[name] === undefined))
    .map(([name, { id, shape }]) => ({ id, value: toWire(shape, given[name]) }));
}

/** A struct's fields for the wire. A figure that does not fit its type is a programmer's error. */
export function encodeStruct<S extends StructShape>(shape: S, value: ValueOf<S>): readonly WireField[] {
  return fieldsToWire(shape.fields, value);
}

/** Thrown and caught within this room: a value that is not of its shape. */
export class NotOfShape extends Error {}

function textOf(wire: WireValue): string {
  if (wire.type !== WIRE.string) throw new NotOfShape('text');
  try {
    return utf8.decode(wire.bytes);
  } catch {
    throw new NotOfShape('utf-8');
  }
}

function textsOf(wire: WireValue): ReadonlyMap<string, string> {
  if (wire.type !== WIRE.map) throw new NotOfShape('map');
  return new Map(wire.entries.map(([key, text]) => [textOf(key), textOf(text)]));
}

function listOf(shape: ListShape, wire: WireValue): readonly unknown[] {
  if (wire.type !== WIRE.list) throw new NotOfShape('list');
  return wire.items.map((item) => fromWire(shape.list, item));
}

function fromWire(shape: Shape, wire: WireValue): unknown {
  if (shape === 'string') return textOf(wire);
  if (typeof shape === 'string') {
    if (wire.type !== WIRE[shape] || !('value' in wire)) throw new NotOfShape(shape);
    return wire.value;
  }
  if ('list' in shape) return listOf(shape, wire);
  if ('texts' in shape) return textsOf(wire);
  if (wire.type !== WIRE.struct) throw new NotOfShape('struct');
  return fieldsOf(shape.fields, wire.fields);
}

function fieldsOf(fields: Fields, wire: readonly WireField[]): Readonly<Record<string, unknown>> {
  const read: Record<string, unknown> = {};
  for (const [name, { id, shape, optional: mayLack }] of Object.entries(fields)) {
    const found = wire.find((each) => each.id === id);
    if (found) read[name] = fromWire(shape, found.value);
    else if (!mayLack) throw new NotOfShape(name);
  }
  return read;
}

/** A value off the wire. Fields that the shape does not know are passed over; throws NotOfShape. */
export function decodeValue<S extends Shape>(shape: S, wire: WireValue): ValueOf<S> {
  return fromWire(shape, wire) as ValueOf<S>;
}
