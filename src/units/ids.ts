import { assert } from './result.ts';

declare const idBrand: unique symbol;
/** A time-ordered public id (UUID version 7, RFC 9562), lower case with dashes. */
export type Id<Kind extends string> = string & { readonly [idBrand]: Kind };

export type SaleId = Id<'sale'>;
export type MessageId = Id<'message'>;
export type RequestId = Id<'request'>;

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;

/**
 * Makes a UUIDv7 (RFC 9562 §5.7) from a time in Unix milliseconds and ten random bytes, both given by the
 * caller so that pure rooms stay replayable.
 */
export function makeId<Kind extends string>(unixMs: number, random: Uint8Array): Id<Kind> {
  assert(Number.isSafeInteger(unixMs) && unixMs >= 0 && unixMs < 2 ** 48, 'id time is within 48 bits');
  assert(random.length === 10, 'an id takes ten random bytes');
  const time = unixMs.toString(16).padStart(12, '0');
  const bytes = Uint8Array.from(random);
  bytes[0] = (bytes[0]! & 0x0f) | 0x70;
  bytes[2] = (bytes[2]! & 0x3f) | 0x80;
  const tail = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8)}` as Id<Kind>;
}

export function isId<Kind extends string>(text: unknown): text is Id<Kind> {
  return typeof text === 'string' && UUID_V7.test(text);
}
