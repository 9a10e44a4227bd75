import { assert, err, ok, type Result } from '../../../units/index.ts';

/**
 * Thrift's binary protocol in its strict form (Apache Thrift, "Binary protocol encoding"): bytes to a tree and
 * back. The tree keeps everything that was read, also fields that nobody knows, so that a message that is
 * accepted can be written again byte for byte.
 */

export const WIRE = {
  bool: 2,
  byte: 3,
  double: 4,
  i16: 6,
  i32: 8,
  i64: 10,
  string: 11,
  struct: 12,
  map: 13,
  set: 14,
  list: 15,
} as const;

export type WireField = { readonly id: number; readonly value: WireValue };

/** One value; containers keep the type codes of their items as they were read. */
export type WireValue =
  | { readonly type: typeof WIRE.bool; readonly value: boolean }
  | { readonly type: typeof WIRE.byte | typeof WIRE.i16 | typeof WIRE.i32; readonly value: number }
  | { readonly type: typeof WIRE.i64; readonly value: bigint }
  | { readonly type: typeof WIRE.double; readonly value: number }
  | { readonly type: typeof WIRE.string; readonly bytes: Uint8Array }
  | { readonly type: typeof WIRE.struct; readonly fields: readonly WireField[] }
  | {
      readonly type: typeof WIRE.list | typeof WIRE.set;
      readonly of: number;
      readonly items: readonly WireValue[];
    }
  | {
      readonly type: typeof WIRE.map;
      readonly keys: number;
      readonly values: number;
      readonly entries: readonly (readonly [WireValue, WireValue])[];
    };

export const MESSAGE = { call: 1, reply: 2, exception: 3 } as const;

export type WireMessage = {
  readonly type: (typeof MESSAGE)[keyof typeof MESSAGE];
  readonly method: string;
  readonly sequence: number;
  readonly body: readonly WireField[];
};

/** Why bytes are not a message: one word for the log. */
export type WireError = { readonly code: 'wire'; readonly reason: string };

const VERSION = 0x8001;
const MAX_METHOD_BYTES = 64;
const MAX_DEPTH = 8;
/** Far more than any answer has; what a message may cost in memory follows from it. */
const MAX_VALUES = 20_000;

class Refused extends Error {}

function fail(reason: string): never {
  throw new Refused(reason);
}

/** A walk over one message; every step first looks whether the bytes are there. */
class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #values = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  take(count: number): number {
    if (count > this.left) fail('short');
    const at = this.#at;
    this.#at += count;
    return at;
  }

  u8 = (): number => this.#view.getUint8(this.take(1));
  i8 = (): number => this.#view.getInt8(this.take(1));
  u16 = (): number => this.#view.getUint16(this.take(2));
  i16 = (): number => this.#view.getInt16(this.take(2));
  i32 = (): number => this.#view.getInt32(this.take(4));
  i64 = (): bigint => this.#view.getBigInt64(this.take(8));
  f64 = (): number => this.#view.getFloat64(this.take(8));

  /** A length or a count: never more than there are bytes left, for an item takes at least one. */
  size(): number {
    const size = this.i32();
    if (size < 0 || size > this.left) fail('size');
    return size;
  }

  bytes(): Uint8Array {
    const size = this.size();
    const at = this.take(size);
    return this.#bytes.subarray(at, at + size);
  }

  count(): void {
    this.#values += 1;
    if (this.#values > MAX_VALUES) fail('values');
  }
}

function readBool(reader: Reader): WireValue {
  const byte = reader.u8();
  return byte > 1 ? fail('bool') : { type: WIRE.bool, value: byte === 1 };
}

function readDouble(reader: Reader): WireValue {
  const value = reader.f64();
  // There are many of them, and no figure is one.
  return Number.isNaN(value) ? fail('not a number') : { type: WIRE.double, value };
}

function readList(type: typeof WIRE.list | typeof WIRE.set, reader: Reader, depth: number): WireValue {
  const of = reader.u8();
  const size = reader.size();
  const items: WireValue[] = [];
  while (items.length < size) items.push(readValue(of, reader, depth));
  return { type, of, items };
}

function readMap(reader: Reader, depth: number): WireValue {
  const keys = reader.u8();
  const values = reader.u8();
  const size = reader.size();
  const entries: [WireValue, WireValue][] = [];
  while (entries.length < size)
    entries.push([readValue(keys, reader, depth), readValue(values, reader, depth)]);
  return { type: WIRE.map, keys, values, entries };
}

