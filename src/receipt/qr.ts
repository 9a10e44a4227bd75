import {
  assert,
  err,
  isId,
  ok,
  parseCivilMinute,
  type CivilMinute,
  type Resource,
  type Result,
  type SaleId,
} from '../units/index.ts';
import { fromBase32, toBase32 } from './base32.ts';

/** What the code on a receipt says. */
export type QrContent = {
  readonly saleId: SaleId;
  /** The 11 or 13 digits printed on the meter; null where the payment was for none. */
  readonly meterNumber: string | null;
  /** ISO 4217 code. */
  readonly currency: string;
  readonly amountMinor: number;
  readonly resource: Resource;
  readonly unitsTenths: number;
  /** When the sale was made, in UTC. */
  readonly at: CivilMinute;
  /** First sixteen bytes of the SHA-256 of all token digits of the sale, joined in their order. */
  readonly tokenDigest: Uint8Array;
};

export type QrError =
  | { readonly code: 'qr-not-ours' }
  | { readonly code: 'qr-damaged'; readonly field: string }
  | { readonly code: 'qr-signature' };

/** `true` when the signature was made over the message by the key that is asked about. */
export type CheckSignature = (message: Uint8Array, signature: Uint8Array) => boolean;

const PREFIX = 'KW1';
const SEPARATOR = '.';
export const QR_DIGEST_BYTES = 16;
/** Ed25519. */
export const QR_SIGNATURE_BYTES = 64;
const RESOURCE_LETTERS = { electricity: 'E', water: 'W', gas: 'G', time: 'T' } as const;
const RESOURCES_BY_LETTER: Readonly<Record<string, Resource>> = {
  E: 'electricity',
  W: 'water',
  G: 'gas',
  T: 'time',
};

const two = (value: number): string => String(value).padStart(2, '0');

/** The text that the station signs: everything but the signature. */
export function qrBody(content: QrContent): string {
  assert(isId(content.saleId), 'a code names a sale by its id');
  assert(/^(?:\d{11}|\d{13})$/u.test(content.meterNumber ?? '00000000000'), 'a meter has 11 or 13 digits');
  assert(/^[A-Z]{3}$/u.test(content.currency), 'a currency has three letters');
  assert(Number.isSafeInteger(content.amountMinor) && content.amountMinor >= 0, 'an amount is not negative');
  assert(Number.isSafeInteger(content.unitsTenths) && content.unitsTenths >= 0, 'units are not negative');
  assert(content.tokenDigest.length === QR_DIGEST_BYTES, 'a token digest has sixteen bytes');
  const { year, month, day, hour, minute } = content.at;
  return [
    PREFIX,
    content.saleId.replaceAll('-', '').toUpperCase(),
    content.meterNumber ?? '',
    `${content.currency}${content.amountMinor}`,
    `${RESOURCE_LETTERS[content.resource]}${content.unitsTenths}`,
    `${String(year).padStart(4, '0')}${two(month)}${two(day)}${two(hour)}${two(minute)}`,
    toBase32(content.tokenDigest),
  ].join(SEPARATOR);
}

/** The bytes that are signed and checked: the body's own ASCII characters. */
export function qrMessage(body: string): Uint8Array {
  return Uint8Array.from(body, (character) => character.charCodeAt(0));
}

/** The whole text of the code. It has only the characters of QR's alphanumeric set. */
export function qrText(body: string, signature: Uint8Array): string {
  assert(signature.length === QR_SIGNATURE_BYTES, 'a signature has 64 bytes');
  return `${body}${SEPARATOR}${toBase32(signature)}`;
}

/** True for what looks like one of our codes: the counter's one box takes it for a receipt. */
export function isReceiptCode(text: string): boolean {
  return text.trim().toUpperCase().startsWith(`${PREFIX}${SEPARATOR}`);
}

/** What a scanned code says, whoever made it: `checkQr` says whether a station did. */
export function parseQr(text: string): Result<QrContent & { body: string; signature: Uint8Array }, QrError> {
  const clean = text.trim().toUpperCase();
  if (!isReceiptCode(clean)) return err({ code: 'qr-not-ours' });
  const fields = clean.split(SEPARATOR);
  const [, id = '', meter = '', money = '', units = '', time = '', digest = '', sign = ''] = fields;
  const damaged = (field: string): { ok: false; error: QrError } => err({ code: 'qr-damaged', field });
  if (fields.length !== 8) return damaged('length');
  const saleId = id.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
  if (!isId<'sale'>(saleId)) return damaged('sale');
  if (!/^(?:\d{11}|\d{13})?$/u.test(meter)) return damaged('meter');
  const amount = /^([A-Z]{3})(0|[1-9]\d{0,14})$/u.exec(money);
  const tenths = /^([EWGT])(0|[1-9]\d{0,14})$/u.exec(units);
  const at = parseCivilMinute(time.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/u, '$1-$2-$3 $4:$5'));
  const tokenDigest = fromBase32(digest);
  const signature = fromBase32(sign);
  const resource = RESOURCES_BY_LETTER[tenths?.[1] ?? ''];
  if (!amount) return damaged('amount');
  if (!tenths || !resource) return damaged('units');
  if (!at) return damaged('time');
  if (tokenDigest?.length !== QR_DIGEST_BYTES) return damaged('digest');
  if (signature?.length !== QR_SIGNATURE_BYTES) return damaged('signature');
  return ok({
    saleId,
    meterNumber: meter === '' ? null : meter,
    currency: amount[1]!,
    amountMinor: Number(amount[2]),
    resource,
    unitsTenths: Number(tenths[2]),
    at,
    tokenDigest,
    body: fields.slice(0, -1).join(SEPARATOR),
    signature,
  });
}

/** What a scanned code says, once the signature on it was found to be the asked station's. */
export function checkQr(text: string, check: CheckSignature): Result<QrContent, QrError> {
  const parsed = parseQr(text);
  if (!parsed.ok) return parsed;
  const { body, signature, ...content } = parsed.value;
  return check(qrMessage(body), signature) ? ok(content) : err({ code: 'qr-signature' });
}
