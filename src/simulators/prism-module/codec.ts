/**
 * The server's own reading and writing of Thrift's strict binary protocol, written apart from the driver's so
 * that a mistake in one is not made by the other as well.
 */

export type Value = boolean | number | bigint | string | readonly Value[] | Args;
/** A struct as it came: values by field number. */
export type Args = ReadonlyMap<number, Value>;
export type Call = { readonly method: string; readonly sequence: number; readonly args: Args };

const CALL_HEAD = 0x80010001;
const REPLY_HEAD = 0x80010002;
const EXCEPTION_HEAD = 0x80010003;

type Cursor = { readonly data: Buffer; at: number };

function forward(cursor: Cursor, size: number): number {
  const { at } = cursor;
  if (size < 0 || at + size > cursor.data.length) throw new RangeError('the frame ends too soon');
  cursor.at += size;
  return at;
}

function text(cursor: Cursor): string {
  const size = cursor.data.readInt32BE(forward(cursor, 4));
  const start = forward(cursor, size);
  return cursor.data.toString('utf8', start, start + size);
}

function value(cursor: Cursor, type: number): Value {
  const { data } = cursor;
  if (type === 2) return data.readInt8(forward(cursor, 1)) !== 0;
  if (type === 4) return data.readDoubleBE(forward(cursor, 8));
  if (type === 6) return data.readInt16BE(forward(cursor, 2));
  if (type === 8) return data.readInt32BE(forward(cursor, 4));
  if (type === 10) return data.readBigInt64BE(forward(cursor, 8));
  if (type === 11) return text(cursor);
  if (type === 12) return args(cursor);
  throw new RangeError(`no call has a field of type ${type}`);
}

function args(cursor: Cursor): Args {
  const fields = new Map<number, Value>();
  for (;;) {
    const type = cursor.data.readUInt8(forward(cursor, 1));
    if (type === 0) return fields;
    const id = cursor.data.readInt16BE(forward(cursor, 2));
    fields.set(id, value(cursor, type));
  }
}

/** One frame without its length; throws a RangeError on bytes that are no call. */
export function readCall(data: Buffer): Call {
  const cursor = { data, at: 0 };
  if (data.readUInt32BE(forward(cursor, 4)) !== CALL_HEAD) throw new RangeError('not a call');
  const method = text(cursor);
  const sequence = data.readInt32BE(forward(cursor, 4));
  return { method, sequence, args: args(cursor) };
}

function number(size: number, write: (data: Buffer) => void): Buffer {
  const data = Buffer.alloc(size);
  write(data);
  return data;
}

const int = (figure: number): Buffer => number(4, (data) => data.writeInt32BE(figure));
const words = (content: string): Buffer => {
  const data = Buffer.from(content, 'utf8');
  return Buffer.concat([int(data.length), data]);
};

function field(type: number, id: number, data: Buffer): Buffer {
  return Buffer.concat([number(3, (head) => (head.writeUInt8(type), head.writeInt16BE(id, 1))), data]);
}

/** Fields of a reply; each gives the bytes of one. */
export const put = {
  bool: (id: number, yes: boolean) => field(2, id, Buffer.of(yes ? 1 : 0)),
  double: (id: number, figure: number) =>
    field(
      4,
      id,
      number(8, (data) => data.writeDoubleBE(figure)),
    ),
  i16: (id: number, figure: number) =>
    field(
      6,
      id,
      number(2, (data) => data.writeInt16BE(figure)),
    ),
  i32: (id: number, figure: number) => field(8, id, int(figure)),
  string: (id: number, content: string) => field(11, id, words(content)),
  struct: (id: number, fields: readonly Buffer[]) => field(12, id, struct(fields)),
  structs: (id: number, items: readonly Buffer[]) =>
    field(15, id, Buffer.concat([Buffer.of(12), int(items.length), ...items])),
  texts: (id: number, entries: Readonly<Record<string, string>>) => {
    const pairs = Object.entries(entries).flatMap(([key, content]) => [words(key), words(content)]);
    return field(13, id, Buffer.concat([Buffer.of(11, 11), int(pairs.length / 2), ...pairs]));
  },
};

/** A struct's bytes: its fields and the stop. */
export function struct(fields: readonly Buffer[]): Buffer {
  return Buffer.concat([...fields, Buffer.of(0)]);
}

function frame(head: number, call: Pick<Call, 'method' | 'sequence'>, body: Buffer): Buffer {
  const start = number(4, (data) => data.writeUInt32BE(head));
  const message = Buffer.concat([start, words(call.method), int(call.sequence), body]);
  return Buffer.concat([int(message.length), message]);
}

/** A whole frame: the answer to a call, as field 0 (the result) or field 1 (the exception). */
export function replyFrame(call: Pick<Call, 'method' | 'sequence'>, result: Buffer): Buffer {
  return frame(REPLY_HEAD, call, struct([result]));
}

/** A whole frame: Thrift's own refusal of a method that nobody serves. */
export function unknownMethodFrame(call: Pick<Call, 'method' | 'sequence'>): Buffer {
  return frame(EXCEPTION_HEAD, call, struct([put.string(1, 'unknown method'), put.i32(2, 1)]));
}