const READERS: Readonly<Record<number, (reader: Reader, depth: number) => WireValue>> = {
  [WIRE.bool]: readBool,
  [WIRE.byte]: (reader) => ({ type: WIRE.byte, value: reader.i8() }),
  [WIRE.double]: readDouble,
  [WIRE.i16]: (reader) => ({ type: WIRE.i16, value: reader.i16() }),
  [WIRE.i32]: (reader) => ({ type: WIRE.i32, value: reader.i32() }),
  [WIRE.i64]: (reader) => ({ type: WIRE.i64, value: reader.i64() }),
  [WIRE.string]: (reader) => ({ type: WIRE.string, bytes: reader.bytes() }),
  [WIRE.struct]: (reader, depth) => ({ type: WIRE.struct, fields: readFields(reader, depth) }),
  [WIRE.map]: readMap,
  [WIRE.set]: (reader, depth) => readList(WIRE.set, reader, depth),
  [WIRE.list]: (reader, depth) => readList(WIRE.list, reader, depth),
};

function readValue(type: number, reader: Reader, depth: number): WireValue {
  reader.count();
  if (depth >= MAX_DEPTH) fail('depth');
  const read = READERS[type];
  return read ? read(reader, depth + 1) : fail('type');
}

function readFields(reader: Reader, depth: number): readonly WireField[] {
  const fields: WireField[] = [];
  for (let type = reader.u8(); type !== 0; type = reader.u8()) {
    const id = reader.i16();
    if (fields.some((field) => field.id === id)) fail('field twice');
    fields.push({ id, value: readValue(type, reader, depth) });
  }
  return fields;
}

function readMessage(bytes: Uint8Array): WireMessage {
  const reader = new Reader(bytes);
  if (reader.u16() !== VERSION || reader.u8() !== 0) fail('version');
  const code = reader.u8();
  const type = Object.values(MESSAGE).find((each) => each === code) ?? fail('message type');
  const name = reader.bytes();
  if (name.length > MAX_METHOD_BYTES || name.some((byte) => byte < 0x21 || byte > 0x7e)) fail('method');
  const method = String.fromCharCode(...name);
  const sequence = reader.i32();
  const body = readFields(reader, 0);
  return reader.left === 0 ? { type, method, sequence, body } : fail('bytes left over');
}

/** Reads one whole frame, without its length. Never throws; what it gives encodes to the same bytes again. */
export function decodeMessage(bytes: Uint8Array): Result<WireMessage, WireError> {
  try {
    return ok(readMessage(bytes));
  } catch (error) {
    if (error instanceof Refused) return err({ code: 'wire', reason: error.message });
    throw error;
  }
}

function fixed(size: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(size);
  write(new DataView(bytes.buffer));
  return bytes;
}

const i16Bytes = (value: number): Uint8Array => fixed(2, (view) => view.setInt16(0, value));
const i32Bytes = (value: number): Uint8Array => fixed(4, (view) => view.setInt32(0, value));

function* writeValue(value: WireValue): Generator<Uint8Array> {
  switch (value.type) {
    case WIRE.bool:
      yield Uint8Array.of(value.value ? 1 : 0);
      return;
    case WIRE.byte:
      yield fixed(1, (view) => view.setInt8(0, value.value));
      return;
    case WIRE.i16:
      yield i16Bytes(value.value);
      return;
    case WIRE.i32:
      yield i32Bytes(value.value);
      return;
    case WIRE.i64:
      yield fixed(8, (view) => view.setBigInt64(0, value.value));
      return;
    case WIRE.double:
      yield fixed(8, (view) => view.setFloat64(0, value.value));
      return;
    case WIRE.string:
      yield i32Bytes(value.bytes.length);
      yield value.bytes;
      return;
    case WIRE.struct:
      yield* writeFields(value.fields);
      return;
    case WIRE.map:
      yield Uint8Array.of(value.keys, value.values);
      yield i32Bytes(value.entries.length);
      for (const [key, item] of value.entries) {
        yield* writeValue(key);
        yield* writeValue(item);
      }
      return;
    default:
      yield Uint8Array.of(value.of);
      yield i32Bytes(value.items.length);
      for (const item of value.items) yield* writeValue(item);
  }
}

function* writeFields(fields: readonly WireField[]): Generator<Uint8Array> {
  for (const { id, value } of fields) {
    yield Uint8Array.of(value.type);
    yield i16Bytes(id);
    yield* writeValue(value);
  }
  yield Uint8Array.of(0);
}

/** One message without the length that goes before it. */
export function encodeMessage(message: WireMessage): Uint8Array {
  const name = Buffer.from(message.method, 'latin1');
  assert(name.length <= MAX_METHOD_BYTES, 'a method has a short name');
  return Buffer.concat([
    fixed(4, (view) => view.setUint32(0, VERSION * 0x1_0000 + message.type)),
    i32Bytes(name.length),
    name,
    i32Bytes(message.sequence),
    ...writeFields(message.body),
  ]);
}
